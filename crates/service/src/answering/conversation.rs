use store::{OutboxRow, Store, TaskRow};
use words::{Channel, CustomerId, EffectKey, OrganisationId};

use super::answer::answered_thread;
use super::said::{By, Said};
use super::whose::digest;
use crate::Result;

/// What leads the name of a thread where a task names its object.
const LEAD: &str = "thread:";
/// Events of a customer that are looked through.
const EVENTS_MAX: u32 = 500;
/// References of a mail that an answer repeats: the header has a longest.
const REFERENCES_CHARS_MAX: usize = 800;

/// The name of a thread: our message that began it, or who wrote.
pub fn thread_of(began: Option<&OutboxRow>, channel: &Channel, address: &str) -> String {
    let of_row = began.map(|row| answered_thread(row).unwrap_or(row.key.as_str()).to_owned());
    of_row.unwrap_or_else(|| format!("{channel}:{}", digest(&[address])))
}

/// A thread where a task names its object.
pub(crate) fn task_object(thread: &str) -> String {
    format!("{LEAD}{thread}")
}

/// A thread with everything that was said in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Our message that began it.
    pub began: Option<OutboxRow>,
    /// In time.
    pub said: Vec<Said>,
}

impl Conversation {
    /// The thread that a task is about; `None` when it is about none.
    pub async fn of_task(store: &dyn Store, task: &TaskRow) -> Result<Option<Self>> {
        let Some(thread) = task.object.as_deref().and_then(|object| object.strip_prefix(LEAD)) else { return Ok(None) };
        Self::load(store, &task.organisation, task.customer, thread).await.map(Some)
    }

    /// A thread by its name.
    pub async fn load(
        store: &dyn Store,
        organisation: &OrganisationId,
        customer: CustomerId,
        thread: &str,
    ) -> Result<Self> {
        let mut said = Vec::new();
        for member in store.members(organisation, customer).await? {
            let events = store.events_of(organisation, member, EVENTS_MAX).await?;
            said.extend(events.iter().filter_map(|stored| Said::read(&stored.event)));
        }
        said.retain(|said| said.thread == thread);
        said.sort_by_key(|said| said.time);
        let began = store.message(organisation, &EffectKey::stored(thread)).await?;
        Ok(Self { began, said })
    }

    /// What the customer wrote last.
    pub fn last_of_customer(&self) -> Option<&Said> {
        self.said.iter().rev().find(|said| said.by == By::Customer)
    }

    /// The messages that an answer follows on, oldest first, as a mail names them; the oldest are left out first.
    pub(super) fn references(&self) -> String {
        let began = self.began.as_ref().and_then(|row| match &row.state {
            store::SendState::Sent { reference, .. } => reference.clone(),
            _ => None,
        });
        let all: Vec<String> =
            began.into_iter().chain(self.said.iter().filter_map(|said| said.reference.clone())).collect();
        let mut room = REFERENCES_CHARS_MAX;
        let mut kept: Vec<&str> = Vec::new();
        for reference in all.iter().rev().filter(|one| one.starts_with('<') && one.ends_with('>')) {
            let Some(left) = room.checked_sub(reference.len() + 1) else { break };
            room = left;
            kept.push(reference);
        }
        kept.reverse();
        kept.join(" ")
    }
}
