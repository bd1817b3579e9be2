//! What still needs doing, each with the place where one does it.

use journey::{Folder, Gate, Problem as Wrong, Severity};
use serde::Serialize;
use service::workbench::Found;
use words::{CustomerWord, Language, TouchpointId};

use super::{draft_path, fields::group_of, opened::Opened};

/// Fields of the journey that its own form fills in.
const OF_THE_JOURNEY: [&str; 14] = [
    "title", "owner", "personas", "address", "goal", "ends", "starts", "human", "facts", "run_per", "again", "parts",
    "language", "names",
];

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) href: String,
    /// `error`, `gate` or `warning`.
    pub(super) kind: &'static str,
    /// Where the link leads, as the end of the key of a text.
    pub(super) place: &'static str,
}

/// Everything, what stands in the way of publishing first.
pub(super) fn of(opened: &Opened, language: Language) -> Vec<Item> {
    let mut items: Vec<Item> = opened.reading.found.iter().map(|found| item(opened, found, language)).collect();
    items.sort_by_key(|item| item.kind == "warning");
    items
}

fn item(opened: &Opened, found: &Found, language: Language) -> Item {
    let (place, rest) = place(opened, found);
    Item {
        text: said(opened, found, language),
        href: draft_path(opened.id(), &rest),
        kind: found.severity().as_str(),
        place,
    }
}

/// What is wrong, with the organisation's word for customer.
pub(super) fn said(opened: &Opened, found: &Found, language: Language) -> String {
    let (one, many) = &opened.organisation.customer_word;
    found.text(language, &CustomerWord::new(one, many))
}

/// How many stand in the way of publishing.
pub(super) fn in_the_way(opened: &Opened) -> usize {
    opened.reading.found.iter().filter(|found| found.severity() != Severity::Warning).count()
}

fn place(opened: &Opened, found: &Found) -> (&'static str, String) {
    if let Found::Message { message, language, .. } = found {
        return ("message", format!("/bericht/{message}?taal={}", language.tag()));
    }
    let in_text = || ("text", format!("/tekst?bestand={}#r{}", crate::pages::encoded(found.file()), found.line()));
    let Some(definition) = &opened.reading.definition else { return in_text() };
    if let Found::Definition(finding) = found
        && let Wrong::Gate(Gate::Message { name, .. }) = &finding.problem
    {
        return ("message", format!("/bericht/{name}"));
    }
    let field = found.field();
    if found.file() != Folder::DEFINITION || field.is_empty() {
        return in_text();
    }
    if let Some(rest) = field.strip_prefix("touchpoints.") {
        let (id, field) = rest.split_once('.').unwrap_or((rest, ""));
        let known = definition.touchpoint(&TouchpointId::new(id)).is_some();
        let group = field.split(['.', '[']).next().unwrap_or_default();
        return if known { ("moment", format!("/moment/{id}#{group}")) } else { in_text() };
    }
    let first = field.split(['.', '[']).next().unwrap_or(field);
    match first {
        "phases" | "touchpoints" => ("table", "#momenten".to_owned()),
        first if OF_THE_JOURNEY.contains(&first) => ("journey", format!("/gegevens#{first}")),
        _ => in_text(),
    }
}

/// What was found below a field: group, text, and how much it matters.
pub(super) fn findings(opened: &Opened, prefix: &str, language: Language) -> Vec<(String, String, &'static str)> {
    let found = opened.reading.found.iter().filter_map(|found| match found {
        Found::Definition(finding) => Some((finding.field.strip_prefix(prefix)?, found)),
        Found::Message { .. } => None,
    });
    found
        .map(|(field, found)| {
            let group = group_of(field.split('[').next().unwrap_or(field)).to_owned();
            (group, said(opened, found, language), found.severity().as_str())
        })
        .collect()
}
