//! Addresses of colleagues: the only ones that a journey on trial sends to.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StaffAddress;
use words::Channel;

use super::suppression::normal;
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    problem::Answer,
    session::{Editor, Staff},
    views::data,
};

const PATH: &str = "/instellingen/collegas";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list).post(add)).route("/instellingen/collegas/verwijderen", post(remove))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    #[serde(default)]
    name: String,
    channel: String,
    address: String,
}

async fn list(editor: Editor) -> Answer {
    page(&editor, StatusCode::OK, &Filled::default(), &Remarks::default()).await
}

async fn add(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let channel = Channel::new(filled.channel.clone());
    let name = form::line(&filled.name, 200);
    let address = normal(&channel, &filled.address);
    let mut remarks = Remarks::default();
    remarks.expect(name.is_some(), "name", "remark-name");
    remarks.expect(channel.sends(), "channel", "remark-choice");
    remarks.expect(address.is_some(), "address", "remark-address");
    let (Some(name), Some(address), true) = (name, address, remarks.is_empty()) else {
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks).await;
    };
    let organisation = editor.house.id.clone();
    let done = Text::new("staff-address-added").with("name", name.clone());
    editor.record("address.staff_added", &name, json!({ "channel": channel.as_str() })).await?;
    app.store.save_staff_address(StaffAddress { organisation, channel, address, name }).await?;
    editor.go(PATH, done)
}

async fn remove(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let channel = Channel::new(filled.channel);
    app.store.delete_staff_address(&editor.house.id, &channel, &filled.address).await?;
    editor.record("address.staff_removed", &filled.address, json!({ "channel": channel.as_str() })).await?;
    editor.go(PATH, Text::new("staff-address-removed").with("address", filled.address))
}

async fn page(staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let rows: Vec<Value> = staff
        .app
        .store
        .staff_addresses(&staff.house.id)
        .await?
        .into_iter()
        .map(|row| context! { name => row.name, channel => row.channel.as_str(), address => row.address })
        .collect();
    let page = context! {
        rows,
        channels => data(Channel::SENDING),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "staff_address/list.html", page)
}
