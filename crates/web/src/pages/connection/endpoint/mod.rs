//! Other systems that are told what happens: the list, making one, what it is told, its secret, and how its deliveries went.

mod filled;
mod shown;

use axum::{
    Form, Router,
    extract::{Path, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;
use service::telling::{ENDPOINTS_MAX, Secrets, fresh_id, opened, write_secrets};
use store::{DeliveryState, Endpoint, EndpointHealth, EndpointState};
use words::Bucket;

use self::{
    filled::Filled,
    shown::{Shown, new_page, page, trouble_of},
};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    session::{Owner, Staff, Viewer},
};

pub(super) use shown::rows;
pub(crate) use shown::troubled;

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/koppelingen/uit/nieuw", get(ask).post(make))
        .route("/koppelingen/uit/{id}", get(show).post(save))
        .route("/koppelingen/uit/{id}/proef", post(test))
        .route("/koppelingen/uit/{id}/geheim", post(renew))
        .route("/koppelingen/uit/{id}/pauze", post(pause))
        .route("/koppelingen/uit/{id}/verder", post(resume))
        .route("/koppelingen/uit/{id}/weg", post(remove))
        .route("/koppelingen/uit/{id}/opnieuw", post(again))
}

fn path(id: &str) -> String {
    format!("/koppelingen/uit/{}", crate::pages::encoded(id))
}

async fn kept(staff: &Staff, id: &str) -> Result<Endpoint, Problem> {
    staff.app.store.endpoint(&staff.house.id, id).await?.ok_or(Problem::NotFound)
}

async fn ask(owner: Owner) -> Answer {
    new_page(&owner, &Filled::default(), &Remarks::default())
}

async fn make(owner: Owner, State(app): State<App>, Form(posted): Form<Vec<(String, String)>>) -> Answer {
    let filled = Filled::posted(posted);
    let mut remarks = Remarks::default();
    if app.store.endpoints(&owner.house.id).await?.len() >= ENDPOINTS_MAX {
        remarks.add("name", Text::new("endpoint-remark-many").with("most", ENDPOINTS_MAX));
    }
    let Some((name, address, kinds)) = filled.read(&owner, &mut remarks) else {
        return new_page(&owner, &filled, &remarks);
    };
    let id = fresh_id(app.random.as_ref());
    let secrets = Secrets::fresh(app.random.as_ref());
    let now = owner.speech.now;
    let endpoint = Endpoint {
        organisation: owner.house.id.clone(),
        secrets: write_secrets(&id, &secrets)?,
        id,
        name,
        address,
        kinds,
        created: now,
        state: EndpointState::Open,
        since: now,
        health: EndpointHealth::default(),
    };
    app.store.save_endpoint(endpoint.clone()).await?;
    owner.record("endpoint.made", &endpoint.name, json!({ "address": endpoint.address })).await?;
    page(&owner, &endpoint, Shown { secret: Some(secrets.current().to_owned()), ..Shown::default() }).await
}

async fn show(viewer: Viewer, Path(id): Path<String>) -> Answer {
    page(&viewer, &kept(&viewer, &id).await?, Shown::default()).await
}

async fn save(
    owner: Owner,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    let filled = Filled::posted(posted);
    let mut remarks = Remarks::default();
    let Some((name, address, kinds)) = filled.read(&owner, &mut remarks) else {
        return page(&owner, &endpoint, Shown { filled: Some(filled), remarks, ..Shown::default() }).await;
    };
    app.store.save_endpoint(Endpoint { name: name.clone(), address: address.clone(), kinds, ..endpoint }).await?;
    owner.record("endpoint.changed", &name, json!({ "address": address })).await?;
    owner.go(&path(&id), Text::new("endpoint-saved"))
}

/// Tells the other side that this is a test, and shows what it answered.
async fn test(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    app.limits.code.take(&path(&id), owner.speech.now).map_err(|seconds| Problem::TooMany { seconds })?;
    let tested = app.service.teller.test(&endpoint).await?;
    owner.record("endpoint.tested", &endpoint.name, json!({ "status": tested.status })).await?;
    if tested.state == DeliveryState::Done {
        return owner.go(&path(&id), Text::new("endpoint-test-well"));
    }
    let why = trouble_of(&owner, tested.trouble.as_deref()).unwrap_or_default();
    owner.go(&path(&id), Text::new("endpoint-test-failed").with("why", why))
}

/// A new secret; the one of now signs along for a day, so that the other side can change over.
async fn renew(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    let random = app.random.as_ref();
    // Of one that cannot be opened any more nothing is left to sign along.
    let secrets =
        opened(&endpoint).map_or_else(|_| Secrets::fresh(random), |kept| kept.renewed(random, owner.speech.now));
    let secret = secrets.current().to_owned();
    let endpoint = Endpoint { secrets: write_secrets(&id, &secrets)?, ..endpoint };
    app.store.save_endpoint(endpoint.clone()).await?;
    owner.record("endpoint.secret_made", &endpoint.name, json!({})).await?;
    page(&owner, &endpoint, Shown { secret: Some(secret), ..Shown::default() }).await
}

async fn pause(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    app.store.endpoint_state(&owner.house.id, &id, EndpointState::Paused, owner.speech.now).await?;
    owner.record("endpoint.paused", &endpoint.name, json!({})).await?;
    owner.go(&path(&id), Text::new("endpoint-paused"))
}

async fn resume(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    app.store.endpoint_state(&owner.house.id, &id, EndpointState::Open, owner.speech.now).await?;
    owner.record("endpoint.resumed", &endpoint.name, json!({})).await?;
    owner.go(&path(&id), Text::new("endpoint-resumed"))
}

async fn remove(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    app.service.teller.remove(&owner.house.id, &id, owner.speech.now).await?;
    owner.record("endpoint.removed", &endpoint.name, json!({ "address": endpoint.address })).await?;
    owner.go(super::source::PATH, Text::new("endpoint-removed").with("name", endpoint.name))
}

/// Which delivery.
#[derive(Debug, Deserialize)]
struct Which {
    bucket: u16,
    delivery: String,
}

/// Delivers once more.
async fn again(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(which): Form<Which>) -> Answer {
    let endpoint = kept(&owner, &id).await?;
    let bucket = Bucket::new(which.bucket).ok_or(Problem::NotFound)?;
    let delivery = app.store.delivery(&owner.house.id, bucket, &id, &which.delivery).await?.ok_or(Problem::NotFound)?;
    let done = app.service.teller.again(&endpoint, delivery).await?;
    owner.record("endpoint.redelivered", &endpoint.name, json!({ "delivery": done.id, "status": done.status })).await?;
    if done.state == DeliveryState::Done {
        return owner.go(&path(&id), Text::new("endpoint-again-well"));
    }
    let why = trouble_of(&owner, done.trouble.as_deref()).unwrap_or_default();
    owner.go(&path(&id), Text::new("endpoint-again-failed").with("why", why))
}
