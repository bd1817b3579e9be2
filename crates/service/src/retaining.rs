//! What was kept long enough is let go of, in the background and in small pieces.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use engine::State;
use jiff::{SignedDuration, Timestamp};
use journey::Retention;
use store::{Class, Store, limits::ROWS_MAX};
use words::{Bucket, OrganisationId};

use crate::erasing::Eraser;
use crate::{Catalog, Result};

/// Rows of each class that go at one time.
const ROWS_AT_ONCE: u32 = 200;
/// Buckets of decisions that are looked through at one time.
const BUCKETS_AT_ONCE: u16 = 16;
/// Strangers who are erased at one time.
const STRANGERS_AT_ONCE: u32 = 10;
/// How long a class rests after there was nothing left to do for it.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// How far each organisation came, on whatever clock it is called with.
#[derive(Default)]
struct Place {
    rests_until: Option<Timestamp>,
    bucket: u16,
}

/// Lets go.
pub struct Retainer {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) eraser: Arc<Eraser>,
    places: Mutex<BTreeMap<OrganisationId, Place>>,
}

impl Retainer {
    pub(crate) fn new(store: Arc<dyn Store>, catalog: Arc<Catalog>, eraser: Arc<Eraser>) -> Self {
        Self { store, catalog, eraser, places: Mutex::default() }
    }

    /// One small piece of work for an organisation; how much went. For the loop, which calls it now and then.
    pub async fn tick(&self, organisation: &OrganisationId, now: Timestamp) -> Result<u64> {
        let Some(bucket) = self.bucket(organisation, now) else { return Ok(0) };
        let Some(shared) = self.catalog.organisation(organisation).await? else { return Ok(0) };
        let Retention { events, messages, quarantine, decisions, audit, runs, fetched, anonymous, deliveries } =
            shared.retention;
        let mut gone = 0;
        let classes = [
            (Class::Events, events),
            (Class::Messages, messages),
            (Class::Quarantine, quarantine),
            (Class::Audit, audit),
            (Class::Fetched, fetched),
            (Class::Deliveries, deliveries),
        ];
        for (class, days) in classes {
            let Some(before) = before(now, days) else { continue };
            gone += self.store.let_go(organisation, class, before, ROWS_AT_ONCE.min(ROWS_MAX)).await?;
        }
        for bucket in (bucket..Bucket::COUNT).take(BUCKETS_AT_ONCE.into()).filter_map(Bucket::new) {
            if let Some(before) = before(now, decisions) {
                gone += self.store.let_decisions_go(organisation, bucket, before).await?;
            }
            if let Some(before) = before(now, runs) {
                gone += self.put_to_rest(organisation, bucket, before).await?;
            }
        }
        if let Some(before) = before(now, anonymous) {
            for stranger in self.store.strangers(organisation, before, STRANGERS_AT_ONCE).await? {
                if let Some(erasure) = self.eraser.begin_with_stranger(organisation, stranger, now).await? {
                    self.eraser.go_on(&erasure, now).await?;
                    gone += 1;
                }
            }
        }
        self.went(organisation, bucket, gone, now);
        Ok(gone)
    }

    /// Runs of one bucket that ended long enough ago keep no more than what happened when. One that cannot be read stays as it is.
    async fn put_to_rest(&self, organisation: &OrganisationId, bucket: Bucket, before: Timestamp) -> Result<u64> {
        let mut rested = 0;
        for run in self.store.ended_runs(organisation, bucket, before, ROWS_AT_ONCE).await? {
            let Ok(state) = serde_json::from_slice::<State>(&run.state) else { continue };
            let state = serde_json::to_vec(&state.at_rest()).expect("plain data becomes JSON");
            rested += u64::from(self.store.rest_run(organisation, &run, state).await?);
        }
        Ok(rested)
    }

    /// From which bucket on decisions are looked through; `None`: it rests.
    fn bucket(&self, organisation: &OrganisationId, now: Timestamp) -> Option<u16> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(organisation.clone()).or_default();
        // Further ahead it was said before the clock was set back.
        let rests = |until: Timestamp| now < until && until.duration_since(now) <= REST;
        (!place.rests_until.is_some_and(rests)).then_some(place.bucket)
    }

    fn went(&self, organisation: &OrganisationId, bucket: u16, gone: u64, now: Timestamp) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = places.entry(organisation.clone()).or_default();
        place.bucket = bucket.saturating_add(BUCKETS_AT_ONCE);
        let is_through = place.bucket >= Bucket::COUNT;
        if is_through {
            place.bucket = 0;
        }
        place.rests_until = (is_through && gone == 0).then(|| now.saturating_add(REST).unwrap_or(now));
    }
}

fn before(now: Timestamp, days: Option<u32>) -> Option<Timestamp> {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days?))).ok()
}
