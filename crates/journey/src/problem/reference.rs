use words::CustomerWord;

use super::Texts;
use super::wanted::one_of;

/// Names that an error repeats at most.
const KNOWN_MAX: usize = 8;

/// What a name should be the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A phase.
    Phase,
    /// A touchpoint.
    Touchpoint,
    /// A message file.
    Message,
    /// A channel.
    Channel,
    /// An object of the facts.
    Object,
    /// A fact.
    Fact,
    /// A fact, an event or a touchpoint.
    Anchor,
    /// A persona of the organisation.
    Persona,
    /// A team of the organisation.
    Team,
    /// An event or a fact that is given a name.
    Said,
}

impl Named {
    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Phase => ("fase", "phase", "zet de fase bij phases", "add it to phases"),
            Self::Touchpoint => ("contactmoment", "touchpoint", "maak dit contactmoment", "make this touchpoint"),
            Self::Message => ("bericht", "message", "schrijf dit bericht", "write this message"),
            Self::Channel => (
                "kanaal",
                "channel",
                "zet het kanaal bij channels in organisation.yaml",
                "add it to channels in organisation.yaml",
            ),
            Self::Object => ("onderwerp", "object", "zet het bij facts", "add it to facts"),
            Self::Fact => ("gegeven", "fact", "zet het bij facts", "add it to facts"),
            Self::Anchor => (
                "gegeven, gebeurtenis of contactmoment",
                "fact, event or touchpoint",
                "zet het gegeven bij facts",
                "add the fact to facts",
            ),
            Self::Persona => (
                "persona",
                "persona",
                "zet de persona bij personas in organisation.yaml",
                "add it to personas in organisation.yaml",
            ),
            Self::Said => {
                ("gebeurtenis of gegeven", "event or fact", "haal de naam weg bij names", "remove the name from names")
            }
            Self::Team => {
                ("team", "team", "zet het team bij teams in organisation.yaml", "add it to teams in organisation.yaml")
            }
        }
    }
}

/// A name that names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it should name.
    pub what: Named,
    /// As written.
    pub name: String,
    /// The nearest that exists.
    pub near: Option<String>,
    /// Everything that exists.
    pub known: Vec<String>,
}

impl Reference {
    pub(super) fn code(&self) -> &'static str {
        match self.what {
            Named::Phase => "unknown_phase",
            Named::Touchpoint => "unknown_touchpoint",
            Named::Message => "unknown_message",
            Named::Channel => "unknown_channel",
            Named::Object => "unknown_object",
            Named::Fact => "unknown_fact",
            Named::Anchor => "unknown_anchor",
            Named::Persona => "unknown_persona",
            Named::Team => "unknown_team",
            Named::Said => "unknown_name",
        }
    }

    pub(super) fn texts(&self, _who: &CustomerWord) -> Texts {
        let name = &self.name;
        let (what_nl, what_en, make_nl, make_en) = self.what.words();
        let begin = (format!("Er is geen {what_nl} '{name}'."), format!("There is no {what_en} '{name}'."));
        let end = match (&self.near, self.known.as_slice()) {
            (Some(near), _) => {
                (format!("Bedoelt u '{near}'? Of {make_nl}."), format!("Do you mean '{near}'? Or {make_en}."))
            }
            (None, []) => (format!("Verbeter de naam, of {make_nl}."), format!("Correct the name, or {make_en}.")),
            (None, known) => (
                format!("Kies {}, of {make_nl}.", some_of(known, "of")),
                format!("Choose {}, or {make_en}.", some_of(known, "or")),
            ),
        };
        (format!("{} {}", begin.0, end.0), format!("{} {}", begin.1, end.1))
    }
}

/// The first few of many names.
pub(super) fn some_of(known: &[String], or: &str) -> String {
    if known.len() <= KNOWN_MAX { one_of(known, or) } else { format!("{}, …", known[..KNOWN_MAX].join(", ")) }
}
