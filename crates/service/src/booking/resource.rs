use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use planning::civil::Week;
use planning::{Break, Span};
use serde::{Deserialize, Serialize};
use travel::Place;

use super::{Rules, Wanted};

/// Somebody who works.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// The id in the organisation.
    #[serde(skip)]
    pub id: String,
    /// As customers and staff read it.
    pub name: String,
    /// When they work.
    pub week: Week,
    /// Where the day begins and ends.
    #[serde(default)]
    pub home: Option<Place>,
    /// What they can do.
    #[serde(default)]
    pub skills: BTreeSet<String>,
    /// Where they come; nothing: everywhere. What an area begins with counts.
    #[serde(default)]
    pub areas: BTreeSet<String>,
    /// What they have along.
    #[serde(default)]
    pub room: BTreeMap<String, i64>,
    /// How many appointments a day at most.
    #[serde(default)]
    pub appointments_max: Option<usize>,
    /// They do not work here any more.
    #[serde(default)]
    pub is_gone: bool,
}

impl Resource {
    /// From the first to the last hour of a day, with what lies between as breaks; nothing when they do not work then.
    pub(super) fn hours(&self, day: Date, rules: &Rules) -> Option<(Span, Vec<Break>)> {
        if self.is_gone {
            return None;
        }
        let open = self.week.open(day, day, &rules.holidays, &rules.zone);
        let (first, last) = (open.as_slice().first()?, open.as_slice().last()?);
        let between = open
            .as_slice()
            .windows(2)
            .map(|pair| Break { seconds: pair[1].from - pair[0].to, spans: vec![Span::new(pair[0].to, pair[0].to)] });
        Some((Span::new(first.from, last.to), between.collect()))
    }

    /// Whether they come where it is.
    pub(super) fn comes_to(&self, wanted: &Wanted) -> bool {
        match &wanted.area {
            Some(area) if !self.areas.is_empty() => self.areas.iter().any(|own| area.starts_with(own.as_str())),
            _ => true,
        }
    }
}
