//! A message as customers would see it: one real customer, the sample, and someone of whom little is known; by every channel.

use journey::{FactType, Touchpoint};
use serde::Serialize;
use serde_json::{Map, Value};
use service::sending::{letter, sender_lines, sender_of, window};
use store::{Face, Sender};
use voice::{Context, Declared, Encoding, Exit, Message, Sms};
use words::{Channel, Customer, CustomerId, paper::Letter};

use crate::{
    pages::{
        draft::{opened::Opened, people::Person},
        naming,
    },
    session::Staff,
};

/// Channels that are shown whether a moment uses them or not.
const SHOWN: [&str; 6] = ["email", "sms", "whatsapp", "post", "card", "desk"];

/// Whom one sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum As {
    /// Made-up values for everything.
    Sample,
    /// No name and no more than dates and times, without which the message would not go: what remains must still be right.
    Bare,
    /// A customer on this journey, by place in the list.
    Person(usize),
    /// A customer who was searched for.
    Found(CustomerId),
}

impl As {
    pub(super) fn read(text: &str, people: usize) -> Self {
        let found = || text.strip_prefix("wie-").and_then(|id| id.parse().ok()).map(Self::Found);
        match text {
            "niets" => Self::Bare,
            "voorbeeld" => Self::Sample,
            text => match text.strip_prefix("klant-").and_then(|place| place.parse().ok()) {
                Some(place) if place < people => Self::Person(place),
                _ => found().unwrap_or(Self::Sample),
            },
        }
    }

    pub(super) fn value(&self) -> String {
        match self {
            Self::Sample => "voorbeeld".to_owned(),
            Self::Bare => "niets".to_owned(),
            Self::Person(place) => format!("klant-{place}"),
            Self::Found(id) => format!("wie-{id}"),
        }
    }
}

/// One channel's look.
#[derive(Serialize)]
pub(super) struct Preview {
    /// Its name in the language.
    id: String,
    /// `mail`, `short`, `letter`, `postcard` or `script`.
    shape: &'static str,
    channel: String,
    /// Whether a moment that sends it goes by it; all are shown before there is one.
    used: bool,
    /// Whether it is the first in order of preference.
    first: bool,
    to: Option<String>,
    subject: Option<String>,
    text: String,
    /// A fragment made by `voice`, without styles; safe to stand in the page.
    html: Option<String>,
    sms_parts: Option<u32>,
    /// Whether one letter in it makes a text message take twice the room.
    sms_wide: bool,
    chars: usize,
    /// What stands around a letter or card.
    letter: Option<Letter>,
    /// On which side the window of the envelope is.
    on_right: bool,
    /// Why it cannot be made, or not be posted.
    problem: Option<String>,
}

/// Everything that stands around a message in a journey.
pub(super) struct Around<'a> {
    pub(super) staff: &'a Staff,
    pub(super) opened: &'a Opened,
    pub(super) senders: &'a [Sender],
    /// The moments that send it.
    pub(super) sending: Vec<&'a Touchpoint>,
}

impl<'a> Around<'a> {
    pub(super) fn of(staff: &'a Staff, opened: &'a Opened, senders: &'a [Sender], name: &str) -> Self {
        let uses =
            |one: &&Touchpoint| one.send.as_deref() == Some(name) || one.variants.iter().any(|other| other == name);
        let touchpoints = opened.reading.definition.iter().flat_map(|definition| &definition.touchpoints);
        Self { staff, opened, senders, sending: touchpoints.filter(uses).collect() }
    }

    /// The channels of those moments, in their order.
    fn used(&self) -> Vec<Channel> {
        let mut channels: Vec<Channel> = Vec::new();
        for channel in self.sending.iter().flat_map(|touchpoint| &touchpoint.channels) {
            if !channels.contains(channel) {
                channels.push(channel.clone());
            }
        }
        channels
    }

    /// What the message may say of whom one sees.
    /// Whom one sees; when nobody was asked for, somebody on the journey who is so far that the message can be made.
    pub(super) fn whom(&self, asked: &str, message: Option<&Message>, declared: &Declared, people: &[Person]) -> As {
        let Some(message) = message.filter(|_| asked.is_empty()) else { return As::read(asked, people.len()) };
        let can_be_made = |place: &usize| {
            let context = self.context(message, declared, people, None, &As::Person(*place));
            self.previews(message, &context).iter().all(|look| look.problem.is_none() || !look.used)
        };
        (0..people.len()).find(can_be_made).map_or(As::Sample, As::Person)
    }

