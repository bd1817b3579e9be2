//! What is remarked of a message, where it stands in the fields of the form, and another wording put in its place.

use serde::Serialize;
use voice::{
    Declared, Field, Message,
    checker::{Rule, listen},
};
use words::Language;

use crate::pages::{
    draft::fields::Fields,
    voice::{Piece, RemarkRow, pieces},
};

/// A remark with its place.
#[derive(Serialize)]
pub(super) struct Row {
    /// Its place in the list, by which its rewrite is asked for.
    number: usize,
    pub(super) field: String,
    /// Where it stands in the field, in UTF-16 units, as a browser counts.
    start: usize,
    end: usize,
    /// What stands there, whole.
    whole: String,
    said: RemarkRow,
    #[serde(skip)]
    bytes: std::ops::Range<usize>,
    #[serde(skip)]
    rewrite: Option<String>,
    #[serde(skip)]
    is_underlined: bool,
}

/// Everything that can be said about how a message sounds, in the order of its fields.
pub(super) fn rows(message: &Message, declared: &Declared, reader: Language) -> Vec<Row> {
    let noted = listen(message, declared).into_iter().filter_map(|noted| {
        let source = message.text(&noted.field)?.source.as_str();
        let (text, lead) = (source.trim(), source.len() - source.trim_start().len());
        let within = |at: usize| at.saturating_sub(lead).min(text.len());
        let bytes = within(noted.range.start)..within(noted.range.end);
        let whole = text.get(bytes.clone())?.to_owned();
        Some((noted, text, bytes, whole))
    });
    let row = |(number, (noted, text, bytes, whole)): (
        usize,
        (voice::checker::Noted, &str, std::ops::Range<usize>, String),
    )| {
        let units = |end: usize| text[..end].encode_utf16().count();
        // Only what stands in the source as it was heard can be replaced there.
        let rewrite = noted.remark.rewrite.clone().filter(|_| whole == noted.remark.found);
        let mut said = RemarkRow::of(&noted.remark, reader);
        said.only_here(rewrite.is_some());
        Row {
            number,
            field: noted.field.to_string(),
            start: units(bytes.start),
            end: units(bytes.end),
            said,
            whole,
            bytes,
            rewrite,
            is_underlined: noted.remark.rule != Rule::NoExit,
        }
    };
    noted.enumerate().map(row).collect()
}

/// Each field that has a remark, in pieces: what is remarked is wrong.
pub(super) fn underlined(message: &Message, rows: &[Row]) -> Vec<(String, Vec<Piece>)> {
    let of_field = |(field, text): (Field, &voice::Text)| {
        let name = field.to_string();
        let marked = rows.iter().filter(|row| row.field == name && row.is_underlined);
        let ranges: Vec<_> = marked.map(|row| row.bytes.clone()).collect();
        (!ranges.is_empty()).then(|| (name, pieces(text.source.trim(), &ranges)))
    };
    message.fields().into_iter().filter_map(of_field).collect()
}

/// What was typed with one remark's rewrite in its place; `None`: there is no such remark, or it offers none.
pub(super) fn applied(typed: &Fields, rows: &[Row], number: usize) -> Option<Fields> {
    let row = rows.get(number)?;
    let (text, with) = (typed.get(&row.field), row.rewrite.as_ref()?);
    let (before, rest) = (text.get(..row.bytes.start)?, text.get(row.bytes.end..)?);
    let mut changed = typed.clone();
    changed.put(row.field.clone(), format!("{before}{with}{rest}"));
    Some(changed)
}
