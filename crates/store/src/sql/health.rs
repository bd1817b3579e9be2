use std::sync::atomic::Ordering;

use async_trait::async_trait;

use super::{SqlStore, migrations::tables, sql::sql};
use crate::{Error, Health, Result, Stats};

const CHECK: &str = "UPDATE openings SET checks = checks + 1 WHERE bucket = 0";
const CHECKED: &str = "SELECT checks FROM openings WHERE bucket = 0";

#[async_trait]
impl Health for SqlStore {
    async fn ready(&self) -> Result<()> {
        if self.is_closed.load(Ordering::Acquire) {
            return Err(Error::Unavailable("the store is closed".to_owned()));
        }
        for writer in self.writers.iter() {
            writer.write(1, None, (), |conn, _, ()| Box::pin(sql(CHECK).run(conn))).await?;
        }
        match sql(CHECKED).number(&mut self.reader().await?).await? {
            0 => Err(Error::Unavailable("what was written cannot be read".to_owned())),
            _ => Ok(()),
        }
    }

    async fn stats(&self) -> Result<Stats> {
        let mut conn = self.reader().await?;
        let mut stats = Stats::new();
        for table in tables() {
            let count = format!("SELECT count(*) FROM {}", table.name);
            stats.insert(table.name.to_owned(), sql(count).number(&mut conn).await?);
        }
        Ok(stats)
    }

    async fn close(&self) {
        if self.is_closed.swap(true, Ordering::AcqRel) {
            return;
        }
        for writer in self.writers.iter() {
            // A write that is answered comes after every write before it.
            let waited = writer.write(1, None, (), |conn, numbers, ()| Box::pin(numbers.give_back(conn))).await;
            if let Err(error) = waited {
                tracing::warn!(db.error = %error, "closing a store that cannot be written");
            }
        }
        self.readers.close().await;
    }
}
