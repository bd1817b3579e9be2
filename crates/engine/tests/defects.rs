//! Defects that other products have and that our journeys would hit (reference/engine.md): each is an acceptance test.

use engine::{Cause, Thought};
use jiff::Timestamp;
use serde_json::json;
use words::{Channel, Event, Refusal, Verdict, Waits};

use crate::support::{Shell, at, changed, definition, event, organisation, written};

fn repair(customer: &str, id: &str, time: &str) -> [Event; 2] {
    let known = event(json!({
        "id": format!("known-{customer}"), "time": "2027-01-01T09:00:00+01:00", "customer": customer,
        "name": "customer.identified", "source": "test",
        "properties": { "zone": "Europe/Amsterdam", "last_name": "Jansen", "email": format!("{customer}@example.org") },
    }));
    let reported = event(json!({
        "id": format!("reported-{id}"), "time": time, "customer": customer, "name": "repair.reported", "source": "test",
        "properties": { "id": id, "kind": "lekkage" },
    }));
    [known, reported]
}

fn appointment(name: &str, time: &str, properties: serde_json::Value) -> Event {
    event(json!({
        "id": format!("{name}-{time}"), "time": time, "customer": "jansen", "name": name, "source": "test",
        "properties": properties,
    }))
}

fn woning() -> Shell {
    let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
    shell.hear_all(repair("jansen", "R-1", "2027-03-01T09:00:00+01:00"));
    shell
}

#[test]
fn defect_1_a_missing_or_past_date_sends_nothing_now() {
    let mut shell = woning();
    shell.hear(appointment(
        "appointment.booked",
        "2027-03-01T09:10:00+01:00",
        json!({ "id": "A-1", "repair_id": "R-1", "status": "booked" }),
    ));
    shell.hear(appointment(
        "appointment.booked",
        "2027-03-01T09:20:00+01:00",
        json!({ "id": "A-2", "repair_id": "R-1", "status": "booked", "start": "2027-03-02T08:00:00+01:00",
                "end": "2027-03-02T09:00:00+01:00" }),
    ));
    shell.hear(appointment(
        "appointment.booked",
        "2027-03-02T07:00:00+01:00",
        json!({ "id": "A-3", "repair_id": "R-1", "status": "booked", "start": "2027-03-02T09:00:00+01:00",
                "end": "2027-03-02T10:00:00+01:00" }),
    ));
    shell.wait_until(at("2027-03-20T00:00:00+01:00"));
    assert_eq!(shell.sent().get("herinnering"), Some(&1), "only for A-2, whose moment was still ahead");
    shell.tells("jansen", "1 Mar 10:00 +01:00", "contact 5 herinnering (email)");
    shell.tells("jansen", "2 Mar 07:00 +01:00", "herinnering skipped: 1 Mar 10:00 +01:00 is past");
}

#[test]
fn defect_2_a_moved_appointment_moves_its_reminder_and_can_restart_the_run() {
    let mut shell = woning();
    let booked = json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-10T08:00:00+01:00",
                         "end": "2027-03-10T10:00:00+01:00" });
    let moved = json!({ "id": "A-1", "status": "booked", "start": "2027-03-20T08:00:00+01:00",
                        "end": "2027-03-20T10:00:00+01:00" });
    shell.hear(appointment("appointment.booked", "2027-03-01T09:10:00+01:00", booked));
    shell.hear(appointment("appointment.moved", "2027-03-05T09:10:00+01:00", moved));
    shell.wait_until(at("2027-03-25T00:00:00+01:00"));
    shell.never_tells("jansen", "9 Mar", "");
    shell.tells("jansen", "19 Mar 10:00 +01:00", "contact 6 herinnering (email)");
    // The same key again after the end: the next generation.
    let closed = |name: &str, time: &str| appointment(name, time, json!({ "id": "R-1" }));
    shell.hear(closed("repair.closed", "2027-03-26T09:00:00+01:00"));
    shell.hear(closed("repair.reported", "2027-05-01T09:00:00+02:00"));
    let generations: Vec<u32> = shell.traveller("jansen").runs.iter().map(|run| run.run.generation).collect();
    assert_eq!(generations, [1, 2]);
}

