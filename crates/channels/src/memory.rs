use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use tokio::sync::Notify;
use words::Channel;

use crate::checked::check;
use crate::{Outcome, Outgoing, Reason, Stage, Transport};

/// How the memory transport behaves for one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Takes the message.
    Accept,
    /// Answers as told, and takes nothing.
    Refuse {
        /// Trying again is useless.
        permanent: bool,
        /// The address does not exist.
        suppress: bool,
    },
    /// Cannot be reached.
    Unreachable,
    /// Asks to be left alone for so many seconds.
    Busy(u64),
    /// Never answers.
    Silent,
    /// The line drops before the message was taken; the caller cannot know.
    DropBefore,
    /// Takes the message, and the line drops before the answer; the caller cannot know.
    DropAfter,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Reaction>,
    always: BTreeMap<Channel, Reaction>,
    calls: Vec<String>,
    taken: BTreeMap<String, Outgoing>,
    order: Vec<String>,
}

/// Keeps messages in memory, for tests. It behaves like a provider with idempotency keys: a key counts once however often
/// it is called, and the checker of a test can compare calls with effects.
#[derive(Debug, Default)]
pub struct MemoryTransport {
    state: Mutex<State>,
    called: Notify,
}

impl MemoryTransport {
    /// Accepts everything until told otherwise.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how the next calls go, one each; after the last one everything is accepted again.
    pub fn script(&self, reactions: impl IntoIterator<Item = Reaction>) {
        self.state().script = reactions.into_iter().collect();
    }

    /// The key of every call, in order.
    pub fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    /// Every message that was taken, once per key, in order.
    pub fn taken(&self) -> Vec<Outgoing> {
        let state = self.state();
        state.order.iter().filter_map(|key| state.taken.get(key).cloned()).collect()
    }

    /// Waits until this holds of what was taken.
    pub async fn until(&self, holds: impl Fn(&[Outgoing]) -> bool) {
        loop {
            let called = self.called.notified();
            if holds(&self.taken()) {
                return;
            }
            called.await;
        }
    }

    fn called(&self, message: &Outgoing) -> Reaction {
        let mut state = self.state();
        state.calls.push(message.key.clone());
        let channel = message.channel.clone();
        match state.always.get(&channel) {
            Some(always) => always.clone(),
            None => state.script.pop_front().unwrap_or(Reaction::Accept),
        }
    }

    /// How every call for a channel goes from now on; `None`: by the script again.
    pub fn always(&self, channel: Channel, reaction: Option<Reaction>) {
        let mut state = self.state();
        match reaction {
            Some(reaction) => state.always.insert(channel, reaction),
            None => state.always.remove(&channel),
        };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn take(&mut self, message: &Outgoing) {
        if self.taken.insert(message.key.clone(), message.clone()).is_none() {
            self.order.push(message.key.clone());
        }
    }
}

#[async_trait]
impl Transport for MemoryTransport {
    async fn send(&self, message: &Outgoing) -> Outcome {
        if let Err(reason) = check(message) {
            return Outcome::refused_for_good(reason);
        }
        let reaction = self.called(message);
        if reaction == Reaction::Silent {
            std::future::pending::<()>().await;
        }
        let mut state = self.state();
        let dropped = || Outcome::Unknown { reason: Reason::Line { stage: Stage::Message, detail: "script".into() } };
        match reaction {
            Reaction::Accept => {
                state.take(message);
                self.called.notify_waiters();
                Outcome::Accepted { reference: message.key.clone() }
            }
            Reaction::Refuse { permanent, suppress } => {
                let code = if permanent { 550 } else { 450 };
                let reason = Reason::Answered { stage: Stage::Recipient, code, text: "script".into() };
                Outcome::Refused { reason, permanent, suppress }
            }
            Reaction::Unreachable => {
                Outcome::refused_for_now(Reason::Line { stage: Stage::Connect, detail: "script".into() })
            }
            Reaction::Busy(seconds) => Outcome::refused_for_now(Reason::Busy { seconds }),
            Reaction::DropBefore | Reaction::Silent => dropped(),
            Reaction::DropAfter => {
                state.take(message);
                dropped()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::tests::mail;

    #[tokio::test]
    async fn it_follows_its_script_and_then_accepts() {
        let transport = MemoryTransport::new();
        transport.script([
            Reaction::DropBefore,
            Reaction::DropAfter,
            Reaction::Refuse { permanent: true, suppress: false },
        ]);
        assert!(matches!(transport.send(&mail("a")).await, Outcome::Unknown { .. }));
        assert_eq!(transport.taken().len(), 0);
        assert!(matches!(transport.send(&mail("a")).await, Outcome::Unknown { .. }));
        assert_eq!(transport.taken().len(), 1, "taken, though the caller cannot know");
        let refused = transport.send(&mail("b")).await;
        assert!(matches!(refused, Outcome::Refused { permanent: true, suppress: false, .. }));
        assert_eq!(transport.send(&mail("a")).await, Outcome::Accepted { reference: "a".into() });
        assert_eq!(transport.calls(), ["a", "a", "b", "a"]);
        assert_eq!(transport.taken(), [mail("a")], "one effect per key");
    }

    #[tokio::test]
    async fn it_refuses_what_a_real_transport_would_refuse() {
        let mut message = mail("a");
        message.to = "nobody".into();
        let refused = MemoryTransport::new().send(&message).await;
        assert!(matches!(refused, Outcome::Refused { permanent: true, suppress: false, .. }));
    }
}
