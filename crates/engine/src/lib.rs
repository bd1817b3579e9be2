//! The engine: what happens to customers in journeys, as pure functions.
//!
//! No clock, randomness, input or output: the same definition, state, input and moment always give the same result. Running,
//! rehearsing, replaying and explaining are these functions and nothing else.
//!
//! # For a shell
//!
//! 1. An event comes in. [`counted`] first: a daily count is nobody's. Then [`needs`] says which objects to look up when the
//!    event does not say who it is about, and [`identify`] who it is. Nobody known: keep the event under those objects until
//!    [`waits_until`], try again when one of them is bound, else quarantine it.
//! 2. Load the [`Traveller`] (a blob for the [`Profile`], a blob and the columns of [`words::Run`] per [`State`]), call
//!    [`apply`], save what [`Applied`] names, append contacts and lessons, index bindings, put effects in the outbox and on
//!    the task list (their keys are unique for ever), all in one transaction.
//! 3. When [`Traveller::due`] (the least of the runs' `due`) has come: [`apply`] with [`Cause::Due`]. Late is no harm.
//!    An import hands each customer's history over in the order of its events' own time and calls for what is due only after
//!    the last of them: history is lived through at its own time, so that a next contact comes before a drop-off.
//! 4. For a message in the outbox: [`still_wanted`], then [`decide`]. `Hold`: decide again at its end, telling `held_until`.
//!    `Refuse`: finally; tell the run with `message.failed`. `Send`: carry it.
//! 5. The outcome comes back through step 1 as an event of the customer with the effect's `key` as property:
//!    `message.sent` (with `channel`), `message.delivered`, `message.read`, `message.failed` (with `reason`, and `again` where another channel is tried after all). The contact is
//!    appended there. A tick of staff is `task.done` and an answer `answer.given`, with `key` or at least `touchpoint`.
//!
//! When [`identify`] says that an event makes two customers one: [`merge`], before the event is applied; unless either keeps
//! [`Profile::apart`] from the other, because staff took them apart again with [`part`].
//!
//! [`explain`] says in one sentence why a touchpoint did or did not happen, [`plan`] what stands ahead.
//!
//! # How one event is taken in
//!
//! What had fallen due before it; facts, links and the key; the first touchpoint whose `seen` matches (its contact and
//! promise); tasks that are done by it; the task of that contact; the answer; promises kept; the goal; touchpoints whose
//! `when` it is; ends; conditions that turned true; messages whose moment moved away; what falls due now.

mod ahead;
mod answer;
mod apply;
mod civil;
mod contact;
mod counted;
mod decide;
mod explain;
mod expression;
mod facts;
mod falls;
mod finish;
mod fire;
mod foresee;
mod halted;
mod hear;
mod holds;
mod identity;
mod ledger;
mod merge;
mod note;
mod object;
mod outcome;
mod plan;
mod profile;
mod promise;
mod rest;
mod route;
mod setting;
mod settle;
mod state;
mod step;
mod sticky;
mod task;
mod traveller;
mod turn;
mod unmerge;
mod wanted;

pub use apply::{Applied, Binding, Cause, Quarantined, Reason, apply};
pub use counted::{CountUnreadable, DailyCount, counted};
pub use decide::{Gate, candidates, decide, reserve};
pub use explain::{Explanation, explain};
pub use facts::typed;
pub use falls::{comes_round, falls};
pub use foresee::{Foreseen, foresee};
pub use halted::halted;
pub use holds::holds;
pub use identity::{Aliases, Identified, identify, previous_id};
pub use ledger::Ledger;
pub use merge::{Folded, Merged, merge};
pub use note::{Note, Thought};
pub use object::ObjectRef;
pub use plan::{Pending, PendingKind, plan};
pub use setting::Setting;
pub use state::State;
pub use step::{Input, Step, step};
pub use sticky::{held_out, variant};
pub use task::due_by;
pub use traveller::{Profile, Traveller, Waiting, World, needs, waits_until};
pub use unmerge::{Parted, Parting, part};
pub use wanted::still_wanted;
