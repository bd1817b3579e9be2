//! The form of a message: its texts, what may be filled in, and how every channel would show it.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
};
use journey::{Definition, Folder, Saying, Touchpoint};
use minijinja::context;
use serde::{Deserialize, Serialize};
use voice::{
    Declared, Fault, Field, Message,
    checker::{Rule, listen},
};
use words::{Language, limits::MESSAGE_BYTES_MAX};

use super::{
    draft_path,
    edit::{Edited, edit},
    fields::Fields,
    history,
    opened::Opened,
    people,
    preview::{self, As},
};
use crate::{
    language::{Speech, Text},
    pages::{naming, voice::RemarkRow},
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

/// Characters of a message's name.
const NAME_CHARS_MAX: usize = 60;

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    taal: Option<String>,
    #[serde(rename = "als")]
    seen_as: Option<String>,
}

/// Variables of every message, and the keys of what they are called.
const OWN: [(&str, &str); 7] = [
    ("salutation", "chip-salutation"),
    ("organisation.name", "chip-organisation-name"),
    ("human.phone", "chip-human-phone"),
    ("human.team", "chip-human-team"),
    ("staff.first_name", "chip-staff-first-name"),
    ("customer.first_name", "chip-customer-first-name"),
    ("customer.last_name", "chip-customer-last-name"),
];

/// Something that a text may name.
#[derive(Serialize)]
struct Chip {
    /// As it is written in the text.
    written: String,
    said: String,
}

struct Which<'a> {
    name: &'a str,
    language: Language,
    seen_as: &'a str,
}

pub(super) async fn show(
    viewer: Viewer,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let language = language(&opened, asked.taal.as_deref());
    known(&opened, &name)?;
    let source = opened.folder.message(&name, language).unwrap_or_default().to_owned();
    let which = Which { name: &name, language, seen_as: asked.seen_as.as_deref().unwrap_or_default() };
    let stands = fields_of(&source, language);
    page(&viewer, StatusCode::OK, &opened, &which, &source, &stands, None).await
}

