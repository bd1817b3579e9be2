use jiff::Timestamp;
use words::{Contact, Customer, CustomerId, Decision, EffectKey, Learnt, OrganisationId, RunId};

use crate::{DayCount, Delivery, EventOutcome, Merge, MovedRun, OutboxRow, SendState, StoredRun, TaskRow, UndoneMerge};

/// Which kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// The customer's id in a sending system.
    User,
    /// Made before anyone knew who it was.
    Anonymous,
}

/// A name of the customer of a [`Change`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// Which kind.
    pub kind: AliasKind,
    /// The name.
    pub value: String,
    /// When two customers merge: whose name it was. Without, a name of someone else is a conflict.
    pub instead_of: Option<CustomerId>,
}

/// An object of the customer of a [`Change`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its type: `repair`.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The run that it is bound to.
    pub run: Option<RunId>,
    /// When two customers merge: whose object it was. Without, an object of someone else is a conflict.
    pub instead_of: Option<CustomerId>,
}

/// An effect that is taken back: a message not yet being sent, or an open task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    /// Which.
    pub key: EffectKey,
    /// Why.
    pub reason: String,
}

/// Everything that one step (or several, one after another) changes for one customer. Written whole or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// Whose.
    pub customer: CustomerId,
    /// The revision that was loaded; 0: the customer must not exist yet.
    pub revision: u64,
    /// When it is written.
    pub time: Timestamp,
    /// The profile, when it changed. A new customer without one is someone of whom nothing is known.
    pub profile: Option<Customer>,
    /// What the engine remembers of the customer beside profile and runs, when it changed; only the engine reads it.
    pub memory: Option<Vec<u8>>,
    /// When this customer turned out to be another: who.
    pub forwards_to: Option<CustomerId>,
    /// The customer forwards to nobody any more: a merge is taken back.
    pub stands_alone: bool,
    /// Changes of one commit that name the same customer here are written together or not at all.
    pub joined: Option<CustomerId>,
    /// New names. A name that the customer has already changes nothing.
    pub aliases: Vec<Alias>,
    /// New objects, or objects that are now bound to a run. An object of someone else is a conflict.
    pub objects: Vec<Object>,
    /// Runs that changed, whole.
    pub runs: Vec<StoredRun>,
    /// Runs that went to another customer: removed with contacts, lessons, messages, tasks and decisions.
    pub removed_runs: Vec<RunId>,
    /// Runs that came from another customer, with everything that hangs on them; moved before anything is removed or added.
    pub moved_runs: Vec<MovedRun>,
    /// Customers who turned out to be this one.
    pub merges: Vec<Merge>,
    /// A merge that is taken back.
    pub undone_merge: Option<UndoneMerge>,
    /// Contacts that happened. One that exists is not written again.
    pub contacts: Vec<Contact>,
    /// What was learnt of contacts.
    pub learnt: Vec<Learnt>,
    /// New messages. A key that exists is not written again.
    pub outbox: Vec<OutboxRow>,
    /// Messages decided again: only what is [`SendState::Held`] or [`SendState::Ready`] changes.
    pub redecided: Vec<OutboxRow>,
    /// What is taken back. What is being sent, sent or done stays as it is.
    pub withdrawn: Vec<Withdrawn>,
    /// New tasks. A key that exists is not written again.
    pub tasks: Vec<TaskRow>,
    /// Tasks that are there already and turned out otherwise: their team, title, due moment and complaint.
    pub retold: Vec<TaskRow>,
    /// Tasks whose closing event came, with its time. What is done already stays as it is.
    pub closed_tasks: Vec<(EffectKey, Timestamp)>,
    /// Decisions about sending.
    pub decisions: Vec<Decision>,
    /// What came of the events that were applied.
    pub outcomes: Vec<EventOutcome>,
    /// What is counted without identity.
    pub counts: Vec<DayCount>,
    /// What other systems are told of it. One that exists is not written again.
    pub deliveries: Vec<Delivery>,
}

impl Change {
    /// Nothing yet, for a customer loaded at a revision.
    pub fn new(organisation: OrganisationId, customer: CustomerId, revision: u64, time: Timestamp) -> Self {
        Self {
            organisation,
            customer,
            revision,
            time,
            profile: None,
            memory: None,
            forwards_to: None,
            stands_alone: false,
            joined: None,
            aliases: Vec::new(),
            objects: Vec::new(),
            runs: Vec::new(),
            removed_runs: Vec::new(),
            moved_runs: Vec::new(),
            merges: Vec::new(),
            undone_merge: None,
            contacts: Vec::new(),
            learnt: Vec::new(),
            outbox: Vec::new(),
            redecided: Vec::new(),
            withdrawn: Vec::new(),
            tasks: Vec::new(),
            retold: Vec::new(),
            closed_tasks: Vec::new(),
            decisions: Vec::new(),
            outcomes: Vec::new(),
            counts: Vec::new(),
            deliveries: Vec::new(),
        }
    }

    /// Whether a message of this change will be carried or looked at again.
    pub fn sends(&self) -> bool {
        self.outbox
            .iter()
            .chain(&self.redecided)
            .any(|row| matches!(row.state, SendState::Held { .. } | SendState::Ready))
    }
}

/// Why a change was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The customer changed in between; load again. The revision that is stored now.
    Revision(u64),
    /// A name belongs to someone else; resolve again.
    Alias(CustomerId),
    /// An object belongs to someone else; resolve again.
    Object(CustomerId),
    /// The change of this customer, with which it is joined, conflicts.
    Joined(CustomerId),
}

/// What came of one change: the customer's new revision, or why nothing of it was written.
pub type Commit = std::result::Result<u64, Conflict>;
