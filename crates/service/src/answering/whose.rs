//! Whose a reply is, and which of our messages it answers.

use store::{AliasKind, OutboxRow, Store, StoredCustomer};
use words::{Channel, CustomerId, Event, Identity, OrganisationId};

use super::answer::begun_by;
use super::reply::Reply;
use crate::Result;
use crate::erasing::Gate;

/// Customers with one address that are looked at.
const SAME_ADDRESS_MAX: u32 = 20;

/// Who wrote.
pub(super) struct Writer {
    /// Whom we know by this thread or address.
    pub(super) customer: Option<CustomerId>,
    /// The name by which somebody is remembered who is not known.
    pub(super) stranger: Option<String>,
    /// The message of ours that began the thread.
    pub(super) answers: Option<OutboxRow>,
}

/// As addresses are kept and compared: e-mail in lower case, a number with `+` and digits only, others as they are.
pub(crate) fn normal(channel: &Channel, address: &str) -> String {
    match channel.as_str() {
        "email" => address.trim().to_lowercase(),
        "sms" | "whatsapp" | "phone" => address.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        _ => address.trim().to_owned(),
    }
}

/// The first 32 hexadecimal digits of what these texts come to.
pub(super) fn digest(parts: &[&str]) -> String {
    words::digest(parts)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Finds who wrote: by the message that is answered, else by the address, else as somebody who is not known.
pub(super) async fn writer(store: &dyn Store, reply: &Reply) -> Result<Writer> {
    let organisation = &reply.organisation;
    let named = match &reply.answers {
        Some(key) => store.message(organisation, key).await?,
        None => None,
    };
    if let Some(row) = named {
        let customer = Some(row.customer);
        return Ok(Writer { customer, stranger: None, answers: Some(begun_by(store, row).await?) });
    }
    let known = with_address(store, organisation, &reply.channel, &reply.from).await?;
    let mut newest: Option<OutboxRow> = None;
    for stored in &known {
        let last = store.last_sent(organisation, stored.customer.id, &reply.channel).await?;
        let last = last.filter(|row| row.to.as_ref().is_some_and(|to| normal(&reply.channel, to) == reply.from));
        newest = newest.into_iter().chain(last).max_by_key(|row| row.decided);
    }
    let customer = newest.as_ref().map(|row| row.customer).or(known.first().map(|stored| stored.customer.id));
    // A mail says what it answers; the other channels are one long conversation.
    let answers = newest.filter(|_| reply.channel != Channel::email());
    let answers = match answers {
        Some(row) => Some(begun_by(store, row).await?),
        None => None,
    };
    if customer.is_some() {
        return Ok(Writer { customer, stranger: None, answers });
    }
    let name = stranger(store, reply).await?;
    let found = store.by_alias(organisation, &[(AliasKind::Anonymous, name.clone())]).await?;
    Ok(Writer { customer: found.into_iter().next().flatten(), stranger: Some(name), answers: None })
}

/// Customers who are reached at this address, changed last first.
async fn with_address(
    store: &dyn Store,
    organisation: &OrganisationId,
    channel: &Channel,
    address: &str,
) -> Result<Vec<StoredCustomer>> {
    if address.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store.search_customers(organisation, address, SAME_ADDRESS_MAX).await?;
    found.retain(|stored| {
        let own = stored.customer.reached_by(channel).map(|own| normal(channel, &own));
        !stored.erased && own.as_deref() == Some(address)
    });
    found.sort_by_key(|stored| std::cmp::Reverse(stored.updated));
    Ok(found)
}

/// The name of somebody who is not known.
pub(super) fn stranger_name(reply: &Reply) -> String {
    format!("{}:{}", reply.channel, digest(&[&reply.from]))
}

/// The same, unless somebody of that name was erased. Whoever was erased and writes again of their own accord is somebody new.
async fn stranger(store: &dyn Store, reply: &Reply) -> Result<String> {
    let name = stranger_name(reply);
    let replied = words::EventName::parse("message.replied").expect("a reserved name");
    let identity = Identity { customer: None, anonymous: Some(name.clone()) };
    let event = Event { identity, ..Event::ours("reply", reply.time, replied, words::Properties::new()) };
    let gate = Gate::look(store, &reply.organisation, [(&event, None)]).await?;
    Ok(if gate.stops(&event, None) { format!("{name}:{}", digest(&[&reply.id])) } else { name })
}
