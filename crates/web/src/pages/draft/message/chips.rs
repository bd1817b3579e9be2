//! What a text may name, in groups, each with what it comes to in the sample.

use journey::{Definition, FactPath, FactType, Saying};
use serde::Serialize;
use voice::{Context, Declared, Message, render};
use words::{Channel, Language};

use crate::{language::Text, pages::naming, session::Staff};

/// Characters of an example.
const EXAMPLE_CHARS_MAX: usize = 40;

/// Variables of every message, and the keys of what they are called.
const OWN: [(&str, &str); 7] = [
    ("salutation", "chip-salutation"),
    ("organisation.name", "chip-organisation-name"),
    ("human.phone", "chip-human-phone"),
    ("human.team", "chip-human-team"),
    ("staff.first_name", "chip-staff-first-name"),
    ("customer.first_name", "chip-customer-first-name"),
    ("customer.last_name", "chip-customer-last-name"),
];

/// Something that a text may name.
#[derive(Serialize)]
struct Chip {
    /// As it is written in the text.
    written: String,
    said: String,
    /// What the sample makes of it.
    example: Option<String>,
}

/// Chips about one thing.
#[derive(Serialize)]
pub(super) struct Group {
    said: String,
    chips: Vec<Chip>,
}

/// Variables with the filter that they need, and links as buttons: those of every message, of each object, and the links.
pub(super) fn groups(definition: &Definition, declared: &Declared, staff: &Staff, sample: &Context) -> Vec<Group> {
    let saying = naming::saying(definition, &staff.speech);
    let chip = |written: String, said: String| {
        let example = example(&written, definition.language, sample);
        Chip { written, said, example }
    };
    let own = OWN.iter().map(|(name, key)| chip(format!("{{{{ {name} }}}}"), staff.say(&Text::new(key))));
    let mut groups = vec![Group { said: staff.say(&Text::new("chips-own")), chips: own.collect() }];
    for (object, properties) in &declared.facts {
        let mut chips = Vec::new();
        if properties.contains_key("start") && properties.contains_key("end") {
            let said = staff.say(&Text::new("chip-window"));
            chips.push(chip(format!("{{{{ {object} | window }}}}"), said));
        }
        for (property, kind) in properties {
            let filter = if matches!(kind, FactType::Date | FactType::Time) { " | day" } else { "" };
            chips.push(chip(format!("{{{{ {object}.{property}{filter} }}}}"), label(object, property, saying)));
        }
        if !properties.contains_key("id") {
            chips.push(chip(format!("{{{{ {object}.id }}}}"), label(object, "id", saying)));
        }
        groups.push(Group { said: naming::capital(&saying.object(object)), chips });
    }
    let links = declared.all_links().into_iter().map(|link| Chip {
        said: staff.say(&Text::new("chip-link").with("link", link.replace('_', " "))),
        written: format!("{{{{ link('{link}') }}}}"),
        example: None,
    });
    groups.push(Group { said: staff.say(&Text::new("chips-links")), chips: links.collect() });
    groups
}

fn label(object: &str, property: &str, saying: Saying<'_>) -> String {
    saying.label(&FactPath { object: object.to_owned(), property: property.to_owned() })
}

/// What a template of this one chip comes to.
fn example(written: &str, language: Language, sample: &Context) -> Option<String> {
    let message = Message::parse(written, language).ok()?;
    let made = render(&message, &Channel::new("desk"), sample).ok()?;
    Some(made.text.chars().take(EXAMPLE_CHARS_MAX).collect())
}
