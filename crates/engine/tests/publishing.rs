//! Open runs follow the live version; history gives facts and contacts, never effects.

use engine::Cause;
use serde_json::json;
use words::{Event, JourneyId, Status, TouchpointId};

use crate::support::{Shell, at, changed, definition, event, organisation, trace};

fn sanne_has_reserved() -> Shell {
    let mut shell = Shell::new(vec![definition("bibliotheek-reserveren")], organisation());
    let until = at("2027-03-16T21:00:00+01:00");
    let events = trace("bibliotheek-reserveren").into_iter();
    shell.hear_all(events.filter(|event| event.received < until));
    shell.wait_until(at("2027-03-22T12:00:00+01:00"));
    shell
}

fn publish(shell: &mut Shell, change: impl Fn(String) -> String) {
    let new = changed("bibliotheek-reserveren", change);
    let before = std::mem::replace(&mut shell.definitions[0], new);
    let customer = shell.customer("sanne");
    let journey = JourneyId::new("bibliotheek-reserveren");
    shell.apply(customer, Cause::Published { journey: &journey, before: Some(&before) });
}

#[test]
fn a_shortened_delay_acts_now() {
    let mut shell = sanne_has_reserved();
    publish(&mut shell, |text| text.replace("by: 12d, at: \"10:00\"", "by: 3d, at: \"10:00\""));
    shell.tells("sanne", "22 Mar 12:00 +01:00", "task alternatief for collectie, due 23 Mar 12:00 +01:00");
}

#[test]
fn a_lengthened_delay_moves_along() {
    let mut shell = sanne_has_reserved();
    publish(&mut shell, |text| text.replace("by: 12d, at: \"10:00\"", "by: 13d, at: \"10:00\""));
    shell.wait_until(at("2027-03-31T00:00:00+02:00"));
    shell.never_tells("sanne", "28 Mar", "");
    shell.tells("sanne", "29 Mar 10:00 +02:00", "task alternatief for collectie, due 30 Mar 10:00 +02:00");
}

#[test]
fn a_new_touchpoint_does_not_flood_those_whose_moment_has_passed() {
    let mut shell = sanne_has_reserved();
    let touchpoint = "  - id: tussenbericht\n    phase: service\n    title: Ik hoor tussendoor iets\n    channel: email\n    \
                      category: message\n    by: automatic\n    class: service\n    need: Weten dat het nog komt\n    \
                      expected: 0\n    when: { after: reserveren, by: 2d, at: \"10:00\" }\n    send: bevestiging\n\n  \
                      - id: ligt-klaar\n";
    publish(&mut shell, |text| text.replace("  - id: ligt-klaar\n", touchpoint));
    shell.wait_until(at("2027-03-23T00:00:00+01:00"));
    shell.tells("sanne", "22 Mar 12:00 +01:00", "tussenbericht skipped: 18 Mar 10:00 +01:00 is past");
}

#[test]
fn a_renamed_touchpoint_keeps_what_happened_to_it() {
    let mut shell = sanne_has_reserved();
    publish(&mut shell, |text| {
        let text =
            text.replace("  - id: reserveren\n    phase", "  - id: gereserveerd\n    was: reserveren\n    phase");
        let text = text.replace("after: reserveren,", "after: gereserveerd,");
        text.replace("uitgeleend, reserveren]", "uitgeleend, gereserveerd]")
            .replace("[zoeken, reserveren,", "[zoeken, gereserveerd,")
    });
    assert_eq!(shell.run("sanne").visits(&TouchpointId::new("gereserveerd")), 1);
    shell.wait_until(at("2027-03-29T00:00:00+02:00"));
    shell.tells("sanne", "28 Mar 10:00 +02:00", "task alternatief for collectie, due 29 Mar 10:00 +02:00");
}

#[test]
fn a_publication_turns_no_condition_true() {
    let mut shell = Shell::new(
        vec![changed("hulp-bij-inloggen", |text| text.replace("login.failures >= 3", "login.failures >= 9"))],
        organisation(),
    );
    let until = at("2027-02-01T19:32:00+01:00");
    let events = trace("hulp-bij-inloggen").into_iter();
    shell.hear_all(events.filter(|event| event.received < until));
    let before = std::mem::replace(&mut shell.definitions[0], definition("hulp-bij-inloggen"));
    let customer = shell.customer("emma");
    let journey = JourneyId::new("hulp-bij-inloggen");
    shell.apply(customer, Cause::Published { journey: &journey, before: Some(&before) });
    shell.wait_until(at("2027-02-01T19:32:30+01:00"));
    assert!(shell.sent().is_empty(), "it held before");
}

