use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Aliases, Applied, Cause, Identified, ObjectRef, State, Traveller, World};
use jiff::Timestamp;
use journey::Definition;
use store::{AliasKind, Change, DayCount, EventOutcome, EventState, OutboxRow, Owner, SendState, Store, StoredEvent};
use words::{Channel, Customer, CustomerId, Event, Identity, JourneyId, OrganisationId, RunId, Verdict, VersionHash};

use super::{Changing, Deciding, Surroundings};
use crate::sending::message_event;
use crate::{Catalog, Error, Published, Result, memory};

/// A customer who is being stepped.
pub(super) struct Stepping {
    pub(super) traveller: Traveller,
    pub(super) changing: Changing,
    pub(super) suppressed: BTreeSet<String>,
    /// Who this customer turned out to be.
    pub(super) forwards_to: Option<CustomerId>,
    /// Its runs, as they were loaded.
    pub(super) stored: Vec<RunId>,
}

/// Steps of many customers of one organisation that will be written together.
pub(super) struct Batch<'a> {
    pub(super) store: &'a dyn Store,
    catalog: &'a Catalog,
    surroundings: &'a Surroundings,
    world: &'a World<'a>,
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
    settled: Vec<EventOutcome>,
    counts: Vec<DayCount>,
    cut: bool,
}

