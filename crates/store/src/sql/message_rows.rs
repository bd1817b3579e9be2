//! Messages as rows. A state is a name, a reason and a moment: until when it is held, since when it is being carried, when it was
//! printed or sent.

use jiff::Timestamp;
use words::{
    Channel, Class, CustomerId, EffectKey, JourneyId, PrincipalId, Refusal, RunId, SendEffect, TouchpointId, Waits,
};

use super::{driver::Row, read::Read, sql::Sql};
use crate::{Doubt, OutboxRow, Result, SendState, customer_bucket, limits::REASON_CHARS_MAX};

pub(super) const INSERT: (&str, usize, &str) = (
    "INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank,
        claim_at, state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt,
        last_error, rendered, doubt, principal) VALUES",
    25,
    "ON CONFLICT (bucket, organisation, customer, key) DO NOTHING",
);
pub(super) const REDECIDE: &str =
    "UPDATE outbox SET claim_at = $5, state = $6, reason = $7, moment = $8, reference = $9,
        attempt = $10, channel = $11, address = $12, tried = $13, attempts = $14, next_attempt = $15, last_error = $16,
        rendered = $17, doubt = $18, principal = $19
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state IN ('held', 'ready')";

/// The key that names the row.
pub(super) fn bind_key(row: Sql, message: &OutboxRow) -> Sql {
    row.place(customer_bucket(&message.organisation, message.customer), &message.organisation)
        .id(message.customer.uuid())
        .text(message.key.as_str())
}

/// Everything, in the order of [`INSERT`].
pub(super) fn bind(row: Sql, message: &OutboxRow) -> Sql {
    let row = bind_key(row, message)
        .id(message.run.uuid())
        .text(message.journey.as_str())
        .text(message.touchpoint.as_str())
        .time(message.decided)
        .json(&message.send)
        .int(rank(&message.send));
    bind_progress(row, message)
}

/// What changes on the way, in the order of [`REDECIDE`].
pub(super) fn bind_progress(row: Sql, message: &OutboxRow) -> Sql {
    let row = row.time(message.next_attempt.unwrap_or(message.decided));
    bind_state(row, &message.state)
        .text_if(message.channel.as_ref().map(Channel::as_str))
        .text_if(message.to.as_deref())
        .json(&message.tried)
        .int(message.attempts.into())
        .time_if(message.next_attempt)
        .text_if(message.last_error.as_deref())
        .json_if(message.rendered.as_ref())
        .text_if(message.doubt.map(Doubt::name))
        .text(message.principal.as_str())
}

/// Service before marketing, what is behind after both.
fn rank(send: &SendEffect) -> i64 {
    let class = match send.class {
        Class::Service => 0,
        Class::Marketing => 1,
    };
    class + if send.behind { 2 } else { 0 }
}

/// The name of a refusal, as it is written in JSON.
pub(super) fn refusal_name(refusal: Refusal) -> String {
    serde_json::to_value(refusal).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// state, reason, moment, reference, attempt.
pub(super) fn bind_state(row: Sql, state: &SendState) -> Sql {
    let refusal;
    let (reason, moment, reference, attempt): (&str, Option<Timestamp>, Option<&str>, Option<u32>) = match state {
        SendState::Held { until, why } => (why.as_str(), Some(*until), None, None),
        SendState::Ready => ("", None, None, None),
        SendState::Sending { attempt, started } => ("", Some(*started), None, Some(*attempt)),
        SendState::Printed { attempt, time, pile } => ("", Some(*time), Some(pile.as_str()), Some(*attempt)),
        SendState::Sent { time, reference } => ("", Some(*time), reference.as_deref(), None),
        SendState::Failed { reason } | SendState::Unknown { reason } | SendState::Withdrawn { reason } => {
            (reason.as_str(), None, None, None)
        }
        SendState::Refused { reason } => {
            refusal = refusal_name(*reason);
            (refusal.as_str(), None, None, None)
        }
    };
    let reason = reason.char_indices().nth(REASON_CHARS_MAX).map_or(reason, |(end, _)| &reason[..end]);
    row.text(state.name()).text(reason).time_if(moment).text_if(reference).int_if(attempt.map(i64::from))
}

fn read_state(read: &Read<'_>) -> Result<SendState> {
    let reason = || read.text("reason");
    Ok(match read.text("state")?.as_str() {
        "held" => SendState::Held { until: read.time("moment")?, why: Waits::parse(&reason()?).unwrap_or_default() },
        "ready" => SendState::Ready,
        "sending" => SendState::Sending { attempt: read.small("attempt")?, started: read.time("moment")? },
        "printed" => SendState::Printed {
            attempt: read.small("attempt")?,
            time: read.time("moment")?,
            pile: read.text("reference")?,
        },
        "sent" => SendState::Sent { time: read.time("moment")?, reference: read.text_if("reference")? },
        "failed" => SendState::Failed { reason: reason()? },
        "unknown" => SendState::Unknown { reason: reason()? },
        "withdrawn" => SendState::Withdrawn { reason: reason()? },
        "refused" => {
            let refusal = serde_json::from_value(serde_json::Value::String(reason()?));
            SendState::Refused { reason: refusal.map_err(|error| read.unreadable(error))? }
        }
        other => return Err(read.unreadable(format!("state {other}"))),
    })
}

fn read_doubt(read: &Read<'_>) -> Result<Option<Doubt>> {
    match read.text_if("doubt")?.as_deref() {
        None => Ok(None),
        Some("unanswered") => Ok(Some(Doubt::Unanswered)),
        Some("restored") => Ok(Some(Doubt::Restored)),
        Some(other) => Err(read.unreadable(format!("doubt {other}"))),
    }
}

pub(super) fn read(row: &Row) -> Result<OutboxRow> {
    let read = Read::new(row, "message");
    Ok(OutboxRow {
        key: EffectKey::stored(read.text("key")?),
        organisation: read.organisation()?,
        customer: CustomerId::new(read.id("customer")?),
        run: RunId::new(read.id("run")?),
        journey: JourneyId::new(read.text("journey")?),
        touchpoint: TouchpointId::new(read.text("touchpoint")?),
        decided: read.time("decided")?,
        send: read.json::<SendEffect>("send")?,
        state: read_state(&read)?,
        channel: read.text_if("channel")?.map(Channel::new),
        to: read.text_if("address")?,
        principal: PrincipalId::new(read.text("principal")?),
        tried: read.json("tried")?,
        attempts: read.small("attempts")?,
        next_attempt: read.time_if("next_attempt")?,
        last_error: read.text_if("last_error")?,
        doubt: read_doubt(&read)?,
        rendered: read.json_if("rendered")?,
    })
}
