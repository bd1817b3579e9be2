use words::{CustomerWord, Language};

use super::{Customer, Texts};

/// What publishing still needs: each is one line of a to-do list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The journey's title.
    Title,
    /// Who looks after it.
    Owner,
    /// What it is for.
    Goal,
    /// What opens a run.
    Start,
    /// What ends a run.
    End,
    /// Any phase.
    Phases,
    /// Any touchpoint.
    Touchpoints,
    /// The exit to a person, for the journey.
    Human,
    /// What the customer wants to know at this touchpoint, by its title.
    Need(String),
    /// A channel for this touchpoint.
    Channel(String),
    /// A class for what is sent or asked.
    Class(String),
    /// The text of a message in a language.
    Message {
        /// The message.
        name: String,
        /// The language that the journey needs it in.
        language: Language,
    },
    /// A touchpoint that hangs on one that can never happen, both by title.
    NeverComes {
        /// What never happens.
        title: String,
        /// What it hangs on.
        anchor: String,
    },
    /// Any touchpoint that can happen.
    NothingComes,
}

impl Gate {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Title => "needs_title",
            Self::Owner => "needs_owner",
            Self::Goal => "needs_goal",
            Self::Start => "needs_start",
            Self::End => "needs_end",
            Self::Phases => "needs_phases",
            Self::Touchpoints => "needs_touchpoints",
            Self::Human => "needs_human",
            Self::Need(_) => "needs_need",
            Self::Channel(_) => "needs_channel",
            Self::Class(_) => "needs_class",
            Self::Message { .. } => "needs_message",
            Self::NeverComes { .. } => "never_comes",
            Self::NothingComes => "nothing_comes",
        }
    }

    pub(super) fn texts(&self, who: &CustomerWord) -> Texts {
        let Customer { nl, en, .. } = Customer::of(who);
        let (dutch, english) = match self {
            Self::Need(title) => {
                return (
                    format!("‘{title}’: wat wil {nl} hier weten of kunnen? Vul de informatiebehoefte in."),
                    format!("‘{title}’: what does {en} want to know or do here? Fill in the need."),
                );
            }
            Self::Channel(title) => {
                return (
                    format!("‘{title}’: langs welk kanaal? Kies er ten minste een."),
                    format!("‘{title}’: by which channel? Choose at least one."),
                );
            }
            Self::Class(title) => {
                return (
                    format!(
                        "‘{title}’: hoort dit bericht bij wat {nl} vroeg, of is het reclame? Kies service of marketing."
                    ),
                    format!(
                        "‘{title}’: does this message belong to what {en} asked for, or is it advertising? Choose service or marketing."
                    ),
                );
            }
            Self::Message { name, language } => return message(name, *language),
            Self::NeverComes { title, anchor } => return never_comes(title, anchor),
            Self::Human => {
                return (
                    format!("Bij wie kan {nl} een mens spreken? Vul een team in, liefst met telefoonnummer."),
                    format!("With whom can {en} speak in person? Fill in a team, preferably with a telephone number."),
                );
            }
            Self::Title => ("Geef de klantreis een titel.", "Give the journey a title."),
            Self::Owner => (
                "Wie zorgt voor deze klantreis? Vul een eigenaar in.",
                "Who looks after this journey? Fill in an owner.",
            ),
            Self::Goal => (
                "Wanneer is de reis geslaagd? Kies de gebeurtenis die het doel is.",
                "When has the journey succeeded? Choose the event that is its goal.",
            ),
            Self::Start => (
                "Waarmee begint de reis? Kies ten minste één gebeurtenis.",
                "What does the journey begin with? Choose at least one event.",
            ),
            Self::End => (
                "Wanneer is de reis afgelopen? Kies een gebeurtenis, of een tijd na een contactmoment.",
                "When is the journey over? Choose an event, or a time after a touchpoint.",
            ),
            Self::NothingComes => (
                "Geen enkel contactmoment kan gebeuren. Kies bij ten minste één moment waaraan u het herkent, of wanneer het gebeurt.",
                "No touchpoint can ever happen. Choose for at least one how you recognise it, or when it happens.",
            ),
            Self::Phases => ("Voeg ten minste één fase toe.", "Add at least one phase."),
            Self::Touchpoints => ("Voeg ten minste één contactmoment toe.", "Add at least one touchpoint."),
        };
        (dutch.to_owned(), english.to_owned())
    }
}

fn message(name: &str, language: Language) -> Texts {
    let (dutch, english) = match language {
        Language::Nl => ("Nederlands", "Dutch"),
        Language::En => ("Engels", "English"),
    };
    (
        format!("De tekst van bericht ‘{name}’ ({dutch}) ontbreekt nog. Schrijf het bericht."),
        format!("The text of message ‘{name}’ ({english}) is still missing. Write the message."),
    )
}

fn never_comes(title: &str, anchor: &str) -> Texts {
    (
        format!(
            "‘{title}’ gebeurt nooit: het volgt op ‘{anchor}’, en niets herkent of maakt dat moment. Kies bij ‘{anchor}’ waaraan u het herkent, of laat ‘{title}’ op iets anders volgen."
        ),
        format!(
            "‘{title}’ never happens: it follows ‘{anchor}’, and nothing recognises or makes that moment. Choose at ‘{anchor}’ how you recognise it, or let ‘{title}’ follow something else."
        ),
    )
}
