//! Events that would bring back somebody who was erased.

use std::collections::BTreeSet;

use store::{AliasKind, Erased, Store};
use words::{CustomerId, Event, OrganisationId, digest};

use crate::Result;

/// The tombstones that a number of events may meet.
pub(crate) struct Gate {
    salt: Option<[u8; 32]>,
    buried: BTreeSet<[u8; 32]>,
    /// Customer ids of sending systems that belong to somebody who is there.
    known: BTreeSet<String>,
}

/// What an event says of who it is about.
fn named(event: &Event) -> Vec<Erased> {
    let identity = &event.identity;
    let mut named: Vec<Erased> = identity.customer.iter().cloned().map(Erased::User).collect();
    named.extend(engine::previous_id(event).map(|previous| Erased::User(previous.to_owned())));
    named.extend(identity.anonymous.iter().cloned().map(Erased::Anonymous));
    if identity.customer.is_none() && identity.anonymous.is_none() {
        named.extend(event.objects().into_iter().map(|(kind, id)| Erased::Object(kind, id)));
    }
    named
}

fn addresses(event: &Event) -> impl Iterator<Item = Erased> + '_ {
    ["email", "mobile", "phone"].into_iter().filter_map(|name| event.text(name)).map(Erased::Address)
}

impl Gate {
    /// Looks everything up at once; where nobody was ever erased that is one look for all.
    pub(crate) async fn look<'e>(
        store: &dyn Store,
        organisation: &OrganisationId,
        events: impl IntoIterator<Item = (&'e Event, Option<CustomerId>)>,
    ) -> Result<Self> {
        let mut gate = Self { salt: store.salt(organisation).await?, buried: BTreeSet::new(), known: BTreeSet::new() };
        let Some(salt) = gate.salt else { return Ok(gate) };
        let (mut wanted, mut by_address) = (BTreeSet::new(), BTreeSet::new());
        let mut events_with_address = Vec::new();
        for (event, customer) in events {
            wanted.extend(named(event).iter().map(|name| name.digest(&salt)));
            wanted.extend(customer.map(|customer| Erased::Customer(customer).digest(&salt)));
            let before = by_address.len();
            by_address.extend(addresses(event).map(|address| address.digest(&salt)));
            if by_address.len() > before {
                events_with_address.push(event);
            }
        }
        wanted.extend(&by_address);
        gate.buried = store.tombstones(organisation, wanted.into_iter().collect()).await?;
        if gate.buried.iter().any(|digest| by_address.contains(digest)) {
            let names: BTreeSet<String> =
                events_with_address.into_iter().filter_map(|event| event.identity.customer.clone()).collect();
            let names: Vec<_> = names.into_iter().map(|name| (AliasKind::User, name)).collect();
            let found = store.by_alias(organisation, &names).await?;
            let known = names.into_iter().zip(found).filter(|(_, found)| found.is_some());
            gate.known = known.map(|((_, name), _)| name).collect();
        }
        Ok(gate)
    }

    fn has(&self, name: &Erased) -> bool {
        self.salt.is_some_and(|salt| self.buried.contains(&name.digest(&salt)))
    }

    /// Whether an event is about somebody who was erased. An address alone does not count against somebody who is known: two
    /// may share one.
    pub(crate) fn stops(&self, event: &Event, customer: Option<CustomerId>) -> bool {
        if self.buried.is_empty() {
            return false;
        }
        let is_known = event.identity.customer.as_ref().is_some_and(|name| self.known.contains(name));
        customer.is_some_and(|customer| self.has(&Erased::Customer(customer)))
            || named(event).iter().any(|name| self.has(name))
            || (!is_known && addresses(event).any(|address| self.has(&address)))
    }

    /// The event as one about a new person whom nobody can name: the ids of things, numbers and yes or no stay. `None`: it says
    /// only who somebody is.
    pub(crate) fn nameless(&self, mut event: Event) -> Option<Event> {
        let salt = self.salt?;
        if event.name.object() == "customer" {
            return None;
        }
        let hex = |bytes: [u8; 32]| bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let named = event.identity.customer.clone().or(event.identity.anonymous.clone());
        let salt = hex(digest(&[&hex(salt), "nameless"]));
        event.identity.anonymous = Some(hex(digest(&[&salt, &named.unwrap_or_default()])));
        event.identity.customer = None;
        event.properties.retain(|name, value| {
            let is_thing = name == "id" || name.ends_with("_id");
            is_thing || value.is_number() || value.is_boolean()
        });
        for (name, value) in &mut event.properties {
            if let (true, Some(id)) = (name == "id" || name.ends_with("_id"), value.as_str()) {
                *value = hex(digest(&[&salt, name, id])).into();
            }
        }
        Some(event)
    }
}
