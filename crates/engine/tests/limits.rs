//! Everything has a limit, and customers are who the newest event says they are.

use engine::{Reason, State, Traveller};
use serde_json::json;
use words::limits;

use crate::support::{Shell, at, definition, event, organisation};

fn webshop() -> Shell {
    Shell::new(vec![definition("winkel-webshop")], organisation())
}

#[test]
fn events_about_unknown_objects_wait_up_to_a_limit() {
    let mut shell = webshop();
    for number in 0..=Traveller::WAITING_MAX {
        shell.hear(event(json!({
            "id": format!("{number}"), "time": "2027-01-11T10:00:00+01:00", "customer": "daan", "name": "order.delayed",
            "source": "test", "properties": { "id": format!("O-{number}") },
        })));
    }
    assert_eq!(shell.traveller("daan").profile.waiting.len(), Traveller::WAITING_MAX);
    assert!(matches!(shell.quarantine[0].reason, Reason::TooManyWaiting(_)));
    shell.wait_until(at("2027-01-13T10:00:00+01:00"));
    assert!(shell.traveller("daan").profile.waiting.is_empty());
    assert_eq!(shell.quarantine.len(), Traveller::WAITING_MAX + 1);
    assert!(matches!(shell.quarantine[1].reason, Reason::UnknownObject(_)));
}

#[test]
fn a_run_keeps_so_many_objects_of_a_kind_and_so_many_thoughts() {
    let mut shell = webshop();
    for number in 0..(limits::OBJECTS_MAX + 30) {
        let name = if number == 0 { "order.placed" } else { "complaint.received" };
        shell.hear(event(json!({
            "id": format!("{number}"), "time": format!("2027-01-11T10:{:02}:{:02}+01:00", number / 60, number % 60),
            "customer": "daan", "name": name, "source": "test",
            "properties": { "id": if number == 0 { "O-1".into() } else { format!("C-{number}") }, "order_id": "O-1",
                            "status": "open" },
        })));
    }
    let run = shell.run("daan");
    let complaints: Vec<&str> = run
        .facts()
        .filter(|(object, _, _)| object.kind == "complaint")
        .map(|(object, _, _)| object.id.as_str())
        .collect();
    assert_eq!(complaints.len(), limits::OBJECTS_MAX);
    assert!(!complaints.contains(&"C-1") && complaints.contains(&"C-79"), "the oldest went first");
    let blob = serde_json::to_value(run).unwrap();
    assert!(blob["notes"].as_array().unwrap().len() <= State::NOTES_MAX);
}

#[test]
fn of_a_customer_the_newest_word_per_property_counts() {
    let mut shell = webshop();
    let said = |time: &str, properties: serde_json::Value| {
        event(json!({ "id": time, "time": time, "received": "2027-02-01T00:00:00Z", "customer": "noor",
                      "name": "customer.identified", "source": "test", "properties": properties }))
    };
    shell.hear(said(
        "2027-01-02T00:00:00Z",
        json!({ "first_name": "Noor", "email": "nieuw@example.org",
                                                    "consents": ["marketing"], "zone": "Mars/Olympus" }),
    ));
    shell.hear(said("2027-01-01T00:00:00Z", json!({ "email": "oud@example.org", "last_name": "Bos", "consents": [] })));
    let customer = &shell.traveller("noor").profile.customer;
    assert_eq!(customer.email.as_deref(), Some("nieuw@example.org"));
    assert_eq!(customer.name.last.as_deref(), Some("Bos"));
    assert!(customer.consents_to("marketing"));
    assert_eq!(customer.zone, None, "no such zone");
    shell.hear(said("2027-01-03T00:00:00Z", json!({ "consents": ["leestips"], "email": null })));
    let customer = &shell.traveller("noor").profile.customer;
    assert!(!customer.consents_to("marketing") && customer.consents_to("leestips"), "the list says all there is");
    assert_eq!(customer.email, None);
}

