use journey::Definition;
use words::{RunId, TouchpointId};

use crate::{
    Columns, Fate, MeasureError, Selection, choose::for_definition, columns::RunSlice, funnel::each_run,
    summary::outcome,
};

/// A number on the map or among the figures whose runs one wants to see.
#[derive(Clone, Debug, PartialEq)]
pub enum Who {
    /// All runs of the selection.
    Started,
    /// `reach.runs` of a touchpoint.
    Had(TouchpointId),
    /// `reach.again` of a touchpoint.
    HadAgain(TouchpointId),
    /// `loop.share`: went from the one back to the other.
    Looped {
        /// The touchpoint that leads back.
        from: TouchpointId,
        /// Where to.
        to: TouchpointId,
    },
    /// A fate, at one touchpoint or wherever, for one reason (`Some(None)`: unknown) or any.
    Fate {
        /// Where.
        at: Option<TouchpointId>,
        /// What.
        fate: Fate,
        /// Why.
        reason: Option<Option<String>>,
    },
    /// `goal.share`: reached it, or did not.
    Goal(bool),
    /// `funnel.runs` at a step, from 0.
    FunnelReached(String, usize),
    /// `funnel.open` at a step, from 0.
    FunnelOpen(String, usize),
    /// `funnel.lost` at a step, from 0.
    FunnelLost(String, usize),
}

/// The runs behind a number, by id.
pub fn members(
    columns: &Columns,
    definition: &Definition,
    selection: &Selection,
    who: &Who,
) -> Result<Vec<RunId>, MeasureError> {
    let chosen = for_definition(columns, definition, selection);
    match who {
        Who::FunnelReached(id, step) => in_funnel(&chosen, definition, selection, id, |level, _, _| level > *step),
        Who::FunnelOpen(id, step) => {
            in_funnel(&chosen, definition, selection, id, |level, open, _| level == step + 1 && open)
        }
        Who::FunnelLost(id, step) => in_funnel(&chosen, definition, selection, id, |level, open, steps| {
            level == step + 1 && !open && level < steps
        }),
        _ => {
            let found = chosen.iter().filter(|run| is_member(&chosen, run, who));
            Ok(found.map(|run| chosen.runs.ids[run.index]).collect())
        }
    }
}

fn in_funnel(
    columns: &Columns,
    definition: &Definition,
    selection: &Selection,
    id: &str,
    wanted: impl Fn(usize, bool, usize) -> bool,
) -> Result<Vec<RunId>, MeasureError> {
    let mut found = Vec::new();
    if let Some(funnel) = definition.funnels.iter().find(|funnel| funnel.id == id) {
        each_run(columns, funnel, selection.as_of, |run, standing| {
            if wanted(standing.level, standing.open, funnel.steps.len()) {
                found.push(run);
            }
        })?;
    }
    Ok(found)
}

fn is_member(columns: &Columns, run: &RunSlice<'_>, who: &Who) -> bool {
    let times_had = |id: &TouchpointId| {
        let code = columns.touchpoints.find(id.as_str());
        run.codes.iter().filter(|other| Some(**other) == code).count()
    };
    match who {
        Who::Had(id) => times_had(id) > 0,
        Who::HadAgain(id) => times_had(id) > 1,
        Who::Looped { from, to } => {
            let code = |id: &TouchpointId| columns.touchpoints.find(id.as_str());
            let left = run.codes.iter().position(|other| Some(*other) == code(from));
            left.is_some_and(|left| run.codes[left + 1..].iter().any(|other| Some(*other) == code(to)))
        }
        Who::Goal(reached) => columns.runs.goals.get(run.index as u32).is_some() == *reached,
        Who::Fate { at, fate, reason } => {
            let found = outcome(columns, run);
            let here = at.as_ref().is_none_or(|id| {
                times_had(id) > 0
                    && (columns.touchpoints.find(id.as_str()) == Some(found.after)) != (*fate == Fate::WentOn)
            });
            let because = columns.reasons.get(found.reason);
            let same_fate = *fate == Fate::WentOn || found.fate == *fate;
            here && same_fate && reason.as_ref().is_none_or(|reason| reason.as_deref() == because)
        }
        Who::Started | Who::FunnelReached(..) | Who::FunnelOpen(..) | Who::FunnelLost(..) => true,
    }
}
