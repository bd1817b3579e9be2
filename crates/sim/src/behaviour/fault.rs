use std::fmt;

use words::Language;

/// Something that is wrong in a `simulate.yaml`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Language::En))]
pub struct Fault {
    /// The field: `then.hold.placed[1].delay`. Empty: the text as a whole.
    pub field: String,
    /// What.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is no YAML that the house reads; the reader's own line in Dutch and in English.
    Text(String, String),
    /// Something else is wanted here.
    Wanted(Wanted),
    /// It has to be there.
    Missing(Wanted),
    /// No such key; the nearest that exists.
    Unknown(Option<String>),
    /// More than so many.
    TooMany(usize),
    /// The chances of one draw are more than 1 together.
    OverOne,
    /// The condition cannot be read.
    Condition,
    /// The definition has no such touchpoint.
    NoTouchpoint(String),
    /// The question is about this touchpoint, and nothing says how customers feel about it.
    NoScore(String),
    /// It behaves in another journey than the one it lies in.
    OtherJourney(String),
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// `{ key: … }`
    Map,
    /// `[ … ]`
    List,
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A number of 0 or more.
    Number,
    /// 0..=1.
    Chance,
    /// `object.action`.
    Event,
    /// `2h`, or `[10m, 2h, 1d]`.
    Delay,
    /// `[5, 10, 20]`, rising and above 0.
    Spread,
    /// `[0.6, .8]`: mean -2..2 and spread.
    Score,
    /// `"08:00-22:00"`.
    Hours,
    /// `appointment.start - 30m`.
    Moment,
    /// `{ a: .7, b: .3 }`, or one text.
    Choice,
    /// One of `do` and `leave`.
    Deed,
    /// The name of a touchpoint or event.
    Heading,
    /// A channel by which messages go.
    SendingChannel,
}

impl Wanted {
    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Map => ("namen met waarden, zoals { chance: .5 }", "names with values, such as { chance: .5 }"),
            Self::List => ("een lijst, elke regel met een streepje", "a list, each line with a dash"),
            Self::Text => ("een tekst", "a text"),
            Self::Truth => ("true of false", "true or false"),
            Self::Number => ("een getal van 0 of meer", "a number of 0 or more"),
            Self::Chance => ("een kans van 0 tot en met 1", "a chance from 0 up to 1"),
            Self::Event => ("een gebeurtenis zoals hold.placed", "an event such as hold.placed"),
            Self::Delay => {
                ("een duur zoals 2h, of [10m, 2h, 1d] oplopend", "a duration such as 2h, or [10m, 2h, 1d] rising")
            }
            Self::Spread => ("drie oplopende getallen boven 0", "three rising numbers above 0"),
            Self::Score => ("[gemiddelde van -2 tot 2, spreiding]", "[mean from -2 to 2, spread]"),
            Self::Hours => ("uren zoals \"08:00-22:00\"", "hours such as \"08:00-22:00\""),
            Self::Moment => ("een moment zoals appointment.start - 30m", "a moment such as appointment.start - 30m"),
            Self::Choice => {
                ("kansen per waarde, zoals { ja: .7, nee: .3 }", "chances per value, such as { yes: .7, no: .3 }")
            }
            Self::Deed => ("een van do en leave", "one of do and leave"),
            Self::Heading => ("de naam van een moment of een gebeurtenis", "the name of a touchpoint or an event"),
            Self::SendingChannel => (
                "een kanaal waarmee berichten gaan: email, sms, whatsapp, push of post",
                "a channel by which messages go: email, sms, whatsapp, push or post",
            ),
        }
    }
}

impl Fault {
    pub(crate) fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self { field: field.into(), problem }
    }

    /// Where it is, what is wrong and what to do about it.
    pub fn message(&self, language: Language) -> String {
        let (dutch, english) = self.problem.texts();
        let text = match language {
            Language::Nl => dutch,
            Language::En => english,
        };
        if self.field.is_empty() { text } else { format!("{}: {text}", self.field) }
    }
}

impl Problem {
    fn texts(&self) -> (String, String) {
        let both = |dutch: String, english: String| (dutch, english);
        match self {
            Self::Text(dutch, english) => both(dutch.clone(), english.clone()),
            Self::Wanted(wanted) => {
                let (dutch, english) = wanted.texts();
                both(format!("schrijf hier {dutch}"), format!("write {english} here"))
            }
            Self::Missing(wanted) => {
                let (dutch, english) = wanted.texts();
                both(format!("ontbreekt; voeg {dutch} toe"), format!("is missing; add {english}"))
            }
            Self::Unknown(None) => {
                both("bestaat hier niet; haal het weg".into(), "is not known here; remove it".into())
            }
            Self::Unknown(Some(near)) => both(
                format!("bestaat hier niet; bedoelt u {near}?"),
                format!("is not known here; did you mean {near}?"),
            ),
            Self::TooMany(max) => {
                both(format!("te veel; maak er hoogstens {max} van"), format!("too many; keep to {max}"))
            }
            Self::OverOne => both(
                "de kansen van één trekking zijn samen meer dan 1; verlaag ze, of zet own_draw: true".into(),
                "the chances of one draw are more than 1 together; lower them, or set own_draw: true".into(),
            ),
            Self::Condition => both(
                "deze voorwaarde is niet te lezen; schrijf bijvoorbeeld \"happened('bevestiging')\"".into(),
                "this condition cannot be read; write for instance \"happened('confirmation')\"".into(),
            ),
            Self::NoTouchpoint(name) => both(
                format!("de reis heeft geen moment {name}; kies een moment uit journey.yaml"),
                format!("the journey has no touchpoint {name}; choose one of journey.yaml"),
            ),
            Self::NoScore(name) => both(
                format!("er wordt naar {name} gevraagd; voeg onder scores toe hoe klanten dat vinden"),
                format!("customers are asked about {name}; add to scores how they feel about it"),
            ),
            Self::OtherJourney(name) => both(
                format!("dit gedrag ligt bij de reis {name}; schrijf journey: {name}"),
                format!("this behaviour lies with the journey {name}; write journey: {name}"),
            ),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.texts().1)
    }
}
