//! A source that posts JSON of a shape of its own: how it proves itself, and where in its JSON an event stands, pointed out in
//! a sample.

mod proof;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use minijinja::{Value, context};
use serde_json::json;
use service::{
    connections::{self, Webhook},
    intake::{
        Code,
        webhook::{Signing, Way},
    },
};
use store::{Paging, QuarantineFilter, Source};

use self::proof::Proof;
use super::pointed::{Pointed, previewed};
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::encoded,
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

/// The kind of these sources.
pub(super) const KIND: &str = "webhook";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/koppelingen/bron/{id}/webhook", get(show))
        .route("/koppelingen/bron/{id}/webhook/bewijs", post(prove))
        .route("/koppelingen/bron/{id}/webhook/plaats", post(point))
}

/// Makes what a new source of this kind needs; the secret, to be shown once.
pub(super) async fn make(staff: &Staff, source: &Source) -> Result<String, Problem> {
    let way = Way::Standard;
    let secret = Signing::fresh_secret(way, staff.app.random.as_ref());
    let signing = Signing { way, header: way.usual_header().into(), secret: secret.clone() };
    save(staff, &source.id, &Webhook { signing, mapping: None }).await?;
    Ok(secret)
}

/// What the page of the source says of it; nothing for sources of other kinds.
pub(super) async fn told(staff: &Staff, source: &Source) -> Result<Option<Value>, Problem> {
    let Some(kept) = kept(staff, &source.id).await? else { return Ok(None) };
    let (way, mapped) = (kept.signing.way.as_str(), kept.mapping.is_some());
    Ok(Some(context! { address => address(staff, source), way, mapped }))
}

fn address(staff: &Staff, source: &Source) -> String {
    staff.app.link_to(&format!("/v1/webhooks/{}/{}", encoded(staff.house.id.as_str()), encoded(&source.id)))
}

async fn kept(staff: &Staff, source: &str) -> Result<Option<Webhook>, Problem> {
    Ok(connections::webhook(staff.app.store.as_ref(), &staff.house.id, source).await?)
}

async fn save(staff: &Staff, source: &str, webhook: &Webhook) -> Result<(), Problem> {
    Ok(connections::save_webhook(staff.app.store.as_ref(), &staff.house.id, source, webhook).await?)
}

/// What the page shows beside what is kept.
#[derive(Default)]
struct Shown {
    secret: Option<String>,
    proof: Option<Proof>,
    pointed: Option<Pointed>,
    remarks: Remarks,
    looked: bool,
}

async fn show(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let source = app.store.source(&owner.house.id, &id).await?.ok_or(Problem::NotFound)?;
    page(&owner, &source, Shown::default()).await
}

async fn page(staff: &Staff, source: &Source, shown: Shown) -> Answer {
    let Webhook { signing, mapping } = kept(staff, &source.id).await?.ok_or(Problem::NotFound)?;
    let of_source = |reason| QuarantineFilter { source: Some(&source.id), reason };
    let newest = staff.app.store.quarantine(&staff.house.id, of_source(None), Paging::first(1)).await?;
    let waiting = of_source(Some(Code::NoMapping.as_str()));
    let waiting = staff.app.store.quarantine(&staff.house.id, waiting, Paging::first(1)).await?.total;
    let newest = newest.rows.into_iter().next();
    let pointed = shown.pointed.unwrap_or_else(|| {
        let sample = newest.as_ref().map(|row| row.raw.clone()).unwrap_or_default();
        Pointed::of(mapping.as_ref(), sample)
    });
    let sample = pointed.sample();
    let preview = match (shown.looked, pointed.mapping(), sample.as_ref()) {
        (true, Ok(mapping), Some(sample)) => Some(previewed(staff, source, &mapping, sample)),
        _ => None,
    };
    let proof = shown.proof.unwrap_or_else(|| Proof::of(&signing));
    let status = if shown.remarks.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context! {
        source => context! { id => source.id.as_str(), name => source.name.as_str() },
        address => address(staff, source),
        secret => shown.secret,
        ways => Way::ALL.map(Way::as_str),
        proof => data(&proof),
        pointed => data(&pointed),
        options => pointed.options(sample.as_ref()),
        mapped => mapping.is_some(),
        received => newest.map(|row| row.received.to_string()),
        waiting,
        waiting_query => format!("?bron={}&reden={}", encoded(&source.id), Code::NoMapping.as_str()),
        preview,
        remarks => shown.remarks.said_by(staff),
    };
    staff.render_as(status, "webhook/show.html", page)
}

/// Changes how deliveries prove themselves. Without a secret the old one stays; where that cannot be, a new one is made.
async fn prove(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(proof): Form<Proof>) -> Answer {
    let source = app.store.source(&owner.house.id, &id).await?.ok_or(Problem::NotFound)?;
    let old = kept(&owner, &id).await?.ok_or(Problem::NotFound)?;
    match proof.read(&old.signing, app.random.as_ref()) {
        Ok((signing, secret)) => {
            let way = signing.way.as_str();
            save(&owner, &id, &Webhook { signing, ..old }).await?;
            owner.record("source.proof_changed", &source.name, json!({ "way": way })).await?;
            page(&owner, &source, Shown { secret, ..Shown::default() }).await
        }
        Err(remarks) => page(&owner, &source, Shown { proof: Some(proof), remarks, ..Shown::default() }).await,
    }
}

/// Looks at what a sample becomes, or keeps where everything stands.
async fn point(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(pointed): Form<Pointed>) -> Answer {
    let source = app.store.source(&owner.house.id, &id).await?.ok_or(Problem::NotFound)?;
    let old = kept(&owner, &id).await?.ok_or(Problem::NotFound)?;
    if pointed.only_reads() {
        let remarks = pointed.remarks_of_sample();
        return page(&owner, &source, Shown { pointed: Some(pointed), remarks, ..Shown::default() }).await;
    }
    match pointed.mapping() {
        Ok(mapping) if pointed.saves() => {
            save(&owner, &id, &Webhook { mapping: Some(mapping), ..old }).await?;
            owner.record("source.mapped", &source.name, json!({})).await?;
            owner.go(&format!("/koppelingen/bron/{}/webhook", encoded(&id)), Text::new("webhook-saved"))
        }
        Ok(_) => page(&owner, &source, Shown { pointed: Some(pointed), looked: true, ..Shown::default() }).await,
        Err(remarks) => page(&owner, &source, Shown { pointed: Some(pointed), remarks, ..Shown::default() }).await,
    }
}
