//! Making a halt: first one sees what it touches and how the notice reads, then one makes it.

use axum::{Form, extract::State, http::StatusCode};
use minijinja::{Value, context};
use serde_json::json;
use service::{Live, sending::coverage};
use store::{OutboxFilter, limits::HALTS_MAX};
use words::{Halt, HaltId, JourneyId};

use super::{filled::Filled, scope, telling};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

/// The states in which a message waits.
pub(super) const WAITING: [&str; 2] = ["ready", "held"];

pub(super) async fn show(editor: Editor, State(app): State<App>) -> Answer {
    let filled = Filled::fresh(&editor.speech);
    page(&editor, &app, (StatusCode::OK, None), &filled, &Remarks::default(), None).await
}

pub(super) async fn make(editor: Editor, State(app): State<App>, Form(posted): Form<Vec<(String, String)>>) -> Answer {
    let filled = Filled::posted(posted);
    let house = &editor.house.id;
    let live = app.service.catalog.live(house).await?;
    let known: Vec<&JourneyId> = live.iter().map(|live| &live.row.id).collect();
    let id = HaltId::new(crate::ids::fresh(&app));
    let mut remarks = Remarks::default();
    let halt = filled.read(id, &known, &editor.speech).map_err(|wrong| remarks = wrong).ok();
    let organisation = super::organisation(&app, house).await?;
    let looked = halt.as_ref().and_then(|halt| halt.notice.as_ref());
    let looked = looked.map(|notice| telling::look(&editor, &organisation, notice));
    if let Some(fault) = looked.as_ref().and_then(|looked| looked.faults.first()) {
        remarks.add("text", Text::new("halt-remark-notice").with("fault", fault.clone()));
    }
    let stands = app.store.standing_halts(house, editor.speech.now).await?.len();
    if stands >= HALTS_MAX as usize {
        remarks.add("title", Text::new("halt-remark-many").with("most", HALTS_MAX));
    }
    let Some(halt) = halt.filter(|_| remarks.is_empty()) else {
        return page(&editor, &app, (StatusCode::UNPROCESSABLE_ENTITY, None), &filled, &remarks, None).await;
    };
    if filled.makes() {
        return keep(&editor, &app, halt).await;
    }
    let seen = touched(&editor, &app, &halt, looked, &filled).await?;
    page(&editor, &app, (StatusCode::OK, None), &filled, &remarks, Some(seen)).await
}

/// What a halt holds back of what waits now, for who is about to make or change it.
pub(super) async fn touched(
    editor: &Staff,
    app: &App,
    halt: &Halt,
    looked: Option<telling::Looked>,
    filled: &Filled,
) -> Result<Value, Problem> {
    let house = &editor.house.id;
    let organisation = super::organisation(app, house).await?;
    let live = app.service.catalog.live(house).await?;
    let waiting = WAITING.map(|state| OutboxFilter { state: Some(state.to_owned()), ..OutboxFilter::default() });
    let halts = std::slice::from_ref(halt);
    let about = (house, organisation.as_ref());
    let touched = coverage(app.store.as_ref(), about, halts, &waiting, editor.speech.now).await?;
    let of = touched.halts.first();
    Ok(context! {
        messages => of.map_or(0, |covered| covered.messages),
        customers => of.map_or(0, |covered| covered.customers.len()),
        cut => touched.cut,
        scope => scope::told(&halt.scope, &live, &editor.speech),
        all => halt.scope == words::HaltScope::default(),
        until => halt.until.to_string(),
        afterwards => halt.afterwards,
        previews => data(looked.map(|looked| looked.previews).unwrap_or_default()),
        digest => filled.digest(),
    })
}

/// Keeps it; what waits is decided anew, so that it holds from now on.
async fn keep(editor: &Editor, app: &App, halt: Halt) -> Answer {
    let (id, title) = (halt.id, halt.title.clone());
    app.store.save_halt(&editor.house.id, halt).await?;
    app.store.decide_anew(&editor.house.id, editor.speech.now).await?;
    editor.record("halt.made", &id.to_string(), json!({ "title": title })).await?;
    app.service.wake();
    editor.go(super::PATH, Text::new("halt-made").with("title", title))
}

/// The form; `stands`: of the halt that it changes.
pub(super) async fn page(
    staff: &Staff,
    app: &App,
    (status, stands): (StatusCode, Option<Value>),
    filled: &Filled,
    remarks: &Remarks,
    seen: Option<Value>,
) -> Answer {
    let journeys = journeys(staff, app, filled).await?;
    let page = context! { filled => data(filled), journeys, remarks => remarks.said_by(staff), seen, stands };
    staff.render_as(status, "halt/new.html", page)
}

/// The live journeys, to be ticked.
async fn journeys(staff: &Staff, app: &App, filled: &Filled) -> Result<Vec<Value>, Problem> {
    let live = app.service.catalog.live(&staff.house.id).await?;
    let one = |live: &Live| {
        let id = live.row.id.as_str();
        let chosen = filled.journeys.iter().any(|chosen| chosen == id);
        context! { id, title => live.published.definition.title.as_str(), chosen }
    };
    Ok(live.iter().map(one).collect())
}
