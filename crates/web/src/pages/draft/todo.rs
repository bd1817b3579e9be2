//! What still needs doing, each with the place where one does it.

use std::collections::BTreeSet;

use journey::{Finding, Folder, Gate, Named, Problem as Wrong, Severity};
use serde::Serialize;
use service::workbench::Found;
use voice::{Fault, FaultKind};
use words::{CustomerWord, Language, TouchpointId};

use super::{beside, draft_path, fields::group_of, opened::Opened};
use crate::{
    language::{Speech, Text},
    pages::{
        naming,
        settings::{link::is_sample, used::links_of},
    },
};

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
pub(super) fn of(opened: &Opened, speech: &Speech) -> Vec<Item> {
    let listed = opened.reading.found.iter().filter(|found| !is_remark(found));
    let mut items: Vec<Item> = listed.map(|found| item(opened, found, speech.language)).collect();
    items.extend(remarks(opened, speech));
    items.extend(around(opened, speech));
    items.sort_by_key(|item| item.kind == "warning");
    items
}

/// A remark on how a message sounds that keeps nothing from being published: counted, and shown where all of them stand.
fn is_remark(found: &Found) -> bool {
    matches!(found, Found::Voice { .. }) && found.severity() == Severity::Warning
}

fn remarks(opened: &Opened, speech: &Speech) -> Option<Item> {
    let count = opened.reading.found.iter().filter(|found| is_remark(found)).count();
    let text = Text::new("todo-voice").with("count", count);
    let href = format!("{}#{}", crate::pages::voice::PATH, opened.id());
    (count > 0).then(|| Item { text: speech.say(&text), href, kind: "warning", place: "voice" })
}

fn item(opened: &Opened, found: &Found, language: Language) -> Item {
    let (place, href) = shared(opened, found).unwrap_or_else(|| {
        let (place, rest) = place(opened, found);
        (place, draft_path(opened.id(), &rest))
    });
    Item { text: said(opened, found, language), href, kind: found.severity().as_str(), place }
}

/// A link or a persona that is missing is made in the settings, and one comes back here.
fn shared(opened: &Opened, found: &Found) -> Option<(&'static str, String)> {
    let back = crate::pages::encoded(&draft_path(opened.id(), ""));
    let form = |what: &str, name: &str| {
        format!("/instellingen/{what}/nieuw?naam={}&terug={back}", crate::pages::encoded(name))
    };
    match found {
        Found::Message { fault: Fault { kind: FaultKind::UnknownLink { name }, .. }, .. } => {
            Some(("link-new", form("links", name)))
        }
        Found::Definition(Finding { problem: Wrong::Reference(missing), .. }) if missing.what == Named::Persona => {
            Some(("persona-new", form("personas", &missing.name)))
        }
        _ => None,
    }
}

/// What only shows beside others: that it is still the sample, that another journey begins at the same event, that a link
/// still leads to the sample's site. None of these stands in the way.
fn around(opened: &Opened, speech: &Speech) -> Vec<Item> {
    let Some(definition) = &opened.reading.definition else { return Vec::new() };
    let warning = |text: Text, href: String, place| Item { text: speech.say(&text), href, kind: "warning", place };
    let mut items = Vec::new();
    if let Some(title) = beside::sample_of(&opened.folder, opened.id(), opened.title()) {
        let text = Text::new("todo-sample").with("title", title);
        items.push(warning(text, draft_path(opened.id(), "#momenten"), "sample"));
    }
    let saying = naming::saying(definition, speech);
    for other in &opened.others {
        let Some(event) = other.same_start(definition) else { continue };
        let text = Text::new("todo-same-start").with("title", other.title.as_str()).with("event", saying.event(event));
        items.push(warning(text, draft_path(&other.id, ""), "other"));
    }
    let used = opened.folder.messages().into_iter().flat_map(|name| links_of(&opened.folder, name));
    let used: BTreeSet<String> = used.collect();
    // The samples of a demonstration may keep the addresses of samples.
    let is_own = !service::reference::journeys().contains_key(opened.id());
    for (name, _) in
        opened.organisation.links.iter().filter(|(name, address)| used.contains(*name) && is_sample(address))
    {
        if is_own {
            let back = crate::pages::encoded(&draft_path(opened.id(), ""));
            let href = format!("/instellingen/links/{}?terug={back}", crate::pages::encoded(name));
            items.push(warning(Text::new("todo-sample-link").with("name", name.replace('_', " ")), href, "link"));
        }
    }
    items
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
    if let Found::Message { message, language, .. } | Found::Voice { message, language, .. } = found {
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
    let first = field.split(['.', '[']).next().unwrap_or_default();
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
        Found::Message { .. } | Found::Voice { .. } => None,
    });
    found
        .map(|(field, found)| {
            let group = group_of(field.split('[').next().unwrap_or(field)).to_owned();
            (group, said(opened, found, language), found.severity().as_str())
        })
        .collect()
}
