//! Templates that WhatsApp carries outside a conversation.

use voice::{Message, RenderError, check, render};
use words::{Channel, Language, Template};

use crate::house::repair;

fn message(template: &str) -> Message {
    let lines: String = template.lines().map(|line| format!("  {line}\n")).collect();
    let source = format!("---\nsubject: x\nwhatsapp_template: |\n{lines}---\n{{{{ salutation }}}}, tot morgen.\n");
    Message::parse(&source, Language::Nl).unwrap()
}

fn made(template: &str) -> Result<Option<Template>, RenderError> {
    let whatsapp = Channel::new("whatsapp");
    render(&message(template), &whatsapp, &repair().context()).map(|rendered| rendered.template)
}

#[test]
fn the_first_line_names_it_and_each_further_line_fills_a_place() {
    let template = made("bezoek_morgen\nde heer  X\n{{ appointment.start | day }}").unwrap().unwrap();
    assert_eq!((template.name.as_str(), template.language.as_str()), ("bezoek_morgen", "nl"));
    assert_eq!(template.parameters.len(), 2);
    assert_eq!(template.parameters[0], "de heer X");
    assert_eq!(made("visit en_US").unwrap().unwrap().language, "en_US");
}

#[test]
fn only_whatsapp_has_one() {
    let rendered = render(&message("bezoek"), &Channel::new("sms"), &repair().context()).unwrap();
    assert_eq!(rendered.template, None);
}

#[test]
fn what_the_provider_would_refuse_is_told_before() {
    for wrong in ["Bezoek", "bezoek-morgen", "bezoek nederlands", "bezoek nl nl", "{{ salutation }}"] {
        assert_eq!(made(wrong), Err(RenderError::TemplateName), "{wrong}");
    }
    assert!(matches!(
        made("bezoek\n{{ '' }}"),
        Err(RenderError::TemplateLine { .. }) | Err(RenderError::Missing { .. })
    ));
    let lines = |count: usize| format!("bezoek\n{}", "x\n".repeat(count));
    assert!(made(&lines(20)).is_ok());
    assert_eq!(made(&lines(21)), Err(RenderError::TooLarge));
    let house = repair();
    let mut declared = house.declared;
    declared.channels = [Channel::new("whatsapp")].into_iter().collect();
    let faults = check(&message("Bezoek Morgen Avond"), &declared);
    assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["whatsapp_template"]);
    let unknown = check(&message("bezoek\n{{ niemand.weet }}"), &declared);
    assert_eq!(unknown[0].field, "whatsapp_template");
}
