//! What cannot be applied, however often it is tried, is put aside with its reason: only its own customer waits for it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{EventOutcome, EventRef, EventState, Rejected, StoredEvent};
use words::{CustomerId, OrganisationId, derived_id};

use super::Surroundings;
use super::runner::{Done, Runner, Work};
use crate::panics::unless_it_panics;
use crate::{Error, Result};

/// How often something is tried before it is put aside.
pub const TRIES_MAX: u32 = 5;
/// When what is due in a customer was put aside, it is tried once more after this long.
pub const TRIED_AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// The reason of events that were put aside, as a code.
pub const POISON: &str = "poison";
/// The reason of customers in whom something is due that cannot be done, as a code.
pub const STUCK: &str = "stuck_customer";
/// Characters of a reason that are kept.
const DETAIL_CHARS_MAX: usize = 300;

/// What failed for a reason of its own, and how often. Of this process alone: it begins to count anew after a start.
#[derive(Default)]
pub(crate) struct Trouble(Mutex<Known>);

#[derive(Default)]
struct Known {
    events: BTreeMap<EventRef, u32>,
    customers: BTreeMap<(OrganisationId, CustomerId), u32>,
}

impl Trouble {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn event_failed(&self, event: &EventRef) -> bool {
        let mut known = self.known();
        let times = known.events.entry(event.clone()).or_default();
        *times += 1;
        let is_last = *times >= TRIES_MAX;
        if is_last {
            known.events.remove(event);
        }
        is_last
    }

    fn customer_failed(&self, organisation: &OrganisationId, customer: CustomerId) -> bool {
        let mut known = self.known();
        let times = known.customers.entry((organisation.clone(), customer)).or_default();
        *times += 1;
        *times >= TRIES_MAX
    }

    fn went_well(&self, organisation: &OrganisationId, work: &Work) {
        let mut known = self.known();
        match work {
            Work::Events(_) => known.events.retain(|event, _| event.organisation != *organisation),
            Work::Due(customers) | Work::Held(customers) => {
                known.customers.retain(|(of, customer), _| of != organisation || !customers.contains(customer));
            }
        }
    }
}

impl Runner {
    /// Does a piece of work. What of it fails for a reason of its own is tried apart, so that the rest is done.
    pub(super) async fn carefully(&self, organisation: &OrganisationId, work: Work, now: Timestamp) -> Result<Done> {
        let detail = match self.attempt(organisation, &work, now).await? {
            Ok(done) => {
                self.trouble.went_well(organisation, &work);
                return Ok(done);
            }
            Err(detail) => detail,
        };
        let mut done = Done { cut: true, ..Done::default() };
        match work {
            Work::Events(events) => {
                for group in by_name(events) {
                    done.conflicts += self.in_order(organisation, group, now).await?;
                }
            }
            Work::Due(customers) | Work::Held(customers) if customers.len() == 1 => {
                for customer in customers {
                    self.customer_failed(organisation, customer, &detail, now).await?;
                }
            }
            Work::Due(customers) => {
                for customer in customers {
                    let one = Work::Due([customer].into());
                    done.conflicts += Box::pin(self.carefully(organisation, one, now)).await?.conflicts;
                }
            }
            Work::Held(customers) => {
                for customer in customers {
                    let one = Work::Held([customer].into());
                    done.conflicts += Box::pin(self.carefully(organisation, one, now)).await?.conflicts;
                }
            }
        }
        Ok(done)
    }

    /// Events that name one customer the same way. What follows on one that fails waits for it.
    async fn in_order(&self, organisation: &OrganisationId, events: Vec<StoredEvent>, now: Timestamp) -> Result<usize> {
        let mut conflicts = 0;
        for event in events {
            let reference = event.reference();
            match self.attempt(organisation, &Work::Events(vec![event]), now).await? {
                Ok(done) => {
                    conflicts += done.conflicts;
                    if done.conflicts > 0 || done.cut {
                        // It comes once more; what follows on it too, behind it.
                        break;
                    }
                }
                Err(detail) => {
                    if !self.event_failed(reference, detail).await? {
                        break;
                    }
                }
            }
        }
        Ok(conflicts)
    }

