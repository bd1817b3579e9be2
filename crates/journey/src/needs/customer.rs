//! What must be known of a customer: addresses, name, consents.

use std::collections::BTreeSet;

use words::{Class, EventName, TouchpointId, Value};

use super::{FieldKind, Level, Mentions, NeededEvent, NeededField, Purpose};
use crate::model::{Definition, Expression, FactType, When};

const TEXT: FieldKind = FieldKind::Fact(FactType::Text);

/// `customer.identified` with the properties that this journey uses.
pub(super) fn customer(definition: &Definition, mentions: &Mentions) -> NeededEvent {
    let mut fields = addresses(definition);
    let greets = !mentions.is_empty();
    let names = [("first_name", "Sanne"), ("last_name", "de Vries"), ("salutation", "mevrouw")];
    for (name, example) in names {
        let said = format!("customer.{name}");
        let says = definition.touchpoints.iter().filter(|touchpoint| {
            let messages = touchpoint.send.iter().chain(&touchpoint.variants);
            messages.filter_map(|message| mentions.get(message)).any(|names| names.contains(&said))
        });
        let mut purposes: Vec<Purpose> = says.map(|touchpoint| Purpose::Said(touchpoint.id.clone())).collect();
        let level = if purposes.is_empty() { Level::Useful } else { Level::Known };
        if greets {
            purposes.push(Purpose::Names);
        }
        if !purposes.is_empty() {
            fields.push(field(name, TEXT, level, Value::from(example), purposes));
        }
    }
    fields.extend(consents(definition));
    // Who gets no messages has no need of manners.
    let manners: &[_] = if fields.is_empty() { &[] } else { &[("language", "nl"), ("zone", "Europe/Amsterdam")] };
    for (name, example) in manners {
        fields.push(field(name, TEXT, Level::Useful, Value::from(*example), vec![Purpose::Manners]));
    }
    for (property, touchpoint) in asked(definition) {
        let decides = Purpose::Decides(touchpoint);
        match fields.iter_mut().find(|field| field.name == property) {
            Some(known) if known.purposes.contains(&decides) => {}
            Some(known) => known.purposes.insert(0, decides),
            None => {
                let example = match property.as_str() {
                    "personas" => serde_json::json!(definition.personas),
                    "town" => Value::from("Utrecht"),
                    "postcode" => Value::from("3511 LX"),
                    other => Value::from(other.replace('_', " ")),
                };
                fields.push(field(&property, TEXT, Level::Useful, example, vec![decides]));
            }
        }
    }
    fields.sort_by_key(|field| field.level);
    let name = EventName::parse(EventName::RESERVED[0]).unwrap_or_else(|| unreachable!("a reserved name is a name"));
    let optional = fields.iter().all(|field| field.level == Level::Useful);
    NeededEvent { name, purposes: vec![Purpose::Identifies], fields, optional, counted: false }
}

fn field(name: &str, kind: FieldKind, level: Level, example: Value, purposes: Vec<Purpose>) -> NeededField {
    NeededField { name: name.to_owned(), or: Vec::new(), kind, level, values: Vec::new(), example, purposes }
}

