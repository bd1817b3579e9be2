use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Spans;
use crate::Span;

/// Civil hours of one day, from and to. An end at or before its begin is on the next day; midnight to midnight is a whole day.
pub type Hours = Vec<(Time, Time)>;

/// When somebody or something is open: weekly hours, and days on which it is otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Week {
    /// Monday first.
    pub days: [Hours; 7],
    /// Breaks on every day, Monday first.
    pub breaks: [Hours; 7],
    /// Days with hours of their own, with no breaks but their own gaps; none at all is a day off. They go before holidays.
    pub exceptions: BTreeMap<Date, Hours>,
}

impl Week {
    /// When it is open from one day to another, both included, on none of the `holidays`.
    ///
    /// Hours are civil: an hour that a clock skips is not there, one that it goes through twice is there twice. What begins on a day
    /// is that day's, also after midnight.
    #[must_use]
    pub fn open(&self, from: Date, to: Date, holidays: &[Date], zone: &TimeZone) -> Spans {
        let mut open = Vec::new();
        let mut breaks = Vec::new();
        let mut day = from;
        while day <= to {
            let weekday = day.weekday().to_monday_zero_offset() as usize;
            match self.exceptions.get(&day) {
                Some(hours) => open.extend(spans(day, hours, zone)),
                None if holidays.contains(&day) => {}
                None => {
                    open.extend(spans(day, &self.days[weekday], zone));
                    breaks.extend(spans(day, &self.breaks[weekday], zone));
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Spans::of(open).without(&Spans::of(breaks))
    }
}

fn spans<'a>(day: Date, hours: &'a Hours, zone: &'a TimeZone) -> impl Iterator<Item = Span> + 'a {
    let moment = move |day: Date, time: Time| {
        zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().map(|moment| moment.as_second()).ok()
    };
    hours.iter().filter_map(move |(from, to)| {
        let ends = if to <= from { day.tomorrow().ok()? } else { day };
        Some(Span::new(moment(day, *from)?, moment(ends, *to)?))
    })
}