#[test]
fn history_gives_facts_and_contacts_never_effects() {
    let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
    let imported = trace("woning-reparatie").into_iter().map(|event| Event {
        received: at("2027-12-01T12:00:00+01:00"),
        imported: true,
        ..event
    });
    // A history knows nothing of our own pages' events.
    let ours = |event: &Event| event.source == "klantreis";
    shell.hear_all(imported.filter(|event| !ours(event)));
    shell.wait_until(at("2027-12-20T12:00:00+01:00"));
    assert!(shell.keys.is_empty(), "no effect: {:?}", shell.keys);
    assert!(shell.contacts.len() >= 15);
    assert_eq!(
        shell.run("jansen").run.dropped.as_ref().unwrap().time,
        at("2027-11-02T09:25:00+01:00"),
        "drop-offs are facts too, at the moment of then"
    );
    assert_eq!(
        shell.runs().filter(|run| run.run.dropped.is_some()).count(),
        1,
        "a next contact came before the others"
    );
    let Status::Ended { exit, .. } = &shell.run("devries").run.status else { panic!("not ended") };
    assert_eq!(exit.time, at("2027-11-01T17:00:00+01:00"));
    shell.tells("devries", "1 Dec 12:00 +01:00", "contact 4 gerepareerd (visit), outcome fixed, at 1 Nov 09:05 +01:00");
    // What comes after the import lives: a new appointment is reminded of.
    let booked = event(json!({
        "id": "new", "time": "2027-12-20T13:00:00+01:00", "customer": "jansen", "name": "appointment.booked",
        "source": "planningssysteem",
        "properties": { "id": "A-9", "repair_id": "R-3", "start": "2027-12-23T13:00:00+01:00",
                        "end": "2027-12-23T15:00:00+01:00", "status": "booked" },
    }));
    shell.hear(booked);
    shell.wait_until(at("2027-12-23T00:00:00+01:00"));
    assert_eq!(shell.sent().into_iter().collect::<Vec<_>>(), [("bevestiging", 1), ("herinnering", 1)]);
}

#[test]
fn a_clock_that_ends_a_run_waits_for_the_rest_of_its_history() {
    let mut shell = Shell::new(vec![definition("hulp-bij-inloggen")], organisation());
    let history = trace("hulp-bij-inloggen").into_iter().filter(|event| event.source != "klantreis");
    shell.hear_all(history.map(|event| Event { received: at("2028-01-01T00:00:00+01:00"), imported: true, ..event }));
    shell.wait_until(at("2028-01-02T00:00:00+01:00"));
    let ends = |name: &str| match &shell.run(name).run.status {
        Status::Ended { ending, exit, .. } => (*ending, exit.time),
        Status::Open => panic!("{name} is open"),
    };
    assert_eq!(ends("dewi"), (words::Ending::Done, at("2027-02-09T23:15:05+01:00")));
    assert_eq!(ends("fons"), (words::Ending::Left, at("2027-02-09T14:00:00+01:00")));
    assert_eq!(ends("emma"), (words::Ending::Done, at("2027-02-01T19:48:00+01:00")));
    assert_eq!(shell.run("chantal").visits(&"opnieuw".into()), 1, "it still listened then");
    assert!(shell.keys.is_empty());
}

#[test]
fn a_message_under_way_is_found_again_after_a_renaming() {
    let mut shell = Shell::new(vec![definition("bibliotheek-reserveren")], organisation());
    let until = at("2027-03-26T07:00:00+01:00");
    shell.hear_all(trace("bibliotheek-reserveren").into_iter().filter(|event| event.received < until));
    let new = changed("bibliotheek-reserveren", |text| {
        let text = text.replace("  - id: vertraging\n", "  - id: later\n    was: vertraging\n");
        text.replace("happened('vertraging')", "happened('later')")
            .replace("bevestiging, vertraging,", "bevestiging, later,")
    });
    let before = std::mem::replace(&mut shell.definitions[0], new);
    let customer = shell.customer("pieter");
    shell.apply(
        customer,
        Cause::Published { journey: &JourneyId::new("bibliotheek-reserveren"), before: Some(&before) },
    );
    shell.wait_until(at("2027-03-26T09:00:00+01:00"));
    shell.tells("pieter", "26 Mar 08:00 +01:00", "contact 3 later (email)");
}
