use std::collections::BTreeSet;

use words::TouchpointId;

use crate::model::{Anchor, Definition, Touchpoint, When};
use crate::problem::Gate;

/// What hangs on a touchpoint that can never happen, and a journey in which none can: each with its field.
pub(super) fn never(definition: &Definition) -> Vec<(Gate, String)> {
    let coming = coming(definition);
    if coming.is_empty() && !definition.touchpoints.is_empty() {
        return vec![(Gate::NothingComes, "touchpoints".to_owned())];
    }
    let hangs = definition.touchpoints.iter().filter(|touchpoint| !coming.contains(&touchpoint.id));
    hangs
        .filter_map(|touchpoint| {
            let anchor = definition.touchpoint(anchor(touchpoint)?)?;
            // What follows something that is told already has the same remedy.
            (anchor.when.is_none() || goes_round(touchpoint, definition)).then(|| {
                let gate = Gate::NeverComes { title: touchpoint.title.clone(), anchor: anchor.title.clone() };
                (gate, format!("touchpoints.{}.when", touchpoint.id))
            })
        })
        .collect()
}

/// Whether it follows itself, over others.
fn goes_round(touchpoint: &Touchpoint, definition: &Definition) -> bool {
    let before = |id: &TouchpointId| definition.touchpoint(id).and_then(anchor);
    let chain = std::iter::successors(anchor(touchpoint), |id| before(id));
    chain.take(definition.touchpoints.len()).any(|id| *id == touchpoint.id)
}

/// The touchpoints that can happen: an event, a fact, the clock or a condition brings them, or another that can happen.
fn coming(definition: &Definition) -> BTreeSet<&TouchpointId> {
    let mut coming = BTreeSet::new();
    loop {
        let before = coming.len();
        for touchpoint in &definition.touchpoints {
            let by_itself = !touchpoint.seen.is_empty() || touchpoint.task.is_some();
            let follows = || touchpoint.when.is_some() && anchor(touchpoint).is_none_or(|id| coming.contains(id));
            if by_itself || follows() {
                coming.insert(&touchpoint.id);
            }
        }
        if coming.len() == before {
            return coming;
        }
    }
}

/// The touchpoint that it follows.
fn anchor(touchpoint: &Touchpoint) -> Option<&TouchpointId> {
    match &touchpoint.when {
        Some(When::Moment(moment)) => match &moment.anchor {
            Anchor::Touchpoint(id) => Some(id),
            Anchor::Fact(_) | Anchor::Event(_) => None,
        },
        _ => None,
    }
}
