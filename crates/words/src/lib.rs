//! The words of klantreis as plain types.
//!
//! Everything above this crate speaks in these types and only in these. They hold data and the rules that belong to a
//! word by definition (the bucket of a customer, the experience that a mark stands for, how many answers make a figure).
//! No clock, no randomness, no input or output.

mod calendar;
mod channel;
mod contact;
mod customer;
mod customer_word;
mod decision;
mod effect;
mod event;
mod experience;
mod figure;
mod halt;
mod ids;
mod kinds;
mod language;
pub mod limits;
pub mod paper;
mod postal;
mod run;
mod template;
mod window;

pub use channel::{Channel, Rail};
pub use contact::{Contact, Learnt, Lesson};
pub use customer::{Address, Consent, Customer, Name};
pub use customer_word::CustomerWord;
pub use decision::{Check, Decision, Refusal, Verdict, Waits};
pub use effect::{AskOf, Effect, EffectKey, SendEffect, TaskEffect};
pub use event::{Event, EventName, Identity, Properties, Value};
pub use experience::{Experience, Kind, Scale};
pub use figure::{Evidence, Figure, ShowAs};
pub use halt::{Halt, HaltScope, Notice};
pub use ids::{
    Bucket, CustomerId, EventId, HaltId, JourneyId, OrganisationId, PhaseId, PrincipalId, RunId, TouchpointId,
    VersionHash, derived_id, digest,
};
pub use kinds::{Attention, Band, Category, Class, FormOfAddress, Performer, Quiet, Reach, Starter};
pub use language::Language;
pub use postal::PostalFault;
pub use run::{Ending, Exit, Run, Status};
pub use template::Template;
pub use window::Window;
