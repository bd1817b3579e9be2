//! What a librarian reads when a definition is wrong, in both languages. One snapshot per broken definition.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use journey::{Finding, Folder, Organisation, gate, parse};
use words::Language;
use words::limits::{DEFINITION_BYTES_MAX, MESSAGE_BYTES_MAX, TOUCHPOINTS_MAX};

fn organisation() -> Organisation {
    let text = "name: Rijnoever\nteams: [vakmensen, planning]\npersonas: [{ id: huurder, name: Marijke }]\n";
    let (organisation, findings) = Organisation::parse(text);
    assert_eq!(findings, []);
    organisation
}

fn folder(name: &str) -> Folder {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/broken/{name}.yaml"));
    let mut folder = Folder::of_definition(fs::read_to_string(path).unwrap());
    folder.put("messages/bevestiging.nl.md", "Dag");
    folder
}

/// Findings as a terminal shows them, in both languages.
fn lines(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        for language in Language::ALL {
            writeln!(out, "{}", finding.line(language)).unwrap();
        }
    }
    out
}

#[test]
fn broken_definitions_say_what_to_do() {
    let names = ["form", "names", "conditions", "sending", "yaml", "anchors", "tags", "documents", "empty", "list"];
    for name in names {
        let parsed = parse(&folder(name), &organisation());
        insta::assert_snapshot!(name, lines(&parsed.findings));
        assert!(parsed.sound().is_none(), "{name} has errors");
    }
}

#[test]
fn a_sketch_is_drawn_and_has_a_list_of_things_to_do() {
    let folder = folder("sketch");
    let parsed = parse(&folder, &organisation());
    let definition = parsed.sound().unwrap();
    insta::assert_snapshot!("gate", lines(&gate(definition, &folder)));
}

#[test]
fn what_follows_a_moment_that_never_happens_is_still_to_do() {
    let nothing = |folder: &Folder| lines(&gate(parse(folder, &organisation()).sound().unwrap(), folder));
    let folder = folder("never");
    insta::assert_snapshot!("never", nothing(&folder));
    let text = folder.get(Folder::DEFINITION).unwrap();
    let bare: String = text.lines().filter(|line| !line.contains("besteld")).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!("nothing_comes", nothing(&Folder::of_definition(bare)));
}

#[test]
fn files_that_are_no_messages_or_too_large_are_told() {
    let mut folder = folder("sketch");
    folder.put("messages/Herinnering.md", "Dag");
    folder.put("messages/lang.nl.md", "x".repeat(MESSAGE_BYTES_MAX + 1));
    insta::assert_snapshot!("files", lines(&parse(&folder, &organisation()).findings));
}

#[test]
fn limits_stop_what_is_too_much() {
    let codes = |text: String| -> Vec<&'static str> {
        let parsed = parse(&Folder::of_definition(text), &organisation());
        parsed.findings.iter().map(Finding::code).collect()
    };
    assert_eq!(codes("#".repeat(DEFINITION_BYTES_MAX + 1)), ["too_big"]);
    assert_eq!(codes(format!("a: {}{}", "[".repeat(17), "]".repeat(17))), ["too_deep"]);
    assert_eq!(codes(format!("a: [{}]", "b, ".repeat(40_000))), ["too_many"]);
    let condition = format!(
        "journey: a\nphases: []\ntouchpoints: []\nstarts: {{ event: a.b, where: \"{}\" }}",
        "true && ".repeat(200)
    );
    assert_eq!(codes(condition), ["condition_long"]);
    let touchpoint = |n: usize| format!("  - {{ id: t{n}, phase: p, title: T, category: message }}\n");
    let touchpoints: String = (0..=TOUCHPOINTS_MAX).map(touchpoint).collect();
    let many = format!("journey: a\nphases: [{{ id: p, title: P, band: before }}]\ntouchpoints:\n{touchpoints}");
    assert_eq!(codes(many), ["long_list"]);
}
