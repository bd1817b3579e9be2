//! One tick of customers in real time.

use std::collections::{BTreeMap, BTreeSet};

use engine::Traveller;
use jiff::{SignedDuration, Timestamp};
use service::memory;
use store::{EventState, NewEvent, Paging, Store, TaskFilter, TaskRow, TaskState};
use words::{Contact, Customer, CustomerId, Window};

use crate::course::reference;
use crate::doing::Came;
use crate::fill::daily_counts;
use crate::living::{Lived, Living, Sent, Tick};
use crate::person::Deed;
use crate::reacting::Given;
use crate::tally::Tallies;
use crate::view::View;
use crate::{Error, Person, Result, Scene, arrivals};

/// Facts read at one time.
const FACTS: u32 = 1_000;
/// Customers loaded at one time.
const LOADED: usize = 500;
/// Staff look at their tasks this often.
const LOOK: SignedDuration = SignedDuration::from_secs(60);
/// An event that was sent in is waited for this long.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

type Travellers = BTreeMap<CustomerId, Traveller>;

impl Living {
    /// What customers and staff do until `now`, upon what they saw. Nothing is written: [`Lived::hand_over`] does that.
    pub async fn tick(&mut self, store: &dyn Store, now: Timestamp) -> Result<Lived> {
        let window = Window { from: self.kept.last, until: now };
        if now <= window.from {
            return Ok(Lived::default());
        }
        let contacts = self.contacts(store).await?;
        let tasks = self.tasks(store, now).await?;
        let taken_in = self.taken_in(store, now).await?;
        self.arrive(window);
        let mut wanted: BTreeSet<CustomerId> = contacts.iter().map(|contact| contact.customer).collect();
        wanted.extend(tasks.iter().map(|task| task.customer));
        wanted.extend(taken_in.iter().map(|sent| sent.customer));
        let due = self.kept.people.values().filter(|person| person.next().is_some_and(|next| next <= now));
        wanted.extend(due.map(Person::customer));
        let travellers = self.travellers(store, &wanted).await?;
        self.react(&travellers, &taken_in, &contacts, &tasks);
        let mut lived = self.act(store, &travellers, now).await?;
        let counts = self.scene.staged.iter().flat_map(|s| daily_counts(&self.scene, s, window, self.kept.speed));
        let organisation = &self.scene.surroundings.id;
        lived.events.extend(counts.map(|event| NewEvent::from_outside(organisation.clone(), event)));
        let mut tallies = Tallies::default();
        lived.events.iter().for_each(|new| tallies.add(new, self.scene.zone()));
        lived.tallies = tallies.into_vec();
        self.forget(&travellers, now);
        self.kept.last = now;
        Ok(lived)
    }

    /// New contacts of people under way.
    async fn contacts(&mut self, store: &dyn Store) -> Result<Vec<Contact>> {
        let mut contacts = Vec::new();
        for staged in &self.scene.staged {
            let journey = &staged.behaviour.journey;
            loop {
                let cursor = self.kept.cursors.get(journey).cloned().unwrap_or_default();
                let after = store.facts_after(&self.scene.surroundings.id, journey, &cursor, FACTS).await?;
                contacts.extend(after.contacts.into_iter().filter(|contact| {
                    contact.recorded > self.kept.since && self.kept.people.contains_key(&contact.customer)
                }));
                self.kept.cursors.insert(journey.clone(), after.next);
                if after.complete {
                    break;
                }
            }
        }
        Ok(contacts)
    }

    /// Open tasks about people under way, now and then.
    async fn tasks(&mut self, store: &dyn Store, now: Timestamp) -> Result<Vec<TaskRow>> {
        if now.duration_since(self.kept.looked) < LOOK {
            return Ok(Vec::new());
        }
        self.kept.looked = now;
        let filter = TaskFilter { open: true, ..TaskFilter::default() };
        let mut open = Vec::new();
        let mut paging = Paging { offset: 0, limit: store::limits::ROWS_MAX };
        loop {
            let page = store.tasks(&self.scene.surroundings.id, &filter, paging).await?;
            let full = page.rows.len() >= paging.limit as usize;
            open.extend(page.rows.into_iter().filter(|row| self.kept.people.contains_key(&row.customer)));
            if !full {
                return Ok(open);
            }
            paging.offset += paging.limit;
        }
    }

    /// Events that were sent in before and are taken in by now.
    async fn taken_in(&mut self, store: &dyn Store, now: Timestamp) -> Result<Vec<Sent>> {
        let mut taken_in = Vec::new();
        let mut still = Vec::new();
        for sent in std::mem::take(&mut self.kept.sent) {
            let stored = store.event(&reference(&self.new_event(&sent))).await?;
            match stored.map(|stored| stored.state) {
                // What was never accepted is forgotten after a while.
                Some(EventState::New) | None if now.duration_since(sent.event.time) < FORGOTTEN => still.push(sent),
                Some(EventState::New) | None => {}
                Some(_) => taken_in.push(sent),
            }
        }
        self.kept.sent = still;
        Ok(taken_in)
    }

    fn new_event(&self, sent: &Sent) -> NewEvent {
        let organisation = self.scene.surroundings.id.clone();
        if sent.ours {
            NewEvent::about(organisation, sent.customer, sent.event.clone())
        } else {
            NewEvent::from_outside(organisation, sent.event.clone())
        }
    }

