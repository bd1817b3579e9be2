//! What a definition says, after reading. Made only by `parse`; plain data for everybody else.

mod ask;
mod asked;
mod comparison;
mod definition;
mod expression;
mod facts;
mod matches;
mod moment;
mod named;
mod organisation;
mod promise;
mod retention;
mod span;
mod touchpoint;
mod voice;

pub use ask::Ask;
pub use asked::{Asked, Fit};
pub use comparison::{Compared, Comparison, Literal, Operator};
pub use definition::{Again, Backstage, Definition, End, EndOn, Funnel, Goal, Human, Key, Names, Order, Phase};
pub use expression::Expression;
pub use facts::{Examples, FactPath, FactType, Facts};
pub use matches::{EventMatch, Late};
pub use moment::{Anchor, Every, Moment, Side, When};
pub use organisation::{AfterErasure, Budget, Complaints, Organisation, Persona, QuietHours, Replies};
pub use promise::Promise;
pub use retention::Retention;
pub use span::Span;
pub use touchpoint::{Task, TaskDue, Touchpoint};
pub use voice::{OwnVoice, Voice};
