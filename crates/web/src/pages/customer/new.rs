//! A customer whom staff write down by hand.

use axum::{Form, extract::State, http::StatusCode};
use minijinja::context;
use serde_json::json;
use store::AliasKind;
use words::{CustomerId, EventName, Identity};

use super::profile::Filled;
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::staff_event,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

pub(super) async fn show(viewer: Viewer) -> Answer {
    page(&viewer, StatusCode::OK, &Filled::default(), &Remarks::default())
}

pub(super) async fn make(viewer: Viewer, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let (properties, mut remarks) = filled.properties();
    let name = match filled.number() {
        Some(number) => number,
        None => format!("k-{}", &crate::ids::fresh(&app).simple().to_string()[20..]),
    };
    let known = app.store.by_alias(&viewer.house.id, &[(AliasKind::User, name.clone())]).await?;
    remarks.expect(known.first().is_none_or(Option::is_none), "number", "customer-remark-number-taken");
    remarks.expect(filled.says_who(), "last_name", "customer-remark-nobody");
    if !remarks.is_empty() {
        return page(&viewer, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks);
    }
    let event = EventName::parse("customer.identified").ok_or(Problem::Broken)?;
    let mut event = staff_event::made(&viewer, event, properties);
    event.identity = Identity { customer: Some(name.clone()), anonymous: None };
    // The id that the engine gives to a new name.
    let id = CustomerId::derived(&[viewer.house.id.as_str(), "customer", &name]);
    staff_event::keep(&app, &viewer, id, event, Some(name)).await?;
    viewer.record("customer.made", &id.to_string(), json!({})).await?;
    viewer.go(&super::path(id), Text::new("customer-made"))
}

fn page(staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    staff.render_as(status, "customer/new.html", context! { filled => data(filled), remarks => remarks.said_by(staff) })
}
