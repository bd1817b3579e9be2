use async_trait::async_trait;
use jiff::Timestamp;
use words::{Halt, HaltId, OrganisationId};

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{Halts, Result, home, limits::HALTS_MAX};

const STANDING: &str = "SELECT * FROM halts WHERE bucket = $1 AND organisation = $2 AND until > $3
    ORDER BY made, halt LIMIT $4";
const LIST: &str = "SELECT * FROM halts WHERE bucket = $1 AND organisation = $2 ORDER BY made DESC, halt LIMIT $3";
const GET: &str = "SELECT * FROM halts WHERE bucket = $1 AND organisation = $2 AND halt = $3";
const SAVE: &str = "INSERT INTO halts (bucket, organisation, halt, until, made, text) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (bucket, organisation, halt) DO UPDATE SET until = excluded.until, text = excluded.text";

fn read(row: &Row) -> Result<Halt> {
    Read::new(row, "halt").json("text")
}

#[async_trait]
impl Halts for SqlStore {
    async fn standing_halts(&self, organisation: &OrganisationId, now: Timestamp) -> Result<Vec<Halt>> {
        let standing = sql(STANDING).place(home(organisation), organisation).time(now).int(HALTS_MAX.into());
        all(&standing.rows(&mut self.reader().await?).await?, read)
    }

    async fn halts(&self, organisation: &OrganisationId) -> Result<Vec<Halt>> {
        let list = sql(LIST).place(home(organisation), organisation).int(HALTS_MAX.into());
        all(&list.rows(&mut self.reader().await?).await?, read)
    }

    async fn halt(&self, organisation: &OrganisationId, id: HaltId) -> Result<Option<Halt>> {
        let get = sql(GET).place(home(organisation), organisation).id(id.uuid());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn save_halt(&self, organisation: &OrganisationId, halt: Halt) -> Result<()> {
        let save = sql(SAVE).place(home(organisation), organisation).id(halt.id.uuid());
        self.change(save.time(halt.until).time(halt.from).json(&halt)).await?;
        Ok(())
    }
}
