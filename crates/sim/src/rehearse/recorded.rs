//! What was recorded of an organisation's own customers, to be lived through once more.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::ops::ControlFlow;

use jiff::Timestamp;
use store::{EventState, SendState, Store, StoredEvent};
use words::{Channel, Customer, CustomerId, EffectKey, Event, OrganisationId, digest};

use super::plan::{Progress, Stage, Told};
use crate::Result;
use crate::acting::{Act, Actor, Product};

/// Events of one customer (and of each of those who turned out to be this one) that are lived through: the newest.
pub(super) const EVENTS_MAX: u32 = 1_000;
/// Customers that are looked up at one time.
const AT_ONCE: u32 = 1_000;

/// Whom a rehearsal takes.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// By the digest of their ids.
    pub(super) customers: Vec<CustomerId>,
    /// How many there were.
    pub(super) of: u64,
}

/// Customers with an event since a moment, at most so many. Which of more is decided by a digest of the id, so that the same
/// are taken every time and nobody is more likely than another. `None`: it was called off.
pub(super) async fn choose(
    store: &dyn Store,
    organisation: &OrganisationId,
    since: Timestamp,
    max: u32,
    told: Told<'_>,
) -> Result<Option<Chosen>> {
    let (mut kept, mut of, mut after) = (BinaryHeap::new(), 0u64, None);
    loop {
        let some = store.active_customers(organisation, since, after, AT_ONCE).await?;
        of += some.len() as u64;
        for id in &some {
            kept.push((digest(&["rehearse", &id.to_string()]), *id));
            if kept.len() > max as usize {
                kept.pop();
            }
        }
        after = some.last().copied();
        if told(Progress { stage: Stage::Looking, done: of, all: 0 }) == ControlFlow::Break(()) {
            return Ok(None);
        }
        if some.len() < AT_ONCE as usize {
            let customers = kept.into_sorted_vec().into_iter().map(|(_, id)| id).collect();
            return Ok(Some(Chosen { customers, of }));
        }
    }
}

/// One customer as far as recorded.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    /// As known before the first event.
    pub(super) customer: Customer,
    /// In the order in which they came in.
    pub(super) events: Vec<Event>,
    /// Addresses that must not be written to.
    pub(super) suppressed: BTreeSet<(Channel, String)>,
    /// There were more events than are lived through.
    pub(super) cut: bool,
}

impl Remembered {
    /// Reads one; who turned out to be another gives that other. `None`: nothing is known any more.
    pub(super) async fn of(store: &dyn Store, organisation: &OrganisationId, id: CustomerId) -> Result<Option<Self>> {
        let mut id = id;
        let mut seen = BTreeSet::new();
        let loaded = loop {
            let loaded = store.load(organisation, &[id]).await?.pop();
            match loaded.as_ref().and_then(|loaded| loaded.forwards_to) {
                Some(other) if seen.insert(id) => id = other,
                _ => break loaded,
            }
        };
        let Some(loaded) = loaded else { return Ok(None) };
        let (mut stored, mut cut): (Vec<StoredEvent>, bool) = (Vec::new(), false);
        for member in store.members(organisation, id).await? {
            let some = store.events_of(organisation, member, EVENTS_MAX).await?;
            cut |= some.len() >= EVENTS_MAX as usize;
            stored.extend(some);
        }
        stored.retain(|stored| stored.state != EventState::Discarded);
        stored.sort_by_key(|stored| stored.arrival);
        let suppressed = suppressed(store, organisation, &stored, &loaded.customer).await?;
        let events: Vec<Event> = stored.into_iter().map(|stored| stored.event).collect();
        let first = events.iter().map(|event| event.time).min();
        let customer = first.map_or(loaded.customer.clone(), |first| before(loaded.customer, first));
        Ok(Some(Self { customer, events, suppressed, cut }))
    }

    /// Whether anything of it is named so.
    pub(super) fn names_any(&self, names: &BTreeSet<words::EventName>) -> bool {
        self.events.iter().any(|event| names.contains(&event.name))
    }
}

