use journey::Funnel;
use words::{Figure, TouchpointId, Window};

use super::FunnelTally;
use crate::{
    definitions,
    estimate::{count, share},
};

/// A funnel as shown.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FunnelFigures {
    /// Its name.
    pub id: String,
    /// As shown.
    pub title: String,
    /// In order. With `order: any` step k is "k different steps", whichever.
    pub steps: Vec<FunnelStep>,
}

/// One step of a funnel. Of every run that reached it: went on, still open, or lost.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FunnelStep {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// Runs that reached it: `funnel.runs`.
    pub runs: Figure,
    /// As a share of the first step: `funnel.share`.
    pub share: Figure,
    /// As a share of the decided runs at the step before: `funnel.step_share`; none at the first step.
    pub step_share: Option<Figure>,
    /// Not farther yet: `funnel.open`.
    pub open: Figure,
    /// Not farther any more: `funnel.lost`; zero at the last step.
    pub lost: Figure,
    /// Median seconds since the step before: `funnel.since_previous`; none at the first step.
    pub since_previous: Option<Figure>,
    /// Median seconds since the first step: `funnel.since_first`; none at the first step.
    pub since_first: Option<Figure>,
}

impl FunnelTally {
    /// The counts as figures.
    pub fn figures(&self, funnel: &Funnel, window: Window) -> FunnelFigures {
        let first = self.steps.first().map_or(0, |step| step.reached);
        let step = |(at, id): (usize, &TouchpointId)| {
            let here = &self.steps[at];
            let next = self.steps.get(at + 1).map_or(here.reached, |step| step.reached);
            let previous = at.checked_sub(1).map(|before| &self.steps[before]);
            FunnelStep {
                touchpoint: id.clone(),
                runs: count(here.reached, definitions::FUNNEL_RUNS, window),
                share: share(here.reached, first, definitions::FUNNEL_SHARE, window),
                step_share: previous.map(|before| {
                    let decided = before.reached - before.open;
                    share(here.reached, decided, definitions::FUNNEL_STEP_SHARE, window)
                }),
                open: count(here.open, definitions::FUNNEL_OPEN, window),
                lost: count(here.reached - next - here.open, definitions::FUNNEL_LOST, window),
                since_previous: previous
                    .map(|_| here.since_previous.figure(definitions::FUNNEL_SINCE_PREVIOUS, window)),
                since_first: previous.map(|_| here.since_first.figure(definitions::FUNNEL_SINCE_FIRST, window)),
            }
        };
        FunnelFigures {
            id: funnel.id.clone(),
            title: funnel.title.clone().unwrap_or_else(|| funnel.id.clone()),
            steps: funnel.steps.iter().enumerate().map(step).collect(),
        }
    }
}
