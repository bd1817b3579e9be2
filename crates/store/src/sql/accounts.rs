use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::OrganisationId;

use super::{
    SqlStore,
    driver::{Conn, Row},
    read::{Read, all},
    sql::sql,
};
use crate::{Account, Accounts, Result, Role, Session, home};

const LIST: &str = "SELECT * FROM accounts WHERE bucket = $1 AND organisation = $2 ORDER BY name, email_key";
const GET: &str = "SELECT * FROM accounts WHERE bucket = $1 AND organisation = $2 AND account = $3";
const BY_EMAIL: &str = "SELECT * FROM accounts WHERE email_key = $1 ORDER BY organisation";
const TAKEN: &str = "SELECT count(*) FROM accounts
    WHERE bucket = $1 AND organisation = $2 AND email_key = $3 AND account <> $4";
const SAVE: &str = "INSERT INTO accounts
    (bucket, organisation, account, email, email_key, name, role, password_hash, language, team, created)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (bucket, organisation, account) DO UPDATE SET email = excluded.email, email_key = excluded.email_key,
        name = excluded.name, role = excluded.role, password_hash = excluded.password_hash,
        language = excluded.language, team = excluded.team";
const DELETE: &str = "DELETE FROM accounts WHERE bucket = $1 AND organisation = $2 AND account = $3";

const SAVE_SESSION: &str = "INSERT INTO sessions
    (bucket, organisation, token_hash, account, created, expires, last_seen) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const SESSION: &str = "SELECT * FROM sessions WHERE token_hash = $1 AND expires > $2";
const TOUCH_SESSION: &str = "UPDATE sessions SET last_seen = $2 WHERE token_hash = $1 AND last_seen < $2";
const DELETE_SESSION: &str = "DELETE FROM sessions WHERE token_hash = $1";
const DELETE_SESSIONS: &str = "DELETE FROM sessions WHERE bucket = $1 AND organisation = $2 AND account = $3";
const DELETE_EXPIRED: &str = "DELETE FROM sessions WHERE expires <= $1";

fn read(row: &Row) -> Result<Account> {
    let read = Read::new(row, "account");
    Ok(Account {
        id: read.id("account")?,
        organisation: read.organisation()?,
        email: read.text("email")?,
        name: read.text("name")?,
        role: Role::parse(&read.text("role")?).ok_or_else(|| read.unreadable("role"))?,
        password_hash: read.text_if("password_hash")?,
        language: read.text("language")?,
        team: read.text_if("team")?,
        created: read.time("created")?,
    })
}

fn read_session(row: &Row) -> Result<Session> {
    let read = Read::new(row, "session");
    Ok(Session {
        token_hash: read.hash("token_hash")?,
        organisation: read.organisation()?,
        account: read.id("account")?,
        created: read.time("created")?,
        expires: read.time("expires")?,
        last_seen: read.time("last_seen")?,
    })
}

fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

async fn save(conn: &mut Conn, account: &Account) -> Result<bool> {
    let key = email_key(&account.email);
    let at = |text| sql(text).place(home(&account.organisation), &account.organisation);
    if at(TAKEN).text(&key).id(account.id).number(conn).await? > 0 {
        return Ok(false);
    }
    at(SAVE)
        .id(account.id)
        .text(&account.email)
        .text(&key)
        .text(&account.name)
        .text(account.role.as_str())
        .text_if(account.password_hash.as_deref())
        .text(&account.language)
        .text_if(account.team.as_deref())
        .time(account.created)
        .run(conn)
        .await?;
    Ok(true)
}

#[async_trait]
impl Accounts for SqlStore {
    async fn accounts(&self, organisation: &OrganisationId) -> Result<Vec<Account>> {
        let rows = sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?;
        all(&rows, read)
    }

    async fn account(&self, organisation: &OrganisationId, id: Uuid) -> Result<Option<Account>> {
        let row = sql(GET).place(home(organisation), organisation).id(id).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn accounts_by_email(&self, email: &str) -> Result<Vec<Account>> {
        all(&sql(BY_EMAIL).text(&email_key(email)).rows(&mut self.reader().await?).await?, read)
    }

    async fn save_account(&self, account: Account) -> Result<bool> {
        let bucket = home(&account.organisation);
        self.write(Some(bucket), 1, account, |conn, _, account| Box::pin(save(conn, account))).await
    }

    async fn delete_account(&self, organisation: &OrganisationId, id: Uuid) -> Result<bool> {
        self.delete_sessions_of(organisation, id).await?;
        self.change(sql(DELETE).place(home(organisation), organisation).id(id)).await
    }

    async fn save_session(&self, session: Session) -> Result<()> {
        let save = sql(SAVE_SESSION)
            .place(home(&session.organisation), &session.organisation)
            .bytes(&session.token_hash)
            .id(session.account)
            .time(session.created)
            .time(session.expires)
            .time(session.last_seen);
        self.change(save).await?;
        Ok(())
    }

    async fn session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<(Session, Account)>> {
        let row = sql(SESSION).bytes(token_hash).time(now).row(&mut self.reader().await?).await?;
        let Some(session) = row.as_ref().map(read_session).transpose()? else {
            return Ok(None);
        };
        let account = self.account(&session.organisation, session.account).await?;
        Ok(account.map(|account| (session, account)))
    }

    async fn touch_session(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<()> {
        self.change(sql(TOUCH_SESSION).bytes(token_hash).time(now)).await?;
        Ok(())
    }

    async fn delete_session(&self, token_hash: &[u8; 32]) -> Result<bool> {
        self.change(sql(DELETE_SESSION).bytes(token_hash)).await
    }

    async fn delete_sessions_of(&self, organisation: &OrganisationId, account: Uuid) -> Result<()> {
        self.change(sql(DELETE_SESSIONS).place(home(organisation), organisation).id(account)).await?;
        Ok(())
    }

    async fn delete_expired_sessions(&self, now: Timestamp) -> Result<u64> {
        self.changes(sql(DELETE_EXPIRED).time(now)).await
    }
}
