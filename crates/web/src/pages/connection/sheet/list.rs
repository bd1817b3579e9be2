//! The journeys of an organisation with how much of what they need comes in.

use std::collections::BTreeSet;

use journey::NeededEvent;
use serde::Serialize;
use store::{Source, limits::NAMES_MAX};
use words::EventName;

use super::{
    made::{all, sending},
    subject::Subject,
};
use crate::{App, problem::Problem, session::Staff};

/// A journey in the list of sheets.
#[derive(Serialize)]
pub(in crate::pages::connection) struct JourneyNeeds {
    title: String,
    href: String,
    is_draft: bool,
    /// Events that came in, of those that are asked for.
    received: usize,
    of: usize,
    /// Whether it is the list of one source, which sent nothing for this journey.
    is_apart: bool,
}

/// Every journey, with what comes in from any source.
pub(in crate::pages::connection) async fn of_all(
    staff: &Staff,
    app: &App,
    sources: &[Source],
) -> Result<Vec<JourneyNeeds>, Problem> {
    let subjects = subjects(staff, app).await?;
    let names = names(&subjects);
    let mut came = BTreeSet::new();
    for source in sending(sources) {
        came.extend(newest(staff, app, source, &names).await?);
    }
    Ok(subjects.iter().map(|subject| row(subject, None, &came, &BTreeSet::new())).collect())
}

/// Every journey, with what comes in from one source; those that it sends something for first.
pub(in crate::pages::connection) async fn of_source(
    staff: &Staff,
    app: &App,
    source: &Source,
) -> Result<Vec<JourneyNeeds>, Problem> {
    let subjects = subjects(staff, app).await?;
    let names = names(&subjects);
    let came = newest(staff, app, source, &names).await?;
    let mut elsewhere = BTreeSet::new();
    let sources = app.store.sources(&staff.house.id).await?;
    for other in sending(&sources).into_iter().filter(|other| other.id != source.id) {
        elsewhere.extend(newest(staff, app, other, &names).await?);
    }
    let mut rows: Vec<_> = subjects.iter().map(|subject| row(subject, Some(source), &came, &elsewhere)).collect();
    rows.sort_by_key(|row: &JourneyNeeds| row.is_apart);
    Ok(rows)
}

async fn subjects(staff: &Staff, app: &App) -> Result<Vec<Subject>, Problem> {
    let mut subjects = Vec::new();
    for row in app.store.journeys(&staff.house.id).await? {
        match Subject::of_row(staff, app, row).await {
            Ok(subject) => subjects.push(subject),
            // One whose text cannot be read must not hide the others.
            Err(Problem::Invalid(_) | Problem::NotFound) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(subjects)
}

fn names(subjects: &[Subject]) -> Vec<EventName> {
    let names: BTreeSet<EventName> = subjects.iter().flat_map(required).map(|event| event.name.clone()).collect();
    names.into_iter().take(NAMES_MAX).collect()
}

fn required(subject: &Subject) -> impl Iterator<Item = &NeededEvent> {
    all(subject).filter(|event| !event.optional)
}

/// Which of these names a source ever sent.
async fn newest(
    staff: &Staff,
    app: &App,
    source: &Source,
    names: &[EventName],
) -> Result<BTreeSet<EventName>, Problem> {
    let found = app.store.named_events(&staff.house.id, &source.id, names, 1).await?;
    Ok(found.into_iter().map(|stored| stored.event.name).collect())
}

fn row(
    subject: &Subject,
    source: Option<&Source>,
    came: &BTreeSet<EventName>,
    elsewhere: &BTreeSet<EventName>,
) -> JourneyNeeds {
    let received = required(subject).filter(|event| came.contains(&event.name)).count();
    let asked = required(subject).filter(|event| came.contains(&event.name) || !elsewhere.contains(&event.name));
    let of = asked.count();
    let query = source.map(|source| format!("?bron={}", crate::pages::encoded(&source.id))).unwrap_or_default();
    JourneyNeeds {
        title: subject.definition.title.clone(),
        href: format!("/koppelingen/blad/{}{query}", crate::pages::encoded(subject.row.id.as_str())),
        is_draft: subject.row.live.is_none(),
        received,
        of,
        is_apart: source.is_some() && received == 0 && required(subject).next().is_some() && !elsewhere.is_empty(),
    }
}
