use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::World;
use jiff::Timestamp;
use store::{
    Change, EventOutcome, EventState, Merge, Store, StoredEvent, limits::COMMIT_CHANGES_MAX, limits::PENDING_MAX,
    limits::ROWS_MAX, meter,
};
use uuid::Uuid;
use words::{CustomerId, OrganisationId};

use super::batch::{Batch, Written};
use super::{Parted, Surroundings, Trouble};
use crate::{Catalog, Clock, Error, Result};

/// Events taken at one time. Many: what happened to one customer is then read and written once.
const EVENTS_AT_ONCE: u32 = PENDING_MAX;
/// Customers stepped at one time because something is due.
const DUE_AT_ONCE: u32 = ROWS_MAX;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Events that were looked at.
    pub events: usize,
    /// Customers in whom something was due or held.
    pub due: usize,
    /// Changes that met a newer state and are tried again in the next round.
    pub conflicts: usize,
}

impl Round {
    /// Whether there was nothing to do.
    pub fn is_idle(&self) -> bool {
        self.events + self.due == 0
    }

    fn take(&mut self, due: usize, done: Option<Done>) {
        let Some(done) = done else { return };
        self.due += due;
        self.conflicts += done.conflicts;
    }
}

/// What came of one piece of work.
#[derive(Default)]
pub(super) struct Done {
    pub(super) conflicts: usize,
    /// Events were left for the next round.
    pub(super) cut: bool,
}

/// Applies what came in and what fell due.
#[derive(Clone)]
pub struct Runner {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) trouble: Arc<Trouble>,
}

/// What a batch of one organisation consists of.
pub(super) enum Work {
    Events(Vec<StoredEvent>),
    Due(BTreeSet<CustomerId>),
    Held(BTreeSet<CustomerId>),
}

impl Runner {
    /// One round: pending events, then what is due, then what was held, then what waited in vain.
    pub async fn round(&self) -> Result<Round> {
        let now = self.clock.now();
        let mut round = Round::default();
        let (mut history, mut cut) = (false, false);
        for (organisation, events) in self.pending().await? {
            let count = events.len();
            round.events += count;
            history |= events.iter().any(|stored| stored.event.imported);
            let Some(done) = self.unless_spoilt(&organisation, Work::Events(events), now).await? else {
                round.events -= count;
                continue;
            };
            round.conflicts += done.conflicts;
            cut |= done.cut;
        }
        if history && (cut || round.events >= EVENTS_AT_ONCE as usize) {
            // The rest of someone's past may still lie in the inbox: what seems due may not be.
            return Ok(round);
        }
        let due = self.store.due(now, DUE_AT_ONCE).await?;
        for (organisation, customers) in by_organisation(due) {
            let count = customers.len();
            let done = self.unless_spoilt(&organisation, Work::Due(customers), now).await?;
            round.take(count, done);
        }
        let held = self.store.held_due(now, DUE_AT_ONCE).await?;
        for (organisation, customers) in by_organisation(held) {
            let count = customers.len();
            let done = self.unless_spoilt(&organisation, Work::Held(customers), now).await?;
            round.take(count, done);
        }
        round.due += self.waited(now).await?;
        Ok(round)
    }

    async fn pending(&self) -> Result<BTreeMap<OrganisationId, Vec<StoredEvent>>> {
        let mut by: BTreeMap<OrganisationId, Vec<StoredEvent>> = BTreeMap::new();
        for stored in self.store.pending(EVENTS_AT_ONCE).await? {
            by.entry(stored.organisation.clone()).or_default().push(stored);
        }
        Ok(by)
    }

    /// [`Runner::carefully`]; `None` when what is kept of the organisation itself cannot be read: its work waits, that of others
    /// goes on.
    async fn unless_spoilt(&self, organisation: &OrganisationId, work: Work, now: Timestamp) -> Result<Option<Done>> {
        match self.carefully(organisation, work, now).await {
            Err(Error::Store(store::Error::Unreadable { what, .. })) => {
                tracing::error!(%organisation, what, "what is kept of an organisation cannot be read; its work waits");
                Ok(None)
            }
            Err(error @ Error::Definition { .. }) => {
                tracing::error!(%organisation, %error, "the work of an organisation waits");
                Ok(None)
            }
            done => done.map(Some),
        }
    }

    pub(super) async fn work(&self, surroundings: &Surroundings, work: &Work, now: Timestamp) -> Result<Done> {
        let live = surroundings.live_definitions();
        let world = World { live: &live, older: &[], setting: surroundings.setting() };
        let mut batch = Batch::new((self.store.as_ref(), &self.catalog), surroundings, &world, now);
        match work {
            Work::Events(events) => batch.events(events).await?,
            Work::Due(customers) => {
                batch.load(customers).await?;
                batch.look_at_suppressions().await?;
                customers.iter().for_each(|customer| batch.due(*customer));
            }
            Work::Held(customers) => {
                batch.load(customers).await?;
                batch.look_at_suppressions().await?;
                for customer in customers {
                    batch.decide_again(*customer).await?;
                }
            }
        }
        self.write(batch.finish().await?).await
    }

