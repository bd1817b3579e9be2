use async_trait::async_trait;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{OrganisationRow, Organisations, Result, home};

const LIST: &str = "SELECT organisation, text, created FROM organisations ORDER BY organisation";
const GET: &str = "SELECT organisation, text, created FROM organisations WHERE bucket = $1 AND organisation = $2";
const SAVE: &str = "INSERT INTO organisations (bucket, organisation, text, created) VALUES ($1, $2, $3, $4)
    ON CONFLICT (bucket, organisation) DO UPDATE SET text = excluded.text";

fn read(row: &Row) -> Result<OrganisationRow> {
    let read = Read::new(row, "organisation");
    Ok(OrganisationRow { id: read.organisation()?, text: read.text("text")?, created: read.time("created")? })
}

#[async_trait]
impl Organisations for SqlStore {
    async fn organisations(&self) -> Result<Vec<OrganisationRow>> {
        all(&sql(LIST).rows(&mut self.reader().await?).await?, read)
    }

    async fn organisation(&self, id: &OrganisationId) -> Result<Option<OrganisationRow>> {
        let row = sql(GET).place(home(id), id).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn save_organisation(&self, row: OrganisationRow) -> Result<()> {
        let save = sql(SAVE).place(home(&row.id), &row.id).text(&row.text).time(row.created);
        self.change(save).await?;
        Ok(())
    }
}
