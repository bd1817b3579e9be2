use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{Accepted, EventRef, NewEvent, OutboxRow, Store, meter};
use words::{Channel, CustomerId, EffectKey, Event, EventName, Identity, OrganisationId};

use super::conversation::thread_of;
use super::said::{By, Said};
use super::whose::{self, Writer};
use crate::Result;
use crate::complaining::Grievance;

/// What a reply may be at most. What is longer is cut; each has a test.
pub mod limits {
    /// Characters of its text.
    pub const TEXT_CHARS_MAX: usize = 20_000;
    /// Characters of its subject and of the name of its writer.
    pub const SUBJECT_CHARS_MAX: usize = 250;
    /// Characters of an address.
    pub const ADDRESS_CHARS_MAX: usize = 254;
    /// Characters of what the provider calls it.
    pub const ID_CHARS_MAX: usize = 500;
    /// Replies of one address in an hour that make tasks of their own; what comes beyond it makes one task together, so that two
    /// machines that answer each other end there.
    pub const AN_HOUR_MAX: usize = 10;
    /// Replies of one address in an hour that are kept at all.
    pub const KEPT_AN_HOUR_MAX: usize = 100;
}

/// What a customer wrote, by whatever channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// To which organisation.
    pub organisation: OrganisationId,
    /// By which channel.
    pub channel: Channel,
    /// From which address: an e-mail address, a number in E.164.
    pub from: String,
    /// What the writer's program calls the writer.
    pub name: Option<String>,
    /// Our message that it answers, when its provider says which: see [`Answering::message_of`]. By a channel that does not say it
    /// is the newest that went to this address.
    pub answers: Option<EffectKey>,
    /// For channels that have one.
    pub subject: Option<String>,
    /// What was written, without what it quotes.
    pub text: String,
    /// What the provider calls it: the same is taken once.
    pub id: String,
    /// When it was written.
    pub time: Timestamp,
    /// A machine wrote it: it is noted, makes no task and is no answer.
    pub automatic: bool,
    /// It is a complaint.
    pub grievance: Option<Grievance>,
}

/// What came of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Kept; to be applied with [`crate::Service::applied`].
    New(EventRef),
    /// It was taken before.
    Duplicate,
    /// Its address wrote more in an hour than is kept.
    TooMany,
}

/// Takes in what customers write back.
#[derive(Clone)]
pub struct Answering {
    pub(crate) store: Arc<dyn Store>,
}

impl Answering {
    /// Over this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store }
    }

    /// Our message that a provider calls so, for [`Reply::answers`]. Of a mail: its Message-ID with its brackets.
    pub async fn message_of(
        &self,
        organisation: &OrganisationId,
        channel: &Channel,
        reference: &str,
    ) -> Result<Option<OutboxRow>> {
        let reference = cut(reference, limits::ID_CHARS_MAX);
        Ok(self.store.message_by_reference(organisation, channel, &reference).await?)
    }

    /// Takes a reply in: finds whose it is and what it answers, and keeps it. Nothing that was written is thrown away for want of
    /// knowing who wrote it.
    pub async fn take(&self, mut reply: Reply, now: Timestamp) -> Result<Taken> {
        reply.from = cut(&whose::normal(&reply.channel, &reply.from), limits::ADDRESS_CHARS_MAX);
        let writer = whose::writer(self.store.as_ref(), &reply).await?;
        let answered = writer.answers.as_ref();
        let mut said = Said {
            by: if reply.automatic { By::Machine } else { By::Customer },
            time: reply.time.min(now),
            thread: thread_of(answered, &reply.channel, &reply.from),
            channel: reply.channel.clone(),
            address: reply.from.clone(),
            name: reply.name.as_deref().map(|name| cut(name, limits::SUBJECT_CHARS_MAX)),
            subject: reply.subject.as_deref().map(|subject| cut(subject, limits::SUBJECT_CHARS_MAX)),
            text: cut(&reply.text, limits::TEXT_CHARS_MAX),
            reference: Some(cut(&reply.id, limits::ID_CHARS_MAX)),
            excess: false,
        };
        let from = (&reply.channel, reply.from.as_str());
        let Some(before) = self.before(&reply.organisation, from, writer.customer, now).await? else {
            return Ok(Taken::TooMany);
        };
        said.excess = before >= limits::AN_HOUR_MAX;
        let event = event(&reply, &said, &writer, now);
        let new = match (writer.customer, &writer.stranger) {
            (Some(customer), None) => {
                // Taken when nobody knew yet who wrote: it lies where strangers' events lie.
                let mut before = event.clone();
                before.identity.anonymous = Some(whose::stranger_name(&reply));
                let before = NewEvent::from_outside(reply.organisation.clone(), before).reference();
                if self.store.event(&before).await?.is_some() {
                    return Ok(Taken::Duplicate);
                }
                NewEvent::about(reply.organisation, customer, event)
            }
            _ => NewEvent::from_outside(reply.organisation, event),
        };
        let reference = new.reference();
        Ok(match self.store.accept(vec![new]).await?.first() {
            Some(Accepted::New) => Taken::New(reference),
            _ => Taken::Duplicate,
        })
    }

    /// How much this address wrote in the hour before; `None`: so much that no more is kept.
    pub(super) async fn before(
        &self,
        organisation: &OrganisationId,
        (channel, address): (&Channel, &str),
        customer: Option<CustomerId>,
        now: Timestamp,
    ) -> Result<Option<usize>> {
        let Some(customer) = customer else { return Ok(Some(0)) };
        let since = now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
        let limit = u32::try_from(2 * limits::KEPT_AN_HOUR_MAX).unwrap_or(u32::MAX);
        let events = self.store.events_of(organisation, customer, limit).await?;
        let written = events.iter().filter(|stored| stored.event.received > since);
        let said = written.filter_map(|stored| Said::read(&stored.event));
        let count = said.filter(|said| !matches!(said.by, By::Staff(_)) && said.address == address).count();
        if count >= limits::KEPT_AN_HOUR_MAX {
            meter::count("klantreis_replies_refused_total", &[("channel", channel.as_str())], 1);
            return Ok(None);
        }
        Ok(Some(count))
    }
}

/// No control characters but the ends of lines, and no longer than it may be.
pub(crate) fn cut(text: &str, max: usize) -> String {
    let clean = text.trim().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    clean.take(max).collect()
}

/// What an event says of the message of ours that it is about.
pub(super) fn about(row: &OutboxRow) -> [(String, serde_json::Value); 4] {
    let said = [
        ("key", json!(row.key)),
        ("run", json!(row.run)),
        ("journey", json!(row.journey)),
        ("touchpoint", json!(row.touchpoint)),
    ];
    said.map(|(name, value)| (name.to_owned(), value))
}

fn event(reply: &Reply, said: &Said, writer: &Writer, now: Timestamp) -> Event {
    let mut properties = said.properties();
    properties.extend(writer.answers.iter().flat_map(about));
    if let Some(row) = writer.answers.as_ref().filter(|row| !row.principal.is_own()) {
        properties.insert("principal".into(), json!(row.principal));
    }
    let id = format!("reply:{}:{}", reply.channel, whose::digest(&[&reply.id]));
    properties.extend(reply.grievance.iter().flat_map(Grievance::properties));
    let name = if reply.grievance.is_some() { "complaint.made" } else { said.event_name() };
    let name = EventName::parse(name).expect("a reserved name");
    let identity = Identity { customer: None, anonymous: writer.stranger.clone() };
    Event { time: said.time, identity, ..Event::ours(id, now, name, properties) }
}