    fn arrive(&mut self, window: Window) {
        let Self { scene, kept } = self;
        for staged in &scene.staged {
            for moment in arrivals::within(staged, window, scene.zone(), kept.speed) {
                let number = kept.numbers.entry(staged.behaviour.journey.clone()).or_default();
                *number += 1;
                let person = Person::new(&scene.surroundings.id, staged, *number, moment);
                kept.people.insert(person.customer(), person);
            }
        }
    }

    async fn travellers(&self, store: &dyn Store, wanted: &BTreeSet<CustomerId>) -> Result<Travellers> {
        let mut travellers = Travellers::new();
        let wanted: Vec<CustomerId> = wanted.iter().copied().collect();
        for some in wanted.chunks(LOADED) {
            for loaded in store.load(&self.scene.surroundings.id, some).await? {
                let unreadable = |error: serde_json::Error| Error::Kept(error.to_string());
                let runs = loaded.runs.iter().map(|run| serde_json::from_slice(&run.state));
                let runs = runs.collect::<std::result::Result<_, _>>().map_err(unreadable)?;
                let id = loaded.customer.id;
                let profile = memory::unpack(loaded.customer, &loaded.memory).map_err(unreadable)?;
                travellers.insert(id, Traveller { profile, runs });
            }
            for id in some {
                travellers.entry(*id).or_insert_with(|| Traveller::new(Customer::unknown(*id)));
            }
        }
        Ok(travellers)
    }

    fn react(&mut self, travellers: &Travellers, taken_in: &[Sent], contacts: &[Contact], tasks: &[TaskRow]) {
        for sent in taken_in {
            self.with(travellers, sent.customer, |person, view| person.heard(view, &sent.event, sent.strand));
        }
        for contact in contacts {
            self.with(travellers, contact.customer, |person, view| {
                if contact.journey == person.journey {
                    person.met(view, contact);
                }
            });
        }
        for row in tasks {
            let TaskRow { key, run, touchpoint, team, made, .. } = row.clone();
            let given = Given { key, run, touchpoint, team, made };
            self.with(travellers, row.customer, |person, view| person.given(view, &given));
        }
    }

    fn with<T>(
        &mut self,
        travellers: &Travellers,
        customer: CustomerId,
        does: impl FnOnce(&mut Person, View<'_>) -> T,
    ) -> Option<T> {
        let Self { scene, kept } = self;
        let person = kept.people.get_mut(&customer)?;
        let view = view(scene, person, travellers)?;
        Some(does(person, view))
    }

    async fn act(&mut self, store: &dyn Store, travellers: &Travellers, now: Timestamp) -> Result<Lived> {
        let mut lived = Lived::default();
        for customer in travellers.keys().copied() {
            while let Some(Came::Deed(deed)) = self.next_deed(travellers, customer, now) {
                if let Some(key) = &deed.task {
                    let task = store.task(&self.scene.surroundings.id, key).await?;
                    if task.is_none_or(|task| task.state != TaskState::Open) {
                        continue;
                    }
                }
                self.keep(customer, deed, &mut lived);
            }
        }
        lived.events.sort_by_key(|new| new.event.time);
        Ok(lived)
    }

    /// The next thing that this person really does until `now`.
    fn next_deed(&mut self, travellers: &Travellers, customer: CustomerId, now: Timestamp) -> Option<Came> {
        self.with(travellers, customer, |person, view| {
            while person.next().is_some_and(|next| next <= now) {
                let pending = person.take_next()?;
                let at = pending.time;
                if let came @ Came::Deed(_) = person.act(pending, view, at) {
                    return Some(came);
                }
            }
            None
        })
        .flatten()
    }

    fn keep(&mut self, customer: CustomerId, deed: Deed, lived: &mut Lived) {
        let Deed { events, ours, strand, task } = deed;
        for event in events {
            let sent = Sent { customer, strand, ours, event };
            let new = self.new_event(&sent);
            match &task {
                Some(key) if ours => {
                    let text = |property: &str| new.event.text(property);
                    let done = TaskState::Done {
                        time: new.event.time,
                        by: None,
                        channel: text("channel").map(words::Channel::new),
                        note: text("note").unwrap_or_default(),
                    };
                    lived.ticks.push(Tick { key: key.clone(), done, event: new });
                }
                _ => lived.events.push(new),
            }
            self.kept.sent.push(sent);
        }
    }

    /// Those who were looked at and will do nothing any more.
    fn forget(&mut self, travellers: &Travellers, now: Timestamp) {
        let waiting: BTreeSet<CustomerId> = self.kept.sent.iter().map(|sent| sent.customer).collect();
        self.kept.people.retain(|id, person| {
            let Some(traveller) = travellers.get(id) else { return true };
            waiting.contains(id) || person.is_under_way(traveller, now)
        });
    }
}

fn view<'a>(scene: &'a Scene, person: &Person, travellers: &'a Travellers) -> Option<View<'a>> {
    let staged = scene.journey(&person.journey)?;
    Some(View { staged, traveller: travellers.get(&person.customer())?, zone: scene.zone() })
}
