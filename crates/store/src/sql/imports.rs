use async_trait::async_trait;
use uuid::Uuid;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{ImportJob, ImportState, Imports, Result, home, limits::ROWS_MAX};

const LIST: &str = "SELECT * FROM imports WHERE bucket = $1 AND organisation = $2 ORDER BY created DESC, id LIMIT $3";
const GET: &str = "SELECT * FROM imports WHERE bucket = $1 AND organisation = $2 AND id = $3";
const SAVE: &str = "INSERT INTO imports (bucket, organisation, id, file_name, kind, mapping, state, read_bytes,
        total_bytes, report, created, finished)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (bucket, organisation, id) DO UPDATE SET file_name = excluded.file_name, kind = excluded.kind,
        mapping = excluded.mapping, state = excluded.state, read_bytes = excluded.read_bytes,
        total_bytes = excluded.total_bytes, report = excluded.report, finished = excluded.finished";

const STATES: [(ImportState, &str); 4] = [
    (ImportState::Mapping, "mapping"),
    (ImportState::Reading, "reading"),
    (ImportState::Done, "done"),
    (ImportState::Failed, "failed"),
];

fn read(row: &Row) -> Result<ImportJob> {
    let read = Read::new(row, "import");
    let state = read.text("state")?;
    let state = STATES.iter().find(|(_, name)| *name == state).ok_or_else(|| read.unreadable("state"))?;
    Ok(ImportJob {
        id: read.id("id")?,
        organisation: read.organisation()?,
        file_name: read.text("file_name")?,
        kind: read.text("kind")?,
        mapping: read.json("mapping")?,
        state: state.0,
        read_bytes: read.count("read_bytes")?,
        total_bytes: read.count("total_bytes")?,
        report: read.json("report")?,
        created: read.time("created")?,
        finished: read.time_if("finished")?,
    })
}

#[async_trait]
impl Imports for SqlStore {
    async fn imports(&self, organisation: &OrganisationId, limit: u32) -> Result<Vec<ImportJob>> {
        let list = sql(LIST).place(home(organisation), organisation).int(limit.min(ROWS_MAX).into());
        all(&list.rows(&mut self.reader().await?).await?, read)
    }

    async fn import(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<ImportJob>> {
        let row = sql(GET).place(home(organisation), organisation).id(id).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn save_import(&self, job: ImportJob) -> Result<()> {
        let save = sql(SAVE)
            .place(home(&job.organisation), &job.organisation)
            .id(job.id)
            .text(&job.file_name)
            .text(&job.kind)
            .json(&job.mapping)
            .text(STATES[job.state as usize].1)
            .count(job.read_bytes)
            .count(job.total_bytes)
            .json(&job.report)
            .time(job.created)
            .time_if(job.finished);
        self.change(save).await?;
        Ok(())
    }
}