#[test]
fn defect_3_local_times_use_the_zone_of_that_day() {
    // Friday 00:45 local is still Thursday in UTC; and a moment past the change of the clock has that day's offset.
    let mut shell = Shell::new(
        vec![changed("winkel-webshop", |text| {
            text.replace("every: friday, at: \"15:00\"", "every: friday, at: \"00:45\"")
        })],
        organisation(),
    );
    shell.organisation.quiet_hours = None;
    let order = |name: &str, time: &str, status: &str| {
        event(json!({
            "id": format!("{name}-{time}"), "time": time, "customer": "daan", "name": name, "source": "test",
            "properties": { "id": "O-1", "status": status, "expected": "2027-04-20" },
        }))
    };
    shell.hear(repair("daan", "x", "2027-03-01T09:00:00+01:00")[0].clone());
    shell.hear(order("order.placed", "2027-03-22T09:00:00+01:00", "paid"));
    shell.hear(order("order.delayed", "2027-03-23T09:00:00+01:00", "delayed"));
    shell.wait_until(at("2027-04-03T00:00:00+02:00"));
    shell.tells("daan", "26 Mar 00:45 +01:00", "contact 3 vertraagd (email)");
    shell.tells("daan", "2 Apr 00:45 +02:00", "contact 4 vertraagd (email), visit 2");
}

#[test]
fn defect_4_not_fixed_and_a_new_appointment_live_in_one_run() {
    let shell = Shell::replay("woning-reparatie", "2027-11-15T23:59:59+01:00");
    assert_eq!(shell.run("yilmaz").loops(), 1);
}

#[test]
fn defect_5_a_condition_that_cannot_be_judged_is_false_and_says_why() {
    let mut shell = Shell::new(vec![definition("bibliotheek-reserveren")], organisation());
    shell.hear(repair("sanne", "x", "2027-03-01T09:00:00+01:00")[0].clone());
    // No status: a supplier forgot it.
    shell.hear(event(json!({
        "id": "1", "time": "2027-03-02T09:00:00+01:00", "customer": "sanne", "name": "hold.placed", "source": "test",
        "properties": { "id": "H-1", "expected": "2027-03-20" },
    })));
    shell.hear(event(json!({
        "id": "2", "time": "2027-03-03T09:00:00+01:00", "customer": "sanne", "name": "hold.available", "source": "test",
        "properties": { "id": "H-1", "pickup_until": "2027-03-13" },
    })));
    assert!(shell.run("sanne").is_open(), "the run goes on");
    assert_eq!(
        shell.why("sanne", "ligt-klaar"),
        "Niet gebeurd op 3 maart 09:00: de status van de reservering was niet bekend (voorwaarde: de status van de reservering is ‘ligt klaar’)."
    );
}

#[test]
fn defect_6_what_falls_due_in_a_pause_does_not_throw_anybody_out() {
    let mut shell = woning();
    let booked = json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-10T08:00:00+01:00",
                         "end": "2027-03-10T10:00:00+01:00" });
    shell.hear(appointment("appointment.booked", "2027-03-01T09:10:00+01:00", booked));
    shell.live = false;
    shell.wait_until(at("2027-03-09T12:00:00+01:00"));
    let last = shell.decisions.last().unwrap();
    assert_eq!(last.verdict, Verdict::Refuse { reason: Refusal::NotLive });
    assert!(shell.run("jansen").is_open());
    shell.live = true;
    shell.hear(appointment(
        "visit.completed",
        "2027-03-10T09:30:00+01:00",
        json!({ "id": "V-1", "appointment_id": "A-1", "outcome": "fixed" }),
    ));
    shell.wait_until(at("2027-03-11T00:00:00+01:00"));
    shell.tells("jansen", "10 Mar 11:30 +01:00", "contact 5 enquete (email)");
    assert_eq!(shell.sent().get("herinnering"), None, "nobody is flooded with what is past");
}

#[test]
fn defect_7_quiet_hours_end_on_the_wall_clock_of_the_customer() {
    let lisbon = |shell: &mut Shell| {
        let customer = shell.customer("smit");
        shell.travellers.get_mut(&customer).unwrap().profile.customer.zone = Some("Europe/Lisbon".to_owned());
    };
    let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
    let until: Timestamp = at("2027-10-29T20:31:00+02:00");
    shell.hear_all(crate::support::trace("woning-reparatie").into_iter().filter(|event| event.received < until));
    lisbon(&mut shell);
    shell.wait_until(at("2027-10-31T23:00:00+01:00"));
    let held: Vec<&Verdict> =
        shell.decisions.iter().map(|d| &d.verdict).filter(|verdict| matches!(verdict, Verdict::Hold { .. })).collect();
    // 22:00 in Amsterdam is 21:00 in Lisbon: quiet there too, until 8 in Lisbon.
    assert_eq!(held, [&Verdict::Hold { until: at("2027-10-30T08:00:00+01:00"), why: Waits::QuietHours }]);
}

