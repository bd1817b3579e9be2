use jiff::Timestamp;
use store::{Merge, UndoneMerge};
use uuid::Uuid;
use words::{CustomerId, OrganisationId};

use super::batch::{Batch, take};
use super::moving::Back;
use super::{Kept, Runner};
use crate::Result;

/// How often it is tried when something else happens to the customers at the same moment.
const TRIES_MAX: u32 = 4;

/// What came of taking a merge back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parted {
    /// They are two again.
    Done {
        /// Runs that went back.
        back: usize,
    },
    /// No such merge, or it was taken back already.
    NotThere,
    /// The winner turned out to be another since: that merge is to be taken back first.
    MergedOn,
    /// Too much happens to these customers at this moment; nothing changed.
    Busy,
}

impl Runner {
    /// Takes a merge back. What was learnt since stays with the winner; runs that were folded stay folded. The two are never
    /// merged again.
    pub async fn part(
        &self,
        organisation: &OrganisationId,
        (winner, loser, time): (CustomerId, CustomerId, Timestamp),
        by: Option<Uuid>,
    ) -> Result<Parted> {
        for _ in 0..TRIES_MAX {
            let found = self.store.merge(organisation, winner, loser, time).await?;
            let Some(merge) = found.filter(|merge| merge.undone.is_none()) else { return Ok(Parted::NotThere) };
            let (parted, conflicts) = self.part_once(organisation, &merge, by).await?;
            if conflicts == 0 {
                return Ok(parted);
            }
        }
        Ok(Parted::Busy)
    }
}

impl Batch<'_> {
    /// Two again; `by`: who says so.
    pub(super) async fn part(&mut self, merge: &Merge, by: Option<Uuid>) -> Result<Parted> {
        let Merge { winner, loser, time, .. } = *merge;
        let kept = Kept::read(merge)?;
        self.load(&[winner, loser].into()).await?;
        let forwards = |id| self.stepping.get(&id).map(|stepping| stepping.forwards_to);
        match (forwards(winner), forwards(loser)) {
            (Some(None), Some(Some(to))) if to == winner => {}
            (Some(Some(_)), _) => return Ok(Parted::MergedOn),
            _ => return Ok(Parted::NotThere),
        }
        let names = self.store.aliases_of(self.organisation(), winner).await?;
        let (Some(mut stays), Some(mut leaves)) = (self.stepping.remove(&winner), self.stepping.remove(&loser)) else {
            return Ok(Parted::NotThere);
        };
        let runs = kept.runs();
        let parting = engine::Parting { before: &kept.before, joined: &kept.joined, loser: &kept.loser, runs: &runs };
        let older = self.older();
        let parted = engine::part(&self.world_with(&older), &mut stays.traveller, parting, self.now);
        leaves.traveller = parted.loser;
        leaves.forwards_to = None;
        let back: Vec<_> = leaves.traveller.runs.iter().map(|run| run.run.id).collect();
        let told = Back { runs: &back, undone: UndoneMerge { loser, time, by }, names, theirs: &kept.names };
        stays.changing.give_back(&mut leaves.changing, told);
        let mut messages = take(&mut self.objects, &mut self.bound, &mut stays, parted.of_winner);
        messages.extend(take(&mut self.objects, &mut self.bound, &mut leaves, parted.of_loser));
        leaves.changing.objects_were_of(winner);
        self.stepping.insert(winner, stays);
        self.stepping.insert(loser, leaves);
        // The one who leaves has its addresses again.
        self.look_at_suppressions().await?;
        for row in messages {
            self.decide(row.customer, row, false);
        }
        Ok(Parted::Done { back: back.len() })
    }
}
