//! Living a journey through on one's own screen: as a customer, on a clock that one moves by hand. The product itself runs
//! it, on a store in memory of its own; nothing is kept and nothing leaves.

mod act;
mod begin;
mod likely;
mod news;
mod plays;
mod scene;
mod stage;
mod timing;

use axum::{
    Router,
    routing::{get, post},
};

use crate::App;

pub(crate) use plays::Plays;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/klantreizen/{id}/beleef", get(begin::show).post(begin::make))
        .route("/klantreizen/{id}/beleef/{play}", get(scene::show))
        .route("/klantreizen/{id}/beleef/{play}/opnieuw", post(begin::again))
        .route("/klantreizen/{id}/beleef/{play}/gebeurt", post(act::happen))
        .route("/klantreizen/{id}/beleef/{play}/tijd", post(act::wait))
        .route("/klantreizen/{id}/beleef/{play}/taak", post(act::finish))
        .route("/klantreizen/{id}/beleef/{play}/bericht/{key}/{channel}", get(scene::body))
        .route("/klantreizen/{id}/beleef/{play}/vraag/{token}", get(act::ask).post(act::answer))
        .route("/klantreizen/{id}/beleef/{play}/mijn/{token}", get(act::follow))
        .route("/klantreizen/{id}/beleef/{play}/bericht/{token}", get(act::aside))
        .route("/klantreizen/{id}/beleef/{play}/voorkeuren/{token}", get(act::aside))
        .route("/klantreizen/{id}/beleef/{play}/afmelden/{token}", get(act::aside))
}
