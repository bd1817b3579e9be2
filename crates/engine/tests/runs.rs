//! Which run, how long it lives, and what is taken back.

use std::collections::BTreeSet;

use engine::{Cause, Input, Traveller, World, apply, step};
use serde_json::json;
use words::{Customer, CustomerId, Effect, Event, Status};

use crate::support::{Shell, at, changed, definition, event, organisation, written};

fn of(customer: &str) -> impl Fn(&str, &str, serde_json::Value) -> Event {
    move |time, name, properties| {
        event(
            json!({ "id": format!("{name}-{time}"), "time": time, "customer": customer, "name": name, "source": "test",
                      "properties": properties }),
        )
    }
}

/// One message `bericht` and one task, without a key.
fn keyless(again: &str) -> journey::Definition {
    written(&format!(
        r#"
journey: sleutelloos
title: Zonder sleutel
language: nl
owner: klantenservice
starts: thing.begun
again: {again}
ends: {{ event: thing.ended, as: done, listen: 2d }}
goal: {{ event: thing.ended }}
human: {{ team: klantenservice }}
phases: [{{ id: a, title: A, band: before }}]
touchpoints:
  - id: begonnen
    phase: a
    title: Begonnen
    channel: web
    category: interaction
    from: customer
    need: Beginnen
    expected: 0
    seen: thing.begun
    task: {{ team: klantenservice, title: Kijk even mee, due: 3wd }}
"#
    ))
}

#[test]
fn another_run_opens_as_again_allows() {
    let runs_after = |again: &str, times: &[(&str, &str)]| {
        let mut shell = Shell::new(vec![keyless(again)], organisation());
        let happened = of("daan");
        shell.hear_all(times.iter().map(|(time, name)| happened(time, name, json!({}))));
        shell.runs().count()
    };
    let twice = [("2027-01-11T10:00:00+01:00", "thing.begun"), ("2027-03-11T10:00:00+01:00", "thing.begun")];
    assert_eq!(runs_after("never", &twice), 1);
    assert_eq!(runs_after("after_end", &twice), 1);
    let ended = [twice[0], ("2027-01-12T10:00:00+01:00", "thing.ended"), twice[1]];
    assert_eq!(runs_after("never", &ended), 1);
    assert_eq!(runs_after("after_end", &ended), 2);
    assert_eq!(runs_after("30d", &ended), 2);
    assert_eq!(runs_after("90d", &ended), 1);
}

#[test]
fn what_is_still_open_when_it_stops_listening_is_taken_back() {
    let mut shell = Shell::new(vec![keyless("never")], organisation());
    let happened = of("daan");
    // Monday; three working days later is Thursday.
    shell.hear(happened("2027-01-11T10:00:00+01:00", "thing.begun", json!({})));
    shell.tells("daan", "11 Jan 10:00 +01:00", "task begonnen for klantenservice, due 14 Jan 10:00 +01:00");
    shell.hear(happened("2027-01-11T11:00:00+01:00", "thing.ended", json!({})));
    shell.wait_until(at("2027-01-13T10:59:59+01:00"));
    assert_eq!(shell.standing_tasks().count(), 1, "it listens still");
    shell.wait_until(at("2027-01-13T11:00:00+01:00"));
    shell.tells("daan", "13 Jan 11:00 +01:00", "begonnen withdrawn: listened");
    assert_eq!(shell.run("daan").run.due, None);
    // Deaf now, but a late event of before the end still counts as a contact.
    let mut late = happened("2027-01-11T10:30:00+01:00", "thing.begun", json!({}));
    late.received = at("2027-01-14T12:00:00+01:00");
    shell.hear(late);
    shell.hear(happened("2027-01-14T13:00:00+01:00", "thing.begun", json!({})));
    assert_eq!(shell.run("daan").visits(&"begonnen".into()), 2);
    assert_eq!(shell.standing_tasks().count(), 0, "without effects");
}

