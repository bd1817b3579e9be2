//! Everywhere that a definition names an event, with what it does there.

use words::EventName;

use super::Purpose;
use crate::model::{Anchor, Definition, EndOn, EventMatch, Expression, Promise, Touchpoint, When};

/// One place where a definition listens to an event.
pub(super) struct Listen<'a> {
    pub(super) event: EventName,
    pub(super) purpose: Purpose,
    /// The condition that stands with the event.
    pub(super) only: Option<&'a Expression>,
    /// The touchpoint that the event makes happen: its own condition and its promise read the event too.
    pub(super) touchpoint: Option<&'a Touchpoint>,
}

/// Every event from outside that the journey listens to, in the order of the text. Our own events are left out: answers,
/// ticks and outcomes come from our own pages and senders.
pub(super) fn heard(definition: &Definition) -> Vec<Listen<'_>> {
    let mut heard = Vec::new();
    named(&mut heard, &definition.starts, &Purpose::Starts, None);
    for touchpoint in &definition.touchpoints {
        of_touchpoint(&mut heard, touchpoint);
    }
    if let Some(goal) = &definition.goal {
        named(&mut heard, &goal.on, &Purpose::Goal, None);
    }
    for end in &definition.ends {
        match &end.on {
            EndOn::Events(events) => named(&mut heard, events, &Purpose::Ends(end.counts_as), None),
            EndOn::After { anchor: Anchor::Event(event), .. } => one(&mut heard, event, Purpose::EndsAfter),
            EndOn::After { .. } => {}
        }
    }
    heard.retain(|listen| !EventName::RESERVED.contains(&listen.event.as_str()) && listen.event.object() != "message");
    heard
}

fn of_touchpoint<'a>(heard: &mut Vec<Listen<'a>>, touchpoint: &'a Touchpoint) {
    let id = || touchpoint.id.clone();
    if let Some(event) = &touchpoint.counted {
        one(heard, event, Purpose::Counts(id()));
    }
    named(heard, &touchpoint.seen, &Purpose::Sees(id()), Some(touchpoint));
    match &touchpoint.when {
        Some(When::Events(events)) => named(heard, events, &Purpose::Fires(id()), Some(touchpoint)),
        Some(When::Moment(moment)) => {
            if let Anchor::Event(event) = &moment.anchor {
                one(heard, event, Purpose::Times(id()));
            }
        }
        Some(When::Every(_) | When::Becomes(_)) | None => {}
    }
    if let Some(task) = &touchpoint.task {
        named(heard, &task.done, &Purpose::Closes(id()), None);
    }
    let kept_by = touchpoint.promise.as_ref().map_or(&[][..], Promise::kept_by);
    named(heard, kept_by, &Purpose::Keeps(id()), None);
}

fn named<'a>(
    heard: &mut Vec<Listen<'a>>,
    events: &'a [EventMatch],
    purpose: &Purpose,
    touchpoint: Option<&'a Touchpoint>,
) {
    heard.extend(events.iter().map(|wanted| Listen {
        event: wanted.event.clone(),
        purpose: purpose.clone(),
        only: wanted.only.as_ref(),
        touchpoint,
    }));
}

fn one(heard: &mut Vec<Listen<'_>>, event: &EventName, purpose: Purpose) {
    heard.push(Listen { event: event.clone(), purpose, only: None, touchpoint: None });
}
