use async_trait::async_trait;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{Audit, AuditRow, Listed, Paging, Result, home};

const RECORD: &str = "INSERT INTO audit (bucket, organisation, time, id, account, what, subject, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LIST: &str = "SELECT * FROM audit WHERE bucket = $1 AND organisation = $2
    ORDER BY time DESC, id DESC LIMIT $3 OFFSET $4";
const COUNT: &str = "SELECT count(*) FROM audit WHERE bucket = $1 AND organisation = $2";

fn read(row: &Row) -> Result<AuditRow> {
    let read = Read::new(row, "audit line");
    Ok(AuditRow {
        id: read.id("id")?,
        organisation: read.organisation()?,
        time: read.time("time")?,
        account: read.id_if("account")?,
        what: read.text("what")?,
        subject: read.text("subject")?,
        detail: read.json("detail")?,
    })
}

#[async_trait]
impl Audit for SqlStore {
    async fn record(&self, row: AuditRow) -> Result<()> {
        let record = sql(RECORD)
            .place(home(&row.organisation), &row.organisation)
            .time(row.time)
            .id(row.id)
            .id_if(row.account)
            .text(&row.what)
            .text(&row.subject)
            .json(&row.detail);
        self.change(record).await?;
        Ok(())
    }

    async fn audit(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<AuditRow>> {
        let mut conn = self.reader().await?;
        let at = |text| sql(text).place(home(organisation), organisation);
        let total = at(COUNT).number(&mut conn).await?;
        let rows = at(LIST).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }
}
