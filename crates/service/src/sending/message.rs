use jiff::{Timestamp, tz::TimeZone};
use journey::Organisation;
use store::{OutboxRow, Rendered};
use words::{Channel, Customer};

use crate::catalog::Published;

/// Why a message cannot be made for this customer.
#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Unmakeable {
    /// The version has no such message.
    #[error("the message {0} is not there")]
    NoMessage(String),
    /// A variable is missing, or a limit was reached.
    #[error("{0}")]
    Render(String),
}

/// Everything a message is made from.
pub(super) struct Making<'a> {
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
}

impl Making<'_> {
    /// The names of the links that the message uses.
    pub(super) fn links(&self, message: &str) -> Vec<String> {
        let found = self.published.message(message, self.customer.language);
        found.map(|message| message.links(self.channel).into_iter().collect()).unwrap_or_default()
    }

    /// The message as this customer will see it.
    pub(super) fn render(
        &self,
        row: &OutboxRow,
        links: std::collections::BTreeMap<String, String>,
    ) -> Result<Rendered, Unmakeable> {
        let name = &row.send.message;
        let message = self.published.message(name, self.customer.language);
        let message = message.ok_or_else(|| Unmakeable::NoMessage(name.clone()))?;
        let definition = &self.published.definition;
        let human = definition.touchpoint(&row.touchpoint).and_then(|touchpoint| definition.human_at(touchpoint));
        let context = voice::Context {
            organisation: self.organisation.name.clone(),
            human: voice::Exit {
                team: human.map(|human| human.team.clone()),
                phone: human.and_then(|human| human.phone.clone()),
            },
            address: definition.address.unwrap_or(self.organisation.address),
            customer: self.customer.clone(),
            facts: row.send.facts.clone(),
            zone: zone(self.customer, self.organisation),
            now: self.now,
            links,
            staff_first_name: None,
            unsubscribe: None,
        };
        let made = voice::render(message, self.channel, &context);
        let made = made.map_err(|error| Unmakeable::Render(error.message(self.organisation.language)))?;
        Ok(Rendered { subject: made.subject, text: made.text, html: made.html })
    }
}

/// The customer's zone, else the organisation's.
pub fn zone(customer: &Customer, organisation: &Organisation) -> TimeZone {
    let own = customer.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    own.unwrap_or_else(|| organisation.zone.clone())
}
