use async_trait::async_trait;

use super::{Readers, Sqlite, sql::sql};
use crate::{Error, Health, Result, Stats};

const CHECK: &str = "UPDATE openings SET checks = checks + 1 WHERE bucket = 0";
const CHECKED: &str = "SELECT checks FROM openings WHERE bucket = 0";

/// Every table that holds rows of an organisation.
pub(super) const TABLES: [(&str, &str); 30] = [
    ("organisations", "SELECT count(*) FROM organisations"),
    ("accounts", "SELECT count(*) FROM accounts"),
    ("sessions", "SELECT count(*) FROM sessions"),
    ("audit", "SELECT count(*) FROM audit"),
    ("links", "SELECT count(*) FROM links"),
    ("keys", "SELECT count(*) FROM keys"),
    ("sources", "SELECT count(*) FROM sources"),
    ("source_days", "SELECT count(*) FROM source_days"),
    ("rejected", "SELECT count(*) FROM rejected"),
    ("journeys", "SELECT count(*) FROM journeys"),
    ("drafts", "SELECT count(*) FROM drafts"),
    ("versions", "SELECT count(*) FROM versions"),
    ("senders", "SELECT count(*) FROM senders"),
    ("staff_addresses", "SELECT count(*) FROM staff_addresses"),
    ("suppressions", "SELECT count(*) FROM suppressions"),
    ("imports", "SELECT count(*) FROM imports"),
    ("events", "SELECT count(*) FROM events"),
    ("aliases", "SELECT count(*) FROM aliases"),
    ("objects", "SELECT count(*) FROM objects"),
    ("customers", "SELECT count(*) FROM customers"),
    ("runs", "SELECT count(*) FROM runs"),
    ("contacts", "SELECT count(*) FROM contacts"),
    ("learnt", "SELECT count(*) FROM learnt"),
    ("decisions", "SELECT count(*) FROM decisions"),
    ("outbox", "SELECT count(*) FROM outbox"),
    ("tasks", "SELECT count(*) FROM tasks"),
    ("customer_words", "SELECT count(*) FROM customer_words"),
    ("day_counts", "SELECT count(*) FROM day_counts"),
    ("draft_texts", "SELECT count(*) FROM draft_texts"),
    ("removed_runs", "SELECT count(*) FROM removed_runs"),
];

#[async_trait]
impl Health for Sqlite {
    async fn ready(&self) -> Result<()> {
        self.change(sql(CHECK)).await?;
        match sql(CHECKED).number(&mut *self.reader().await?).await? {
            0 => Err(Error::Unavailable("what was written cannot be read".to_owned())),
            _ => Ok(()),
        }
    }

    async fn stats(&self) -> Result<Stats> {
        let mut conn = self.reader().await?;
        let mut stats = Stats::new();
        for (name, count) in TABLES {
            stats.insert(name.to_owned(), sql(count).number(&mut conn).await?);
        }
        Ok(stats)
    }

    async fn close(&self) {
        // A write that is answered comes after every write before it.
        let waited = self.change(sql(CHECK)).await;
        if let Err(error) = waited {
            tracing::warn!(db.error = %error, "closing a store that cannot be written");
        }
        if let Readers::Pool(pool) = &self.readers {
            pool.close().await;
        }
    }
}
