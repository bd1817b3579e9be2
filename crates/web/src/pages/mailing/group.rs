//! Whom a one-off message goes to: chosen, counted, and sent.

use axum::{
    Form,
    extract::{Path, Query, State},
};
use minijinja::context;
use serde_json::json;
use service::{
    Live,
    mailing::{self, Group},
};
use words::{Class, JourneyId};

use super::path;
use crate::{
    App,
    language::Text,
    pages::{customer, draft, journey},
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(group): Query<Group>,
) -> Answer {
    let live = found(&app, &viewer, &id).await?;
    let definition = &live.published.definition;
    let organisation = app.service.catalog.organisation(&viewer.house.id).await?.ok_or(Problem::NotFound)?;
    let under_way = app.mailings.progress(&viewer.house.id, &live.row.id);
    let forecast = match under_way {
        Some(_) => None,
        None => Some(app.service.forecast(&viewer.house.id, definition, &group).await?),
    };
    let page = context! {
        id => id.as_str(),
        title => definition.title.as_str(),
        group => data(&group),
        personas => organisation.personas.iter().map(|persona| [persona.id.clone(), persona.name.clone()]).collect::<Vec<_>>(),
        consents => consents(&app, &viewer).await?.into_iter().map(|name| [name.clone(), customer::consent_title(&name, &viewer.speech)]).collect::<Vec<_>>(),
        forecast => forecast.map(|forecast| context! {
            chosen => forecast.chosen,
            goes => forecast.goes,
            no_address => forecast.no_address,
            suppressed => forecast.suppressed,
            no_consent => forecast.no_consent,
            more => forecast.more,
        }),
        under_way => under_way.map(|sent| context! { looked_at => sent.looked_at, begun => sent.begun }),
        proof => live.row.mode == store::Mode::Proof,
        paused => live.row.paused,
        draft => draft::path(&id),
        why => journey::sent_path(&id),
    };
    viewer.render("mailing/group.html", page)
}

pub(super) async fn send(
    editor: Editor,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(group): Form<Group>,
) -> Answer {
    let live = found(&app, &editor, &id).await?;
    let said = json!({ "group": group });
    let done = match app.mailings.begin(&app, &editor.house.id, &live, group) {
        Ok(()) => {
            editor.record("mailing.sent", live.row.id.as_str(), said).await?;
            Text::new("mailing-begun")
        }
        Err(_) => Text::new("mailing-busy"),
    };
    editor.go(&path(&id), done)
}

pub(super) async fn stop(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let journey = JourneyId::new(id.as_str());
    if app.mailings.call_off(&editor.house.id, &journey) {
        editor.record("mailing.stopped", journey.as_str(), json!({})).await?;
    }
    editor.go(&path(&id), Text::new("mailing-stopped"))
}

async fn found(app: &App, staff: &Staff, id: &str) -> Result<Live, Problem> {
    let live = app.service.catalog.live(&staff.house.id).await?;
    let found = live.into_iter().find(|live| live.row.id.as_str() == id);
    found.filter(|live| mailing::chosen(&live.published.definition).is_some()).ok_or(Problem::NotFound)
}

/// Consents that a journey asks for by name, and marketing.
async fn consents(app: &App, staff: &Staff) -> Result<Vec<String>, Problem> {
    let live = app.service.catalog.live(&staff.house.id).await?;
    let asked = live.iter().flat_map(|live| ::journey::consents_asked(&live.published.definition));
    let mut names: Vec<String> = asked.chain([Class::Marketing.as_str().to_owned()]).collect();
    names.sort();
    names.dedup();
    Ok(names)
}
