//! A message as customers would see it: one real customer, the sample, and someone of whom little is known.

use journey::{FactType, Touchpoint};
use serde::Serialize;
use serde_json::{Map, Value};
use voice::{Context, Declared, Exit, Message};
use words::{Channel, Customer, CustomerId};

use super::{opened::Opened, people::Person};
use crate::{pages::naming, session::Staff};

/// Whom one sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum As {
    /// Made-up values for everything.
    Sample,
    /// No name and no more than dates and times, without which the message would not go: what remains must still be right.
    Bare,
    /// A customer, by place in the list.
    Person(usize),
}

impl As {
    pub(super) fn read(text: &str, people: usize) -> Self {
        match text {
            "niets" => Self::Bare,
            "voorbeeld" => Self::Sample,
            text => match text.strip_prefix("klant-").and_then(|place| place.parse().ok()) {
                Some(place) if place < people => Self::Person(place),
                _ if people > 0 && text.is_empty() => Self::Person(0),
                _ => Self::Sample,
            },
        }
    }

    pub(super) fn value(&self) -> String {
        match self {
            Self::Sample => "voorbeeld".to_owned(),
            Self::Bare => "niets".to_owned(),
            Self::Person(place) => format!("klant-{place}"),
        }
    }
}

/// One channel's look.
#[derive(Serialize)]
pub(super) struct Preview {
    /// `mail`, `short` or `paper`.
    shape: &'static str,
    channel: String,
    /// Whether it is the first in order of preference.
    first: bool,
    to: Option<String>,
    subject: Option<String>,
    text: String,
    /// A fragment made by `voice`, without styles; safe to stand in the page.
    html: Option<String>,
    sms_parts: Option<u32>,
    chars: usize,
    /// Why it cannot be made.
    problem: Option<String>,
}

/// The message in every channel of the moments that send it; e-mail when there is none yet.
pub(super) fn of(
    staff: &Staff,
    opened: &Opened,
    name: &str,
    message: &Message,
    people: &[Person],
    wanted: &As,
) -> Vec<Preview> {
    let Some(definition) = &opened.reading.definition else { return Vec::new() };
    let declared = Declared::of(definition, &opened.organisation, name);
    let uses = |one: &&Touchpoint| one.send.as_deref() == Some(name) || one.variants.iter().any(|other| other == name);
    let sending: Vec<&Touchpoint> = definition.touchpoints.iter().filter(uses).collect();
    let mut channels: Vec<Channel> = Vec::new();
    for channel in sending.iter().flat_map(|touchpoint| &touchpoint.channels) {
        if !channels.contains(channel) {
            channels.push(channel.clone());
        }
    }
    if channels.is_empty() {
        channels.push(Channel::email());
    }
    let exit = sending.first().and_then(|touchpoint| definition.human_at(touchpoint)).or(definition.human.as_ref());
    let mut context = voice::sample(&declared, message.language);
    context.organisation.clone_from(&opened.organisation.name);
    context.zone = opened.organisation.zone.clone();
    context.human = Exit { team: exit.map(|exit| exit.team.clone()), phone: exit.and_then(|exit| exit.phone.clone()) };
    match wanted {
        As::Sample => {}
        As::Bare => {
            context.facts = moments_alone(&declared, &context.facts);
            context.customer = Customer::unknown(CustomerId::derived(&["nobody"]));
            context.staff_first_name = None;
        }
        As::Person(place) => {
            if let Some(person) = people.get(*place) {
                context.facts = person.facts();
                context.customer = person.customer.clone();
                context.zone = service::sending::zone(&person.customer, &opened.organisation);
                context.now = staff.speech.now;
                context.staff_first_name = None;
            }
        }
    }
    channels.iter().enumerate().map(|(place, channel)| one(staff, message, channel, &context, place == 0)).collect()
}

/// The dates and times among the facts.
fn moments_alone(declared: &Declared, facts: &Value) -> Value {
    let is_moment = |kind: &FactType| matches!(kind, FactType::Date | FactType::Time);
    let objects = declared.facts.iter().map(|(object, properties)| {
        let kept = properties.iter().filter(|(_, kind)| is_moment(kind));
        let kept: Map<String, Value> = kept.map(|(name, _)| (name.clone(), facts[object][name].clone())).collect();
        (object.clone(), Value::Object(kept))
    });
    Value::Object(objects.collect())
}

fn one(staff: &Staff, message: &Message, channel: &Channel, context: &Context, first: bool) -> Preview {
    let shape = match channel.as_str() {
        "sms" | "whatsapp" | "push" | "chat" => "short",
        "email" => "mail",
        _ => "paper",
    };
    let to = match channel.as_str() {
        "email" => context.customer.email.clone(),
        "sms" | "whatsapp" => context.customer.mobile.clone(),
        _ => None,
    };
    let channel_name = naming::channel(&staff.speech, channel.as_str());
    let made = voice::render(message, channel, context);
    // The mail as a whole document has styles of its own; here stands the same text as a letter has it.
    let fragment = match shape {
        "mail" => voice::render(message, &Channel::new("print"), context).ok().and_then(|made| made.html),
        "paper" => made.as_ref().ok().and_then(|made| made.html.clone()),
        _ => None,
    };
    match made {
        Ok(made) => Preview {
            shape,
            channel: channel_name,
            first,
            to,
            subject: made.subject,
            chars: made.text.chars().count(),
            text: made.text,
            html: fragment,
            sms_parts: made.sms_parts,
            problem: None,
        },
        Err(error) => Preview {
            shape,
            channel: channel_name,
            first,
            to,
            subject: None,
            text: String::new(),
            html: None,
            sms_parts: None,
            chars: 0,
            problem: Some(error.message(staff.speech.language)),
        },
    }
}
