//! Every example message in every channel, as a customer gets it.

use std::fmt::Write;

use voice::{Declared, Message, Rendered, check, render, render_question, sample};
use words::{Channel, Language};

use crate::house::{Journey, journeys, library, repair};

/// The part of a mail between its frame.
fn sheet(html: &str) -> &str {
    let start = html.find("overflow-wrap:anywhere;\">\n").unwrap() + 26;
    html[start..].split("\n</td></tr>\n").next().unwrap()
}

fn told(journey: &Journey, message: &Message) -> String {
    let context = journey.context();
    let of = |channel: &str| render(message, &Channel::new(channel), &context).unwrap();
    let mut out = String::new();
    let Rendered { subject, text, html, .. } = of("email");
    write!(out, "# e-mail: {}\n\n{text}\n", subject.unwrap()).unwrap();
    let sms = of("sms");
    write!(out, "# sms, {} part(s)\n\n{}\n\n", sms.sms_parts.unwrap(), sms.text).unwrap();
    write!(out, "# WhatsApp\n\n{}\n\n", of("whatsapp").text).unwrap();
    for (name, _) in &message.questions {
        let question = render_question(message, name, &context).unwrap().unwrap();
        write!(out, "# question {name}\n\n{question}\n\n").unwrap();
    }
    write!(out, "# print\n\n{}\n", of("desk").html.unwrap()).unwrap();
    write!(out, "# e-mail in HTML\n\n{}\n", sheet(&html.unwrap())).unwrap();
    out
}

#[test]
fn every_example_in_every_channel() {
    for journey in journeys() {
        for name in journey.messages().keys() {
            let message = journey.message(name);
            insta::assert_snapshot!(format!("{}__{name}", journey.name), told(&journey, &message));
        }
    }
}

#[test]
fn a_whole_mail() {
    let journey = repair();
    let mut context = journey.context();
    let url = |page: &str| Some(format!("https://rijnoever.nl/{page}/7kQ2"));
    context.foot = voice::Foot { about: url("bericht"), preferences: url("voorkeuren"), unsubscribe: url("stop") };
    let mail = render(&journey.message("bevestiging"), &Channel::email(), &context).unwrap();
    insta::assert_snapshot!("whole_mail_html", mail.html.unwrap());
    let foot = "\n--\nOver dit bericht: https://rijnoever.nl/bericht/7kQ2\nVoorkeuren: https://rijnoever.nl/voorkeuren/7kQ2\n\
                Afmelden voor deze berichten: https://rijnoever.nl/stop/7kQ2\n";
    assert!(mail.text.ends_with(foot), "{}", mail.text);
}

#[test]
fn every_example_is_fit_to_publish() {
    for journey in journeys() {
        for name in journey.messages().keys() {
            let message = journey.message(name);
            let asks = message.questions.iter().map(|(name, _)| name.clone()).filter(|name| name != "open").collect();
            let declared = Declared { asks, ..journey.declared.clone() };
            let faults = check(&message, &declared);
            assert_eq!(faults, [], "{}/{name}", journey.name);
        }
    }
}

#[test]
fn the_other_form_of_address_is_found_in_every_example() {
    for journey in journeys() {
        let mut declared = journey.declared.clone();
        declared.address = match declared.address {
            words::FormOfAddress::U => words::FormOfAddress::Je,
            words::FormOfAddress::Je => words::FormOfAddress::U,
        };
        for name in journey.messages().keys() {
            let faults = check(&journey.message(name), &declared);
            assert!(
                faults.iter().any(|fault| matches!(fault.kind, voice::FaultKind::FormOfAddress { .. })),
                "{}/{name}",
                journey.name
            );
        }
    }
}

#[test]
fn a_preview_needs_no_customer() {
    let journey = library();
    let preview = |language| {
        let mut context = sample(&journey.declared, language);
        context.facts["hold"]["title"] = "Max Havelaar".into();
        render(&journey.message("ligt-klaar"), &Channel::new("sms"), &context).unwrap()
    };
    let first = preview(Language::Nl);
    assert_eq!(
        first.text,
        "Je boek ligt klaar bij Centrum, tot en met dinsdag 1 december. Lukt het niet? https://voorbeeld.nl/hold"
    );
    assert_eq!(first, preview(Language::Nl));
}

#[test]
fn english_messages_say_days_in_english() {
    let source = "---\nsubject: \"Your repair on {{ appointment.start | day }}\"\nsms: \"We come {{ appointment | window }}.\"\n---\n{{ salutation }},\n\nSee you {{ appointment.start | day }}.\n";
    let message = Message::parse(source, Language::En).unwrap();
    let journey = repair();
    assert_eq!(check(&message, &journey.declared), []);
    let mail = render(&message, &Channel::email(), &journey.context()).unwrap();
    assert_eq!(mail.subject.unwrap(), "Your repair on Friday 27 November");
    assert_eq!(mail.text, "Dear Ms De Vries,\n\nSee you Friday 27 November.\n");
    assert!(mail.html.unwrap().contains("<html lang=\"en\""));
    assert_eq!(render(&message, &Channel::new("sms"), &journey.context()).unwrap().text, "We come between 10 and 12.");
}
