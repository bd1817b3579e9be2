//! The form of the journey itself: what it is called, for whom, when it begins and ends, what it is for.

mod edits;
mod form;

use std::collections::BTreeMap;

use axum::{Form, extract::Path, http::StatusCode};
use journey::{Definition, Edit, FactPath, FactType, Refused, Saying};
use minijinja::context;

use super::{
    blank, draft_path,
    edit::{Edited, Pace, edit, patched},
    fields::{Fields, group_of},
    history,
    known::Known,
    opened::Opened,
    own, todo, where_form,
};
use crate::{
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

/// Groups of fields, for what was found in them.
const GROUPS: [&str; 14] = [
    "title", "owner", "personas", "address", "language", "goal", "starts", "ends", "human", "facts", "run_per",
    "again", "parts", "names",
];

#[derive(Default)]
struct Beside {
    remarks: BTreeMap<String, String>,
    message: Option<String>,
    theirs: Option<Vec<(String, String)>>,
}

enum Trouble {
    Unreadable,
    Overtaken,
    /// Something is left open.
    Open(Vec<blank::Remark>),
    Refused(Edit, Refused),
}

pub(super) async fn show(viewer: Viewer, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let stands = form::of(opened.definition()?);
    let digest = stands.digest();
    page(&viewer, StatusCode::OK, &opened, &stands, &digest, Beside::default()).await
}

pub(super) async fn save(editor: Editor, Path(id): Path<String>, Form(posted): Form<Vec<(String, String)>>) -> Answer {
    let mut posted = Fields::posted(posted);
    let seen = posted.get("seen_digest").to_owned();
    let opened = Opened::of(&editor, &id).await?;
    let definition = opened.definition()?;
    own::take(&mut posted, definition);
    let facts = form::facts_of(&posted);
    where_form::collect(&mut posted, &facts, naming::saying(definition, &editor.speech));
    let typed = form::typed(posted);
    let edited = edit(&editor, &id, Pace::Done, |opened| {
        let definition = opened.definition().map_err(|_| Trouble::Unreadable)?;
        let stands = form::of(definition);
        if stands.digest() != seen && stands != typed {
            return Err(Trouble::Overtaken);
        }
        let open = blank::of_journey(&typed);
        if !open.is_empty() {
            return Err(Trouble::Open(open));
        }
        let edits = edits::of(&stands, &typed, definition);
        patched(&opened.folder, &edits).map_err(|(edit, refused)| Trouble::Refused(edit, refused))
    });
    let back = draft_path(&id, "/gegevens");
    match edited.await? {
        Edited::Saved => editor.go(&back, Text::new("edit-saved")),
        Edited::Same => editor.go(&back, Text::new("draft-same")),
        Edited::Refused(opened, trouble) => refuse(&editor, &opened, &typed, &seen, trouble).await,
    }
}

async fn refuse(staff: &Staff, opened: &Opened, typed: &Fields, seen: &str, trouble: Trouble) -> Answer {
    let stands = form::of(opened.definition()?);
    let language = staff.speech.language;
    let mut beside = Beside::default();
    let (mut status, mut digest) = (StatusCode::UNPROCESSABLE_ENTITY, seen.to_owned());
    match trouble {
        Trouble::Unreadable => return Err(Problem::NotFound),
        Trouble::Overtaken => {
            let theirs = stands.differing(typed).into_iter().map(|group| {
                let said: Vec<&str> = stands.group(&group).into_values().collect();
                (group.clone(), said.join(" · "))
            });
            beside.theirs = Some(theirs.collect());
            (status, digest) = (StatusCode::CONFLICT, stands.digest());
        }
        Trouble::Open(open) => {
            beside.remarks = open.into_iter().map(|(group, text)| (group, staff.say(&text))).collect();
        }
        Trouble::Refused(edit, Refused::Wrong(findings)) => {
            let of_edit = match &edit {
                Edit::Set { field, .. } | Edit::Remove { field } => group(field),
                _ => String::new(),
            };
            for finding in findings {
                let about = group(&finding.field);
                let about = if about.is_empty() { of_edit.clone() } else { about };
                beside.remarks.insert(about, finding.message_about(language, &staff.speech.customer));
            }
        }
        Trouble::Refused(_, refused) => beside.message = Some(refused.message(language)),
    }
    page(staff, status, opened, typed, &digest, beside).await
}

/// `ends` of `ends[1].listen`.
fn group(field: &str) -> String {
    group_of(field.split('[').next().unwrap_or(field)).to_owned()
}

async fn page(
    staff: &Staff,
    status: StatusCode,
    opened: &Opened,
    fields: &Fields,
    digest: &str,
    beside: Beside,
) -> Answer {
    let language = staff.speech.language;
    let found = todo::findings(opened, "", language).into_iter().filter(|(group, ..)| GROUPS.contains(&group.as_str()));
    let notes: Vec<(String, String, &str)> = found.collect();
    let personas: Vec<(String, String)> =
        opened.organisation.personas.iter().map(|persona| (persona.id.clone(), persona.name.clone())).collect();
    let count = |list: &str, more: usize| fields.rows(list).len() + more;
    let definition = opened.definition()?;
    let shown = where_form::spread(fields, &definition.facts, &[], naming::saying(definition, &staff.speech));
    let mut known = Known::of(staff, opened).await?;
    known.events.extend(own::unsaved(fields, &known.events));
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        tab => "journey",
        f => shown.shown(),
        digest,
        known => data(known),
        personas => data(personas),
        house_address => opened.organisation.address.as_str(),
        nameless => nameless(opened.definition()?),
        types => FactType::ALL.map(FactType::as_str).to_vec(),
        rows => context! {
            starts => count("starts", 1), goal => count("goal.on", 1), ends => count("ends", 1), facts => count("facts", 3), names => count("names", 3),
        },
        notes => data(notes),
        remarks => data(beside.remarks),
        message => beside.message,
        theirs => beside.theirs.map(data),
        saved_by => history::saved_by(staff, &opened.draft).await?,
        saved => opened.draft.updated.to_string(),
    };
    staff.render_as(status, "draft/settings.html", page)
}

/// What has no words of its own yet: events, facts and values of the journey.
fn nameless(definition: &Definition) -> Vec<String> {
    let saying = Saying::of(definition, definition.language);
    let events = definition.events().into_iter().filter(|event| saying.event(event).starts_with(['‹', '‘']));
    let facts = definition.facts.iter().flat_map(|(object, properties)| {
        properties.keys().map(|property| FactPath { object: object.clone(), property: property.clone() })
    });
    let facts = facts.filter(|fact| saying.fact(fact).contains('‹'));
    let values = definition.values().into_iter().filter(|value| saying.value(value) == *value);
    events.map(ToString::to_string).chain(facts.map(|fact| fact.to_string())).chain(values).collect()
}
