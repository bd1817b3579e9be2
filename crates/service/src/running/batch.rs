use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Applied, Cause, Identified, ObjectRef, State, Traveller, World};
use jiff::Timestamp;
use journey::Definition;
use store::{
    AliasKind, Change, DayCount, EventOutcome, EventRef, EventState, OutboxRow, SendState, Store, StoredEvent, meter,
};
use words::{Channel, Customer, CustomerId, JourneyId, OrganisationId, RunId, Verdict, VersionHash, Waits};

use super::{Changing, Deciding, Surroundings};
use crate::erasing::Gate;
use crate::sending::{message_event, notice};
use crate::{Catalog, Error, Published, Result, memory};

/// A customer who is being stepped.
pub(super) struct Stepping {
    pub(super) traveller: Traveller,
    pub(super) changing: Changing,
    pub(super) suppressed: BTreeSet<(Channel, String)>,
    /// Who this customer turned out to be.
    pub(super) forwards_to: Option<CustomerId>,
    /// Its runs, as they were loaded.
    pub(super) stored: Vec<RunId>,
    /// Its events that wait for an object, as they were loaded.
    pub(super) waiting: Vec<EventRef>,
}

/// Steps of many customers of one organisation that will be written together.
pub(super) struct Batch<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) catalog: &'a Catalog,
    pub(super) surroundings: &'a Surroundings,
    pub(super) world: &'a World<'a>,
    pub(super) now: Timestamp,
    pub(super) stepping: BTreeMap<CustomerId, Stepping>,
    /// Versions other than the live ones that runs of these customers are on.
    versions: BTreeMap<(JourneyId, VersionHash), Arc<Published>>,
    /// Looked for in the store and not there.
    absent: BTreeSet<CustomerId>,
    /// What this batch itself brought to light, before it is written.
    pub(super) aliases: BTreeMap<(AliasKind, String), CustomerId>,
    pub(super) objects: BTreeMap<ObjectRef, CustomerId>,
    pub(super) bound: Vec<ObjectRef>,
    pub(super) settled: Vec<EventOutcome>,
    pub(super) counts: Vec<DayCount>,
    pub(super) cut: bool,
    /// Events about somebody who was erased.
    pub(super) forgotten: Vec<EventRef>,
}

