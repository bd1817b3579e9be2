//! Taking up an invitation: a new colleague chooses a name and a password.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::token;
use store::{Account, Link, Purpose};
use words::Language;

use crate::{
    App, cookies,
    form::{self, Remarks},
    house::House,
    language::Text,
    password,
    problem::{Answer, Problem},
    session,
    shell::{Shell, Visitor},
    views::data,
};

/// How long an invitation works.
const INVITATION_DAYS: i64 = 14;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/uitnodiging/{token}", get(show).post(accept))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    name: String,
    language: String,
    #[serde(skip_serializing)]
    #[serde(default)]
    password: String,
}

async fn show(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let Some((account, house)) = valid(&app, &token).await? else {
        return expired(&visitor);
    };
    let filled = Filled { name: account.name.clone(), language: account.language.clone(), password: String::new() };
    page(&visitor, StatusCode::OK, &account, &house, &filled, &Remarks::default())
}

async fn accept(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer {
    let Some((mut account, house)) = valid(&app, &token).await? else {
        return expired(&visitor);
    };
    let name = form::line(&filled.name, 200);
    let mut remarks = Remarks::default();
    remarks.expect(name.is_some(), "name", "remark-name");
    if !password::acceptable(&filled.password) {
        remarks.add("password", Text::new("remark-password").with("min", password::CHARS_MIN));
    }
    let (Some(name), true) = (name, remarks.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&visitor, status, &account, &house, &filled, &remarks);
    };
    let hash = token::hash(&token);
    if !app.store.use_link(&hash, Purpose::Invite, app.clock.now()).await? {
        return expired(&visitor);
    }
    account.name = name;
    account.language = Language::from_tag(&filled.language).unwrap_or(house.language).tag().into();
    account.password_hash = Some(password::hash_later(filled.password, &app).await?);
    app.store.save_account(account.clone()).await?;
    session::record("account.begun", (&app, &account), &account.email, json!({})).await?;
    let cookie = session::open(&app, &account).await?;
    let mut response = visitor.go("/", Text::new("invitation-done").with("organisation", house.name))?;
    cookies::append(response.headers_mut(), cookie);
    Ok(response)
}

fn page(
    shell: &Shell,
    status: StatusCode,
    account: &Account,
    house: &House,
    filled: &Filled,
    remarks: &Remarks,
) -> Answer {
    let page = context! {
        email => account.email.clone(),
        organisation => house.name.clone(),
        filled => data(filled),
        remarks => remarks.said_by(shell),
        password_min => password::CHARS_MIN,
    };
    shell.render_as(status, "invitation/show.html", page)
}

fn expired(shell: &Shell) -> Answer {
    shell.render_as(StatusCode::NOT_FOUND, "invitation/expired.html", context! {})
}

/// The account that an invitation still works for, and its organisation.
async fn valid(app: &App, token: &str) -> Result<Option<(Account, House)>, Problem> {
    let hash = token::hash(token);
    let Some(link) = app.store.link(&hash, Purpose::Invite).await? else {
        return Ok(None);
    };
    if link.used.is_some() || app.clock.now() >= link.expires {
        return Ok(None);
    }
    let Ok(id) = link.subject_key.parse() else {
        return Ok(None);
    };
    let account = app.store.account(&link.organisation, id).await?;
    let row = app.store.organisation(&link.organisation).await?;
    Ok(account.zip(row.as_ref().map(House::of)))
}

/// Makes the link by which a colleague takes up an account; earlier ones stop working. The path holds the secret.
pub(crate) async fn link(app: &App, account: &Account) -> Result<String, Problem> {
    let subject = account.id.to_string();
    app.store.revoke_links(&account.organisation, Purpose::Invite, &subject).await?;
    let token = token::token(app.random.as_ref());
    let lasts = (app.clock.now(), 24 * INVITATION_DAYS);
    let link = Link::new(token::hash(&token), Purpose::Invite, &account.organisation, (subject, json!({})), lasts);
    app.store.save_link(link).await?;
    Ok(format!("/uitnodiging/{token}"))
}
