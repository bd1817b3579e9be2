//! How it goes with the installation, for who runs it: the list of `klantreis doctor`.

use axum::{Router, extract::State, routing::get};
use minijinja::{Value, context};
use service::doctor::{Finding, Installation, Severity, examine};

use crate::{App, problem::Answer, session::Owner};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/instellingen/toestand", get(show))
}

async fn show(owner: Owner, State(app): State<App>) -> Answer {
    let unknown = || Installation {
        url: Some(app.settings.public_url.clone()),
        data: app.settings.uploads.clone(),
        file: None,
        backups: None,
        names: None,
    };
    let installation = app.settings.installation.clone().unwrap_or_else(unknown);
    let found = examine(&app.service, &installation, owner.speech.language).await?;
    let own = |finding: &&Finding| finding.organisation.as_ref().is_none_or(|of| *of == owner.house.id);
    let rows: Vec<Value> = found
        .iter()
        .filter(own)
        .map(|finding| {
            context! {
                severity => finding.severity.name(),
                area => finding.area.said(owner.speech.language),
                what => finding.what.as_str(),
                advice => finding.advice.as_str(),
            }
        })
        .collect();
    let is_well = found.iter().filter(own).all(|finding| finding.severity == Severity::Fine);
    owner.render("state/show.html", context! { rows, is_well })
}
