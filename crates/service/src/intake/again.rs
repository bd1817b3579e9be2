use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::webhook::Mapping;
use super::{Code, Reason, Receipt, Rejected, Taken, cloud, native, segment};
use crate::import::{ImportError, Limits, Table};
use crate::importing::{self, Reader};

/// How what a source gives is read, when staff said where everything stands in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// JSON of a shape of its own.
    Json(Mapping),
    /// A table.
    Table(importing::Mapping),
}

/// Reads what was refused before once more, in the form in which it came: as staff said where the source has a reading, else as
/// a CloudEvent, an event of our own form or a call of Segment. A delivery of many events gives many.
pub fn again(raw: &str, receipt: &Receipt, reading: Option<&Reading>) -> Vec<Taken> {
    let refused = |reason| vec![Err(Rejected::new(0, None, reason, raw.to_owned()))];
    let item: Value = match serde_json::from_str(raw) {
        Ok(item) => item,
        Err(error) => return refused(Reason::new(Code::NotAnObject, error.to_string())),
    };
    match (reading, &item) {
        (Some(Reading::Json(mapping)), _) => return mapping.events(item, None, receipt),
        (Some(Reading::Table(mapping)), Value::Object(row)) => {
            // A column of the mapping is missing: what is wrong with it says which.
            return row_again(row, receipt, mapping.clone())
                .unwrap_or_else(|error| refused(Reason::new(Code::BadColumns, error.to_string())));
        }
        _ => {}
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

fn row_again(
    row: &Map<String, Value>,
    receipt: &Receipt,
    mapping: importing::Mapping,
) -> Result<Vec<Taken>, ImportError> {
    let mut reader = Reader::of_table(Table::of_one(row, Limits::default())?, mapping, receipt.clone())?;
    let mut taken = Vec::new();
    while let Some(row) = reader.next()? {
        match row {
            // What is sent again now is no history.
            Ok(events) => taken.extend(events.into_iter().map(|event| Ok(words::Event { imported: false, ..event }))),
            Err(rejected) => taken.push(Err(rejected)),
        }
    }
    Ok(taken)
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
