//! Giving messages to those who carry them, and taking back what came of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use words::{CustomerId, OrganisationId, Waits};

use super::{
    driver::Conn,
    due, event_rows,
    leases::{Held, work},
    message_rows::{self, read},
    numbers::Numbers,
    outbox,
    pace::{self, Paces, Way},
    read::all,
    sql::{Sql, sql},
};
use crate::{Finished, OutboxRow, Outcome, Result, SendState, customer_bucket};

/// Service before marketing, what is on time before what is behind.
const RANKS: [i64; 4] = [0, 1, 2, 3];
/// From here on it is behind, and goes at the pace of catching up.
const BEHIND: i64 = 2;

pub(super) const ANY: &str = "SELECT count(*) FROM (SELECT 1 FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND rank = $2 AND claim_at <= $3 {held} LIMIT 1) AS ready";
pub(super) const READY: &str = "SELECT outbox.* FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND rank = $2 AND claim_at <= $3 {held}
        AND NOT EXISTS (SELECT 1 FROM journeys WHERE journeys.organisation = outbox.organisation
            AND journeys.bucket = $5 AND journeys.journey = outbox.journey AND journeys.paused = 1)
        AND (channel = $6 OR $6 IS NULL)
    ORDER BY claim_at, key LIMIT $4";
const CLAIM: &str = "UPDATE outbox SET state = 'sending', moment = $5, attempts = attempts + 1, attempt = attempts + 1
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state = 'ready' AND attempts = $6";
const FINISH: &str = "UPDATE outbox SET state = $6, reason = $7, moment = $8, reference = $9, attempt = $10,
        claim_at = COALESCE($11, claim_at), next_attempt = $11, last_error = COALESCE($12, last_error),
        rendered = COALESCE($13, rendered)
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state = 'sending' AND attempt = $5";
const TRIED: &str = "SELECT * FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";
const NEXT_CHANNEL: &str = "UPDATE outbox SET tried = $5, channel = NULL, address = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";

#[cfg(test)]
pub(super) const HOT: [&str; 4] = [CLAIM, FINISH, TRIED, NEXT_CHANNEL];

