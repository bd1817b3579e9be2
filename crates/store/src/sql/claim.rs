//! Giving messages to those who carry them, and taking back what came of it.

use std::collections::HashSet;

use jiff::Timestamp;
use words::{Channel, CustomerId, OrganisationId, PrincipalId, Waits};

use super::{
    bulk::bulk,
    driver::{Conn, Row},
    due, event_rows,
    leases::{Held, work},
    message_rows::{self, read},
    numbers::Numbers,
    outbox,
    pace::{self, Paces, Way},
    read::Read,
    sql::{Sql, sql},
    unsound::{self, State},
};
use crate::{Doubt, Finished, Lane, NewEvent, OutboxRow, Outcome, Result, SendState, customer_bucket, home};

/// Service before marketing, what is on time before what is behind.
const RANKS: [i64; 4] = [0, 1, 2, 3];
/// From here on it is behind, and goes at the pace of catching up.
const BEHIND: i64 = 2;

/// Steps from lane to lane, without looking at the messages between.
pub(super) const NEXT_LANE: &str = "SELECT channel, principal FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND (channel, principal) > ($2, $3)
    ORDER BY channel, principal LIMIT 1";
pub(super) const ANY: &str = "SELECT count(*) FROM (SELECT 1 FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND channel = $2 AND principal = $5 AND rank = $3 AND claim_at <= $4 {held}
        AND NOT EXISTS (SELECT 1 FROM journeys WHERE journeys.organisation = outbox.organisation
            AND journeys.bucket = $6 AND journeys.journey = outbox.journey AND journeys.paused = 1)
    LIMIT 1) AS ready";
pub(super) const READY: &str = "SELECT outbox.* FROM outbox
    WHERE organisation = $1 AND state = 'ready' AND channel = $2 AND principal = $5 AND rank = $3 AND claim_at <= $4 {held}
        AND NOT EXISTS (SELECT 1 FROM journeys WHERE journeys.organisation = outbox.organisation
            AND journeys.bucket = $6 AND journeys.journey = outbox.journey AND journeys.paused = 1)
    ORDER BY claim_at, key LIMIT $7";
pub(super) const CLAIM: (&str, usize, &str) = (
    "WITH claimed (bucket, organisation, customer, key, moment, attempts, carried_by) AS (VALUES",
    7,
    ") UPDATE outbox SET state = 'sending', moment = claimed.moment, attempts = outbox.attempts + 1,
            attempt = outbox.attempts + 1, carried_by = claimed.carried_by
        FROM claimed WHERE outbox.bucket = claimed.bucket AND outbox.organisation = claimed.organisation
            AND outbox.customer = claimed.customer AND outbox.key = claimed.key
            AND outbox.state = 'ready' AND outbox.attempts = claimed.attempts
        RETURNING outbox.key",
);
pub(super) const FINISH: (&str, usize, &str) = (
    "WITH finished (bucket, organisation, customer, key, carried, state, reason, moment, reference, attempt, again,
        last_error, rendered, given_back, doubt) AS (VALUES",
    15,
    ") UPDATE outbox SET state = finished.state, reason = finished.reason, moment = finished.moment,
            reference = finished.reference, attempt = finished.attempt,
            claim_at = COALESCE(finished.again, outbox.claim_at), next_attempt = finished.again,
            last_error = COALESCE(finished.last_error, outbox.last_error),
            rendered = CASE WHEN outbox.state = 'printed' AND finished.state = 'ready' THEN NULL
                ELSE COALESCE(finished.rendered, outbox.rendered) END, attempts = outbox.attempts - finished.given_back,
            doubt = COALESCE(finished.doubt, outbox.doubt)
        FROM finished WHERE outbox.bucket = finished.bucket AND outbox.organisation = finished.organisation
            AND outbox.customer = finished.customer AND outbox.key = finished.key
            AND outbox.state IN ('sending', 'printed') AND outbox.attempt = finished.carried
        RETURNING outbox.organisation, outbox.key",
);
const TOLD: &str = "UPDATE outbox SET state = $5, reason = $6, moment = $7, reference = $8, attempt = $9,
        last_error = COALESCE($10, last_error), doubt = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state = $11 AND channel = $12";
const TRIED: &str = "SELECT * FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";
const NEXT_CHANNEL: &str = "UPDATE outbox SET tried = $5, channel = NULL, address = NULL, rendered = NULL, doubt = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";

#[cfg(test)]
pub(super) const HOT: [&str; 2] = [TRIED, NEXT_CHANNEL];

/// Where an organisation has something ready, now or later.
pub(super) async fn lanes_of(conn: &mut Conn, organisation: &OrganisationId) -> Result<Vec<Lane>> {
    let mut lanes: Vec<Lane> = Vec::new();
    loop {
        let (channel, principal) =
            lanes.last().map_or(("", ""), |lane| (lane.channel.as_str(), lane.principal.as_str()));
        let next = sql(NEXT_LANE).text(organisation.as_str()).text(channel).text(principal).row(conn).await?;
        let Some(row) = next else { return Ok(lanes) };
        let read = Read::new(&row, "message");
        lanes.push(Lane {
            organisation: organisation.clone(),
            channel: Channel::new(read.text("channel")?),
            principal: PrincipalId::new(read.text("principal")?),
        });
    }
}

