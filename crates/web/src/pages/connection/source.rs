//! The sources of an organisation: list, add, look at one, make a new key.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use jiff::ToSpan;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{intake::OPEN, token};
use store::{Key, KeyKind, Paging, QuarantineFilter, Source, SourceDay};

use super::{
    bars::{self, bars},
    endpoint, fetch, sheet, silence, webhook,
};
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    problem::{Answer, Problem},
    session::{Owner, Staff, Viewer},
    views::data,
};

pub(super) const PATH: &str = "/koppelingen";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list))
        .route("/koppelingen/nieuw", get(ask).post(make))
        .route("/koppelingen/bron/{id}", get(show))
        .route("/koppelingen/bron/{id}/naam", post(rename))
        .route("/koppelingen/bron/{id}/sleutel", post(renew_key))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    name: String,
    /// `site`, `webhook`, `api`, `table`, or anything else for a system that speaks as we ask.
    #[serde(default)]
    kind: String,
}

async fn list(viewer: Viewer, State(app): State<App>) -> Answer {
    let sources = app.store.sources(&viewer.house.id).await?;
    let mut rows = Vec::new();
    for source in &sources {
        rows.push(row(&viewer, source).await?);
    }
    let sheets = sheet::of_all(&viewer, &app, &sources).await?;
    let quarantined =
        app.store.quarantine(&viewer.house.id, QuarantineFilter::default(), Paging::first(1)).await?.total;
    let endpoints = endpoint::rows(&viewer).await?;
    viewer.render("source/list.html", context! { rows, quarantined, endpoints, sheets => data(&sheets) })
}

async fn ask(owner: Owner) -> Answer {
    let page = context! { filled => data(Filled::default()), remarks => Remarks::default().said_by(&owner) };
    owner.render("source/new.html", page)
}

async fn make(owner: Owner, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let name = form::line(&filled.name, 100);
    let id = service::intake::slug(&filled.name);
    let mut remarks = Remarks::default();
    remarks.expect(name.is_some() && !id.is_empty(), "name", "source-remark-name");
    if !id.is_empty() && app.store.source(&owner.house.id, &id).await?.is_some() {
        remarks.add("name", Text::new("source-remark-exists"));
    }
    let (Some(name), true) = (name, remarks.is_empty()) else {
        let page = context! { filled => data(&filled), remarks => remarks.said_by(&owner) };
        return owner.render_as(StatusCode::UNPROCESSABLE_ENTITY, "source/new.html", page);
    };
    let kind =
        [OPEN, webhook::KIND, fetch::API, fetch::TABLE, fetch::MAILBOX].into_iter().find(|kind| *kind == filled.kind);
    let source = Source {
        organisation: owner.house.id.clone(),
        id,
        name,
        kind: kind.unwrap_or("segment").into(),
        created: owner.speech.now,
        last_received: None,
        usual_gap_seconds: None,
        received: 0,
        refused: 0,
        duplicate: 0,
    };
    app.store.save_source(source.clone()).await?;
    owner.record("source.made", &source.name, json!({})).await?;
    let secret = match source.kind.as_str() {
        fetch::API | fetch::TABLE | fetch::MAILBOX => {
            fetch::make(&owner, &source).await?;
            return owner.go(&fetch::path(&source), Text::new("fetch-made"));
        }
        webhook::KIND => webhook::make(&owner, &source).await?,
        _ => make_key(&owner, &source).await?,
    };
    page(&owner, StatusCode::OK, &source, Some(secret), &Remarks::default()).await
}

async fn show(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let source = app.store.source(&viewer.house.id, &id).await?.ok_or(Problem::NotFound)?;
    page(&viewer, StatusCode::OK, &source, None, &Remarks::default()).await
}

async fn rename(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let source = app.store.source(&owner.house.id, &id).await?.ok_or(Problem::NotFound)?;
    let Some(name) = form::line(&filled.name, 100) else {
        let mut remarks = Remarks::default();
        remarks.add("name", Text::new("source-remark-name"));
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &source, None, &remarks).await;
    };
    app.store.save_source(Source { name: name.clone(), ..source }).await?;
    owner.record("source.renamed", &name, json!({})).await?;
    owner.go(&format!("{PATH}/bron/{}", crate::pages::encoded(&id)), Text::new("source-renamed"))
}

/// A new key; the old ones of this source go on working until they are revoked, so that a supplier can change over.
async fn renew_key(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let source = app.store.source(&owner.house.id, &id).await?.ok_or(Problem::NotFound)?;
    let secret = make_key(&owner, &source).await?;
    owner.record("source.key_made", &source.name, json!({})).await?;
    page(&owner, StatusCode::OK, &source, Some(secret), &Remarks::default()).await
}

async fn make_key(owner: &Staff, source: &Source) -> Result<String, Problem> {
    let secret = format!("kr_write_{}", token::token(owner.app.random.as_ref()));
    let key = Key {
        hash: token::hash(&secret),
        organisation: owner.house.id.clone(),
        kind: KeyKind::Write { source: source.id.clone() },
        name: source.name.clone(),
        created: owner.speech.now,
        last_used: None,
        revoked: None,
    };
    owner.app.store.save_key(key).await?;
    Ok(secret)
}

async fn page(staff: &Staff, status: StatusCode, source: &Source, secret: Option<String>, remarks: &Remarks) -> Answer {
    let store = &staff.app.store;
    let of_source = QuarantineFilter { source: Some(&source.id), reason: None };
    let quarantined = store.quarantine(&staff.house.id, of_source, Paging::first(1)).await?.total;
    let keys = store.keys(&staff.house.id).await?;
    let is_own = |key: &&Key| key.revoked.is_none() && key.kind == KeyKind::Write { source: source.id.clone() };
    let sheets = sheet::of_source(staff, &staff.app, source).await?;
    let page = context! {
        sheets => data(&sheets),
        webhook => webhook::told(staff, source).await?,
        fetch => fetch::told(staff, source).await?,
        source => row(staff, source).await?,
        quarantined,
        keys => keys.iter().filter(is_own).count(),
        secret,
        endpoint => staff.app.settings.public_url.as_str(),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "source/show.html", page)
}

/// A source as the pages show it.
async fn row(staff: &Staff, source: &Source) -> Result<Value, Problem> {
    let today = staff.speech.today();
    let from = today.saturating_sub((bars::DAYS - 1).days());
    let known = silence(staff, source).await?;
    let days: Vec<SourceDay> = known.days.iter().filter(|day| day.day >= from).cloned().collect();
    Ok(context! {
        id => source.id.as_str(),
        name => source.name.as_str(),
        kind => source.kind.as_str(),
        created => source.created.to_string(),
        last_received => source.last_received.map(|time| time.to_string()),
        is_silent => known.is_silent,
        trouble => fetch::troubled(staff, source).await?.is_some(),
        usual_gap => known.usual(staff.speech.language),
        longest_gap => known.longest(staff.speech.language),
        received => source.received,
        refused => source.refused,
        duplicate => source.duplicate,
        bars => bars(&days, today),
    })
}
