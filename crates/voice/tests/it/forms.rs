//! One message in each of its forms: what a channel has a text of its own for, and what it takes from the body.

use voice::{Field, Message, render};
use words::{
    Channel, Language,
    paper::{Block, Inline},
};

use crate::house::repair;

const SOURCE: &str = "---
subject: Uw reparatie
sms: Kort.
print: |
  {{ salutation }},

  Wij komen **{{ appointment.start | day }}**. Kijk op [onze site]({{ link('visit') }}).

  [Verzet de afspraak]({{ link('visit') }})
script: |
  Vraag of {{ appointment.start | day }} past.

  - Noteer het telefoonnummer.
---
{{ salutation }},

De tekst van de mail.
";

fn said(source: &str, channel: &str) -> voice::Rendered {
    let message = Message::parse(source, Language::Nl).unwrap();
    let mut context = repair().context();
    context.links.insert("visit".into(), "https://mijn.rijnoever.nl/a/K7Q2".into());
    render(&message, &Channel::new(channel), &context).unwrap()
}

#[test]
fn paper_has_its_own_text_and_prints_addresses_as_one_types_them() {
    for channel in ["post", "card", "print"] {
        let made = said(SOURCE, channel);
        assert_eq!(made.subject.as_deref(), Some("Uw reparatie"));
        let html = made.html.unwrap();
        assert!(html.contains("Wij komen <strong>vrijdag 27 november</strong>"), "{html}");
        assert!(html.contains("onze site</a> (mijn.rijnoever.nl/a/K7Q2)"), "{html}");
        let url = "https://mijn.rijnoever.nl/a/K7Q2".to_owned();
        assert_eq!(made.blocks.last(), Some(&Block::Button { label: "Verzet de afspraak".into(), url }));
        let salutation = "Beste mevrouw De Vries,".to_owned();
        assert_eq!(made.blocks.first(), Some(&Block::Paragraph(vec![Inline::Text(salutation)])));
    }
}

#[test]
fn who_speaks_reads_the_script() {
    for channel in ["desk", "phone", "visit"] {
        let text = said(SOURCE, channel).text;
        assert_eq!(text, "Vraag of vrijdag 27 november past.\n\n- Noteer het telefoonnummer.");
    }
}

#[test]
fn what_has_no_text_of_its_own_takes_the_body() {
    let bare = SOURCE.split("print:").next().unwrap().to_owned() + "---\nDe tekst van de mail.\n";
    for channel in ["post", "card", "desk", "phone", "visit", "email"] {
        assert_eq!(said(&bare, channel).text.trim(), "De tekst van de mail.", "{channel}");
    }
    assert_eq!(said(SOURCE, "sms").text, "Kort.");
    assert!(said(SOURCE, "email").blocks.is_empty());
}

#[test]
fn every_form_is_checked_and_heard() {
    let declared = repair().declared;
    let faults = |field: &str, text: &str| {
        let source = format!("---\nsubject: Uw reparatie\n{field}: \"{text}\"\n---\nDag.\n");
        let message = Message::parse(&source, Language::Nl).unwrap();
        let mut declared = declared.clone();
        declared.channels = ["post", "desk"].map(Channel::new).into_iter().collect();
        voice::check(&message, &declared)
    };
    for field in ["print", "script"] {
        for wrong in [
            "{{ appointment.strat | day }}",
            "{{ appointment.start }}",
            "{% include 'x' %}",
            "{{ link('nergens') }}",
            "Bel je ons?",
            "[x](javascript:alert)",
        ] {
            let found = faults(field, wrong);
            assert!(!found.is_empty() && found.iter().all(|fault| fault.field == field), "{field} {wrong}: {found:?}");
        }
        assert_eq!(faults(field, "Belt u ons op {{ human.phone }}?"), []);
        assert_eq!(Field::parse(field).map(|field| field.to_string()).as_deref(), Some(field));
    }
}
