use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use words::{Channel, EventName};

use super::lists::{CONTACT_PROPERTIES, CUSTOMER, CustomerType, FUNCTIONS, RESERVED_OBJECTS};
use super::lists::{MESSAGE_FILTERS, MESSAGE_LINKS, MESSAGE_VARIABLES};
use super::scalar::{COUNT_MAX, ID_CHARS_MAX, TEXT_CHARS_MAX, TITLE_CHARS_MAX};
use super::{JOURNEY, ORGANISATION, RAILS, Scalar, Shape, Table};

const WORD: &str = "[a-z][a-z0-9_]*";
const ID: &str = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
const SPAN: &str = "[0-9]+(s|m|h|d|w)";
const CLOCK: &str = "([01][0-9]|2[0-3]):[0-5][0-9]";

/// The JSON schema (draft 2020-12) of `journey.yaml`, with the closed lists under `x-lists`.
pub fn journey_schema() -> Value {
    let mut schema =
        document(&JOURNEY, "journey.json", "A customer journey: drawn, run and measured from this one text.");
    schema["x-lists"] = lists();
    schema
}

/// The JSON schema (draft 2020-12) of `organisation.yaml`.
pub fn organisation_schema() -> Value {
    document(&ORGANISATION, "organisation.json", "What the journeys of one organisation share.")
}

fn document(table: &'static Table, id: &str, description: &str) -> Value {
    let mut defs = BTreeMap::new();
    let root = mapping(table, &mut defs);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": table.name,
        "description": description,
    });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        schema.insert("$defs".to_owned(), Value::Object(defs.into_iter().collect()));
    }
    schema
}

type Defs = BTreeMap<String, Value>;

fn mapping(table: &'static Table, defs: &mut Defs) -> Value {
    let properties: Map<String, Value> = table
        .keys
        .iter()
        .map(|key| {
            let mut value = shape(&key.shape, defs);
            value["description"] = json!(key.doc);
            (key.name.to_owned(), value)
        })
        .collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn shape(of: &Shape, defs: &mut Defs) -> Value {
    match of {
        Shape::Scalar(of) => scalar(*of),
        Shape::Map(table) => {
            if !defs.contains_key(table.name) {
                defs.insert(table.name.to_owned(), Value::Null);
                let value = mapping(table, defs);
                defs.insert(table.name.to_owned(), value);
            }
            json!({ "$ref": format!("#/$defs/{}", table.name) })
        }
        Shape::List(item, max) => json!({ "type": "array", "items": shape(item, defs), "maxItems": max }),
        Shape::OneOrList(item, max) => {
            let item = shape(item, defs);
            json!({ "anyOf": [item, { "type": "array", "items": item, "maxItems": max }] })
        }
        Shape::Named(name, value, max) => json!({
            "type": "object",
            "propertyNames": scalar(*name),
            "additionalProperties": shape(value, defs),
            "maxProperties": max,
        }),
        Shape::Choose(shapes) => {
            let any: Vec<Value> = shapes.iter().map(|of| shape(of, defs)).collect();
            json!({ "anyOf": any })
        }
    }
}

fn scalar(of: Scalar) -> Value {
    let pattern = |pattern: &str| json!({ "type": "string", "pattern": format!("^({pattern})$") });
    match of {
        Scalar::Title => json!({ "type": "string", "minLength": 1, "maxLength": TITLE_CHARS_MAX }),
        Scalar::Text => json!({ "type": "string", "minLength": 1, "maxLength": TEXT_CHARS_MAX }),
        Scalar::Condition => json!({
            "type": "string",
            "minLength": 1,
            "maxLength": words::limits::EXPRESSION_CHARS_MAX,
        }),
        Scalar::Id => json!({ "type": "string", "pattern": format!("^{ID}$"), "maxLength": ID_CHARS_MAX }),
        Scalar::Word => json!({ "type": "string", "pattern": format!("^{WORD}$"), "maxLength": ID_CHARS_MAX }),
        Scalar::Event | Scalar::Fact => pattern(&format!("{WORD}\\.{WORD}")),
        Scalar::Anchor => pattern(&format!("{ID}|{WORD}\\.{WORD}")),
        Scalar::Span => pattern(SPAN),
        Scalar::Due => pattern(&format!("now|{SPAN}|[0-9]+wd")),
        Scalar::Kept => pattern("never|[1-9][0-9]*[dw]"),
        Scalar::Again => pattern(&format!("never|after_end|{SPAN}")),
        Scalar::Late => pattern(&format!("skip|send|within {SPAN}")),
        Scalar::Clock => pattern(CLOCK),
        Scalar::Hours => pattern(&format!("none|{CLOCK}-{CLOCK}")),
        Scalar::Share => pattern("([0-9]|[1-8][0-9]|90)%"),
        Scalar::Zone => json!({ "type": "string", "examples": ["Europe/Amsterdam"] }),
        Scalar::Experience => json!({ "type": "number", "minimum": -2, "maximum": 2 }),
        Scalar::Count => json!({ "type": "integer", "minimum": 1, "maximum": COUNT_MAX as u32 }),
        Scalar::Number => json!({ "type": "integer", "minimum": 0, "maximum": COUNT_MAX as u32 }),
        Scalar::Days => json!({ "type": "string", "pattern": "^[0-9]+[dw]$" }),
        Scalar::Amount => json!({ "type": "number", "minimum": 0, "maximum": 100_000 }),
        Scalar::Bool => json!({ "type": "boolean" }),
        Scalar::Example => json!({ "anyOf": [
            { "type": "string", "minLength": 1, "maxLength": TITLE_CHARS_MAX },
            { "type": "number" },
            { "type": "boolean" },
        ] }),
        Scalar::Choice(choices) => json!({ "enum": choices() }),
    }
}

/// The closed lists that are no form of a value: what one may name.
fn lists() -> Value {
    let rails: Map<String, Value> = Channel::KNOWN
        .iter()
        .map(|(name, rail)| {
            let rail = RAILS.iter().find(|(_, known)| known == rail).map_or("", |(rail, _)| *rail);
            ((*name).to_owned(), json!(rail))
        })
        .collect();
    let customer: Map<String, Value> = CUSTOMER
        .iter()
        .map(|(name, kind)| {
            let kind = match kind {
                CustomerType::Text => "text",
                CustomerType::Texts => "list of text",
            };
            ((*name).to_owned(), json!(kind))
        })
        .collect();
    let contact: Map<String, Value> =
        CONTACT_PROPERTIES.iter().map(|(name, kind)| ((*name).to_owned(), json!(kind.as_str()))).collect();
    json!({
        "channels": rails,
        "sending_channels": Channel::SENDING,
        "reserved_events": EventName::RESERVED,
        "reserved_objects": RESERVED_OBJECTS,
        "contact_properties": contact,
        "expression": { "customer": customer, "functions": FUNCTIONS },
        "message": { "variables": MESSAGE_VARIABLES, "links": MESSAGE_LINKS, "filters": MESSAGE_FILTERS },
    })
}
