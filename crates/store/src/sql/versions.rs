use words::{JourneyId, OrganisationId, VersionHash};

use super::{
    driver::{Conn, Row},
    read::{Read, all},
    sql::sql,
};
use crate::{Result, Version, home};

const GET: &str = "SELECT * FROM versions WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND hash = $4";
const LIST: &str = "SELECT bucket, organisation, journey, hash, number, '{}' AS files, published, published_by, note
    FROM versions WHERE bucket = $1 AND organisation = $2 AND journey = $3 ORDER BY number DESC";
const NEXT: &str = "SELECT COALESCE(max(number), 0) + 1 FROM versions
    WHERE bucket = $1 AND organisation = $2 AND journey = $3";
const KEEP: &str = "INSERT INTO versions
    (bucket, organisation, journey, hash, number, files, published, published_by, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (bucket, organisation, journey, hash) DO NOTHING";
const NUMBER: &str = "SELECT number FROM versions
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND hash = $4";
const GO_LIVE: &str = "UPDATE journeys SET live = $4 WHERE bucket = $1 AND organisation = $2 AND journey = $3";

fn read(row: &Row) -> Result<Version> {
    let read = Read::new(row, "version");
    Ok(Version {
        organisation: read.organisation()?,
        journey: JourneyId::new(read.text("journey")?),
        number: read.small("number")?,
        hash: VersionHash::new(read.text("hash")?),
        files: read.json("files")?,
        published: read.time("published")?,
        published_by: read.id_if("published_by")?,
        note: read.text("note")?,
    })
}

pub(super) async fn publish(conn: &mut Conn, version: &Version) -> Result<Option<u32>> {
    let at = |text| sql(text).place(home(&version.organisation), &version.organisation).text(version.journey.as_str());
    if at(GO_LIVE).text(version.hash.as_str()).run(conn).await? == 0 {
        return Ok(None);
    }
    let next = at(NEXT).number(conn).await?;
    at(KEEP)
        .text(version.hash.as_str())
        .count(next)
        .json(&version.files)
        .time(version.published)
        .id_if(version.published_by)
        .text(&version.note)
        .run(conn)
        .await?;
    let number = at(NUMBER).text(version.hash.as_str()).number(conn).await?;
    Ok(u32::try_from(number).ok())
}

pub(super) async fn get(
    conn: &mut Conn,
    organisation: &OrganisationId,
    journey: &JourneyId,
    hash: &VersionHash,
) -> Result<Option<Version>> {
    let at = sql(GET).place(home(organisation), organisation).text(journey.as_str());
    at.text(hash.as_str()).row(conn).await?.as_ref().map(read).transpose()
}

pub(super) async fn list(conn: &mut Conn, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Version>> {
    let at = sql(LIST).place(home(organisation), organisation).text(journey.as_str());
    all(&at.rows(conn).await?, read)
}
