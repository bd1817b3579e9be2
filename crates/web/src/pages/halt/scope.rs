use service::Live;
use words::HaltScope;

use crate::{
    format,
    language::{Speech, Text},
};

/// Which messages a halt is about, a part per line; nothing said: all of them.
pub(super) fn told(scope: &HaltScope, live: &[Live], speech: &Speech) -> Vec<String> {
    let mut told = Vec::new();
    if !scope.journeys.is_empty() {
        let title = |id: &words::JourneyId| {
            let of = live.iter().find(|live| live.row.id == *id);
            of.map_or_else(|| id.to_string(), |live| live.published.definition.title.clone())
        };
        let titles: Vec<String> = scope.journeys.iter().map(title).collect();
        told.push(speech.say(&Text::new("halt-of-journeys").with("journeys", titles.join(", "))));
    }
    if !scope.postcodes.is_empty() {
        told.push(speech.say(&Text::new("halt-of-area").with("postcodes", scope.postcodes.join(", "))));
    }
    if let Some(building) = &scope.building {
        told.push(speech.say(&Text::new("halt-of-building").with("building", building.clone())));
    }
    if let Some(day) = scope.day {
        let day = format::day(speech.language, day, speech.today());
        told.push(speech.say(&Text::new("halt-of-day").with("day", day)));
    }
    if told.is_empty() {
        told.push(speech.say(&Text::new("halt-of-all")));
    }
    told
}