fn of(text: &'static str, held: Option<Held>, lane: &Lane, (rank, now): (i64, Timestamp), limit: Option<i64>) -> Sql {
    work(text, held, |ask| {
        let ask = ask.text(lane.organisation.as_str()).text(lane.channel.as_str()).int(rank).time(now);
        let ask = ask.text(lane.principal.as_str()).int(home(&lane.organisation).number().into());
        match limit {
            Some(limit) => ask.int(limit),
            None => ask,
        }
    })
}

/// Where something is ready.
pub(super) async fn lanes(conn: &mut Conn, held: Option<Held>, now: Timestamp) -> Result<Vec<Lane>> {
    let mut lanes = Vec::new();
    for organisation in due::organisations(conn).await? {
        for lane in lanes_of(conn, &organisation).await? {
            for rank in RANKS {
                if of(ANY, held, &lane, (rank, now), None).number(conn).await? > 0 {
                    lanes.push(lane);
                    break;
                }
            }
        }
    }
    Ok(lanes)
}

/// The paces that a message of a lane counts for.
fn names(lane: &Lane, way: Option<Way>, rank: i64) -> impl Iterator<Item = (String, u32)> {
    let name = |way: &Way| if way.is_own { lane.channel.to_string() } else { lane.sender().to_string() };
    let own = way.and_then(|way| Some((name(&way), way.per_minute?)));
    let behind = way.filter(|_| rank >= BEHIND).map(|way| (format!("{}/behind", name(&way)), way.catch_up));
    own.into_iter().chain(behind)
}

/// Messages of a lane that may go now, each with its rank.
async fn ready(
    conn: &mut Conn,
    held: Option<Held>,
    (lane, way): (&Lane, Option<Way>),
    paces: &mut Paces<'_>,
    (now, limit): (Timestamp, i64),
) -> Result<Vec<(i64, OutboxRow)>> {
    let mut list: Vec<(i64, OutboxRow)> = Vec::new();
    for rank in RANKS {
        let mut room = limit - list.len() as i64;
        for (name, per_minute) in names(lane, way, rank) {
            room = room.min(paces.left(conn, name, per_minute).await?);
        }
        if room <= 0 {
            continue;
        }
        let found = of(READY, held, lane, (rank, now), Some(room));
        let rows = found.rows(conn).await?;
        let found = unsound::messages(conn, &rows, State::Failed).await?;
        names(lane, way, rank).for_each(|(name, _)| paces.promise(&name, found.len()));
        list.extend(found.into_iter().map(|message| (rank, message)));
    }
    Ok(list)
}

