use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use words::OrganisationId;

use super::{
    SqlStore,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{Key, KeyKind, Keys, Result, Role, home};

/// A use within this time of the last noted use is not noted.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

const LIST: &str = "SELECT * FROM keys WHERE bucket = $1 AND organisation = $2 ORDER BY created DESC, hash";
const GET: &str = "SELECT * FROM keys WHERE hash = $1 AND revoked IS NULL";
const SAVE: &str = "INSERT INTO keys
    (bucket, organisation, hash, source, role, name, created, last_used, revoked)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (bucket, organisation, hash) DO UPDATE SET source = excluded.source, role = excluded.role,
        name = excluded.name, last_used = excluded.last_used, revoked = excluded.revoked";
const TOUCH: &str = "UPDATE keys SET last_used = $2 WHERE hash = $1 AND (last_used IS NULL OR last_used <= $3)";
const REVOKE: &str = "UPDATE keys SET revoked = $4
    WHERE bucket = $1 AND organisation = $2 AND hash = $3 AND revoked IS NULL";

fn read(row: &Row) -> Result<Key> {
    let read = Read::new(row, "key");
    let kind = match (read.text_if("source")?, read.text_if("role")?) {
        (Some(source), _) => KeyKind::Write { source },
        (None, Some(role)) => KeyKind::Api { role: Role::parse(&role).ok_or_else(|| read.unreadable("role"))? },
        (None, None) => return Err(read.unreadable("neither source nor role")),
    };
    Ok(Key {
        hash: read.hash("hash")?,
        organisation: read.organisation()?,
        kind,
        name: read.text("name")?,
        created: read.time("created")?,
        last_used: read.time_if("last_used")?,
        revoked: read.time_if("revoked")?,
    })
}

#[async_trait]
impl Keys for SqlStore {
    async fn keys(&self, organisation: &OrganisationId) -> Result<Vec<Key>> {
        all(&sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read)
    }

    async fn key(&self, hash: &[u8; 32]) -> Result<Option<Key>> {
        let row = sql(GET).bytes(hash).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn save_key(&self, key: Key) -> Result<()> {
        let (source, role) = match &key.kind {
            KeyKind::Write { source } => (Some(source.as_str()), None),
            KeyKind::Api { role } => (None, Some(role.as_str())),
        };
        let save = sql(SAVE)
            .place(home(&key.organisation), &key.organisation)
            .bytes(&key.hash)
            .text_if(source)
            .text_if(role)
            .text(&key.name)
            .time(key.created)
            .time_if(key.last_used)
            .time_if(key.revoked);
        self.change(save).await?;
        Ok(())
    }

    async fn touch_key(&self, hash: &[u8; 32], now: Timestamp) -> Result<()> {
        let before = now.checked_sub(NOTED_EVERY).unwrap_or(Timestamp::MIN);
        self.change(sql(TOUCH).bytes(hash).time(now).time(before)).await?;
        Ok(())
    }

    async fn revoke_key(&self, organisation: &OrganisationId, hash: &[u8; 32], now: Timestamp) -> Result<bool> {
        self.change(sql(REVOKE).place(home(organisation), organisation).bytes(hash).time(now)).await
    }
}
