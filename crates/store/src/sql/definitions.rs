use async_trait::async_trait;
use words::{JourneyId, OrganisationId, VersionHash};

use super::{
    SqlStore, drafts,
    driver::{Conn, Row},
    read::{Read, all},
    sql::sql,
    versions,
};
use crate::{
    Definitions, Draft, Error, Files, JourneyRow, Mode, Result, Saved, Version, home, limits::FILES_BYTES_MAX,
};

const LIST: &str = "SELECT * FROM journeys WHERE bucket = $1 AND organisation = $2 ORDER BY title, journey";
const GET: &str = "SELECT * FROM journeys WHERE bucket = $1 AND organisation = $2 AND journey = $3";
const SAVE: &str = "INSERT INTO journeys (bucket, organisation, journey, title, created, live, mode, paused)
    VALUES ($1, $2, $3, $4, $5, NULL, $6, $7)
    ON CONFLICT (bucket, organisation, journey) DO UPDATE SET title = excluded.title, mode = excluded.mode,
        paused = excluded.paused";
const DELETE: &str = "DELETE FROM journeys WHERE bucket = $1 AND organisation = $2 AND journey = $3
    AND live IS NULL";

fn read(row: &Row) -> Result<JourneyRow> {
    let read = Read::new(row, "journey");
    Ok(JourneyRow {
        organisation: read.organisation()?,
        id: JourneyId::new(read.text("journey")?),
        title: read.text("title")?,
        created: read.time("created")?,
        live: read.text_if("live")?.map(VersionHash::new),
        mode: if read.text("mode")? == "live" { Mode::Live } else { Mode::Proof },
        paused: read.flag("paused")?,
    })
}

fn within_limit(files: &Files) -> Result<()> {
    let bytes: usize = files.iter().map(|(path, text)| path.len() + text.len()).sum();
    if bytes > FILES_BYTES_MAX {
        return Err(Error::TooMuch { what: "bytes of a journey's files", max: FILES_BYTES_MAX });
    }
    Ok(())
}

async fn delete(conn: &mut Conn, organisation: &OrganisationId, id: &JourneyId) -> Result<bool> {
    let at = sql(DELETE).place(home(organisation), organisation).text(id.as_str());
    let is_deleted = at.run(conn).await? > 0;
    if is_deleted {
        drafts::delete(conn, organisation, id).await?;
    }
    Ok(is_deleted)
}

#[async_trait]
impl Definitions for SqlStore {
    async fn journeys(&self, organisation: &OrganisationId) -> Result<Vec<JourneyRow>> {
        all(&sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read)
    }

    async fn journey(&self, organisation: &OrganisationId, id: &JourneyId) -> Result<Option<JourneyRow>> {
        let get = sql(GET).place(home(organisation), organisation).text(id.as_str());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn save_journey(&self, row: JourneyRow) -> Result<()> {
        let mode = match row.mode {
            Mode::Proof => "proof",
            Mode::Live => "live",
        };
        let save = sql(SAVE)
            .place(home(&row.organisation), &row.organisation)
            .text(row.id.as_str())
            .text(&row.title)
            .time(row.created)
            .text(mode)
            .int(row.paused.into());
        self.change(save).await?;
        Ok(())
    }

    async fn delete_journey(&self, organisation: &OrganisationId, id: &JourneyId) -> Result<bool> {
        let named = (organisation.clone(), id.clone());
        self.write(Some(home(organisation)), 1, named, |conn, _, (organisation, id)| {
            Box::pin(delete(conn, organisation, id))
        })
        .await
    }

    async fn draft(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Option<Draft>> {
        drafts::get(&mut self.reader().await?, organisation, journey).await
    }

    async fn save_draft(&self, draft: Draft) -> Result<Saved> {
        within_limit(&draft.files)?;
        let bucket = home(&draft.organisation);
        self.write(Some(bucket), 1, draft, |conn, _, draft| Box::pin(drafts::save(conn, draft))).await
    }

    async fn keep_draft(&self, draft: Draft) -> Result<Saved> {
        within_limit(&draft.files)?;
        let bucket = home(&draft.organisation);
        self.write(Some(bucket), 1, draft, |conn, _, draft| Box::pin(drafts::keep(conn, draft))).await
    }

    async fn earlier_drafts(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Draft>> {
        drafts::earlier(&mut self.reader().await?, organisation, journey).await
    }

    async fn earlier_draft(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        revision: u64,
    ) -> Result<Option<Draft>> {
        drafts::at(&mut self.reader().await?, organisation, journey, revision).await
    }

    async fn delete_draft(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<bool> {
        let named = (organisation.clone(), journey.clone());
        self.write(Some(home(organisation)), 1, named, |conn, _, (organisation, journey)| {
            Box::pin(drafts::delete(conn, organisation, journey))
        })
        .await
    }

    async fn publish(&self, version: Version) -> Result<Option<u32>> {
        within_limit(&version.files)?;
        let bucket = home(&version.organisation);
        self.write(Some(bucket), 2, version, |conn, _, version| Box::pin(versions::publish(conn, version))).await
    }

    async fn version(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        hash: &VersionHash,
    ) -> Result<Option<Version>> {
        versions::get(&mut self.reader().await?, organisation, journey, hash).await
    }

    async fn versions(&self, organisation: &OrganisationId, journey: &JourneyId) -> Result<Vec<Version>> {
        versions::list(&mut self.reader().await?, organisation, journey).await
    }
}