/// What is to be written.
pub(super) struct Written {
    pub(super) changes: Vec<Change>,
    pub(super) settled: Vec<EventOutcome>,
    pub(super) counts: Vec<DayCount>,
    /// Events were left for the next round.
    pub(super) cut: bool,
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
                .map_err(|error| Error::State { run: stored.run.id, detail: error.to_string() })
        });
        let runs = runs.collect::<Result<Vec<State>>>()?;
        for run in runs.iter().filter(|run| run.is_open()) {
            self.look_at_version(&run.run).await?;
        }
        let id = loaded.customer.id;
        let profile = memory::unpack(loaded.customer, &loaded.memory)
            .map_err(|error| Error::Memory { customer: id, detail: error.to_string() })?;
        let changing = Changing::new(self.organisation().clone(), id, loaded.revision, self.now);
        let stored = runs.iter().map(|run| run.run.id).collect();
        let traveller = Traveller { profile, runs };
        self.absent.remove(&id);
        let (suppressed, forwards_to) = (BTreeSet::new(), loaded.forwards_to);
        self.stepping.insert(id, Stepping { traveller, changing, suppressed, forwards_to, stored });
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
            match self.catalog.version(self.organisation(), &key.0, &key.1).await {
                Ok(found) => self.versions.extend(found.map(|found| (key, found))),
                Err(Error::Definition { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Who a customer turned out to be, among those who are loaded.
    fn follow(&self, mut customer: CustomerId) -> CustomerId {
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
        });
        Ok(())
    }

    /// Applies events in the order of arrival.
    pub(super) async fn events(&mut self, events: &[StoredEvent]) -> Result<()> {
        self.look_up(events).await?;
        for stored in events {
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
        self.apply(found.customer, Cause::Event(&stored.event));
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

    /// An event of which nobody knows yet whose it is: it waits for its first object.
    fn nobody(&mut self, stored: &StoredEvent) {
        let state = match engine::needs(&stored.event).first() {
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
        for (journey, version) in behind(&world, &stepping.traveller) {
            let before = older.iter().copied().find(|one| one.id == journey && one.hash == version);
            let cause = Cause::Published { journey: &journey, before };
            let applied = engine::apply(&world, &mut stepping.traveller, cause, self.now);
            messages.extend(take(&mut self.objects, &mut self.bound, stepping, applied));
        }
        let applied = engine::apply(&world, &mut stepping.traveller, cause, self.now);
        messages.extend(take(&mut self.objects, &mut self.bound, stepping, applied));
        for row in messages {
            self.decide(customer, row, false);
        }
    }

    /// Decides; a refusal is told to the run at once.
    pub(super) fn decide(&mut self, customer: CustomerId, row: OutboxRow, again: bool) {
        let older: Vec<&Definition> = self.versions.values().map(|published| published.definition.as_ref()).collect();
        let world = World { live: self.world.live, older: &older, setting: self.world.setting };
        let Some(stepping) = self.stepping.get_mut(&customer) else { return };
        let deciding = Deciding {
            surroundings: self.surroundings,
            world: &world,
            suppressed: &stepping.suppressed,
            now: self.now,
        };
        let decision = deciding.decide(&row, &stepping.traveller);
        let refused = match &decision.verdict {
            Verdict::Refuse { reason } => {
                let reason = serde_json::to_value(reason).ok().and_then(|name| name.as_str().map(str::to_owned));
                let mut event = message_event(&row, "message.failed", self.now, self.now, None);
                event.properties.insert("reason".into(), reason.into());
                Some(event)
            }
            _ => None,
        };
        stepping.changing.decided(row, decision, again);
        if let Some(event) = refused {
            self.apply(customer, Cause::Event(&event));
        }
    }

    /// Decides once more about the messages of a customer that are held until now.
    pub(super) async fn decide_again(&mut self, customer: CustomerId) -> Result<()> {
        let open = self.store.open_messages(self.organisation(), customer).await?;
        let now = self.now;
        let ripe = open.into_iter().filter(|row| matches!(row.state, SendState::Held { until } if until <= now));
        for row in ripe {
            self.decide(customer, row, true);
        }
        Ok(())
    }

    /// Which addresses of the loaded customers are suppressed; to be called before anything is decided.
    pub(super) async fn look_at_suppressions(&mut self) -> Result<()> {
        let mut addresses: Vec<(Channel, String)> = Vec::new();
        for stepping in self.stepping.values() {
            let customer = &stepping.traveller.profile.customer;
            let channels = Channel::SENDING.iter().map(|name| Channel::new(*name));
            addresses.extend(channels.filter_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?))));
        }
        if addresses.is_empty() {
            return Ok(());
        }
        let found = self.store.suppressed(self.organisation(), &addresses).await?;
        let found: BTreeSet<String> = found.into_iter().map(|suppression| suppression.address).collect();
        if !found.is_empty() {
            for stepping in self.stepping.values_mut() {
                stepping.suppressed = found.clone();
            }
        }
        Ok(())
    }

    /// Who the names and objects in an event stand for, as this batch knows it.
    async fn known(&self, event: &Event) -> Result<Aliases> {
        let by = |kind, name: &Option<String>| {
            name.as_ref().and_then(|name| self.aliases.get(&(kind, name.clone()))).copied()
        };
        let anonymous = match by(AliasKind::Anonymous, &event.identity.anonymous) {
            Some(customer) if event.identity.customer.is_some() => Some((customer, self.is_named(customer).await?)),
            other => other.map(|customer| (customer, false)),
        };
        Ok(Aliases {
            customer: by(AliasKind::User, &event.identity.customer),
            anonymous,
            previous: by(AliasKind::User, &engine::previous_id(event).map(str::to_owned)),
            object: engine::needs(event).iter().find_map(|object| self.objects.get(object)).copied(),
        })
    }

    /// Who an event would be about if none of its names is known: mostly nobody is there yet, and one look tells for all.
    fn newcomer(&self, event: &Event) -> Option<CustomerId> {
        let Identity { customer, anonymous } = &event.identity;
        let previous = engine::previous_id(event).map(str::to_owned);
        let names = [(AliasKind::User, customer), (AliasKind::Anonymous, anonymous), (AliasKind::User, &previous)];
        let known = names
            .iter()
            .any(|(kind, name)| name.as_ref().is_some_and(|name| self.aliases.contains_key(&(*kind, name.clone()))));
        let found = engine::identify(self.organisation(), event, Aliases::default()).filter(|_| !known);
        found.map(|found| found.customer)
    }

    /// Whether a customer has an id in a sending system.
    async fn is_named(&self, customer: CustomerId) -> Result<bool> {
        let here = self.aliases.iter().any(|((kind, _), of)| *kind == AliasKind::User && *of == customer);
        if here {
            return Ok(true);
        }
        let stored = self.store.aliases_of(self.organisation(), customer).await?;
        Ok(stored.iter().any(|(kind, _)| *kind == AliasKind::User))
    }

    /// Looks up at once whom these events are about, and loads them.
    async fn look_up(&mut self, events: &[StoredEvent]) -> Result<()> {
        let mut names: BTreeSet<(AliasKind, String)> = BTreeSet::new();
        let mut objects: BTreeSet<ObjectRef> = BTreeSet::new();
        for stored in events.iter().filter(|stored| stored.customer.is_none()) {
            let identity = &stored.event.identity;
            names.extend(identity.customer.clone().map(|name| (AliasKind::User, name)));
            names.extend(identity.anonymous.clone().map(|name| (AliasKind::Anonymous, name)));
            names.extend(engine::previous_id(&stored.event).map(|name| (AliasKind::User, name.to_owned())));
            objects.extend(engine::needs(&stored.event));
        }
        let names: Vec<_> = names.into_iter().collect();
        let found = self.store.by_alias(self.organisation(), &names).await?;
        self.aliases.extend(names.into_iter().zip(found).filter_map(|(name, found)| Some((name, found?))));
        let wanted: Vec<_> = objects.iter().map(|object| (object.kind.clone(), object.id.clone())).collect();
        let found = self.store.by_object(self.organisation(), &wanted).await?;
        let found = objects
            .into_iter()
            .zip(found)
            .filter_map(|(object, owner): (_, Option<Owner>)| Some((object, owner?.customer)));
        self.objects.extend(found);
        let customers: BTreeSet<CustomerId> = self
            .aliases
            .values()
            .chain(self.objects.values())
            .copied()
            .chain(events.iter().filter_map(|stored| stored.customer.or_else(|| self.newcomer(&stored.event))))
            .collect();
        self.load(&customers).await?;
        self.look_at_suppressions().await
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

    /// Objects stay whose they are: who said first that a thing is theirs keeps it.
    async fn settle_objects(&mut self) -> Result<()> {
        let wanted: BTreeSet<(String, String)> =
            self.stepping.values().flat_map(|stepping| stepping.changing.objects()).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let wanted: Vec<_> = wanted.into_iter().collect();
        let owners = self.store.by_object(self.organisation(), &wanted).await?;
        let owners: BTreeMap<(String, String), CustomerId> =
            wanted.into_iter().zip(owners).filter_map(|(object, owner)| Some((object, owner?.customer))).collect();
        let mut taken: BTreeMap<(String, String), CustomerId> = BTreeMap::new();
        let forwards: BTreeMap<CustomerId, CustomerId> =
            owners.values().map(|owner| (*owner, self.follow(*owner))).collect();
        for (id, stepping) in &mut self.stepping {
            stepping.changing.keep_objects(|object| {
                let name = (object.kind.clone(), object.id.clone());
                let owner = owners.get(&name).map(|owner| forwards.get(owner).unwrap_or(owner));
                let owner = owner.or_else(|| taken.get(&name));
                owner.is_none_or(|owner| owner == id || object.instead_of == Some(*owner))
            });
            for object in stepping.changing.objects() {
                taken.entry(object).or_insert(*id);
            }
        }
        Ok(())
    }

    /// Everything, to be written. Where runs
    /// go from one to another, the one they leave comes first: a reader of facts takes a run away before it finds it anew.
    pub(super) async fn finish(mut self) -> Result<Written> {
        self.settle_objects().await?;
        let changes = self.stepping.into_values().filter(|stepping| {
            // Someone who forwarded already has nothing to write.
            stepping.forwards_to.is_none() || stepping.changing.is_joined()
        });
        let mut changes: Vec<Change> = changes.map(|stepping| stepping.changing.finish(&stepping.traveller)).collect();
        changes.sort_by_key(|change| (change.joined, change.stands_alone, change.forwards_to.is_none()));
        Ok(Written { changes, settled: self.settled, counts: self.counts, cut: self.cut })
    }
}

/// Open runs on a version that is not the one they are to follow.
fn behind(world: &World<'_>, traveller: &Traveller) -> BTreeSet<(JourneyId, VersionHash)> {
    let open = traveller.runs.iter().filter(|run| run.is_open());
    let behind = open.filter(|run| world.followed_by(run).is_some_and(|followed| followed.hash != run.run.version));
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
