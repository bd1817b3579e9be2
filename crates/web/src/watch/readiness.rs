use std::time::Duration;

use jiff::SignedDuration;

use crate::App;

/// A store that takes longer to write one row does not write.
const WRITTEN_WITHIN: Duration = Duration::from_secs(5);
/// A round of work may take long, behind a large backlog; longer than this it stands still.
const ROUND_MAX: SignedDuration = SignedDuration::from_mins(5);
/// With less room nothing new is taken.
const ROOM_MIN: u64 = 20_000_000;

/// Why it cannot work now; empty when it can.
pub(super) async fn reasons(app: &App) -> Vec<&'static str> {
    let mut reasons = Vec::new();
    match tokio::time::timeout(WRITTEN_WITHIN, app.store.ready()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the store");
            reasons.push("the store cannot be written");
        }
        Err(_) => reasons.push("the store does not answer"),
    }
    let now = app.clock.now();
    if app.service.last_turn().is_some_and(|last| now.duration_since(last) > ROUND_MAX) {
        reasons.push("the work stands still");
    }
    let folder = app.settings.uploads.ancestors().find(|folder| folder.is_dir());
    if folder.and_then(service::space::under).is_some_and(|space| space.free < ROOM_MIN) {
        reasons.push("the disk is full");
    }
    reasons
}