#[test]
fn a_message_that_is_held_is_taken_back_when_its_moment_moves_away() {
    let mut shell = Shell::new(
        vec![changed("woning-reparatie", |text| {
            text.replace("by: 1d, at: \"10:00\", late: skip", "by: 1d, at: \"23:00\", late: skip")
        })],
        organisation(),
    );
    let happened = of("jansen");
    let appointment = |start: &str, end: &str| json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": start, "end": end });
    shell.hear(happened("2027-03-01T08:00:00+01:00", "customer.identified", json!({ "email": "j@example.org" })));
    shell.hear(happened("2027-03-01T09:00:00+01:00", "repair.reported", json!({ "id": "R-1" })));
    let first = appointment("2027-03-03T12:00:00+01:00", "2027-03-03T14:00:00+01:00");
    shell.hear(happened("2027-03-01T09:10:00+01:00", "appointment.booked", first));
    shell.wait_until(at("2027-03-02T23:30:00+01:00"));
    shell.tells("jansen", "2 Mar 23:00 +01:00", "herinnering held until 3 Mar 08:00 +01:00");
    let second = appointment("2027-03-08T12:00:00+01:00", "2027-03-08T14:00:00+01:00");
    shell.hear(happened("2027-03-02T23:40:00+01:00", "appointment.moved", second));
    shell.tells("jansen", "2 Mar 23:40 +01:00", "herinnering withdrawn: moved");
    shell.wait_until(at("2027-03-09T00:00:00+01:00"));
    assert_eq!(shell.sent().get("herinnering"), Some(&1));
    shell.tells("jansen", "8 Mar 08:00 +01:00", "contact 6 herinnering (email)");
}

#[test]
fn a_pinned_run_stays_on_its_version() {
    let pinned = |text: String| text.replace("run_per: hold.id", "pin: true\nrun_per: hold.id");
    let old = changed("bibliotheek-reserveren", pinned);
    let new = changed("bibliotheek-reserveren", |text| {
        pinned(text).replace("by: 12d, at: \"10:00\"", "by: 3d, at: \"10:00\"")
    });
    let organisation = organisation();
    let setting = engine::Setting { organisation: &organisation, seed: "test", holdouts: false };
    let mut traveller = Traveller::new(Customer::unknown(CustomerId::derived(&["sanne"])));
    let placed = of("sanne")("2027-03-16T20:15:00+01:00", "hold.placed", json!({ "id": "H-1", "status": "waiting" }));
    apply(&World { live: &[&old], older: &[], setting }, &mut traveller, Cause::Event(&placed), placed.received);
    let world = World { live: &[&new], older: &[&old], setting };
    let published = Cause::Published { journey: &new.id, before: Some(&old) };
    let applied = apply(&world, &mut traveller, published, at("2027-03-22T12:00:00+01:00"));
    assert!(applied.effects.is_empty());
    assert_eq!(traveller.runs[0].run.version, old.hash);
    assert_eq!(traveller.due(), Some(at("2027-03-28T10:00:00+02:00")), "twelve days, as it was");
}

#[test]
fn who_gets_which_variant_never_changes() {
    let text = std::fs::read_to_string(crate::support::journeys().join("hulp-bij-inloggen/journey.yaml")).unwrap();
    assert!(text.contains("send: inlogmail\n"));
    let definition = changed("hulp-bij-inloggen", |text| {
        text.replace("send: inlogmail\n", "send: inlogmail\n    variants: [inlogmail, beoordeling]\n")
    });
    let message = |customer: &str| {
        let mut shell = Shell::new(vec![definition.clone()], organisation());
        let happened = of(customer);
        let failed = happened("2027-02-01T19:31:40+01:00", "login.failed", json!({ "failures": 3 }));
        shell.hear(failed.clone());
        let mut traveller = Traveller::new(shell.traveller(customer).profile.customer.clone());
        let live = [&definition];
        let world = World { live: &live, older: &[], setting: shell.setting() };
        let applied = apply(&world, &mut traveller, Cause::Event(&failed), failed.received);
        let Effect::Send { send, .. } = &applied.effects[0] else { panic!("{:?}", applied.effects) };
        send.message.clone()
    };
    let customers: Vec<String> = (0..12).map(|number| format!("customer-{number}")).collect();
    let first: Vec<String> = customers.iter().map(|customer| message(customer)).collect();
    let again: Vec<String> = customers.iter().map(|customer| message(customer)).collect();
    assert_eq!(first, again);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), 2, "both are given out");
}

