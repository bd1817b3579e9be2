use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use store::{NewEvent, SourceTally};

/// What each source sent per day: what the intake counts of events that come in by its door. Our own pages are no source.
#[derive(Debug, Default)]
pub(crate) struct Tallies(BTreeMap<(Date, String), SourceTally>);

impl Tallies {
    /// Counts an event on the day of its receipt in this zone.
    pub(crate) fn add(&mut self, new: &NewEvent, zone: &TimeZone) {
        let event = &new.event;
        if event.source == words::Event::OURS {
            return;
        }
        let day = event.received.to_zoned(zone.clone()).date();
        let tally = self.0.entry((day, event.source.clone())).or_insert_with(|| SourceTally {
            organisation: new.organisation.clone(),
            source: event.source.clone(),
            day,
            time: event.received,
            received: 0,
            refused: 0,
            duplicate: 0,
        });
        tally.received = tally.received.saturating_add(1);
        tally.time = tally.time.max(event.received);
    }

    /// Day by day.
    pub(crate) fn into_vec(self) -> Vec<SourceTally> {
        self.0.into_values().collect()
    }
}
