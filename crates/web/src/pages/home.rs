use axum::{Router, response::Redirect, routing::get};

use crate::{App, session::Viewer};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/", get(|_: Viewer| async { Redirect::to("/vandaag") }))
}