/// Marks what is ready as being carried. The caller gets it after the commit.
pub(super) async fn claim(
    conn: &mut Conn,
    held: Option<Held>,
    lane: &Lane,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<OutboxRow>> {
    // A printer has its own pace.
    let way = if lane.channel.is_paper() { None } else { pace::way(conn, lane).await? };
    let mut paces = Paces::new(&lane.organisation, now);
    let ready = ready(conn, held, (lane, way), &mut paces, (now, limit.into())).await?;
    let lease = held.map(Held::lease);
    let rows = bulk(conn, CLAIM, &ready, |row, (_, message)| {
        message_rows::bind_key(row, message).time(now).int(message.attempts.into()).id_if(lease)
    });
    let own: HashSet<String> =
        rows.await?.iter().map(|row| Read::new(row, "message").text("key")).collect::<Result<_>>()?;
    let mut claimed = Vec::new();
    // Another process may have been first.
    for (rank, mut message) in ready.into_iter().filter(|(_, message)| own.contains(message.key.as_str())) {
        names(lane, way, rank).for_each(|(name, _)| paces.spend(&name));
        message.attempts += 1;
        message.state = SendState::Sending { attempt: message.attempts, started: now };
        claimed.push(message);
    }
    paces.put(conn).await?;
    Ok(claimed)
}

fn at(text: &'static str, finished: &Finished) -> Sql {
    let at = sql(text).place(customer_bucket(&finished.organisation, finished.customer), &finished.organisation);
    at.id(finished.customer.uuid()).text(finished.key.as_str())
}

/// Notes outcomes, each with its event; per outcome whether it still counted.
pub(super) async fn finish(conn: &mut Conn, numbers: &Numbers, finished: &[Finished]) -> Result<Vec<bool>> {
    let noted = finish_many(conn, finished).await?;
    let mut counted = Vec::new();
    let mut events = Vec::new();
    for one in finished {
        let counts = if noted.contains(&(one.organisation.to_string(), one.key.as_str().to_owned())) {
            next_channel(conn, one).await?;
            true
        } else {
            finish_one(conn, one).await?
        };
        if counts {
            events.extend(one.events.iter().cloned());
        }
        counted.push(counts);
    }
    event_rows::accept(conn, numbers, &events).await?;
    Ok(counted)
}

/// Those that stand where they stood, all at once: by organisation and key.
async fn finish_many(conn: &mut Conn, finished: &[Finished]) -> Result<HashSet<(String, String)>> {
    let names: HashSet<_> = finished.iter().map(|one| (&one.organisation, one.key.as_str())).collect();
    if names.len() < finished.len() {
        // Of one message twice; the order decides.
        return Ok(HashSet::new());
    }
    let name = |row| {
        let read = Read::new(row, "message");
        Ok((read.text("organisation")?, read.text("key")?))
    };
    put(conn, finished).await?.iter().map(name).collect()
}

/// A row comes back of each that stood where it stood.
async fn put(conn: &mut Conn, finished: &[Finished]) -> Result<Vec<Row>> {
    let bind = |row: Sql, one: &Finished| {
        let row = row.place(customer_bucket(&one.organisation, one.customer), &one.organisation);
        bind_outcome(row.id(one.customer.uuid()).text(one.key.as_str()), one)
    };
    bulk(conn, FINISH, finished, bind).await
}

/// Where a message stands after an outcome, and what went wrong.
fn stands_as(attempt: u32, outcome: &Outcome) -> (SendState, Option<&str>) {
    match outcome {
        Outcome::Printed { time, pile } => (SendState::Printed { attempt, time: *time, pile: pile.clone() }, None),
        Outcome::Sent { time, reference } => (SendState::Sent { time: *time, reference: reference.clone() }, None),
        Outcome::Failed { reason } => (SendState::Failed { reason: reason.clone() }, Some(reason)),
        Outcome::Unknown { reason } => (SendState::Unknown { reason: reason.clone() }, Some(reason)),
        Outcome::Retry { reason, .. } | Outcome::GivenBack { reason, .. } => {
            (SendState::Ready, Some(reason.as_str()).filter(|reason| !reason.is_empty()))
        }
        Outcome::NextChannel { at, reason } => (SendState::Held { until: *at, why: Waits::NextChannel }, Some(reason)),
        Outcome::Refused { reason } => (SendState::Refused { reason: *reason }, None),
    }
}

/// Behind the key: the attempt as it was claimed, and what is to stand there now.
fn bind_outcome(row: Sql, finished: &Finished) -> Sql {
    let (state, error) = stands_as(finished.attempt, &finished.outcome);
    let again_at = match &finished.outcome {
        Outcome::Retry { at, .. } | Outcome::GivenBack { at, .. } => Some(*at),
        _ => None,
    };
    let row = message_rows::bind_state(row.int(finished.attempt.into()), &state);
    row.time_if(again_at)
        .text_if(error)
        .json_if(finished.rendered.as_ref())
        .int(matches!(finished.outcome, Outcome::GivenBack { .. }).into())
        .text_if(finished.doubt.map(Doubt::name))
}

/// What a provider tells afterwards. It counts for a message that still stands as it was read.
pub(super) async fn told(
    conn: &mut Conn,
    numbers: &Numbers,
    message: &OutboxRow,
    outcome: Option<&Outcome>,
    events: &[NewEvent],
) -> Result<bool> {
    if let Some(outcome) = outcome {
        let finished = Finished {
            organisation: message.organisation.clone(),
            customer: message.customer,
            key: message.key.clone(),
            attempt: message.attempts,
            outcome: outcome.clone(),
            rendered: None,
            doubt: None,
            events: Vec::new(),
        };
        let (state, error) = stands_as(finished.attempt, outcome);
        let note = message_rows::bind_state(at(TOLD, &finished), &state).text_if(error);
        let note = note.text(message.state.name()).text_if(message.channel.as_ref().map(Channel::as_str));
        if note.run(conn).await? == 0 {
            return Ok(false);
        }
        next_channel(conn, &finished).await?;
    }
    event_rows::accept(conn, numbers, events).await?;
    Ok(true)
}

async fn finish_one(conn: &mut Conn, finished: &Finished) -> Result<bool> {
    if stands(conn, finished).await? {
        return Ok(true);
    }
    // Its customer may have become another while it was carried.
    let Some(customer) = owner(conn, finished).await?.filter(|owner| *owner != finished.customer) else {
        return Ok(false);
    };
    stands(conn, &Finished { customer, ..finished.clone() }).await
}

/// Notes one outcome; whether its message stood where it stood.
async fn stands(conn: &mut Conn, finished: &Finished) -> Result<bool> {
    let counts = !put(conn, std::slice::from_ref(finished)).await?.is_empty();
    if counts {
        next_channel(conn, finished).await?;
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
    let Some(row) = at(TRIED, finished).row(conn).await? else { return Ok(()) };
    let read = Read::new(&row, "message");
    let mut tried: Vec<Channel> = read.json("tried")?;
    tried.extend(read.text_if("channel")?.map(Channel::new));
    at(NEXT_CHANNEL, finished).json(&tried).run(conn).await?;
    Ok(())
}
