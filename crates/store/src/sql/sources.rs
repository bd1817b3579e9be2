use async_trait::async_trait;
use jiff::civil::Date;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::{Conn, Row},
    read::{Read, all},
    sql::sql,
};
use crate::{Result, Source, SourceDay, SourceTally, Sources, home};

const LIST: &str = "SELECT * FROM sources WHERE bucket = $1 AND organisation = $2 ORDER BY name, source";
const GET: &str = "SELECT * FROM sources WHERE bucket = $1 AND organisation = $2 AND source = $3";
const SAVE: &str = "INSERT INTO sources
    (bucket, organisation, source, name, kind, created, last_received, usual_gap_seconds, received, refused, duplicate)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (bucket, organisation, source) DO UPDATE SET name = excluded.name, kind = excluded.kind";
/// A new gap weighs 1/8; the first gap counts whole. Deliveries of the same moment are no gap.
const TALLY: &str = "INSERT INTO sources
    (bucket, organisation, source, name, kind, created, last_received, received, refused, duplicate)
    VALUES ($1, $2, $3, $3, 'unknown', $4, $4, $5, $6, $7)
    ON CONFLICT (bucket, organisation, source) DO UPDATE SET
        usual_gap_seconds = CASE
            WHEN sources.last_received IS NULL OR excluded.last_received <= sources.last_received
                THEN sources.usual_gap_seconds
            WHEN sources.usual_gap_seconds IS NULL
                THEN (excluded.last_received - sources.last_received) / 1000000.0
            ELSE sources.usual_gap_seconds * 0.875
                + (excluded.last_received - sources.last_received) / 1000000.0 * 0.125 END,
        last_received = CASE
            WHEN sources.last_received IS NULL OR excluded.last_received > sources.last_received
                THEN excluded.last_received ELSE sources.last_received END,
        received = sources.received + excluded.received,
        refused = sources.refused + excluded.refused,
        duplicate = sources.duplicate + excluded.duplicate";
const TALLY_DAY: &str = "INSERT INTO source_days
    (bucket, organisation, source, day, received, refused, duplicate, longest_gap_seconds)
    VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT ($8 - last_received) / 1000000.0 FROM sources
        WHERE bucket = $1 AND organisation = $2 AND source = $3 AND last_received < $8))
    ON CONFLICT (bucket, organisation, source, day) DO UPDATE SET
        longest_gap_seconds = CASE
            WHEN source_days.longest_gap_seconds IS NULL OR excluded.longest_gap_seconds > source_days.longest_gap_seconds
                THEN excluded.longest_gap_seconds ELSE source_days.longest_gap_seconds END,
        received = source_days.received + excluded.received,
        refused = source_days.refused + excluded.refused,
        duplicate = source_days.duplicate + excluded.duplicate";
const DAYS: &str = "SELECT * FROM source_days
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND day >= $4 ORDER BY day";

fn read(row: &Row) -> Result<Source> {
    let read = Read::new(row, "source");
    Ok(Source {
        organisation: read.organisation()?,
        id: read.text("source")?,
        name: read.text("name")?,
        kind: read.text("kind")?,
        created: read.time("created")?,
        last_received: read.time_if("last_received")?,
        usual_gap_seconds: read.real_if("usual_gap_seconds")?,
        received: read.count("received")?,
        refused: read.count("refused")?,
        duplicate: read.count("duplicate")?,
    })
}

fn read_day(row: &Row) -> Result<SourceDay> {
    let read = Read::new(row, "source's day");
    Ok(SourceDay {
        day: read.parsed("day")?,
        received: read.count("received")?,
        refused: read.count("refused")?,
        duplicate: read.count("duplicate")?,
        longest_gap_seconds: read.real_if("longest_gap_seconds")?,
    })
}

async fn add(conn: &mut Conn, tally: &SourceTally) -> Result<()> {
    let at = |text| sql(text).place(home(&tally.organisation), &tally.organisation).text(&tally.source);
    let counts = [tally.received, tally.refused, tally.duplicate].map(i64::from);
    let [received, refused, duplicate] = counts;
    // The day first: its gap is reckoned from the last delivery before this one.
    let day = at(TALLY_DAY).text(&tally.day.to_string()).int(received).int(refused).int(duplicate);
    day.time(tally.time).run(conn).await?;
    at(TALLY).time(tally.time).int(received).int(refused).int(duplicate).run(conn).await?;
    Ok(())
}

#[async_trait]
impl Sources for SqlStore {
    async fn sources(&self, organisation: &OrganisationId) -> Result<Vec<Source>> {
        all(&sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read)
    }

    async fn source(&self, organisation: &OrganisationId, id: &str) -> Result<Option<Source>> {
        let row = sql(GET).place(home(organisation), organisation).text(id).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn save_source(&self, source: Source) -> Result<()> {
        let save = sql(SAVE)
            .place(home(&source.organisation), &source.organisation)
            .text(&source.id)
            .text(&source.name)
            .text(&source.kind)
            .time(source.created)
            .time_if(source.last_received)
            .real_if(source.usual_gap_seconds)
            .count(source.received)
            .count(source.refused)
            .count(source.duplicate);
        self.change(save).await?;
        Ok(())
    }

    async fn tally(&self, tallies: Vec<SourceTally>) -> Result<()> {
        let bucket = tallies.first().map(|tally| home(&tally.organisation));
        self.write(bucket, tallies.len(), tallies, |conn, _, tallies| {
            Box::pin(async move {
                for tally in tallies {
                    add(conn, tally).await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn source_days(&self, organisation: &OrganisationId, source: &str, from: Date) -> Result<Vec<SourceDay>> {
        let days = sql(DAYS).place(home(organisation), organisation).text(source).text(&from.to_string());
        all(&days.rows(&mut self.reader().await?).await?, read_day)
    }
}
