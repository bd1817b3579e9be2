//! Which events can happen next in a journey.

use std::collections::BTreeSet;

use engine::State;
use journey::{Definition, EndOn, EventMatch, Promise, When};
use words::{EventName, Starter};

/// An event that can happen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Possible {
    /// Which, with the condition under which something listens to it.
    pub(crate) on: EventMatch,
    /// The title of the touchpoint that sees it.
    pub(crate) title: Option<String>,
    /// Whether the customer does it.
    pub(crate) by_customer: bool,
    /// Reasons that staff may choose from there; the first is taken.
    pub(crate) reasons: Vec<String>,
}

impl Possible {
    /// Names it in a form.
    pub(crate) fn id(&self) -> String {
        let only = self.on.only.as_ref().map(|only| only.source()).unwrap_or_default();
        format!("{}|{only}", self.on.event)
    }
}

/// What can happen next: before a run its starts; after that everything that anything in the journey listens to. Each event
/// once per condition; those that the text names first go first.
pub(crate) fn possible(definition: &Definition, run: Option<&State>) -> Vec<Possible> {
    let mut all = Vec::new();
    let starting = run.is_none_or(|run| !run.is_open());
    if starting {
        all.extend(definition.starts.iter().map(|on| plain(definition, on)));
    }
    if run.is_some() {
        for touchpoint in &definition.touchpoints {
            all.extend(touchpoint.seen.iter().map(|on| Possible {
                on: on.clone(),
                title: Some(touchpoint.title.clone()),
                by_customer: touchpoint.from == Starter::Customer,
                reasons: touchpoint.reasons.clone(),
            }));
        }
        let also = definition.touchpoints.iter().flat_map(|touchpoint| {
            let when = match &touchpoint.when {
                Some(When::Events(events)) => events.as_slice(),
                _ => &[],
            };
            let done = touchpoint.task.as_ref().map_or(&[][..], |task| &task.done);
            let kept = touchpoint.promise.as_ref().map_or(&[][..], Promise::kept_by);
            when.iter().chain(done).chain(kept)
        });
        let ends = definition.ends.iter().filter_map(|end| match &end.on {
            EndOn::Events(events) => Some(events),
            EndOn::After { .. } => None,
        });
        let goal = definition.goal.iter().flat_map(|goal| &goal.on);
        all.extend(also.chain(goal).chain(ends.flatten()).map(|on| plain(definition, on)));
    }
    once(all)
}

fn plain(definition: &Definition, on: &EventMatch) -> Possible {
    let sees =
        definition.touchpoints.iter().find(|touchpoint| touchpoint.seen.iter().any(|seen| seen.event == on.event));
    Possible {
        on: on.clone(),
        title: sees.filter(|_| on.only.is_none()).map(|touchpoint| touchpoint.title.clone()),
        by_customer: sees.is_some_and(|touchpoint| touchpoint.from == Starter::Customer),
        reasons: Vec::new(),
    }
}

/// Each once; our own events are made by answering, ticking and sending. An event under a condition makes the same one
/// without it superfluous only when both say the same.
fn once(all: Vec<Possible>) -> Vec<Possible> {
    let mut known = BTreeSet::new();
    let mut named: BTreeSet<EventName> = BTreeSet::new();
    let mut kept = Vec::new();
    for one in all {
        let name = one.on.event.clone();
        let reserved = EventName::RESERVED.contains(&name.as_str());
        // A bare name adds nothing to the same event that a touchpoint was seen to know.
        let superfluous = one.on.only.is_none() && named.contains(&name);
        if !reserved && !superfluous && known.insert(one.id()) {
            named.insert(name);
            kept.push(one);
        }
    }
    kept
}
