//! Where an event is named, and what hangs on one.

use jiff::civil::Weekday;
use words::{Ending, EventName, TouchpointId};

use super::Path;
use super::values::{Taking, fact_path, late, parsed, span};
use crate::language::scalar;
use crate::model::{Anchor, End, EndOn, EventMatch, Every, Facts, Goal, Late, Moment, Side, Span, When};
use crate::yaml::{Kind, Node};

/// `listen` and the like of an end by name.
pub(super) const ENDINGS: [(&str, Ending); 3] =
    [("done", Ending::Done), ("left", Ending::Left), ("stopped", Ending::Stopped)];

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Taking<'_> {
    /// The events under a key: a name, a mapping, or a list of these.
    pub(super) fn events(&mut self, node: &Node, key: &str, path: &Path<'_>) -> Vec<EventMatch> {
        let Some(value) = node.get(key) else {
            return Vec::new();
        };
        self.event_list(value, &Path::Key(path, key))
    }

    fn event_list(&mut self, value: &Node, path: &Path<'_>) -> Vec<EventMatch> {
        match &value.kind {
            Kind::List { items, .. } => items
                .iter()
                .enumerate()
                .flat_map(|(index, item)| self.event_match(item, &path.item(items, index)))
                .collect(),
            _ => self.event_match(value, path),
        }
    }

    /// One name, or one mapping: `{event, where, late}`, where `event` may itself be a list of names.
    fn event_match(&mut self, value: &Node, path: &Path<'_>) -> Vec<EventMatch> {
        if let Some(event) = value.text().and_then(EventName::parse) {
            return vec![EventMatch { event, only: None, late: None }];
        }
        let Some(events) = value.get("event") else {
            return Vec::new();
        };
        let events: Vec<EventName> = events.items().iter().filter_map(|name| EventName::parse(name.text()?)).collect();
        let only = self.condition(value, "where", path, Some(events.clone()));
        let late = late(value);
        events.into_iter().map(|event| EventMatch { event, only: only.clone(), late }).collect()
    }

    /// What makes a touchpoint happen.
    pub(super) fn when(&mut self, node: &Node, path: &Path<'_>) -> Option<When> {
        let value = node.get("when")?;
        let path = Path::Key(path, "when");
        if value.get("becomes").is_some() {
            return Some(When::Becomes(self.condition(value, "becomes", &path, None)?));
        }
        if value.get("every").is_some() {
            return Some(When::Every(every(value)?));
        }
        for (side, key) in [(Side::Before, "before"), (Side::After, "after")] {
            if value.get(key).is_some() {
                return Some(When::Moment(self.moment(value, side, key)?));
            }
        }
        let events = self.event_list(value, &path);
        (!events.is_empty()).then_some(When::Events(events))
    }

    fn moment(&mut self, value: &Node, side: Side, key: &str) -> Option<Moment> {
        let default = match side {
            Side::Before => Late::Skip,
            Side::After => Late::DEFAULT,
        };
        Some(Moment {
            side,
            anchor: anchor(value.get(key)?.text()?, self.facts)?,
            by: civil_or_elapsed(value)?,
            at: parsed(value, "at", scalar::clock),
            late: late(value).unwrap_or(default),
        })
    }

    /// One way in which a run ends.
    pub(super) fn end(&mut self, value: &Node, path: &Path<'_>) -> Option<End> {
        let on = if value.get("event").is_some() {
            EndOn::Events(self.event_match(value, path))
        } else {
            EndOn::After {
                anchor: anchor(value.get("after")?.text()?, self.facts)?,
                by: civil_or_elapsed(value)?,
                only: self.condition(value, "where", path, None),
            }
        };
        let counts_as = value.get("as")?.text()?;
        Some(End { on, counts_as: by_name(&ENDINGS, counts_as)?, listen: span(value, "listen") })
    }

    /// What the journey is for.
    pub(super) fn goal(&mut self, node: &Node, path: &Path<'_>) -> Option<Goal> {
        let value = node.get("goal")?;
        let on = self.event_match(value, &Path::Key(path, "goal"));
        (!on.is_empty()).then(|| Goal { on, within: span(value, "within") })
    }
}

fn every(value: &Node) -> Option<Every> {
    let day = value.get("every")?.text()?;
    Some(Every {
        day: match day {
            "day" => None,
            _ => Some(by_name(&DAYS, day)?),
        },
        at: parsed(value, "at", scalar::clock)?,
        late: late(value).unwrap_or(Late::DEFAULT),
    })
}

/// How a definition writes a day of the week.
pub(crate) fn day_name(day: Weekday) -> &'static str {
    DAYS.iter().find(|(_, known)| *known == day).map_or("day", |(name, _)| *name)
}

/// What a name hangs on: a declared fact goes before an event; that it cannot be both is checked elsewhere.
pub(crate) fn anchor(text: &str, facts: &Facts) -> Option<Anchor> {
    if !text.contains('.') {
        return Some(Anchor::Touchpoint(TouchpointId::new(text)));
    }
    let path = fact_path(text)?;
    let declared = facts.get(&path.object).is_some_and(|properties| properties.contains_key(&path.property));
    if declared { Some(Anchor::Fact(path)) } else { EventName::parse(text).map(Anchor::Event) }
}

fn civil_or_elapsed(value: &Node) -> Option<Span> {
    span(value, "by").filter(|span| !matches!(span, Span::WorkingDays(_)))
}

fn by_name<T: Copy>(members: &[(&str, T)], name: &str) -> Option<T> {
    members.iter().find(|(member, _)| *member == name).map(|(_, value)| *value)
}
