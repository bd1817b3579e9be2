//! Giving messages to those who carry them, and taking back what came of it.

use jiff::Timestamp;
use words::CustomerId;

use super::{
    driver::Conn,
    due, event_rows,
    leases::{Held, work},
    message_rows::{self, read},
    numbers::Numbers,
    outbox,
    read::all,
    sql::{Sql, sql},
};
use crate::{Finished, OutboxRow, Outcome, Result, SendState, customer_bucket};

/// Service before marketing.
const RANKS: [i64; 2] = [0, 1];

pub(super) const ANY: &str = "SELECT count(*) FROM (SELECT 1 FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND rank = $2 AND claim_at <= $3 {held} LIMIT 1) AS ready";
pub(super) const READY: &str = "SELECT outbox.* FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND rank = $2 AND claim_at <= $3 {held}
        AND NOT EXISTS (SELECT 1 FROM journeys WHERE journeys.organisation = outbox.organisation
            AND journeys.bucket = $5 AND journeys.journey = outbox.journey AND journeys.paused = 1)
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

/// Marks what is ready as being carried. The caller gets it after the commit.
pub(super) async fn claim(conn: &mut Conn, held: Option<Held>, now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>> {
    let mut lists = Vec::new();
    for organisation in due::organisations(conn).await? {
        let mut list: Vec<OutboxRow> = Vec::new();
        for rank in RANKS {
            let room = i64::from(limit) - list.len() as i64;
            let ready = work(READY, held, |ask| {
                let ask = ask.text(organisation.as_str()).int(rank).time(now).int(room);
                ask.int(crate::home(&organisation).number().into())
            });
            list.extend(all(&ready.rows(conn).await?, read)?);
        }
        lists.push(list);
    }
    let mut claimed = Vec::new();
    for mut message in due::in_turn(lists, limit as usize) {
        let claim = message_rows::bind_key(sql(CLAIM), &message).time(now).int(message.attempts.into());
        // Another process may have been first.
        if claim.run(conn).await? > 0 {
            message.attempts += 1;
            message.state = SendState::Sending { attempt: message.attempts, started: now };
            claimed.push(message);
        }
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
        Outcome::NextChannel { at, reason } => (SendState::Held { until: at }, None, Some(reason)),
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
