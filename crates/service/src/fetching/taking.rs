use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use store::SaidRow;
use words::{Event, digest};

use super::{Counts, Fetching};
use crate::Result;
use crate::connections::Fetch;
use crate::importing::Row;
use crate::intake::{Rejected, Taken};

/// Rows of one fetch that go to quarantine; further ones are only counted, since the file as a whole is wrong then.
const REFUSED_MAX: u64 = 1_000;

/// That a row still stands there is noted when it was not for so long.
const SEEN_AGAIN: SignedDuration = SignedDuration::from_hours(7 * 24);

fn half(parts: &[&str]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest(parts)[..16]);
    bytes
}

/// Which row a refused one is, and what it says.
fn of_refused(rejected: &Rejected, seen: Timestamp) -> SaidRow {
    let row = half(&["refused", &rejected.raw]);
    SaidRow { row, said: half(&[rejected.reason.code.as_str()]), seen }
}

/// Which customer a row is about, and what it says, but for the moment at which it says so.
fn of_customer(events: &[Event], seen: Timestamp) -> Option<SaidRow> {
    let last = events.last().filter(|event| event.name.as_str() == "customer.identified")?;
    let customer = last.identity.customer.as_deref()?;
    let mut parts = Vec::new();
    for event in events {
        let time = if event.time == event.received { String::new() } else { event.time.to_string() };
        parts.extend([time, serde_json::to_string(&event.properties).ok()?]);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Some(SaidRow { row: half(&["customer", customer]), said: half(&parts), seen })
}

impl Fetching {
    /// Takes in what came, without what was told before: an event is known by its id; a row about a customer, and one that was
    /// refused, by what it says.
    pub(super) async fn take(
        &self,
        fetch: &Fetch,
        rows: Vec<Row>,
        (now, so_far): (Timestamp, &mut Counts),
    ) -> Result<()> {
        let told: Vec<Option<SaidRow>> = rows
            .iter()
            .map(|row| match row {
                Ok(events) => of_customer(events, now),
                Err(rejected) => Some(of_refused(rejected, now)),
            })
            .collect();
        let known = self.known(fetch, told.iter().flatten().map(|one| one.row).collect()).await?;
        let (mut taken, mut news): (Vec<Taken>, Vec<SaidRow>) = (Vec::new(), Vec::new());
        let mut counts = Counts::default();
        for (row, told) in rows.into_iter().zip(told) {
            let before = told.and_then(|told| known.get(&told.row).filter(|before| before.said == told.said));
            let is_known = before.is_some();
            // It still stands there, and is not forgotten.
            news.extend(told.filter(|_| before.is_some_and(|before| now.duration_since(before.seen) > SEEN_AGAIN)));
            match row {
                Err(rejected) => {
                    counts.refused += 1;
                    if is_known || so_far.refused + counts.refused > REFUSED_MAX {
                        continue;
                    }
                    taken.push(Err(rejected));
                }
                Ok(_) if is_known => {
                    counts.known += 1;
                    continue;
                }
                Ok(events) => {
                    let imported = !fetch.progress.has_caught_up;
                    taken.extend(events.into_iter().map(|event| Ok(Event { imported, ..event })));
                }
            }
            news.extend(told);
        }
        if !taken.is_empty() {
            let delivered = self.intake.accept_fetched(&fetch.organisation, &fetch.source, taken, now).await?;
            counts.received = delivered.received.into();
            counts.known += u64::from(delivered.duplicate);
            self.wake.notify_one();
        }
        if !news.is_empty() {
            self.remember(fetch, news).await?;
        }
        so_far.add(counts);
        Ok(())
    }

    async fn known(&self, fetch: &Fetch, rows: Vec<[u8; 16]>) -> Result<BTreeMap<[u8; 16], SaidRow>> {
        let mut known = BTreeMap::new();
        for some in rows.chunks(store::limits::FETCHED_ROWS_MAX) {
            let said = self.store.said_rows(&fetch.organisation, &fetch.source, some.to_vec()).await?;
            known.extend(said.into_iter().map(|one| (one.row, one)));
        }
        Ok(known)
    }

    async fn remember(&self, fetch: &Fetch, rows: Vec<SaidRow>) -> Result<()> {
        // Of a row that stands there twice the last word counts; a statement names each row once.
        let rows: BTreeMap<_, _> = rows.into_iter().map(|one| (one.row, one)).collect();
        let rows: Vec<SaidRow> = rows.into_values().collect();
        for some in rows.chunks(store::limits::FETCHED_ROWS_MAX) {
            self.store.remember_rows(&fetch.organisation, &fetch.source, some.to_vec()).await?;
        }
        Ok(())
    }
}
