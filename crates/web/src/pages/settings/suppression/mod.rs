//! Addresses that nothing is sent to any more: found, added, taken in and given out as a table, and allowed again for a reason.

mod taken;
mod told;

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Query, State},
    http::{StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Paging, Suppression};
use words::Channel;

use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    pages::encoded,
    paging::Sheet,
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

const PATH: &str = "/instellingen/niet-benaderen";
/// Letters of a reason.
const REASON_MAX: usize = 200;
/// Rows that are read at once for a file.
const ROWS_AT_ONCE: u32 = 1_000;
/// A table and what a form puts around it.
const UPLOAD_BYTES_MAX: usize = 2 * told::BYTES_MAX as usize + 64 * 1024;

/// Reasons that we name ourselves, with what tables call them.
const REASONS: [(&str, &[&str]); 5] = [
    ("bounced", &["bounced", "bounce", "bestaat niet", "does not exist"]),
    ("complained", &["complained", "klaagde", "klacht", "complaint", "ontvanger klaagde", "recipient complained"]),
    ("by_hand", &["by_hand", "met de hand toegevoegd", "added by hand"]),
    ("unsubscribed", &["unsubscribed", "afgemeld", "opt-out", "optout"]),
    ("misaddressed", &["misaddressed", "kwam op het verkeerde adres", "came to the wrong address"]),
];

pub(crate) fn router() -> Router<App> {
    let upload = get(taken::ask).post(taken::take).layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX));
    Router::new()
        .route(PATH, get(list).post(add))
        .route("/instellingen/niet-benaderen.csv", get(download))
        .route("/instellingen/niet-benaderen/inlezen", upload)
        .route("/instellingen/niet-benaderen/verwijderen", post(remove))
}

/// An address of the form; `reason` when it is allowed again.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Filled {
    channel: String,
    address: String,
    reason: String,
}

/// What one looks for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    zoek: String,
}

async fn list(editor: Editor, Query(sheet): Query<Sheet>, Query(asked): Query<Asked>) -> Answer {
    page(&editor, StatusCode::OK, (sheet, &asked.zoek), &Filled::default(), &Remarks::default()).await
}

async fn add(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let channel = Channel::new(filled.channel.clone());
    let address = normal(&channel, &filled.address);
    let mut remarks = Remarks::default();
    remarks.expect(channel.sends(), "channel", "remark-choice");
    remarks.expect(address.is_some(), "address", "remark-address");
    let (Some(address), true) = (address, remarks.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&editor, status, (Sheet::default(), ""), &filled, &remarks).await;
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

/// Allows an address again; why stands in the log book.
async fn remove(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let Some(reason) = form::line(&filled.reason, REASON_MAX) else {
        let mut remarks = Remarks::default();
        remarks.add("reason", Text::new("suppression-remark-reason"));
        let asked = (Sheet::default(), filled.address.as_str());
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, asked, &filled, &remarks).await;
    };
    let channel = Channel::new(filled.channel);
    if app.store.unsuppress(&editor.house.id, &channel, &filled.address).await? {
        let detail = json!({ "channel": channel, "reason": reason });
        editor.record("address.unsuppressed", &filled.address, detail).await?;
    }
    editor.go(PATH, Text::new("suppression-removed").with("address", filled.address))
}

/// The list as a file that can be read in elsewhere, and here.
async fn download(editor: Editor, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let broken = |_| Problem::Broken;
    let mut file = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    file.write_record(["address", "channel", "reason", "date"]).map_err(broken)?;
    for offset in (0..).step_by(ROWS_AT_ONCE as usize) {
        let paging = Paging { offset, limit: ROWS_AT_ONCE };
        let rows = app.store.suppressions(&editor.house.id, &asked.zoek, paging).await?.rows;
        for row in &rows {
            let date = row.since.to_zoned(editor.house.zone.clone()).date().to_string();
            let cells = [row.address.as_str(), row.channel.as_str(), row.reason.as_str(), date.as_str()];
            file.write_record(cells.map(service::harmless)).map_err(broken)?;
        }
        if rows.len() < ROWS_AT_ONCE as usize {
            break;
        }
    }
    editor.record("address.given", "", json!({})).await?;
    let bytes = file.into_inner().map_err(|_| Problem::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"niet-benaderen.csv\""),
    ];
    Ok((headers, bytes).into_response())
}

async fn page(
    staff: &Staff,
    status: StatusCode,
    (sheet, search): (Sheet, &str),
    filled: &Filled,
    remarks: &Remarks,
) -> Answer {
    let listed = staff.app.store.suppressions(&staff.house.id, search, sheet.paging()).await?;
    let total = listed.total;
    let rows: Vec<Value> = listed.rows.iter().map(row).collect();
    let page = context! {
        rows,
        total,
        search,
        query => if search.is_empty() { String::new() } else { format!("&zoek={}", encoded(search)) },
        paging => sheet.context(PATH, total),
        channels => data(Channel::SENDING),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "suppression/list.html", page)
}

fn row(suppression: &Suppression) -> Value {
    let reason = suppression.reason.as_str();
    context! {
        channel => suppression.channel.as_str(),
        address => suppression.address.as_str(),
        reason,
        is_named => REASONS.iter().any(|(known, _)| *known == reason),
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
