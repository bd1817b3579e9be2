//! The form of one moment of contact.

mod edits;
mod form;

use axum::{Form, extract::Path, http::StatusCode};
use journey::{Definition, Edit, Folder, Refused, Touchpoint, When, Written};
use minijinja::context;
use words::TouchpointId;

use super::{
    blank, draft_path,
    edit::{Edited, Pace, edit, patched},
    fields::{Fields, group_of},
    history,
    known::Known,
    opened::Opened,
    outcome, own, people, todo, trigger, where_form,
};
use crate::{
    language::Text,
    pages::naming,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

pub(super) use edits::of as edits_of;
pub(super) use form::{EXPERIENCES, of as form_of};

/// What a page of the form shows beside the fields.
#[derive(Default)]
struct Beside {
    /// By group of fields.
    remarks: Vec<(String, String)>,
    /// About the whole.
    message: Option<String>,
    /// What a colleague saved meanwhile: group and what stands there now.
    theirs: Option<Vec<(String, String)>>,
}

/// Why a form was not saved.
enum Trouble {
    /// The part that it shows was changed meanwhile.
    Overtaken,
    /// The language does not take it.
    Refused(Edit, Refused),
    /// Something is left open.
    Open(Vec<blank::Remark>),
    /// The moment is gone.
    Gone,
}

fn touchpoint<'a>(definition: &'a Definition, id: &str) -> Result<&'a Touchpoint, Problem> {
    let id = TouchpointId::new(id);
    definition.touchpoints.iter().find(|touchpoint| touchpoint.id == id).ok_or(Problem::NotFound)
}

/// The fields as the draft says them now.
fn stands(opened: &Opened, moment: &str) -> Result<Fields, Problem> {
    let definition = opened.definition()?;
    Ok(form_of(touchpoint(definition, moment)?, &definition.facts))
}

pub(super) async fn show(viewer: Viewer, Path((id, moment)): Path<(String, String)>) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let stands = stands(&opened, &moment)?;
    let digest = stands.digest();
    page(&viewer, StatusCode::OK, &opened, &moment, &stands, &digest, Beside::default()).await
}

pub(super) async fn save(
    editor: Editor,
    Path((id, moment)): Path<(String, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let posted = Fields::posted(posted);
    let (seen, looks) = (posted.get("seen_digest").to_owned(), posted.get("do") == "bekijk");
    let opened = Opened::of(&editor, &id).await?;
    let typed = typed(&editor, &opened, &moment, posted)?;
    if looks {
        return look(&editor, opened, &moment, &typed, &seen).await;
    }
    let edited = edit(&editor, &id, Pace::Done, |opened| {
        let stands = stands(opened, &moment).map_err(|_| Trouble::Gone)?;
        if stands.digest() != seen && stands != typed {
            return Err(Trouble::Overtaken);
        }
        change(opened, &moment, &stands, &typed)
    });
    match edited.await? {
        Edited::Saved => {
            editor.go(&draft_path(&id, &format!("/moment/{}", crate::pages::encoded(&moment))), Text::new("edit-saved"))
        }
        Edited::Same => {
            editor.go(&draft_path(&id, &format!("/moment/{}", crate::pages::encoded(&moment))), Text::new("draft-same"))
        }
        Edited::Refused(opened, trouble) => refuse(&editor, &opened, &moment, &typed, &seen, trouble).await,
    }
}

/// What was typed; a new message is named after the moment.
fn typed(staff: &Staff, opened: &Opened, moment: &str, mut posted: Fields) -> Result<Fields, Problem> {
    if posted.get("send") == "+" {
        posted.put("send", moment);
    }
    posted.retain(|name| name != "seen_digest" && name != "do" && !name.starts_with("names."));
    let definition = opened.definition()?;
    own::take(&mut posted, definition);
    where_form::collect(&mut posted, &definition.facts, naming::saying(definition, &staff.speech));
    Ok(form::typed(posted, &definition.facts))
}

/// The folder with what was typed.
fn change(opened: &Opened, moment: &str, stands: &Fields, typed: &Fields) -> Result<Folder, Trouble> {
    let definition = opened.definition().map_err(|_| Trouble::Gone)?;
    let open = blank::of_moment(typed);
    if !open.is_empty() {
        return Err(Trouble::Open(open));
    }
    let mut edits = edits_of(moment, stands, typed, &definition.facts);
    edits.extend(own::edits(typed, &definition.names));
    patched(&opened.folder, &edits).map_err(|(edit, refused)| Trouble::Refused(edit, refused))
}

/// What it would be, without saving it.
async fn look(staff: &Staff, opened: Opened, moment: &str, typed: &Fields, seen: &str) -> Answer {
    let stands = stands(&opened, moment)?;
    match change(&opened, moment, &stands, typed) {
        Ok(folder) => {
            let opened = opened.with(&folder);
            page(staff, StatusCode::OK, &opened, moment, typed, seen, Beside::default()).await
        }
        // Looking refuses nothing: a sentence that is half filled in is no mistake yet.
        Err(trouble) => {
            let mut page = refuse(staff, &opened, moment, typed, seen, trouble).await?;
            *page.status_mut() = StatusCode::OK;
            Ok(page)
        }
    }
}

async fn refuse(staff: &Staff, opened: &Opened, moment: &str, typed: &Fields, seen: &str, trouble: Trouble) -> Answer {
    let stands = stands(opened, moment)?;
    let language = staff.speech.language;
    let (status, seen, beside) = match trouble {
        Trouble::Gone => return Err(Problem::NotFound),
        Trouble::Overtaken => {
            let differing = stands.differing(typed).into_iter().filter(|group| group != "names");
            let theirs = differing.map(|group| {
                let said: Vec<&str> = stands.group(&group).into_values().collect();
                (group.clone(), said.join(" · "))
            });
            let beside = Beside { theirs: Some(theirs.collect()), ..Beside::default() };
            (StatusCode::CONFLICT, stands.digest(), beside)
        }
        Trouble::Open(open) => {
            let remarks = open.into_iter().map(|(group, text)| (group, staff.say(&text))).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, seen.to_owned(), Beside { remarks, ..Beside::default() })
        }
        Trouble::Refused(edit, Refused::Wrong(findings)) => {
            let about =
                |field: &str| group_of(field.strip_prefix(&format!("touchpoints.{moment}.")).unwrap_or("")).to_owned();
            let fallback = field_of(&edit).map(about).unwrap_or_default();
            let remarks = findings.iter().map(|finding| {
                let group = about(&finding.field);
                (
                    if group.is_empty() { fallback.clone() } else { group },
                    finding.message_about(language, &staff.speech.customer),
                )
            });
            let beside = Beside { remarks: remarks.collect(), ..Beside::default() };
            (StatusCode::UNPROCESSABLE_ENTITY, seen.to_owned(), beside)
        }
        Trouble::Refused(_, refused) => {
            let beside = Beside { message: Some(refused.message(language)), ..Beside::default() };
            (StatusCode::UNPROCESSABLE_ENTITY, seen.to_owned(), beside)
        }
    };
    page(staff, status, opened, moment, typed, &seen, beside).await
}

