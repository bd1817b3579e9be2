use async_trait::async_trait;

use crate::{Outcome, Outgoing, Reason};

/// Carries messages to the outside world.
///
/// The caller writes down that it is sending *before* it calls, and what came of it afterwards; so a call may be made
/// again with the same key, and the same key must never look like a new message to whoever receives it.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Carries one message. Never fails: what went wrong is in the outcome.
    async fn send(&self, message: &Outgoing) -> Outcome;

    /// Whether the provider can be reached and lets us in; nothing is sent.
    async fn check(&self) -> Result<(), Reason> {
        Ok(())
    }

    /// Messages that it carries at one time; a further one would wait.
    fn at_once(&self) -> usize {
        16
    }
}
