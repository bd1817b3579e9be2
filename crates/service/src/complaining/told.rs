//! What is told of a complaint that is there.

use jiff::Timestamp;
use serde_json::json;
use store::{HeardBy, NewEvent, TaskRow};
use uuid::Uuid;
use words::{Event, EventName, Experience, Properties};

fn event(task: &TaskRow, name: &str, id: String, more: Properties, now: Timestamp) -> NewEvent {
    let mut properties = Properties::from([("task".to_owned(), json!(task.key))]);
    properties.extend(more);
    let name = EventName::parse(name).expect("a reserved name");
    NewEvent::about(task.organisation.clone(), task.customer, Event::ours(id, now, name, properties))
}

/// A member of staff calls what a customer wrote a complaint: the task of the reply becomes that of the complaint.
pub fn called(task: &TaskRow, text: &str, staff: &str, now: Timestamp) -> NewEvent {
    let said = [("text", json!(text)), ("heard", json!(HeardBy::Reply.as_str())), ("by", json!(staff))];
    let said = said.map(|(name, value)| (name.to_owned(), value));
    event(task, "complaint.made", format!("{}:called", task.key), said.into(), now)
}

/// Somebody takes it up. Whoever does so last has it.
pub fn taken(task: &TaskRow, by: Uuid, now: Timestamp) -> NewEvent {
    let said = Properties::from([("taken".to_owned(), json!(by))]);
    event(task, "complaint.taken", format!("{}:taken:{by}:{}", task.key, now.as_second() / 60), said, now)
}

/// It was resolved, with what was done; once.
pub fn resolved(task: &TaskRow, staff: &str, done: &str, now: Timestamp) -> NewEvent {
    let said = [("staff", json!(staff)), ("text", json!(done))].map(|(name, value)| (name.to_owned(), value));
    event(task, "complaint.resolved", format!("{}:resolved", task.key), said.into(), now)
}

/// How the customer feels now. The newest answer counts; `pressed`: what makes it the same when it is sent again.
pub fn rated(task: &TaskRow, felt: Experience, text: &str, pressed: Uuid, now: Timestamp) -> NewEvent {
    let mut said = Properties::from([("after".to_owned(), json!(felt.value()))]);
    said.extend((!text.is_empty()).then(|| ("text".to_owned(), json!(text))));
    event(task, "complaint.rated", format!("complaint:{pressed}"), said, now)
}
