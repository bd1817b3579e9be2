use engine::Folded;
use store::{AliasKind, MovedRun, UndoneMerge};
use words::{CustomerId, RunId};

use super::Changing;
use crate::answering;

/// The runs of two customers as they are stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoredRuns<'a> {
    pub(super) of_winner: &'a [RunId],
    pub(super) of_loser: &'a [RunId],
}

/// What goes back to a customer who was merged by mistake.
pub(super) struct Back<'a> {
    pub(super) runs: &'a [RunId],
    pub(super) undone: UndoneMerge,
    /// The winner's names as they are stored.
    pub(super) names: Vec<(AliasKind, String)>,
    /// Those that go back; whether each is an id in a sending system.
    pub(super) theirs: &'a [(bool, String)],
}

/// Where a contact went by folding.
fn renamed(folded: &[Folded], run: RunId) -> (RunId, u32) {
    folded.iter().find(|one| one.from == run).map_or((run, 0), |one| (one.into, one.sequence_offset))
}

impl Changing {
    /// Takes over what changes for a customer who turns out to be this one, and tells the store what to move; gives what is to
    /// be written for the loser. `names`: the loser's, as they are stored.
    pub(super) fn take_over(
        &mut self,
        loser: Self,
        names: Vec<(AliasKind, String)>,
        stored: StoredRuns<'_>,
        folded: &[Folded],
    ) -> Self {
        let winner = self.customer();
        let left = loser.left_behind(winner, stored.of_loser);
        let lost = left.customer();
        let names = names.into_iter().map(|(kind, value)| store::Alias { kind, value, instead_of: Some(lost) });
        self.change.aliases.extend(names);
        let runs: Vec<RunId> = loser.runs.iter().copied().collect();
        self.absorb(loser.change, winner);
        self.runs.extend(runs);
        self.told.extend(loser.told);
        self.profile = true;
        self.change.joined = Some(winner);
        let moved = |from: CustomerId, run: RunId| {
            let (into, sequence_offset) = renamed(folded, run);
            MovedRun { from, run, into, sequence_offset }
        };
        let all = stored.of_loser.iter().chain([&answering::NO_RUN]);
        self.change.moved_runs.extend(all.map(|run| moved(lost, *run)));
        let own = stored.of_winner.iter().filter(|run| folded.iter().any(|one| one.from == **run));
        for run in own {
            self.change.moved_runs.push(moved(winner, *run));
            self.change.removed_runs.push(*run);
        }
        self.rename(folded);
        left
    }

    /// Takes a merge back: runs and names go to the one who was the loser.
    pub(super) fn give_back(&mut self, loser: &mut Self, back: Back<'_>) {
        let winner = self.customer();
        let is_theirs = |(kind, name): &(AliasKind, String)| {
            back.theirs.iter().any(|(user, theirs)| (*kind == AliasKind::User) == *user && theirs == name)
        };
        let (theirs, own): (Vec<_>, Vec<_>) = back.names.into_iter().partition(is_theirs);
        self.change.aliases.extend(own.into_iter().map(|(kind, value)| store::Alias { kind, value, instead_of: None }));
        let given = theirs.into_iter();
        loser.change.aliases.extend(given.map(|(kind, value)| store::Alias { kind, value, instead_of: Some(winner) }));
        self.change.removed_runs.extend(back.runs);
        self.change.undone_merge = Some(back.undone);
        let moved = |run: &RunId| MovedRun { from: winner, run: *run, into: *run, sequence_offset: 0 };
        loser.change.moved_runs.extend(back.runs.iter().map(moved));
        loser.change.stands_alone = true;
        loser.runs.extend(back.runs);
        for one in [self, loser] {
            one.profile = true;
            one.change.joined = Some(winner);
        }
    }

    /// The loser: forwards, without anything of its own.
    fn left_behind(&self, winner: CustomerId, stored: &[RunId]) -> Self {
        let change = &self.change;
        let mut left = Self::new(change.organisation.clone(), change.customer, change.revision, change.time);
        left.profile = true;
        left.change.forwards_to = Some(winner);
        left.change.joined = Some(winner);
        left.change.removed_runs = [stored, &[answering::NO_RUN]].concat();
        left
    }

    /// What was to be written for another is written for this customer.
    fn absorb(&mut self, theirs: store::Change, customer: CustomerId) {
        let mine = &mut self.change;
        mine.aliases.extend(theirs.aliases);
        for object in theirs.objects {
            bind(&mut mine.objects, object);
        }
        mine.contacts.extend(theirs.contacts.into_iter().map(|contact| words::Contact { customer, ..contact }));
        mine.learnt.extend(theirs.learnt);
        mine.outbox.extend(theirs.outbox.into_iter().map(|row| store::OutboxRow { customer, ..row }));
        mine.redecided.extend(theirs.redecided.into_iter().map(|row| store::OutboxRow { customer, ..row }));
        mine.tasks.extend(theirs.tasks.into_iter().map(|row| store::TaskRow { customer, ..row }));
        mine.withdrawn.extend(theirs.withdrawn);
        mine.closed_tasks.extend(theirs.closed_tasks);
        mine.decisions.extend(theirs.decisions);
        let outcomes = theirs.outcomes.into_iter();
        mine.outcomes.extend(outcomes.map(|one| store::EventOutcome { customer: Some(customer), ..one }));
        mine.counts.extend(theirs.counts);
    }

    /// What hangs on a run that was folded hangs on the other from now on.
    fn rename(&mut self, folded: &[Folded]) {
        let change = &mut self.change;
        for contact in &mut change.contacts {
            let (run, offset) = renamed(folded, contact.run);
            (contact.run, contact.sequence) = (run, contact.sequence + offset);
        }
        for learnt in &mut change.learnt {
            let (run, offset) = renamed(folded, learnt.run);
            (learnt.run, learnt.sequence) = (run, learnt.sequence + offset);
        }
        for row in change.outbox.iter_mut().chain(&mut change.redecided) {
            row.run = renamed(folded, row.run).0;
        }
        for task in &mut change.tasks {
            task.run = renamed(folded, task.run).0;
        }
        for object in &mut change.objects {
            object.run = object.run.map(|run| renamed(folded, run).0);
        }
    }
}

/// An object once, with the run that was said last.
pub(super) fn bind(objects: &mut Vec<store::Object>, object: store::Object) {
    match objects.iter_mut().find(|known| known.kind == object.kind && known.id == object.id) {
        Some(known) => known.run = object.run.or(known.run),
        None => objects.push(object),
    }
}
