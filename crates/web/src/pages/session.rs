//! Logging in and out.

use std::net::SocketAddr;

use axum::{
    Form, Router,
    extract::{ConnectInfo, FromRequestParts, Query, State},
    http::{HeaderMap, StatusCode, request::Parts},
    response::{IntoResponse, Redirect},
    routing::{get, post},
};
use minijinja::context;
use serde::Deserialize;
use store::Account;

use crate::{
    App, cookies,
    first::nobody_yet,
    form,
    language::Text,
    password,
    problem::{Answer, Problem},
    session,
    shell::{Shell, Visitor},
};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/inloggen", get(show).post(open)).route("/uitloggen", post(close))
}

/// Where a log-in goes back to.
#[derive(Debug, Default, Deserialize)]
struct Then {
    #[serde(default)]
    verder: String,
}

#[derive(Debug, Deserialize)]
struct Filled {
    email: String,
    password: String,
    #[serde(default)]
    verder: String,
}

async fn show(visitor: Visitor, State(app): State<App>, Query(then): Query<Then>) -> Answer {
    if nobody_yet(app.store.as_ref()).await? {
        return Ok(Redirect::to("/welkom").into_response());
    }
    if visitor.member.is_some() {
        return Ok(Redirect::to(own_path(&then.verder)).into_response());
    }
    page(&visitor, StatusCode::OK, "", &then.verder, None)
}

async fn open(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Form(filled): Form<Filled>,
) -> Answer {
    let now = app.clock.now();
    let email = form::email(&filled.email).unwrap_or_default();
    let name = format!("{email} {stranger}");
    let limits = &app.limits;
    limits
        .stranger
        .take(&stranger, now)
        .and_then(|()| limits.password.take(&name, now))
        .map_err(|seconds| Problem::TooMany { seconds })?;
    let accounts = app.store.accounts_by_email(&email).await?;
    let Some(account) = with_password(accounts, filled.password.clone()).await else {
        let wrong = Text::new("session-wrong");
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&visitor, status, &filled.email, &filled.verder, Some(wrong));
    };
    limits.password.forget(&name);
    let cookie = session::open(&app, &account).await?;
    let mut response = Redirect::to(own_path(&filled.verder)).into_response();
    cookies::append(response.headers_mut(), cookie);
    Ok(response)
}

async fn close(visitor: Visitor, State(app): State<App>, headers: HeaderMap) -> Answer {
    let cookie = session::close(&app, &headers).await?;
    let mut response = visitor.go("/inloggen", Text::new("session-closed"))?;
    cookies::append(response.headers_mut(), cookie);
    Ok(response)
}

fn page(shell: &Shell, status: StatusCode, email: &str, then: &str, wrong: Option<Text>) -> Answer {
    let page = context! {
        email,
        then,
        wrong => wrong.map(|text| shell.say(&text)),
    };
    shell.render_as(status, "session/new.html", page)
}

/// The account that the password fits. Takes as long when there is none.
async fn with_password(accounts: Vec<Account>, password: String) -> Option<Account> {
    let compare = move || {
        if accounts.is_empty() {
            password::pretend(&password);
        }
        accounts
            .into_iter()
            .find(|account| account.password_hash.as_ref().is_some_and(|kept| password::fits(&password, kept)))
    };
    tokio::task::spawn_blocking(compare).await.ok().flatten()
}

/// A path of our own; anything else goes to the front page.
fn own_path(path: &str) -> &str {
    let is_own = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    if is_own && !path.contains(char::is_control) { path } else { "/" }
}

/// The address that a request comes from, as the name of a limit.
pub(crate) struct Stranger(pub(crate) String);

impl FromRequestParts<App> for Stranger {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let forwarded = parts
            .headers
            .get("x-forwarded-for")
            .filter(|_| app.settings.behind_proxy)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .map(|address| address.trim().to_owned());
        let direct = || {
            let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
            info.map(|info| info.0.ip().to_string())
        };
        Ok(Self(forwarded.or_else(direct).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn a_log_in_never_leads_to_another_site() {
        assert_eq!(own_path("/koppelingen?bron=x"), "/koppelingen?bron=x");
        for path in ["", "https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nb"] {
            assert_eq!(own_path(path), "/", "{path}");
        }
    }
}
