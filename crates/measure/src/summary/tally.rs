use std::collections::BTreeMap;

use super::Fate;
use crate::{
    FunnelTally,
    durations::Durations,
    estimate::{ClusterMean, Recommendations},
};

/// Counts of everything in a [`Summary`](crate::Summary). Counts of other runs can be added.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    pub(super) runs: u64,
    pub(super) fates: [u64; Fate::COUNT],
    pub(super) goal: GoalTally,
    pub(super) run_mean: ClusterMean,
    pub(super) run_peak_end: ClusterMean,
    /// One per run: the newest.
    pub(super) nps: Recommendations,
    /// In the order of the definition.
    pub(super) touchpoints: Vec<TouchpointTally>,
    pub(super) loops: Vec<LoopTally>,
    pub(super) funnels: Vec<FunnelTally>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct GoalTally {
    pub(super) reached: u64,
    pub(super) within: u64,
    pub(super) open: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TouchpointTally {
    pub(super) contacts: u64,
    pub(super) runs: u64,
    pub(super) again: u64,
    /// Runs of which it is the last in the order of the definition.
    pub(super) farthest: u64,
    pub(super) fates: [u64; Fate::COUNT],
    pub(super) reasons: BTreeMap<(Fate, Option<String>), u64>,
    pub(super) experience: ExperienceTally,
    /// Online, offline.
    pub(super) rails: [RailTally; 2],
    pub(super) since_previous: Durations,
    pub(super) marks: MarkTally,
    pub(super) nps: Recommendations,
    pub(super) asked: u64,
    pub(super) answered: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ExperienceTally {
    pub(super) mean: ClusterMean,
    pub(super) high: u64,
    pub(super) low: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RailTally {
    pub(super) contacts: u64,
    pub(super) mean: ClusterMean,
}

/// What was learnt of contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct MarkTally {
    pub(super) delivered: u64,
    pub(super) read: u64,
    pub(super) kept: u64,
    pub(super) broken: u64,
}

/// A touchpoint that leads back, and where to: places in the definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LoopTally {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) runs: u64,
    pub(super) passes: u64,
}

impl Tally {
    /// Adds the counts of other runs, for the same definition and selection.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        add(&mut self.fates, &other.fates);
        self.goal.reached += other.goal.reached;
        self.goal.within += other.goal.within;
        self.goal.open += other.goal.open;
        self.run_mean.merge(&other.run_mean);
        self.run_peak_end.merge(&other.run_peak_end);
        self.nps.merge(&other.nps);
        for (mine, theirs) in self.touchpoints.iter_mut().zip(&other.touchpoints) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.loops.iter_mut().zip(&other.loops) {
            mine.runs += theirs.runs;
            mine.passes += theirs.passes;
        }
        for (mine, theirs) in self.funnels.iter_mut().zip(&other.funnels) {
            mine.merge(theirs);
        }
    }
}

impl TouchpointTally {
    /// Runs that had it and are not still there.
    pub(super) fn decided(&self) -> u64 {
        self.runs - self.fates[Fate::Open as usize]
    }

    /// Of those the runs that went away here.
    pub(super) fn gone(&self) -> u64 {
        [Fate::Dropped, Fate::Left, Fate::Stopped].iter().map(|fate| self.fates[*fate as usize]).sum()
    }

    fn merge(&mut self, other: &Self) {
        self.contacts += other.contacts;
        self.runs += other.runs;
        self.again += other.again;
        self.farthest += other.farthest;
        add(&mut self.fates, &other.fates);
        for (key, runs) in &other.reasons {
            *self.reasons.entry(key.clone()).or_default() += runs;
        }
        self.experience.mean.merge(&other.experience.mean);
        self.experience.high += other.experience.high;
        self.experience.low += other.experience.low;
        for (mine, theirs) in self.rails.iter_mut().zip(&other.rails) {
            mine.contacts += theirs.contacts;
            mine.mean.merge(&theirs.mean);
        }
        self.since_previous.merge(&other.since_previous);
        self.marks.delivered += other.marks.delivered;
        self.marks.read += other.marks.read;
        self.marks.kept += other.marks.kept;
        self.marks.broken += other.marks.broken;
        self.nps.merge(&other.nps);
        self.asked += other.asked;
        self.answered += other.answered;
    }
}

fn add(mine: &mut [u64], theirs: &[u64]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine += theirs;
    }
}
