//! The contract of editing a journey that customers are on: kind of touchpoint × kind of edit × following or pinned.
//! `docs/PUBLISHING.md` holds the same table; a test compares them.

use std::collections::BTreeSet;

use engine::{Foreseen, PendingKind, foresee, plan};
use serde_json::json;
use words::TouchpointId;

use crate::support::{Shell, at, event, organisation, written};

const HEAD: &str = r#"
journey: reis
title: Reis
language: nl
owner: klantcontactcentrum
run_per: repair.id
parts: [appointment]
starts: repair.reported
ends: { event: repair.closed, as: done }
goal: { event: repair.closed }
human: { team: klantcontactcentrum }
facts:
  appointment: { start: time, status: text }
  repair: { doubts: number }
phases: [{ id: a, title: A, band: before }]
"#;
const MELDING: &str = "  - { id: melding, phase: a, title: Melding, channel: web, category: interaction, need: Weten, expected: 0, seen: repair.reported }\n";
const MESSAGE: &str = "phase: a, title: Het bericht, channel: email, category: message, by: automatic, class: service, need: Weten, expected: 0, send: bericht";
const QUESTION: &str = "phase: a, title: Het oordeel, channel: email, category: interaction, by: automatic, class: service, need: Weten, expected: 0, send: bericht, ask: [{ question: vraag, scale: mark, about: [melding] }]";
const SEEN: &str = "phase: a, title: De twijfel, channel: web, category: interaction, need: Weten, expected: 0";
const TASK: &str = "phase: a, title: De taak, channel: phone, category: interaction, by: human, need: Weten, expected: 0, task: { team: klantcontactcentrum, title: Bel, due: now }";

/// Kinds of touchpoints, the one that is edited: its trigger, and that trigger made earlier and later.
struct Kind {
    name: &'static str,
    body: &'static str,
    trigger: &'static str,
    earlier: Option<&'static str>,
    later: Option<&'static str>,
}

const KINDS: [Kind; 10] = [
    Kind {
        name: "message before a fact",
        body: MESSAGE,
        trigger: "when: { before: appointment.start, by: 1d, late: send }",
        earlier: Some("when: { before: appointment.start, by: 9d, late: send }"),
        later: Some("when: { before: appointment.start, by: 2h, late: send }"),
    },
    Kind {
        name: "message after a touchpoint",
        body: MESSAGE,
        trigger: "when: { after: melding, by: 5d }",
        earlier: Some("when: { after: melding, by: 1d }"),
        later: Some("when: { after: melding, by: 8d }"),
    },
    Kind {
        name: "task after a touchpoint",
        body: TASK,
        trigger: "when: { after: melding, by: 5d }",
        earlier: Some("when: { after: melding, by: 1d }"),
        later: Some("when: { after: melding, by: 8d }"),
    },
    Kind {
        name: "question after a touchpoint",
        body: QUESTION,
        trigger: "when: { after: melding, by: 5d }",
        earlier: Some("when: { after: melding, by: 1d }"),
        later: Some("when: { after: melding, by: 8d }"),
    },
    Kind {
        name: "message that was sent",
        body: MESSAGE,
        trigger: "when: { after: melding, by: 1d }",
        earlier: Some("when: { after: melding, by: 2h }"),
        later: Some("when: { after: melding, by: 8d }"),
    },
    Kind {
        name: "task that is open",
        body: TASK,
        trigger: "when: { after: melding, by: 1d }",
        earlier: Some("when: { after: melding, by: 2h }"),
        later: Some("when: { after: melding, by: 8d }"),
    },
    Kind {
        name: "contact that is recognised",
        body: SEEN,
        trigger: "seen: repair.doubted",
        earlier: None,
        later: None,
    },
    Kind { name: "message at an event", body: MESSAGE, trigger: "when: repair.doubted", earlier: None, later: None },
    Kind {
        name: "message when a condition turns true",
        body: MESSAGE,
        trigger: "when: { becomes: \"repair.doubts > 7\" }",
        // Holds already: a publication turns nothing true.
        earlier: Some("when: { becomes: \"repair.doubts > 1\" }"),
        later: None,
    },
    Kind {
        name: "message every week",
        body: MESSAGE,
        trigger: "when: { every: friday, at: \"10:00\" }",
        earlier: None,
        later: None,
    },
];

