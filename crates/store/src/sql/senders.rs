use async_trait::async_trait;
use words::{Channel, OrganisationId};

use super::{
    SqlStore,
    bulk::bulk,
    driver::{Conn, Row},
    read::{Read, all},
    sealing,
    search::digits_of,
    sql::sql,
};
use crate::limits::{REASON_CHARS_MAX, WORD_CHARS_MAX};
use crate::{Lane, Listed, Paging, Result, Sender, SenderName, Senders, StaffAddress, Suppression, Trouble, home};

const LIST: &str = "SELECT * FROM senders WHERE bucket = $1 AND organisation = $2 ORDER BY channel";
const SAVE: &str = "INSERT INTO senders
    (bucket, organisation, channel, transport, config, from_name, from_address, reply_to, tested, per_minute,
        catch_up)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (bucket, organisation, channel) DO UPDATE SET transport = excluded.transport, config = excluded.config,
        from_name = excluded.from_name, from_address = excluded.from_address, reply_to = excluded.reply_to,
        tested = excluded.tested, per_minute = excluded.per_minute, catch_up = excluded.catch_up,
        trouble_since = NULL, trouble_until = NULL, trouble = NULL";
const NOTE: &str = "UPDATE senders SET trouble_since = $5, trouble_until = $6, trouble = $7
    WHERE bucket = $1 AND organisation = $2 AND channel = (SELECT max(own.channel) FROM senders AS own
        WHERE own.bucket = $1 AND own.organisation = $2
            AND own.channel IN ($3, $4) AND (own.channel = $4 OR own.tested IS NOT NULL))";
const TROUBLES: &str = "SELECT channel, trouble_since, trouble_until, trouble FROM senders
    WHERE bucket = $1 AND organisation = $2 AND trouble_since IS NOT NULL ORDER BY channel";
const DELETE: &str = "DELETE FROM senders WHERE bucket = $1 AND organisation = $2 AND channel = $3";

const STAFF: &str = "SELECT * FROM staff_addresses WHERE bucket = $1 AND organisation = $2 ORDER BY name, address";
const SAVE_STAFF: &str = "INSERT INTO staff_addresses (bucket, organisation, channel, address, name)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bucket, organisation, channel, address) DO UPDATE SET name = excluded.name";
const DELETE_STAFF: &str = "DELETE FROM staff_addresses
    WHERE bucket = $1 AND organisation = $2 AND channel = $3 AND address = $4";

const SUPPRESSED: (&str, usize, &str) = (
    "WITH wanted (bucket, organisation, channel, address) AS (VALUES",
    4,
    ") SELECT found.* FROM wanted CROSS JOIN suppressions AS found
        WHERE found.bucket = wanted.bucket AND found.organisation = wanted.organisation
            AND found.channel = wanted.channel AND found.address = wanted.address",
);
const SUPPRESSIONS: &str = "SELECT * FROM suppressions WHERE bucket = $1 AND organisation = $2
    AND lower(address) LIKE $3 ESCAPE '!' ORDER BY since DESC, address, channel LIMIT $4 OFFSET $5";
const COUNT: &str = "SELECT count(*) FROM suppressions WHERE bucket = $1 AND organisation = $2
    AND lower(address) LIKE $3 ESCAPE '!'";
const SUPPRESS: (&str, usize, &str) = (
    "INSERT INTO suppressions (bucket, organisation, channel, address, reason, since) VALUES",
    6,
    "ON CONFLICT (bucket, organisation, channel, address) DO NOTHING RETURNING address",
);
const UNSUPPRESS: &str = "DELETE FROM suppressions
    WHERE bucket = $1 AND organisation = $2 AND channel = $3 AND address = $4";

fn read(row: &Row) -> Result<Sender> {
    let read = Read::new(row, "sender");
    let name = SenderName::parse(&read.text("channel")?);
    Ok(Sender {
        organisation: read.organisation()?,
        channel: name.channel,
        principal: name.principal,
        transport: read.text("transport")?,
        config: read.json("config")?,
        from_name: read.text("from_name")?,
        from_address: read.text("from_address")?,
        reply_to: read.text_if("reply_to")?,
        tested: read.time_if("tested")?,
        per_minute: read.small_if("per_minute")?,
        catch_up: read.small_if("catch_up")?,
    })
}

fn read_staff(row: &Row) -> Result<StaffAddress> {
    let read = Read::new(row, "staff address");
    Ok(StaffAddress {
        organisation: read.organisation()?,
        channel: Channel::new(read.text("channel")?),
        address: read.text("address")?,
        name: read.text("name")?,
    })
}

fn read_suppression(row: &Row) -> Result<Suppression> {
    let read = Read::new(row, "suppression");
    Ok(Suppression {
        organisation: read.organisation()?,
        channel: Channel::new(read.text("channel")?),
        address: read.text("address")?,
        reason: read.text("reason")?,
        since: read.time("since")?,
    })
}

async fn suppress(conn: &mut Conn, all: &[Suppression]) -> Result<u64> {
    let added = bulk(conn, SUPPRESS, all, |row, one| {
        row.place(home(&one.organisation), &one.organisation)
            .text(one.channel.as_str())
            .text(&one.address)
            .text(&one.reason)
            .time(one.since)
    });
    Ok(added.await?.len() as u64)
}

