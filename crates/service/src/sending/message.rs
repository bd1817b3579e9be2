use jiff::{Timestamp, tz::TimeZone};
use journey::Organisation;
use store::{OutboxRow, Rendered};
use voice::Message;
use words::{Channel, Class, Customer, PrincipalId, TouchpointId};

use super::letter::{letter, sender_lines};
use crate::catalog::Published;
use crate::links::UNSUBSCRIBE;
use crate::principals::Faces;

/// Why a message cannot be made for this customer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Unmakeable {
    /// The version has no such message.
    #[error("the message {0} is not there")]
    NoMessage(String),
    /// A variable is missing, or a limit was reached.
    #[error("{0}")]
    Render(String),
}

/// Everything a message is made from.
pub struct Making<'a> {
    /// The version that asked.
    pub published: &'a Published,
    /// Whose voice.
    pub organisation: &'a Organisation,
    /// For whom.
    pub customer: &'a Customer,
    /// By which channel.
    pub channel: &'a Channel,
    /// At which moment.
    pub now: Timestamp,
    /// First name of the member of staff who says it; `None`: nobody does.
    pub staff: Option<&'a str>,
    /// In whose name.
    pub who: Who<'a>,
}

/// In whose name a message is made.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// Everybody in whose name the organisation writes.
    pub faces: &'a Faces,
    /// Of whom it is.
    pub principal: &'a PrincipalId,
    /// Where our own pages are reached.
    pub base: &'a str,
}

impl Making<'_> {
    /// The names of the links that the message uses.
    pub fn links(&self, row: &OutboxRow) -> Vec<String> {
        let found = self.published.message(&row.send.message, self.customer.language);
        let mut names = found.map(|message| message.links(self.channel)).unwrap_or_default();
        if self.may_be_stopped(row) {
            names.insert(UNSUBSCRIBE.to_owned());
        }
        names.into_iter().collect()
    }

    /// Whether it says how to get no more of its kind (RFC 8058): marketing by e-mail, and nothing else.
    fn may_be_stopped(&self, row: &OutboxRow) -> bool {
        row.send.class == Class::Marketing && *self.channel == Channel::email()
    }

    /// The message as this customer will see it.
    pub fn render(
        &self,
        row: &OutboxRow,
        links: std::collections::BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        let stop = links.get(UNSUBSCRIBE).filter(|_| self.may_be_stopped(row)).cloned();
        let found = self.published.message(&row.send.message, self.customer.language);
        let message = found.ok_or_else(|| Unmakeable::NoMessage(row.send.message.clone()))?;
        let context = self.context(&row.touchpoint, &row.send.facts, links);
        self.made(message, &voice::Context { unsubscribe: stop, ..context })
    }

    /// A message of the version by its name.
    pub(super) fn text(
        &self,
        name: &str,
        touchpoint: &TouchpointId,
        facts: &serde_json::Value,
        links: std::collections::BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        let message = self.published.message(name, self.customer.language);
        let message = message.ok_or_else(|| Unmakeable::NoMessage(name.to_owned()))?;
        self.rendered(message, touchpoint, facts, links)
    }

    /// Any message, as this customer will see it.
    pub fn rendered(
        &self,
        message: &Message,
        touchpoint: &TouchpointId,
        facts: &serde_json::Value,
        links: std::collections::BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        self.made(message, &self.context(touchpoint, facts, links))
    }

    fn made(&self, message: &Message, context: &voice::Context) -> Result<Rendered, Unmakeable> {
        let made = voice::render(message, self.channel, context);
        let unsubscribe = context.unsubscribe.clone();
        let made = made.map_err(|error| Unmakeable::Render(error.message(self.organisation.language)))?;
        let letter = self.channel.is_paper().then(|| {
            let from = sender_lines(self.who.faces.of(self.who.principal), None);
            letter(&made, self.channel, self.customer, from, (message.language, self.now, &context.zone)).ok()
        });
        Ok(Rendered {
            subject: made.subject,
            text: made.text,
            html: made.html,
            unsubscribe,
            template: made.template,
            letter: letter.flatten(),
        })
    }

    /// The questions of a message by name, as the customer reads them; one that cannot be made is left out.
    pub(super) fn questions(
        &self,
        name: &str,
        touchpoint: &TouchpointId,
        facts: &serde_json::Value,
    ) -> Vec<(String, String)> {
        let Some(message) = self.published.message(name, self.customer.language) else { return Vec::new() };
        let context = self.context(touchpoint, facts, std::collections::BTreeMap::new());
        let made = message.questions.iter().filter_map(|(question, _)| {
            let text = voice::render_question(message, question, &context)?.ok()?;
            Some((question.clone(), text))
        });
        made.collect()
    }

    fn context(
        &self,
        touchpoint: &TouchpointId,
        facts: &serde_json::Value,
        links: std::collections::BTreeMap<String, String>,
    ) -> voice::Context {
        let definition = &self.published.definition;
        let face = self.who.faces.of(self.who.principal);
        let human = match definition.touchpoint(touchpoint) {
            Some(touchpoint) => definition.human_at(touchpoint),
            None => definition.human.as_ref(),
        };
        voice::Context {
            organisation: face.name.clone(),
            human: voice::Exit {
                team: human.map(|human| human.team.clone()),
                phone: face.phone.clone().or_else(|| human.and_then(|human| human.phone.clone())),
            },
            address: definition.address.unwrap_or(self.organisation.address),
            customer: self.customer.clone(),
            facts: facts.clone(),
            zone: zone(self.customer, self.organisation),
            now: self.now,
            links,
            staff_first_name: self.staff.map(str::to_owned),
            unsubscribe: None,
            look: self.who.faces.brand(self.who.principal, self.who.base),
        }
    }
}

/// The customer's zone, else the organisation's.
pub fn zone(customer: &Customer, organisation: &Organisation) -> TimeZone {
    let own = customer.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    own.unwrap_or_else(|| organisation.zone.clone())
}
