//! A run as one line: solid is past, dotted is to come.

use journey::{Organisation, Touchpoint};
use serde::Serialize;
use words::{Channel, Contact, Rail, Starter, TouchpointId};

use super::{Portrait, RunSeen};
use crate::language::{Speech, Text};

/// Places on the line.
const PLACES: usize = 8;
/// Of which at most so many are past when something stands ahead.
const PAST_MAX: usize = 5;
const STEP: f64 = 150.0;
const ONLINE: f64 = 12.0;
const OFFLINE: f64 = 42.0;

/// The line, in a picture of 1200 by 56.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Line {
    dots: Vec<Dot>,
    /// The `d` of what is past and of what is to come; empty when there is none.
    done: String,
    ahead: String,
    /// The same in words.
    label: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Dot {
    x: f64,
    y: f64,
    /// `customer`, `we` or `later`.
    look: &'static str,
    name: String,
    past: bool,
    current: bool,
}

/// The line of a run; none before the first contact.
pub(crate) fn line(portrait: &Portrait, seen: &RunSeen, speech: &Speech) -> Option<Line> {
    let contacts: Vec<&Contact> = portrait.contacts.iter().filter(|contact| contact.run == seen.run().id).collect();
    let newest = contacts.last()?;
    let ahead = if seen.state.is_open() { to_come(portrait, seen, newest) } else { Vec::new() };
    let past_max = if ahead.is_empty() { PLACES } else { PAST_MAX };
    let past = &contacts[contacts.len().saturating_sub(past_max)..];
    let organisation = &portrait.surroundings.organisation;
    let places = past.iter().map(|contact| (&contact.touchpoint, contact.channel.as_ref(), true));
    let places = places.chain(ahead.iter().map(|id| (id, None, false))).take(PLACES);
    let dots: Vec<Dot> = places
        .enumerate()
        .map(|(place, (id, channel, is_past))| {
            let touchpoint = seen.definition().touchpoint(id);
            let channel = channel.or_else(|| touchpoint?.channels.first());
            Dot {
                x: STEP * (place as f64 + 0.5),
                y: height(channel, organisation),
                look: if is_past { look(touchpoint) } else { "later" },
                name: touchpoint.map_or_else(|| id.as_str().replace('-', " "), |touchpoint| touchpoint.title.clone()),
                past: is_past,
                current: place + 1 == past.len(),
            }
        })
        .collect();
    Some(of_dots(dots, past.len(), speech))
}

fn of_dots(dots: Vec<Dot>, past: usize, speech: &Speech) -> Line {
    let named = |some: &[Dot]| some.iter().map(|dot| dot.name.as_str()).collect::<Vec<_>>().join(", ");
    let label = Text::new("customer-line")
        .with("past", named(&dots[..past]))
        .with("ahead", if dots.len() > past { named(&dots[past..]) } else { "–".to_owned() });
    Line {
        done: curve(&dots[..past]),
        ahead: if dots.len() > past { curve(&dots[past - 1..]) } else { String::new() },
        label: speech.say(&label),
        dots,
    }
}

/// Through the dots; from rail to rail halfway.
fn curve(dots: &[Dot]) -> String {
    let Some(first) = dots.first() else { return String::new() };
    let mut d = format!("M{} {}", first.x, first.y);
    for pair in dots.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        if from.y == to.y {
            d.push_str(&format!("H{}", to.x));
        } else {
            let middle = f64::midpoint(from.x, to.x);
            d.push_str(&format!("C{middle} {} {middle} {} {} {}", from.y, to.y, to.x, to.y));
        }
    }
    d
}

/// What has a moment already, then what the text has further on and did not happen yet.
fn to_come(portrait: &Portrait, seen: &RunSeen, newest: &Contact) -> Vec<TouchpointId> {
    let definition = seen.definition();
    let planned = engine::plan(definition, &seen.state, &portrait.stored.customer, portrait.setting());
    let planned = planned.into_iter().filter(|pending| pending.kind == engine::PendingKind::Touchpoint);
    let mut ids: Vec<TouchpointId> = planned.filter_map(|pending| pending.touchpoint).collect();
    let at = definition.touchpoints.iter().position(|touchpoint| touchpoint.id == newest.touchpoint);
    let further = definition.touchpoints.iter().skip(at.map_or(0, |at| at + 1));
    let happens = |touchpoint: &&Touchpoint| {
        let is_branch = touchpoint.back_to.is_some() || touchpoint.expected.is_some_and(|expected| expected < 0.0);
        !is_branch && (!touchpoint.seen.is_empty() || touchpoint.when.is_some())
    };
    ids.extend(further.filter(happens).map(|touchpoint| touchpoint.id.clone()));
    ids.retain(|id| seen.state.visits(id) == 0);
    let place = |id: &TouchpointId| definition.touchpoints.iter().position(|touchpoint| touchpoint.id == *id);
    ids.sort_by_key(place);
    ids.dedup();
    ids
}

fn look(touchpoint: Option<&Touchpoint>) -> &'static str {
    match touchpoint.map(|touchpoint| touchpoint.from) {
        Some(Starter::Customer) => "customer",
        _ => "we",
    }
}

fn height(channel: Option<&Channel>, organisation: &Organisation) -> f64 {
    let rail = channel
        .and_then(|channel| channel.known_rail().or_else(|| organisation.channels.get(channel.as_str()).copied()));
    if rail == Some(Rail::Offline) { OFFLINE } else { ONLINE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_changes_rails_between_two_dots() {
        let dot = |x, y| Dot { x, y, look: "we", name: String::new(), past: true, current: false };
        assert_eq!(
            curve(&[dot(75.0, OFFLINE), dot(225.0, ONLINE), dot(375.0, ONLINE)]),
            "M75 42C150 42 150 12 225 12H375"
        );
        assert_eq!(curve(&[]), "");
    }
}
