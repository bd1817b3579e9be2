//! What happens when something is not known: the chain of the salutation, `if`, `default`, and else a named refusal.

use proptest::prelude::*;
use voice::{RenderError, render};
use words::{Channel, FormOfAddress, Name};

use crate::house::{body, journeys, repair};

fn said(source: &str) -> Result<String, RenderError> {
    let mut context = repair().context();
    context.facts =
        serde_json::json!({ "appointment": { "start": "2026-11-27T10:00:00+01:00", "firm": " ", "status": null } });
    context.staff_first_name = None;
    context.links.remove("visit");
    render(&body(source), &Channel::email(), &context).map(|mail| mail.text.trim().to_owned())
}

#[test]
fn a_missing_value_is_named() {
    let missing = |source: &str| match said(source) {
        Err(RenderError::Missing { variable }) => variable,
        other => panic!("{source}: {other:?}"),
    };
    assert_eq!(missing("{{ repair.kind }}"), "repair.kind");
    assert_eq!(missing("{{ appointment.firm }}"), "appointment.firm");
    assert_eq!(missing("{{ appointment.status }}"), "appointment.status");
    assert_eq!(missing("{{ staff.first_name }}"), "staff.first_name");
    assert_eq!(missing("{{ arrival.start | day }}"), "arrival.start");
    assert_eq!(missing("{{ arrival | window }}"), "arrival.start");
    assert_eq!(missing("{{ appointment | window }}"), "appointment.end");
    assert_eq!(missing("[x]({{ link('visit') }})"), "link('visit')");
}

#[test]
fn a_message_may_provide_for_it() {
    assert_eq!(said("A{% if repair.kind %} voor {{ repair.kind }}{% endif %}.").unwrap(), "A.");
    assert_eq!(
        said("A{% if appointment.firm %} door {{ appointment.firm }}{% else %} door ons{% endif %}.").unwrap(),
        "A door ons."
    );
    assert_eq!(said("{{ repair.kind | default('de reparatie') }}").unwrap(), "de reparatie");
    assert_eq!(said("{% if arrival %}ja{% else %}nee{% endif %}").unwrap(), "nee");
}

#[test]
fn values_of_another_kind_are_said_in_the_language() {
    let mut context = repair().context();
    context.facts = serde_json::json!({ "repair": { "photo": true, "complete": 1.5 }, "visit": ["x"] });
    let mail =
        |source: &str| render(&body(source), &Channel::email(), &context).map(|mail| mail.text.trim().to_owned());
    assert_eq!(mail("{{ repair.photo }} {{ repair.complete }}").unwrap(), "ja 1,5");
    assert_eq!(mail("{{ repair }}"), Err(RenderError::NotPrintable { variable: "repair".into() }));
    assert_eq!(
        mail("{{ repair.complete | day }}"),
        Err(RenderError::NotAMoment { variable: "repair.complete".into() })
    );
}

proptest! {
    #[test]
    fn every_subset_of_what_may_be_missing_reads_well(mask in 0u32..64, which in 0usize..4, formal: bool) {
        let journey = journeys().remove(which);
        let mut context = journey.context();
        let keep = |bit: u32, value: &str| (mask & (1 << bit) != 0).then(|| value.to_owned());
        context.customer.name = Name { first: keep(0, "Anna"), last: keep(1, "van der Berg"), salutation: keep(2, "mevrouw") };
        context.customer.email = keep(3, "a@b.nl");
        context.customer.address_as = Some(if formal { FormOfAddress::U } else { FormOfAddress::Je });
        context.staff_first_name = keep(4, "Fatima");
        context.human.phone = keep(5, "030 123 45 67");
        for name in journey.messages().keys() {
            for channel in ["email", "sms", "whatsapp", "post", "card", "desk", "phone", "visit"] {
                match render(&journey.message(name), &Channel::new(channel), &context) {
                    Err(RenderError::Missing { variable }) => prop_assert!(["staff.first_name", "human.phone"].contains(&variable.as_str())),
                    Err(other) => prop_assert!(false, "{}: {}", name, other),
                    Ok(rendered) => {
                        let all = format!("{}\n{}", rendered.subject.unwrap_or_default(), rendered.text);
                        let stray = ["  ", " ,", ",,", "{{", "}}", "{%", "()", "undefined", "none", "\u{F0200}"];
                        for bad in stray {
                            prop_assert!(!all.contains(bad), "{}/{} has {:?}: {}", name, channel, bad, all);
                        }
                    }
                }
            }
        }
    }
}
