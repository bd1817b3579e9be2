//! Everything that comes in has a limit.

use voice::{
    CARD_CHARS_MAX, Encoding, FaultKind, Field, Message, NESTING_MAX, RenderError, SMS_PARTS_MAX, SUBJECT_CHARS_MAX,
    Sms, WHATSAPP_CHARS_MAX, render,
};
use words::{Channel, Language, limits::MESSAGE_BYTES_MAX};

use crate::house::{body, library, repair};

fn fails(message: &Message, channel: &str) -> Option<RenderError> {
    render(message, &Channel::new(channel), &repair().context()).err()
}

#[test]
fn a_file_has_a_size() {
    let head = "---\nsubject: x\n---\n";
    let file = |size: usize| format!("{head}{}", "a".repeat(size - head.len()));
    assert!(Message::parse(&file(MESSAGE_BYTES_MAX), Language::Nl).is_ok());
    let faults = Message::parse(&file(MESSAGE_BYTES_MAX + 1), Language::Nl).unwrap_err();
    assert_eq!(faults[0].kind, FaultKind::TooLarge);
}

#[test]
fn a_template_has_fuel() {
    let many = |count: usize| body(&"{{ salutation }} ".repeat(count));
    assert_eq!(fails(&many(1_000), "email"), None);
    assert_eq!(fails(&many(3_800), "email"), Some(RenderError::TooMuchWork));
}

#[test]
fn a_result_has_a_size() {
    let mut context = repair().context();
    context.facts["repair"]["kind"] = "a".repeat(2_000).into();
    let many = |count: usize| render(&body(&"{{ repair.kind }} ".repeat(count)), &Channel::email(), &context).err();
    assert_eq!(many(50), None);
    assert_eq!(many(80), Some(RenderError::TooLarge));
}

#[test]
fn conditions_nest_only_so_deep() {
    let nested =
        |depth: usize| body(&format!("{}x{}", "{% if repair.kind %}".repeat(depth), "{% endif %}".repeat(depth)));
    assert_eq!(fails(&nested(10), "email"), None);
    assert!(matches!(fails(&nested(400), "email"), Some(RenderError::Template { .. })));
    let brackets = |depth: usize| body(&format!("{{{{ {}repair.kind{} }}}}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(fails(&brackets(5), "email"), None);
    assert!(matches!(fails(&brackets(140), "email"), Some(RenderError::Template { .. })));
}

#[test]
fn lists_and_quotations_nest_only_so_deep() {
    assert_eq!(fails(&body(&format!("{} x", ">".repeat(NESTING_MAX))), "email"), None);
    assert_eq!(fails(&body(&format!("{} x", "> ".repeat(10_000))), "email"), Some(RenderError::TooDeep));
    assert_eq!(fails(&body(&"- * ".repeat(5_000)), "email"), Some(RenderError::TooDeep));
}

#[test]
fn a_text_message_has_parts() {
    let long = |count: usize| body(&"a".repeat(count));
    let most = 153 * SMS_PARTS_MAX as usize;
    let rendered = render(&long(most), &Channel::new("sms"), &repair().context()).unwrap();
    assert_eq!(rendered.sms_parts, Some(SMS_PARTS_MAX));
    assert_eq!(fails(&long(most + 1), "sms"), Some(RenderError::TooManySms { parts: SMS_PARTS_MAX + 1 }));
    assert_eq!(Sms::of("ë").encoding, Encoding::Ucs2);
}

#[test]
fn a_whatsapp_message_has_a_length() {
    assert_eq!(fails(&body(&"a".repeat(WHATSAPP_CHARS_MAX)), "whatsapp"), None);
    assert_eq!(fails(&body(&"a".repeat(WHATSAPP_CHARS_MAX + 1)), "whatsapp"), Some(RenderError::TooLarge));
}

#[test]
fn a_card_has_a_length() {
    assert_eq!(fails(&body(&"a".repeat(CARD_CHARS_MAX)), "card"), None);
    assert_eq!(fails(&body(&"a".repeat(CARD_CHARS_MAX + 1)), "card"), Some(RenderError::TooLongForCard));
    assert_eq!(fails(&body(&"a".repeat(CARD_CHARS_MAX + 1)), "post"), None);
}

#[test]
fn a_long_subject_is_cut_at_a_word() {
    let journey = library();
    let mut context = journey.context();
    context.facts["hold"]["title"] = "woord ".repeat(100).into();
    let subject = render(&journey.message("ligt-klaar"), &Channel::email(), &context).unwrap().subject.unwrap();
    assert!(subject.chars().count() <= SUBJECT_CHARS_MAX && subject.ends_with("woord…"), "{subject}");
}

#[test]
fn questions_are_few() {
    let file = |count: usize| {
        let questions: String = (0..count).map(|n| format!("  q{n}: \"Vraag?\"\n")).collect();
        Message::parse(&format!("---\nsubject: x\nquestions:\n{questions}---\nx\n"), Language::Nl)
    };
    assert_eq!(file(10).unwrap().questions.len(), 10);
    assert_eq!(file(11).unwrap_err()[0].kind, FaultKind::TooManyQuestions);
    assert_eq!(Field::parse("questions.q1"), Some(Field::Question("q1".into())));
    assert_eq!(Field::parse("questions.1 q"), None);
}

#[test]
fn a_hostile_file_gives_few_faults() {
    let declared = repair().declared;
    let text = format!("{}{}", "{{ a|b }} ".repeat(3_000), "je ".repeat(3_000));
    let faults = voice::check(&body(&text), &declared);
    assert!(faults.len() <= 2 * voice::FAULTS_MAX + 1, "{}", faults.len());
}
