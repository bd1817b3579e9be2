//! Whatever the journeys say, staff read it in plain words: no code, no names of systems.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use journey::{Definition, EventMatch, Expression, FactPath, Folder, Organisation, Saying, When, parse};
use proptest::prelude::*;
use words::{CustomerWord, Language};

/// Every journey of the repository, with its name.
fn journeys() -> Vec<(String, Definition)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys");
    let (organisation, _) = Organisation::parse(&fs::read_to_string(root.join("organisation.yaml")).unwrap());
    let folders = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<(String, Definition)> = folders
        .filter(|folder| folder.is_dir())
        .map(|folder| {
            let text = fs::read_to_string(folder.join("journey.yaml")).unwrap();
            let parsed = parse(&Folder::of_definition(&text), &organisation);
            (folder.file_name().unwrap().to_string_lossy().into_owned(), parsed.definition.unwrap())
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(all.len() >= 6);
    all
}

/// Every condition with the events that it may speak of.
fn conditions(definition: &Definition) -> Vec<(&Expression, &[EventMatch])> {
    let mut all: Vec<(&Expression, &[EventMatch])> = Vec::new();
    for touchpoint in &definition.touchpoints {
        let events = match &touchpoint.when {
            Some(When::Events(events)) => events.as_slice(),
            _ => &[],
        };
        all.extend(touchpoint.only_if.iter().map(|only| (only, events)));
        let matches = touchpoint.seen.iter().chain(events);
        all.extend(matches.filter_map(|event| Some((event.only.as_ref()?, std::slice::from_ref(event)))));
    }
    let had: Vec<&Expression> = all.iter().map(|(condition, _)| *condition).collect();
    all.extend(
        definition.conditions().filter(|condition| !had.contains(condition)).map(|condition| (condition, &[][..])),
    );
    all
}

fn is_plain(said: &str) -> bool {
    let signs = ["‹", "==", "!=", "&&", "||", "<", ">", "_", "happened(", "!", "has("];
    !signs.iter().any(|sign| said.contains(sign))
}

#[test]
fn every_condition_of_every_journey_is_a_sentence() {
    let mut out = String::new();
    for (name, definition) in journeys() {
        for (condition, events) in conditions(&definition) {
            writeln!(out, "{name}: {}", condition.source()).unwrap();
            for language in Language::ALL {
                let said = Saying::of(&definition, language).condition(condition, events);
                assert!(is_plain(&said), "{name}: {} is {said}", condition.source());
                writeln!(out, "  {said}").unwrap();
            }
        }
        for touchpoint in &definition.touchpoints {
            for language in Language::ALL {
                let said = Saying::of(&definition, language).only_if(touchpoint);
                said.iter().for_each(|said| writeln!(out, "{name}, {}: {said}", touchpoint.id).unwrap());
            }
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn every_event_fact_and_reason_of_every_journey_has_words() {
    let mut out = String::new();
    for (name, definition) in journeys() {
        let saying = Saying::of(&definition, definition.language);
        writeln!(out, "{name}").unwrap();
        for event in definition.events() {
            writeln!(out, "  {event}: {}", saying.event(event)).unwrap();
        }
        for (object, properties) in &definition.facts {
            writeln!(out, "  {object}: {}", saying.object(object)).unwrap();
            for property in properties.keys() {
                let fact = FactPath { object: object.clone(), property: property.clone() };
                writeln!(out, "  {fact}: {}", saying.fact(&fact)).unwrap();
            }
        }
        for value in definition.values() {
            writeln!(out, "  {value}: {}", saying.value(&value)).unwrap();
        }
    }
    for line in out.lines() {
        let said = line.split_once(": ").map_or("", |(_, said)| said);
        assert!(is_plain(said), "{line}");
    }
    insta::assert_snapshot!(out);
}

const SMALL: &str = "
journey: x
title: X
language: nl
facts:
  appointment: { start: time, day: date, status: text, firm: bool, late: bool, count: number, strange: text }
  thing: { odd: number }
names: { appointment.late: de vakman is te laat, thing: het ding }
phases: [{ id: a, title: A, band: during }]
touchpoints:
  - { id: eerder, phase: a, title: Ik ben er, category: message }
";

fn small() -> Definition {
    parse(&Folder::of_definition(SMALL), &Organisation::named("x")).definition.unwrap()
}

#[test]
fn all_that_a_condition_can_say_has_its_words() {
    let definition = small();
    let word = CustomerWord::new("huurder", "huurders");
    let mut out = String::new();
    for source in [
        "appointment.status == 'booked'",
        "appointment.status != 'booked'",
        "'booked' == appointment.status",
        "!(appointment.status == 'booked')",
        "appointment.status in ['booked', 'moved']",
        "!(appointment.status in ['booked', 'moved'])",
        "appointment.status.startsWith('a') && !appointment.status.endsWith('b') && !appointment.status.contains('c')",
        "has(appointment.start) && !has(appointment.late)",
        "appointment.firm",
        "!appointment.firm",
        "appointment.firm == false",
        "appointment.late",
        "!appointment.late",
        "appointment.count >= 3.0",
        "3.0 <= appointment.count",
        "!(appointment.count > 2.5)",
        "appointment.count < thing.odd",
        "appointment.count + 2.0 * thing.odd >= appointment.count",
        "appointment.day == '2027-04-02'",
        "appointment.day < '2027-04-02'",
        "appointment.start >= appointment.start",
        "size(customer.consents) > 0 && size(appointment.status) < 10",
        "'leestips' in customer.consents && !('sms' in customer.channels) && 'nieuw' in customer.personas",
        "customer.mobile != '' && customer.email == ''",
        "happened('eerder') || !happened('eerder')",
        "appointment.firm && (appointment.late || appointment.count > 1.0)",
        "appointment.firm && appointment.late || appointment.count > 1.0",
        "!(appointment.firm && appointment.late)",
        "appointment.strange == appointment.status",
        "unknown.thing == 'x' && appointment.status == 'booked'",
        "appointment.nothing && thing.odd > 1.0",
        "appointment.status == 'booked' && (appointment.firm ? true : false)",
        "true",
    ] {
        let condition = Expression::compile(source).unwrap();
        writeln!(out, "{source}").unwrap();
        for language in Language::ALL {
            let saying = Saying::of(&definition, language).about(&word);
            writeln!(out, "  {}", saying.condition(&condition, &[])).unwrap();
        }
        let becomes = When::Becomes(condition);
        writeln!(out, "  {}", Saying::of(&definition, Language::Nl).when(&becomes)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn a_name_that_names_nothing_is_a_warning_with_a_remedy() {
    let text = SMALL.replace("names: {", "names: { appointment.lat: x, iets_vreemds: y,");
    let parsed = parse(&Folder::of_definition(&text), &Organisation::named("x"));
    let said: Vec<String> = parsed
        .findings
        .iter()
        .filter(|found| found.code() == "unknown_name")
        .map(|found| found.line(Language::Nl))
        .collect();
    assert_eq!(
        said,
        ["journey.yaml:8:27: let op: names.appointment.lat: Er is geen gebeurtenis of gegeven 'appointment.lat'. \
          Bedoelt u 'appointment.late'? Of haal de naam weg bij names."]
    );
}

#[test]
fn an_edit_of_a_name_leaves_the_others_alone() {
    let text = "journey: x\nnames:\n  # wat staat er\n  a.b: iets\n  c: d\nphases: []\n";
    let text = journey::patch(text, &journey::Edit::set("names.a.b", "iets anders")).unwrap();
    let text = journey::patch(&text, &journey::Edit::set("names.e.f", "nieuw")).unwrap();
    let text = journey::patch(&text, &journey::Edit::remove("names.c")).unwrap();
    assert_eq!(text, "journey: x\nnames:\n  # wat staat er\n  a.b: iets anders\n  e.f: nieuw\nphases: []\n");
}

#[test]
fn a_value_in_a_field_is_read_back_from_its_words() {
    for (name, definition) in journeys() {
        for language in Language::ALL {
            let saying = Saying::of(&definition, language);
            for value in definition.values() {
                assert_eq!(saying.value_typed(&saying.typed(&value)), value, "{name}");
            }
            assert_eq!(
                saying.value_typed("iets anders"),
                "iets anders",
                "what the journey does not know stays as typed"
            );
        }
    }
    let twice = SMALL.replace("names: {", "names: { een: hetzelfde, twee: hetzelfde,");
    let definition = parse(&Folder::of_definition(&twice), &Organisation::named("x")).definition.unwrap();
    let saying = Saying::of(&definition, Language::Nl);
    assert_eq!((saying.value("een").as_str(), saying.typed("een").as_str()), ("hetzelfde", "een"), "no way back");
}

#[test]
fn what_publishing_needs_is_said_with_the_organisations_word_for_its_customer() {
    let text = SMALL.replace("category: message }", "category: message, by: automatic }");
    let folder = Folder::of_definition(&text);
    let definition = parse(&folder, &Organisation::named("x")).definition.unwrap();
    let word = CustomerWord::new("lid", "leden");
    let findings = journey::gate(&definition, &folder);
    let needs: Vec<String> = findings
        .iter()
        .filter(|found| matches!(found.code(), "needs_need" | "needs_human"))
        .flat_map(|found| Language::ALL.map(|language| found.message_about(language, &word)))
        .collect();
    assert_eq!(
        needs,
        [
            "Bij wie kan het lid een mens spreken? Vul een team in, liefst met telefoonnummer.",
            "With whom can the member speak in person? Fill in a team, preferably with a telephone number.",
            "‘Ik ben er’: wat wil het lid hier weten of kunnen? Vul de informatiebehoefte in.",
            "‘Ik ben er’: what does the member want to know or do here? Fill in the need.",
        ]
    );
}

proptest! {
    #[test]
    fn nothing_that_can_be_read_breaks_the_words(source in "[a-c.()&|!<>=' 0-9\\[\\],]{0,40}") {
        if let Ok(condition) = Expression::read(&source) {
            let definition = small();
            for language in Language::ALL {
                prop_assert!(!Saying::of(&definition, language).condition(&condition, &[]).is_empty());
            }
        }
    }
}
