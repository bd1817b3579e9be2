//! A forgotten password: a link by mail, with which one chooses a new one.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use service::token;
use store::{Account, Link, Purpose};
use words::Language;

use crate::{
    App,
    courier::{self, Letter},
    form::{self, Remarks},
    house::House,
    language::{Speech, Text},
    pages::session::Stranger,
    password,
    problem::{Answer, Problem},
    shell::{Shell, Visitor},
};

/// How long a link to a new password works.
pub(crate) const RESET_HOURS: i64 = 2;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/wachtwoord", get(ask).post(send)).route("/wachtwoord/{token}", get(choose).post(change))
}

#[derive(Debug, Deserialize)]
struct Asked {
    email: String,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    password: String,
}

async fn ask(visitor: Visitor) -> Answer {
    visitor.render("password/forgotten.html", context! { asked => false })
}

/// Says the same whether or not there is such an account.
async fn send(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Form(asked): Form<Asked>,
) -> Answer {
    app.limits.stranger.take(&stranger, app.clock.now()).map_err(|seconds| Problem::TooMany { seconds })?;
    let email = form::email(&asked.email).unwrap_or_default();
    for account in app.store.accounts_by_email(&email).await? {
        let path = link(&app, &account).await?;
        mail(&app, &account, &path).await?;
    }
    visitor.render("password/forgotten.html", context! { asked => true })
}

async fn choose(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    if valid(&app, &token).await?.is_none() {
        return visitor.render_as(StatusCode::NOT_FOUND, "password/expired.html", context! {});
    }
    page(&visitor, StatusCode::OK, &Remarks::default())
}

async fn change(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let Some(mut account) = valid(&app, &token).await? else {
        return visitor.render_as(StatusCode::NOT_FOUND, "password/expired.html", context! {});
    };
    if !password::acceptable(&chosen.password) {
        let mut remarks = Remarks::default();
        let text = Text::new("remark-password").with("min", password::CHARS_MIN);
        remarks.add("password", text);
        return page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &remarks);
    }
    let hash = token::hash(&token);
    if !app.store.use_link(&hash, Purpose::Reset, app.clock.now()).await? {
        return visitor.render_as(StatusCode::NOT_FOUND, "password/expired.html", context! {});
    }
    account.password_hash = Some(password::hash_later(chosen.password, &app).await?);
    let (organisation, id) = (account.organisation.clone(), account.id);
    app.store.save_account(account.clone()).await?;
    crate::session::record("account.password_changed", (&app, &account), &account.email, json!({})).await?;
    app.store.delete_sessions_of(&organisation, id).await?;
    visitor.go("/inloggen", Text::new("password-changed"))
}

fn page(shell: &Shell, status: StatusCode, remarks: &Remarks) -> Answer {
    let page = context! {
        remarks => remarks.said_by(shell),
        password_min => password::CHARS_MIN,
    };
    shell.render_as(status, "password/choose.html", page)
}

/// The account that a link still works for.
async fn valid(app: &App, token: &str) -> Result<Option<Account>, Problem> {
    let hash = token::hash(token);
    let Some(link) = app.store.link(&hash, Purpose::Reset).await? else {
        return Ok(None);
    };
    let works = link.used.is_none() && app.clock.now() < link.expires;
    match link.subject_key.parse() {
        Ok(id) if works => Ok(app.store.account(&link.organisation, id).await?),
        _ => Ok(None),
    }
}

/// Makes the link by which an account gets a new password; earlier ones stop working. The path holds the secret.
pub(crate) async fn link(app: &App, account: &Account) -> Result<String, Problem> {
    let subject = account.id.to_string();
    app.store.revoke_links(&account.organisation, Purpose::Reset, &subject).await?;
    let token = token::token(app.random.as_ref());
    let lasts = (app.clock.now(), RESET_HOURS);
    let link = Link::new(token::hash(&token), Purpose::Reset, &account.organisation, (subject, json!({})), lasts);
    app.store.save_link(link).await?;
    Ok(format!("/wachtwoord/{token}"))
}

/// Sends the link, when the organisation has a tested sender for mail.
async fn mail(app: &App, account: &Account, path: &str) -> Result<(), Problem> {
    let Some(row) = app.store.organisation(&account.organisation).await? else {
        return Ok(());
    };
    let house = House::of(&row);
    let speech = Speech {
        language: Language::from_tag(&account.language).unwrap_or(house.language),
        zone: house.zone.clone(),
        customer: house.customer.clone(),
        now: app.clock.now(),
    };
    let body = Text::new("password-letter")
        .with("name", account.name.clone())
        .with("organisation", house.name.clone())
        .with("link", app.link_to(path))
        .with("hours", RESET_HOURS);
    let letter = Letter {
        html: None,
        to: account.email.clone(),
        subject: speech.say(&Text::new("password-letter-subject")),
        body: speech.say(&body),
    };
    courier::mail(app, &house, letter).await?;
    Ok(())
}
