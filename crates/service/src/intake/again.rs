use serde_json::Value;

use super::webhook::Mapping;
use super::{Code, Reason, Receipt, Rejected, Taken, cloud, native, segment};

/// Reads what was refused before once more, in the form in which it came: by the source's mapping when it has one, else as a
/// CloudEvent, an event of our own form or a call of Segment. A delivery of many events gives many.
pub fn again(raw: &str, receipt: &Receipt, mapping: Option<&Mapping>) -> Vec<Taken> {
    let item: Value = match serde_json::from_str(raw) {
        Ok(item) => item,
        Err(error) => {
            let reason = Reason::new(Code::NotAnObject, error.to_string());
            return vec![Err(Rejected::new(0, None, reason, raw.to_owned()))];
        }
    };
    if let Some(mapping) = mapping {
        return mapping.events(item, None, receipt);
    }
    let has = |field: &str| item.get(field).is_some();
    vec![if has("specversion") {
        cloud::one(0, &item, receipt)
    } else if has("name") && !has("type") {
        native::one(0, &item, receipt)
    } else {
        segment::one(&item, receipt)
    }]
}

/// The fields in which an item of this form says what happened, to whom and when.
pub(super) fn own_fields(item: &Value) -> [&'static str; 4] {
    let has = |field: &str| item.get(field).is_some();
    if has("specversion") {
        ["type", "customer", "anonymous", "time"]
    } else if has("name") && !has("type") {
        ["name", "customer", "anonymous", "time"]
    } else {
        ["event", "userId", "anonymousId", "timestamp"]
    }
}