/// What finds the addresses in which this stands.
fn pattern(part: &str) -> String {
    let part = digits_of(part.trim()).unwrap_or_else(|| part.trim().to_lowercase());
    let mut pattern = String::from("%");
    for letter in part.chars().take(WORD_CHARS_MAX) {
        if "%_!".contains(letter) {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[async_trait]
impl Senders for SqlStore {
    async fn senders(&self, organisation: &OrganisationId) -> Result<Vec<Sender>> {
        let rows = sql(LIST).place(home(organisation), organisation).rows(&mut self.reader().await?).await?;
        let mut senders = all(&rows, read)?;
        for sender in &mut senders {
            let kept = self.sealing.open(
                &sealing::SENDERS,
                (organisation, &sender.name().to_string()),
                sender.config.to_string(),
            );
            sender.config = serde_json::from_str(&kept).unwrap_or_default();
        }
        Ok(senders)
    }

    async fn save_sender(&self, sender: Sender) -> Result<()> {
        let name = sender.name().to_string();
        let at = (&sender.organisation, name.as_str());
        let config = self.sealing.seal(&sealing::SENDERS, at, &sender.config.to_string())?;
        let save = sql(SAVE)
            .place(home(&sender.organisation), &sender.organisation)
            .text(&name)
            .text(&sender.transport)
            .text(&config)
            .text(&sender.from_name)
            .text(&sender.from_address)
            .text_if(sender.reply_to.as_deref())
            .time_if(sender.tested)
            .int_if(sender.per_minute.map(i64::from))
            .int_if(sender.catch_up.map(i64::from));
        self.change(save).await?;
        Ok(())
    }

    async fn delete_sender(&self, organisation: &OrganisationId, name: &SenderName) -> Result<bool> {
        self.change(sql(DELETE).place(home(organisation), organisation).text(&name.to_string())).await
    }

    async fn note_trouble(&self, lane: &Lane, trouble: Option<Trouble>) -> Result<()> {
        let note = sql(NOTE).place(home(&lane.organisation), &lane.organisation);
        let note = note.text(&lane.sender().to_string()).text(lane.channel.as_str());
        let (since, until) = trouble.as_ref().map(|trouble| (trouble.since, trouble.until)).unzip();
        let reason: Option<String> = trouble.map(|trouble| trouble.reason.chars().take(REASON_CHARS_MAX).collect());
        self.change(note.time_if(since).time_if(until).text_if(reason.as_deref())).await?;
        Ok(())
    }

    async fn troubles(&self, organisation: &OrganisationId) -> Result<Vec<(SenderName, Trouble)>> {
        let read = |row: &Row| {
            let read = Read::new(row, "sender");
            let trouble = Trouble {
                since: read.time("trouble_since")?,
                until: read.time("trouble_until")?,
                reason: read.text("trouble")?,
            };
            Ok((SenderName::parse(&read.text("channel")?), trouble))
        };
        all(&sql(TROUBLES).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read)
    }

    async fn staff_addresses(&self, organisation: &OrganisationId) -> Result<Vec<StaffAddress>> {
        all(&sql(STAFF).place(home(organisation), organisation).rows(&mut self.reader().await?).await?, read_staff)
    }

    async fn save_staff_address(&self, address: StaffAddress) -> Result<()> {
        let save = sql(SAVE_STAFF)
            .place(home(&address.organisation), &address.organisation)
            .text(address.channel.as_str())
            .text(&address.address)
            .text(&address.name);
        self.change(save).await?;
        Ok(())
    }

    async fn delete_staff_address(
        &self,
        organisation: &OrganisationId,
        channel: &Channel,
        address: &str,
    ) -> Result<bool> {
        let at = sql(DELETE_STAFF).place(home(organisation), organisation);
        self.change(at.text(channel.as_str()).text(address)).await
    }

    async fn suppressed(
        &self,
        organisation: &OrganisationId,
        addresses: &[(Channel, String)],
    ) -> Result<Vec<Suppression>> {
        let mut conn = self.reader().await?;
        let found = bulk(&mut conn, SUPPRESSED, addresses, |row, (channel, address)| {
            row.place(home(organisation), organisation).text(channel.as_str()).text(address)
        });
        all(&found.await?, read_suppression)
    }

    async fn suppressions(
        &self,
        organisation: &OrganisationId,
        part: &str,
        paging: Paging,
    ) -> Result<Listed<Suppression>> {
        let mut conn = self.reader().await?;
        let pattern = pattern(part);
        let at = |text| sql(text).place(home(organisation), organisation).text(&pattern);
        let total = at(COUNT).number(&mut conn).await?;
        let rows = at(SUPPRESSIONS).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: all(&rows, read_suppression)?, total })
    }

    async fn suppress(&self, suppression: Suppression) -> Result<()> {
        self.suppress_all(vec![suppression]).await?;
        Ok(())
    }

    async fn suppress_all(&self, suppressions: Vec<Suppression>) -> Result<u64> {
        let bucket = suppressions.first().map(|suppression| home(&suppression.organisation));
        self.write(bucket, suppressions.len(), suppressions, |conn, _, all| Box::pin(suppress(conn, all))).await
    }

    async fn unsuppress(&self, organisation: &OrganisationId, channel: &Channel, address: &str) -> Result<bool> {
        let at = sql(UNSUPPRESS).place(home(organisation), organisation);
        self.change(at.text(channel.as_str()).text(address)).await
    }
}
