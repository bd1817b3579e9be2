//! What each journey needs from outside, as the sheet for a supplier tells it.

mod reference;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::Zoned;
use journey::{
    Definition, FactType, FieldKind, Folder, Level, Mentions, NeededEvent, NeededField, Needs, Organisation, needs,
    parse, purposes,
};
use serde_json::Value;
use words::{EventName, Language};

const ALL: [&str; 6] = [
    "bibliotheek-reserveren",
    "hulp-bij-inloggen",
    "winkel-webshop",
    "woning-reparatie",
    "kredietaanvraag",
    "ontvangst-aanvraag",
];

fn now() -> Zoned {
    "2026-11-24T10:42:00+01:00[Europe/Amsterdam]".parse().unwrap()
}

fn definition(journey: &str) -> Definition {
    let text = std::fs::read_to_string(reference::journeys().join(journey).join("journey.yaml")).unwrap();
    parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap()
}

fn of(text: &str) -> (Definition, Needs) {
    let definition = parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap();
    let needs = needs(&definition, &Mentions::new(), &now());
    (definition, needs)
}

fn event<'a>(needs: &'a Needs, name: &str) -> &'a NeededEvent {
    needs.events.iter().find(|event| event.name.as_str() == name).unwrap_or_else(|| panic!("{name} is needed"))
}

fn field<'a>(event: &'a NeededEvent, name: &str) -> &'a NeededField {
    event.fields.iter().find(|field| field.name == name).unwrap_or_else(|| panic!("{} has {name}", event.name))
}

fn told(definition: &Definition, event: &NeededEvent, language: Language) -> String {
    let words = |all: &[journey::Purpose]| purposes(all, definition, language).join("; ");
    let mut out = format!("{}{}: {}\n", event.name, if event.optional { "?" } else { "" }, words(&event.purposes));
    for field in &event.fields {
        let level = match field.level {
            Level::Always => "!",
            Level::Known => "+",
            Level::Useful => " ",
        };
        let or: String = field.or.iter().map(|or| format!(" or {or}")).collect();
        let kind = field.kind.as_str();
        writeln!(out, "  {level} {}{or} ({kind}) {}: {}", field.name, field.example, words(&field.purposes)).unwrap();
    }
    out
}

#[test]
fn every_journey_says_what_it_needs() {
    for (index, journey) in ALL.into_iter().enumerate() {
        let definition = definition(journey);
        let needs = needs(&definition, &Mentions::new(), &now());
        let language = if index % 2 == 0 { Language::En } else { Language::Nl };
        let mut out = String::new();
        for event in needs.events.iter().chain([&needs.customer]) {
            out += &told(&definition, event, language);
        }
        insta::assert_snapshot!(format!("needs_{journey}"), out);
    }
}

#[test]
fn every_name_is_once_there_and_every_example_is_of_its_kind() {
    for journey in ALL {
        let needs = needs(&definition(journey), &Mentions::new(), &now());
        let names: BTreeSet<&EventName> = needs.events.iter().map(|event| &event.name).collect();
        assert_eq!(names.len(), needs.events.len(), "{journey}");
        for event in &needs.events {
            assert!(!EventName::RESERVED.contains(&event.name.as_str()), "{} is our own", event.name);
            assert!(!event.purposes.is_empty());
            let fields: BTreeSet<&str> = event.fields.iter().map(|field| field.name.as_str()).collect();
            assert_eq!(fields.len(), event.fields.len(), "{}", event.name);
            assert!(event.fields.is_sorted_by_key(|field| field.level), "{}", event.name);
            for field in &event.fields {
                assert!(fits(field), "{}.{} is {}", event.name, field.name, field.example);
                assert!(!field.purposes.is_empty());
            }
        }
    }
}

fn fits(field: &NeededField) -> bool {
    let text = field.example.as_str();
    match field.kind {
        FieldKind::Id | FieldKind::Fact(FactType::Text) => text.is_some_and(|text| !text.is_empty()),
        FieldKind::Fact(FactType::Number) => field.example.is_number(),
        FieldKind::Fact(FactType::Bool) => field.example.is_boolean(),
        FieldKind::Fact(FactType::Date) => text.is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
        FieldKind::Fact(FactType::Time) => text.is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok()),
        FieldKind::Consents => field.example.is_object(),
    }
}

/// The hand-worked traces are what real systems send: the sheet must ask nothing that they do not give, and forget nothing
/// that they do.
#[test]
fn the_traces_are_what_the_sheet_asks_for() {
    for (index, journey) in reference::REFERENCE.into_iter().enumerate() {
        let text = reference::definition(index);
        let definition = parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap();
        let needs = needs(&definition, &Mentions::new(), &now());
        let trace = std::fs::read_to_string(reference::journeys().join(journey).join("trace.jsonl")).unwrap();
        let mut of_object: BTreeMap<String, Vec<serde_json::Map<String, Value>>> = BTreeMap::new();
        for line in trace.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let name = EventName::parse(line["name"].as_str().unwrap()).unwrap();
            let properties = line["properties"].as_object().cloned().unwrap_or_default();
            of_object.entry(name.object().to_owned()).or_default().push(properties.clone());
            if EventName::RESERVED.contains(&name.as_str()) {
                continue;
            }
            let Some(event) = needs.events.iter().find(|event| event.name == name) else {
                let changes = needs.events.iter().any(|event| event.optional && event.name.object() == name.object());
                assert!(changes, "{journey}: the sheet does not speak of {name}");
                continue;
            };
            for field in event.fields.iter().filter(|field| field.level == Level::Always) {
                let given = std::iter::once(&field.name).chain(&field.or).any(|name| properties.contains_key(name));
                assert!(given, "{journey}: {name} goes without {}: {properties:?}", field.name);
            }
        }
        for event in &needs.events {
            let Some(sent) = of_object.get(event.name.object()) else { continue };
            for field in event.fields.iter().filter(|field| field.level == Level::Known) {
                let mut names = std::iter::once(&field.name).chain(&field.or);
                let told = names.any(|name| sent.iter().any(|properties| properties.contains_key(name)));
                assert!(told, "{journey}: nothing tells {} of {}", field.name, event.name.object());
            }
        }
    }
}