/// Whether anything is ready at all.
pub(super) async fn any(conn: &mut Conn, held: Option<Held>, now: Timestamp) -> Result<bool> {
    for organisation in due::organisations(conn).await? {
        for rank in RANKS {
            let any = work(ANY, held, |ask| ask.text(organisation.as_str()).int(rank).time(now));
            if any.number(conn).await? > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Messages that an organisation may send now, each with the paces that it counts for.
struct Ready<'a> {
    organisation: &'a OrganisationId,
    held: Option<Held>,
    now: Timestamp,
    ways: &'a [Way],
    paces: Paces<'a>,
    /// Each with its rank.
    list: Vec<(i64, OutboxRow)>,
    limit: i64,
}

impl Ready<'_> {
    async fn gather(&mut self, conn: &mut Conn) -> Result<()> {
        let limited = self.ways.iter().any(|way| way.per_minute.is_some());
        for rank in RANKS {
            if rank < BEHIND && !limited {
                self.take(conn, rank, None, self.limit).await?;
                continue;
            }
            for way in self.ways {
                let mut room = self.limit;
                for (name, per_minute) in names(way, rank) {
                    room = room.min(self.paces.left(conn, name, per_minute).await?);
                }
                self.take(conn, rank, Some(way), room).await?;
            }
        }
        Ok(())
    }

    async fn take(&mut self, conn: &mut Conn, rank: i64, way: Option<&Way>, room: i64) -> Result<()> {
        let room = room.min(self.limit - self.list.len() as i64);
        if room <= 0 {
            return Ok(());
        }
        let ready = work(READY, self.held, |ask| {
            let ask = ask.text(self.organisation.as_str()).int(rank).time(self.now).int(room);
            let ask = ask.int(crate::home(self.organisation).number().into());
            ask.text_if(way.map(|way| way.channel.as_str()))
        });
        let found = all(&ready.rows(conn).await?, read)?;
        for (name, _) in way.into_iter().flat_map(|way| names(way, rank)) {
            self.paces.promise(&name, found.len());
        }
        self.list.extend(found.into_iter().map(|message| (rank, message)));
        Ok(())
    }
}

/// The paces that a message by this way counts for.
fn names(way: &Way, rank: i64) -> impl Iterator<Item = (String, u32)> {
    let own = way.per_minute.map(|per_minute| (way.channel.to_string(), per_minute));
    let behind = (rank >= BEHIND).then(|| (format!("{}/behind", way.channel), way.catch_up));
    own.into_iter().chain(behind)
}

/// Marks what is ready as being carried. The caller gets it after the commit.
pub(super) async fn claim(conn: &mut Conn, held: Option<Held>, now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>> {
    let ways = pace::ways(conn).await?;
    let organisations = due::organisations(conn).await?;
    let mut lists = Vec::new();
    let mut paces = BTreeMap::new();
    for organisation in &organisations {
        let ways = ways.get(organisation).map_or(&[][..], Vec::as_slice);
        let (own, limit) = (Paces::new(organisation, now), i64::from(limit));
        let mut ready = Ready { organisation, held, now, ways, paces: own, list: Vec::new(), limit };
        ready.gather(conn).await?;
        lists.push(ready.list);
        paces.insert(organisation, (ways, ready.paces));
    }
    let mut claimed = Vec::new();
    for (rank, mut message) in due::in_turn(lists, limit as usize) {
        let claim = message_rows::bind_key(sql(CLAIM), &message).time(now).int(message.attempts.into());
        // Another process may have been first.
        if claim.run(conn).await? == 0 {
            continue;
        }
        if let Some((ways, paces)) = paces.get_mut(&message.organisation) {
            let way = ways.iter().find(|way| message.channel.as_ref() == Some(&way.channel));
            way.into_iter().flat_map(|way| names(way, rank)).for_each(|(name, _)| paces.spend(&name));
        }
        message.attempts += 1;
        message.state = SendState::Sending { attempt: message.attempts, started: now };
        claimed.push(message);
    }
    for (_, paces) in paces.into_values() {
        paces.put(conn).await?;
    }
    Ok(claimed)
}

fn at(text: &'static str, finished: &Finished) -> Sql {
    let at = sql(text).place(customer_bucket(&finished.organisation, finished.customer), &finished.organisation);
    at.id(finished.customer.uuid()).text(finished.key.as_str())
}

/// Notes outcomes, each with its event; per outcome whether it still counted.
pub(super) async fn finish(conn: &mut Conn, numbers: &Numbers, finished: &[Finished]) -> Result<Vec<bool>> {
    let mut counted = Vec::new();
    let mut events = Vec::new();
    for one in finished {
        let counts = finish_one(conn, one).await?;
        if counts {
            events.extend(one.event.clone());
        }
        counted.push(counts);
    }
    event_rows::accept(conn, numbers, &events).await?;
    Ok(counted)
}

async fn finish_one(conn: &mut Conn, finished: &Finished) -> Result<bool> {
    let (state, again_at, error) = match finished.outcome.clone() {
        Outcome::Sent { time, reference } => (SendState::Sent { time, reference }, None, None),
        Outcome::Failed { reason } => (SendState::Failed { reason: reason.clone() }, None, Some(reason)),
        Outcome::Unknown { reason } => (SendState::Unknown { reason: reason.clone() }, None, Some(reason)),
        Outcome::Retry { at, reason } => (SendState::Ready, Some(at), Some(reason)),
        Outcome::NextChannel { at, reason } => {
            (SendState::Held { until: at, why: Waits::NextChannel }, None, Some(reason))
        }
        Outcome::Refused { reason } => (SendState::Refused { reason }, None, None),
    };
    let finish = |whose: &Finished| {
        let finish = message_rows::bind_state(at(FINISH, whose).int(whose.attempt.into()), &state);
        finish.time_if(again_at).text_if(error.as_deref()).json_if(whose.rendered.as_ref())
    };
    if finish(finished).run(conn).await? > 0 {
        next_channel(conn, finished).await?;
        return Ok(true);
    }
    // Its customer may have become another while it was carried.
    let Some(customer) = owner(conn, finished).await?.filter(|owner| *owner != finished.customer) else {
        return Ok(false);
    };
    let moved = Finished { customer, ..finished.clone() };
    let counts = finish(&moved).run(conn).await? > 0;
    if counts {
        next_channel(conn, &moved).await?;
    }
    Ok(counts)
}

async fn owner(conn: &mut Conn, finished: &Finished) -> Result<Option<CustomerId>> {
    let get = sql(outbox::GET).text(finished.organisation.as_str()).text(finished.key.as_str());
    Ok(get.row(conn).await?.as_ref().map(read).transpose()?.map(|message| message.customer))
}

/// The channel that refused, if it did, joins those that were tried.
async fn next_channel(conn: &mut Conn, finished: &Finished) -> Result<()> {
    if !matches!(finished.outcome, Outcome::NextChannel { .. }) {
        return Ok(());
    }
    let row = at(TRIED, finished).row(conn).await?;
    let Some(mut message) = row.as_ref().map(read).transpose()? else { return Ok(()) };
    message.tried.extend(message.channel.take());
    at(NEXT_CHANNEL, finished).json(&message.tried).run(conn).await?;
    Ok(())
}