#[test]
fn a_change_of_zone_moves_what_is_counted_in_days() {
    let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
    let about = |id: &str, time: &str, name: &str, properties: serde_json::Value| {
        event(json!({ "id": id, "time": time, "customer": "jansen", "name": name, "source": "test",
                      "properties": properties }))
    };
    shell.hear(about("1", "2027-03-01T09:00:00+01:00", "repair.reported", json!({ "id": "R-1" })));
    shell.hear(about(
        "2",
        "2027-03-01T09:10:00+01:00",
        "appointment.booked",
        json!({
        "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-10T12:00:00+01:00",
        "end": "2027-03-10T14:00:00+01:00" }),
    ));
    assert_eq!(shell.run("jansen").run.due, Some(at("2027-03-09T10:00:00+01:00")));
    shell.hear(about("3", "2027-03-02T09:00:00+01:00", "customer.identified", json!({ "zone": "Europe/Lisbon" })));
    assert_eq!(shell.run("jansen").run.due, Some(at("2027-03-09T10:00:00+00:00")));
}

#[test]
fn what_stands_ahead_and_why_nothing_came_yet_can_be_told() {
    let mut shell = webshop();
    shell.hear(event(
        json!({ "id": "1", "time": "2027-01-11T10:00:00+01:00", "customer": "daan", "name": "order.placed",
                             "source": "test", "properties": { "id": "O-1", "status": "paid" } }),
    ));
    assert_eq!(shell.why("daan", "bezorgd"), "Nog niet gebeurd: wacht tot het pakket is bezorgd.");
    assert_eq!(shell.why("daan", "bij-een-ander"), "Wordt alleen getekend: niemand ziet of stuurt dit.");
    assert_eq!(shell.why("daan", "bevestiging"), "Niet verstuurd: er is geen adres bekend.");
    assert_eq!(shell.why("daan", "vertraagd"), "Staat gepland voor 15 januari 15:00.");
    assert_eq!(
        shell.why("daan", "kaartje"),
        "Ligt sinds 11 januari 10:00 als taak bij magazijn, uiterlijk 12 januari 10:00."
    );
    assert_eq!(shell.why("daan", "bestellen"), "Gebeurd op 11 januari 10:00.");
}

#[test]
fn the_answer_of_a_shared_device_or_another_journey_lands_nowhere() {
    let mut shell = webshop();
    shell.hear(event(json!({ "id": "1", "time": "2027-01-11T10:00:00+01:00", "customer": "daan", "name": "answer.given",
                             "source": "klantreis",
                             "properties": { "touchpoint": "enquete", "question": "product", "value": 5, "scale": "csat" } })));
    assert!(shell.learnt.is_empty());
    assert_eq!(shell.runs().count(), 0);
}

#[test]
fn two_customers_who_turn_out_to_be_one_go_on_as_one() {
    let mut shell = webshop();
    let happened = |id: &str,
                    minute: u32,
                    customer: Option<&str>,
                    anonymous: Option<&str>,
                    name: &str,
                    properties: serde_json::Value| {
        event(json!({ "id": id, "time": format!("2027-01-11T10:{minute:02}:00+01:00"), "customer": customer,
                      "anonymous": anonymous, "name": name, "source": "test", "properties": properties }))
    };
    let order = json!({ "id": "O-1", "status": "paid", "expected": "2027-01-14" });
    shell.hear(happened("1", 0, None, Some("a-1"), "ad.clicked", json!({})));
    shell.hear(happened("2", 1, None, Some("a-1"), "order.placed", order.clone()));
    shell.hear(happened("3", 2, Some("lotte"), None, "order.placed", order));
    shell.hear(happened(
        "4",
        3,
        Some("lotte"),
        Some("a-1"),
        "customer.identified",
        json!({ "email": "l@example.org" }),
    ));
    let run = shell.run("lotte");
    assert_eq!((shell.customer("a-1"), run.run.customer), (shell.customer("lotte"), shell.customer("lotte")));
    assert_eq!(run.run.started, at("2027-01-11T10:00:00+01:00"), "the older survives");
    assert_eq!(run.visits(&"bestellen".into()), 2, "and takes the other's contacts");
    let own: Vec<u32> = shell.contacts.iter().filter(|c| c.run == run.run.id).map(|c| c.sequence).collect();
    assert_eq!(own, [1, 2, 3]);
    // A tick on the card that the folded run asked for still finds it.
    let (key, _) = shell.tasks.iter().find(|(key, _)| !key.as_str().starts_with(&run.run.id.to_string())).unwrap();
    let key = key.clone();
    shell.hear(happened(
        "5",
        4,
        Some("lotte"),
        None,
        "task.done",
        json!({ "touchpoint": "kaartje", "key": key.as_str() }),
    ));
    assert!(shell.tasks[&key].done.is_some());
    shell.hear(event(
        json!({ "id": "6", "time": "2027-01-14T10:00:00+01:00", "customer": null, "name": "parcel.delivered",
                             "source": "test", "properties": { "id": "P-1", "order_id": "O-1" } }),
    ));
    assert_eq!(shell.run("lotte").visits(&"bezorgd".into()), 1);
}