const ORDER: &str = "
journey: bestelling
title: Bestelling
language: nl
run_per: order.number
parts: [parcel]
starts: order.placed
ends: [{ event: order.cancelled, as: left }]
facts:
  order: { status: text, total: number, expected: date }
  parcel: { start: time, end: time }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: t, phase: a, title: T, channel: email, category: message, by: automatic, class: marketing, send: t,
      when: { event: order.placed, where: 'event.total > 100' }, only_if: \"order.status == 'paid' && 'tips' in customer.consents\" }
  - { id: u, phase: a, title: U, channel: [sms, email], category: message, by: automatic, class: service, send: u,
      when: { before: order.expected, by: 1d, at: '10:00' },
      promise: { window: parcel, kept_by: parcel.delivered } }
";

#[test]
fn each_rule_of_the_language_asks_for_its_field() {
    let (definition, needs) = of(ORDER);
    let placed = event(&needs, "order.placed");
    assert_eq!(field(placed, "number").level, Level::Always, "the key goes by its property");
    assert_eq!(field(placed, "total").example, 101, "a value with which the condition holds");
    assert_eq!(field(placed, "status").example, "paid");
    assert_eq!(field(placed, "expected").level, Level::Known, "any event about the order may tell it");
    let cancelled = event(&needs, "order.cancelled");
    assert_eq!(cancelled.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["number", "reason"]);
    let delivered = event(&needs, "parcel.delivered");
    assert_eq!(field(delivered, "id").level, Level::Always);
    assert_eq!(field(delivered, "order_number").level, Level::Known);
    assert_eq!(purposes(&field(delivered, "start").purposes, &definition, Language::En), ["is what ‘U’ promises"]);
    let changed = event(&needs, "order.changed");
    assert!(changed.optional);
    assert!(changed.fields.iter().all(|field| field.name != "total"), "no rule waits for it");
    let customer = &needs.customer;
    assert_eq!(field(customer, "email").level, Level::Known, "T goes by e-mail alone");
    assert!(field(customer, "email").or.is_empty());
    assert_eq!(field(customer, "mobile").level, Level::Useful, "U can go by e-mail as well");
    let (_, needs) = of(&ORDER.replace("channel: email", "channel: [email, post]"));
    assert_eq!(field(&needs.customer, "email").or, ["street", "mobile"], "any of them will do");
    assert_eq!(field(&needs.customer, "mobile").level, Level::Known);
    assert_eq!(field(customer, "consents").example, serde_json::json!({ "marketing": true, "tips": true }));
}

#[test]
fn what_a_message_says_must_become_known() {
    let definition = parse(&Folder::of_definition(ORDER), &Organisation::named("x")).definition.unwrap();
    let said = ["order.total", "parcel", "customer.first_name", "salutation"].map(str::to_owned).into();
    let needs = needs(&definition, &Mentions::from([("u".to_owned(), said)]), &now());
    let total = field(event(&needs, "order.changed"), "total");
    assert_eq!(purposes(&total.purposes, &definition, Language::Nl), ["staat in het bericht van ‘U’"]);
    assert_eq!(field(&needs.customer, "first_name").level, Level::Known);
    assert_eq!(field(&needs.customer, "last_name").level, Level::Useful);
}

#[test]
fn an_object_that_no_event_names_is_told_by_its_changes() {
    let text = "journey: x\ntitle: X\nlanguage: nl\nstarts: order.placed\nfacts: { stock: { low: bool } }\n\
                phases: [{ id: a, title: A, band: before }]\ntouchpoints:\n  - { id: t, phase: a, title: T, channel: email, \
                category: message, when: { becomes: stock.low }, send: t }\n";
    let (_, needs) = of(text);
    let changed = event(&needs, "stock.changed");
    assert!(!changed.optional, "without it the journey never hears of the stock");
    assert_eq!(field(changed, "low").example, true);
}

#[test]
fn purposes_of_one_kind_are_said_once() {
    let (definition, _) = of(ORDER);
    let of = |id: &str| journey::Purpose::Decides(id.into());
    let all = [of("t"), journey::Purpose::Goal, of("u"), of("x"), of("y"), of("z")];
    assert_eq!(
        purposes(&all, &definition, Language::Nl),
        ["beslist over ‘T’, ‘U’, ‘x’ en nog 2", "telt als doel bereikt"]
    );
}
