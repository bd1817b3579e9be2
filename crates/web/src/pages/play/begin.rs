//! Before a play: which text, and who one is.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use journey::Folder;
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use store::Files;
use words::{JourneyId, Properties};

use super::stage::{Play, Setup};
use crate::{
    App, form,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    tekst: String,
    name: String,
    email: Option<String>,
    mobile: Option<String>,
    marketing: Option<String>,
}

/// The texts that there are.
struct Texts {
    title: String,
    live: Option<Files>,
    draft: Option<Files>,
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    page(&app, &viewer, StatusCode::OK, &id, Vec::new()).await
}

pub(super) async fn make(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer {
    let texts = texts(&app, &viewer, &id).await?;
    let draft = filled.tekst == "concept" && texts.draft.is_some() || texts.live.is_none();
    let files = if draft { texts.draft } else { texts.live }.ok_or(Problem::NotFound)?;
    let organisation = app.store.organisation(&viewer.house.id).await?.ok_or(Problem::NotFound)?;
    let setup = Setup {
        organisation,
        folder: Folder::new(files),
        draft,
        account: viewer.account.id,
        profile: profile(&filled),
    };
    match Play::begin(&app, setup).await? {
        Ok(play) => {
            viewer.record("journey.played", &id, json!({})).await?;
            let play = app.plays.put(play, app.clock.now());
            Ok(Redirect::to(&play.path()).into_response())
        }
        Err(findings) => {
            let lines = findings.iter().take(5).map(|finding| finding.line(viewer.speech.language)).collect();
            page(&app, &viewer, StatusCode::UNPROCESSABLE_ENTITY, &id, lines).await
        }
    }
}

/// The same text and the same customer, from the beginning.
pub(super) async fn again(
    viewer: Viewer,
    State(app): State<App>,
    Path((journey, id)): Path<(String, String)>,
) -> Answer {
    let Some(play) = super::act::found(&app, &viewer, &journey, &id) else {
        return super::act::over(&journey, &viewer);
    };
    let fresh = Play::begin(&app, play.setup.clone()).await?.map_err(|_| Problem::Broken)?;
    let fresh = app.plays.put(fresh, app.clock.now());
    Ok(Redirect::to(&fresh.path()).into_response())
}

fn profile(filled: &Filled) -> Properties {
    let typed = form::line(&filled.name, 100).unwrap_or_else(|| "Sanne de Vries".to_owned());
    let (first, last) = typed.split_once(' ').map_or((typed.as_str(), None), |(first, last)| (first, Some(last)));
    let mut profile = Properties::new();
    profile.insert("first_name".into(), json!(first));
    profile.insert("last_name".into(), json!(last));
    profile.insert("email".into(), json!(filled.email.as_ref().map(|_| "speler@voorbeeld.nl")));
    profile.insert("mobile".into(), json!(filled.mobile.as_ref().map(|_| "+31612345678")));
    profile.insert("street".into(), json!("Merelstraat 24"));
    profile.insert("postcode".into(), json!("6821 AB"));
    profile.insert("town".into(), json!("Arnhem"));
    profile.insert("consents".into(), json!({ "marketing": filled.marketing.is_some() }));
    profile
}

async fn texts(app: &App, staff: &Staff, id: &str) -> Result<Texts, Problem> {
    let (house, id) = (&staff.house.id, JourneyId::new(id));
    let row = app.store.journey(house, &id).await?.ok_or(Problem::NotFound)?;
    let live = match &row.live {
        Some(hash) => app.store.version(house, &id, hash).await?.map(|version| version.files),
        None => None,
    };
    let draft = app.store.draft(house, &id).await?.map(|draft| draft.files);
    Ok(Texts { title: row.title, live, draft })
}

async fn page(app: &App, staff: &Staff, status: StatusCode, id: &str, mistakes: Vec<String>) -> Answer {
    let texts = texts(app, staff, id).await?;
    let page = context! {
        id => crate::pages::encoded(id),
        title => texts.title,
        has_live => texts.live.is_some(),
        has_draft => texts.draft.is_some(),
        mistakes,
    };
    staff.render_as(status, "play/begin.html", page)
}
