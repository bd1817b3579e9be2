use async_trait::async_trait;
use jiff::Timestamp;
use words::{Channel, OrganisationId};

use super::{
    SqlStore,
    bulk::bulk,
    driver::Row,
    read::{Read, all},
    sql::sql,
};
use crate::{Conversations, Heard, Result, home};

const NOTE: &str =
    "INSERT INTO conversations (bucket, organisation, channel, address, heard) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bucket, organisation, channel, address) DO UPDATE SET heard = excluded.heard
        WHERE excluded.heard > conversations.heard";
const FORGET: &str = "DELETE FROM conversations
    WHERE bucket = $1 AND organisation = $2 AND channel = $3 AND heard < $4";
const LAST: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, channel, address) AS (VALUES",
    4,
    ") SELECT found.* FROM wanted CROSS JOIN conversations AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.channel = wanted.channel AND found.address = wanted.address",
);

fn read(row: &Row) -> Result<Heard> {
    let read = Read::new(row, "conversation");
    Ok(Heard {
        organisation: read.organisation()?,
        channel: Channel::new(read.text("channel")?),
        address: read.text("address")?,
        time: read.time("heard")?,
    })
}

#[async_trait]
impl Conversations for SqlStore {
    async fn note_heard(&self, heard: Heard, over: Timestamp) -> Result<()> {
        let at = |text| sql(text).place(home(&heard.organisation), &heard.organisation).text(heard.channel.as_str());
        self.change(at(NOTE).text(&heard.address).time(heard.time)).await?;
        self.change(at(FORGET).time(over)).await?;
        Ok(())
    }

    async fn last_heard(&self, organisation: &OrganisationId, addresses: &[(Channel, String)]) -> Result<Vec<Heard>> {
        let mut conn = self.reader().await?;
        let found = bulk(&mut conn, LAST, addresses, |row, (channel, address)| {
            row.place(home(organisation), organisation).text(channel.as_str()).text(address)
        });
        all(&found.await?, read)
    }
}
