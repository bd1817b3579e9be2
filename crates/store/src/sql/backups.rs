use async_trait::async_trait;
use jiff::Timestamp;

use super::{SqlStore, read::Read, sql::sql};
use crate::{Backups, CarriedBefore, Digest, Restored, Result};

const TAKEN: &str = "SELECT taken FROM backups WHERE bucket = 0 AND organisation = '' AND restored IS NULL
    ORDER BY taken DESC LIMIT 1";
const NOTE: &str = "UPDATE backups SET restored = $2, doubtful_until = $3
    WHERE bucket = 0 AND organisation = '' AND taken = $1";
const CARRIED: &str = "INSERT INTO carried (bucket, organisation, message, time, outcome) VALUES (0, '', $1, $2, $3)
    ON CONFLICT (bucket, organisation, message) DO UPDATE SET time = excluded.time, outcome = excluded.outcome";
const RESTORED: &str = "SELECT * FROM backups WHERE bucket = 0 AND organisation = '' AND restored IS NOT NULL
    ORDER BY taken DESC LIMIT 1";
const BEFORE: &str = "SELECT * FROM carried WHERE bucket = 0 AND organisation = '' AND message = $1";

#[async_trait]
impl Backups for SqlStore {
    async fn backup_taken(&self) -> Result<Option<Timestamp>> {
        sql(TAKEN).moment(&mut self.reader().await?).await
    }

    async fn note_restored(&self, restored: Restored, carried: Vec<(Digest, Timestamp, CarriedBefore)>) -> Result<()> {
        self.write(None, carried.len(), (restored, carried), |conn, _, (restored, carried)| {
            Box::pin(async move {
                for (message, time, outcome) in carried {
                    sql(CARRIED).bytes(message).time(*time).text(outcome.name()).run(conn).await?;
                }
                let note = sql(NOTE).time(restored.taken).time(restored.restored).time_if(restored.doubtful_until);
                note.run(conn).await.map(|_| ())
            })
        })
        .await
    }

    async fn restored(&self) -> Result<Option<Restored>> {
        let Some(row) = sql(RESTORED).row(&mut self.reader().await?).await? else { return Ok(None) };
        let read = Read::new(&row, "backup");
        Ok(Some(Restored {
            taken: read.time("taken")?,
            restored: read.time("restored")?,
            doubtful_until: read.time_if("doubtful_until")?,
        }))
    }

    async fn carried_before(&self, messages: &[Digest]) -> Result<Vec<Option<(Timestamp, CarriedBefore)>>> {
        let mut conn = self.reader().await?;
        let mut found = Vec::with_capacity(messages.len());
        for message in messages {
            let row = sql(BEFORE).bytes(message).row(&mut conn).await?;
            let told = row.as_ref().map(|row| {
                let read = Read::new(row, "sent message");
                let outcome = read.text("outcome")?;
                let outcome = CarriedBefore::named(&outcome).ok_or_else(|| read.unreadable(&outcome))?;
                Ok((read.time("time")?, outcome))
            });
            found.push(told.transpose()?);
        }
        Ok(found)
    }
}