    /// One try at taking a merge back, and how many changes met a newer state.
    pub(super) async fn part_once(
        &self,
        organisation: &OrganisationId,
        merge: &Merge,
        by: Option<Uuid>,
    ) -> Result<(Parted, usize)> {
        let surroundings = Surroundings::load(self.store.as_ref(), &self.catalog, organisation).await?;
        let Some(surroundings) = surroundings else { return Ok((Parted::NotThere, 0)) };
        let store = self.store.as_ref();
        let surroundings = surroundings.with_halts(store, self.clock.now()).await?.with_listening(store).await?;
        let live = surroundings.live_definitions();
        let world = World { live: &live, older: &[], setting: surroundings.setting() };
        let catalog = (self.store.as_ref(), self.catalog.as_ref());
        let mut batch = Batch::new(catalog, &surroundings, &world, self.clock.now());
        let parted = batch.part(merge, by).await?;
        Ok((parted, self.write(batch.finish().await?).await?.conflicts))
    }

    async fn write(&self, written: Written) -> Result<Done> {
        let Written { mut changes, settled, counts, cut, forgotten } = written;
        let mut conflicts = 0;
        while !changes.is_empty() {
            let rest = changes.split_off(whole(&changes, COMMIT_CHANGES_MAX));
            let outcomes = tallied(changes.iter().flat_map(|change| &change.outcomes));
            let commits = self.store.commit(std::mem::replace(&mut changes, rest)).await?;
            let stale = commits.iter().filter(|commit| commit.is_err()).count();
            conflicts += stale;
            if stale == 0 {
                count(&outcomes);
            }
        }
        count(&tallied(&settled));
        if !settled.is_empty() || !counts.is_empty() {
            self.store.settle(settled, counts).await?;
        }
        for some in forgotten.chunks(ROWS_MAX as usize) {
            self.store.forget_events(some.to_vec()).await?;
        }
        Ok(Done { conflicts, cut })
    }

    /// Events that waited in vain for an object.
    async fn waited(&self, now: Timestamp) -> Result<usize> {
        let waited = self.store.waited(now, DUE_AT_ONCE).await?;
        let mut count = waited.len();
        let (known, unknown): (Vec<_>, Vec<_>) = waited.into_iter().partition(|stored| stored.customer.is_some());
        let mut customers: BTreeMap<OrganisationId, BTreeSet<CustomerId>> = BTreeMap::new();
        for stored in known {
            customers.entry(stored.organisation).or_default().extend(stored.customer);
        }
        for (organisation, customers) in customers {
            let waits = customers.len();
            if self.unless_spoilt(&organisation, Work::Due(customers), now).await?.is_none() {
                count = count.saturating_sub(waits);
            }
        }
        let mut outcomes = Vec::new();
        let mut late: BTreeMap<OrganisationId, Vec<StoredEvent>> = BTreeMap::new();
        for stored in unknown {
            if self.is_known_by_now(&stored).await? {
                late.entry(stored.organisation.clone()).or_default().push(stored);
            } else {
                let reason = EventState::Quarantined { reason: "unknown_object".into(), detail: waited_for(&stored) };
                outcomes.push(EventOutcome { event: stored.reference(), customer: None, state: reason });
            }
        }
        for (organisation, events) in late {
            let waits = events.len();
            if self.unless_spoilt(&organisation, Work::Events(events), now).await?.is_none() {
                count = count.saturating_sub(waits);
            }
        }
        if !outcomes.is_empty() {
            self.store.settle(outcomes, Vec::new()).await?;
        }
        Ok(count)
    }

    /// It waited for one of its objects; another may have become known meanwhile.
    async fn is_known_by_now(&self, stored: &StoredEvent) -> Result<bool> {
        let objects: Vec<_> = engine::needs(&stored.event).into_iter().map(|object| (object.kind, object.id)).collect();
        Ok(self.store.by_object(&stored.organisation, &objects).await?.iter().any(Option::is_some))
    }
}

fn by_organisation(due: Vec<store::Due>) -> BTreeMap<OrganisationId, BTreeSet<CustomerId>> {
    let mut by: BTreeMap<OrganisationId, BTreeSet<CustomerId>> = BTreeMap::new();
    for due in due {
        by.entry(due.organisation).or_default().insert(due.customer);
    }
    by
}

/// How many events of each source came to which end.
fn tallied<'a>(outcomes: impl IntoIterator<Item = &'a EventOutcome>) -> BTreeMap<(String, &'static str), u64> {
    let mut tallied: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for outcome in outcomes {
        let counts = tallied.entry(outcome.event.source.as_str()).or_default();
        match outcome.state {
            EventState::Applied => counts[0] += 1,
            EventState::Quarantined { .. } => counts[1] += 1,
            _ => {}
        }
    }
    let named = |(source, [applied, quarantined]): (&str, [u64; 2])| {
        [((source.to_owned(), "applied"), applied), ((source.to_owned(), "quarantined"), quarantined)]
    };
    tallied.into_iter().flat_map(named).filter(|(_, count)| *count > 0).collect()
}

/// Those that met a newer state are left out, with all that were written together with them: they come once more.
fn count(outcomes: &BTreeMap<(String, &'static str), u64>) {
    for ((source, outcome), count) in outcomes {
        meter::count("klantreis_events_total", &[("source", source), ("outcome", outcome)], *count);
    }
}

/// How many changes to write at one time: at most `max`, and never a part of those that are joined.
fn whole(changes: &[Change], max: usize) -> usize {
    let mut end = changes.len().min(max);
    let parts = |end: usize| {
        end < changes.len() && changes[end].joined.is_some() && changes[end].joined == changes[end - 1].joined
    };
    while end > 1 && parts(end) {
        end -= 1;
    }
    end
}

fn waited_for(stored: &StoredEvent) -> String {
    match &stored.state {
        EventState::Waiting { object, .. } => object.clone(),
        _ => String::new(),
    }
}
