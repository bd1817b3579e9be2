//! What a `simulate.yaml` may say, and what is said when it is wrong.

use sim::Behaviour;
use sim::behaviour::{Problem, Wanted};
use words::Language;

use crate::support::{JOURNEYS, folder, scene};

const SMALL: &str = "journey: klein\nseed: 1\narrivals: { event: a.b, per_day: 1, hours: \"08:00-20:00\" }\n";

fn faults(text: &str) -> Vec<(String, Problem)> {
    let faults = Behaviour::parse(&format!("{SMALL}{text}")).unwrap_err();
    faults.into_iter().map(|fault| (fault.field, fault.problem)).collect()
}

#[test]
fn the_reference_journeys_behave() {
    for id in JOURNEYS {
        let behaviour = Behaviour::parse(folder(id).get("simulate.yaml").unwrap());
        assert!(behaviour.is_ok(), "{id}: {behaviour:#?}");
    }
    assert_eq!(scene().staged.len(), 4, "and fit their definitions");
}

#[test]
fn a_mistake_names_its_field_and_what_to_do() {
    let wrong = faults("then:\n  a.b:\n    - { chance: 2, do: a.c, delay: 1h }\n");
    assert_eq!(wrong, [("then.a.b[0].chance".to_owned(), Problem::Wanted(Wanted::Chance))]);
    let wrong =
        faults("then:\n  a.b:\n    - { chance: .7, do: a.c, delay: 1h }\n    - { chance: .7, do: a.d, delay: 1h }\n");
    assert_eq!(wrong, [("then.a.b".to_owned(), Problem::OverOne)]);
    let wrong = faults("then:\n  a.b:\n    - { chance: .7, do: a.c, dealy: 1h, delay: 1h }\n");
    assert_eq!(wrong, [("then.a.b[0].dealy".to_owned(), Problem::Unknown(Some("delay".to_owned())))]);
    let wrong = faults("then:\n  a.b:\n    - { chance: .7, do: a.c }\n");
    assert_eq!(wrong, [("then.a.b[0].delay".to_owned(), Problem::Missing(Wanted::Delay))]);
    let wrong = faults("then:\n  a.b:\n    - { chance: .7, do: a.c, delay: [3h, 2h, 1h] }\n");
    assert_eq!(wrong, [("then.a.b[0].delay".to_owned(), Problem::Wanted(Wanted::Delay))]);
    let wrong = faults("then:\n  a.b:\n    - { chance: 1, if: \"a ==\", leave: weg }\n");
    assert_eq!(wrong, [("then.a.b[0].if".to_owned(), Problem::Condition)]);
    let wrong = faults("receipts: { pigeon: { delivered: 1, within: 1h } }\n");
    assert_eq!(wrong, [("receipts.pigeon".to_owned(), Problem::Wanted(Wanted::SendingChannel))]);
    let wrong = faults("receipts: { email: { delivered: 1, within: 1h, read: .5 } }\n");
    assert_eq!(wrong, [("receipts.email.delay".to_owned(), Problem::Missing(Wanted::Delay))]);
    let wrong = faults("staff: { team: { chance: 1, delay: 1h, late: soon } }\n");
    assert_eq!(wrong, [("staff.team.late".to_owned(), Problem::Wanted(Wanted::Delay))]);
    let wrong = faults("scores: { x: [3, 1] }\n");
    assert_eq!(wrong, [("scores.x".to_owned(), Problem::Wanted(Wanted::Score))]);
    let missing = Behaviour::parse("journey: klein\nseed: 1\n").unwrap_err();
    assert_eq!(
        missing[0].message(Language::Nl),
        "arrivals: ontbreekt; voeg namen met waarden, zoals { chance: .5 } toe"
    );
    assert_eq!(missing[0].message(Language::En), "arrivals: is missing; add names with values, such as { chance: .5 }");
    let unreadable = Behaviour::parse("a: [1").unwrap_err();
    assert!(unreadable[0].message(Language::Nl).starts_with("simulate.yaml:"), "{unreadable:?}");
}

#[test]
fn there_is_a_limit_to_what_it_holds() {
    let many: String = (0..201).map(|n| format!("  x{n}: [0, 1]\n")).collect();
    assert_eq!(faults(&format!("scores:\n{many}")), [("scores".to_owned(), Problem::TooMany(200))]);
    let many = "    - { chance: 0, leave: weg }\n".repeat(201);
    assert_eq!(faults(&format!("then:\n  a.b:\n{many}")), [("then.a.b".to_owned(), Problem::TooMany(200))]);
    let long = format!("true{}", " && true".repeat(200));
    let wrong = faults(&format!("then:\n  a.b:\n    - {{ chance: 1, if: \"{long}\", leave: weg }}\n"));
    assert_eq!(wrong, [("then.a.b[0].if".to_owned(), Problem::Condition)]);
}

#[test]
fn a_behaviour_that_does_not_fit_its_journey_is_refused() {
    let scene = scene();
    let staged = &scene.staged[0];
    let mut behaviour = staged.behaviour.clone();
    behaviour.scores.clear();
    let faults = behaviour.check(staged.definition());
    assert!(faults.iter().any(|fault| fault.problem == Problem::NoScore("zoeken".to_owned())), "{faults:?}");
    let mut behaviour = staged.behaviour.clone();
    let rules = behaviour.then["ligt-klaar"].clone();
    behaviour.then.insert("ligt-kaar".to_owned(), rules);
    let faults = behaviour.check(staged.definition());
    assert_eq!(faults[0].field, "then.ligt-kaar");
}
