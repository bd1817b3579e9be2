use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use planning::Span;
use serde::{Deserialize, Serialize};
use travel::Place;

use super::limits;

/// What an appointment is about: one thing, as events name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseKey {
    /// What kind of thing: `repair`.
    pub kind: String,
    /// Its id.
    pub object: String,
}

impl CaseKey {
    /// A thing of a kind.
    pub fn new(kind: &str, object: &str) -> Self {
        Self { kind: kind.to_owned(), object: object.to_owned() }
    }
}

/// The work that somebody is to come for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// What it is about.
    pub case: CaseKey,
    /// What whoever does it reads.
    pub title: String,
    /// Where; nothing when the customer comes.
    pub place: Option<Place>,
    /// Seconds of work.
    pub service: i64,
    /// Seconds before it, once at a place.
    #[serde(default)]
    pub setup: i64,
    /// Skills that all are needed.
    #[serde(default)]
    pub all_of: Vec<String>,
    /// Skills of which none may be there.
    #[serde(default)]
    pub none_of: Vec<String>,
    /// The resource that would rather do it.
    #[serde(default)]
    pub preferred: Option<String>,
    /// The area that it lies in, such as a postcode's digits; nothing: anybody's.
    #[serde(default)]
    pub area: Option<String>,
    /// What it takes of what is taken along.
    #[serde(default)]
    pub amounts: BTreeMap<String, i64>,
    /// 0 to 100.
    #[serde(default)]
    pub priority: u8,
    /// Not before this moment (material, permission), in seconds since 1970.
    #[serde(default)]
    pub not_before: Option<i64>,
}

/// How windows of one kind of appointment are offered.
#[derive(Clone, Debug)]
pub struct Rules {
    /// In which zone days and windows are.
    pub zone: TimeZone,
    /// The windows of a day, from and to. One that ends at or before its begin ends on the next day.
    pub windows: Vec<(Time, Time)>,
    /// How many days ahead, today among them.
    pub days: u16,
    /// Seconds between asking and the begin of the first window.
    pub lead: i64,
    /// Days on which nobody works who has no hours of their own for that day.
    pub holidays: Vec<Date>,
    /// How hard a day is improved after a booking, in steps.
    pub improve_steps: u32,
}

impl Rules {
    /// The windows of a day as moments. An hour that the clock skips is not there.
    pub(super) fn windows_of(&self, day: Date) -> Vec<Span> {
        let moment = |day: Date, time: Time| {
            self.zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok().map(|moment| moment.as_second())
        };
        let window = |(from, to): &(Time, Time)| {
            let ends = if to <= from { day.tomorrow().ok()? } else { day };
            Some(Span::new(moment(day, *from)?, moment(ends, *to)?)).filter(|window| window.from < window.to)
        };
        self.windows.iter().take(limits::WINDOWS_MAX).filter_map(window).collect()
    }

    /// The day of a moment.
    pub(super) fn day_of(&self, seconds: i64) -> Option<Date> {
        jiff::Timestamp::from_second(seconds).ok().map(|moment| moment.to_zoned(self.zone.clone()).date())
    }
}
