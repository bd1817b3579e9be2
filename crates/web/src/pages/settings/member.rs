//! The people of an organisation: invite, change role, remove, and links for who cannot receive mail.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Account, Role};
use uuid::Uuid;

use crate::{
    App,
    courier::{self, Letter},
    form::{self, Remarks},
    ids,
    language::Text,
    pages::{invitation, password},
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

const PATH: &str = "/instellingen/leden";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list).post(invite))
        .route("/instellingen/leden/{id}/rol", post(change_role))
        .route("/instellingen/leden/{id}/link", post(renew_link))
        .route("/instellingen/leden/{id}/verwijderen", post(remove))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    email: String,
    role: String,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    role: String,
}

/// A member as the page shows it.
#[derive(Serialize)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    role: &'static str,
    team: Option<String>,
    is_self: bool,
    is_invited: bool,
}

/// A link that was just made, to be copied.
struct Made {
    link: String,
    email: String,
    mailed: bool,
}

async fn list(owner: Owner) -> Answer {
    page(&owner, StatusCode::OK, &Filled::default(), &Remarks::default(), None).await
}

async fn invite(owner: Owner, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let (email, role) = (form::email(&filled.email), Role::parse(&filled.role));
    let mut remarks = Remarks::default();
    remarks.expect(email.is_some(), "email", "remark-email");
    remarks.expect(role.is_some(), "role", "remark-choice");
    let (Some(email), Some(role)) = (email, role) else {
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks, None).await;
    };
    let account = Account {
        id: ids::fresh(&app),
        organisation: owner.house.id.clone(),
        name: email.clone(),
        email,
        role,
        password_hash: None,
        language: owner.house.language.tag().to_owned(),
        team: None,
        created: owner.speech.now,
    };
    if !app.store.save_account(account.clone()).await? {
        remarks.add("email", Text::new("member-exists"));
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks, None).await;
    }
    owner.record("member.invited", &account.email, json!({ "role": role.as_str() })).await?;
    let made = make_link(&owner, &account).await?;
    page(&owner, StatusCode::OK, &Filled::default(), &Remarks::default(), Some(made)).await
}

async fn change_role(owner: Owner, State(app): State<App>, Path(id): Path<Uuid>, Form(chosen): Form<Chosen>) -> Answer {
    let mut account = member(&owner, id).await?;
    let role = Role::parse(&chosen.role).ok_or(Problem::Invalid(Text::new("remark-choice")))?;
    if account.role == Role::Owner && role != Role::Owner && is_last_owner(&owner, id).await? {
        return Err(Problem::Invalid(Text::new("member-last-owner")));
    }
    account.role = role;
    let (email, name) = (account.email.clone(), account.name.clone());
    app.store.save_account(account).await?;
    owner.record("member.role_changed", &email, json!({ "role": role.as_str() })).await?;
    owner.go(PATH, Text::new("member-role-changed").with("name", name))
}

async fn renew_link(owner: Owner, Path(id): Path<Uuid>) -> Answer {
    let account = member(&owner, id).await?;
    owner.record("member.link_made", &account.email, json!({})).await?;
    let made = make_link(&owner, &account).await?;
    page(&owner, StatusCode::OK, &Filled::default(), &Remarks::default(), Some(made)).await
}

async fn remove(owner: Owner, State(app): State<App>, Path(id): Path<Uuid>) -> Answer {
    let account = member(&owner, id).await?;
    if account.role == Role::Owner && is_last_owner(&owner, id).await? {
        return Err(Problem::Invalid(Text::new("member-last-owner")));
    }
    app.store.delete_account(&owner.house.id, id).await?;
    owner.record("member.removed", &account.email, json!({})).await?;
    owner.go(PATH, Text::new("member-removed").with("name", account.name))
}

async fn member(owner: &Staff, id: Uuid) -> Result<Account, Problem> {
    let account = owner.app.store.account(&owner.house.id, id).await?;
    account.ok_or(Problem::NotFound)
}

async fn is_last_owner(owner: &Staff, id: Uuid) -> Result<bool, Problem> {
    let accounts = owner.app.store.accounts(&owner.house.id).await?;
    // Someone who never took up the invitation cannot manage anything.
    let others =
        accounts.iter().filter(|other| other.id != id && other.role == Role::Owner && other.password_hash.is_some());
    Ok(others.count() == 0)
}

/// An invitation for who never logged in, otherwise a link to a new password; mailed when that works.
async fn make_link(owner: &Staff, account: &Account) -> Result<Made, Problem> {
    let app = &owner.app;
    let invited = account.password_hash.is_none();
    let path = if invited { invitation::link(app, account).await? } else { password::link(app, account).await? };
    let link = app.link_to(&path);
    let (subject, body) = if invited {
        let body = Text::new("invitation-letter").with("name", owner.account.name.clone());
        (Text::new("invitation-letter-subject"), body)
    } else {
        let body = Text::new("password-letter").with("name", account.name.clone()).with("hours", password::RESET_HOURS);
        (Text::new("password-letter-subject"), body)
    };
    let organisation = owner.house.name.clone();
    let letter = Letter {
        html: None,
        to: account.email.clone(),
        subject: owner.say(&subject.with("organisation", organisation.clone())),
        body: owner.say(&body.with("organisation", organisation).with("link", link.clone())),
    };
    let mailed = courier::mail(app, &owner.house, letter).await?;
    Ok(Made { link, email: account.email.clone(), mailed })
}

async fn page(owner: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks, made: Option<Made>) -> Answer {
    let accounts = owner.app.store.accounts(&owner.house.id).await?;
    let rows: Vec<Row> = accounts
        .into_iter()
        .map(|account| Row {
            id: account.id,
            is_self: account.id == owner.account.id,
            is_invited: account.password_hash.is_none(),
            name: account.name,
            email: account.email,
            role: account.role.as_str(),
            team: account.team,
        })
        .collect();
    let made = made.map(|made| context! { link => made.link, email => made.email, mailed => made.mailed });
    let page = context! {
        rows => data(rows),
        filled => data(filled),
        remarks => remarks.said_by(owner),
        made,
    };
    owner.render_as(status, "member/list.html", page)
}
