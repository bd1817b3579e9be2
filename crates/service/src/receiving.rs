//! Mail that comes in for an organisation, from its mailbox or its mail server: what customers write goes to [`crate::answering`],
//! what could not be delivered and who complained to the list of addresses that nothing is sent to.
//!
//! Anybody may send such mail. A bounce or a complaint counts only when it names one of our messages by its Message-ID, which nobody
//! can guess, and the address that this message went to.

use std::sync::Arc;

use channels::inbound::{Complaint, Delivery, Kind, Mail};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::{EventRef, NewEvent, OutboxRow, Store, Suppression};
use words::{Channel, Event, EventId, EventName, Language, OrganisationId, Properties};

use crate::answering::{Answering, Reply, Taken};
use crate::sending::message_event;
use crate::{Catalog, Result, Service};

/// What came of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// A customer wrote: staff have a task.
    Reply,
    /// A machine answered, or a message is late: it stands in the story.
    Noted,
    /// A message did not arrive.
    Bounced,
    /// A customer called a message unwanted.
    Complained,
    /// It was taken before.
    Again,
    /// It is about none of our messages, or comes from ourselves, or its sender writes too much: nothing was done with it.
    Ignored,
}

impl Received {
    /// Its name: `reply`, `noted`, `bounced`, `complained`, `again`, `ignored`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Noted => "noted",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Again => "again",
            Self::Ignored => "ignored",
        }
    }
}

/// Takes in mail.
#[derive(Clone)]
pub struct Receiving {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) answering: Arc<Answering>,
}

/// What came of a mail, with the event that is to be applied.
type Took = (Received, Option<EventRef>);

const fn nothing(received: Received) -> Took {
    (received, None)
}

impl Service {
    /// Takes in a mail that came for an organisation, and applies what came of it. The same mail is taken once.
    pub async fn receive(&self, organisation: &OrganisationId, mail: Mail) -> Result<Received> {
        let (received, event) = self.receiving.take(organisation, mail, self.clock.now()).await?;
        if let Some(event) = event {
            self.applied(&event).await?;
        }
        Ok(received)
    }
}

impl Receiving {
    /// Takes in a mail; what it gives is still to be applied.
    pub async fn take(&self, organisation: &OrganisationId, mail: Mail, now: Timestamp) -> Result<Took> {
        match &mail.kind {
            Kind::Report { deliveries, original } => {
                self.report(organisation, deliveries, original.as_deref(), &mail, now).await
            }
            Kind::Complaint(complaint) => self.complaint(organisation, complaint, now).await,
            Kind::Written | Kind::Automatic => self.written(organisation, mail, now).await,
        }
    }

    async fn written(&self, organisation: &OrganisationId, mail: Mail, now: Timestamp) -> Result<Took> {
        let senders = self.store.senders(organisation).await?;
        if senders.iter().any(|sender| sender.from_address.eq_ignore_ascii_case(&mail.from)) {
            return Ok(nothing(Received::Ignored));
        }
        let mut answers = None;
        for id in &mail.answers {
            answers = self.answering.message_of(organisation, &Channel::email(), id).await?;
            if answers.is_some() {
                break;
            }
        }
        let automatic = mail.kind == Kind::Automatic;
        // A newsletter is nobody's answer.
        if automatic && answers.is_none() {
            return Ok(nothing(Received::Ignored));
        }
        let language = self.catalog.organisation(organisation).await?.map_or(Language::Nl, |found| found.language);
        let reply = Reply {
            organisation: organisation.clone(),
            channel: Channel::email(),
            text: with_attachments(&mail, language),
            from: mail.from,
            name: mail.name,
            answers: answers.map(|row| row.key),
            subject: mail.subject,
            id: mail.id,
            time: mail.date.unwrap_or(now),
            automatic,
            grievance: None,
        };
        self.taken(reply, now).await
    }

    async fn taken(&self, reply: Reply, now: Timestamp) -> Result<Took> {
        let automatic = reply.automatic;
        Ok(match self.answering.take(reply, now).await? {
            Taken::New(event) => {
                let received = if automatic { Received::Noted } else { Received::Reply };
                (received, Some(event))
            }
            Taken::Duplicate => nothing(Received::Again),
            Taken::TooMany => nothing(Received::Ignored),
        })
    }

