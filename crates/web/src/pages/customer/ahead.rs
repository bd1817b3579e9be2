//! What stands ahead of a run, its open promises, and why each touchpoint did or did not happen.

use engine::PendingKind;
use jiff::Timestamp;
use serde::Serialize;
use words::TouchpointId;

use super::{Portrait, RunSeen};
use crate::{
    language::{Speech, Text},
    pages::naming,
};

/// Moments ahead that a page shows.
const AHEAD_MAX: usize = 20;

/// One thing that stands ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Ahead {
    moment: Timestamp,
    what: String,
    why: String,
}

/// What stands ahead, earliest first.
pub(crate) fn ahead(portrait: &Portrait, seen: &RunSeen, speech: &Speech) -> Vec<Ahead> {
    let definition = seen.definition();
    let customer = &portrait.stored.customer;
    let plan = engine::plan(definition, &seen.state, customer, portrait.setting());
    let shown = plan.into_iter().filter_map(|pending| {
        let touchpoint = pending.touchpoint.as_ref().and_then(|id| definition.touchpoint(id));
        let title = touchpoint.map(|touchpoint| touchpoint.title.clone()).unwrap_or_default();
        let (what, why) = match pending.kind {
            PendingKind::Touchpoint => (title, why(portrait, seen, &touchpoint?.id, speech)?),
            PendingKind::End => (speech.say(&Text::new("ahead-end")), String::new()),
            PendingKind::DropOff => (
                speech.say(&Text::new("ahead-drop-off").with("title", title)),
                speech.say(&Text::new("ahead-drop-off-why")),
            ),
            PendingKind::Promise | PendingKind::Deaf => return None,
        };
        Some(Ahead { moment: pending.moment, what, why })
    });
    shown.take(AHEAD_MAX).collect()
}

fn why(portrait: &Portrait, seen: &RunSeen, touchpoint: &TouchpointId, speech: &Speech) -> Option<String> {
    let decisions = portrait.decisions_in(seen.run().id);
    let customer = &portrait.stored.customer;
    let (definition, setting) = (seen.definition(), portrait.setting());
    let explained =
        engine::explain(definition, &seen.state, customer, touchpoint, &decisions, speech.language, setting)?;
    Some(match explained.channel {
        Some(channel) => {
            let channel = naming::capital(&naming::channel(speech, channel.as_str()));
            format!("{} {channel}.", explained.sentence)
        }
        None => explained.sentence,
    })
}

/// Why one touchpoint of a run did or did not happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Why {
    id: String,
    title: String,
    happened: bool,
    sentence: String,
}

/// Of every touchpoint of the run, in the order of the text.
pub(crate) fn reasons(portrait: &Portrait, seen: &RunSeen, speech: &Speech) -> Vec<Why> {
    let each = seen.definition().touchpoints.iter().filter_map(|touchpoint| {
        Some(Why {
            id: touchpoint.id.to_string(),
            title: touchpoint.title.clone(),
            happened: seen.state.visits(&touchpoint.id) > 0,
            sentence: why(portrait, seen, &touchpoint.id, speech)?,
        })
    });
    each.collect()
}

/// A promise that still runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Promised {
    /// The contact at which it was told.
    title: String,
    /// What was promised, as far as facts tell: "het begin van de afspraak" and its moment.
    facts: Vec<(String, Timestamp)>,
}

/// The promises that were told and neither kept nor broken.
pub(crate) fn promises(portrait: &Portrait, seen: &RunSeen, speech: &Speech) -> Vec<Promised> {
    let definition = seen.definition();
    let plan = engine::plan(definition, &seen.state, &portrait.stored.customer, portrait.setting());
    let told = plan.into_iter().filter(|pending| pending.kind == PendingKind::Promise);
    let promised = told.filter_map(|pending| {
        let touchpoint = definition.touchpoint(pending.touchpoint.as_ref()?)?;
        let object = pending.object.as_ref();
        let facts = seen.state.facts().filter(|(of, _, _)| Some(*of) == object);
        let moments = facts.filter_map(|(of, property, value)| {
            let path = journey::FactPath { object: of.kind.clone(), property: property.to_owned() };
            let moment = value.as_str()?.parse::<Timestamp>().ok()?;
            Some((naming::capital(&naming::saying(definition, speech).fact(&path)), moment))
        });
        let mut facts: Vec<(String, Timestamp)> = moments.collect();
        facts.sort_by_key(|(_, moment)| *moment);
        Some(Promised { title: touchpoint.title.clone(), facts })
    });
    promised.collect()
}
