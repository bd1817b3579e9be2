//! What keeps a message from being published.

use voice::{Declared, FaultKind, Message, check};
use words::{Channel, Language};

use crate::house::{body, library, repair};

fn faults(source: &str) -> Vec<String> {
    let message = Message::parse(source, Language::Nl).unwrap();
    check(&message, &repair().declared).iter().map(|fault| fault.message(Language::Nl)).collect()
}

#[test]
fn a_fault_names_line_field_and_remedy() {
    let source = "---
subject: \"Uw afspraak op {{ appointment.strat | day }}\"
sms: \"Komt u? {{ link('agenda') }} {{ appointment.start | datum }}\"
whatsapp: \"Komt je? {{ appointment.start }}\"
---
{{ salutation }},

Wij komen {% for x in y %}.
Tot {{ customer.bsn }}, of jij belt.
";
    insta::assert_snapshot!(faults(source).join("\n"), @r"
    Regel 2, subject: „appointment.strat” is geen gegeven van deze klantreis. Bedoelt u „appointment.start”?
    Regel 3, sms: Filter „datum” bestaat niet. Gebruik day, time, window of default.
    Regel 3, sms: Link „agenda” bestaat niet. Maak haar aan bij de links van de organisatie, of kies een andere.
    Regel 4, whatsapp: „je” past niet: deze klantreis zegt u. Schrijf „u”.
    Regel 8, body: „for” mag hier niet. Gebruik alleen if, elif, else en endif.
    Regel 9, body: „customer.bsn” is geen gegeven van deze klantreis. Zet het bij facts, of kies een ander.
    Regel 9, body: „jij” past niet: deze klantreis zegt u. Schrijf „u”.
    ");
}

#[test]
fn a_moment_needs_a_filter_and_a_filter_a_moment() {
    let declared = repair().declared;
    let kinds = |text: &str| check(&body(text), &declared).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
    let bare = FaultKind::BareMoment { variable: "appointment.start".into() };
    assert_eq!(kinds("Wij komen {{ appointment.start }}."), [bare]);
    assert!(matches!(&kinds("Wij komen {{ repair.kind | day }}.")[0], FaultKind::Unrenderable { .. }));
    assert!(matches!(&kinds("Wij komen {{ repair | window }}.")[0], FaultKind::Unrenderable { .. }));
    assert!(matches!(&kinds("Wij komen {{ repair }}.")[0], FaultKind::Unrenderable { .. }));
    assert_eq!(
        kinds("Wij komen {{ appointment.start | day }} om {{ appointment.start | time }}, voor {{ repair.id }}."),
        []
    );
}

#[test]
fn both_branches_are_walked() {
    let declared = repair().declared;
    let text = "{% if appointment.firm %}Goed{% else %}{{ organisation.name | day }}{% endif %}";
    assert!(matches!(&check(&body(text), &declared)[0].kind, FaultKind::Unrenderable { .. }));
}

#[test]
fn a_channel_needs_what_it_shows() {
    let declared = repair().declared;
    let message = Message::parse("Zonder kop.\n", Language::Nl).unwrap();
    let kinds: Vec<_> = check(&message, &declared).into_iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::NoSubject, FaultKind::NoSubject]);
    let only_sms = Declared { channels: [Channel::new("sms")].into_iter().collect(), ..declared.clone() };
    assert_eq!(check(&message, &only_sms), []);
    let empty = Message::parse("---\nsubject: x\n---\n", Language::Nl).unwrap();
    assert_eq!(check(&empty, &declared)[0].kind, FaultKind::NoBody);
}

#[test]
fn what_is_asked_has_a_text_and_a_way_to_answer() {
    let journey = library();
    let declared =
        Declared { asks: ["gemak".to_owned(), "prijs".to_owned()].into_iter().collect(), ..journey.declared.clone() };
    let faults = check(&journey.message("ligt-klaar"), &declared);
    let kinds: Vec<_> = faults.iter().map(|fault| &fault.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| ***kind == FaultKind::AskWithoutLink).count(), 3);
    assert_eq!(kinds.iter().filter(|kind| matches!(kind, FaultKind::QuestionWithoutText { .. })).count(), 2);
    let faults = check(&journey.message("enquete"), &declared);
    let prijs = FaultKind::QuestionWithoutText { question: "prijs".into() };
    // Sms falls back to the body, which has the link.
    assert_eq!(faults.into_iter().map(|fault| fault.kind).collect::<Vec<_>>(), [prijs]);
}

#[test]
fn links_of_the_writer_are_safe_ones() {
    let declared = repair().declared;
    let kinds = |text: &str| check(&body(text), &declared).into_iter().map(|fault| fault.kind).collect::<Vec<_>>();
    assert_eq!(kinds("[x](https://x.nl) [x](mailto:a@b.nl) [x](tel:+31301234567) [x](tel:{{ human.phone }})"), []);
    for url in [
        "javascript:alert(1)",
        "data:text/html,x",
        "/pad",
        "ftp://x.nl",
        "{{ repair.kind }}",
        "https://{{ repair.kind }}/x",
    ] {
        assert!(matches!(&kinds(&format!("[x]({url})"))[0], FaultKind::BadUrl { .. }), "{url}");
    }
}

#[test]
fn every_fault_speaks_both_languages() {
    let source = "---\nsubject: \"{{ a }}\"\n---\n{{ b\n";
    let message = Message::parse(source, Language::Nl).unwrap();
    for fault in check(&message, &repair().declared) {
        assert!(fault.message(Language::Nl).starts_with("Regel "));
        assert!(fault.message(Language::En).starts_with("Line "));
        assert_ne!(fault.what(Language::Nl), fault.what(Language::En));
    }
}
