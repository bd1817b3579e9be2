//! What a trigger comes to, for one real customer when there is one, else for a sample.

use jiff::{Timestamp, tz::TimeZone};
use journey::{Anchor, Definition, FactPath, Moment, Touchpoint, When};
use voice::Declared;

use super::{opened::Opened, people::Person};
use crate::{
    format,
    language::{Speech, Text},
    pages::naming,
};

/// One sentence; `None` when nothing makes it happen by itself.
pub(super) fn of(opened: &Opened, touchpoint: &Touchpoint, people: &[Person], speech: &Speech) -> Option<Text> {
    let when = touchpoint.when.as_ref()?;
    let definition = opened.reading.definition.as_ref()?;
    Some(match when {
        When::Events(_) => Text::new("outcome-at-once"),
        When::Becomes(_) => Text::new("outcome-turns"),
        When::Every(every) => match engine::comes_round(every, speech.now, &speech.zone) {
            Some(moment) => Text::new("outcome-next").with("moment", said(moment, &speech.zone, speech)),
            None => Text::new("outcome-never"),
        },
        When::Moment(moment) => match &moment.anchor {
            Anchor::Fact(fact) => on_fact(definition, opened, moment, fact, people, speech),
            Anchor::Event(_) | Anchor::Touchpoint(_) => {
                let now = speech.now.to_string();
                match engine::falls(moment, &now, &speech.zone) {
                    Some(falls) => Text::new("outcome-if-now").with("moment", said(falls, &speech.zone, speech)),
                    None => Text::new("outcome-never"),
                }
            }
        },
    })
}

fn on_fact(
    definition: &Definition,
    opened: &Opened,
    moment: &Moment,
    fact: &FactPath,
    people: &[Person],
    speech: &Speech,
) -> Text {
    let named = naming::saying(definition, speech).fact(fact);
    for person in people {
        let Some(value) = person.fact(fact) else { continue };
        let zone = service::sending::zone(&person.customer, &opened.organisation);
        if let Some(falls) = engine::falls(moment, &value, &zone) {
            return Text::new("outcome-person")
                .with("name", person.name.as_str())
                .with("moment", said(falls, &zone, speech))
                .with("fact", named)
                .with("anchor", anchor(&value, &zone, speech));
        }
    }
    let declared = Declared::of(definition, &opened.organisation, "");
    let sample = voice::sample(&declared, speech.language);
    let value = sample.facts[&fact.object][&fact.property].as_str().unwrap_or_default();
    match engine::falls(moment, value, &speech.zone) {
        Some(falls) => Text::new("outcome-sample")
            .with("moment", said(falls, &speech.zone, speech))
            .with("fact", named)
            .with("anchor", anchor(value, &speech.zone, speech)),
        None => Text::new("outcome-never"),
    }
}

/// A date, or a moment, in words.
fn anchor(value: &str, zone: &TimeZone, speech: &Speech) -> String {
    match value.parse::<Timestamp>() {
        Ok(moment) => said(moment, zone, speech),
        Err(_) => {
            value.parse().map_or_else(|_| value.to_owned(), |date| format::day(speech.language, date, speech.today()))
        }
    }
}

/// "donderdag 26 november om 10:00 uur".
fn said(moment: Timestamp, zone: &TimeZone, speech: &Speech) -> String {
    let date = moment.to_zoned(zone.clone()).date();
    let (day, time) = (format::day(speech.language, date, speech.today()), format::time(moment, zone));
    match speech.language {
        words::Language::Nl => format!("{day} om {time} uur"),
        words::Language::En => format!("{day} at {time}"),
    }
}
