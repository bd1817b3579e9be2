use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use journey::Organisation;
use store::{OutboxRow, Rendered};
use voice::{Foot, Message};
use words::{Channel, Class, Customer, PrincipalId, TouchpointId};

use super::letter::{letter, sender_lines};
use crate::catalog::Published;
use crate::complaining::own_of;
use crate::links::{MESSAGE, PREFERENCES, UNSUBSCRIBE};
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
    /// The version that asked; `None`: no journey did.
    pub published: Option<&'a Published>,
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
        let found = self.found(row);
        let mut names = found.map(|message| message.links(self.channel)).unwrap_or_default();
        names.extend(self.below(row).into_iter().map(str::to_owned));
        names.into_iter().collect()
    }

    /// Its text, in the customer's language where there is one.
    fn found(&self, row: &OutboxRow) -> Option<Cow<'_, Message>> {
        if let Some(own) = own_of(row) {
            let language = self.customer.language.unwrap_or(self.organisation.language);
            return own.message(self.published, language).map(Cow::Owned);
        }
        self.message(&row.send.message).map(Cow::Borrowed)
    }

    /// A message of the version by its name.
    fn message(&self, name: &str) -> Option<&Message> {
        self.published?.message(name, self.customer.language)
    }

    /// The links that stand below it: a mail and a letter lead to the message's own page, whoever wrote the text.
    pub(super) fn below(&self, row: &OutboxRow) -> Vec<&'static str> {
        match self.channel.as_str() {
            "email" if self.may_be_stopped(row) => vec![MESSAGE, PREFERENCES, UNSUBSCRIBE],
            "email" => vec![MESSAGE, PREFERENCES],
            "post" => vec![MESSAGE],
            _ => Vec::new(),
        }
    }

    /// What stands below it.
    fn foot(&self, row: &OutboxRow, links: &BTreeMap<String, String>) -> Foot {
        let below = self.below(row);
        let link = |name| links.get(name).filter(|_| below.contains(&name)).cloned();
        Foot { about: link(MESSAGE), preferences: link(PREFERENCES), unsubscribe: link(UNSUBSCRIBE) }
    }

    /// Whether it says how to get no more of its kind (RFC 8058): marketing by e-mail, and nothing else.
    fn may_be_stopped(&self, row: &OutboxRow) -> bool {
        row.send.class == Class::Marketing && *self.channel == Channel::email()
    }

    /// The message as this customer will see it.
    pub fn render(&self, row: &OutboxRow, links: BTreeMap<String, String>) -> Result<Rendered, Unmakeable> {
        let message = self.found(row).ok_or_else(|| Unmakeable::NoMessage(row.send.message.clone()))?;
        self.rendered_as(&message, row, links)
    }

    /// Any message, as this customer will see it in the place of this one.
    pub(super) fn rendered_as(
        &self,
        message: &Message,
        row: &OutboxRow,
        links: BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        let foot = self.foot(row, &links);
        let context = self.context(&row.touchpoint, &row.send.facts, links);
        self.made(message, &voice::Context { foot, ..context })
    }

    /// A message of the version by its name.
    pub(super) fn text(
        &self,
        name: &str,
        touchpoint: &TouchpointId,
        facts: &serde_json::Value,
        links: BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        let message = self.message(name).ok_or_else(|| Unmakeable::NoMessage(name.to_owned()))?;
        self.made(message, &self.context(touchpoint, facts, links))
    }

    fn made(&self, message: &Message, context: &voice::Context) -> Result<Rendered, Unmakeable> {
        let made = voice::render(message, self.channel, context);
        let unsubscribe = context.foot.unsubscribe.clone();
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
        let Some(message) = self.message(name) else { return Vec::new() };
        let context = self.context(touchpoint, facts, BTreeMap::new());
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
        links: BTreeMap<String, String>,
    ) -> voice::Context {
        let definition = self.published.map(|published| published.definition.as_ref());
        let face = self.who.faces.of(self.who.principal);
        let human = definition.and_then(|definition| match definition.touchpoint(touchpoint) {
            Some(touchpoint) => definition.human_at(touchpoint),
            None => definition.human.as_ref(),
        });
        voice::Context {
            organisation: face.name.clone(),
            human: voice::Exit {
                team: human.map(|human| human.team.clone()),
                phone: face.phone.clone().or_else(|| human.and_then(|human| human.phone.clone())),
            },
            address: definition.and_then(|definition| definition.address).unwrap_or(self.organisation.address),
            customer: self.customer.clone(),
            facts: facts.clone(),
            zone: zone(self.customer, self.organisation),
            now: self.now,
            links,
            staff_first_name: self.staff.map(str::to_owned),
            foot: Foot::default(),
            look: self.who.faces.brand(self.who.principal, self.who.base),
        }
    }
}

/// The customer's zone, else the organisation's.
pub fn zone(customer: &Customer, organisation: &Organisation) -> TimeZone {
    let own = customer.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    own.unwrap_or_else(|| organisation.zone.clone())
}
