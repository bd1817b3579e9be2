//! Edits of the source text by its spans: comments, order and everything that was not meant stay as they were.

mod apply;
mod block;
mod flow;
mod list;
mod plain;
mod render;
mod set;
mod written;

use std::ops::Range;

use words::Language;

use crate::finding::{Finding, Severity};
use crate::folder::Folder;
use crate::language::JOURNEY;
use crate::parse::File;
use crate::yaml::Node;
use plain::Plain;

pub use written::Written;

/// One edit of `journey.yaml`. Fields are written as findings write them: `title`, `touchpoints.herinnering.need`,
/// `phases.nazorg.band`, `touchpoints.enquete.ask[0].scale`.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Writes a value in the place of the one that is there, or adds the key.
    Set {
        /// Which field.
        field: String,
        /// What to write.
        value: Written,
    },
    /// Takes a key away, with its comment.
    Remove {
        /// Which field.
        field: String,
    },
    /// Adds an item to a list of the journey; its value is a mapping that begins with `id`.
    Add {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// After the item with this id; `None`: at the end.
        after: Option<String>,
        /// The item.
        value: Written,
    },
    /// Takes an item away, with the comments right above it.
    Delete {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// Which.
        id: String,
    },
    /// Moves an item, with the comments right above it.
    Move {
        /// `touchpoints`, `phases` or `funnels`.
        list: String,
        /// Which.
        id: String,
        /// After the item with this id; `None`: to the front.
        after: Option<String>,
    },
}

impl Edit {
    /// Writes a field.
    pub fn set(field: impl Into<String>, value: impl Into<Written>) -> Self {
        Self::Set { field: field.into(), value: value.into() }
    }

    /// Takes a field away.
    pub fn remove(field: impl Into<String>) -> Self {
        Self::Remove { field: field.into() }
    }
}

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

/// Makes one edit. The result has been read back: it says exactly what was meant and nothing else changed.
pub fn patch(text: &str, edit: &Edit) -> Result<String, Refused> {
    let (root, before) = read(text).ok_or(Refused::Unreadable)?;
    let patched = match edit {
        Edit::Set { field, value } => set::set(text, &root, field, value)?,
        Edit::Remove { field } => set::remove(text, &root, field)?,
        Edit::Add { list, after, value } => list::add(text, &root, list, after.as_deref(), value)?,
        Edit::Delete { list, id } => list::delete(text, &root, list, id)?,
        Edit::Move { list, id, after } => list::shift(text, &root, list, id, after.as_deref())?,
    };
    let by_hand = || Refused::ByHand(edit.place());
    let mut meant = Plain::from(&root);
    apply::apply(&mut meant, edit).ok_or_else(by_hand)?;
    let (root, after) = read(&patched).ok_or_else(by_hand)?;
    if Plain::from(&root) != meant {
        return Err(by_hand());
    }
    let new: Vec<Finding> = after
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| !before.iter().any(|old| old.problem == finding.problem && old.field == finding.field))
        .collect();
    if new.is_empty() { Ok(patched) } else { Err(Refused::Wrong(new)) }
}

impl Edit {
    fn place(&self) -> String {
        match self {
            Self::Set { field, .. } | Self::Remove { field } => field.clone(),
            Self::Add { list, .. } => list.clone(),
            Self::Delete { list, id } | Self::Move { list, id, .. } => format!("{list}.{id}"),
        }
    }
}

fn read(text: &str) -> Option<(Node, Vec<Finding>)> {
    let mut file = File::read(Folder::DEFINITION, text, &JOURNEY);
    Some((file.root.take()?, file.findings))
}

/// The text with a range replaced.
fn splice(text: &str, range: Range<usize>, with: &str) -> String {
    let mut out = String::with_capacity(text.len() + with.len());
    out.push_str(&text[..range.start]);
    out.push_str(with);
    out.push_str(&text[range.end..]);
    out
}

/// The byte at which a byte's line begins.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The byte after the last character of a byte's line, before its end mark.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// The byte at which the next line begins.
fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// How lines end in this text.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// White space as wide as what stands before a byte on its line, in characters.
fn indent_at(text: &str, at: usize) -> String {
    " ".repeat(text[line_start(text, at)..at].chars().count())
}

/// The comments between values in a range.
fn comments(text: &str, within: &Node) -> Vec<String> {
    let mut scalars = Vec::new();
    collect_scalars(within, &mut scalars);
    let mut found = Vec::new();
    let mut at = within.span.start;
    let ends = scalars.iter().map(|span| (span.start, span.end)).chain([(within.span.end, within.span.end)]);
    for (start, end) in ends {
        let gap = if at <= start { &text[at..start] } else { "" };
        for line in gap.lines() {
            if let Some(mark) = line.find('#') {
                found.push(line[mark..].trim_end().to_owned());
            }
        }
        at = at.max(end);
    }
    found
}

fn collect_scalars(node: &Node, out: &mut Vec<Range<usize>>) {
    match &node.kind {
        crate::yaml::Kind::Scalar { .. } => out.push(node.span.clone()),
        crate::yaml::Kind::List { items, .. } => items.iter().for_each(|item| collect_scalars(item, out)),
        crate::yaml::Kind::Map { entries, .. } => {
            for entry in entries {
                out.push(entry.key_span.clone());
                collect_scalars(&entry.value, out);
            }
        }
    }
}

/// The place of a key in the language's order of keys; unknown keys come last.
fn order_of(keys: &[&str], key: &str) -> usize {
    keys.iter().position(|known| *known == key).unwrap_or(keys.len())
}

/// The order in which the language writes the keys of a mapping at a field.
fn key_order(field: &str) -> Vec<&'static str> {
    let mut shape = crate::language::Shape::Map(&JOURNEY);
    for step in crate::read::steps(field) {
        let next = match shape.items() {
            // An id or a number: an item of the list.
            Some((item, _)) if shape.tables().is_empty() || step.starts_with('[') => Some(*item),
            Some((item, _)) if !item.tables().is_empty() && !has_key(&shape, step) => Some(*item),
            _ => shape.tables().iter().find_map(|table| table.key(step)).map(|key| key.shape),
        };
        match next {
            Some(next) => shape = next,
            None => return Vec::new(),
        }
    }
    shape.tables().first().map(|table| table.keys.iter().map(|key| key.name).collect()).unwrap_or_default()
}

fn has_key(shape: &crate::language::Shape, key: &str) -> bool {
    shape.tables().iter().any(|table| table.key(key).is_some())
}
