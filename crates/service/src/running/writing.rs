//! What a batch gives to be written, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use store::{Change, EventRef, EventState};
use words::CustomerId;

use super::batch::{Batch, Stepping, Written};
use crate::Result;

impl Batch<'_> {
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

    /// Everything, to be written. Where runs go from one to another, the one they leave comes first: a reader of facts takes a
    /// run away before it finds it anew.
    pub(super) async fn finish(mut self) -> Result<Written> {
        self.settle_objects().await?;
        self.tell().await?;
        self.stepping.values_mut().filter(|stepping| stepping.forwards_to.is_none()).for_each(taken_in);
        let changes = self.stepping.into_values().filter(|stepping| {
            // Someone who forwarded already has nothing to write.
            stepping.forwards_to.is_none() || stepping.changing.is_joined()
        });
        let mut changes: Vec<Change> = changes.map(|stepping| stepping.changing.finish(&stepping.traveller)).collect();
        changes.sort_by_key(|change| (change.joined, change.stands_alone, change.forwards_to.is_none()));
        Ok(Written { changes, settled: self.settled, counts: self.counts, cut: self.cut, forgotten: self.forgotten })
    }
}

/// Events that waited inside the engine and no longer do, by whatever it found their run, are applied.
fn taken_in(stepping: &mut Stepping) {
    let still = &stepping.traveller.profile.waiting;
    let is_still = |event: &EventRef| {
        still.iter().any(|waiting| waiting.event.id == event.id && waiting.event.source == event.source)
    };
    let gone: Vec<EventRef> = stepping.waiting.extract_if(.., |event| !is_still(event)).collect();
    for event in gone {
        if !stepping.changing.has_outcome(&event) {
            stepping.changing.outcome(event, EventState::Applied);
        }
    }
}