/// What is to be written.
pub(super) struct Written {
    pub(super) changes: Vec<Change>,
    pub(super) settled: Vec<EventOutcome>,
    pub(super) counts: Vec<DayCount>,
    /// Events were left for the next round.
    pub(super) cut: bool,
    /// Events to be thrown away altogether.
    pub(super) forgotten: Vec<EventRef>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        (store, catalog): (&'a dyn Store, &'a Catalog),
        surroundings: &'a Surroundings,
        world: &'a World<'a>,
        now: Timestamp,
    ) -> Self {
        Self {
            store,
            catalog,
            surroundings,
            world,
            now,
            stepping: BTreeMap::new(),
            versions: BTreeMap::new(),
            absent: BTreeSet::new(),
            aliases: BTreeMap::new(),
            objects: BTreeMap::new(),
            bound: Vec::new(),
            settled: Vec::new(),
            counts: Vec::new(),
            cut: false,
            forgotten: Vec::new(),
        }
    }

    pub(super) fn organisation(&self) -> &OrganisationId {
        &self.surroundings.id
    }

    /// The versions beside the live ones that are looked at.
    pub(super) fn older(&self) -> Vec<&Definition> {
        self.versions.values().map(|published| published.definition.as_ref()).collect()
    }

    pub(super) fn world_with<'w>(&'w self, older: &'w [&'w Definition]) -> World<'w> {
        World { live: self.world.live, older, setting: self.world.setting }
    }

    /// Loads customers at once, before they are stepped one by one, and whom they turned out to be.
    pub(super) async fn load(&mut self, customers: &BTreeSet<CustomerId>) -> Result<()> {
        let mut wanted = customers.clone();
        loop {
            let unknown = |id: &&CustomerId| !self.stepping.contains_key(id) && !self.absent.contains(id);
            let missing: Vec<_> = wanted.iter().filter(unknown).copied().collect();
            if missing.is_empty() {
                return Ok(());
            }
            self.absent.extend(&missing);
            wanted.clear();
            for loaded in self.store.load(self.organisation(), &missing).await? {
                wanted.extend(loaded.forwards_to);
                self.loaded(loaded).await?;
            }
        }
    }

    async fn loaded(&mut self, loaded: store::Traveller) -> Result<()> {
        let runs = loaded.runs.iter().map(|stored| {
            serde_json::from_slice(&stored.state)
                .map_err(|error| Error::State { run: stored.run.id, detail: store::json_fault(&error) })
        });
        let runs = runs.collect::<Result<Vec<State>>>()?;
        let now = self.now;
        for run in runs.iter().filter(|run| run.hears(now)) {
            self.look_at_version(&run.run).await?;
        }
        let id = loaded.customer.id;
        let profile = memory::unpack(loaded.customer, &loaded.memory)
            .map_err(|error| Error::Memory { customer: id, detail: store::json_fault(&error) })?;
        let changing = Changing::new(self.organisation().clone(), id, loaded.revision, self.now);
        let stored = runs.iter().map(|run| run.run.id).collect();
        let traveller = Traveller { profile, runs };
        self.absent.remove(&id);
        let waiting = loaded.waiting.iter().map(StoredEvent::reference).collect();
        let (suppressed, forwards_to) = (BTreeSet::new(), loaded.forwards_to);
        self.stepping.insert(id, Stepping { traveller, changing, suppressed, forwards_to, stored, waiting });
        Ok(())
    }

    /// The version that a run is on, when another is live: it follows that for as long as its journey pins, else it is told
    /// what the live one replaces. One that cannot be read any more has nothing to say.
    async fn look_at_version(&mut self, run: &words::Run) -> Result<()> {
        let Some(live) = self.world.journey(&run.journey).filter(|live| live.hash != run.version) else {
            return Ok(());
        };
        let key = (live.id.clone(), run.version.clone());
        if !self.versions.contains_key(&key) {
            let found = self.catalog.readable(self.organisation(), &key.0, &key.1).await?;
            self.versions.extend(found.map(|found| (key, found)));
        }
        Ok(())
    }

    /// Who a customer turned out to be, among those who are loaded.
    pub(super) fn follow(&self, mut customer: CustomerId) -> CustomerId {
        let mut seen = BTreeSet::from([customer]);
        while let Some(to) = self.stepping.get(&customer).and_then(|stepping| stepping.forwards_to) {
            if !seen.insert(to) {
                break;
            }
            customer = to;
        }
        customer
    }

    /// Loads one customer, or makes one of whom nothing is known.
    pub(super) async fn ensure(&mut self, id: CustomerId) -> Result<()> {
        self.load(&BTreeSet::from([id])).await?;
        let (organisation, now) = (self.organisation().clone(), self.now);
        self.stepping.entry(id).or_insert_with(|| Stepping {
            traveller: Traveller::new(Customer::unknown(id)),
            changing: Changing::new(organisation, id, 0, now),
            suppressed: BTreeSet::new(),
            forwards_to: None,
            stored: Vec::new(),
            waiting: Vec::new(),
        });
        Ok(())
    }

    /// Applies events in the order of arrival.
    pub(super) async fn events(&mut self, events: &[StoredEvent]) -> Result<()> {
        self.look_up(events).await?;
        // Behind the look at the customers: whoever was there by then and is gone now has a tombstone.
        let all = events.iter().map(|stored| (&stored.event, stored.customer));
        let gate = Gate::look(self.store, self.organisation(), all).await?;
        for stored in events {
            if gate.stops(&stored.event, stored.customer) {
                self.forgotten.push(stored.reference());
                continue;
            }
            if !self.count(stored) {
                self.event(stored).await?;
            }
            if self.cut {
                break;
            }
        }
        self.awaited().await
    }

    /// Whether an event is a daily count, which is nobody's.
    fn count(&mut self, stored: &StoredEvent) -> bool {
        let Some(counted) = engine::counted(self.world.live, &stored.event) else { return false };
        let state = match counted {
            Ok(counts) => {
                let organisation = self.organisation().clone();
                self.counts.extend(counts.into_iter().map(|count| DayCount {
                    organisation: organisation.clone(),
                    journey: count.journey,
                    touchpoint: count.touchpoint,
                    day: count.date,
                    count: count.count,
                }));
                EventState::Applied
            }
            Err(unreadable) => EventState::Quarantined { reason: "bad_count".into(), detail: unreadable.to_string() },
        };
        self.settled.push(EventOutcome { event: stored.reference(), customer: None, state });
        true
    }

    async fn event(&mut self, stored: &StoredEvent) -> Result<()> {
        let found = match stored.customer {
            Some(customer) => Some(Identified::known(self.follow(customer))),
            None => engine::identify(self.organisation(), &stored.event, self.known(&stored.event).await?),
        };
        let Some(found) = found else {
            self.nobody(stored);
            return Ok(());
        };
        self.ensure(found.customer).await?;
        if let Some(loser) = found.merges.first() {
            // Of one customer one merge at a time: what follows is looked at when this one is written.
            self.cut = self.is_joined(found.customer) || self.is_joined(*loser);
            if self.cut {
                return Ok(());
            }
            let done = self.merge(found.customer, *loser, &stored.event).await?;
            self.cut = done && found.merges.len() > 1;
            if self.cut {
                return Ok(());
            }
        }
        let Some(stepping) = self.stepping.get_mut(&found.customer) else { return Ok(()) };
        let identity = &stored.event.identity;
        let previous = engine::previous_id(&stored.event).map(str::to_owned);
        let added = [
            (found.adds_customer, AliasKind::User, &identity.customer),
            (found.adds_anonymous, AliasKind::Anonymous, &identity.anonymous),
            (found.adds_previous, AliasKind::User, &previous),
        ];
        for (kind, name) in
            added.into_iter().filter_map(|(adds, kind, name)| Some((kind, name.clone().filter(|_| adds)?)))
        {
            stepping.changing.alias(kind, name.clone());
            self.aliases.insert((kind, name), found.customer);
        }
        let identifies = stored.event.name.as_str() == "customer.identified";
        let before = identifies.then(|| stepping.traveller.profile.customer.clone());
        self.apply(found.customer, Cause::Event(&stored.event));
        if let Some(before) = before {
            self.reconsider(found.customer, &before).await?;
        }
        self.answering(found.customer, &stored.event).await?;
        self.complaining(found.customer, &stored.event).await?;
        let waits = self.stepping.get(&found.customer).and_then(|stepping| {
            let mut waiting = stepping.traveller.profile.waiting.iter();
            waiting.find(|waiting| waiting.event.id == stored.event.id && waiting.event.source == stored.event.source)
        });
        let state = waits.map_or(EventState::Applied, |waiting| EventState::Waiting {
            object: named(&waiting.object),
            until: waiting.until,
        });
        if let Some(stepping) = self.stepping.get_mut(&found.customer) {
            stepping.changing.outcome(stored.reference(), state);
        }
        Ok(())
    }

    /// An event of which nobody knows yet whose it is: it waits for the object that another event is likeliest to make known,
    /// a run's key, else a part that is not its own, else its first.
    fn nobody(&mut self, stored: &StoredEvent) {
        let objects = engine::needs(&stored.event);
        let likely = |object: &&ObjectRef| {
            let own = object.kind == stored.event.name.object();
            let mut live = self.world.live.iter();
            let key = live.any(|one| one.run_per.as_ref().is_some_and(|key| key.object == object.kind));
            let part = self.world.live.iter().any(|one| one.parts.contains(&object.kind));
            (!key, !part || own, !part)
        };
        let state = match objects.iter().min_by_key(likely) {
            Some(object) => {
                EventState::Waiting { object: named(object), until: engine::waits_until(&stored.event).max(self.now) }
            }
            None => EventState::Quarantined { reason: "no_identity".into(), detail: String::new() },
        };
        self.settled.push(EventOutcome { event: stored.reference(), customer: None, state });
    }

    /// Something is due in a customer.
    pub(super) fn due(&mut self, customer: CustomerId) {
        self.apply(self.follow(customer), Cause::Due);
    }

    /// Whether a customer is part of a merge that is not written yet.
    fn is_joined(&self, customer: CustomerId) -> bool {
        self.stepping.get(&customer).is_some_and(|stepping| stepping.changing.is_joined())
    }

    /// One input for one loaded customer, with the decisions about the messages that it asks for. Runs on a version that is no
    /// longer live follow the live one first.
    fn apply(&mut self, customer: CustomerId, cause: Cause<'_>) {
        let older: Vec<&Definition> = self.versions.values().map(|published| published.definition.as_ref()).collect();
        let world = World { live: self.world.live, older: &older, setting: self.world.setting };
        let Some(stepping) = self.stepping.get_mut(&customer) else { return };
        let mut messages = Vec::new();
        for (journey, version) in behind(&world, &stepping.traveller, self.now) {
            let before = older.iter().copied().find(|one| one.id == journey && one.hash == version);
            let cause = Cause::Published { journey: &journey, before };
            let applied = self.surroundings.applied(&world, stepping, cause, self.now);
            messages.extend(take(&mut self.objects, &mut self.bound, stepping, applied));
        }
        let applied = self.surroundings.applied(&world, stepping, cause, self.now);
        messages.extend(take(&mut self.objects, &mut self.bound, stepping, applied));
        for row in messages {
            self.decide(customer, row, false);
        }
    }

    /// Decides; a refusal is told to the run at once.
    pub(super) fn decide(&mut self, customer: CustomerId, mut row: OutboxRow, again: bool) {
        let older: Vec<&Definition> = self.versions.values().map(|published| published.definition.as_ref()).collect();
        let world = World { live: self.world.live, older: &older, setting: self.world.setting };
        let Some(stepping) = self.stepping.get_mut(&customer) else { return };
        let deciding = Deciding {
            surroundings: self.surroundings,
            world: &world,
            suppressed: &stepping.suppressed,
            now: self.now,
        };
        row.principal = deciding.whose(&row, &stepping.traveller);
        let decision = deciding.decide(&row, &stepping.traveller);
        let refused = match &decision.verdict {
            Verdict::Refuse { reason } => {
                let reason = serde_json::to_value(reason).ok().and_then(|name| name.as_str().map(str::to_owned));
                meter::count("klantreis_refusals_total", &[("reason", reason.as_deref().unwrap_or_default())], 1);
                let mut event = message_event(&row, "message.failed", self.now, self.now, None);
                event.properties.insert("reason".into(), reason.into());
                Some(event)
            }
            _ => None,
        };
        let profile = &mut stepping.traveller.profile;
        if engine::reserve(profile, &decision, &row.send, self.world.setting) {
            stepping.changing.memory();
        }
        let halt = deciding.held_by(&row, &decision.verdict, &profile.customer).filter(|halt| halt.notice.is_some());
        let instead = halt.filter(|halt| profile.notice(halt.id)).map(|halt| notice(halt, &row, self.now));
        stepping.changing.decided(row, decision, again);
        if let Some(instead) = instead {
            stepping.changing.memory();
            self.decide(customer, instead, false);
        }
        if let Some(event) = refused {
            self.apply(customer, Cause::Event(&event));
        }
    }

    /// What a customer says may change where a message that still waits to be carried goes, and whether it goes at all.
    async fn reconsider(&mut self, id: CustomerId, before: &Customer) -> Result<()> {
        let Some(stepping) = self.stepping.get_mut(&id) else { return Ok(()) };
        if stepping.traveller.profile.customer == *before {
            return Ok(());
        }
        let mut open = stepping.changing.take_ready();
        if stepping.changing.was_there() {
            let stored = self.store.open_messages(self.organisation(), id).await?;
            let stored = stored.into_iter().filter(|row| row.state == SendState::Ready);
            let fresh: Vec<_> = stored.filter(|row| open.iter().all(|(known, _)| known.key != row.key)).collect();
            open.extend(fresh.into_iter().map(|row| (row, true)));
        }
        for (row, again) in open {
            let held = SendState::Held { until: self.now, why: Waits::Anew };
            self.decide(id, OutboxRow { state: held, ..row }, again);
        }
        Ok(())
    }

    /// Decides once more about the messages of a customer that are held until now.
    pub(super) async fn decide_again(&mut self, customer: CustomerId) -> Result<()> {
        let open = self.store.open_messages(self.organisation(), customer).await?;
        let now = self.now;
        let ripe = open.into_iter().filter(|row| matches!(row.state, SendState::Held { until, .. } if until <= now));
        for row in ripe {
            self.decide(customer, row, true);
        }
        Ok(())
    }

    /// Applies events that nobody knew until this batch bound their object.
    async fn awaited(&mut self) -> Result<()> {
        while !self.bound.is_empty() {
            let bound = std::mem::take(&mut self.bound);
            let names: Vec<String> = bound.iter().map(named).collect();
            let waiting = self.store.waiting_for(self.organisation(), &names).await?;
            // Those whose customer is known wait inside the engine, which has taken them itself.
            let (known, unknown): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|stored| stored.customer.is_some());
            self.load(&known.iter().filter_map(|stored| stored.customer).collect()).await?;
            for stored in known {
                self.taken_up(&stored);
            }
            for stored in unknown {
                self.event(&stored).await?;
            }
        }
        Ok(())
    }

    /// An event that waited inside the engine and no longer does.
    fn taken_up(&mut self, stored: &StoredEvent) {
        let customer = stored.customer.map(|customer| self.follow(customer));
        let Some(stepping) = customer.and_then(|customer| self.stepping.get_mut(&customer)) else { return };
        let mut waiting = stepping.traveller.profile.waiting.iter();
        if !waiting.any(|waiting| waiting.event.id == stored.event.id && waiting.event.source == stored.event.source) {
            stepping.changing.outcome(stored.reference(), EventState::Applied);
        }
    }
}

/// Runs under way on a version that is not the one they are to follow.
fn behind(world: &World<'_>, traveller: &Traveller, now: Timestamp) -> BTreeSet<(JourneyId, VersionHash)> {
    let under_way = traveller.runs.iter().filter(|run| run.hears(now));
    let behind =
        under_way.filter(|run| world.followed_by(run).is_some_and(|followed| followed.hash != run.run.version));
    behind.map(|run| (run.run.journey.clone(), run.run.version.clone())).collect()
}

fn named(object: &ObjectRef) -> String {
    format!("{}:{}", object.kind, object.id)
}

pub(super) fn take(
    objects: &mut BTreeMap<ObjectRef, CustomerId>,
    bound: &mut Vec<ObjectRef>,
    stepping: &mut Stepping,
    applied: Applied,
) -> Vec<OutboxRow> {
    for binding in &applied.bindings {
        objects.insert(binding.object.clone(), binding.customer);
        bound.push(binding.object.clone());
    }
    stepping.changing.take(applied)
}
