//! The customers behind a number, newest first.

use axum::extract::{Path, Query, State};
use journey::Saying;
use measure::{Fate, MeasureError, Who, members};
use serde::Serialize;
use words::{RunId, TouchpointId};

use super::{
    choice::{Asked, filled},
    figures::funnel_title,
    head::Head,
    open::{Measured, Opened},
};
use crate::{
    App, customer_name,
    language::{Speech, Text},
    pages::naming,
    paging::Sheet,
    problem::{Answer, Problem},
    session::Viewer,
    views::data,
};

/// A customer in the list.
#[derive(Serialize)]
struct Row {
    name: String,
    about: Option<String>,
    started: String,
    /// To the path on the map.
    path: String,
    /// To the customer's own page.
    customer: String,
}

#[derive(Serialize)]
struct Page {
    head: Head,
    /// What the list holds, in words.
    what: String,
    rows: Vec<Row>,
    total: u64,
    newer: Option<String>,
    older: Option<String>,
    back: String,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Query(sheet): Query<Sheet>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let what = what(&opened, &asked, &viewer.speech).ok_or(Problem::NotFound)?;
    let runs = match &opened.measured {
        Some(measured) => runs(&opened, measured, &what.who).map_err(service::Error::from)?,
        None => Vec::new(),
    };
    let (paging, total) = (sheet.paging(), runs.len() as u64);
    let here: Vec<RunId> = runs.into_iter().skip(paging.offset as usize).take(paging.limit as usize).collect();
    let found = app.store.runs_by_id(&viewer.house.id, &opened.row.id, &here).await?;
    let rows = found.into_iter().map(|found| {
        let (customer, run) = (found.customer.id.to_string(), found.run.to_string());
        let reached = found.customer.email.clone().or_else(|| found.customer.mobile.clone());
        let name = customer_name(&found.customer, &viewer.speech);
        Row {
            about: found.customer.address.town.clone().or(reached).filter(|about| *about != name),
            name,
            started: found.time.to_string(),
            path: opened.link("kaart", &[("klant", &customer), ("run", &run)]),
            customer: format!("/klanten/{customer}"),
        }
    });
    let at = |number: Option<u64>| number.map(|number| here_again(&opened, &asked, number));
    let number = u64::from(paging.offset / paging.limit) + 1;
    let page = Page {
        head: Head::of(&viewer, &opened, "klanten"),
        what: viewer.say(&what.text),
        rows: rows.collect(),
        total,
        newer: at(number.checked_sub(1).filter(|number| *number > 0)),
        older: at((number * u64::from(paging.limit) < total).then_some(number + 1)),
        back: opened.link("kaart", &[]),
    };
    viewer.render("journey/members.html", data(&page))
}

/// The same list on another sheet.
fn here_again(opened: &Opened, asked: &Asked, number: u64) -> String {
    let number = number.to_string();
    let mut also = vec![("blad", number.as_str())];
    let given = [
        ("wat", &asked.wat),
        ("naar", &asked.naar),
        ("reden", &asked.reden),
        ("trechter", &asked.trechter),
        ("stap", &asked.stap),
    ];
    also.extend(given.into_iter().filter_map(|(name, value)| Some((name, filled(value)?))));
    opened.link("klanten", &also)
}

/// Which runs, and how to call them.
struct What {
    who: Vec<Who>,
    text: Text,
}