    /// Our message that a report is about, when it is about one.
    async fn ours(&self, organisation: &OrganisationId, original: Option<&str>) -> Result<Option<OutboxRow>> {
        match original {
            Some(id) => self.answering.message_of(organisation, &Channel::email(), id).await,
            None => Ok(None),
        }
    }

    async fn report(
        &self,
        organisation: &OrganisationId,
        deliveries: &[Delivery],
        original: Option<&str>,
        mail: &Mail,
        now: Timestamp,
    ) -> Result<Took> {
        let Some(row) = self.ours(organisation, original).await? else { return Ok(nothing(Received::Ignored)) };
        let to = row.to.clone().unwrap_or_default();
        let about = deliveries.iter().find(|delivery| delivery.recipient.eq_ignore_ascii_case(&to));
        // A forwarding address fails under another name.
        let Some(delivery) = about.or(deliveries.first().filter(|_| deliveries.len() == 1)) else {
            return Ok(nothing(Received::Ignored));
        };
        if !delivery.has_failed {
            let late = Reply {
                organisation: organisation.clone(),
                channel: Channel::email(),
                from: to,
                name: None,
                answers: Some(row.key),
                subject: mail.subject.clone(),
                text: delivery.said.clone(),
                id: mail.id.clone(),
                time: mail.date.unwrap_or(now),
                automatic: true,
                grievance: None,
            };
            return self.taken(late, now).await;
        }
        if delivery.suppress && about.is_some() {
            self.suppress(organisation, to, "bounced", now).await?;
        }
        let channel = row.channel.as_ref().map(ToString::to_string);
        let mut event = message_event(&row, "message.failed", now, now, channel);
        event.id = EventId::new(format!("{}:message.bounced", row.key));
        event.properties.insert("reason".into(), json!(delivery.said));
        let event = NewEvent::about(organisation.clone(), row.customer, event);
        let reference = event.reference();
        if !self.store.undelivered(organisation, &row.key, &delivery.said, event).await? {
            return Ok(nothing(Received::Again));
        }
        Ok((Received::Bounced, Some(reference)))
    }

    async fn complaint(&self, organisation: &OrganisationId, complaint: &Complaint, now: Timestamp) -> Result<Took> {
        let Some(row) = self.ours(organisation, complaint.original.as_deref()).await? else {
            return Ok(nothing(Received::Ignored));
        };
        let Some(to) = row.to.clone() else { return Ok(nothing(Received::Ignored)) };
        self.suppress(organisation, to, "complained", now).await?;
        let mut no_more = Map::new();
        no_more.insert("marketing".into(), json!(false));
        no_more.insert("marketing.email".into(), json!(false));
        let name = EventName::parse("customer.identified").expect("a reserved name");
        let properties = Properties::from([("consents".to_owned(), Value::Object(no_more))]);
        let event = Event::ours(format!("complaint:{}", row.key), now, name, properties);
        let event = NewEvent::about(organisation.clone(), row.customer, event);
        let reference = event.reference();
        if self.store.accept(vec![event]).await?.first() == Some(&store::Accepted::Duplicate) {
            return Ok(nothing(Received::Again));
        }
        Ok((Received::Complained, Some(reference)))
    }

    async fn suppress(&self, organisation: &OrganisationId, to: String, reason: &str, now: Timestamp) -> Result<()> {
        let (organisation, channel) = (organisation.clone(), Channel::email());
        Ok(self
            .store
            .suppress(Suppression { organisation, channel, address: to, reason: reason.into(), since: now })
            .await?)
    }
}

/// What was written, and what hung on it: that itself is not kept.
fn with_attachments(mail: &Mail, language: Language) -> String {
    if mail.attachments.is_empty() {
        return mail.text.clone();
    }
    let lead = language.pick("Bijlagen (in de mailbox)", "Attachments (in the mailbox)");
    format!("{}\n\n{lead}: {}", mail.text, mail.attachments.join(", "))
}
