//! Addresses that nothing is sent to any more.

use axum::{
    Form, Router,
    extract::{Query, State},
    http::StatusCode,
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Suppression;
use words::Channel;

use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    paging::Sheet,
    problem::Answer,
    session::{Editor, Staff},
    views::data,
};

const PATH: &str = "/instellingen/niet-benaderen";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list).post(add)).route("/instellingen/niet-benaderen/verwijderen", post(remove))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    channel: String,
    address: String,
}

async fn list(editor: Editor, Query(sheet): Query<Sheet>) -> Answer {
    page(&editor, StatusCode::OK, sheet, &Filled::default(), &Remarks::default()).await
}

async fn add(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let channel = Channel::new(filled.channel.clone());
    let address = normal(&channel, &filled.address);
    let mut remarks = Remarks::default();
    remarks.expect(channel.sends(), "channel", "remark-choice");
    remarks.expect(address.is_some(), "address", "remark-address");
    let (Some(address), true) = (address, remarks.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&editor, status, Sheet::default(), &filled, &remarks).await;
    };
    let suppression = Suppression {
        organisation: editor.house.id.clone(),
        channel,
        address: address.clone(),
        reason: "by_hand".into(),
        since: editor.speech.now,
    };
    app.store.suppress(suppression).await?;
    editor.record("address.suppressed", &address, json!({})).await?;
    editor.go(PATH, Text::new("suppression-added").with("address", address))
}

async fn remove(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let channel = Channel::new(filled.channel);
    if app.store.unsuppress(&editor.house.id, &channel, &filled.address).await? {
        editor.record("address.unsuppressed", &filled.address, json!({})).await?;
    }
    editor.go(PATH, Text::new("suppression-removed").with("address", filled.address))
}

async fn page(staff: &Staff, status: StatusCode, sheet: Sheet, filled: &Filled, remarks: &Remarks) -> Answer {
    let listed = staff.app.store.suppressions(&staff.house.id, sheet.paging()).await?;
    let total = listed.total;
    let rows: Vec<Value> = listed.rows.iter().map(row).collect();
    let page = context! {
        rows,
        total,
        paging => sheet.context(PATH, total),
        channels => data(Channel::SENDING),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "suppression/list.html", page)
}

fn row(suppression: &Suppression) -> Value {
    let known = ["bounced", "complained", "by_hand", "unsubscribed", "misaddressed"];
    let reason = suppression.reason.as_str();
    context! {
        channel => suppression.channel.as_str(),
        address => suppression.address.as_str(),
        reason => if known.contains(&reason) { reason } else { "other" },
        since => suppression.since.to_string(),
    }
}

/// An address in the form in which the store compares it; `None` when it does not fit the channel.
pub(super) fn normal(channel: &Channel, typed: &str) -> Option<String> {
    match channel.as_str() {
        "email" => form::email(typed),
        // Numbers without a country are Dutch.
        "sms" | "whatsapp" => service::intake::e164(typed, "31"),
        _ => form::line(typed, 300),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_get_the_form_that_the_store_compares() {
        let sms = Channel::new("sms");
        assert_eq!(normal(&sms, "06 1234 56 78"), Some("+31612345678".into()));
        assert_eq!(normal(&sms, "112"), None);
        assert_eq!(normal(&Channel::email(), "Jo@X.nl"), Some("jo@x.nl".into()));
    }
}