    /// The inner error: it failed for a reason of its own, and nothing of it was written. What the store or a definition says
    /// is no fault of the work, unless a row of its own cannot be read.
    async fn attempt(
        &self,
        organisation: &OrganisationId,
        work: &Work,
        now: Timestamp,
    ) -> Result<std::result::Result<Done, String>> {
        let store = self.store.as_ref();
        let Some(surroundings) = Surroundings::load(store, &self.catalog, organisation).await? else {
            return Ok(Ok(Done::default()));
        };
        let surroundings = surroundings.with_halts(store, now).await?.with_listening(store).await?;
        match unless_it_panics(self.work(&surroundings, work, now)).await {
            Ok(Err(
                error @ (Error::Memory { .. } | Error::State { .. } | Error::Store(store::Error::Unreadable { .. })),
            )) => Ok(Err(error.to_string())),
            Ok(done) => done.map(Ok),
            Err(panicked) => Ok(Err(panicked)),
        }
    }

    /// Whether the event was put aside.
    async fn event_failed(&self, event: EventRef, detail: String) -> Result<bool> {
        if !self.trouble.event_failed(&event) {
            return Ok(false);
        }
        tracing::error!(source = event.source, "an event cannot be applied and stands in quarantine");
        let state = EventState::Quarantined { reason: POISON.into(), detail: cut(&detail) };
        self.store.settle(vec![EventOutcome { event, customer: None, state }], Vec::new()).await?;
        Ok(true)
    }

    async fn customer_failed(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        detail: &str,
        now: Timestamp,
    ) -> Result<()> {
        if !self.trouble.customer_failed(organisation, customer) {
            return Ok(());
        }
        // Out of the queue, so that it does not stand before others.
        let until = now.saturating_add(TRIED_AGAIN).unwrap_or(Timestamp::MAX);
        self.store.postpone(organisation, customer, now, until).await?;
        tracing::error!(%organisation, "what is due in a customer cannot be done; it is tried once more later");
        let told = Rejected {
            // The same row however often it is told.
            id: derived_id(&[STUCK, organisation.as_str(), &customer.to_string()]),
            organisation: organisation.clone(),
            source: words::Event::OURS.to_owned(),
            received: now,
            reason: STUCK.to_owned(),
            detail: cut(detail),
            raw: json!({ "customer": customer }).to_string(),
        };
        Ok(self.store.reject(vec![told]).await?)
    }
}

/// By how they name their customer, each in the order of arrival.
fn by_name(events: Vec<StoredEvent>) -> Vec<Vec<StoredEvent>> {
    let mut groups: BTreeMap<String, Vec<StoredEvent>> = BTreeMap::new();
    for stored in events {
        let identity = &stored.event.identity;
        let object = || stored.event.objects().into_iter().next().map(|(kind, id)| format!("object {kind} {id}"));
        let name = match (stored.customer, &identity.customer, &identity.anonymous) {
            (Some(known), ..) => format!("known {known}"),
            (_, Some(name), _) => format!("customer {name}"),
            (.., anonymous) => {
                object().or_else(|| anonymous.as_ref().map(|name| format!("anonymous {name}"))).unwrap_or_default()
            }
        };
        groups.entry(name).or_default().push(stored);
    }
    groups.into_values().collect()
}

fn cut(detail: &str) -> String {
    detail.chars().take(DETAIL_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_puts_an_event_aside() {
        let organisation = OrganisationId::new("o");
        let bucket = words::Bucket::of(&organisation, "x");
        let event = EventRef { organisation, bucket, source: "s".into(), id: words::EventId::new("1") };
        let trouble = Trouble::default();
        let told: Vec<bool> = (0..6).map(|_| trouble.event_failed(&event)).collect();
        assert_eq!(told, [false, false, false, false, true, false], "offered again it begins anew");
    }
}
