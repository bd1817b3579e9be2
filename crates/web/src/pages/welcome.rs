//! The first run: as long as nobody can log in, anyone who opens the pages may make the first account.

use axum::response::IntoResponse;
use axum::{Form, Router, extract::State, http::StatusCode, response::Redirect, routing::get};
use minijinja::context;
use serde::{Deserialize, Serialize};
use words::Language;

use crate::{
    App, cookies,
    first::{First, FirstProblem, first_account, nobody_yet},
    form::Remarks,
    ids,
    language::Text,
    password,
    problem::{Answer, Problem},
    session,
    shell::{Shell, Visitor},
    views::data,
};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/welkom", get(show).post(make))
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Filled {
    organisation: String,
    name: String,
    email: String,
    #[serde(skip_serializing)]
    password: String,
    language: String,
}

async fn show(visitor: Visitor, State(app): State<App>) -> Answer {
    if !nobody_yet(app.store.as_ref()).await? {
        return Ok(Redirect::to("/inloggen").into_response());
    }
    let filled = Filled { language: visitor.speech.language.tag().into(), ..Filled::default() };
    page(&visitor, StatusCode::OK, &filled, &Remarks::default())
}

async fn make(visitor: Visitor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let first = First {
        organisation: filled.organisation.clone(),
        name: filled.name.clone(),
        email: filled.email.clone(),
        password: filled.password.clone(),
        language: Language::from_tag(&filled.language).unwrap_or_default(),
    };
    let (now, id) = (app.clock.now(), ids::fresh(&app));
    match first_account(app.store.as_ref(), app.random.as_ref(), id, now, first).await {
        Ok(account) => {
            let cookie = session::open(&app, &account).await?;
            let mut response = visitor.go("/vandaag", Text::new("welcome-done"))?;
            cookies::append(response.headers_mut(), cookie);
            Ok(response)
        }
        Err(FirstProblem::Exists) => Ok(Redirect::to("/inloggen").into_response()),
        Err(FirstProblem::Unusable(field)) => {
            let mut remarks = Remarks::default();
            remarks.add(field, remark(field));
            page(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks)
        }
        Err(FirstProblem::Store(error)) => Err(Problem::from(error)),
    }
}

fn remark(field: &str) -> Text {
    match field {
        "organisation" => Text::new("remark-organisation"),
        "name" => Text::new("remark-name"),
        "email" => Text::new("remark-email"),
        _ => Text::new("remark-password").with("min", password::CHARS_MIN),
    }
}

fn page(shell: &Shell, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let page = context! {
        filled => data(filled),
        remarks => remarks.said_by(shell),
        password_min => password::CHARS_MIN,
    };
    shell.render_as(status, "account/first.html", page)
}
