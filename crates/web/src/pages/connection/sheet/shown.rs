//! The sheet as a page or a file shows it.

use jiff::Timestamp;
use journey::{Definition, Level, NeededEvent, NeededField, Purpose};
use serde::Serialize;
use words::Language;

use super::{
    arrived::{Arrived, Gap},
    sample::Call,
};
use crate::{
    format,
    language::{Speech, Text},
    pages::naming,
};

/// How far an event came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
    /// Came in, and nothing is wrong with it.
    Right,
    /// Came in, with something to mend.
    Gaps,
    /// Comes from another source.
    Elsewhere,
    /// Not yet.
    None,
}

/// An event on the sheet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct EventShown {
    pub(super) name: String,
    /// When to send it, in words.
    pub(super) words: String,
    pub(super) purposes: Vec<String>,
    pub(super) optional: bool,
    pub(super) counted: bool,
    pub(super) standing: Standing,
    /// "klopt, laatst 12 minuten geleden".
    pub(super) state: String,
    /// What is to be mended, a line each.
    pub(super) gaps: Vec<String>,
    pub(super) fields: Vec<FieldShown>,
    /// Whether its fields and a sample are shown, or only that it comes from elsewhere.
    pub(super) whole: bool,
    /// The end of the address: `track`.
    pub(super) call: &'static str,
    pub(super) json: String,
    pub(super) curl: String,
}

/// A field on the sheet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FieldShown {
    pub(super) name: String,
    pub(super) or: Vec<String>,
    pub(super) kind: &'static str,
    /// `always`, `known` or `useful`.
    pub(super) level: &'static str,
    pub(super) example: String,
    /// Values that rules know, when there are several.
    pub(super) values: Vec<String>,
    pub(super) purposes: Vec<String>,
    wrong: bool,
}

/// With what a sheet is written.
pub(super) struct Writer<'a> {
    pub(super) speech: &'a Speech,
    pub(super) definition: &'a Definition,
    pub(super) endpoint: &'a str,
    pub(super) now: Timestamp,
}

impl Writer<'_> {
    fn language(&self) -> Language {
        self.speech.language
    }

    /// One event. `elsewhere`: another source that sends it.
    pub(super) fn event(&self, event: &NeededEvent, arrived: &Arrived, elsewhere: Option<&str>) -> EventShown {
        let (standing, state) = self.standing(arrived, elsewhere);
        let call = Call::of(event, &self.now.to_zoned(self.speech.zone.clone()));
        let key = self.speech.say(&Text::new("source-key-here"));
        EventShown {
            name: event.name.to_string(),
            words: self.when(event),
            purposes: self.purposes(&event.purposes),
            optional: event.optional,
            counted: event.counted,
            whole: standing != Standing::Elsewhere,
            standing,
            state,
            gaps: arrived.gaps.iter().map(|gap| self.gap(gap)).collect(),
            fields: event.fields.iter().map(|field| self.field(field, &arrived.gaps)).collect(),
            call: call.path,
            curl: call.curl(self.endpoint, &key),
            json: call.body,
        }
    }

    /// When to send it: "Zodra de afspraak is gemaakt".
    fn when(&self, event: &NeededEvent) -> String {
        let text = if event.counted {
            Text::new("sheet-once-a-day")
        } else if event.purposes.contains(&Purpose::Identifies) {
            Text::new("sheet-identify")
        } else {
            Text::new("sheet-when").with("event", naming::saying(self.definition, self.speech).event(&event.name))
        };
        self.speech.say(&text)
    }

    fn standing(&self, arrived: &Arrived, elsewhere: Option<&str>) -> (Standing, String) {
        let ago = |last| format::ago(self.language(), last, self.now);
        let (standing, text) = match (arrived.last, elsewhere) {
            (Some(last), _) if arrived.gaps.is_empty() => {
                (Standing::Right, Text::new("sheet-state-right").with("ago", ago(last)))
            }
            (Some(last), _) => (Standing::Gaps, Text::new("sheet-state-gaps").with("ago", ago(last))),
            (None, Some(source)) => (Standing::Elsewhere, Text::new("sheet-state-elsewhere").with("source", source)),
            (None, None) => (Standing::None, Text::new("sheet-state-none")),
        };
        (standing, self.speech.say(&text))
    }

    fn gap(&self, gap: &Gap) -> String {
        let text = match gap {
            Gap::Missing { field, count, of } => {
                Text::new("sheet-gap-missing").with("field", field.as_str()).with("count", *count).with("of", *of)
            }
            Gap::Never { field } => Text::new("sheet-gap-never").with("field", field.as_str()),
            Gap::Unreadable { field, count, of } => {
                Text::new("sheet-gap-unreadable").with("field", field.as_str()).with("count", *count).with("of", *of)
            }
            Gap::Waiting { count, of } => Text::new("sheet-gap-waiting").with("count", *count).with("of", *of),
            Gap::Refused { count, of } => Text::new("sheet-gap-refused").with("count", *count).with("of", *of),
        };
        self.speech.say(&text)
    }

    fn field(&self, field: &NeededField, gaps: &[Gap]) -> FieldShown {
        let wrong = gaps.iter().any(|gap| match gap {
            Gap::Missing { field: name, .. } | Gap::Never { field: name } | Gap::Unreadable { field: name, .. } => {
                *name == field.name
            }
            Gap::Waiting { .. } | Gap::Refused { .. } => false,
        });
        let values = field.values.iter().map(plain);
        FieldShown {
            name: field.name.clone(),
            or: field.or.clone(),
            kind: field.kind.as_str(),
            level: match field.level {
                Level::Always => "always",
                Level::Known => "known",
                Level::Useful => "useful",
            },
            example: plain(&field.example),
            values: if field.values.len() > 1 { values.collect() } else { Vec::new() },
            purposes: self.purposes(&field.purposes),
            wrong,
        }
    }

    fn purposes(&self, all: &[Purpose]) -> Vec<String> {
        journey::purposes(all, self.definition, self.language())
    }
}

/// A value as one would say it: a text without its quotes.
fn plain(value: &words::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
