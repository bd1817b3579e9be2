//! One-off messages to a group: a journey of one message, so that it goes through the same rules, preview, voice and figures as
//! every other, and a group for whom it begins.

mod group;
mod letter;
mod sending;

pub use group::Group;
pub use letter::Letter;
pub use sending::{Forecast, LOOKED_AT_MAX, Sent};

use words::EventName;

/// The object of the events that begin a journey for a group.
const GROUP: &str = "group";

/// The event by which a journey begins for somebody of a group; `None`: it cannot be begun for a group.
pub fn chosen(definition: &journey::Definition) -> Option<&EventName> {
    definition.starts.iter().map(|start| &start.event).find(|event| event.object() == GROUP)
}
