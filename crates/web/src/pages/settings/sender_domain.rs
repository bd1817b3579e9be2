//! The domain that mail comes from: what its DNS says, and the key that we sign with.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use channels::dns::Lookup;
use minijinja::context;
use serde_json::json;
use service::{
    doctor::{Severity, domain_findings},
    signing::{self, Dkim, Published},
};
use store::Sender;
use words::Channel;

use super::sender;
use crate::{
    App,
    language::Text,
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/instellingen/afzenders/{channel}/domein", get(show))
        .route("/instellingen/afzenders/{channel}/domein/sleutel", post(make))
        .route("/instellingen/afzenders/{channel}/domein/aan", post(switch_on))
        .route("/instellingen/afzenders/{channel}/domein/uit", post(remove))
}

/// A sender of mail.
async fn kept(app: &App, owner: &Staff, name: &str) -> Result<Sender, Problem> {
    let name = sender::sending(app, owner, name).await?;
    let kept = sender::kept(app, owner, &name).await?.filter(|_| name.channel == Channel::email());
    kept.ok_or(Problem::NotFound)
}

fn path(sender: &Sender) -> String {
    format!("{}/{}/domein", sender::PATH, sender.name())
}

fn names(app: &App) -> Option<Arc<dyn Lookup>> {
    app.settings.installation.as_ref()?.names.clone()
}

async fn show(owner: Owner, State(app): State<App>, Path(name): Path<String>) -> Answer {
    let kept = kept(&app, &owner, &name).await?;
    let dkim = Dkim::of(&kept);
    let found = match names(&app) {
        Some(names) => domain_findings(names.as_ref(), &kept, owner.speech.language).await.ok(),
        None => None,
    };
    let well = found.as_ref().is_some_and(|found| found.iter().all(|one| one.severity == Severity::Fine));
    let page = context! {
        at => kept.name().to_string(),
        from => kept.from_address.as_str(),
        domain => service::doctor::domain_of(&kept.from_address),
        is_smtp => kept.transport == "smtp",
        found => found.map(|found| found.into_iter().map(|one| context! {
            severity => one.severity.name(), what => one.what, advice => one.advice,
        }).collect::<Vec<_>>()).map(data),
        well,
        dkim => dkim.map(|dkim| context! { name => dkim.name(), record => dkim.record.as_str(), is_on => dkim.is_on }),
    };
    owner.render("sender/domain.html", page)
}

async fn make(owner: Owner, State(app): State<App>, Path(name): Path<String>) -> Answer {
    let kept = kept(&app, &owner, &name).await?;
    if kept.transport != "smtp" || service::doctor::domain_of(&kept.from_address).is_none() {
        return Err(Problem::Invalid(Text::new("domain-no-server")));
    }
    let random = app.random.clone();
    let key = tokio::task::spawn_blocking(move || signing::new_key(random.as_ref())).await;
    let key = key.map_err(|_| Problem::Broken)??;
    let day = owner.speech.date_of(owner.speech.now);
    let (name, path) = (kept.name().to_string(), path(&kept));
    app.store.save_sender(signing::with_key(kept, key, day)).await?;
    owner.record("sender.key_made", &name, json!({})).await?;
    owner.go(&path, Text::new("domain-key-made"))
}

/// Signing begins once the key is seen in the DNS.
async fn switch_on(owner: Owner, State(app): State<App>, Path(name): Path<String>) -> Answer {
    let kept = kept(&app, &owner, &name).await?;
    let (Some(dkim), Some(names)) = (Dkim::of(&kept), names(&app)) else { return Err(Problem::NotFound) };
    let (name, path) = (kept.name().to_string(), path(&kept));
    match dkim.published(names.as_ref()).await {
        Ok(Published::Ours) => {
            app.store.save_sender(signing::switched_on(kept)).await?;
            owner.record("sender.signing", &name, json!({})).await?;
            owner.go(&path, Text::new("domain-signing"))
        }
        Ok(Published::Another) => owner.go(&path, Text::new("domain-another-key")),
        Ok(Published::Nothing) => owner.go(&path, Text::new("domain-no-key")),
        Err(_) => owner.go(&path, Text::new("domain-no-dns")),
    }
}

async fn remove(owner: Owner, State(app): State<App>, Path(name): Path<String>) -> Answer {
    let kept = kept(&app, &owner, &name).await?;
    let (name, path) = (kept.name().to_string(), path(&kept));
    app.store.save_sender(signing::without_key(kept)).await?;
    owner.record("sender.key_removed", &name, json!({})).await?;
    owner.go(&path, Text::new("domain-key-removed"))
}
