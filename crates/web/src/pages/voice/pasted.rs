//! A text from elsewhere: a post, a page of the site, a letter.

use journey::Organisation;
use serde::{Deserialize, Serialize};
use voice::checker::{Passage, Setting, Tongue, ease, examine};

use super::shown::{Piece, RemarkRow, underlined};
use crate::language::Speech;

/// What one pastes.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    text: String,
    /// `nl`, `en` or `de`.
    taal: String,
}

impl Filled {
    /// A text in a language.
    pub(super) fn of(text: String, language: words::Language) -> Self {
        Self { text, taal: language.tag().to_owned() }
    }
}

/// The text, and what can be said about it.
#[derive(Serialize)]
pub(super) struct Pasted {
    text: String,
    language: &'static str,
    pieces: Vec<Piece>,
    remarks: Vec<RemarkRow>,
    ease: Option<i64>,
}

impl Pasted {
    /// Its remarks, advice left out.
    pub(super) fn must(self) -> Vec<RemarkRow> {
        self.remarks.into_iter().filter(|remark| !remark.is_advice()).collect()
    }

    pub(super) fn of(filled: Filled, organisation: &Organisation, speech: &Speech) -> Self {
        // Browsers send line ends of their own.
        let text = filled.text.replace("\r\n", "\n");
        let (tongue, language) = match filled.taal.as_str() {
            "en" => (Tongue::English, "en"),
            "de" => (Tongue::German, "de"),
            _ => (Tongue::Dutch, "nl"),
        };
        let passage = Passage::plain(&text, tongue);
        let setting = Setting {
            voice: &organisation.voice,
            address: organisation.address,
            organisation: &organisation.name,
            whole: false,
            template: false,
        };
        let remarks = examine(&passage, &setting);
        Self {
            pieces: underlined(&passage, remarks.iter()),
            remarks: remarks.iter().map(|remark| RemarkRow::of(remark, speech.language)).collect(),
            ease: ease(&passage).map(|ease| ease.score.round() as i64),
            text,
            language,
        }
    }
}
