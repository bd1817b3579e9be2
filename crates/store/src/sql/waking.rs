//! Events that wait for an object which became known while they began to wait.

use jiff::Timestamp;
use words::EventId;

use super::{
    driver::{Conn, Row},
    identities::{Look, Named, object_owners},
    leases::{Held, work},
    read::{Read, all},
    sql::sql,
};
use crate::{EventRef, Result, limits::ROWS_MAX};

pub(super) const NOBODYS: &str = "SELECT bucket, organisation, source, event, waits_for, until FROM events
    WHERE state = 'waiting' AND customer IS NULL AND until >= $1 AND (until > $1 OR event > $2) {held}
    ORDER BY until, event LIMIT $3";
const WAKE: &str = "UPDATE events SET state = 'new', waits_for = NULL, until = NULL
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4 AND state = 'waiting'";

/// Where a list goes on: behind this deadline and id.
pub(super) type Behind = (Timestamp, String);

fn read(row: &Row) -> Result<(EventRef, Named, Behind)> {
    let read = Read::new(row, "waiting event");
    let (organisation, id, object) = (read.organisation()?, read.text("event")?, read.text("waits_for")?);
    let (kind, name) = object.split_once(':').ok_or_else(|| read.unreadable("object"))?;
    let named = (organisation.clone(), kind.to_owned(), name.to_owned());
    let behind = (read.time("until")?, id.clone());
    let event = EventRef { organisation, bucket: read.bucket()?, source: read.text("source")?, id: EventId::new(id) };
    Ok((event, named, behind))
}

/// Of the next that wait, those whose object is known, and where the list goes on; `None` at its end.
pub(super) async fn known(
    conn: &mut Conn,
    held: Option<Held>,
    (until, event): &Behind,
) -> Result<Option<(Vec<EventRef>, Behind)>> {
    let ask = work(NOBODYS, held, |ask| ask.time(*until).text(event).int(ROWS_MAX.into()));
    let waiting = all(&ask.rows(conn).await?, read)?;
    let Some((_, _, last)) = waiting.last().cloned() else { return Ok(None) };
    let mut objects: Vec<Named> = waiting.iter().map(|(_, object, _)| object.clone()).collect();
    objects.sort();
    objects.dedup();
    let owners = object_owners(conn, &objects, Look::ToRead).await?;
    let known = waiting.into_iter().filter(|(_, object, _)| owners.contains_key(object)).map(|(event, ..)| event);
    Ok(Some((known.collect(), last)))
}

/// Makes them to be applied, unless somebody took them up meanwhile; how many.
pub(super) async fn wake(conn: &mut Conn, events: &[EventRef]) -> Result<u64> {
    let mut woken = 0;
    for event in events {
        let wake = sql(WAKE).place(event.bucket, &event.organisation).text(&event.source).text(event.id.as_str());
        woken += wake.run(conn).await?;
    }
    Ok(woken)
}