fn field_of(edit: &Edit) -> Option<&str> {
    match edit {
        Edit::Set { field, .. } | Edit::Remove { field } => Some(field),
        _ => None,
    }
}

async fn page(
    staff: &Staff,
    status: StatusCode,
    opened: &Opened,
    moment: &str,
    fields: &Fields,
    digest: &str,
    beside: Beside,
) -> Answer {
    let definition = opened.definition()?;
    let fields = &own::back(fields);
    let touchpoint = touchpoint(definition, moment)?;
    let language = staff.speech.language;
    let people = if touchpoint.when.is_some() { people::on(staff, &opened.row.id).await? } else { Vec::new() };
    let outcome = outcome::of(opened, touchpoint, &people, &staff.speech);
    let saying = naming::saying(definition, &staff.speech);
    let fires = match &touchpoint.when {
        Some(When::Events(events)) => events.as_slice(),
        Some(_) => &[],
        None => &touchpoint.seen,
    };
    let shown = where_form::spread(fields, &definition.facts, fires, saying);
    let sentence = touchpoint.when.as_ref().map(|when| saying.when(when));
    let only_if = saying.only_if(touchpoint);
    let prefix = format!("touchpoints.{moment}.");
    let notes: Vec<(String, String, &str)> = todo::findings(opened, &prefix, language);
    let place = definition.touchpoints.iter().position(|one| one.id == touchpoint.id);
    let next = place.and_then(|place| definition.touchpoints.get(place + 1));
    let page = context! {
        id => opened.id(),
        journey => opened.title(),
        moment,
        moment_title => touchpoint.title.as_str(),
        f => shown.shown(),
        digest,
        known => data(Known::of(staff, opened).await?),
        rows => rows(fields),
        experiences => EXPERIENCES.to_vec(),
        kinds => trigger::KINDS.to_vec(),
        days => trigger::DAYS.to_vec(),
        sentence,
        only_if,
        outcome => outcome.map(|text| staff.say(&text)),
        quiet => opened.organisation.quiet_hours.is_some(),
        notes => data(notes),
        remarks => data(beside.remarks.into_iter().collect::<std::collections::BTreeMap<_, _>>()),
        message => beside.message,
        theirs => beside.theirs.map(data),
        saved_by => history::saved_by(staff, &opened.draft).await?,
        saved => opened.draft.updated.to_string(),
        next => next.map(|next| context! { id => next.id.as_str(), title => next.title.as_str() }),
    };
    staff.render_as(status, "draft/moment.html", page)
}

/// How many rows each list of the form shows: what is there and one more.
fn rows(fields: &Fields) -> minijinja::Value {
    let count = |list: &str, least: usize| (fields.rows(list).len() + 1).max(least);
    context! {
        channel => count("channel", 3),
        seen => count("seen", 1),
        events => count("when.events", 2),
        done => count("task.done", 1),
        kept => count("promise.kept", 1),
        ask => count("ask", 1),
    }
}

/// A new moment: what the language asks at least.
pub(super) fn new(id: &str, phase: &str, title: &str) -> Written {
    Written::map([
        ("id", Some(id.into())),
        ("phase", Some(phase.into())),
        ("title", Some(title.into())),
        ("category", Some("interaction".into())),
    ])
}
