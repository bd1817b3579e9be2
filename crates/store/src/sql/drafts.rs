use words::{JourneyId, OrganisationId, VersionHash};

use super::{
    driver::{Conn, Row},
    read::{Read, all},
    sql::{Sql, sql},
};
use crate::{
    Draft, Result, Saved, home,
    limits::{DRAFT_TEXTS_MAX, TYPING_KEPT_SECONDS},
};

const GET: &str = "SELECT * FROM drafts WHERE bucket = $1 AND organisation = $2 AND journey = $3";
const NEW: &str = "INSERT INTO drafts (bucket, organisation, journey, files, base, revision, updated, updated_by)
    VALUES ($1, $2, $3, $4, $5, 1, $6, $7) ON CONFLICT (bucket, organisation, journey) DO NOTHING";
const SAVE: &str = "UPDATE drafts SET files = $4, base = $5, revision = revision + 1, updated = $6, updated_by = $7
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND revision = $8";
const DELETE: &str = "DELETE FROM drafts WHERE bucket = $1 AND organisation = $2 AND journey = $3";

const KEEP: &str = "INSERT INTO draft_texts
        (bucket, organisation, journey, revision, files, base, updated, updated_by)
    SELECT bucket, organisation, journey, revision, files, base, updated, updated_by FROM drafts
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND revision = $4";
const FORGET: &str = "DELETE FROM draft_texts
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND revision <= (
        SELECT kept.revision FROM draft_texts AS kept
        WHERE kept.bucket = $1 AND kept.organisation = $2 AND kept.journey = $3
        ORDER BY kept.revision DESC LIMIT 1 OFFSET $4)";
const LAST: &str = "SELECT revision, updated FROM draft_texts
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 ORDER BY revision DESC LIMIT 1";
const EARLIER: &str = "SELECT bucket, organisation, journey, revision, '{}' AS files, base, updated, updated_by
    FROM draft_texts WHERE bucket = $1 AND organisation = $2 AND journey = $3 ORDER BY revision DESC";
const AT: &str = "SELECT * FROM draft_texts
    WHERE bucket = $1 AND organisation = $2 AND journey = $3 AND revision = $4";
const FORGET_ALL: &str = "DELETE FROM draft_texts WHERE bucket = $1 AND organisation = $2 AND journey = $3";

fn place(text: &'static str, organisation: &OrganisationId, journey: &JourneyId) -> Sql {
    sql(text).place(home(organisation), organisation).text(journey.as_str())
}

fn read(row: &Row) -> Result<Draft> {
    let read = Read::new(row, "draft");
    Ok(Draft {
        organisation: read.organisation()?,
        journey: JourneyId::new(read.text("journey")?),
        files: read.json("files")?,
        base: read.text_if("base")?.map(VersionHash::new),
        revision: read.count("revision")?,
        updated: read.time("updated")?,
        updated_by: read.id_if("updated_by")?,
    })
}

pub(super) async fn get(conn: &mut Conn, organisation: &OrganisationId, journey: &JourneyId) -> Result<Option<Draft>> {
    place(GET, organisation, journey).row(conn).await?.as_ref().map(read).transpose()
}

/// The text that is overwritten is kept first; one that was overtaken keeps nothing, since its revision is not there.
pub(super) async fn save(conn: &mut Conn, draft: &Draft) -> Result<Saved> {
    write(conn, draft, true).await
}

/// While somebody types, only what one would go back to is kept.
pub(super) async fn keep(conn: &mut Conn, draft: &Draft) -> Result<Saved> {
    let before = get(conn, &draft.organisation, &draft.journey).await?;
    let is_anothers = before.is_some_and(|before| before.updated_by != draft.updated_by);
    let last = place(LAST, &draft.organisation, &draft.journey).row(conn).await?;
    let kept = last.as_ref().map(|row| Read::new(row, "draft").time("updated")).transpose()?;
    let is_long_ago = kept.is_none_or(|kept| draft.updated.duration_since(kept).as_secs() >= TYPING_KEPT_SECONDS);
    write(conn, draft, is_anothers || is_long_ago).await
}

async fn write(conn: &mut Conn, draft: &Draft, keeps: bool) -> Result<Saved> {
    let at = |text| place(text, &draft.organisation, &draft.journey);
    let filled = |text| {
        let base = draft.base.as_ref().map(VersionHash::as_str);
        at(text).json(&draft.files).text_if(base).time(draft.updated).id_if(draft.updated_by)
    };
    let save = match draft.revision {
        0 => filled(NEW),
        revision => {
            if keeps {
                at(KEEP).count(revision).run(conn).await?;
            }
            filled(SAVE).count(revision)
        }
    };
    let saved = save.run(conn).await?;
    if saved > 0 {
        at(FORGET).count(DRAFT_TEXTS_MAX).run(conn).await?;
        return Ok(Saved::Saved(draft.revision + 1));
    }
    Ok(Saved::Overtaken(get(conn, &draft.organisation, &draft.journey).await?))
}

pub(super) async fn earlier(conn: &mut Conn, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Draft>> {
    all(&place(EARLIER, organisation, journey).rows(conn).await?, read)
}

pub(super) async fn at(
    conn: &mut Conn,
    organisation: &OrganisationId,
    journey: &JourneyId,
    revision: u64,
) -> Result<Option<Draft>> {
    place(AT, organisation, journey).count(revision).row(conn).await?.as_ref().map(read).transpose()
}

pub(super) async fn delete(conn: &mut Conn, organisation: &OrganisationId, journey: &JourneyId) -> Result<bool> {
    place(FORGET_ALL, organisation, journey).run(conn).await?;
    Ok(place(DELETE, organisation, journey).run(conn).await? > 0)
}