/// The addresses of the channels that carry our messages, as far as a customer has them. Where a message can go several ways,
/// one of them will do.
fn addresses(definition: &Definition) -> Vec<NeededField> {
    let of_channel = |channel: &words::Channel| match channel.as_str() {
        "email" => Some("email"),
        "sms" | "whatsapp" => Some("mobile"),
        "post" | "card" => Some("street"),
        _ => None,
    };
    let mut choices: Vec<Vec<&str>> = Vec::new();
    for touchpoint in definition.touchpoints.iter().filter(|touchpoint| touchpoint.sends()) {
        let mut kinds: Vec<&str> = touchpoint.channels.iter().filter_map(of_channel).collect();
        kinds.dedup();
        if !kinds.is_empty() {
            choices.push(kinds);
        }
    }
    let mut all: Vec<&str> = Vec::new();
    for kind in choices.iter().flatten() {
        if !all.contains(kind) {
            all.push(kind);
        }
    }
    let alone = |kind: &str| choices.iter().any(|kinds| kinds.iter().all(|other| *other == kind));
    let mut fields = Vec::new();
    for kind in &all {
        let others = || all.iter().filter(|other| *other != kind && !alone(other)).map(|other| (*other).to_owned());
        // Where every message that could go this way has another way that is needed anyway, this one is a kindness.
        let spared =
            choices.iter().filter(|kinds| kinds.contains(kind)).all(|kinds| kinds.iter().any(|kind| alone(kind)));
        let (level, or): (_, Vec<String>) = match (alone(kind), spared) {
            (true, _) => (Level::Known, Vec::new()),
            (false, true) => (Level::Useful, Vec::new()),
            (false, false) => (Level::Known, others().collect()),
        };
        let parts: &[(&str, &str)] = match *kind {
            "email" => &[("email", "sanne@example.org")],
            "mobile" => &[("mobile", "+31612345678")],
            _ => &[("street", "Dorpsstraat 1"), ("postcode", "3511 LX"), ("town", "Utrecht")],
        };
        fields.extend(parts.iter().map(|(name, example)| NeededField {
            or: or.clone(),
            ..field(name, TEXT, level, Value::from(*example), vec![Purpose::Reaches])
        }));
    }
    fields
}

/// The consents: needed as soon as anything of class marketing is sent, or a condition asks for one.
fn consents(definition: &Definition) -> Option<NeededField> {
    let markets = definition
        .touchpoints
        .iter()
        .any(|touchpoint| touchpoint.sends() && touchpoint.class == Some(Class::Marketing));
    let named = consents_asked(definition);
    if !markets && named.is_empty() {
        return None;
    }
    let mut example = serde_json::Map::new();
    example.extend(markets.then(|| ("marketing".to_owned(), Value::from(true))));
    example.extend(named.into_iter().map(|name| (name, Value::from(true))));
    let level = if markets { Level::Known } else { Level::Useful };
    let purposes = if markets { vec![Purpose::Consent] } else { Vec::new() };
    Some(field("consents", FieldKind::Consents, level, Value::Object(example), purposes))
}

/// The consents by a name of their own that a condition of the journey asks for, such as `leestips`.
pub fn consents_asked(definition: &Definition) -> BTreeSet<String> {
    conditions(definition).flat_map(|(condition, _)| consents_in(condition.source())).collect()
}

/// The names in `'leestips' in customer.consents`.
fn consents_in(source: &str) -> Vec<String> {
    let mut parts: Vec<&str> = source.split("in customer.consents").collect();
    parts.pop();
    let last_quoted = |part: &str| {
        let part = part.trim_end().strip_suffix(['\'', '"'])?;
        Some(part.rsplit(['\'', '"']).next()?.to_owned())
    };
    parts.into_iter().filter_map(last_quoted).collect()
}

/// What conditions ask of a customer, with the touchpoint about which they decide.
fn asked(definition: &Definition) -> Vec<(String, TouchpointId)> {
    let all = conditions(definition).flat_map(|(condition, id)| {
        let asked = condition.asked().into_iter().filter(|asked| asked.root == "customer");
        asked.map(move |asked| (asked.property, id.clone()))
    });
    all.collect()
}

fn conditions(definition: &Definition) -> impl Iterator<Item = (&Expression, &TouchpointId)> {
    definition.touchpoints.iter().flat_map(|touchpoint| {
        let becomes = match &touchpoint.when {
            Some(When::Becomes(condition)) => Some(condition),
            _ => None,
        };
        let fired: &[_] = match &touchpoint.when {
            Some(When::Events(events)) => events,
            _ => &[],
        };
        let wheres = touchpoint.seen.iter().chain(fired).filter_map(|wanted| wanted.only.as_ref());
        touchpoint.only_if.iter().chain(becomes).chain(wheres).map(move |condition| (condition, &touchpoint.id))
    })
}
