use std::collections::{BTreeMap, BTreeSet};

use engine::{Aliases, Applied, Cause, Identified, ObjectRef, Traveller, World};
use jiff::Timestamp;
use store::{AliasKind, Change, DayCount, EventOutcome, EventState, OutboxRow, Owner, SendState, Store, StoredEvent};
use words::{Channel, Customer, CustomerId, Event, Identity, OrganisationId, Verdict, Waits};

use super::{Changing, Deciding, Surroundings};
use crate::sending::{message_event, notice};
use crate::{Error, Result, memory};

/// A customer who is being stepped.
struct Stepping {
    traveller: Traveller,
    changing: Changing,
    suppressed: BTreeSet<String>,
}

/// Steps of many customers of one organisation that will be written together.
pub(super) struct Batch<'a> {
    store: &'a dyn Store,
    surroundings: &'a Surroundings,
    world: &'a World<'a>,
    now: Timestamp,
    stepping: BTreeMap<CustomerId, Stepping>,
    /// Looked for in the store and not there.
    absent: BTreeSet<CustomerId>,
    /// What this batch itself brought to light, before it is written.
    aliases: BTreeMap<(AliasKind, String), CustomerId>,
    objects: BTreeMap<ObjectRef, CustomerId>,
    bound: Vec<ObjectRef>,
    settled: Vec<EventOutcome>,
    counts: Vec<DayCount>,
}

/// What is to be written.
pub(super) struct Written {
    pub(super) changes: Vec<Change>,
    pub(super) settled: Vec<EventOutcome>,
    pub(super) counts: Vec<DayCount>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        store: &'a dyn Store,
        surroundings: &'a Surroundings,
        world: &'a World<'a>,
        now: Timestamp,
    ) -> Self {
        Self {
            store,
            surroundings,
            world,
            now,
            stepping: BTreeMap::new(),
            absent: BTreeSet::new(),
            aliases: BTreeMap::new(),
            objects: BTreeMap::new(),
            bound: Vec::new(),
            settled: Vec::new(),
            counts: Vec::new(),
        }
    }

    fn organisation(&self) -> &OrganisationId {
        &self.surroundings.id
    }

    /// Loads customers at once, before they are stepped one by one.
    pub(super) async fn load(&mut self, customers: &BTreeSet<CustomerId>) -> Result<()> {
        let unknown = |id: &&CustomerId| !self.stepping.contains_key(id) && !self.absent.contains(id);
        let missing: Vec<_> = customers.iter().filter(unknown).copied().collect();
        if missing.is_empty() {
            return Ok(());
        }
        self.absent.extend(&missing);
        for loaded in self.store.load(self.organisation(), &missing).await? {
            let runs = loaded.runs.iter().map(|stored| {
                serde_json::from_slice(&stored.state)
                    .map_err(|error| Error::State { run: stored.run.id, detail: error.to_string() })
            });
            let runs = runs.collect::<Result<Vec<_>>>()?;
            let id = loaded.customer.id;
            let profile = memory::unpack(loaded.customer, &loaded.memory)
                .map_err(|error| Error::Memory { customer: id, detail: error.to_string() })?;
            let changing = Changing::new(self.organisation().clone(), id, loaded.revision, self.now);
            let traveller = Traveller { profile, runs };
            self.absent.remove(&id);
            self.stepping.insert(id, Stepping { traveller, changing, suppressed: BTreeSet::new() });
        }
        Ok(())
    }

    /// Loads one customer, or makes one of whom nothing is known.
    async fn ensure(&mut self, id: CustomerId) -> Result<()> {
        self.load(&BTreeSet::from([id])).await?;
        let (organisation, now) = (self.organisation().clone(), self.now);
        self.stepping.entry(id).or_insert_with(|| Stepping {
            traveller: Traveller::new(Customer::unknown(id)),
            changing: Changing::new(organisation, id, 0, now),
            suppressed: BTreeSet::new(),
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
            Some(customer) => {
                Some(Identified { customer, new: false, adds_customer: false, adds_anonymous: false, merges: None })
            }
            None => engine::identify(self.organisation(), &stored.event, self.known(&stored.event).await?),
        };
        let Some(found) = found else {
            self.nobody(stored);
            return Ok(());
        };
        self.ensure(found.customer).await?;
        let Some(stepping) = self.stepping.get_mut(&found.customer) else { return Ok(()) };
        let identity = &stored.event.identity;
        let added = [
            (found.adds_customer, AliasKind::User, &identity.customer),
            (found.adds_anonymous, AliasKind::Anonymous, &identity.anonymous),
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
        self.apply(customer, Cause::Due);
    }

    /// One input for one loaded customer, with the decisions about the messages that it asks for.
    fn apply(&mut self, customer: CustomerId, cause: Cause<'_>) {
        let Some(stepping) = self.stepping.get_mut(&customer) else { return };
        let applied = engine::apply(self.world, &mut stepping.traveller, cause, self.now);
        let messages = take(&mut self.objects, &mut self.bound, stepping, applied);
        for row in messages {
            self.decide(customer, row, false);
        }
    }

    /// Decides; a refusal is told to the run at once.
    fn decide(&mut self, customer: CustomerId, row: OutboxRow, again: bool) {
        let Some(stepping) = self.stepping.get_mut(&customer) else { return };
        let deciding = Deciding {
            surroundings: self.surroundings,
            world: self.world,
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
        let profile = &mut stepping.traveller.profile;
        if engine::reserve(profile, &decision, &row.send, self.world.setting) {
            stepping.changing.profile();
        }
        let halt = deciding.halt(&row, &profile.customer).filter(|halt| halt.notice.is_some());
        let instead = halt.filter(|halt| profile.notice(halt.id)).map(|halt| notice(halt, &row, self.now));
        stepping.changing.decided(row, decision, again);
        if let Some(instead) = instead {
            stepping.changing.profile();
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
            object: engine::needs(event).iter().find_map(|object| self.objects.get(object)).copied(),
        })
    }

    /// Who an event would be about if none of its names is known: mostly nobody is there yet, and one look tells for all.
    fn newcomer(&self, event: &Event) -> Option<CustomerId> {
        let Identity { customer, anonymous } = &event.identity;
        let names = [(AliasKind::User, customer), (AliasKind::Anonymous, anonymous)];
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
        let Some(stepping) = stored.customer.and_then(|customer| self.stepping.get_mut(&customer)) else { return };
        let mut waiting = stepping.traveller.profile.waiting.iter();
        if !waiting.any(|waiting| waiting.event.id == stored.event.id && waiting.event.source == stored.event.source) {
            stepping.changing.outcome(stored.reference(), EventState::Applied);
        }
    }

    /// Everything, to be written.
    pub(super) fn finish(self) -> Written {
        let changes =
            self.stepping.into_values().map(|stepping| stepping.changing.finish(&stepping.traveller)).collect();
        Written { changes, settled: self.settled, counts: self.counts }
    }
}

fn named(object: &ObjectRef) -> String {
    format!("{}:{}", object.kind, object.id)
}

fn take(
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
