use std::collections::BTreeSet;

use engine::Profile;
use serde::{Deserialize, Serialize};
use store::{AliasKind, Merge};
use words::{Customer, Event, JourneyId, RunId};

use super::batch::{Batch, Stepping};
use super::moving::StoredRuns;
use crate::{Error, Result};

/// What is kept of a merge, to show it and to take it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The winner before.
    pub before: Customer,
    /// The winner as it was made.
    pub joined: Customer,
    /// The loser before, with what waited for it.
    pub loser: Profile,
    /// The loser's names that went over; whether each is an id in a sending system.
    pub names: Vec<(bool, String)>,
    /// Runs that went over whole.
    pub moved: Vec<KeptRun>,
    /// Runs that became one with another: they cannot be told apart any more.
    pub folded: Vec<KeptRun>,
}

/// A run as a page names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptRun {
    /// Which.
    pub id: RunId,
    /// Of which journey.
    pub journey: JourneyId,
    /// Its key.
    pub key: Option<String>,
}

impl Kept {
    /// As it stands in the log.
    pub fn read(merge: &Merge) -> Result<Self> {
        serde_json::from_slice(&merge.kept)
            .map_err(|error| Error::Memory { customer: merge.winner, detail: store::json_fault(&error) })
    }

    /// The runs that can go back.
    pub fn runs(&self) -> BTreeSet<RunId> {
        self.moved.iter().map(|run| run.id).collect()
    }
}

impl Batch<'_> {
    /// Makes a customer one with another, because an event says so. `false`: nothing was done, they were taken apart before.
    pub(super) async fn merge(
        &mut self,
        winner: words::CustomerId,
        loser: words::CustomerId,
        event: &Event,
    ) -> Result<bool> {
        self.ensure(winner).await?;
        self.ensure(loser).await?;
        let apart = {
            let [one, other] = [winner, loser].map(|id| self.stepping.get(&id).map(|one| &one.traveller.profile));
            one.zip(other).is_none_or(|(one, other)| one.is_apart_from(other))
        };
        if apart || winner == loser {
            return Ok(false);
        }
        let names = self.store.aliases_of(self.organisation(), loser).await?;
        let (Some(lost), Some(mut kept)) = (self.stepping.remove(&loser), self.stepping.remove(&winner)) else {
            return Ok(false);
        };
        let messages = self.join(&mut kept, lost, names, event);
        self.stepping.insert(winner, kept);
        for customer in self.aliases.values_mut().chain(self.objects.values_mut()).filter(|id| **id == loser) {
            *customer = winner;
        }
        for row in messages {
            self.decide(winner, row, false);
        }
        Ok(true)
    }

    /// The winner takes the loser over; the loser stays behind and forwards. Gives the messages that are to be decided.
    fn join(
        &mut self,
        winner: &mut Stepping,
        loser: Stepping,
        names: Vec<(AliasKind, String)>,
        event: &Event,
    ) -> Vec<store::OutboxRow> {
        let [into, lost] = [winner, &loser].map(|one| one.traveller.profile.customer.id);
        let before = winner.traveller.profile.customer.clone();
        let profile = loser.traveller.profile.clone();
        let runs: Vec<KeptRun> = loser.traveller.runs.iter().map(|state| kept_run(&state.run)).collect();
        let older = self.older();
        let merged = engine::merge(&self.world_with(&older), &mut winner.traveller, loser.traveller, self.now);
        let stored = StoredRuns { of_winner: &winner.stored, of_loser: &loser.stored };
        let pending = loser.changing.names();
        let left = winner.changing.take_over(loser.changing, names.clone(), stored, &merged.folded);
        let (folded, moved) =
            runs.into_iter().partition(|run| merged.folded.iter().any(|one| one.from == run.id || one.into == run.id));
        let kept = Kept {
            before,
            joined: winner.traveller.profile.customer.clone(),
            loser: profile,
            names: names.into_iter().chain(pending).map(|(kind, name)| (kind == AliasKind::User, name)).collect(),
            moved,
            folded,
        };
        winner.changing.log(Merge {
            winner: into,
            loser: lost,
            time: self.now,
            source: event.source.clone(),
            event: event.id.as_str().to_owned(),
            kept: serde_json::to_vec(&kept).expect("plain data becomes JSON"),
            undone: None,
            undone_by: None,
        });
        self.surroundings.tell_merged(winner, &kept.before, lost, self.now);
        winner.suppressed.extend(loser.suppressed);
        winner.stored.extend(loser.stored);
        winner.waiting.extend(loser.waiting);
        let messages = super::batch::take(&mut self.objects, &mut self.bound, winner, merged.applied);
        winner.changing.objects_were_of(lost);
        let traveller = engine::Traveller::new(Customer::unknown(lost));
        let suppressed = BTreeSet::new();
        let forwards_to = Some(into);
        let (stored, waiting) = (Vec::new(), Vec::new());
        self.stepping.insert(lost, Stepping { traveller, changing: left, suppressed, forwards_to, stored, waiting });
        messages
    }
}

fn kept_run(run: &words::Run) -> KeptRun {
    KeptRun { id: run.id, journey: run.journey.clone(), key: run.key.clone() }
}
