use jiff::Timestamp;
use journey::{Funnel, Order};
use words::RunId;

use super::{any::Together, chain::Chains, query::Query};
use crate::{Columns, MeasureError, durations::Durations};

/// Counts of one funnel; counts of other runs can be added.
#[derive(Clone, Debug, PartialEq)]
pub struct FunnelTally {
    pub(super) steps: Vec<StepTally>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StepTally {
    /// Runs that reached this step.
    pub(super) reached: u64,
    /// Runs whose last step it is and that may still go on.
    pub(super) open: u64,
    pub(super) since_previous: Durations,
    pub(super) since_first: Durations,
}

/// Where one run stands in a funnel.
pub(crate) struct Standing<'a> {
    /// How many steps it took.
    pub(crate) level: usize,
    /// When, one per step taken.
    pub(crate) times: &'a [i64],
    /// Whether it may still take the next.
    pub(crate) open: bool,
}

/// Counts a funnel. A run that did not get past a step is *still open* when it has neither ended nor dropped off and its
/// window had not passed at `as_of`.
pub fn funnel(columns: &Columns, funnel: &Funnel, as_of: Timestamp) -> Result<FunnelTally, MeasureError> {
    let mut tally = FunnelTally { steps: vec![StepTally::default(); funnel.steps.len()] };
    each_run(columns, funnel, as_of, |_, standing| tally.add(&standing))?;
    Ok(tally)
}

/// Says of every run that took the first step where it stands.
pub(crate) fn each_run(
    columns: &Columns,
    funnel: &Funnel,
    as_of: Timestamp,
    mut see: impl FnMut(RunId, Standing<'_>),
) -> Result<(), MeasureError> {
    let query = Query::new(funnel, columns.touchpoints())?;
    let as_of = as_of.as_microsecond();
    let mut chains = Chains::new(query.steps.len());
    let mut together = Together::default();
    for run in columns.iter() {
        let (level, times, open_start) = if query.order == Order::Any {
            together.walk(&query, run.codes, run.times);
            (together.level, together.best.as_slice(), together.open_start)
        } else {
            chains.walk(&query, run.codes, run.times);
            (chains.level, &chains.best[..chains.level], chains.open_start)
        };
        if level == 0 {
            continue;
        }
        let open = level < query.steps.len()
            && open_start.is_some_and(|start| query.in_time(start, as_of))
            && columns.is_open(run.index);
        see(columns.runs.ids[run.index], Standing { level, times, open });
    }
    Ok(())
}

impl FunnelTally {
    fn add(&mut self, standing: &Standing<'_>) {
        let first = standing.times[0];
        for (at, step) in self.steps[..standing.level].iter_mut().enumerate() {
            step.reached += 1;
            if at > 0 {
                step.since_previous.push(standing.times[at] - standing.times[at - 1]);
                step.since_first.push(standing.times[at] - first);
            }
        }
        self.steps[standing.level - 1].open += u64::from(standing.open);
    }

    /// How many runs reached each step.
    pub fn reached(&self) -> Vec<u64> {
        self.steps.iter().map(|step| step.reached).collect()
    }

    /// Adds the counts of other runs for the same funnel.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.steps.iter_mut().zip(&other.steps) {
            mine.reached += theirs.reached;
            mine.open += theirs.open;
            mine.since_previous.merge(&theirs.since_previous);
            mine.since_first.merge(&theirs.since_first);
        }
    }
}
