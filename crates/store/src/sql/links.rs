use async_trait::async_trait;
use jiff::Timestamp;
use words::OrganisationId;

use super::{
    SqlStore,
    bulk::bulk,
    driver::{Conn, Row},
    read::Read,
    sql::sql,
};
use crate::{Link, Links, Purpose, Result, home};

const SAVE: (&str, usize, &str) = (
    "INSERT INTO links (bucket, organisation, hash, purpose, subject_key, subject, created, expires, used) VALUES",
    9,
    "ON CONFLICT (bucket, organisation, hash) DO NOTHING",
);
const GET: &str = "SELECT * FROM links WHERE hash = $1 AND purpose = $2";
const FOR: &str =
    "SELECT * FROM links WHERE bucket = $1 AND organisation = $2 AND purpose = $3 ORDER BY created DESC, hash LIMIT $4";
const USE: &str = "UPDATE links SET used = $3 WHERE hash = $1 AND purpose = $2 AND used IS NULL AND expires > $3";
const REVOKE: &str = "DELETE FROM links
    WHERE bucket = $1 AND organisation = $2 AND purpose = $3 AND subject_key = $4";

fn read(row: &Row) -> Result<Link> {
    let read = Read::new(row, "link");
    Ok(Link {
        hash: read.hash("hash")?,
        organisation: read.organisation()?,
        purpose: Purpose::parse(&read.text("purpose")?).ok_or_else(|| read.unreadable("purpose"))?,
        subject_key: read.text("subject_key")?,
        subject: read.json("subject")?,
        created: read.time("created")?,
        expires: read.time("expires")?,
        used: read.time_if("used")?,
    })
}

async fn save(conn: &mut Conn, links: &[Link]) -> Result<()> {
    bulk(conn, SAVE, links, |row, link| {
        row.place(home(&link.organisation), &link.organisation)
            .bytes(&link.hash)
            .text(link.purpose.as_str())
            .text(&link.subject_key)
            .json(&link.subject)
            .time(link.created)
            .time(link.expires)
            .time_if(link.used)
    })
    .await?;
    Ok(())
}

#[async_trait]
impl Links for SqlStore {
    async fn save_link(&self, link: Link) -> Result<()> {
        self.save_links(vec![link]).await
    }

    async fn save_links(&self, links: Vec<Link>) -> Result<()> {
        let bucket = links.first().map(|link| home(&link.organisation));
        self.write(bucket, links.len(), links, |conn, _, links| Box::pin(save(conn, links))).await
    }

    async fn links_for(&self, organisation: &OrganisationId, purpose: Purpose, limit: u32) -> Result<Vec<Link>> {
        let wanted = sql(FOR).place(home(organisation), organisation).text(purpose.as_str()).int(limit.into());
        wanted.rows(&mut self.reader().await?).await?.iter().map(read).collect()
    }

    async fn link(&self, hash: &[u8; 32], purpose: Purpose) -> Result<Option<Link>> {
        let row = sql(GET).bytes(hash).text(purpose.as_str()).row(&mut self.reader().await?).await?;
        row.as_ref().map(read).transpose()
    }

    async fn use_link(&self, hash: &[u8; 32], purpose: Purpose, now: Timestamp) -> Result<bool> {
        self.change(sql(USE).bytes(hash).text(purpose.as_str()).time(now)).await
    }

    async fn revoke_links(&self, organisation: &OrganisationId, purpose: Purpose, subject_key: &str) -> Result<u64> {
        let revoke = sql(REVOKE).place(home(organisation), organisation).text(purpose.as_str()).text(subject_key);
        self.changes(revoke).await
    }
}
