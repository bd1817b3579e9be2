//! One's own account: name, language, team, password.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use words::Language;

use crate::{
    App, cookies,
    form::{self, Remarks},
    language::Text,
    password,
    problem::Answer,
    session::{self, Staff, Viewer},
    views::data,
};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/account", get(show).post(save)).route("/account/wachtwoord", post(change_password))
}

#[derive(Debug, Deserialize, Serialize)]
struct Filled {
    name: String,
    language: String,
    #[serde(default)]
    team: String,
}

#[derive(Debug, Deserialize)]
struct Passwords {
    current: String,
    password: String,
}

async fn show(viewer: Viewer) -> Answer {
    page(&viewer, StatusCode::OK, &kept(&viewer), &Remarks::default())
}

async fn save(viewer: Viewer, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let name = form::line(&filled.name, 200);
    let language = Language::from_tag(&filled.language);
    let team = (!filled.team.is_empty()).then(|| filled.team.clone());
    let mut remarks = Remarks::default();
    remarks.expect(name.is_some(), "name", "remark-name");
    remarks.expect(language.is_some(), "language", "remark-choice");
    let team_is_known = team.as_ref().is_none_or(|team| viewer.house.teams.contains(team));
    remarks.expect(team_is_known, "team", "remark-choice");
    let (Some(name), Some(language), true) = (name, language, remarks.is_empty()) else {
        return page(&viewer, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks);
    };
    let mut account = viewer.account.clone();
    account.name = name;
    account.language = language.tag().to_owned();
    account.team = team;
    app.store.save_account(account).await?;
    viewer.record("account.changed", &viewer.account.email, json!({})).await?;
    viewer.go("/account", Text::new("account-saved"))
}

async fn change_password(viewer: Viewer, State(app): State<App>, Form(filled): Form<Passwords>) -> Answer {
    let limited = app.limits.password.take(&viewer.account.id.to_string(), viewer.speech.now);
    limited.map_err(|seconds| crate::Problem::TooMany { seconds })?;
    let kept_hash = viewer.account.password_hash.clone().unwrap_or_default();
    let current = filled.current;
    let fits = tokio::task::spawn_blocking(move || password::fits(&current, &kept_hash)).await;
    let mut remarks = Remarks::default();
    remarks.expect(fits.unwrap_or(false), "current", "remark-current-password");
    if !password::acceptable(&filled.password) {
        remarks.add("password", Text::new("remark-password").with("min", password::CHARS_MIN));
    }
    if !remarks.is_empty() {
        return page(&viewer, StatusCode::UNPROCESSABLE_ENTITY, &kept(&viewer), &remarks);
    }
    let mut account = viewer.account.clone();
    account.password_hash = Some(password::hash_later(filled.password, &app).await?);
    app.store.save_account(account.clone()).await?;
    // Every other device has to log in again; this one goes on with a new session.
    app.store.delete_sessions_of(&account.organisation, account.id).await?;
    viewer.record("account.password_changed", &account.email, json!({})).await?;
    let cookie = session::open(&app, &account).await?;
    let mut response = viewer.go("/account", Text::new("password-changed"))?;
    cookies::append(response.headers_mut(), cookie);
    Ok(response)
}

fn kept(staff: &Staff) -> Filled {
    Filled {
        name: staff.account.name.clone(),
        language: staff.account.language.clone(),
        team: staff.account.team.clone().unwrap_or_default(),
    }
}

fn page(staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let page = context! {
        filled => data(filled),
        teams => staff.house.teams.clone(),
        remarks => remarks.said_by(staff),
        password_min => password::CHARS_MIN,
    };
    staff.render_as(status, "account/show.html", page)
}
