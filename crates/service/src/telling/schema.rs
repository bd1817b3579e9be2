use serde_json::{Map, Value, json};

use super::{Kind, example};

/// Fields that are not there each time: what is told may belong to no run, or to no touchpoint.
const OPTIONAL: [&str; 5] = ["journey", "touchpoint", "run", "reason", "due"];

/// What is told, as a JSON schema with an example of each type. Fields may be added later: who reads passes over what it does
/// not know.
pub fn schema() -> Value {
    let kinds = Kind::ASKED.into_iter().chain([Kind::Test]);
    let one_of: Vec<Value> = kinds.map(of_kind).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What klantreis tells other systems",
        "description": "The body of a webhook after Standard Webhooks, by its type.",
        "oneOf": one_of,
    })
}

fn of_kind(kind: Kind) -> Value {
    let example = example(kind);
    let mut data = shape(&example["data"]);
    let required: Vec<&String> = example["data"].as_object().into_iter().flat_map(Map::keys).collect();
    data["required"] = required.into_iter().filter(|field| !OPTIONAL.contains(&field.as_str())).cloned().collect();
    json!({
        "title": kind.as_str(),
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": { "const": kind.as_str() },
            "timestamp": { "type": "string", "format": "date-time", "description": "When it happened." },
            "data": data,
        },
        "examples": [example],
    })
}

/// The kinds of values that stand in an example.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let properties: Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), nullable(name, shape(value)))).collect();
            json!({ "type": "object", "properties": properties })
        }
        Value::Array(items) => json!({ "type": "array", "items": items.first().map_or(json!({}), shape) }),
        Value::Number(_) => json!({ "type": "integer" }),
        Value::Bool(_) => json!({ "type": "boolean" }),
        _ => json!({ "type": "string" }),
    }
}

/// A run may have no key, and a contact no channel.
fn nullable(name: &str, mut shape: Value) -> Value {
    if ["key", "channel"].contains(&name) {
        shape["type"] = json!(["string", "null"]);
    }
    shape
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_published_schema_is_fresh() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/webhooks.json");
        let text = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == text,
            "docs/schema/webhooks.json is stale: run UPDATE_SCHEMA=1 cargo test -p service schema"
        );
    }

    #[test]
    fn every_type_stands_in_the_documentation() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/WEBHOOKS.md");
        let text = std::fs::read_to_string(path).unwrap();
        for kind in Kind::ASKED {
            assert!(text.contains(&format!("| `{}` |", kind.as_str())), "{}", kind.as_str());
        }
    }
}
