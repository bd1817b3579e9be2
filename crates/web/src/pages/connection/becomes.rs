use words::Event;

use crate::{language::Text, session::Staff};

/// What something that came in becomes, in a sentence; `count`: how many events it gives, this one first.
pub(super) fn becomes(staff: &Staff, event: &Event, count: usize) -> String {
    let whom = event.identity.customer.clone().or_else(|| event.identity.anonymous.clone());
    let whom = whom.or_else(|| event.objects().first().map(|(object, id)| format!("{object} {id}")));
    staff.say(
        &Text::new("correct-becomes")
            .with("name", event.name.as_str())
            .with("whom", whom.unwrap_or_default())
            .with("count", count),
    )
}
