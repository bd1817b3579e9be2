//! What machines call. No cookies here: a key says who calls.

mod body;
mod caller;
mod intake;

use axum::Router;

use crate::App;

/// Every route for machines.
pub(crate) fn router() -> Router<App> {
    intake::router()
}
