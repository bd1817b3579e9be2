//! An endpoint as pages show it.

use axum::http::StatusCode;
use jiff::SignedDuration;
use minijinja::{Value, context};
use service::{
    fetching::Trouble,
    telling::{Kind, example, opened, read_trouble, said_kinds},
};
use store::{Delivery, Endpoint, EndpointState};

use super::filled::Filled;
use crate::{
    form::Remarks,
    problem::{Answer, Problem},
    session::Staff,
    views::data,
};

/// Deliveries that are listed.
const LISTED: u32 = 25;

/// What fails for a shorter while mostly goes by itself: it needs nobody's look.
const NOTICED_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What the page shows beside what is kept.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) secret: Option<String>,
    pub(super) filled: Option<Filled>,
    pub(super) remarks: Remarks,
}

/// What went wrong, in words.
pub(super) fn trouble_of(staff: &Staff, trouble: Option<&str>) -> Option<String> {
    read_trouble(trouble).map(|trouble: Trouble| trouble.say(staff.speech.language))
}

/// The end of the key of a kind's texts.
fn key_of(kind: &str) -> String {
    kind.replace('.', "-")
}

/// The kinds that can be asked for, with those that are.
fn kinds(filled: &Filled) -> Vec<Value> {
    let shown = |kind: Kind| {
        let name = kind.as_str();
        context! { name, key => key_of(name), chosen => filled.kinds.iter().any(|chosen| chosen == name) }
    };
    Kind::ASKED.into_iter().map(shown).collect()
}

pub(super) fn new_page(staff: &Staff, filled: &Filled, remarks: &Remarks) -> Answer {
    let status = if remarks.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context! { filled => data(filled), kinds => kinds(filled), remarks => remarks.said_by(staff) };
    staff.render_as(status, "endpoint/new.html", page)
}

async fn row(staff: &Staff, endpoint: &Endpoint) -> Result<Value, Problem> {
    let moment = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string());
    let health = &endpoint.health;
    Ok(context! {
        id => endpoint.id.as_str(),
        name => endpoint.name.as_str(),
        address => endpoint.address.as_str(),
        kinds => endpoint.kinds.len(),
        state => endpoint.state.name(),
        since => endpoint.since.to_string(),
        failing_since => moment(health.failing_since),
        rests_until => moment(health.rests_until.filter(|until| *until > staff.speech.now)),
        trouble => trouble_of(staff, health.trouble.as_deref()),
        went_well => moment(health.went_well),
        waiting => staff.app.store.waiting_deliveries(&staff.house.id, &endpoint.id).await?,
    })
}

/// Every endpoint, for the list of connections.
pub(in crate::pages::connection) async fn rows(staff: &Staff) -> Result<Vec<Value>, Problem> {
    let mut rows = Vec::new();
    for endpoint in staff.app.store.endpoints(&staff.house.id).await? {
        rows.push(row(staff, &endpoint).await?);
    }
    Ok(rows)
}

/// Endpoints that are told nothing any more through no wish of staff, or that go on failing: what needs a look.
pub(crate) async fn troubled(staff: &Staff) -> Result<Vec<Value>, Problem> {
    let mut troubled = Vec::new();
    for endpoint in staff.app.store.endpoints(&staff.house.id).await? {
        let is_stopped = matches!(endpoint.state, EndpointState::Failing | EndpointState::Gone);
        let lasts = |since: jiff::Timestamp| staff.speech.now.duration_since(since) >= NOTICED_AFTER;
        let is_failing = endpoint.state == EndpointState::Open && endpoint.health.failing_since.is_some_and(lasts);
        if is_stopped || is_failing {
            troubled.push(context! {
                kind => "endpoint",
                name => endpoint.name.as_str(),
                stopped => is_stopped,
                why => trouble_of(staff, endpoint.health.trouble.as_deref()),
                href => super::path(&endpoint.id),
            });
        }
    }
    Ok(troubled)
}

/// The id by which a system that sends us events knows whom it is about; else ours.
fn whom(delivery: &Delivery) -> Option<String> {
    let told: serde_json::Value = serde_json::from_str(&delivery.body).unwrap_or_default();
    let known_as = told["data"]["customer"]["known_as"][0].as_str().map(str::to_owned);
    delivery.customer.map(|customer| known_as.unwrap_or_else(|| customer.to_string()))
}

fn delivery(staff: &Staff, delivery: &Delivery) -> Value {
    let moment = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string());
    context! {
        id => delivery.id.as_str(),
        bucket => delivery.bucket.number(),
        kind => delivery.kind.as_str(),
        key => key_of(&delivery.kind),
        whom => whom(delivery),
        customer => delivery.customer.map(|customer| format!("/klanten/{customer}")),
        time => delivery.time.to_string(),
        state => delivery.state.name(),
        attempts => delivery.attempts,
        tried => moment(delivery.tried),
        status => delivery.status,
        due => moment(delivery.due),
        trouble => trouble_of(staff, delivery.trouble.as_deref()),
    }
}

pub(super) async fn page(staff: &Staff, endpoint: &Endpoint, shown: Shown) -> Answer {
    let newest = staff.app.store.newest_deliveries(&staff.house.id, &endpoint.id, LISTED).await?;
    let filled = shown.filled.unwrap_or_else(|| Filled::of(endpoint));
    let first = said_kinds(&endpoint.kinds).into_iter().next().unwrap_or(Kind::Test);
    let overlap = opened(endpoint).ok().and_then(|secrets| secrets.overlaps_until(staff.speech.now));
    let status = if shown.remarks.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context! {
        endpoint => row(staff, endpoint).await?,
        kinds => kinds(&filled),
        filled => data(&filled),
        deliveries => newest.iter().map(|one| delivery(staff, one)).collect::<Vec<_>>(),
        listed => LISTED,
        example => format!("{:#}", example(first)),
        overlap => overlap.map(|until| until.to_string()),
        secret => shown.secret,
        remarks => shown.remarks.said_by(staff),
    };
    staff.render_as(status, "endpoint/show.html", page)
}
