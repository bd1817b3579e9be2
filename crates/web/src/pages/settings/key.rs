//! Keys of the API: shown once, kept as a hash. Keys of connections stand on the page of their connection.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use jiff::Timestamp;
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::token;
use store::{Key, KeyKind, Role};

use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    problem::{Answer, Problem},
    secret,
    session::{Owner, Staff},
    views::data,
};

const PATH: &str = "/instellingen/sleutels";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list).post(make)).route("/instellingen/sleutels/intrekken", post(revoke))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    name: String,
    role: String,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    hash: String,
}

/// A key as the page shows it.
#[derive(Serialize)]
struct Row {
    hash: String,
    name: String,
    role: Option<&'static str>,
    source: Option<String>,
    created: Timestamp,
    last_used: Option<Timestamp>,
    revoked: Option<Timestamp>,
}

async fn list(owner: Owner) -> Answer {
    page(&owner, StatusCode::OK, &Filled::default(), &Remarks::default(), None).await
}

async fn make(owner: Owner, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let (name, role) = (form::line(&filled.name, 200), Role::parse(&filled.role));
    let mut remarks = Remarks::default();
    remarks.expect(name.is_some(), "name", "key-remark-name");
    remarks.expect(role.is_some(), "role", "remark-choice");
    let (Some(name), Some(role)) = (name, role) else {
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks, None).await;
    };
    let secret = format!("kr_api_{}", token::token(app.random.as_ref()));
    let key = Key {
        hash: token::hash(&secret),
        organisation: owner.house.id.clone(),
        kind: KeyKind::Api { role },
        name: name.clone(),
        created: owner.speech.now,
        last_used: None,
        revoked: None,
    };
    app.store.save_key(key).await?;
    owner.record("key.made", &name, json!({ "role": role.as_str() })).await?;
    page(&owner, StatusCode::OK, &Filled::default(), &Remarks::default(), Some(secret)).await
}

async fn revoke(owner: Owner, State(app): State<App>, Form(chosen): Form<Chosen>) -> Answer {
    let keys = app.store.keys(&owner.house.id).await?;
    let key = keys.into_iter().find(|key| secret::hex(&key.hash) == chosen.hash).ok_or(Problem::NotFound)?;
    if app.store.revoke_key(&owner.house.id, &key.hash, owner.speech.now).await? {
        owner.record("key.revoked", &key.name, json!({})).await?;
    }
    owner.go(PATH, Text::new("key-revoked").with("name", key.name))
}

async fn page(owner: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks, secret: Option<String>) -> Answer {
    let keys = owner.app.store.keys(&owner.house.id).await?;
    let rows: Vec<Row> = keys.into_iter().map(row).collect();
    let page = context! {
        rows => data(rows),
        filled => data(filled),
        remarks => remarks.said_by(owner),
        secret,
    };
    owner.render_as(status, "key/list.html", page)
}

fn row(key: Key) -> Row {
    let (role, source) = match key.kind {
        KeyKind::Api { role } => (Some(role.as_str()), None),
        KeyKind::Write { source } => (None, Some(source)),
    };
    Row {
        hash: secret::hex(&key.hash),
        name: key.name,
        role,
        source,
        created: key.created,
        last_used: key.last_used,
        revoked: key.revoked,
    }
}
