//! Who acts in a life, and what of the product they act upon.

use std::collections::BTreeMap;

use engine::Traveller;
use jiff::{Timestamp, tz::TimeZone};
use store::OutboxRow;
use words::{Contact, EffectKey, Event};

use crate::doing::Came;
use crate::person::Person;
use crate::reacting::Given;
use crate::scene::Staged;
use crate::view::View;

/// What the product knows at the moment at which somebody acts.
#[derive(Clone, Copy)]
pub(crate) struct Product<'a> {
    pub(crate) traveller: &'a Traveller,
    /// Every message that was asked for so far.
    pub(crate) messages: &'a BTreeMap<EffectKey, OutboxRow>,
    /// Open tasks.
    pub(crate) tasks: &'a [EffectKey],
}

/// One event that somebody causes.
pub(crate) struct Act {
    pub(crate) event: Event,
    /// Whether it is known whom it is about: from our own pages, or found out before.
    pub(crate) ours: bool,
    pub(crate) strand: usize,
}

/// Acts in a life: somebody simulated, or what was recorded of somebody.
pub(crate) trait Actor {
    /// When something happens next.
    fn next(&self) -> Option<Timestamp>;
    /// What happens then; nothing when it falls through.
    fn act(&mut self, product: Product<'_>, now: Timestamp) -> Vec<Act>;
    /// After an event was taken in.
    fn heard(&mut self, _traveller: &Traveller, _event: &Event, _strand: usize) {}
    /// After a contact.
    fn met(&mut self, _traveller: &Traveller, _contact: &Contact) {}
    /// After staff got a task.
    fn given(&mut self, _traveller: &Traveller, _task: &Given) {}
}

/// A simulated customer, with staff who do their tasks.
pub(crate) struct Acting<'a> {
    pub(crate) person: Person,
    pub(crate) staged: &'a Staged,
    pub(crate) zone: &'a TimeZone,
}

impl<'a> Acting<'a> {
    fn view<'v>(&self, traveller: &'v Traveller) -> View<'v>
    where
        'a: 'v,
    {
        View { staged: self.staged, traveller, zone: self.zone }
    }
}

impl Actor for Acting<'_> {
    fn next(&self) -> Option<Timestamp> {
        self.person.next()
    }

    fn act(&mut self, product: Product<'_>, now: Timestamp) -> Vec<Act> {
        let Some(pending) = self.person.take_next() else { return Vec::new() };
        let view = self.view(product.traveller);
        let Came::Deed(deed) = self.person.act(pending, view, now) else { return Vec::new() };
        if deed.task.is_some_and(|key| !product.tasks.contains(&key)) {
            return Vec::new();
        }
        let (ours, strand) = (deed.ours, deed.strand);
        deed.events.into_iter().map(|event| Act { event, ours, strand }).collect()
    }

    fn heard(&mut self, traveller: &Traveller, event: &Event, strand: usize) {
        let view = self.view(traveller);
        self.person.heard(view, event, strand);
    }

    fn met(&mut self, traveller: &Traveller, contact: &Contact) {
        if contact.journey == self.staged.behaviour.journey {
            let view = self.view(traveller);
            self.person.met(view, contact);
        }
    }

    fn given(&mut self, traveller: &Traveller, task: &Given) {
        let view = self.view(traveller);
        self.person.given(view, task);
    }
}
