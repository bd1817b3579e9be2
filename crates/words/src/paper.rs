//! What is printed: a text in blocks, and the letter or card around it. Kept with the message, so that what is printed twice is
//! the same twice.

use serde::{Deserialize, Serialize};

use crate::Language;

/// A part of a text, from the top down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// Lines that belong together.
    Paragraph(Vec<Inline>),
    /// A link on a line of its own.
    Button {
        /// What it says.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// A heading within the text.
    Heading(Vec<Inline>),
    /// Items under each other.
    List {
        /// The first number; `None`: bullets.
        start: Option<u64>,
        /// What each holds.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// As it was typed.
    Code(String),
    /// A line across.
    Rule,
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain.
    Text(String),
    /// With weight.
    Strong(Vec<Inline>),
    /// Slanted.
    Emphasis(Vec<Inline>),
    /// A link between words.
    Link {
        /// What it says.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// A new line.
    Break,
}

/// A letter or card for one customer, whole: nothing in it still has to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// In which language it is written.
    pub language: Language,
    /// A card (A6) in the place of a letter (A4).
    pub card: bool,
    /// Who writes: name, and where an undelivered one goes back to.
    pub from: Vec<String>,
    /// Name, street, postcode and town, each on its line.
    pub to: Vec<String>,
    /// The day, as the letter says it.
    pub date: String,
    /// What it is about.
    pub subject: Option<String>,
    /// The text, salutation and closing included.
    pub body: Vec<Block>,
}

/// An address without the part that nobody types: `https://`, `mailto:`, `tel:`, and a slash at the end.
pub fn short_address(url: &str) -> &str {
    let rest = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.unwrap_or(url).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_printed_as_one_types_it() {
        let said = ["https://mijn.rijnoever.nl/a/K7Q2/", "tel:0301234567", "mailto:a@b.nl", "rijnoever.nl"];
        assert_eq!(said.map(short_address), ["mijn.rijnoever.nl/a/K7Q2", "0301234567", "a@b.nl", "rijnoever.nl"]);
    }
}
