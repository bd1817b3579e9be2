//! Who a customer is and what was agreed to, changed by staff. Each change is an event, so that the story tells it.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::{Value, context};
use serde_json::json;
use store::StoredCustomer;
use words::{Class, Customer, CustomerId, EventName, Properties};

use super::{profile::Filled, told::said_where};
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    pages::{naming, staff_event},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    page(&viewer, StatusCode::OK, &stored, &Filled::of(&stored.customer), &Remarks::default())
}

pub(super) async fn save(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    let (properties, remarks) = filled.properties();
    if !remarks.is_empty() {
        return page(&viewer, StatusCode::UNPROCESSABLE_ENTITY, &stored, &filled, &remarks);
    }
    let changed = changed(properties, Filled::of(&stored.customer).properties().0);
    tell(&app, &viewer, stored.customer.id, changed).await?;
    viewer.go(&super::path(stored.customer.id), Text::new("customer-saved"))
}

/// Only what is different: a part that somebody else changed meanwhile stays as it is.
fn changed(new: Properties, old: Properties) -> Properties {
    new.into_iter().filter(|(name, value)| old.get(name) != Some(value)).collect()
}

pub(super) async fn consents(viewer: Viewer, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    let customer = &stored.customer;
    let offered = offered(&app, &viewer, customer).await?;
    let one = |name: &String| consent(&viewer, customer, name);
    let page = context! {
        id => customer.id.to_string(),
        name => naming::person(customer, &viewer.speech),
        classes => offered.iter().map(|(class, names)| context! {
            class => class.as_str(),
            consents => names.iter().map(one).collect::<Vec<_>>(),
        }).collect::<Vec<_>>(),
        others => others(customer).map(one).collect::<Vec<_>>(),
    };
    viewer.render("customer/consents.html", page)
}

pub(super) async fn save_consents(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let stored = found(&app, &viewer, &id).await?;
    let known = &stored.customer.consents;
    let offered = offered(&app, &viewer, &stored.customer).await?;
    let is_offered = |name: &String| offered.iter().any(|(_, names)| names.contains(name));
    let mut said: BTreeMap<String, bool> = filled
        .iter()
        .filter(|(_, value)| ["ja", "nee"].contains(&value.as_str()))
        .filter_map(|(field, value)| Some((field.strip_prefix("c-")?.to_owned(), value == "ja")))
        .filter(|(name, _)| known.contains_key(name) || is_offered(name))
        .collect();
    if let Some(name) = filled.get("new").and_then(|name| form::line(name, 60)) {
        said.insert(name.to_lowercase(), true);
    }
    said.retain(|name, given| known.get(name).is_none_or(|consent| consent.given != *given));
    if !said.is_empty() {
        tell(&app, &viewer, stored.customer.id, [("consents".to_owned(), json!(said))].into()).await?;
    }
    viewer.go(&super::path(stored.customer.id), Text::new("customer-consents-saved"))
}

/// The consents that a message may need, by class: for every channel at once, then per channel that the organisation sends by
/// or that something was said about.
async fn offered(app: &App, staff: &Staff, customer: &Customer) -> Result<Vec<(Class, Vec<String>)>, Problem> {
    let senders = app.store.senders(&staff.house.id).await?;
    let of = |class: Class| {
        let lead = format!("{class}.", class = class.as_str());
        let by_sender = senders.iter().map(|sender| format!("{lead}{}", sender.channel));
        let said = customer.consents.keys().filter(|name| name.starts_with(&lead)).cloned();
        let channels: BTreeSet<String> = by_sender.chain(said).collect();
        (class, std::iter::once(class.as_str().to_owned()).chain(channels).collect())
    };
    Ok([Class::Marketing, Class::Service].map(of).into())
}

/// What else was agreed to, under a name of its own.
fn others(customer: &Customer) -> impl Iterator<Item = &String> {
    let reason = |name: &str| name.split('.').next().and_then(Class::parse);
    customer.consents.keys().filter(move |name| reason(name).is_none())
}

/// One consent in the form: what it is called, what was said of it, when and where.
fn consent(staff: &Staff, customer: &Customer, name: &String) -> Value {
    let said = customer.consents.get(name);
    let channel = name.split_once('.').filter(|(class, _)| Class::parse(class).is_some()).map(|(_, channel)| channel);
    let label = match (channel, Class::parse(name)) {
        (Some(channel), _) => naming::capital(&naming::channel(&staff.speech, channel)),
        (None, Some(_)) => staff.say(&Text::new("consent-every-channel")),
        (None, None) => naming::capital(name),
    };
    context! {
        name,
        label,
        said => said.map(|said| if said.given { "ja" } else { "nee" }),
        time => said.map(|said| said.time.to_string()),
        proof => said.map(|said| said_where(&said.proof)),
        unsaid => if channel.is_some() { "channel" } else { name.as_str() },
    }
}

async fn tell(app: &App, staff: &Staff, id: CustomerId, properties: Properties) -> Result<(), Problem> {
    if properties.is_empty() {
        return Ok(());
    }
    let names: Vec<&String> = properties.keys().collect();
    staff.record("customer.changed", &id.to_string(), json!({ "parts": names })).await?;
    let name = EventName::parse("customer.identified").ok_or(Problem::Broken)?;
    staff_event::keep(app, staff, id, staff_event::made(staff, name, properties), None).await
}

pub(super) async fn found(app: &App, staff: &Staff, id: &str) -> Result<StoredCustomer, Problem> {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    app.store.customer(&staff.house.id, id).await?.ok_or(Problem::NotFound)
}

fn page(staff: &Staff, status: StatusCode, stored: &StoredCustomer, filled: &Filled, remarks: &Remarks) -> Answer {
    let page = context! {
        id => stored.customer.id.to_string(),
        name => naming::person(&stored.customer, &staff.speech),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "customer/edit.html", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_different_is_told() {
        let of = |email: &str| Properties::from([("email".to_owned(), json!(email)), ("town".to_owned(), json!(null))]);
        assert_eq!(changed(of("b@x.nl"), of("a@x.nl")).into_keys().collect::<Vec<_>>(), ["email"]);
    }
}
