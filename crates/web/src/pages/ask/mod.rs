//! What a customer opens from a message: the questions, and the page about a run. By a link that nobody can guess; reading
//! changes nothing.

mod answer;
mod follow;
mod given;
mod question;
mod unsubscribe;

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::get,
};
use serde::Deserialize;
use service::Service;
use store::Purpose;

use crate::{
    App,
    problem::Answer,
    shell::{Shell, Visitor},
};

use answer::Sent;
use given::{Given, given};
pub(crate) use given::{Holder, Trouble, holder, phone, way_back};
use question::Asking;
pub(crate) use question::{Around, Back, options};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/vraag/{token}", get(show).post(answer))
        .route("/mijn/{token}", get(status))
        .route("/afmelden/{token}", get(unsubscribe::ask).post(unsubscribe::stop))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    wijzig: Option<String>,
}

async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let around = Around { action: format!("/vraag/{token}"), back: None };
    shown(&app.service, &visitor, &token, asked.wijzig.is_some(), &around).await
}

async fn answer(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let around = Around { action: format!("/vraag/{token}"), back: None };
    answered(&app.service, &visitor, &token, &filled, &around).await
}

/// The page of an ask; who has answered already is thanked and may change the answer.
pub(crate) async fn shown(service: &Service, shell: &Shell, token: &str, again: bool, around: &Around) -> Answer {
    let now = service.clock.now();
    match given(service, token, Purpose::Ask, now).await? {
        Ok(given) => {
            let asking = Asking::read(service, given, now).await?;
            if asking.given.link.used.is_some() && !again {
                return asking.thanks(shell, around);
            }
            let given = answer::given(service, &asking).await?;
            asking.page(shell, StatusCode::OK, around, &given, false)
        }
        Err(trouble) => trouble.page(shell),
    }
}

/// Keeps what was answered, and says thanks.
pub(crate) async fn answered(
    service: &Service,
    shell: &Shell,
    token: &str,
    filled: &BTreeMap<String, String>,
    around: &Around,
) -> Answer {
    let now = service.clock.now();
    let given = match given(service, token, Purpose::Ask, now).await? {
        Ok(given) => given,
        Err(trouble) => return trouble.page(shell),
    };
    let asking = Asking::read(service, given, now).await?;
    match answer::keep(service, &asking, filled, now).await? {
        Sent::Nothing => asking.page(shell, StatusCode::UNPROCESSABLE_ENTITY, around, filled, true),
        Sent::Kept => {
            answer::complain(service, &asking, filled, now).await?;
            service.wake();
            asking.thanks(shell, around)
        }
    }
}

/// A customer's page about a run.
pub(crate) async fn followed(service: &Service, shell: &Shell, token: &str, back: Option<Back>) -> Answer {
    match given(service, token, Purpose::Follow, service.clock.now()).await? {
        Ok(given) => follow::page(service, &given, shell, (token, back)).await,
        Err(trouble) => trouble.page(shell),
    }
}

async fn status(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    followed(&app.service, &visitor, &token, None).await
}
