//! Example values: ids that hang together over the whole sheet, moments that lie ahead, words that rules know.

use jiff::{ToSpan, Zoned, civil::Time};
use words::Value;

use super::FieldKind;
use crate::model::FactType;

/// The id of the sample's object of a kind: `APP-1001`. The same wherever the sheet names that object.
pub(super) fn id(object: &str) -> Value {
    let letters: String = object.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
    Value::from(format!("{}-1001", letters.to_ascii_uppercase()))
}

/// A value for a property for which no rule names one.
pub(super) fn value(kind: FieldKind, property: &str, now: &Zoned) -> Value {
    match kind {
        FieldKind::Id => id(property),
        FieldKind::Fact(FactType::Number) => Value::from(1),
        FieldKind::Fact(FactType::Bool) => Value::from(true),
        FieldKind::Fact(FactType::Date) => Value::from(now.date().saturating_add(7.days()).to_string()),
        FieldKind::Fact(FactType::Time) => time(property, now),
        FieldKind::Fact(FactType::Text) => Value::from(text(property)),
        FieldKind::Consents => serde_json::json!({ "marketing": true }),
    }
}

/// Three days on at ten; what ends does so two hours later.
fn time(property: &str, now: &Zoned) -> Value {
    let hour = if property.contains("end") || property.contains("until") { 12 } else { 10 };
    let day = now.date().saturating_add(3.days());
    let zoned = day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned(now.time_zone().clone());
    Value::from(
        zoned.map_or_else(|_| now.timestamp().to_string(), |at| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
    )
}

fn text(property: &str) -> String {
    match property {
        "page" | "path" => "/".to_owned(),
        "url" | "track" => "https://www.example.org/".to_owned(),
        "staff" => "Iris".to_owned(),
        other => other.replace('_', " "),
    }
}