/// Reads `wat` and what goes with it; none when it means nothing in this journey.
fn what(opened: &Opened, asked: &Asked, speech: &Speech) -> Option<What> {
    let kind = filled(&asked.wat).unwrap_or("begonnen");
    let definition = &opened.definition;
    let titled = |id: &TouchpointId| definition.touchpoint(id).map(|found| (found.id.clone(), found.title.clone()));
    let moment = opened.choice.moment.as_ref().and_then(titled);
    let one = |who, text| Some(What { who: vec![who], text });
    let at_moment = |who: fn(TouchpointId) -> Who, text: Text| {
        let (id, title) = moment.clone()?;
        one(who(id), text.with("title", title))
    };
    let with_fate = |fate, key| one(Who::Fate { at: None, fate, reason: None }, Text::new(key));
    match kind {
        "begonnen" => one(Who::Started, Text::new("journey-who-started")),
        "open" => with_fate(Fate::Open, "journey-who-open"),
        "afgerond" => with_fate(Fate::Done, "journey-who-done"),
        "stilgevallen" => with_fate(Fate::Dropped, "journey-who-dropped"),
        "weggegaan" => with_fate(Fate::Left, "journey-who-went"),
        "gestopt" => with_fate(Fate::Stopped, "journey-who-stopped"),
        "doel" => one(Who::Goal(true), Text::new("journey-who-goal")),
        "geen-doel" => one(Who::Goal(false), Text::new("journey-who-no-goal")),
        "geweest" => at_moment(Who::Had, Text::new("journey-who-had")),
        "vaker" => at_moment(Who::HadAgain, Text::new("journey-who-again")),
        "hier" => {
            at_moment(|id| Who::Fate { at: Some(id), fate: Fate::Open, reason: None }, Text::new("journey-who-here"))
        }
        "terug" => {
            let (from, title) = moment?;
            let (to, back) = titled(&TouchpointId::new(filled(&asked.naar)?))?;
            let text = Text::new("journey-who-looped").with("title", title).with("back", back);
            one(Who::Looped { from, to }, text)
        }
        "afgehaakt" => Some(left(moment, filled(&asked.reden), naming::saying(definition, speech))),
        "trechter" | "trechter-open" | "trechter-kwijt" => in_funnel(opened, asked, kind),
        _ => None,
    }
}

/// Dropped off, left or stopped: at one touchpoint or anywhere, for one reason or any.
fn left(moment: Option<(TouchpointId, String)>, reason: Option<&str>, saying: Saying<'_>) -> What {
    let at = moment.as_ref().map(|(id, _)| id.clone());
    let fate = |fate| Who::Fate { at: at.clone(), fate, reason: reason.map(|reason| Some(reason.to_owned())) };
    let text = match (&moment, reason) {
        (Some((_, title)), None) => Text::new("journey-who-left").with("title", title.clone()),
        (Some((_, title)), Some(reason)) => {
            Text::new("journey-who-left-because").with("title", title.clone()).with("reason", saying.value(reason))
        }
        (None, _) => Text::new("journey-who-left-anywhere"),
    };
    What { who: [Fate::Dropped, Fate::Left, Fate::Stopped].map(fate).into(), text }
}

fn in_funnel(opened: &Opened, asked: &Asked, kind: &str) -> Option<What> {
    let id = filled(&asked.trechter)?;
    let step = filled(&asked.stap)?.parse::<usize>().ok()?;
    let funnel = opened.definition.funnels.iter().find(|funnel| funnel.id == id)?;
    let touchpoint = funnel.steps.get(step)?;
    let title = opened.definition.touchpoint(touchpoint)?.title.clone();
    let (who, text): (fn(String, usize) -> Who, Text) = match kind {
        "trechter" => (Who::FunnelReached, Text::new("journey-who-funnel")),
        "trechter-open" => (Who::FunnelOpen, Text::new("journey-who-funnel-open")),
        _ => (Who::FunnelLost, Text::new("journey-who-funnel-lost")),
    };
    let name = funnel_title(funnel.title.as_deref().unwrap_or(&funnel.id), &funnel.id);
    Some(What { who: vec![who(id.to_owned(), step)], text: text.with("title", title).with("funnel", name) })
}

/// The runs, latest start first.
fn runs(opened: &Opened, measured: &Measured, who: &[Who]) -> Result<Vec<RunId>, MeasureError> {
    let mut runs = Vec::new();
    for one in who {
        runs.extend(members(&measured.columns, &opened.definition, &measured.selection, one)?);
    }
    runs.sort_by_key(|run| (std::cmp::Reverse(measured.columns.started(*run)), *run));
    Ok(runs)
}