const EDITS: [&str; 7] = ["words", "earlier", "later", "condition", "renamed", "replaced", "removed"];

fn text(kind: &Kind, edit: &str, pin: bool) -> Option<String> {
    let touchpoint =
        |id: &str, trigger: &str, more: &str| format!("  - {{ id: {id}, {}, {trigger}{more} }}\n", kind.body);
    let edited = match edit {
        "none" => touchpoint("punt", kind.trigger, ""),
        "words" => {
            touchpoint("punt", kind.trigger, "").replace("title: Het", "title: Uw").replace("title: De", "title: Uw")
        }
        "earlier" => touchpoint("punt", kind.earlier?, ""),
        "later" => touchpoint("punt", kind.later?, ""),
        "condition" if kind.body == SEEN => {
            touchpoint("punt", "seen: { event: repair.doubted, where: \"repair.doubts > 7\" }", "")
        }
        "condition" => touchpoint("punt", kind.trigger, ", only_if: \"appointment.status == 'nooit'\""),
        "renamed" => touchpoint("nieuw", kind.trigger, ", was: punt"),
        "replaced" => touchpoint("nieuw", kind.trigger, ""),
        _ => String::new(),
    };
    let pin = if pin { "pin: true\n" } else { "" };
    Some(format!("{HEAD}{pin}touchpoints:\n{MELDING}{edited}"))
}

/// A customer three days on the way, with an appointment in five days.
fn under_way(old: journey::Definition) -> Shell {
    let mut shell = Shell::new(vec![old], organisation());
    let heard = |id: &str, time: &str, name: &str, properties: serde_json::Value| {
        event(
            json!({ "id": id, "time": time, "customer": "sanne", "name": name, "source": "x", "properties": properties }),
        )
    };
    shell.hear(heard("i", "2027-03-01T09:00:00+01:00", "customer.identified", json!({ "email": "s@voorbeeld.nl" })));
    shell.hear(heard("r", "2027-03-01T09:01:00+01:00", "repair.reported", json!({ "id": "R-1", "doubts": 3 })));
    let booked = json!({ "id": "A-1", "repair_id": "R-1", "start": "2027-03-09T09:00:00+01:00", "status": "booked" });
    shell.hear(heard("a", "2027-03-01T09:02:00+01:00", "appointment.booked", booked));
    shell.wait_until(at("2027-03-04T12:00:00+01:00"));
    shell
}

/// The outcome in one word.
fn outcome(foreseen: &Foreseen) -> &'static str {
    let has = |of: &BTreeSet<TouchpointId>| of.iter().any(|id| ["punt", "nieuw"].contains(&id.as_str()));
    match (foreseen.pinned, has(&foreseen.waiting), has(&foreseen.now), has(&foreseen.leaving)) {
        (true, true, ..) => "stays",
        (true, ..) => "nothing",
        (_, _, true, _) => "acts now",
        (_, true, _, true) => "begins anew",
        (_, true, ..) => "waits",
        (_, _, _, true) => "falls away",
        _ => "nothing",
    }
}

fn table(pin: bool) -> Vec<String> {
    let mut rows = Vec::new();
    for kind in &KINDS {
        let old = written(&text(kind, "none", pin).unwrap());
        let shell = under_way(old.clone());
        let run = shell.run("sanne").clone();
        let customer = shell.traveller("sanne").profile.customer.clone();
        let cells = EDITS.map(|edit| {
            let Some(new) = text(kind, edit, pin) else { return "–" };
            let foreseen =
                foresee(&old, &written(&new), &run, &customer, at("2027-03-04T12:00:00+01:00"), shell.setting());
            assert!(!foreseen.ends, "no edit of a touchpoint ends a run");
            outcome(&foreseen)
        });
        rows.push(format!("| {} | {} |", kind.name, cells.join(" | ")));
    }
    rows
}

