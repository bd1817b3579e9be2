use async_trait::async_trait;
use jiff::Timestamp;
use words::{CustomerId, OrganisationId};

use super::{
    SqlStore,
    driver::{Conn, Row},
    read::{Read, all},
    sql::{Sql, sql},
};
use crate::{Listed, Merge, Merges, Paging, Result, customer_bucket};

pub(super) const LIST: &str =
    "SELECT * FROM merges WHERE organisation = $1 ORDER BY time DESC, loser LIMIT $2 OFFSET $3";
const COUNT: &str = "SELECT count(*) FROM merges WHERE organisation = $1";
const GET: &str = "SELECT * FROM merges
    WHERE bucket = $1 AND organisation = $2 AND winner = $3 AND loser = $4 AND time = $5";
pub(super) const INTO: &str = "SELECT * FROM merges
    WHERE bucket = $1 AND organisation = $2 AND winner = $3 AND undone IS NULL ORDER BY time, loser";

fn read(row: &Row) -> Result<Merge> {
    let read = Read::new(row, "merge");
    Ok(Merge {
        winner: CustomerId::new(read.id("winner")?),
        loser: CustomerId::new(read.id("loser")?),
        time: read.time("time")?,
        source: read.text("source")?,
        event: read.text("event")?,
        kept: read.bytes("kept")?,
        undone: read.time_if("undone")?,
        undone_by: read.id_if("undone_by")?,
    })
}

fn at(text: &'static str, organisation: &OrganisationId, winner: CustomerId) -> Sql {
    sql(text).place(customer_bucket(organisation, winner), organisation).id(winner.uuid())
}

/// The customer and those who turned out to be this one, as they stand where this connection looks.
pub(super) async fn members(
    conn: &mut Conn,
    organisation: &OrganisationId,
    customer: CustomerId,
) -> Result<Vec<CustomerId>> {
    let mut found = vec![customer];
    let mut place = 0;
    while let Some(winner) = found.get(place).copied() {
        place += 1;
        for row in at(INTO, organisation, winner).rows(conn).await? {
            let loser = CustomerId::new(Read::new(&row, "merge").id("loser")?);
            if !found.contains(&loser) {
                found.push(loser);
            }
        }
    }
    Ok(found)
}

#[async_trait]
impl Merges for SqlStore {
    async fn merges(&self, organisation: &OrganisationId, paging: Paging) -> Result<Listed<Merge>> {
        let mut conn = self.reader().await?;
        let total = sql(COUNT).text(organisation.as_str()).number(&mut conn).await?;
        let rows = sql(LIST).text(organisation.as_str()).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read)?, total })
    }

    async fn merge(
        &self,
        organisation: &OrganisationId,
        winner: CustomerId,
        loser: CustomerId,
        time: Timestamp,
    ) -> Result<Option<Merge>> {
        let get = at(GET, organisation, winner).id(loser.uuid()).time(time);
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn members(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<CustomerId>> {
        members(&mut self.reader().await?, organisation, customer).await
    }

    async fn merged_into(&self, organisation: &OrganisationId, winner: CustomerId) -> Result<Vec<Merge>> {
        all(&at(INTO, organisation, winner).rows(&mut self.reader().await?).await?, read)
    }
}
