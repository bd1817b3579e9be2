//! Who of a group gets a message, told before, and the group itself.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use journey::{Definition, Touchpoint};
use store::{NewEvent, limits::ROWS_MAX};
use words::{Channel, Class, Customer, CustomerId, Event, OrganisationId, Properties};

use super::{Group, chosen};
use crate::{Result, Service};

/// Customers that a forecast looks at; of more it tells the least.
pub const LOOKED_AT_MAX: u64 = 50_000;

/// What is to be expected of a message to a group. Quiet hours, the message budget and halts are judged when it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Customers who were looked at.
    pub looked_at: u64,
    /// Who belong to the group.
    pub chosen: u64,
    /// Who can be reached and may be written to.
    pub goes: u64,
    /// No address in any of its channels.
    pub no_address: u64,
    /// Every address that is known is not to be written to.
    pub suppressed: u64,
    /// No consent, or a no.
    pub no_consent: u64,
    /// There are more customers than are looked at.
    pub more: bool,
}

/// How far a group has been told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Customers who were looked at.
    pub looked_at: u64,
    /// For whom the message was begun.
    pub begun: u64,
}

impl Service {
    /// Who of a group would get what the first message of a journey is.
    pub async fn forecast(
        &self,
        organisation: &OrganisationId,
        definition: &Definition,
        group: &Group,
    ) -> Result<Forecast> {
        let message = definition.touchpoints.iter().find(|touchpoint| touchpoint.sends());
        let mut forecast = Forecast::default();
        let mut after = None;
        while forecast.looked_at < LOOKED_AT_MAX {
            let Some((last, customers)) = self.some_customers(organisation, after).await? else { return Ok(forecast) };
            after = Some(last);
            forecast.looked_at += customers.len() as u64;
            let chosen: Vec<Customer> =
                customers.into_iter().filter(|customer| group.fits(customer, definition.language)).collect();
            forecast.chosen += chosen.len() as u64;
            if let Some(message) = message {
                self.judge(organisation, message, &chosen, &mut forecast).await?;
            }
        }
        forecast.more = self.some_customers(organisation, after).await?.is_some();
        Ok(forecast)
    }

    async fn judge(
        &self,
        organisation: &OrganisationId,
        message: &Touchpoint,
        chosen: &[Customer],
        forecast: &mut Forecast,
    ) -> Result<()> {
        let class = message.class.unwrap_or(Class::Marketing);
        let reached = |customer: &Customer| -> Vec<(Channel, String)> {
            let channels = message.channels.iter().filter(|channel| channel.sends());
            channels.filter_map(|channel| Some((channel.clone(), customer.reached_by(channel)?))).collect()
        };
        let addresses: Vec<(Channel, String)> = chosen.iter().flat_map(reached).collect();
        let mut suppressed = BTreeSet::new();
        for some in addresses.chunks(ROWS_MAX as usize) {
            let found = self.store.suppressed(organisation, some).await?;
            suppressed.extend(found.into_iter().map(|found| (found.channel, found.address)));
        }
        for customer in chosen {
            let mut reached = reached(customer);
            if reached.is_empty() {
                forecast.no_address += 1;
                continue;
            }
            reached.retain(|address| !suppressed.contains(address));
            if reached.is_empty() {
                forecast.suppressed += 1;
            } else if reached.iter().any(|(channel, _)| customer.may_be_written_to(class, channel)) {
                forecast.goes += 1;
            } else {
                forecast.no_consent += 1;
            }
        }
        Ok(())
    }

    /// Begins a journey for everybody of a group; once for each, also when it is told again or was broken off. `going` hears how
    /// far it is and may end it.
    pub async fn begin_for(
        &self,
        organisation: &OrganisationId,
        definition: &Definition,
        group: &Group,
        mut going: impl FnMut(Sent) -> ControlFlow<()>,
    ) -> Result<Sent> {
        let mut sent = Sent::default();
        let Some(name) = chosen(definition) else { return Ok(sent) };
        let mut after = None;
        while let Some((last, customers)) = self.some_customers(organisation, after).await? {
            after = Some(last);
            sent.looked_at += customers.len() as u64;
            let now = self.clock.now();
            let events: Vec<NewEvent> = customers
                .iter()
                .filter(|customer| group.fits(customer, definition.language))
                .map(|customer| {
                    // The same each time, so that nobody is begun for twice.
                    let id = format!("group:{}:{}", definition.id, customer.id);
                    let event = Event::ours(id, now, name.clone(), Properties::new());
                    NewEvent::about(organisation.clone(), customer.id, event)
                })
                .collect();
            sent.begun += events.len() as u64;
            if !events.is_empty() {
                self.store.accept(events).await?;
                self.wake();
            }
            if going(sent).is_break() {
                break;
            }
        }
        Ok(sent)
    }

    /// The customers behind one in the order of their ids, with the last that was looked at; `None`: there are no more.
    async fn some_customers(
        &self,
        organisation: &OrganisationId,
        after: Option<CustomerId>,
    ) -> Result<Option<(CustomerId, Vec<Customer>)>> {
        let ids = self.store.active_customers(organisation, Timestamp::MIN, after, ROWS_MAX).await?;
        let Some(last) = ids.last().copied() else { return Ok(None) };
        let found = self.store.customers_by_id(organisation, &ids).await?.into_iter();
        let customers = found.filter(|stored| !stored.erased).map(|stored| stored.customer);
        Ok(Some((last, customers.collect())))
    }
}