#[test]
fn a_tick_that_carries_only_the_key_is_enough() {
    let mut shell = webshop();
    shell.hear(event(
        json!({ "id": "1", "time": "2027-01-11T10:00:00+01:00", "customer": "daan", "name": "order.placed",
                             "source": "test", "properties": { "id": "O-1", "status": "paid" } }),
    ));
    let key = shell.tasks.keys().next().unwrap().clone();
    shell.hear(event(json!({ "id": "2", "time": "2027-01-11T11:00:00+01:00", "customer": "daan", "name": "task.done",
                             "source": "klantreis", "properties": { "key": key.as_str() } })));
    assert!(shell.tasks[&key].done.is_some());
    assert_eq!(shell.run("daan").visits(&"kaartje".into()), 1);
}

#[test]
fn what_one_journey_took_in_is_no_stray_though_another_waited_for_it() {
    let other = crate::support::changed("winkel-webshop", |text| {
        text.replace("journey: winkel-webshop", "journey: andere").replace(", order.placed]\nends", "]\nends")
    });
    let mut shell = Shell::new(vec![definition("winkel-webshop"), other], organisation());
    shell.hear(event(
        json!({ "id": "1", "time": "2027-01-11T10:00:00+01:00", "customer": "daan", "name": "order.placed",
                             "source": "test", "properties": { "id": "O-1", "status": "paid" } }),
    ));
    assert_eq!(shell.traveller("daan").profile.waiting.len(), 1);
    shell.wait_until(at("2027-01-14T10:00:00+01:00"));
    assert!(shell.traveller("daan").profile.waiting.is_empty() && shell.quarantine.is_empty());
}

#[test]
fn an_event_that_only_a_moment_hangs_on_is_heard() {
    let journey = crate::support::written(
        r#"
journey: anker
title: Een anker
language: nl
owner: klantenservice
starts: thing.begun
goal: { event: thing.begun }
human: { team: klantenservice }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - id: bericht
    phase: a
    title: Een bericht
    channel: email
    category: message
    by: automatic
    class: service
    urgent: true
    need: Weten hoe het staat
    expected: 0
    when: { after: other.happened, by: 2h }
    send: bericht
"#,
    );
    let mut shell = Shell::new(vec![journey], organisation());
    let happened = |id: &str, hour: u32, name: &str, properties: serde_json::Value| {
        event(json!({ "id": id, "time": format!("2027-01-11T{hour}:00:00+01:00"), "customer": "daan", "name": name,
                      "source": "test", "properties": properties }))
    };
    shell.hear(happened("1", 10, "customer.identified", json!({ "email": "daan@example.org" })));
    shell.hear(happened("2", 11, "thing.begun", json!({})));
    shell.hear(happened("3", 12, "other.happened", json!({})));
    // Nobody named this one: it leaves nothing behind.
    shell.hear(happened("4", 13, "noise.made", json!({ "id": "N-1" })));
    shell.wait_until(at("2027-01-11T20:00:00+01:00"));
    shell.tells("daan", "11 Jan 14:00 +01:00", "contact 1 bericht (email)");
    let blob = serde_json::to_string(shell.run("daan")).unwrap();
    assert!(!blob.contains("noise"));
}
