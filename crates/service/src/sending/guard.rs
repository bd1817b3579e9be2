//! After a restore: what may have gone out since the backup does not go out once more.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use store::{CarriedBefore, Doubt, OutboxRow, Outcome, Restored, Store};
use tokio::sync::OnceCell;
use words::Language;

use super::sent_log::digest;
use crate::Result;

/// Without the log, what is decided so soon after the restore counts as decided before it: moments that were missed
/// meanwhile fire at the start, and sources send their events again.
const CATCHING_UP: SignedDuration = SignedDuration::from_hours(1);

/// Until when decisions are doubtful when the log does not tell all.
pub fn doubtful_until(restored: Timestamp) -> Timestamp {
    restored.saturating_add(CATCHING_UP).unwrap_or(Timestamp::MAX)
}

/// What staff are asked.
pub const fn question(language: Language) -> &'static str {
    match language {
        Language::Nl => "na terugzetten: is dit al verstuurd?",
        Language::En => "after restoring: was this sent before?",
    }
}

/// Knows whether the store was restored; that does not change while it is worked on.
#[derive(Clone, Default)]
pub(crate) struct Guard(Arc<OnceCell<Option<Restored>>>);

impl Guard {
    /// For each message that is about to go: what came of it before, or `None` when it may go.
    pub(super) async fn verdicts(
        &self,
        store: &dyn Store,
        rows: &[OutboxRow],
    ) -> Result<Vec<Option<(CarriedBefore, Timestamp)>>> {
        let restored = self.0.get_or_try_init(|| store.restored()).await?;
        let Some(restored) = restored else { return Ok(vec![None; rows.len()]) };
        let messages: Vec<_> = rows.iter().map(|row| digest(&row.organisation, &row.key)).collect();
        let told = store.carried_before(&messages).await?;
        Ok(rows.iter().zip(told).map(|(row, told)| verdict(restored, row, told)).collect())
    }
}

fn verdict(
    restored: &Restored,
    row: &OutboxRow,
    told: Option<(Timestamp, CarriedBefore)>,
) -> Option<(CarriedBefore, Timestamp)> {
    let was_asked = row.doubt == Some(Doubt::Restored);
    let is_doubtful = restored.doubtful_until.is_some_and(|until| row.decided < until);
    match told {
        Some((time, CarriedBefore::Accepted)) => Some((CarriedBefore::Accepted, time)),
        Some((_, CarriedBefore::Refused)) => None,
        // Staff looked, and want it sent.
        _ if was_asked => None,
        Some((time, CarriedBefore::HandedOver)) => Some((CarriedBefore::HandedOver, time)),
        None => is_doubtful.then_some((CarriedBefore::HandedOver, row.decided)),
    }
}

/// What the outbox notes of a message that went, or may have gone, before.
pub(super) fn noted(carried: CarriedBefore, time: Timestamp, language: Language) -> (Outcome, Option<Doubt>) {
    match carried {
        CarriedBefore::Accepted => (Outcome::Sent { time, reference: None }, None),
        _ => (Outcome::Unknown { reason: question(language).to_owned() }, Some(Doubt::Restored)),
    }
}
