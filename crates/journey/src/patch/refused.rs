use words::Language;

use crate::finding::Finding;

/// Why an edit is refused; the text stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// The text cannot be read, so nothing in it can be found.
    Unreadable,
    /// There is no such place.
    NoPlace(String),
    /// The value cannot stand there.
    Wrong(Vec<Finding>),
    /// The edit cannot be made without touching something else; by hand it can.
    ByHand(String),
}

impl Refused {
    /// What is wrong and what to do about it.
    pub fn message(&self, language: Language) -> String {
        let pick = |dutch: String, english: String| match language {
            Language::Nl => dutch,
            Language::En => english,
        };
        match self {
            Self::Unreadable => pick(
                "De tekst van deze klantreis is niet te lezen. Verbeter eerst de fouten in de tekst.".to_owned(),
                "The text of this journey cannot be read. Correct the mistakes in the text first.".to_owned(),
            ),
            Self::NoPlace(field) => pick(
                format!("'{field}' bestaat niet (meer). Ververs de pagina en probeer het opnieuw."),
                format!("'{field}' does not exist (any more). Refresh the page and try again."),
            ),
            Self::Wrong(findings) => {
                findings.iter().map(|finding| finding.message(language)).collect::<Vec<_>>().join(" ")
            }
            Self::ByHand(field) => pick(
                format!(
                    "'{field}' is hier niet te veranderen zonder iets anders te raken. Verander het in de tekst zelf."
                ),
                format!(
                    "'{field}' cannot be changed here without touching something else. Change it in the text itself."
                ),
            ),
        }
    }
}