async fn suppressed(
    store: &dyn Store,
    organisation: &OrganisationId,
    events: &[StoredEvent],
    customer: &Customer,
) -> Result<BTreeSet<(Channel, String)>> {
    let channels = || Channel::SENDING.iter().map(|name| Channel::new(*name));
    let mut addresses: BTreeSet<(Channel, String)> =
        channels().filter_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?))).collect();
    // Addresses that the customer had before, too.
    for stored in events {
        for (property, channel) in [("email", "email"), ("mobile", "sms"), ("mobile", "whatsapp")] {
            addresses.extend(stored.event.text(property).map(|address| (Channel::new(channel), address)));
        }
    }
    let addresses: Vec<_> = addresses.into_iter().collect();
    let found = store.suppressed(organisation, &addresses).await?;
    Ok(found.into_iter().map(|one| (one.channel, one.address)).collect())
}

/// What was known of a customer before a moment: what was said later comes with the events themselves.
fn before(customer: Customer, moment: Timestamp) -> Customer {
    let mut past = Customer { known: BTreeMap::new(), ..customer.clone() };
    for (property, said) in &customer.known {
        if *said < moment {
            past.known.insert(property.clone(), *said);
            continue;
        }
        match property.as_str() {
            "first_name" => past.name.first = None,
            "last_name" => past.name.last = None,
            "salutation" => past.name.salutation = None,
            "email" => past.email = None,
            "mobile" => past.mobile = None,
            "street" => past.address.street = None,
            "postcode" => past.address.postcode = None,
            "town" => past.address.town = None,
            "zone" => past.zone = None,
            "language" => past.language = None,
            "address_as" => past.address_as = None,
            "channels" => past.channels.clear(),
            "personas" => past.personas.clear(),
            _ => {}
        }
    }
    past.consents.retain(|_, consent| consent.time < moment);
    past
}

/// Lives through what was recorded. What the product did itself is left out, since it does it anew; what customers and staff
/// did upon that happens only if it did it this time too.
pub(super) struct Again {
    events: VecDeque<Event>,
}

impl Again {
    pub(super) fn new(remembered: &Remembered) -> Self {
        Self { events: remembered.events.iter().cloned().collect() }
    }
}

impl Actor for Again {
    fn next(&self) -> Option<Timestamp> {
        self.events.front().map(|event| event.received)
    }

    fn act(&mut self, product: Product<'_>, _now: Timestamp) -> Vec<Act> {
        let event = self.events.pop_front().filter(|event| happens(event, product));
        event.map(|event| Act { event, ours: true, strand: 0 }).into_iter().collect()
    }
}

fn happens(event: &Event, product: Product<'_>) -> bool {
    if event.source != words::Event::OURS {
        return true;
    }
    let sent = |key: EffectKey| {
        let message = product.messages.get(&key);
        message.is_some_and(|message| matches!(message.state, SendState::Sent { .. }))
    };
    match (event.name.as_str(), event.text("key").map(EffectKey::stored)) {
        ("message.sent" | "message.failed", _) => false,
        ("message.delivered" | "message.read" | "answer.given", Some(key)) => sent(key),
        ("task.done", Some(key)) => product.tasks.contains(&key),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use words::{Consent, Name};

    use super::*;

    #[test]
    fn a_customer_is_known_as_far_as_was_known_before() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (early, late) = (at("2026-09-01T08:00:00Z"), at("2026-11-01T08:00:00Z"));
        let consent = |time| Consent { given: true, time, proof: "x/1".into() };
        let today = Customer {
            name: Name { first: Some("Sanne".into()), ..Name::default() },
            email: Some("sanne@example.org".into()),
            consents: [("marketing".to_owned(), consent(late)), ("leestips".to_owned(), consent(early))].into(),
            known: [("first_name".to_owned(), early), ("email".to_owned(), late)].into(),
            ..Customer::unknown(CustomerId::from_u128(1))
        };
        let past = before(today, at("2026-10-01T08:00:00Z"));
        assert_eq!((past.name.first.as_deref(), past.email.as_deref()), (Some("Sanne"), None));
        assert_eq!(past.consents.keys().collect::<Vec<_>>(), ["leestips"]);
        assert!(past.known.contains_key("first_name") && !past.known.contains_key("email"), "the event will say it");
    }
}
