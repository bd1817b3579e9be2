use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::compression::CompressionLayer;

use crate::{App, api, assets, guard, pages, problem, watch};

/// Only whether it lives, whether it can work and what it counts: for a process without pages.
pub(crate) fn watched(app: App) -> Router {
    Router::new().merge(watch::router()).layer(middleware::from_fn(guard::headers::add)).with_state(app)
}

/// Everything under one roof. Test it with `tower::ServiceExt::oneshot`.
pub fn router(app: App) -> Router {
    let pages = pages::router()
        .layer(middleware::from_fn(guard::forgery::refuse))
        .layer(DefaultBodyLimit::max(guard::FORM_BYTES_MAX))
        .layer(middleware::from_fn(guard::timeout::end))
        .layer(middleware::from_fn_with_state(app.clone(), problem::pages));
    Router::new()
        .merge(pages)
        .merge(api::router(&app).layer(middleware::from_fn(guard::timeout::end)))
        .merge(assets::router())
        .merge(watch::router())
        .layer(middleware::from_fn(guard::headers::add))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), guard::request::follow))
        .with_state(app)
}
