use std::fmt;
use std::io;

use thiserror::Error;
use words::Language;

/// A limit of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// Bytes of the file as it lies there.
    File(u64),
    /// Bytes of the file after decompression.
    Plain(u64),
    /// Bytes of one row or element.
    Item(u64),
    /// Events of one trace.
    Trace(u64),
    /// Columns of a table.
    Columns(u64),
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, max) = match self {
            Self::File(max) => ("bytes in the file", max),
            Self::Plain(max) => ("bytes after decompression", max),
            Self::Item(max) => ("bytes in one row", max),
            Self::Trace(max) => ("events in one trace", max),
            Self::Columns(max) => ("columns", max),
        };
        write!(f, "more than {max} {what}")
    }
}

impl std::error::Error for TooMuch {}

/// What ends an import. What was given before stays good.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// A limit was passed.
    #[error("{what}, at line or event {place}")]
    TooMuch {
        /// Which limit.
        what: TooMuch,
        /// Near which line or event.
        place: u64,
    },
    /// The file could not be read or decompressed.
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
    /// Another kind of file than it was said to be.
    #[error("the file is no {0}")]
    WrongKind(&'static str),
    /// XML that is not well-formed, or that stops in the middle.
    #[error("the XML is broken after event {event}: {detail}")]
    BrokenXml {
        /// The number of the event after which it broke.
        event: u64,
        /// What was wrong.
        detail: String,
    },
    /// A column of the mapping is not in the file.
    #[error("the file has no column {0:?}")]
    NoColumn(String),
    /// Something else in the mapping cannot be.
    #[error("the mapping's {field} cannot be {value:?}")]
    BadMapping {
        /// Which field.
        field: &'static str,
        /// What it says.
        value: String,
    },
}

impl ImportError {
    /// What is wrong and what to do about it.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::TooMuch { what: TooMuch::Item(max), place } => {
                format!(
                    "Bij regel {place} is een regel langer dan {max} bytes. Staat er ergens een aanhalingsteken dat niet sluit?"
                )
            }
            Self::TooMuch { what: TooMuch::File(max) | TooMuch::Plain(max), .. } => {
                format!("Het bestand is groter dan {max} bytes. Deel het op.")
            }
            Self::TooMuch { what: TooMuch::Trace(max), place } => {
                format!("Bij gebeurtenis {place} heeft één zaak meer dan {max} gebeurtenissen. Laat die zaak weg.")
            }
            Self::TooMuch { what: TooMuch::Columns(max), .. } => {
                format!("Het bestand heeft meer dan {max} kolommen. Laat weg wat niet nodig is.")
            }
            Self::Unreadable(detail) => format!("Het bestand is niet te lezen ({detail}). Bied het opnieuw aan."),
            Self::WrongKind(kind) => {
                format!("Dit bestand is geen {kind}. Kies een ander bestand of een andere soort import.")
            }
            Self::BrokenXml { event, detail } => {
                format!("Na gebeurtenis {event} klopt de XML niet meer ({detail}). Maak de export opnieuw.")
            }
            Self::NoColumn(column) => format!("Het bestand heeft geen kolom \"{column}\". Kies een kolom uit de kop."),
            Self::BadMapping { field, value } => {
                format!("\"{value}\" kan niet bij {field}. Verbeter de koppeling van de kolommen.")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooMuch { what: TooMuch::Item(max), place } => {
                format!("Near line {place} a row is longer than {max} bytes. Is there a quote that never closes?")
            }
            Self::TooMuch { what: TooMuch::File(max) | TooMuch::Plain(max), .. } => {
                format!("The file is larger than {max} bytes. Split it.")
            }
            Self::TooMuch { what: TooMuch::Trace(max), place } => {
                format!("Near event {place} one case has more than {max} events. Leave that case out.")
            }
            Self::TooMuch { what: TooMuch::Columns(max), .. } => {
                format!("The file has more than {max} columns. Leave out what is not needed.")
            }
            Self::Unreadable(detail) => format!("The file cannot be read ({detail}). Offer it again."),
            Self::WrongKind(kind) => format!("This file is no {kind}. Choose another file or another kind of import."),
            Self::BrokenXml { event, detail } => {
                format!("After event {event} the XML is broken ({detail}). Make the export again.")
            }
            Self::NoColumn(column) => format!("The file has no column \"{column}\". Choose one of its header."),
            Self::BadMapping { field, value } => {
                format!("\"{value}\" cannot be {field}. Correct the mapping of the columns.")
            }
        }
    }

    /// What an error of a reader below means.
    pub(super) fn from_io(error: &io::Error, place: u64) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<TooMuch>()) {
            Some(what) => Self::TooMuch { what: *what, place },
            None => Self::Unreadable(error.to_string()),
        }
    }
}
