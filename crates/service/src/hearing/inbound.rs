//! What a customer wrote to us.

use std::sync::Arc;

use channels::{Inbound, whatsapp::WINDOW};
use jiff::Timestamp;
use serde_json::json;
use store::{Heard, NewEvent, Store, Suppression};
use words::{Channel, CustomerId, Event, EventName, Language, OrganisationId};

use super::word::{Word, word};
use crate::Result;
use crate::answering::{Answering, Reply};

/// Customers that one number may belong to.
const CUSTOMERS_MAX: u32 = 20;
/// Why an address is suppressed by whose it is.
const UNSUBSCRIBED: &str = "unsubscribed";

pub(super) async fn note(
    kept: &Arc<dyn Store>,
    (organisation, channel): (&OrganisationId, &Channel),
    written: &Inbound,
    (language, now): (Language, Timestamp),
) -> Result<()> {
    let store = kept.as_ref();
    let time = written.time.filter(|time| *time <= now).unwrap_or(now);
    let (organisation, channel, address) = (organisation.clone(), channel.clone(), written.from.clone());
    let heard = Heard { organisation: organisation.clone(), channel: channel.clone(), address, time };
    store.note_heard(heard, now.saturating_sub(WINDOW).unwrap_or(now)).await?;
    match word(&channel, &written.text) {
        Some(Word::Stop) => stop(store, (&organisation, &channel), written, (time, now)).await,
        Some(Word::Start) => start(store, (&organisation, &channel), written).await,
        None => reply(Answering::new(kept.clone()), (organisation, channel), written, (language, time, now)).await,
    }
}

/// Somebody wants to be answered.
async fn reply(
    answering: Answering,
    (organisation, channel): (OrganisationId, Channel),
    written: &Inbound,
    (language, time, now): (Language, Timestamp, Timestamp),
) -> Result<()> {
    let attached = written.attached.as_deref().map(|kind| attached(kind, language));
    let text = [Some(written.text.as_str()), attached].into_iter().flatten().filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join("\n\n");
    if text.is_empty() {
        return Ok(());
    }
    let answers = match &written.answers {
        Some(reference) => answering.message_of(&organisation, &channel, reference).await?.map(|row| row.key),
        None => None,
    };
    let reply = Reply {
        organisation,
        channel,
        from: written.from.clone(),
        name: written.name.clone(),
        answers,
        subject: None,
        text,
        id: written.id.clone(),
        time,
        automatic: false,
        grievance: None,
    };
    answering.take(reply, now).await?;
    Ok(())
}

/// What staff read where something stands that has no words.
fn attached(kind: &str, language: Language) -> &'static str {
    let (nl, en) = match kind {
        "image" | "sticker" => (
            "(De klant stuurde een afbeelding. Bekijk die bij de aanbieder.)",
            "(The customer sent a picture. Look at it at the provider.)",
        ),
        "audio" => (
            "(De klant sprak een bericht in. Beluister het bij de aanbieder.)",
            "(The customer recorded a message. Listen to it at the provider.)",
        ),
        "location" => (
            "(De klant stuurde een plek op de kaart. Bekijk die bij de aanbieder.)",
            "(The customer sent a place on the map. Look at it at the provider.)",
        ),
        _ => (
            "(De klant stuurde een bestand. Bekijk het bij de aanbieder.)",
            "(The customer sent a file. Look at it at the provider.)",
        ),
    };
    language.pick(nl, en)
}

/// Nothing goes to this address by this channel any more, and whoever it is of does not agree any more to what is not needed.
async fn stop(
    store: &dyn Store,
    (organisation, channel): (&OrganisationId, &Channel),
    written: &Inbound,
    (time, now): (Timestamp, Timestamp),
) -> Result<()> {
    let customers = whose(store, organisation, channel, &written.from).await?;
    let name = EventName::parse("customer.identified").expect("a reserved name");
    let withdrawn = customers.into_iter().map(|customer| {
        // The proof of the withdrawal is the provider's own id of the message.
        let id = format!("{}:{customer}", written.id);
        let properties = [("consents".to_owned(), json!({ format!("marketing.{channel}"): false }))].into();
        let told = Event::ours(id, now, name.clone(), properties);
        NewEvent::about(organisation.clone(), customer, Event { source: channel.as_str().to_owned(), time, ..told })
    });
    store.accept(withdrawn.collect()).await?;
    let (organisation, channel, address) = (organisation.clone(), channel.clone(), written.from.clone());
    let reason = UNSUBSCRIBED.to_owned();
    Ok(store.suppress(Suppression { organisation, channel, address, reason, since: time }).await?)
}

/// Messages may come again. What was suppressed for another reason stays so, and a consent is not given by one word.
async fn start(
    store: &dyn Store,
    (organisation, channel): (&OrganisationId, &Channel),
    written: &Inbound,
) -> Result<()> {
    let asked = [(channel.clone(), written.from.clone())];
    let found = store.suppressed(organisation, &asked).await?;
    if found.iter().any(|one| one.reason == UNSUBSCRIBED) {
        store.unsuppress(organisation, channel, &written.from).await?;
    }
    Ok(())
}

/// The customers who are reached at an address.
async fn whose(
    store: &dyn Store,
    organisation: &OrganisationId,
    channel: &Channel,
    address: &str,
) -> Result<Vec<CustomerId>> {
    let found = store.search_customers(organisation, address, CUSTOMERS_MAX).await?;
    let theirs =
        found.into_iter().filter(|one| !one.erased && one.customer.reached_by(channel).as_deref() == Some(address));
    Ok(theirs.map(|one| one.customer.id).collect())
}
