use thiserror::Error;
use words::Language;

use crate::limits::CARD_CHARS_MAX;

/// Why a message cannot be made for this customer. Nothing is sent then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.message(Language::En))]
pub enum RenderError {
    /// A value that the text needs is missing or empty; a link counts as one: `link('offer')`.
    Missing {
        /// As written in the message.
        variable: String,
    },
    /// A value should be a day or a time and is not.
    NotAMoment {
        /// As written in the message.
        variable: String,
    },
    /// A whole object stands where one of its properties belongs.
    NotPrintable {
        /// As written in the message.
        variable: String,
    },
    /// The template takes too many instructions.
    TooMuchWork,
    /// The result is too long.
    TooLarge,
    /// Lists or quotations nest too deeply.
    TooDeep,
    /// Too long for a text message.
    TooManySms {
        /// How many text messages it would take.
        parts: u32,
    },
    /// More than a card holds.
    TooLongForCard,
    /// An e-mail without a subject.
    NoSubject,
    /// The template for WhatsApp has no name, or none that the provider knows.
    TemplateName,
    /// A line that fills a place of the template for WhatsApp is empty.
    TemplateLine {
        /// As written in the message.
        line: String,
    },
    /// The template is not well formed.
    Template {
        /// What the template engine says.
        detail: String,
    },
}

impl RenderError {
    /// What is wrong and what to do.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::Missing { variable } => {
                format!("„{variable}” is niet bekend. Vul het gegeven aan, of zet er default of if omheen.")
            }
            Self::NotAMoment { variable } => {
                format!("„{variable}” is geen dag of tijd. Kies een gegeven van het soort date of time.")
            }
            Self::NotPrintable { variable } => {
                format!("„{variable}” is een geheel van gegevens. Kies er een uit, zoals „{variable}.start”.")
            }
            Self::TooMuchWork => "Dit bericht rekent te lang. Maak de invulplekken eenvoudiger.".into(),
            Self::TooLarge => "Dit bericht wordt te lang. Maak de tekst korter.".into(),
            Self::TooDeep => "Lijsten of citaten staan te diep in elkaar. Maak ze vlakker.".into(),
            Self::TooManySms { parts } => format!("Dit worden {parts} sms'jes. Schrijf een korte tekst bij sms."),
            Self::TooLongForCard => {
                format!("Op een kaart passen {CARD_CHARS_MAX} tekens. Schrijf een kortere tekst bij brief en kaart.")
            }
            Self::NoSubject => "Het onderwerp ontbreekt. Vul subject in.".into(),
            Self::TemplateName => {
                "De eerste regel van het WhatsApp-sjabloon is de naam zoals die bij de aanbieder staat, zoals bezoek_morgen, met zo nodig de taal erachter: bezoek_morgen nl.".into()
            }
            Self::TemplateLine { line } => {
                format!("De regel „{line}” van het WhatsApp-sjabloon blijft leeg. Zet er default in, of een vaste tekst.")
            }
            Self::Template { detail } => format!("Een invulplek klopt niet ({detail}). Verbeter haar in de tekst."),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Missing { variable } => {
                format!("‘{variable}’ is not known. Supply the fact, or wrap it in default or if.")
            }
            Self::NotAMoment { variable } => {
                format!("‘{variable}’ is no day or time. Choose a fact of type date or time.")
            }
            Self::NotPrintable { variable } => {
                format!("‘{variable}’ is a whole object. Choose one of its properties, such as ‘{variable}.start’.")
            }
            Self::TooMuchWork => "This message takes too long to make. Simplify its placeholders.".into(),
            Self::TooLarge => "This message becomes too long. Shorten its text.".into(),
            Self::TooDeep => "Lists or quotations nest too deeply. Flatten them.".into(),
            Self::TooManySms { parts } => format!("This takes {parts} text messages. Write a short text under sms."),
            Self::TooLongForCard => {
                format!("A card holds {CARD_CHARS_MAX} characters. Write a shorter text under letter and card.")
            }
            Self::NoSubject => "The subject is missing. Fill in subject.".into(),
            Self::TemplateName => {
                "The first line of the WhatsApp template is its name at the provider, such as visit_tomorrow, followed by its language where that is another: visit_tomorrow en_US.".into()
            }
            Self::TemplateLine { line } => {
                format!("The line ‘{line}’ of the WhatsApp template stays empty. Give it a default, or a fixed text.")
            }
            Self::Template { detail } => format!("A placeholder is wrong ({detail}). Correct it in the text."),
        }
    }
}
