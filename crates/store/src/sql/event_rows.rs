//! Events as rows: written by the intake, marked by whoever applies them.

use std::collections::HashSet;

use words::{CustomerId, Event, OrganisationId};

use super::{
    bulk::{bulk, bulk_run},
    driver::{Conn, Row},
    numbers::Numbers,
    read::Read,
    sql::{Sql, sql},
};
use crate::{Accepted, DayCount, EventOutcome, EventState, NewEvent, Result, StoredEvent, home};

pub(super) const ACCEPT: (&str, usize, &str) = (
    "INSERT INTO events (bucket, organisation, source, event, arrival, time, received, name, body, customer, state)
        VALUES",
    11,
    "ON CONFLICT (bucket, organisation, source, event) DO NOTHING",
);
pub(super) const KEPT: &str = "SELECT organisation, source, event, arrival FROM events
    WHERE state = 'new' AND arrival >= $1 AND arrival <= $2";
pub(super) const MARK: (&str, usize, &str) = (
    "WITH marked (bucket, organisation, source, event, customer, state, waits_for, until, reason, detail) AS (VALUES",
    10,
    ") UPDATE events SET customer = COALESCE(marked.customer, events.customer), state = marked.state,
            waits_for = marked.waits_for, until = marked.until, reason = marked.reason, detail = marked.detail
        FROM marked WHERE events.bucket = marked.bucket AND events.organisation = marked.organisation
            AND events.source = marked.source AND events.event = marked.event",
);
pub(super) const COUNT: &str = "INSERT INTO day_counts (bucket, organisation, journey, touchpoint, day, count)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (bucket, organisation, journey, touchpoint, day) DO UPDATE SET count = day_counts.count + excluded.count";

/// Keeps new events; per event what came of it.
pub(super) async fn accept(conn: &mut Conn, numbers: &Numbers, events: &[NewEvent]) -> Result<Vec<Accepted>> {
    let numbered: Vec<(u64, &NewEvent)> = events.iter().map(|new| (numbers.arrival(new.event.received), new)).collect();
    // By their key, so that two who write the same do not wait for each other.
    let mut sorted = numbered.clone();
    sorted.sort_by(|(earlier, one), (later, two)| key_of(one).cmp(&key_of(two)).then(earlier.cmp(later)));
    let written = bulk_run(conn, ACCEPT, &sorted, |row, (arrival, new)| {
        row.place(new.bucket, &new.organisation)
            .text(&new.event.source)
            .text(new.event.id.as_str())
            .count(*arrival)
            .time(new.event.time)
            .time(new.event.received)
            .text(new.event.name.as_str())
            .json(&new.event)
            .id_if(new.customer.map(CustomerId::uuid))
            .text("new")
    })
    .await?;
    // Mostly all are new or all were there; which ones are is only asked when some are. Every row given back costs a wake.
    if written == 0 {
        return Ok(vec![Accepted::Duplicate; events.len()]);
    }
    if written == events.len() as u64 {
        return Ok(vec![Accepted::New; events.len()]);
    }
    let ends = [numbered.first(), numbered.last()].map(|end| end.map_or(0, |(arrival, _)| *arrival));
    let kept = sql(KEPT).count(ends[0]).count(ends[1]).rows(conn).await?;
    let name = |row| {
        let read = Read::new(row, "event");
        Ok((read.count("arrival")?, read.text("organisation")?, read.text("source")?, read.text("event")?))
    };
    let kept: HashSet<_> = kept.iter().map(name).collect::<Result<_>>()?;
    let answer = |(arrival, new): &(u64, &NewEvent)| {
        let id = new.event.id.as_str().to_owned();
        let name = (*arrival, new.organisation.to_string(), new.event.source.clone(), id);
        if kept.contains(&name) { Accepted::New } else { Accepted::Duplicate }
    };
    Ok(numbered.iter().map(answer).collect())
}

fn key_of(new: &NewEvent) -> (u16, &OrganisationId, &str, &str) {
    (new.bucket.number(), &new.organisation, &new.event.source, new.event.id.as_str())
}

/// Notes what came of applying.
pub(super) async fn mark(conn: &mut Conn, outcomes: &[&EventOutcome]) -> Result<()> {
    bulk(conn, MARK, outcomes, bind_outcome).await?;
    Ok(())
}

fn bind_outcome(row: Sql, outcome: &&EventOutcome) -> Sql {
    let event = &outcome.event;
    let row = row
        .place(event.bucket, &event.organisation)
        .text(&event.source)
        .text(event.id.as_str())
        .id_if(outcome.customer.map(CustomerId::uuid));
    match &outcome.state {
        EventState::New => row.text("new").text_if(None).time_if(None).text_if(None).text_if(None),
        EventState::Applied => row.text("applied").text_if(None).time_if(None).text_if(None).text_if(None),
        EventState::Waiting { object, until } => {
            row.text("waiting").text(object).time(*until).text_if(None).text_if(None)
        }
        EventState::Quarantined { reason, detail } => {
            row.text("quarantined").text_if(None).time_if(None).text(reason).text(detail)
        }
        EventState::Discarded => row.text("discarded").text_if(None).time_if(None).text_if(None).text_if(None),
    }
}

/// Adds to the counts without identity.
pub(super) async fn count(conn: &mut Conn, counts: &[&DayCount]) -> Result<()> {
    for count in counts {
        sql(COUNT)
            .place(home(&count.organisation), &count.organisation)
            .text(count.journey.as_str())
            .text(count.touchpoint.as_str())
            .text(&count.day.to_string())
            .count(count.count)
            .run(conn)
            .await?;
    }
    Ok(())
}

pub(super) fn read(row: &Row) -> Result<StoredEvent> {
    let read = Read::new(row, "event");
    let event: Event = read.json("body")?;
    let state = match read.text("state")?.as_str() {
        "new" => EventState::New,
        "applied" => EventState::Applied,
        "discarded" => EventState::Discarded,
        "waiting" => EventState::Waiting { object: read.text("waits_for")?, until: read.time("until")? },
        "quarantined" => EventState::Quarantined { reason: read.text("reason")?, detail: read.text("detail")? },
        other => return Err(read.unreadable(format!("state {other}"))),
    };
    Ok(StoredEvent {
        organisation: read.organisation()?,
        bucket: read.bucket()?,
        arrival: read.count("arrival")?,
        event,
        state,
        customer: read.id_if("customer")?.map(CustomerId::new),
    })
}