pub(super) async fn save(
    editor: Editor,
    Path((id, name)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let posted = Fields::posted(posted);
    let opened = Opened::of(&editor, &id).await?;
    known(&opened, &name)?;
    let language = language(&opened, Some(posted.get("taal")));
    let which = Which { name: &name, language, seen_as: posted.get("als") };
    let mut typed = posted.clone();
    typed.retain(|name| {
        matches!(name, "subject" | "sms" | "whatsapp" | "whatsapp_template" | "body") || name.starts_with("questions.")
    });
    if posted.get("do") == "bekijk" {
        let source = opened.folder.message(&name, language).unwrap_or_default();
        let patched = patched(source, &typed, language).unwrap_or_else(|_| source.to_owned());
        return page(&editor, StatusCode::OK, &opened, &which, &patched, &typed, None).await;
    }
    let file = Folder::message_file(&name, language);
    let edited = edit(&editor, &id, |opened| {
        let source = opened.folder.message(&name, language).unwrap_or_default();
        let stands = fields_of(source, language);
        if stands.digest() != posted.get("seen_digest") && stands != typed {
            return Err((true, Vec::new()));
        }
        let text = patched(source, &typed, language).map_err(|faults| (false, faults))?;
        let mut folder = opened.folder.clone();
        folder.put(file.as_str(), text);
        Ok(folder)
    });
    let seen_as = if which.seen_as.is_empty() { String::new() } else { format!("&als={}", which.seen_as) };
    let path = format!("/bericht/{}?taal={}{seen_as}", crate::pages::encoded(&name), language.tag());
    match edited.await? {
        Edited::Saved => editor.go(&draft_path(&id, &path), Text::new("write-saved")),
        Edited::Same => editor.go(&draft_path(&id, &path), Text::new("draft-same")),
        Edited::Refused(opened, (overtaken, faults)) => {
            let source = opened.folder.message(&name, language).unwrap_or_default().to_owned();
            let status = if overtaken { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            page(&editor, status, &opened, &which, &source, &typed, Some(faults)).await
        }
    }
}

/// The language that is asked for, else the journey's own.
fn language(opened: &Opened, asked: Option<&str>) -> Language {
    asked.filter(|tag| !tag.is_empty()).and_then(Language::from_tag).unwrap_or_else(|| opened.language())
}

/// A message is there when a file or a moment names it.
fn known(opened: &Opened, name: &str) -> Result<(), Problem> {
    let named = || {
        let touchpoints = opened.reading.definition.iter().flat_map(|definition| &definition.touchpoints);
        let mut names = touchpoints.flat_map(|one| one.send.iter().chain(&one.variants));
        names.any(|other| other == name)
    };
    let is_file = Folder::is_message(&Folder::message_file(name, Language::Nl)) && name.len() <= NAME_CHARS_MAX;
    let exists = is_file && (opened.folder.messages().contains(&name) || named());
    exists.then_some(()).ok_or(Problem::NotFound)
}

fn fields_of(source: &str, language: Language) -> Fields {
    match Message::parse(source, language) {
        Ok(message) => message
            .fields()
            .into_iter()
            .map(|(field, text)| (field.to_string(), text.source.trim().to_owned()))
            .collect(),
        // What cannot be taken apart is shown whole in the text view.
        Err(_) => Fields::default(),
    }
}

/// The file with what was typed; comments and what was not changed stay.
fn patched(source: &str, typed: &Fields, language: Language) -> Result<String, Vec<Fault>> {
    let stands = fields_of(source, language);
    let mut text = source.to_owned();
    for name in stands.differing_names(typed) {
        let Some(field) = Field::parse(&name) else { continue };
        let value = typed.get(&name);
        text = voice::patch(&text, &field, (!value.is_empty()).then_some(value))?;
    }
    if text.len() > MESSAGE_BYTES_MAX {
        // Says in the reader's words how large it may be.
        Message::parse(&text, language)?;
    }
    Ok(text)
}

async fn page(
    staff: &Staff,
    status: StatusCode,
    opened: &Opened,
    which: &Which<'_>,
    source: &str,
    fields: &Fields,
    refused: Option<Vec<Fault>>,
) -> Answer {
    let definition = opened.definition()?;
    let (name, language) = (which.name, which.language);
    let declared = Declared::of(definition, &opened.organisation, name);
    let stands = fields_of(opened.folder.message(name, language).unwrap_or_default(), language);
    let overtaken = status == StatusCode::CONFLICT;
    let people = people::on(staff, &opened.row.id).await?;
    let seen_as = As::read(which.seen_as, people.len());
    let parsed = Message::parse(source, language);
    let (faults, previews) = match (&parsed, refused) {
        (_, Some(faults)) if !faults.is_empty() => (faults, Vec::new()),
        (Ok(message), _) => {
            let blank = message.body.source.trim().is_empty() && message.subject.is_none();
            let previews = preview::of(staff, opened, name, message, &people, &seen_as);
            (
                if blank { Vec::new() } else { voice::check(message, &declared) },
                if blank { Vec::new() } else { previews },
            )
        }
        (Err(faults), _) => (faults.clone(), Vec::new()),
    };
    let reader = staff.speech.language;
    let mut remarks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fault in &faults {
        remarks.entry(fault.field.clone()).or_default().push(fault.what(reader));
    }
    let heard = match &parsed {
        Ok(message) if !previews.is_empty() => heard(message, &declared, reader),
        _ => Vec::new(),
    };
    let used_by = used_by(definition, name, &staff.speech);
    let mut questions: Vec<String> = declared.asks.iter().cloned().collect();
    questions.extend(fields.group("questions").into_keys().filter_map(|name| {
        let name = name.strip_prefix("questions.")?;
        (!declared.asks.contains(name)).then(|| name.to_owned())
    }));
    let theirs: Vec<(String, String)> = if overtaken {
        stands.differing_names(fields).into_iter().map(|name| (name.clone(), stands.get(&name).to_owned())).collect()
    } else {
        Vec::new()
    };
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        message => name,
        tag => language.tag(),
        languages => Language::ALL.map(|one| (one.tag(), opened.folder.message(name, one).is_some())).to_vec(),
        f => fields.shown(),
        digest => stands.digest(),
        readable => Message::parse(opened.folder.message(name, language).unwrap_or_default(), language).is_ok(),
        questions,
        chips => data(chips(definition, &declared, staff)),
        used_by => data(used_by),
        address => declared.address.as_str(),
        faults => faults.len(),
        remarks => data(remarks),
        heard => data(heard),
        previews => data(previews),
        people => people.iter().map(|person| person.name.clone()).collect::<Vec<_>>(),
        seen_as => seen_as.value(),
        overtaken,
        theirs => data(theirs),
        saved_by => history::saved_by(staff, &opened.draft).await?,
        saved => opened.draft.updated.to_string(),
        file => Folder::message_file(name, language),
    };
    staff.render_as(status, "draft/message.html", page)
}

/// What can be said about how it sounds, but for the form of address, which is a fault: the field, and what.
fn heard(message: &Message, declared: &Declared, reader: Language) -> Vec<(String, RemarkRow)> {
    let noted = listen(message, declared).into_iter().filter(|noted| noted.remark.rule != Rule::Address);
    noted.map(|noted| (noted.field.to_string(), RemarkRow::of(&noted.remark, reader))).collect()
}

/// The moments that send it: id, title, and what makes them happen.
fn used_by(definition: &Definition, name: &str, speech: &Speech) -> Vec<(String, String, Option<String>)> {
    let uses = |one: &&Touchpoint| one.send.as_deref() == Some(name) || one.variants.iter().any(|other| other == name);
    let saying = naming::saying(definition, speech);
    let told = |one: &Touchpoint| {
        let when = one.when.as_ref().map(|when| saying.when(when));
        (one.id.to_string(), one.title.clone(), when)
    };
    definition.touchpoints.iter().filter(uses).map(told).collect()
}

/// What may be inserted: variables with the filter that they need, and links as buttons.
fn chips(definition: &Definition, declared: &Declared, staff: &Staff) -> Vec<Chip> {
    let saying = naming::saying(definition, &staff.speech);
    let mut chips = Vec::new();
    for name in declared.variables() {
        let kind = name.split_once('.').and_then(|(object, property)| declared.facts.get(object)?.get(property));
        let filter = match kind {
            Some(journey::FactType::Date | journey::FactType::Time) => " | day",
            _ => "",
        };
        chips.push(Chip { written: format!("{{{{ {name}{filter} }}}}"), said: said(&name, saying, staff) });
    }
    for (object, properties) in &declared.facts {
        if properties.contains_key("start") && properties.contains_key("end") {
            let said = format!("{} {}", staff.say(&Text::new("chip-window")), saying.object(object));
            chips.push(Chip { written: format!("{{{{ {object} | window }}}}"), said });
        }
    }
    for link in declared.all_links() {
        let said = staff.say(&Text::new("chip-link").with("link", link.replace('_', " ")));
        chips.push(Chip { written: format!("{{{{ link('{link}') }}}}"), said });
    }
    chips
}

fn said(name: &str, saying: Saying<'_>, staff: &Staff) -> String {
    if let Some((_, key)) = OWN.iter().find(|(own, _)| *own == name) {
        return staff.say(&Text::new(key));
    }
    let Some((object, property)) = name.split_once('.') else { return name.replace('_', " ") };
    let fact = journey::FactPath { object: object.to_owned(), property: property.to_owned() };
    saying.label(&fact)
}
