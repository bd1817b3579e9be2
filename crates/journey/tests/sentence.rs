//! Triggers and changes in words, in both languages.

mod reference;

use std::fmt::Write;

use journey::{Definition, Edit, Folder, Organisation, Saying, Written, compare, compare_messages, parse, patch};
use words::Language;

fn definition(text: &str) -> Definition {
    parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap()
}

#[test]
fn every_trigger_of_the_reference_journeys_is_a_sentence() {
    let mut out = String::new();
    for index in 0..reference::REFERENCE.len() {
        let definition = definition(&reference::definition(index));
        for touchpoint in &definition.touchpoints {
            if let Some(when) = &touchpoint.when {
                for language in Language::ALL {
                    writeln!(out, "{}: {}", touchpoint.id, Saying::of(&definition, language).when(when)).unwrap();
                }
            }
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn two_versions_are_compared_touchpoint_by_touchpoint() {
    let old = reference::definition(3);
    let add = Written::map([
        ("id", Some("nabellen".into())),
        ("phase", Some("nazorg".into())),
        ("title", Some("Ik word gebeld".into())),
        ("category", Some("interaction".into())),
    ]);
    let moment = Written::map([
        ("before", Some("appointment.start".into())),
        ("by", Some("2d".into())),
        ("at", Some("09:00".into())),
    ]);
    let edits = [
        Edit::set("title", "Reparatie"),
        Edit::set("touchpoints.herinnering.when", moment),
        Edit::set("touchpoints.herinnering.expected", 2.0),
        Edit::set("touchpoints.statusvraag.phase", "nazorg"),
        Edit::set("touchpoints.uitloop.was", "uitloop-oud"),
        Edit::remove("touchpoints.teruggebeld.when"),
        Edit::Delete { list: "touchpoints".into(), id: "wijzigen".into() },
        Edit::Add { list: "touchpoints".into(), after: Some("enquete".into()), value: add },
        Edit::Move { list: "touchpoints".into(), id: "melding".into(), after: Some("afspraak".into()) },
    ];
    let new = edits.iter().fold(old.clone(), |text, edit| patch(&text, edit).unwrap());
    let renamed = new.replace("id: tussenvraag", "id: tussendoor\n    was: tussenvraag");
    let mut out = String::new();
    for change in compare(&definition(&old), &definition(&renamed)) {
        for language in Language::ALL {
            writeln!(out, "{:?}: {}", change.what, change.sentence(language)).unwrap();
        }
    }
    insta::assert_snapshot!(out);
    assert_eq!(compare(&definition(&old), &definition(&old)), []);
}

#[test]
fn changed_texts_are_named() {
    let mut old = Folder::default();
    old.put("messages/a.nl.md", "Dag");
    old.put("messages/b.nl.md", "Dag");
    old.put("trace.jsonl", "{}");
    let mut new = old.clone();
    new.put("messages/a.nl.md", "Goedendag");
    new.remove("messages/b.nl.md");
    new.put("messages/c.nl.md", "Dag");
    new.remove("trace.jsonl");
    let changes = compare_messages(&old, &new);
    let sentences: Vec<&str> = changes.iter().map(|change| change.sentence(Language::Nl)).collect();
    assert_eq!(
        sentences,
        [
            "De tekst messages/a.nl.md is veranderd.",
            "De tekst messages/b.nl.md is vervallen.",
            "De tekst messages/c.nl.md is nieuw.",
        ]
    );
}
