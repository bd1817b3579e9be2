use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use super::{
    SqlStore,
    bulk::bulk_run,
    driver::Row,
    read::{Read, all},
    sealing::FETCHES,
    sql::{Sql, sql},
};
use crate::{
    Error, Fetch, FetchState, Fetches, Result, SaidRow, home,
    limits::{FETCHED_AHEAD_MAX, FETCHED_ROWS_MAX, ROWS_MAX},
};

const GET: &str = "SELECT * FROM fetches WHERE bucket = $1 AND organisation = $2 AND source = $3";
const SAVE: &str = "INSERT INTO fetches (bucket, organisation, source, due, place, progress, settings, secret, mapping)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (bucket, organisation, source) DO UPDATE SET settings = excluded.settings, secret = excluded.secret,
        mapping = excluded.mapping, due = excluded.due, place = excluded.place, progress = excluded.progress";
pub(super) const DUE: &str = "SELECT * FROM fetches WHERE due <= $1 ORDER BY due, organisation, source LIMIT $2";
pub(super) const AHEAD: &str = "SELECT * FROM fetches WHERE due > $1 ORDER BY due, organisation, source LIMIT $2";
const STEP: &str = "UPDATE fetches SET due = $4, place = $5, progress = $6
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND due = $7";
const SAID: &str = "SELECT row, said, seen FROM fetched_rows
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND row = $4";
const REMEMBER: (&str, usize, &str) = (
    "INSERT INTO fetched_rows (bucket, organisation, source, row, said, seen) VALUES",
    6,
    "ON CONFLICT (bucket, organisation, source, row) DO UPDATE SET said = excluded.said, seen = excluded.seen",
);
const FORGET: &str = "DELETE FROM fetched_rows WHERE bucket = $1 AND organisation = $2 AND source = $3";

fn read(row: &Row) -> Result<Fetch> {
    let read = Read::new(row, "fetch");
    Ok(Fetch {
        organisation: read.organisation()?,
        source: read.text("source")?,
        settings: read.text("settings")?,
        secret: read.text_if("secret")?,
        mapping: read.text_if("mapping")?,
        state: FetchState {
            due: read.time_if("due")?,
            place: read.text_if("place")?,
            progress: read.text("progress")?,
        },
    })
}

fn read_row(row: &Row) -> Result<SaidRow> {
    let read = Read::new(row, "row of a fetch");
    let digest = |column| {
        let bytes = read.bytes(column)?;
        <[u8; 16]>::try_from(bytes.as_slice()).map_err(|error| read.unreadable(error))
    };
    Ok(SaidRow { row: digest("row")?, said: digest("said")?, seen: read.time("seen")? })
}

fn at(text: &'static str, organisation: &OrganisationId, source: &str) -> Sql {
    sql(text).place(home(organisation), organisation).text(source)
}

fn few<T>(rows: &[T]) -> Result<()> {
    match rows.len() > FETCHED_ROWS_MAX {
        true => Err(Error::TooMuch { what: "rows of a fetch", max: FETCHED_ROWS_MAX }),
        false => Ok(()),
    }
}

impl SqlStore {
    fn opened(&self, fetch: Fetch) -> Fetch {
        let open = |secret| self.sealing.open(&FETCHES, (&fetch.organisation, &fetch.source), secret);
        let secret = fetch.secret.clone().map(open);
        Fetch { secret, ..fetch }
    }
}

#[async_trait]
impl Fetches for SqlStore {
    async fn fetch(&self, organisation: &OrganisationId, source: &str) -> Result<Option<Fetch>> {
        let row = at(GET, organisation, source).row(&mut self.reader().await?).await?;
        Ok(row.as_ref().map(read).transpose()?.map(|fetch| self.opened(fetch)))
    }

    async fn save_fetch(&self, fetch: Fetch) -> Result<()> {
        let whose = (&fetch.organisation, fetch.source.as_str());
        let secret = fetch.secret.as_ref().map(|secret| self.sealing.seal(&FETCHES, whose, secret)).transpose()?;
        let save = at(SAVE, &fetch.organisation, &fetch.source)
            .time_if(fetch.state.due)
            .text_if(fetch.state.place.as_deref())
            .text(&fetch.state.progress)
            .text(&fetch.settings)
            .text_if(secret.as_deref())
            .text_if(fetch.mapping.as_deref());
        self.change(save).await?;
        Ok(())
    }

    async fn due_fetches(&self, now: Timestamp, limit: u32) -> Result<Vec<Fetch>> {
        let limit = limit.min(ROWS_MAX);
        let ahead = now.saturating_add(FETCHED_AHEAD_MAX).unwrap_or(Timestamp::MAX);
        let mut conn = self.reader().await?;
        let mut due = Vec::new();
        for (text, moment) in [(DUE, now), (AHEAD, ahead)] {
            let room = i64::from(limit) - due.len() as i64;
            due.extend(all(&sql(text).time(moment).int(room).rows(&mut conn).await?, read)?);
        }
        Ok(due.into_iter().map(|fetch| self.opened(fetch)).collect())
    }

    async fn step_fetch(
        &self,
        organisation: &OrganisationId,
        source: &str,
        due: Timestamp,
        state: FetchState,
    ) -> Result<bool> {
        let step = at(STEP, organisation, source).time_if(state.due).text_if(state.place.as_deref());
        self.change(step.text(&state.progress).time(due)).await
    }

    async fn said_rows(
        &self,
        organisation: &OrganisationId,
        source: &str,
        rows: Vec<[u8; 16]>,
    ) -> Result<Vec<SaidRow>> {
        few(&rows)?;
        let mut conn = self.reader().await?;
        let mut said = Vec::new();
        for row in rows {
            let found = at(SAID, organisation, source).bytes(&row).row(&mut conn).await?;
            said.extend(found.as_ref().map(read_row).transpose()?);
        }
        Ok(said)
    }

    async fn remember_rows(&self, organisation: &OrganisationId, source: &str, rows: Vec<SaidRow>) -> Result<()> {
        few(&rows)?;
        let data = (organisation.clone(), source.to_owned(), rows);
        self.write(Some(home(organisation)), data.2.len(), data, |conn, _, (organisation, source, rows)| {
            Box::pin(async move {
                bulk_run(conn, REMEMBER, rows, |row, said| {
                    let row = row.place(home(organisation), organisation).text(source);
                    row.bytes(&said.row).bytes(&said.said).time(said.seen)
                })
                .await?;
                Ok(())
            })
        })
        .await
    }

    async fn forget_rows(&self, organisation: &OrganisationId, source: &str) -> Result<()> {
        self.change(at(FORGET, organisation, source)).await?;
        Ok(())
    }
}
