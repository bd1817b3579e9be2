//! What came in of what a journey needs: which events, and what was wrong with them. Judged by the newest events of each
//! name, and read as the engine reads them.

use jiff::Timestamp;
use journey::{FieldKind, Level, NeededEvent, NeededField};
use serde::Serialize;
use store::{EventState, StoredEvent};
use words::{Event, Value};

/// Events of each name that are looked at.
pub(super) const EACH: u32 = 20;

/// Something about what came in that must be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub(super) enum Gap {
    /// The field was not there.
    Missing { field: String, count: usize, of: usize },
    /// No event about this object ever had the field.
    Never { field: String },
    /// The field was there but is not of its kind.
    Unreadable { field: String, count: usize, of: usize },
    /// Waits for an event that says to whom or what it belongs.
    Waiting { count: usize, of: usize },
    /// Went to quarantine when it was applied.
    Refused { count: usize, of: usize },
}

/// What is known of the coming in of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arrived {
    /// When the newest was taken in; `None`: none yet.
    pub(super) last: Option<Timestamp>,
    pub(super) gaps: Vec<Gap>,
}

/// Judges what came in of one event. `came`: the newest of this name; `about`: the newest about the same object, whatever
/// they are called.
pub(super) fn judge(needed: &NeededEvent, came: &[&StoredEvent], about: &[&StoredEvent]) -> Arrived {
    let last = came.iter().map(|stored| stored.event.received).max();
    let of = came.len();
    let mut gaps = Vec::new();
    if of > 0 {
        for field in &needed.fields {
            gaps.extend(of_field(field, came, about));
        }
    }
    let in_state = |wanted: fn(&EventState) -> bool| came.iter().filter(|stored| wanted(&stored.state)).count();
    let waiting = in_state(|state| matches!(state, EventState::Waiting { .. }));
    let refused = in_state(|state| matches!(state, EventState::Quarantined { .. }));
    gaps.extend((waiting > 0).then_some(Gap::Waiting { count: waiting, of }));
    gaps.extend((refused > 0).then_some(Gap::Refused { count: refused, of }));
    Arrived { last, gaps }
}

fn of_field(field: &NeededField, came: &[&StoredEvent], about: &[&StoredEvent]) -> Option<Gap> {
    let (name, of) = (field.name.clone(), came.len());
    let unreadable = came.iter().filter(|stored| given(&stored.event, &field.name) && !reads(&stored.event, field));
    let unreadable = unreadable.count();
    if unreadable > 0 {
        return Some(Gap::Unreadable { field: name, count: unreadable, of });
    }
    let lacks =
        |stored: &&&StoredEvent| std::iter::once(&field.name).chain(&field.or).all(|name| !given(&stored.event, name));
    match field.level {
        Level::Always => {
            let count = came.iter().filter(lacks).count();
            (count > 0).then_some(Gap::Missing { field: name, count, of })
        }
        Level::Known => about.iter().all(|stored| lacks(&stored)).then_some(Gap::Never { field: name }),
        Level::Useful => None,
    }
}

fn given(event: &Event, name: &str) -> bool {
    event.properties.get(name).is_some_and(|value| !value.is_null())
}

fn reads(event: &Event, field: &NeededField) -> bool {
    match field.kind {
        FieldKind::Id => event.text(&field.name).is_some(),
        FieldKind::Fact(kind) => {
            event.properties.get(&field.name).is_some_and(|value| engine::typed(value, kind).is_some())
        }
        FieldKind::Consents => matches!(event.properties.get(&field.name), Some(Value::Array(_) | Value::Object(_))),
    }
}

#[cfg(test)]
mod tests {
    use journey::{FactType, Purpose};
    use serde_json::json;
    use words::{Bucket, EventId, EventName, Identity, OrganisationId};

    use super::*;

    fn field(name: &str, kind: FieldKind, level: Level) -> NeededField {
        let (or, values, purposes) = (Vec::new(), Vec::new(), vec![Purpose::Shown]);
        NeededField { name: name.into(), or, kind, level, values, example: Value::Null, purposes }
    }

    fn stored(properties: Value, minute: i64) -> StoredEvent {
        let received = Timestamp::from_second(60 * minute).unwrap();
        StoredEvent {
            organisation: OrganisationId::new("rijnoever"),
            bucket: Bucket::new(1).unwrap(),
            arrival: 1,
            event: Event {
                id: EventId::new("1"),
                source: "planpakket".into(),
                name: EventName::parse("visit.failed").unwrap(),
                time: received,
                received,
                identity: Identity::default(),
                properties: serde_json::from_value(properties).unwrap(),
                imported: false,
            },
            state: EventState::Applied,
            customer: None,
        }
    }

    fn visit() -> NeededEvent {
        let link = field("repair_id", FieldKind::Id, Level::Known);
        NeededEvent {
            name: EventName::parse("visit.failed").unwrap(),
            purposes: vec![Purpose::Starts],
            fields: vec![
                field("id", FieldKind::Id, Level::Always),
                field("start", FieldKind::Fact(FactType::Time), Level::Always),
                NeededField { or: vec!["appointment_id".into()], ..link },
                field("firm", FieldKind::Fact(FactType::Text), Level::Useful),
            ],
            optional: false,
            counted: false,
        }
    }

    fn gaps(came: &[StoredEvent]) -> Vec<Gap> {
        let came: Vec<&StoredEvent> = came.iter().collect();
        judge(&visit(), &came, &came).gaps
    }

    #[test]
    fn what_never_came_has_no_gaps() {
        assert_eq!(judge(&visit(), &[], &[]), Arrived::default());
    }

    #[test]
    fn the_newest_tells_when_it_last_came() {
        let came = [stored(json!({}), 3), stored(json!({}), 9)];
        let came: Vec<&StoredEvent> = came.iter().collect();
        assert_eq!(judge(&visit(), &came, &came).last, Timestamp::from_second(540).ok());
    }

    #[test]
    fn a_field_is_missed_where_it_is_needed_and_not_where_another_does() {
        let start = "2026-11-27T10:00:00+01:00";
        let good = stored(json!({ "id": 4, "start": start, "appointment_id": "A-1" }), 1);
        assert_eq!(gaps(std::slice::from_ref(&good)), []);
        let without = stored(json!({ "id": "V-2", "start": null }), 2);
        let missing = |of| Gap::Missing { field: "start".into(), count: 1, of };
        assert_eq!(gaps(&[good, without.clone()]), [missing(2)], "one of them bound the visit");
        let never = Gap::Never { field: "repair_id".into() };
        assert_eq!(gaps(&[without]), [missing(1), never]);
    }

    #[test]
    fn a_time_without_its_offset_is_no_time() {
        let came = stored(json!({ "id": "V-1", "start": "2026-11-27T10:00:00", "repair_id": "R-1" }), 1);
        assert_eq!(gaps(&[came]), [Gap::Unreadable { field: "start".into(), count: 1, of: 1 }]);
    }

    #[test]
    fn what_waits_or_was_refused_is_told() {
        let good = json!({ "id": "V-1", "start": "2026-11-27T10:00:00Z", "repair_id": "R-1" });
        let state = EventState::Waiting { object: "repair:R-1".into(), until: Timestamp::UNIX_EPOCH };
        let waits = StoredEvent { state, ..stored(good.clone(), 1) };
        let state = EventState::Quarantined { reason: "unknown_object".into(), detail: String::new() };
        let refused = StoredEvent { state, ..stored(good, 1) };
        assert_eq!(gaps(&[waits, refused]), [Gap::Waiting { count: 1, of: 2 }, Gap::Refused { count: 1, of: 2 }]);
    }
}
