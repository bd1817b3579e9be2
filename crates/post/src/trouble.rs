use thiserror::Error;
use words::Language;

use crate::{LETTERS_MAX, PAGES_MAX};

/// Which letter cannot be printed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("letter {letter}: {}", cause.message(Language::En))]
pub struct Trouble {
    /// Its place in the list.
    pub letter: usize,
    /// Why.
    pub cause: Cause,
}

/// Why something cannot be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// More pages than a letter may have.
    TooLong,
    /// More than a card holds.
    CardFull,
    /// More letters than one document holds.
    TooMany,
    /// Signs that our letters have no shape for.
    Unprintable {
        /// The first of them.
        signs: String,
    },
    /// The document was not accepted as accessible.
    NotAccessible {
        /// What the writer of the document says.
        detail: String,
    },
}

impl Cause {
    /// What is wrong and what to do.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::TooLong => format!("Deze brief wordt langer dan {PAGES_MAX} bladzijden. Maak de tekst korter."),
            Self::CardFull => "Deze tekst past niet op een kaart. Schrijf een kortere tekst bij brief en kaart.".into(),
            Self::TooMany => format!("Hoogstens {LETTERS_MAX} brieven in één keer. Print de rest daarna."),
            Self::Unprintable { signs } => {
                format!("Deze tekens kunnen we niet printen: {signs}. Schrijf de naam of de tekst in Latijnse letters.")
            }
            Self::NotAccessible { detail } => format!("De pdf kon niet worden gemaakt ({detail})."),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooLong => format!("This letter becomes longer than {PAGES_MAX} pages. Shorten its text."),
            Self::CardFull => "This text does not fit on a card. Write a shorter text under letter and card.".into(),
            Self::TooMany => format!("At most {LETTERS_MAX} letters at a time. Print the rest afterwards."),
            Self::Unprintable { signs } => {
                format!("We cannot print these signs: {signs}. Write the name or the text in Latin letters.")
            }
            Self::NotAccessible { detail } => format!("The PDF could not be made ({detail})."),
        }
    }
}