#[test]
fn a_step_raises_the_revision_by_one_and_leaves_its_input_alone() {
    let mut shell = Shell::new(vec![definition("hulp-bij-inloggen")], organisation());
    shell.hear(of("fons")("2027-02-02T14:00:00+01:00", "login.failed", json!({ "failures": 1 })));
    let run = shell.run("fons");
    let customer = &shell.traveller("fons").profile.customer;
    let due = run.run.due.unwrap();
    let one = step(&shell.definitions[0], run.clone(), customer, Input::Due, due, shell.setting());
    let other = step(&shell.definitions[0], run.clone(), customer, Input::Due, due, shell.setting());
    assert_eq!(one, other);
    assert_eq!(one.run.run.revision, run.run.revision + 1);
    assert!(one.run.run.dropped.is_some() && matches!(one.run.run.status, Status::Open));
}

/// An application that ends with a letter; the letter is a contact as well.
fn application(ending: &str) -> journey::Definition {
    written(&format!(
        r#"
journey: aanvraag
title: Aanvraag
language: nl
owner: kredietafdeling
run_per: application.id
starts: application.submitted
ends: {{ event: application.answered, as: {ending}, listen: 30d }}
goal: {{ event: application.approved }}
human: {{ team: kredietafdeling }}
phases: [{{ id: a, title: A, band: before }}]
touchpoints:
  - {{ id: ingediend, phase: a, title: Ingediend, channel: web, category: interaction, need: Weten, expected: 0, seen: application.submitted }}
  - {{ id: gebeld, phase: a, title: Gebeld, channel: phone, category: interaction, need: Weten, expected: 0, seen: application.called }}
  - {{ id: brief, phase: a, title: De brief, channel: post, category: message, need: Weten, expected: 0, seen: application.answered }}
"#
    ))
}

#[test]
fn who_is_sent_away_by_a_letter_went_away_after_the_contact_before_it() {
    let exit = |ending: &str, properties: serde_json::Value| {
        let mut shell = Shell::new(vec![application(ending)], organisation());
        let happened = of("daan");
        shell.hear(happened("2027-01-11T10:00:00+01:00", "application.submitted", json!({ "id": "A-1" })));
        shell.hear(happened("2027-01-12T10:00:00+01:00", "application.called", json!({ "id": "A-1" })));
        shell.hear(happened("2027-01-13T10:00:00+01:00", "application.answered", properties));
        shell.hear(happened("2027-01-14T10:00:00+01:00", "application.called", json!({ "id": "A-1" })));
        let run = shell.run("daan");
        assert_eq!(["ingediend", "gebeld", "brief"].map(|id| run.visits(&id.into())), [1, 2, 1], "no contact is lost");
        let Status::Ended { exit, .. } = &run.run.status else { panic!("not ended") };
        (exit.after.clone().map(|after| after.to_string()), exit.reason.clone())
    };
    let because = |after: &str, reason: Option<&str>| (Some(after.to_owned()), reason.map(str::to_owned));
    assert_eq!(exit("stopped", json!({ "id": "A-1" })), because("gebeld", Some("brief")));
    assert_eq!(exit("left", json!({ "id": "A-1", "reason": "te duur" })), because("gebeld", Some("te duur")));
    assert_eq!(exit("done", json!({ "id": "A-1" })), because("brief", None), "who is done came to the end there");
}
