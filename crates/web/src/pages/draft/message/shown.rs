//! The page of a message.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use journey::{Definition, Folder, Touchpoint};
use minijinja::context;
use voice::{Declared, Fault, FaultKind, Message};

use super::{
    Which, chips, fields_of, noted,
    preview::{Around, As},
    seen_by, trial,
};
use crate::{
    language::Speech,
    pages::{
        draft::{draft_path, fields::Fields, history, opened::Opened, people},
        naming,
    },
    problem::{Answer, Problem},
    session::Staff,
    views::data,
};

/// Characters of one field, as [`Fields`] takes them.
const CHARS_MAX: usize = 20_000;
/// Customers that a search offers.
const FOUND_MAX: u32 = 8;

/// What the page shows as the message: its file, the fields, and why it was not saved.
pub(super) struct Standing<'a> {
    pub(super) source: &'a str,
    pub(super) fields: &'a Fields,
    pub(super) refused: Option<Vec<Fault>>,
}

pub(super) async fn page(
    staff: &Staff,
    status: StatusCode,
    opened: &Opened,
    which: &Which<'_>,
    standing: &Standing<'_>,
) -> Answer {
    let definition = opened.definition()?;
    let (name, language) = (which.name, which.language);
    let (declared, reader) = (Declared::of(definition, &opened.organisation, name), staff.speech.language);
    let stands = fields_of(opened.folder.message(name, language).unwrap_or_default(), language);
    let overtaken = status == StatusCode::CONFLICT;
    let people = people::on(staff, &opened.row.id).await?;
    let senders = staff.app.store.senders(&staff.house.id).await?;
    let around = Around::of(staff, opened, &senders, name);
    let parsed = Message::parse(standing.source, language);
    let written =
        parsed.as_ref().ok().filter(|message| !message.body.source.trim().is_empty() || message.subject.is_some());
    let seen_as = around.whom(which.seen_as, written, &declared, &people);
    let found = seen_by(staff, opened, &seen_as).await?;
    let (mut faults, previews) = match (written, &parsed, &standing.refused) {
        (_, _, Some(faults)) if !faults.is_empty() => (faults.clone(), Vec::new()),
        (Some(message), ..) => {
            let context = around.context(message, &declared, &people, found.as_ref(), &seen_as);
            (voice::check(message, &declared), around.previews(message, &context))
        }
        (None, Err(faults), _) => (faults.clone(), Vec::new()),
        (None, Ok(_), _) => (Vec::new(), Vec::new()),
    };
    let heard = written.filter(|_| !previews.is_empty()).map(|message| noted::rows(message, &declared, reader));
    let heard = heard.unwrap_or_default();
    let underlined = written.map(|message| noted::underlined(message, &heard)).unwrap_or_default();
    let open = faults.len();
    // What breaks the form of address is among what is heard, with its place.
    faults.retain(|fault| !matches!(fault.kind, FaultKind::FormOfAddress { .. }) || heard.is_empty());
    let remarks = remarks(&faults, reader);
    let sample = voice::sample(&declared, language);
    let ways = trial::ways(staff).await?;
    let path = draft_path(opened.id(), &format!("/bericht/{}", crate::pages::encoded(name)));
    let asked = format!("taal={}&als={}", language.tag(), seen_as.value());
    let page = context! {
        id => opened.id(),
        path,
        journey => opened.title(),
        message => name,
        tag => language.tag(),
        languages => words::Language::ALL.map(|one| (one.tag(), opened.folder.message(name, one).is_some())).to_vec(),
        f => standing.fields.shown(),
        digest => stands.digest(),
        is_saved => stands == *standing.fields,
        chars_max => CHARS_MAX,
        readable => Message::parse(opened.folder.message(name, language).unwrap_or_default(), language).is_ok(),
        questions => questions(&declared, standing.fields),
        chips => data(chips::groups(definition, &declared, staff, &sample)),
        used_by => data(used_by(definition, name, &staff.speech)),
        address => declared.address.as_str(),
        faults => open,
        remarks => data(remarks),
        heard => data(heard),
        underlined => data(underlined),
        previews => data(previews),
        asked,
        people => people.iter().map(|person| person.name.clone()).collect::<Vec<_>>(),
        search => which.search,
        found => found_by(staff, which.search, found.as_ref()).await?,
        seen_as => seen_as.value(),
        ways => ways.iter().map(|(channel, way)| (channel.to_string(), naming::channel(&staff.speech, channel.as_str()), way.to.clone())).collect::<Vec<_>>(),
        overtaken,
        theirs => data(theirs(overtaken, &stands, standing.fields)),
        saved_by => history::saved_by(staff, &opened.draft).await?,
        is_own => opened.draft.updated_by == Some(staff.account.id),
        saved => opened.draft.updated.to_string(),
        file => Folder::message_file(name, language),
    };
    staff.render_as(status, "draft/message.html", page)
}

/// Faults by the field that they are in.
fn remarks(faults: &[Fault], reader: words::Language) -> BTreeMap<String, Vec<String>> {
    let mut remarks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fault in faults {
        remarks.entry(fault.field.clone()).or_default().push(fault.what(reader));
    }
    remarks
}

/// The questions that moments ask, and those that have a text.
fn questions(declared: &Declared, fields: &Fields) -> Vec<String> {
    let mut questions: Vec<String> = declared.asks.iter().cloned().collect();
    questions.extend(fields.group("questions").into_keys().filter_map(|name| {
        let name = name.strip_prefix("questions.")?;
        (!declared.asks.contains(name)).then(|| name.to_owned())
    }));
    questions
}

/// What a colleague made of the fields that differ.
fn theirs(overtaken: bool, stands: &Fields, typed: &Fields) -> Vec<(String, String)> {
    if !overtaken {
        return Vec::new();
    }
    stands.differing_names(typed).into_iter().map(|name| (name.clone(), stands.get(&name).to_owned())).collect()
}

/// Customers whom a search finds, and the one who is chosen: the value of the choice, and the name.
async fn found_by(
    staff: &Staff,
    search: &str,
    chosen: Option<&people::Person>,
) -> Result<Vec<(String, String)>, Problem> {
    let search = search.trim();
    let found = match search {
        "" => Vec::new(),
        text => staff.app.store.search_customers(&staff.house.id, text, FOUND_MAX).await?,
    };
    let named = |customer: &words::Customer| {
        (As::Found(customer.id).value(), naming::capital(&naming::person(customer, &staff.speech)))
    };
    let mut rows: Vec<_> = chosen.map(|person| named(&person.customer)).into_iter().collect();
    rows.extend(found.iter().map(|found| named(&found.customer)));
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|(value, _)| seen.insert(value.clone()));
    Ok(rows)
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
