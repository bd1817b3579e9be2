//! Reading a file.

use voice::{FaultKind, Message};
use words::{Channel, Language};

use crate::house::library;

fn fault(source: &str) -> (usize, String, FaultKind) {
    let fault = Message::parse(source, Language::Nl).unwrap_err().remove(0);
    (fault.line, fault.field, fault.kind)
}

#[test]
fn a_file_gives_its_fields_with_their_lines() {
    let message = library().message("enquete");
    assert_eq!(message.subject.as_ref().unwrap().line, 2);
    assert_eq!(
        message.questions.iter().map(|(name, text)| (name.as_str(), text.line)).collect::<Vec<_>>(),
        [("gemak", 5), ("berichten", 6), ("ophalen", 7), ("open", 8)]
    );
    assert_eq!((message.body.line, message.sms.is_none()), (10, true));
    assert!(message.body.source.starts_with("{{ salutation }},\n"));
    assert_eq!(message.links(&Channel::email()).into_iter().collect::<Vec<_>>(), ["ask"]);
    assert_eq!(library().message("tips").links(&Channel::new("sms")).into_iter().collect::<Vec<_>>(), ["genre"]);
}

#[test]
fn yaml_in_every_form_is_read() {
    let source = "---\r\n# een opmerking\r\nsubject: Zonder aanhalingstekens\r\nsms: |\r\n  Twee\r\n  regels\r\nwhatsapp: 'It''s'\r\nquestions: { a: \"Vraag?\" }\r\n---\r\nTekst\r\n";
    let message = Message::parse(source, Language::Nl).unwrap();
    let source = |text: &Option<voice::Text>| text.as_ref().map(|text| (text.source.clone(), text.line));
    assert_eq!(source(&message.subject), Some(("Zonder aanhalingstekens".into(), 3)));
    assert_eq!(source(&message.sms), Some(("Twee\nregels".into(), 5)));
    assert_eq!(source(&message.whatsapp), Some(("It's".into(), 7)));
    assert_eq!(message.questions[0].1.source, "Vraag?");
    assert_eq!((message.body.source.as_str(), message.body.line), ("Tekst\n", 10));
}

#[test]
fn a_file_without_a_head_is_all_body() {
    let message = Message::parse("Tekst\n---\nmeer\n", Language::Nl).unwrap();
    assert_eq!((message.subject, message.body.line), (None, 1));
}

#[test]
fn faults_name_the_line_and_the_field() {
    assert_eq!(fault("---\nsubject: x\n"), (1, "---".into(), FaultKind::FrontMatterOpen));
    assert_eq!(
        fault("---\nsubject: x\nonderwerp: y\n---\n"),
        (3, "onderwerp".into(), FaultKind::UnknownKey { key: "onderwerp".into() })
    );
    assert_eq!(fault("---\nsubject: x\nsubject: y\n---\n"), (3, "subject".into(), FaultKind::Twice));
    assert_eq!(fault("---\nsms: [a, b]\n---\n"), (2, "sms".into(), FaultKind::NotText));
    assert_eq!(fault("---\nquestions: tekst\n---\n"), (2, "questions".into(), FaultKind::NotText));
    assert_eq!(fault("---\nquestions:\n  1a: tekst\n---\n"), (3, "questions.1a".into(), FaultKind::QuestionName));
    assert_eq!(fault("---\n- a\n---\n").2, FaultKind::NotText);
    assert_eq!(fault("---\nsubject: *anker\n---\n").0, 2);
    assert!(matches!(fault("---\nsubject: \"open\n---\n").2, FaultKind::Yaml { .. }));
    assert_eq!(
        fault("---\nsubject: x\n---\na\nb\u{202E}c\n"),
        (5, "---".into(), FaultKind::ForbiddenCharacter { code: 0x202E })
    );
    assert_eq!(
        fault("---\nsubject: \"\\U000F0041\"\n---\n"),
        (2, "subject".into(), FaultKind::ForbiddenCharacter { code: 0xF0041 })
    );
}

#[test]
fn a_message_tells_what_it_cannot_do_without() {
    let text = "---\nsubject: \"{{ a.b | day }}\"\nsms: \"{{ e.f }}\"\n---\n{% if c.d %}{{ c.d }}{% endif %} {{ e.f | default('x') }} {{ g | window }}";
    let needed = Message::parse(text, Language::Nl).unwrap().needed();
    assert_eq!(
        needed.iter().map(String::as_str).collect::<Vec<_>>(),
        ["a.b", "e.f", "g"],
        "the text message has no default"
    );
}