const FOLLOWING: [&str; 10] = [
    "| message before a fact | waits | acts now | waits | waits | waits | begins anew | falls away |",
    "| message after a touchpoint | waits | acts now | waits | waits | waits | begins anew | falls away |",
    "| task after a touchpoint | waits | acts now | waits | waits | waits | begins anew | falls away |",
    "| question after a touchpoint | waits | acts now | waits | waits | waits | begins anew | falls away |",
    "| message that was sent | nothing | nothing | nothing | nothing | nothing | nothing | nothing |",
    "| task that is open | nothing | nothing | nothing | nothing | nothing | falls away | falls away |",
    "| contact that is recognised | nothing | – | – | nothing | nothing | nothing | nothing |",
    "| message at an event | nothing | – | – | nothing | nothing | nothing | nothing |",
    "| message when a condition turns true | nothing | nothing | – | nothing | nothing | nothing | nothing |",
    "| message every week | waits | – | – | waits | waits | begins anew | falls away |",
];

const PINNED: [&str; 10] = [
    "| message before a fact | stays | stays | stays | stays | stays | stays | stays |",
    "| message after a touchpoint | stays | stays | stays | stays | stays | stays | stays |",
    "| task after a touchpoint | stays | stays | stays | stays | stays | stays | stays |",
    "| question after a touchpoint | stays | stays | stays | stays | stays | stays | stays |",
    "| message that was sent | nothing | nothing | nothing | nothing | nothing | nothing | nothing |",
    "| task that is open | nothing | nothing | nothing | nothing | nothing | nothing | nothing |",
    "| contact that is recognised | nothing | – | – | nothing | nothing | nothing | nothing |",
    "| message at an event | nothing | – | – | nothing | nothing | nothing | nothing |",
    "| message when a condition turns true | nothing | nothing | – | nothing | nothing | nothing | nothing |",
    "| message every week | stays | – | – | stays | stays | stays | stays |",
];

#[test]
fn a_run_that_follows_does_what_the_contract_says() {
    assert_eq!(table(false), FOLLOWING);
}

#[test]
fn a_pinned_run_stays_as_it_is() {
    assert_eq!(table(true), PINNED);
}

#[test]
fn the_contract_is_written_down() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/PUBLISHING.md");
    let text = std::fs::read_to_string(path).unwrap();
    for row in FOLLOWING.into_iter().chain(PINNED) {
        assert!(text.lines().any(|line| line == row), "docs/PUBLISHING.md lacks: {row}");
    }
}

/// What is foreseen is what the engine then does, cell by cell.
#[test]
fn what_is_foreseen_happens() {
    let now = at("2027-03-04T12:00:00+01:00");
    for (kind, edit, pin) in
        KINDS.iter().flat_map(|kind| EDITS.map(|edit| [false, true].map(|pin| (kind, edit, pin)))).flatten()
    {
        let cell = format!("{} × {edit}, pinned: {pin}", kind.name);
        let old = written(&text(kind, "none", pin).unwrap());
        let Some(new) = text(kind, edit, pin).map(|text| written(&text)) else { continue };
        let mut shell = under_way(old.clone());
        let customer = shell.traveller("sanne").profile.customer.clone();
        let foreseen = foresee(&old, &new, shell.run("sanne"), &customer, now, shell.setting());
        shell.definitions = vec![new.clone()];
        shell.older = vec![old.clone()];
        let asked = |shell: &Shell, from: usize| -> BTreeSet<TouchpointId> {
            let touchpoint = |key: &words::EffectKey| key.as_str().split(':').nth(2).map(TouchpointId::new);
            shell.keys[from..].iter().filter_map(touchpoint).collect()
        };
        let before = shell.keys.len();
        shell.apply(customer.id, engine::Cause::Published { journey: &new.id, before: Some(&old) });
        assert_eq!(asked(&shell, before), foreseen.now, "{cell}");
        let followed = if pin { &old } else { &new };
        assert_eq!(shell.run("sanne").run.version, followed.hash, "{cell}");
        let ahead = plan(followed, shell.run("sanne"), &customer, shell.setting()).into_iter();
        let ahead = ahead.filter(|one| one.kind == PendingKind::Touchpoint).filter_map(|one| one.touchpoint);
        assert_eq!(ahead.collect::<BTreeSet<_>>(), foreseen.waiting, "{cell}");
        let done = shell.keys.len();
        shell.wait_until(at("2027-03-20T12:00:00+01:00"));
        let gone: BTreeSet<_> = foreseen.leaving.difference(&foreseen.waiting).cloned().collect();
        assert_eq!(asked(&shell, done).intersection(&gone).count(), 0, "{cell}");
    }
}
