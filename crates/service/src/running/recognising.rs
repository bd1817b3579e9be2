//! Whom events are about: names and objects looked up at once, before customers are stepped one by one.

use std::collections::BTreeSet;

use engine::{Aliases, ObjectRef};
use store::{AliasKind, Owner, StoredEvent};
use words::{Channel, CustomerId, Event, Identity};

use super::batch::Batch;
use crate::Result;
use crate::answering::normal;

impl Batch<'_> {
    /// Who the names and objects in an event stand for, as this batch knows it.
    pub(super) async fn known(&self, event: &Event) -> Result<Aliases> {
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
    pub(super) async fn look_up(&mut self, events: &[StoredEvent]) -> Result<()> {
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

    /// Which addresses of the loaded customers are suppressed; to be called before anything is decided.
    pub(super) async fn look_at_suppressions(&mut self) -> Result<()> {
        // As the list has them, and as the customer gave them.
        let mut addresses: Vec<((Channel, String), String)> = Vec::new();
        for stepping in self.stepping.values() {
            let customer = &stepping.traveller.profile.customer;
            let channels = Channel::SENDING.iter().map(|name| Channel::new(*name));
            addresses.extend(channels.filter_map(|channel| {
                let given = customer.reached_by(&channel)?;
                let kept = normal(&channel, &given);
                Some(((channel, kept), given))
            }));
        }
        if addresses.is_empty() {
            return Ok(());
        }
        let kept: Vec<_> = addresses.iter().map(|(kept, _)| kept.clone()).collect();
        let found = self.store.suppressed(self.organisation(), &kept).await?;
        let found: BTreeSet<_> = found.into_iter().map(|one| (one.channel, one.address)).collect();
        let given = addresses.into_iter().filter(|(kept, _)| found.contains(kept));
        let found: BTreeSet<_> = given.map(|((channel, _), given)| (channel, given)).collect();
        if !found.is_empty() {
            for stepping in self.stepping.values_mut() {
                stepping.suppressed = found.clone();
            }
        }
        Ok(())
    }
}
