//! What waits for a printer, and the piles that wait for the post.

use std::collections::BTreeMap;

use axum::{Form, extract::State};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::sending::{PILE_MAX, is_pile, pile_named, sender_of};
use store::{OutboxFilter, OutboxRow, Paging, SendState, StoredCustomer};
use words::{Channel, JourneyId};

use super::{packing, path};
use crate::{
    App, ids,
    language::Text,
    pages::{message, naming},
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

/// The channels of paper.
pub(super) fn papers() -> impl Iterator<Item = Channel> {
    Channel::SENDING.iter().map(|name| Channel::new(*name)).filter(Channel::is_paper)
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>) -> Answer {
    let senders = app.store.senders(&viewer.house.id).await?;
    let mut lanes = Vec::new();
    let mut piles = Vec::new();
    for channel in papers() {
        let waiting = listed(&app, &viewer, &channel, "ready").await?;
        let printed = listed(&app, &viewer, &channel, "printed").await?;
        piles.extend(lying(&viewer, &channel, &printed.rows));
        let is_set_up = sender_of(&senders, &channel).is_some_and(|sender| sender.tested.is_some());
        if waiting.total > 0 || is_set_up {
            lanes.push(lane(&app, &viewer, &channel, &waiting.rows, waiting.total).await?);
        }
    }
    let packing = packing::count(&app, &viewer).await?;
    let is_set_up = papers().any(|channel| sender_of(&senders, &channel).is_some());
    viewer.render("post/queue.html", context! { lanes, piles, packing, is_set_up, pile_max => PILE_MAX })
}

#[derive(Deserialize)]
pub(super) struct Asked {
    kanaal: String,
    #[serde(default)]
    klantreis: String,
}

pub(super) async fn print(editor: Editor, State(app): State<App>, Form(asked): Form<Asked>) -> Answer {
    let channel = papers().find(|channel| channel.as_str() == asked.kanaal).ok_or(Problem::NotFound)?;
    let journey = Some(asked.klantreis).filter(|id| !id.is_empty()).map(JourneyId::new);
    let pile = pile_named(&ids::fresh(&app).simple().to_string());
    let what = (&editor.house.id, &channel);
    let printed = app.service.carrier.print(what, journey.as_ref(), &pile).await?;
    app.service.wake();
    if printed.letters == 0 {
        let text = if printed.left_out > 0 { "post-none-good" } else { "post-none" };
        return editor.go(super::PATH, Text::new(text).with("count", printed.left_out as u64));
    }
    editor.record("post.printed", &pile, json!({ "letters": printed.letters })).await?;
    let done = Text::new("post-printed").with("count", printed.letters as u64).with("left", printed.left_out as u64);
    editor.go(&path(&pile), done)
}

async fn listed(app: &App, staff: &Staff, channel: &Channel, state: &str) -> Result<store::Listed<OutboxRow>, Problem> {
    let filter =
        OutboxFilter { state: Some(state.to_owned()), channel: Some(channel.clone()), ..OutboxFilter::default() };
    Ok(app.store.messages(&staff.house.id, &filter, Paging::first(PILE_MAX)).await?)
}

/// The customers of some messages.
pub(super) async fn customers(app: &App, staff: &Staff, rows: &[OutboxRow]) -> Result<Vec<StoredCustomer>, Problem> {
    let mut ids: Vec<_> = rows.iter().map(|row| row.customer).collect();
    ids.sort();
    ids.dedup();
    Ok(app.store.customers_by_id(&staff.house.id, &ids).await?)
}

/// What waits of one channel, by journey, the oldest first.
async fn lane(app: &App, staff: &Staff, channel: &Channel, rows: &[OutboxRow], total: u64) -> Result<Value, Problem> {
    let customers = customers(app, staff, rows).await?;
    let titles = message::Titles::of(app, &staff.house.id, rows).await?;
    let mut journeys: BTreeMap<String, (String, Vec<Value>)> = BTreeMap::new();
    for row in rows.iter().rev() {
        let of = customers.iter().find(|stored| stored.customer.id == row.customer);
        let fault = of.and_then(|stored| stored.customer.address.postal().err());
        let waits = context! {
            href => message::path(&row.key),
            title => titles.message(row, &staff.speech),
            name => of.map(|stored| naming::capital(&naming::person(&stored.customer, &staff.speech))),
            to => row.to.as_deref(),
            decided => row.decided.to_string(),
            fault => fault.map(|fault| fault.message(staff.speech.language)),
            customer_href => crate::pages::customer::path(row.customer),
        };
        journeys
            .entry(row.journey.to_string())
            .or_insert_with(|| (titles.journey(row, &staff.speech), Vec::new()))
            .1
            .push(waits);
    }
    let journeys: Vec<Value> = journeys
        .into_iter()
        .map(|(id, (title, letters))| context! { id, title, count => letters.len(), letters })
        .collect();
    Ok(context! {
        channel => channel.as_str(),
        total,
        journeys,
    })
}

/// The piles that were printed and not posted.
fn lying(staff: &Staff, channel: &Channel, rows: &[OutboxRow]) -> Vec<Value> {
    let mut piles: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for row in rows {
        if let SendState::Printed { pile, time, .. } = &row.state
            && is_pile(pile)
        {
            piles.entry(pile).or_insert((0, time.to_string())).0 += 1;
        }
    }
    let said = naming::channel(&staff.speech, channel.as_str());
    let shown = piles.into_iter().map(|(pile, (count, time))| {
        context! { href => path(pile), count, time, channel => said.as_str() }
    });
    shown.collect()
}