#[test]
fn a_repeated_tap_asks_once() {
    let mut shell = woning();
    let completed = |id: &str, time: &str| {
        let mut tap =
            appointment("visit.completed", time, json!({ "id": "V-1", "repair_id": "R-1", "outcome": "fixed" }));
        tap.id = id.into();
        tap
    };
    shell.hear(completed("tap-1", "2027-03-03T09:00:00+01:00"));
    shell.hear(completed("tap-2", "2027-03-03T09:00:30+01:00"));
    shell.wait_until(at("2027-03-04T09:00:00+01:00"));
    shell.hear(completed("tap-3", "2027-03-04T09:00:30+01:00"));
    shell.wait_until(at("2027-03-05T09:00:00+01:00"));
    assert_eq!(shell.sent().get("enquete"), Some(&1));
}

#[test]
fn a_scheduler_that_slept_does_not_change_what_happens() {
    let mut punctual = woning();
    let mut asleep = woning();
    let booked = json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-10T08:00:00+01:00",
                         "end": "2027-03-10T10:00:00+01:00" });
    let booked = appointment("appointment.booked", "2027-03-01T09:10:00+01:00", booked);
    punctual.hear(booked.clone());
    asleep.hear(booked);
    punctual.wait_until(at("2027-03-09T10:00:00+01:00"));
    // Half an hour late: sent. A day late: not any more.
    asleep.now = at("2027-03-09T10:30:00+01:00");
    let customer = asleep.customer("jansen");
    asleep.apply(customer, Cause::Due);
    assert_eq!(asleep.sent(), punctual.sent());
    let mut out_for_a_day = woning();
    let again = json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-12T08:00:00+01:00",
                        "end": "2027-03-12T10:00:00+01:00" });
    out_for_a_day.hear(appointment("appointment.booked", "2027-03-01T09:10:00+01:00", again));
    out_for_a_day.now = at("2027-03-11T23:00:00+01:00");
    let customer = out_for_a_day.customer("jansen");
    out_for_a_day.apply(customer, Cause::Due);
    assert_eq!(out_for_a_day.sent().get("herinnering"), None);
    assert!(out_for_a_day.notes.iter().any(|note| matches!(note.what, Thought::TooLate { .. })));
}

#[test]
fn the_next_channel_comes_only_after_a_definite_refusal() {
    let mut shell = woning();
    shell.consented.remove(&Channel::email());
    let booked = json!({ "id": "A-1", "repair_id": "R-1", "status": "booked", "start": "2027-03-10T08:00:00+01:00",
                         "end": "2027-03-10T10:00:00+01:00" });
    shell.hear(appointment("appointment.booked", "2027-03-01T09:10:00+01:00", booked));
    let decision = shell.decisions.last().unwrap();
    assert_eq!(decision.verdict, Verdict::Refuse { reason: Refusal::SenderUntested });
    let looked_at: Vec<(&str, Option<bool>)> =
        decision.checks.iter().map(|check| (check.rule.as_str(), check.passed)).collect();
    assert_eq!(looked_at[..3], [("wanted", Some(true)), ("late", Some(true)), ("holdout", Some(true))]);
    assert!(looked_at.contains(&("sender", Some(false))));
    assert_eq!(looked_at.last(), Some(&("address", Some(false))), "no mobile number for sms and whatsapp");
}

#[test]
fn at_the_cap_a_person_gets_a_task() {
    let journey = written(
        r#"
journey: lus
title: Een lus
language: nl
owner: klantenservice
starts: thing.begun
goal: { event: thing.done }
human: { team: klantenservice }
facts: { thing: { status: text } }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - id: bericht
    phase: a
    title: Weer een bericht
    channel: email
    category: message
    by: automatic
    class: service
    urgent: true
    need: Weten hoe het staat
    expected: 0
    when: thing.again
    send: bericht
"#,
    );
    let mut shell = Shell::new(vec![journey], organisation());
    shell.hear(repair("jansen", "x", "2027-03-01T09:00:00+01:00")[0].clone());
    for minute in 0..30 {
        let name = if minute == 0 { "thing.begun" } else { "thing.again" };
        shell.hear(appointment(name, &format!("2027-03-01T10:{minute:02}:00+01:00"), json!({})));
    }
    assert_eq!(shell.sent().get("bericht"), Some(&20));
    let tasks: Vec<_> = shell.standing_tasks().collect();
    assert_eq!(tasks.len(), 1, "one task, once");
    assert_eq!(tasks[0].task.title, "‘Weer een bericht’ is 20 keer gebeurd: kijk wat er nodig is");
    assert_eq!(tasks[0].task.team, "klantenservice");
}
