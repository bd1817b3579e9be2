//! A text with its remarks: which pieces are underlined, and what is said of each.

use std::ops::Range;

use serde::Serialize;
use service::sounding::Sound;
use voice::{
    Field,
    checker::{Passage, Remark, Rule, ease},
};
use words::Language;

/// A message with remarks.
#[derive(Serialize)]
pub(super) struct MessageRow {
    name: String,
    language: &'static str,
    href: String,
    /// Of the body, as a whole number; none for a short one.
    ease: Option<i64>,
    pub(super) fields: Vec<FieldRow>,
}

/// One text with remarks.
#[derive(Serialize)]
pub(super) struct FieldRow {
    /// `subject`, `body`, `sms`, `whatsapp`, `print`, `script` or `other`.
    field: &'static str,
    pub(super) pieces: Vec<Piece>,
    pub(super) remarks: Vec<RemarkRow>,
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    text: String,
    is_wrong: bool,
}

/// What is said.
#[derive(Serialize)]
pub(crate) struct RemarkRow {
    rule: &'static str,
    is_advice: bool,
    found: String,
    reason: String,
    /// Empty: leave it out.
    rewrite: Option<String>,
}

impl RemarkRow {
    /// Offers its rewrite only where that can be put in the place of what was found.
    pub(crate) fn only_here(&mut self, is_here: bool) {
        self.rewrite = self.rewrite.take().filter(|_| is_here);
    }

    pub(super) fn is_advice(&self) -> bool {
        self.is_advice
    }

    pub(crate) fn of(remark: &Remark, language: Language) -> Self {
        Self {
            rule: remark.rule.id(),
            is_advice: remark.rule.is_advice(),
            found: shortened(&remark.found),
            reason: remark.reason(language),
            rewrite: remark.rewrite.clone(),
        }
    }
}

/// A long sentence by its first words; the whole is underlined.
fn shortened(found: &str) -> String {
    const CHARS_MAX: usize = 48;
    if found.chars().count() <= CHARS_MAX {
        return found.to_owned();
    }
    let cut: String = found.chars().take(CHARS_MAX).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

pub(super) fn message_row(sound: &Sound, journey: &str, only: Option<Rule>, reader: Language) -> MessageRow {
    let fields = sound.passages.iter().filter_map(|(field, passage)| {
        let mut remarks: Vec<&Remark> =
            sound.noted.iter().filter(|one| one.field == *field).map(|one| &one.remark).collect();
        remarks.retain(|remark| only.is_none_or(|rule| remark.rule == rule));
        (!remarks.is_empty()).then(|| FieldRow {
            field: key(field),
            pieces: underlined(passage, remarks.iter().copied()),
            remarks: remarks.iter().map(|remark| RemarkRow::of(remark, reader)).collect(),
        })
    });
    let body = sound.passages.iter().find(|(field, _)| *field == Field::Body);
    let name = crate::pages::encoded(&sound.name);
    MessageRow {
        name: sound.name.replace('-', " "),
        language: sound.language.tag(),
        href: format!("{journey}/bericht/{name}?taal={}", sound.language.tag()),
        ease: body.and_then(|(_, passage)| ease(passage)).map(|ease| ease.score.round() as i64),
        fields: fields.collect(),
    }
}

/// The text of a passage, what is remarked underlined. What is missing stands nowhere.
pub(super) fn underlined<'a>(passage: &Passage, remarks: impl Iterator<Item = &'a Remark>) -> Vec<Piece> {
    let ranges: Vec<Range<usize>> =
        remarks.filter(|remark| remark.rule != Rule::NoExit).map(|remark| remark.at.clone()).collect();
    pieces(passage.text(), &ranges)
}

fn key(field: &Field) -> &'static str {
    match field {
        Field::Subject => "subject",
        Field::Body => "body",
        Field::Sms => "sms",
        Field::Whatsapp => "whatsapp",
        Field::Print => "print",
        Field::Script => "script",
        Field::WhatsappTemplate | Field::Question(_) => "other",
    }
}

/// A text in pieces, at the edges of the ranges; those may lie within each other.
pub(crate) fn pieces(text: &str, ranges: &[Range<usize>]) -> Vec<Piece> {
    let mut edges: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    edges.extend([0, text.len()]);
    edges.retain(|edge| text.is_char_boundary(*edge));
    edges.sort_unstable();
    edges.dedup();
    let mut pieces: Vec<Piece> = Vec::new();
    for pair in edges.windows(2) {
        let is_wrong = ranges.iter().any(|range| range.start <= pair[0] && pair[1] <= range.end);
        let piece = &text[pair[0]..pair[1]];
        match pieces.last_mut().filter(|last| last.is_wrong == is_wrong && !is_wrong) {
            Some(last) => last.text.push_str(piece),
            None => pieces.push(Piece { text: piece.to_owned(), is_wrong }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_apart_at_the_edges_and_stays_whole() {
        let text = "Één zin, je leest.";
        let found = pieces(text, &[10..12, 0..20, 1..3]);
        assert_eq!(found.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert!(found.iter().all(|piece| piece.is_wrong));
        let one = pieces("a je b", std::slice::from_ref(&(2..4)));
        let told: Vec<_> = one.iter().map(|piece| (piece.text.as_str(), piece.is_wrong)).collect();
        assert_eq!(told, [("a ", false), ("je", true), (" b", false)]);
        assert_eq!(pieces("", &[]), []);
    }
}
