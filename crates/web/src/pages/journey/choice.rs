//! What a view is about: window, persona, version, channel, touchpoint. It travels in the address, from view to view.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Deserialize;
use words::{JourneyId, TouchpointId, Window};

use crate::pages::encoded;

/// Windows to choose from, in days; the middle one when nothing was asked.
pub(super) const PRESETS: [i32; 3] = [30, 90, 365];
const DAYS: i32 = PRESETS[1];
/// Longer values in an address are not looked at.
const CHARS_MAX: usize = 200;

/// The query as it came. Whatever cannot be read counts as not asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    van: Option<String>,
    tot: Option<String>,
    dagen: Option<String>,
    persona: Option<String>,
    versie: Option<String>,
    kanaal: Option<String>,
    moment: Option<String>,
    /// A customer and a run of whom the path is drawn.
    pub(super) klant: Option<String>,
    pub(super) run: Option<String>,
    /// The column that a table is sorted by.
    pub(super) op: Option<String>,
    /// Which customers: see `members`.
    pub(super) wat: Option<String>,
    pub(super) naar: Option<String>,
    pub(super) reden: Option<String>,
    pub(super) trechter: Option<String>,
    pub(super) stap: Option<String>,
}

impl Asked {
    /// Whether it names a window.
    pub(super) fn names_a_window(&self) -> bool {
        [&self.van, &self.tot, &self.dagen].into_iter().any(|value| filled(value).is_some())
    }
}

/// A value that was filled in.
pub(super) fn filled(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|text| !text.is_empty() && text.len() <= CHARS_MAX)
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// So many days up to today, unless dates were given.
    pub(super) days: Option<i32>,
    /// First day.
    pub(super) from: Date,
    /// Last day.
    pub(super) until: Date,
    pub(super) persona: Option<String>,
    /// A version's running number.
    pub(super) version: Option<u32>,
    pub(super) channel: Option<String>,
    pub(super) moment: Option<TouchpointId>,
}

impl Choice {
    pub(super) fn read(asked: &Asked, today: Date) -> Self {
        let date = |value| filled(value).and_then(|text| text.parse::<Date>().ok());
        let (from, until) = (date(&asked.van), date(&asked.tot));
        let days = filled(&asked.dagen).and_then(|text| text.parse::<i32>().ok());
        let days = days.filter(|days| (1..=3_660).contains(days));
        let dated = days.is_none() && (from.is_some() || until.is_some());
        let days = (!dated).then(|| days.unwrap_or(DAYS));
        let last = if dated { until.unwrap_or(today) } else { today };
        let first = from.filter(|_| dated).unwrap_or_else(|| before(last, days.unwrap_or(DAYS)));
        Self {
            days,
            from: first.min(last),
            until: first.max(last),
            persona: filled(&asked.persona).map(str::to_owned),
            version: filled(&asked.versie).and_then(|text| text.parse().ok()),
            channel: filled(&asked.kanaal).map(str::to_owned),
            moment: filled(&asked.moment).map(TouchpointId::new),
        }
    }

    /// From the start of the first day until the end of the last, in the organisation's zone.
    pub(super) fn window(&self, zone: &TimeZone) -> Window {
        let start = |date: Date| date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |start| start.timestamp());
        Window { from: start(self.from), until: start(self.until.tomorrow().unwrap_or(self.until)) }
    }

    /// The parameters that say this choice; what nobody chose is left out.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = match self.days {
            Some(DAYS) => Vec::new(),
            Some(days) => vec![("dagen", days.to_string())],
            None => vec![("van", self.from.to_string()), ("tot", self.until.to_string())],
        };
        all.extend(self.persona.clone().map(|persona| ("persona", persona)));
        all.extend(self.version.map(|version| ("versie", version.to_string())));
        all.extend(self.channel.clone().map(|channel| ("kanaal", channel)));
        all.extend(self.moment.clone().map(|moment| ("moment", moment.to_string())));
        all
    }

    /// The address of a view with this choice, and with these parameters beside or instead.
    pub(super) fn link(&self, journey: &JourneyId, view: &str, also: &[(&'static str, &str)]) -> String {
        let mut all = self.parameters();
        for (name, value) in also {
            all.retain(|(other, _)| other != name);
            all.push((name, (*value).to_owned()));
        }
        address(journey, view, &all)
    }

    /// The same choice from day to day.
    pub(super) fn between(&self, (from, until): (Date, Date)) -> Self {
        Self { days: None, from, until, ..self.clone() }
    }

    /// The same choice over so many days up to today.
    pub(super) fn over(&self, days: i32) -> Self {
        Self { days: Some(days), ..self.clone() }
    }

    /// The same choice at another touchpoint, or at none.
    pub(super) fn at(&self, moment: Option<TouchpointId>) -> Self {
        Self { moment, ..self.clone() }
    }
}

/// So many days, the last one among them.
fn before(last: Date, days: i32) -> Date {
    last.checked_sub((days - 1).days()).unwrap_or(last)
}

fn address(journey: &JourneyId, view: &str, parameters: &[(&'static str, String)]) -> String {
    let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let sign = if query.is_empty() { "" } else { "?" };
    format!("/klantreizen/{}/{view}{sign}{}", encoded(journey.as_str()), query.join("&"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn today() -> Date {
        date(2026, 11, 24)
    }

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        let map: serde_json::Map<_, _> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        serde_json::from_value(map.into()).unwrap()
    }

    fn read(pairs: &[(&str, &str)]) -> Choice {
        Choice::read(&asked(pairs), today())
    }

    #[test]
    fn ninety_days_up_to_today_unless_something_else_is_asked() {
        let choice = read(&[]);
        assert_eq!((choice.from, choice.until), (date(2026, 8, 27), today()));
        assert_eq!(read(&[("dagen", "30")]).from, date(2026, 10, 26));
        let choice = read(&[("van", "2026-03-01"), ("tot", "2026-02-01")]);
        assert_eq!((choice.from, choice.until, choice.days), (date(2026, 2, 1), date(2026, 3, 1), None));
        for wrong in [("dagen", "-1"), ("dagen", "99999999999"), ("van", "gisteren"), ("versie", "x"), ("persona", "")]
        {
            assert_eq!(read(&[wrong]), read(&[]), "{wrong:?}");
        }
        assert_eq!(read(&[("persona", &"a".repeat(CHARS_MAX + 1))]), read(&[]), "too long");
    }

    #[test]
    fn a_window_holds_the_whole_last_day_in_the_zone() {
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let window = read(&[("van", "2026-10-24"), ("tot", "2026-10-25")]).window(&zone);
        assert_eq!(window.from.to_string(), "2026-10-23T22:00:00Z");
        assert_eq!(window.until.to_string(), "2026-10-25T23:00:00Z", "the clock went back that day");
    }

    #[test]
    fn a_link_says_the_choice_and_no_more() {
        let journey = JourneyId::new("reparatie");
        assert_eq!(read(&[]).link(&journey, "stroom", &[]), "/klantreizen/reparatie/stroom");
        let choice = read(&[("dagen", "30"), ("moment", "a&b"), ("versie", "7")]);
        let link = choice.link(&journey, "klanten", &[("wat", "hier"), ("moment", "melding")]);
        assert_eq!(link, "/klantreizen/reparatie/klanten?dagen=30&versie=7&wat=hier&moment=melding");
        assert_eq!(read(&[("dagen", "30"), ("moment", "a&b"), ("versie", "7")]), choice, "and comes back the same");
    }
}
