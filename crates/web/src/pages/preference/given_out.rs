//! A link to one's own choices, given to a customer at the desk or by telephone.

use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::context;
use serde_json::json;
use store::{Link, Purpose};
use words::CustomerId;

use crate::{
    App,
    pages::naming,
    problem::{Answer, Problem},
    session::Viewer,
};

/// How long such a link works.
const DAYS: i64 = 30;

/// Makes one, and shows it this one time: only its hash is kept.
pub(super) async fn make(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    let stored = app.store.customer(&viewer.house.id, id).await?.ok_or(Problem::NotFound)?;
    let token = service::token::token(app.random.as_ref());
    let about = (stored.customer.id.to_string(), json!({ "customer": stored.customer.id }));
    let lasts = (app.clock.now(), 24 * DAYS);
    let link = Link::new(service::token::hash(&token), Purpose::Preferences, &viewer.house.id, about, lasts);
    app.store.save_link(link).await?;
    viewer.record("link.given", &id.to_string(), json!({ "for": "preferences" })).await?;
    let page = context! {
        id => id.to_string(),
        name => naming::person(&stored.customer, &viewer.speech),
        address => app.link_to(&format!("/voorkeuren/{token}")),
        days => DAYS,
    };
    viewer.render_as(StatusCode::OK, "customer/preferences.html", page)
}
