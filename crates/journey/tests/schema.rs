//! The published schema is the language as it is read. After a change: `UPDATE_SCHEMA=1 cargo test -p journey --test schema`.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn fresh(name: &str, schema: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema").join(name);
    let text = serde_json::to_string_pretty(schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == text, "docs/schema/{name} is stale: run UPDATE_SCHEMA=1 cargo test -p journey --test schema");
}

#[test]
fn published_schemas_are_fresh() {
    fresh("journey.json", &journey::language::journey_schema());
    fresh("organisation.json", &journey::language::organisation_schema());
}

#[test]
fn every_key_says_what_it_is_for() {
    let schema = journey::language::journey_schema();
    let touchpoint = &schema["$defs"]["touchpoint"]["properties"];
    assert!(touchpoint.as_object().unwrap().len() > 30);
    for (key, value) in touchpoint.as_object().unwrap() {
        assert!(value["description"].as_str().is_some_and(|doc| doc.ends_with('.')), "{key}");
    }
}
