//! Finding a customer.

use axum::extract::{Query, State};
use minijinja::{Value, context};
use serde::Deserialize;
use store::StoredCustomer;

use crate::{App, pages::naming, paging::Sheet, problem::Answer, session::Viewer, shell::Shell};

/// Customers that a search shows.
const FOUND_MAX: u32 = 50;
/// Characters of a search that are looked at.
const CHARS_MAX: usize = 200;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    zoek: String,
    /// What is done with who is found: `start` leads to starting a journey.
    doel: String,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Query(sheet): Query<Sheet>,
) -> Answer {
    let text: String = asked.zoek.trim().chars().take(CHARS_MAX).collect();
    let house = &viewer.house.id;
    let starting = asked.doel == "start";
    let (found, total) = if text.is_empty() {
        let listed = app.store.customers(house, sheet.paging()).await?;
        (listed.rows, listed.total)
    } else {
        let found = app.store.search_customers(house, &text, FOUND_MAX).await?;
        let count = found.len() as u64;
        (found, count)
    };
    let rows: Vec<Value> = found.iter().map(|found| shown(&viewer, found, starting)).collect();
    let page = context! {
        rows,
        total,
        search => text,
        starting,
        // A search that finds as many as are shown may have found more.
        more => total >= u64::from(FOUND_MAX),
        paging => sheet.context("/klanten", total),
    };
    viewer.render("customer/list.html", page)
}

/// One row of a list of customers.
pub(super) fn shown(shell: &Shell, found: &StoredCustomer, starting: bool) -> Value {
    let customer = &found.customer;
    let address = &customer.address;
    let place = [&address.street, &address.town].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let to = if starting { "/start" } else { "" };
    context! {
        href => format!("{}{to}", super::path(customer.id)),
        name => naming::capital(&naming::person(customer, &shell.speech)),
        email => customer.email.as_deref(),
        mobile => customer.mobile.as_deref(),
        place => Some(place).filter(|place| !place.is_empty()),
        updated => found.updated.to_string(),
    }
}
