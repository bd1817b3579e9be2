//! What stands in quarantine, offered again: as it is or corrected, one, many, or all of one reason.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;
use store::{
    Accepted, NewEvent, Paging, QuarantineFilter, QuarantineId, Quarantined,
    limits::{ACCEPT_EVENTS_MAX, ROWS_MAX},
};
use words::{Event, OrganisationId};

use crate::intake::correction::{Correction, corrected, item_of};
use crate::intake::{Reading, Reason, Receipt, Rejected, again};
use crate::{Intake, Result, connections};

/// Things that are offered again at one press.
pub const OFFERED_MAX: usize = 5_000;
/// Things that stayed which are told one by one.
const TOLD_MAX: usize = 20;

/// Which things of the quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    These(Vec<QuarantineId>),
    /// All of one reason.
    All {
        /// Of this source, or of any.
        source: Option<String>,
        /// Why they stand there, as a code.
        reason: String,
    },
}

/// Why something stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stays {
    /// The correction finds nothing to change in it.
    Unchanged,
    /// It still cannot be read.
    Unread(Reason),
}

/// One thing of the quarantine, corrected.
#[derive(Clone, Debug)]
pub struct Mended {
    /// As it is; text that is no JSON as a string.
    pub before: Value,
    /// As it would be read.
    pub after: Value,
    /// What it becomes, or why it stays. Of a delivery of many events those that still cannot be read stand beside the others.
    pub becomes: std::result::Result<(Vec<Event>, Vec<Rejected>), Stays>,
}

/// Corrects one thing and reads it again. Nothing is written.
pub fn mend(row: &Quarantined, correction: &Correction, reading: Option<&Reading>, now: Timestamp) -> Mended {
    let accepted = matches!(row.id, QuarantineId::Accepted(_)).then(|| serde_json::from_str::<Event>(&row.raw).ok());
    let accepted = accepted.flatten();
    let before = match &accepted {
        Some(event) => item_of(event),
        None => serde_json::from_str(&row.raw).unwrap_or_else(|_| Value::String(row.raw.clone())),
    };
    let mut after = before.clone();
    if !correction.apply(&mut after) {
        return Mended { before, after, becomes: Err(Stays::Unchanged) };
    }
    let becomes = match accepted {
        Some(event) if *correction == Correction::None => Ok((vec![event], Vec::new())),
        Some(event) => corrected(&event, correction, &Receipt::new(row.source.clone(), now))
            .map(|event| (vec![event], Vec::new()))
            .map_err(Stays::Unread),
        None => reread(row, &after, correction, reading, now),
    };
    Mended { before, after, becomes }
}

fn reread(
    row: &Quarantined,
    after: &Value,
    correction: &Correction,
    reading: Option<&Reading>,
    now: Timestamp,
) -> std::result::Result<(Vec<Event>, Vec<Rejected>), Stays> {
    let raw = if *correction == Correction::None { row.raw.clone() } else { after.to_string() };
    // What says no time of its own happened when it came, not now.
    let taken = again(&raw, &Receipt::new(row.source.clone(), row.received), reading);
    let (mut events, mut rejected) = (Vec::new(), Vec::new());
    for one in taken {
        match one {
            Ok(event) => events.push(Event { received: now, ..event }),
            Err(one) => rejected.push(one),
        }
    }
    match rejected.first() {
        Some(first) if events.is_empty() => Err(Stays::Unread(first.reason.clone())),
        _ => Ok((events, rejected)),
    }
}

/// What came of an offer.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// Events that went.
    pub sent: u64,
    /// Events that had come before, under the same id.
    pub known: u64,
    /// Things that stay in quarantine.
    pub stayed: u64,
    /// The first of those, with why.
    pub told: Vec<(Quarantined, Stays)>,
    /// Things that were chosen but not looked at: more than [`OFFERED_MAX`].
    pub left: u64,
}

/// What is written of one page of the quarantine.
#[derive(Default)]
struct Page {
    events: Vec<Event>,
    rejected: BTreeMap<String, Vec<Rejected>>,
    done: Vec<QuarantineId>,
}

