use words::EventName;

use crate::model::{Definition, EndOn, EventMatch, Touchpoint, When};

/// Every event that a definition names, anchors apart: they could mean something else.
pub(super) fn named(definition: &Definition) -> Vec<&EventName> {
    let ends = definition.ends.iter().flat_map(|end| match &end.on {
        EndOn::Events(events) => events.as_slice(),
        EndOn::After { .. } => &[],
    });
    let goal = definition.goal.iter().flat_map(|goal| &goal.on);
    let touchpoints = definition.touchpoints.iter().flat_map(of_touchpoint);
    let counted = definition.touchpoints.iter().filter_map(|t| t.counted.as_ref());
    let all = definition.starts.iter().chain(ends).chain(goal);
    let mut names: Vec<&EventName> = all.chain(touchpoints).map(|matched| &matched.event).chain(counted).collect();
    names.sort();
    names.dedup();
    names
}

fn of_touchpoint(touchpoint: &Touchpoint) -> impl Iterator<Item = &EventMatch> {
    let when = match &touchpoint.when {
        Some(When::Events(events)) => events.as_slice(),
        _ => &[],
    };
    let done = touchpoint.task.iter().flat_map(|task| &task.done);
    let kept = touchpoint.promise.iter().flat_map(|promise| promise.kept_by());
    touchpoint.seen.iter().chain(when).chain(done).chain(kept)
}