    pub(super) fn context(
        &self,
        message: &Message,
        declared: &Declared,
        people: &[Person],
        found: Option<&Person>,
        wanted: &As,
    ) -> Context {
        let definition = self.opened.reading.definition.as_ref();
        let first =
            self.sending.first().zip(definition).and_then(|(touchpoint, definition)| definition.human_at(touchpoint));
        let exit = first.or_else(|| definition.and_then(|definition| definition.human.as_ref()));
        let mut context = voice::sample(declared, message.language);
        context.organisation.clone_from(&self.opened.organisation.name);
        context.zone = self.opened.organisation.zone.clone();
        context.human =
            Exit { team: exit.map(|exit| exit.team.clone()), phone: exit.and_then(|exit| exit.phone.clone()) };
        let person = match wanted {
            As::Sample => None,
            As::Bare => {
                context.facts = moments_alone(declared, &context.facts);
                context.customer = Customer::unknown(CustomerId::derived(&["nobody"]));
                context.staff_first_name = None;
                None
            }
            As::Person(place) => people.get(*place),
            As::Found(_) => found,
        };
        if let Some(person) = person {
            // Who is not on this journey yet is seen with the sample's facts.
            if let Some(facts) = person.facts() {
                context.facts = facts;
                context.now = self.staff.speech.now;
            }
            context.customer = person.customer.clone();
            context.zone = service::sending::zone(&person.customer, &self.opened.organisation);
        }
        context
    }

    /// The message in every channel: those of its moments first.
    pub(super) fn previews(&self, message: &Message, context: &Context) -> Vec<Preview> {
        let used = self.used();
        let others = SHOWN.iter().map(|name| Channel::new(*name)).filter(|channel| !used.contains(channel));
        // A desk stands for whoever speaks.
        let speaks = used.iter().any(Channel::is_spoken);
        let others = others.filter(|channel| !(speaks && channel.is_spoken()));
        let all: Vec<(Channel, bool)> =
            used.iter().map(|one| (one.clone(), true)).chain(others.map(|one| (one, used.is_empty()))).collect();
        all.iter()
            .enumerate()
            .map(|(place, (channel, is_used))| {
                let first = place == 0 && !used.is_empty();
                self.one(message, channel, context, (*is_used, first))
            })
            .collect()
    }

    fn one(&self, message: &Message, channel: &Channel, context: &Context, (used, first): (bool, bool)) -> Preview {
        let staff = self.staff;
        let shape = shape(channel);
        let to = match channel.as_str() {
            "email" => context.customer.email.clone(),
            "sms" | "whatsapp" => context.customer.mobile.clone(),
            _ => None,
        };
        let sender = sender_of(self.senders, channel);
        let mut preview = Preview {
            id: channel.to_string(),
            shape,
            channel: naming::channel(&staff.speech, channel.as_str()),
            used,
            first,
            to,
            subject: None,
            text: String::new(),
            html: None,
            sms_parts: None,
            sms_wide: false,
            chars: 0,
            letter: None,
            on_right: window(sender) == ::post::Window::Right,
            problem: None,
        };
        let made = match voice::render(message, channel, context) {
            Ok(made) => made,
            Err(error) => {
                preview.problem = Some(error.message(staff.speech.language));
                return preview;
            }
        };
        if channel.is_paper() {
            let from = sender_lines(&named(context), sender);
            match letter(&made, channel, &context.customer, from, (message.language, context.now, &context.zone)) {
                Ok(letter) => {
                    let unfit = ::post::pages(&letter, window(sender)).err();
                    preview.problem = unfit.map(|cause| cause.message(staff.speech.language));
                    preview.letter = Some(letter);
                }
                Err(fault) => preview.problem = Some(fault.message(staff.speech.language).to_owned()),
            }
        }
        // The mail as a whole document stands in a frame; here stands the same text as paper has it.
        preview.html = match shape {
            "mail" => voice::render(message, &Channel::new("print"), context).ok().and_then(|made| made.html),
            "short" => None,
            _ => made.html,
        };
        preview.chars = made.text.chars().count();
        preview.sms_parts = made.sms_parts;
        preview.sms_wide = made.sms_parts.is_some() && Sms::of(&made.text).encoding == Encoding::Ucs2;
        preview.subject = made.subject;
        preview.text = made.text;
        preview
    }

    /// The letter or card by itself; why there is none.
    pub(super) fn letter(&self, message: &Message, channel: &Channel, context: &Context) -> Result<Letter, String> {
        let language = self.staff.speech.language;
        let made = voice::render(message, channel, context).map_err(|error| error.message(language))?;
        let from = sender_lines(&named(context), sender_of(self.senders, channel));
        let day = (message.language, context.now, &context.zone);
        letter(&made, channel, &context.customer, from, day).map_err(|fault| fault.message(language).to_owned())
    }
}

/// Who writes, as far as a preview knows.
fn named(context: &Context) -> Face {
    Face { name: context.organisation.clone(), ..Face::default() }
}

fn shape(channel: &Channel) -> &'static str {
    match channel.as_str() {
        "email" => "mail",
        "sms" | "whatsapp" | "push" | "chat" => "short",
        "card" => "postcard",
        "post" | "print" => "letter",
        _ => "script",
    }
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