impl Intake {
    /// Corrects what was chosen and takes it in; what still cannot be read stays where it is. What goes is kept before it
    /// leaves the quarantine and has an id that stays the same, so that an interruption loses and doubles nothing.
    pub async fn offer_again(
        &self,
        organisation: &OrganisationId,
        chosen: &Chosen,
        correction: &Correction,
        now: Timestamp,
    ) -> Result<Offered> {
        let mut offered = Offered::default();
        let mut readings = BTreeMap::new();
        match chosen {
            Chosen::These(ids) => {
                let mut rows = Vec::new();
                for id in ids.iter().take(OFFERED_MAX) {
                    rows.extend(self.store.quarantined(organisation, id).await?);
                }
                offered.left = ids.len().saturating_sub(OFFERED_MAX) as u64;
                for page in rows.chunks(ROWS_MAX as usize) {
                    self.page(organisation, page, correction, now, &mut readings, &mut offered).await?;
                }
            }
            Chosen::All { source, reason } => {
                let filter = QuarantineFilter { source: source.as_deref(), reason: Some(reason) };
                let total = self.store.quarantine(organisation, filter, Paging::first(1)).await?.total;
                let mut end = u32::try_from(total).unwrap_or(u32::MAX);
                offered.left = u64::from(end).saturating_sub(OFFERED_MAX as u64);
                // The oldest first, as they happened; what leaves the list moves nothing that stands before it.
                let mut last = u32::try_from(offered.left).unwrap_or(u32::MAX);
                while end > last {
                    let offset = end.saturating_sub(ROWS_MAX).max(last);
                    let paging = Paging { offset, limit: end - offset };
                    let rows = self.store.quarantine(organisation, filter, paging).await?.rows;
                    let rows: Vec<_> = rows.into_iter().rev().collect();
                    let page = self.page(organisation, &rows, correction, now, &mut readings, &mut offered).await?;
                    // What was refused anew stands at the head of the list now and is not offered once more.
                    let anew = page.rejected.values().flatten().filter(|one| one.reason.code.as_str() == reason);
                    let anew = u32::try_from(anew.count()).unwrap_or(u32::MAX);
                    (end, last) = (offset.saturating_add(anew), last.saturating_add(anew));
                }
            }
        }
        Ok(offered)
    }

    async fn page(
        &self,
        organisation: &OrganisationId,
        rows: &[Quarantined],
        correction: &Correction,
        now: Timestamp,
        readings: &mut BTreeMap<String, Option<Reading>>,
        offered: &mut Offered,
    ) -> Result<Page> {
        let mut page = Page::default();
        for row in rows {
            if !readings.contains_key(&row.source) {
                let reading = connections::reading(self.store.as_ref(), organisation, &row.source).await?;
                readings.insert(row.source.clone(), reading);
            }
            let reading = readings.get(&row.source).and_then(Option::as_ref);
            match (mend(row, correction, reading, now).becomes, &row.id) {
                (Ok(_), QuarantineId::Accepted(event)) if *correction == Correction::None => {
                    offered.sent += u64::from(self.store.take_again(event).await?);
                }
                (Ok((events, rejected)), id) => {
                    page.events.extend(events);
                    page.rejected.entry(row.source.clone()).or_default().extend(rejected);
                    page.done.push(id.clone());
                }
                (Err(why), _) => {
                    offered.stayed += 1;
                    if offered.told.len() < TOLD_MAX {
                        offered.told.push((row.clone(), why));
                    }
                }
            }
        }
        self.write(organisation, &mut page, now, offered).await?;
        Ok(page)
    }

    async fn write(
        &self,
        organisation: &OrganisationId,
        page: &mut Page,
        now: Timestamp,
        offered: &mut Offered,
    ) -> Result<()> {
        page.events.sort_by_key(|event| event.time);
        let events = std::mem::take(&mut page.events)
            .into_iter()
            .map(|event| NewEvent::from_outside(organisation.clone(), event));
        let events: Vec<NewEvent> = events.collect();
        for some in events.chunks(ACCEPT_EVENTS_MAX) {
            for accepted in self.store.accept(some.to_vec()).await? {
                match accepted {
                    Accepted::New => offered.sent += 1,
                    Accepted::Duplicate => offered.known += 1,
                }
            }
        }
        for (source, rejected) in &page.rejected {
            offered.stayed += rejected.len() as u64;
            self.reject(organisation, source, rejected, now).await?;
        }
        if !page.done.is_empty() {
            self.store.discard_all(organisation, std::mem::take(&mut page.done)).await?;
        }
        Ok(())
    }
}
