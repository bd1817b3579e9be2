//! What staff may tell of with one tap: what is seen to happen at a desk, by telephone or on a visit, and needs no more than
//! is known.

use engine::State;
use jiff::Zoned;
use journey::{Definition, EventMatch, Expression, Fit, Level, Mentions, Touchpoint};
use serde_json::json;
use words::{Channel, EventName, Properties, Rail, TouchpointId};

use crate::pages::happening;

/// A contact that staff may note.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Offer {
    pub(crate) touchpoint: TouchpointId,
    pub(crate) title: String,
    pub(crate) event: EventName,
    /// Without the channel, the place and who noted it.
    pub(crate) properties: Properties,
    /// Where it happens when nothing else is said; the first is usual.
    pub(crate) channels: Vec<Channel>,
    /// Reasons to choose from.
    pub(crate) reasons: Vec<String>,
}

/// The contacts of a journey that may be noted: in this run, or those with which a run begins. `fresh`: the id of an object
/// that comes into being.
pub(crate) fn offers(definition: &Definition, run: Option<&State>, fresh: &str, now: &Zoned) -> Vec<Offer> {
    let needs = journey::needs(definition, &Mentions::new(), now);
    let one = |touchpoint: &Touchpoint| {
        let channels = offline(touchpoint);
        if channels.is_empty() {
            return None;
        }
        touchpoint.seen.iter().find_map(|on| {
            let starts = definition.starts.iter().any(|start| start.event == on.event);
            if EventName::RESERVED.contains(&on.event.as_str()) || (run.is_none() && !starts) {
                return None;
            }
            let properties = properties(definition, on, run, fresh)?;
            let needed = needs.events.iter().find(|event| event.name == on.event);
            let lacks = needed.is_some_and(|event| {
                event.fields.iter().any(|field| field.level == Level::Always && !properties.contains_key(&field.name))
            });
            (!lacks).then(|| Offer {
                touchpoint: touchpoint.id.clone(),
                title: touchpoint.title.clone(),
                event: on.event.clone(),
                properties,
                channels: channels.clone(),
                reasons: touchpoint.reasons.clone(),
            })
        })
    };
    definition.touchpoints.iter().filter_map(one).collect()
}

/// The channels of a touchpoint outside screens.
fn offline(touchpoint: &Touchpoint) -> Vec<Channel> {
    let is_offline = |channel: &&Channel| channel.known_rail() == Some(Rail::Offline);
    touchpoint.channels.iter().filter(is_offline).cloned().collect()
}

/// What the event must say so that it belongs to this run and its condition holds; `None` when that is not known.
fn properties(definition: &Definition, on: &EventMatch, run: Option<&State>, fresh: &str) -> Option<Properties> {
    let kind = on.event.object();
    let mut properties = Properties::new();
    let key = definition.run_per.as_ref();
    let of_run = |object: &str| -> Option<String> {
        let run = run?;
        if key.is_some_and(|key| key.object == object) {
            return run.run.key.clone();
        }
        let known = run.facts().filter(|(of, _, _)| of.kind == object && !of.id.is_empty());
        known.map(|(of, _, _)| of.id.clone()).last()
    };
    if happening::keeps_apart(definition, kind) {
        let id = match run {
            Some(_) => of_run(kind)?,
            None => fresh.to_owned(),
        };
        properties.insert("id".to_owned(), json!(id));
    }
    if let Some(key) = key.filter(|key| key.object != kind)
        && let Some(id) = of_run(&key.object)
    {
        properties.insert(format!("{}_id", key.object), json!(id));
    }
    for asked in on.only.iter().flat_map(Expression::asked) {
        if asked.root != "event" && asked.root != kind {
            continue;
        }
        match asked.fits? {
            Fit::Value(value) => properties.insert(asked.property, value),
            Fit::Not(_) => None,
        };
    }
    Some(properties)
}
