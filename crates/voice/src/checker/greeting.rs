//! How a message opens and closes.

use words::FormOfAddress;

use super::{
    examine::Setting,
    lists::{CLOSINGS, FORMAL_CLOSINGS, FORMAL_OPENINGS, FRIENDLY_CLOSINGS, FRIENDLY_OPENINGS, OPENINGS},
    passage::{Owner, Passage},
    phrase,
    remark::Remark,
    rule::Rule,
    word::Word,
};

/// Words of a line that opens or closes at most; a longer one is a sentence.
const LINE_WORDS_MAX: usize = 7;

pub(super) fn remarks(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Vec<Remark> {
    opening(passage, words, setting).into_iter().chain(closing(passage, words, setting)).collect()
}

/// The opening: the first words of the text, up to the first sign.
fn opening(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Option<Remark> {
    let first = words.first().filter(|word| word.owner == Owner::Writer)?;
    let line =
        words.iter().position(|word| word.at.start > first.at.start && word.gap.contains(['\n', ',', '!', '.', '?']));
    if line.unwrap_or(words.len()) > LINE_WORDS_MAX {
        return None;
    }
    let starts = |list: &[&str]| list.iter().any(|phrase| phrase::at(words, 0, phrase));
    let (friendly, formal) = (starts(FRIENDLY_OPENINGS), starts(FORMAL_OPENINGS));
    let clashes = match setting.address {
        FormOfAddress::U => friendly,
        FormOfAddress::Je => formal,
    };
    let agreed = &setting.voice.openings;
    let is_agreed = agreed.iter().any(|opening| phrase::at(words, 0, &opening.to_lowercase()));
    let strange = !agreed.is_empty() && !is_agreed && (friendly || formal || starts(OPENINGS));
    if is_agreed || !clashes && !strange {
        return None;
    }
    let usual = agreed.first().cloned().unwrap_or_else(|| {
        let usual = match setting.address {
            FormOfAddress::U => "Geachte",
            FormOfAddress::Je => "Hallo",
        };
        if formal || passage.text[first.at.end..].trim_start().starts_with(char::is_alphabetic) {
            "Beste"
        } else {
            usual
        }
        .to_owned()
    });
    let against = if agreed.is_empty() { usual.clone() } else { agreed.join(", ") };
    Some(remark(passage, Rule::Opening, first.at.clone(), against, Some(usual)))
}

/// The closing: the last short line that is one.
fn closing(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Option<Remark> {
    let begins = |index: &usize| *index > 0 && (words[*index].first);
    let tail = words.len().saturating_sub(2 * LINE_WORDS_MAX + 4);
    let agreed: Vec<String> = setting.voice.closings.iter().map(|closing| closing.to_lowercase()).collect();
    let length = |list: &[&str], at| list.iter().filter_map(|phrase| phrase::length_at(words, at, phrase)).max();
    for at in (tail..words.len()).filter(begins) {
        if words[at].owner != Owner::Writer {
            continue;
        }
        let friendly = length(FRIENDLY_CLOSINGS, at);
        let formal = length(FORMAL_CLOSINGS, at);
        let Some(taken) = friendly.max(formal).max(length(CLOSINGS, at)) else { continue };
        let whole = words.get(at + taken).is_none_or(|next| next.gap.contains([',', '\n', '.', '!']));
        if !whole {
            continue;
        }
        let is_agreed = agreed.iter().any(|closing| phrase::at(words, at, closing));
        let clashes = match setting.address {
            FormOfAddress::U => friendly.is_some(),
            FormOfAddress::Je => formal.is_some(),
        };
        if is_agreed || !clashes && agreed.is_empty() {
            return None;
        }
        let usual = setting.voice.closings.first().cloned().unwrap_or_else(|| "Met vriendelijke groet".to_owned());
        let against = if agreed.is_empty() { usual.clone() } else { setting.voice.closings.join(", ") };
        let range = words[at].at.start..words[at + taken - 1].at.end;
        return Some(remark(passage, Rule::Closing, range, against, Some(usual)));
    }
    None
}

fn remark(
    passage: &Passage,
    rule: Rule,
    at: std::ops::Range<usize>,
    against: String,
    rewrite: Option<String>,
) -> Remark {
    Remark { rule, found: passage.text[at.clone()].to_owned(), at, against, rewrite }
}
