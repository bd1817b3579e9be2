//! Everything that a definition names.

use std::collections::BTreeSet;

use words::EventName;

use super::{Anchor, Definition, EndOn, EventMatch, Expression, Touchpoint, When};

impl Definition {
    /// Every event that it names, each once, by name. Anchors apart: they may mean something else.
    pub fn events(&self) -> Vec<&EventName> {
        let counted = self.touchpoints.iter().filter_map(|touchpoint| touchpoint.counted.as_ref());
        let mut names: Vec<&EventName> = self.matches().map(|matched| &matched.event).chain(counted).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Every event that something hangs on.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &EventName> {
        let ends = self.ends.iter().filter_map(|end| match &end.on {
            EndOn::After { anchor, .. } => Some(anchor),
            EndOn::Events(_) => None,
        });
        let moments = self.touchpoints.iter().filter_map(|touchpoint| match &touchpoint.when {
            Some(When::Moment(moment)) => Some(&moment.anchor),
            _ => None,
        });
        ends.chain(moments).filter_map(|anchor| match anchor {
            Anchor::Event(event) => Some(event),
            Anchor::Fact(_) | Anchor::Touchpoint(_) => None,
        })
    }

    /// Every condition.
    pub fn conditions(&self) -> impl Iterator<Item = &Expression> {
        let ends = self.ends.iter().filter_map(|end| match &end.on {
            EndOn::After { only, .. } => only.as_ref(),
            EndOn::Events(_) => None,
        });
        let touchpoints = self.touchpoints.iter().flat_map(|touchpoint| {
            let becomes = match &touchpoint.when {
                Some(When::Becomes(condition)) => Some(condition),
                _ => None,
            };
            touchpoint.only_if.iter().chain(becomes)
        });
        self.matches().filter_map(|matched| matched.only.as_ref()).chain(ends).chain(touchpoints)
    }

    /// The values that it knows of facts: those it names, its reasons, and those its conditions ask for.
    pub fn values(&self) -> BTreeSet<String> {
        let named = self.names.keys().filter(|name| !name.contains('.')).cloned();
        let reasons = self.touchpoints.iter().flat_map(|touchpoint| touchpoint.reasons.iter().cloned());
        let asked = self.conditions().flat_map(Expression::texts);
        named.chain(reasons).chain(asked).filter(|value| !value.is_empty()).collect()
    }

    fn matches(&self) -> impl Iterator<Item = &EventMatch> {
        let ends = self.ends.iter().flat_map(|end| match &end.on {
            EndOn::Events(events) => events.as_slice(),
            EndOn::After { .. } => &[],
        });
        let goal = self.goal.iter().flat_map(|goal| &goal.on);
        let touchpoints = self.touchpoints.iter().flat_map(of_touchpoint);
        self.starts.iter().chain(ends).chain(goal).chain(touchpoints)
    }
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
