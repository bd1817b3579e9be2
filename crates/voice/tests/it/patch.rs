//! An edit on a page changes one field and leaves the rest as it was.

use proptest::prelude::*;
use voice::{Field, Message, patch};
use words::Language;

use crate::house::{journeys, library};

const SOURCE: &str = "---
# het onderwerp
subject: \"Oud\"   # blijft
whatsapp: |
  Twee
  regels
questions:
    a: 'Eerste?'   # ook
    b: Tweede?
---
Tekst.
";

fn patched(field: &str, value: Option<&str>) -> String {
    patch(SOURCE, &Field::parse(field).unwrap(), value).unwrap()
}

#[test]
fn a_value_is_replaced_in_its_place() {
    assert_eq!(patched("subject", Some("Nieuw \"x\"")), SOURCE.replace("\"Oud\"", "\"Nieuw \\\"x\\\"\""));
    assert_eq!(patched("whatsapp", Some("Een\nnieuwe")), SOURCE.replace("|\n  Twee\n  regels", "\"Een\\nnieuwe\""));
    assert_eq!(patched("questions.a", Some("Anders?")), SOURCE.replace("'Eerste?'", "\"Anders?\""));
    assert_eq!(patched("body", Some("Nieuw.\r\nTwee\n\n")), SOURCE.replace("Tekst.", "Nieuw.\nTwee"));
}

#[test]
fn a_value_is_added_where_it_belongs() {
    assert_eq!(patched("sms", Some("Kort")), SOURCE.replace("whatsapp:", "sms: \"Kort\"\nwhatsapp:"));
    assert_eq!(
        patched("questions.c", Some("Derde?")),
        SOURCE.replace("b: Tweede?\n", "b: Tweede?\n    c: \"Derde?\"\n")
    );
    let bare = patch("Tekst.\n", &Field::Subject, Some("Kop")).unwrap();
    assert_eq!(bare, "---\nsubject: \"Kop\"\n---\nTekst.\n");
    assert_eq!(
        patch(&bare, &Field::Question("a".into()), Some("V?")).unwrap(),
        "---\nsubject: \"Kop\"\nquestions:\n  a: \"V?\"\n---\nTekst.\n"
    );
    let flow = "---\nquestions: { a: x, b: y }\n---\nT\n";
    let question = |name: &str| Field::Question(name.into());
    assert_eq!(patch(flow, &question("c"), Some("z")).unwrap(), flow.replace("b: y", "b: y, c: \"z\""));
    assert_eq!(patch(flow, &question("a"), None).unwrap(), flow.replace("a: x, ", ""));
    assert_eq!(patch(flow, &question("b"), None).unwrap(), flow.replace(", b: y", ""));
}

#[test]
fn a_blank_value_removes_the_field() {
    assert_eq!(patched("subject", Some("  ")), SOURCE.replace("subject: \"Oud\"   # blijft\n", ""));
    assert_eq!(patched("whatsapp", None), SOURCE.replace("whatsapp: |\n  Twee\n  regels\n", ""));
    assert_eq!(patched("questions.a", None), SOURCE.replace("    a: 'Eerste?'   # ook\n", ""));
    let without = patch(&patched("questions.a", None), &Field::Question("b".into()), None).unwrap();
    assert_eq!(Message::parse(&without, Language::Nl).unwrap().questions, []);
    assert_eq!(patched("sms", None), SOURCE);
}

proptest! {
    #[test]
    fn any_text_can_be_written_and_read_back(text in "[\\PC\n]{0,80}", field in 0usize..8, which in 0usize..4) {
        let fields = [Field::Subject, Field::Sms, Field::Whatsapp, Field::WhatsappTemplate, Field::Print, Field::Script, Field::Question("gemak".into()), Field::Body];
        let field = &fields[field];
        let private = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{F0000}'..='\u{F02FF}');
        prop_assume!(!text.chars().any(private));
        for source in journeys().remove(which).messages().values() {
            let patched = patch(source, field, Some(&text)).unwrap();
            let message = Message::parse(&patched, Language::Nl).unwrap();
            let found = message.text(field).map_or("", |text| text.source.trim());
            prop_assert_eq!(found, text.trim());
        }
    }
}

#[test]
fn undoing_an_edit_gives_the_same_meaning() {
    let journey = library();
    for (name, source) in journey.messages() {
        let message = journey.message(&name);
        for (field, text) in message.fields() {
            let back = patch(&patch(&source, &field, Some("iets")).unwrap(), &field, Some(&text.source)).unwrap();
            assert_eq!(Message::parse(&back, Language::Nl).unwrap(), message, "{name} {field}");
        }
    }
}
