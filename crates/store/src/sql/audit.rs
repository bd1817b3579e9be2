use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{Audit, AuditFilter, AuditRow, Listed, Paging, Result, home};

const RECORD: &str = "INSERT INTO audit (bucket, organisation, time, id, account, what, subject, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LIST: &str = "SELECT * FROM audit WHERE bucket = $1 AND organisation = $2
    AND ($3 IS NULL OR substr(what, 1, length($3)) = $3) AND ($4 IS NULL OR account = $4)
    AND time >= $5 AND time < $6 ORDER BY time DESC, id DESC LIMIT $7 OFFSET $8";
const COUNT: &str = "SELECT count(*) FROM audit WHERE bucket = $1 AND organisation = $2
    AND ($3 IS NULL OR substr(what, 1, length($3)) = $3) AND ($4 IS NULL OR account = $4)
    AND time >= $5 AND time < $6";

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

    async fn audit_of(
        &self,
        organisation: &OrganisationId,
        filter: &AuditFilter,
        paging: Paging,
    ) -> Result<Listed<AuditRow>> {
        let mut conn = self.reader().await?;
        let at = |text| {
            sql(text)
                .place(home(organisation), organisation)
                .text_if(filter.what.as_deref())
                .id_if(filter.account)
                .time(filter.from.unwrap_or(Timestamp::MIN))
                .time(filter.until.unwrap_or(Timestamp::MAX))
        };
        let total = at(COUNT).number(&mut conn).await?;
        let rows = at(LIST).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }
}
