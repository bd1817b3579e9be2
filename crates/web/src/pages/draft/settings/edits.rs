//! From the fields of the journey's form to edits of its text.

use std::collections::BTreeMap;

use journey::{Definition, Edit, FactPath, Names, Written};

use super::super::{events, fields::Fields};

/// The edits that turn what stands there into what was typed.
pub(super) fn of(stands: &Fields, typed: &Fields, definition: &Definition) -> Vec<Edit> {
    let mut edits = Vec::new();
    for group in stands.differing(typed) {
        if group == "facts" {
            edits.extend(of_facts(definition, typed));
            continue;
        }
        if group == "names" {
            edits.extend(of_names(&definition.names, typed));
            continue;
        }
        if group == "ends" && stands.rows("ends").len() == typed.rows("ends").len() && typed.rows("ends").len() > 1 {
            edits.extend(of_ends(stands, typed));
            continue;
        }
        match written(&group, typed) {
            Some(value) => edits.push(Edit::Set { field: group, value }),
            None if stands.group(&group).is_empty() => {}
            None => edits.push(Edit::Remove { field: group }),
        }
    }
    edits
}

fn written(group: &str, typed: &Fields) -> Option<Written> {
    match group {
        "title" | "language" | "owner" | "address" | "run_per" | "again" => typed.text(group),
        "personas" => listed(typed.get("personas.ids")),
        "parts" => listed(typed.get("parts.objects")),
        "pin" => typed.has("pin").then_some(Written::Bool(true)),
        "starts" => events::written(typed, "starts"),
        "goal" => goal(typed),
        "human" => {
            let at = |key: &str| typed.text(&format!("human.{key}"));
            let (team, phone) = (at("team"), at("phone"));
            (team.is_some() || phone.is_some()).then(|| Written::map([("team", team), ("phone", phone)]))
        }
        "ends" => {
            let all: Vec<Written> = typed.rows("ends").into_iter().map(|row| end(typed, row)).collect();
            (!all.is_empty()).then_some(Written::List(all))
        }
        _ => None,
    }
}

fn listed(joined: &str) -> Option<Written> {
    let items: Vec<&str> = joined.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    (!items.is_empty()).then(|| items.into())
}

fn goal(typed: &Fields) -> Option<Written> {
    let names: Vec<&str> =
        typed.rows("goal.on").into_iter().map(|row| typed.get(&format!("goal.on.{row}.event"))).collect();
    let event: Written = match names.as_slice() {
        [] => return None,
        [one] => (*one).into(),
        _ => names.into(),
    };
    Some(Written::map([
        ("event", Some(event)),
        ("where", typed.text("goal.where")),
        ("within", typed.span("goal.within")),
    ]))
}

fn end(typed: &Fields, row: usize) -> Written {
    let lead = format!("ends.{row}");
    let at = |key: &str| typed.text(&format!("{lead}.{key}"));
    let names: Vec<&str> =
        typed.get(&format!("{lead}.event")).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let event: Option<Written> = match names.as_slice() {
        [] => None,
        [one] => Some((*one).into()),
        _ => Some(names.into()),
    };
    Written::map([
        ("event", event),
        ("after", at("after")),
        ("by", typed.span(&format!("{lead}.by"))),
        ("where", at("where")),
        ("as", at("as").or_else(|| Some("done".into()))),
        ("listen", typed.span(&format!("{lead}.listen"))),
    ])
}

/// End by end, so that the comments beside the others stay.
fn of_ends(stands: &Fields, typed: &Fields) -> Vec<Edit> {
    let rows = typed.rows("ends").into_iter();
    rows.filter(|row| end(stands, *row) != end(typed, *row))
        .map(|row| Edit::Set { field: format!("ends[{row}]"), value: end(typed, row) })
        .collect()
}

/// A fact as the form has it.
type Said<'a> = (&'a str, &'a str);

/// Fact by fact: objects that are gone, properties that are gone, what is new or has another type or example.
fn of_facts(definition: &Definition, typed: &Fields) -> Vec<Edit> {
    let facts = &definition.facts;
    let mut wanted: BTreeMap<&str, BTreeMap<&str, Said<'_>>> = BTreeMap::new();
    for row in typed.rows("facts") {
        let at = |key: &str| typed.get(&format!("facts.{row}.{key}"));
        wanted.entry(at("object")).or_default().insert(at("property"), (at("type"), at("example")));
    }
    if wanted.is_empty() {
        return vec![Edit::remove("facts")];
    }
    let whole = |properties: &BTreeMap<&str, Said<'_>>| {
        Written::map(properties.iter().map(|(name, said)| (*name, Some(fact(*said)))))
    };
    if facts.is_empty() {
        let objects = wanted.iter().map(|(object, properties)| (*object, Some(whole(properties))));
        return vec![Edit::set("facts", Written::map(objects))];
    }
    let mut edits = Vec::new();
    for (object, properties) in &wanted {
        let Some(stands) = facts.get(*object) else {
            edits.push(Edit::set(format!("facts.{object}"), whole(properties)));
            continue;
        };
        for (property, said) in properties {
            let path = FactPath { object: (*object).to_owned(), property: (*property).to_owned() };
            let example = definition.examples.get(&path).map(super::form::example_text).unwrap_or_default();
            if stands.get(*property).map(|kind| (kind.as_str(), example.as_str())) != Some(*said) {
                edits.push(Edit::set(format!("facts.{object}.{property}"), fact(*said)));
            }
        }
        for gone in stands.keys().filter(|property| !properties.contains_key(property.as_str())) {
            edits.push(Edit::remove(format!("facts.{object}.{gone}")));
        }
    }
    edits.extend(
        facts
            .keys()
            .filter(|object| !wanted.contains_key(object.as_str()))
            .map(|object| Edit::remove(format!("facts.{object}"))),
    );
    edits
}

/// A type, or a type with its example; what is no number stays the text that was typed, and the language says so.
fn fact((kind, example): Said<'_>) -> Written {
    if example.is_empty() {
        return kind.into();
    }
    let text = || Written::from(example);
    let example = match kind {
        "number" => example.replace(',', ".").parse().map_or_else(|_| text(), Written::Number),
        "bool" => match example {
            "true" | "ja" | "yes" => Written::Bool(true),
            "false" | "nee" | "no" => Written::Bool(false),
            _ => text(),
        },
        _ => text(),
    };
    Written::map([("type", Some(kind.into())), ("example", Some(example))])
}

/// Name by name, so that the comments beside the others stay.
fn of_names(names: &Names, typed: &Fields) -> Vec<Edit> {
    let at = |row: usize, key: &str| typed.get(&format!("names.{row}.{key}")).to_owned();
    let wanted: Names = typed.rows("names").into_iter().map(|row| (at(row, "name"), at(row, "said"))).collect();
    if wanted.is_empty() {
        return vec![Edit::remove("names")];
    }
    if names.is_empty() {
        let all = wanted.iter().map(|(name, said)| (name.as_str(), Some(said.as_str().into())));
        return vec![Edit::set("names", Written::map(all))];
    }
    let changed = wanted.iter().filter(|(name, said)| names.get(*name) != Some(said));
    let gone = names.keys().filter(|name| !wanted.contains_key(*name));
    changed
        .map(|(name, said)| Edit::set(format!("names.{name}"), said.as_str()))
        .chain(gone.map(|name| Edit::remove(format!("names.{name}"))))
        .collect()
}
