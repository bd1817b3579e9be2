//! A customer who wants no more of a kind: by the link in a message (RFC 8058), without logging in.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::{EventRef, Link, NewEvent, Purpose, Store, StoredCustomer};
use words::{Channel, CustomerId, Event, EventName, Properties};

use crate::{Result, token};

/// What the link stands for.
#[derive(Clone, Debug)]
pub struct Unsubscribing {
    link: Link,
    /// Whose.
    pub customer: StoredCustomer,
    /// The channel of the message.
    pub channel: Channel,
}

#[derive(Deserialize)]
struct Subject {
    customer: CustomerId,
    #[serde(default)]
    channel: Option<Channel>,
}

/// Of what a customer wants no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMore {
    /// Of marketing by the channel of the message.
    ByThisChannel,
    /// Of marketing altogether.
    AtAll,
}

impl Unsubscribing {
    /// Looks a link up; changes nothing. `None`: nobody gave it out, or whose it was is gone. It never expires.
    pub async fn by(store: &dyn Store, text: &str) -> Result<Option<Self>> {
        let Some(link) = store.link(&token::hash(text), Purpose::Unsubscribe).await? else { return Ok(None) };
        let Ok(subject) = serde_json::from_value::<Subject>(link.subject.clone()) else { return Ok(None) };
        let loaded = store.load(&link.organisation, &[subject.customer]).await?.pop();
        let id = loaded.and_then(|loaded| loaded.forwards_to).unwrap_or(subject.customer);
        let customer = store.customer(&link.organisation, id).await?.filter(|stored| !stored.erased);
        let channel = subject.channel.unwrap_or_else(Channel::email);
        Ok(customer.map(|customer| Self { link, customer, channel }))
    }

    /// The link that was given out.
    pub fn given(&self) -> &Link {
        &self.link
    }

    /// Of which organisation.
    pub fn organisation(&self) -> &words::OrganisationId {
        &self.link.organisation
    }

    /// Withdraws the consent, with this link as its proof; pressed twice in a minute it is one event. To be applied with
    /// [`crate::Service::applied`].
    pub async fn withdraw(&self, store: &dyn Store, what: NoMore, now: Timestamp) -> Result<EventRef> {
        let mut said = Map::new();
        said.insert(format!("marketing.{}", self.channel), json!(false));
        if what == NoMore::AtAll {
            said.insert("marketing".into(), json!(false));
            let given = self.customer.customer.consents.keys().filter(|name| name.starts_with("marketing."));
            said.extend(given.map(|name| (name.clone(), json!(false))));
        }
        let id = self.link.pressed(&[if what == NoMore::AtAll { "all" } else { "channel" }], now);
        let name = EventName::parse("customer.identified").expect("a reserved name");
        let properties = Properties::from([("consents".to_owned(), Value::Object(said))]);
        let event = Event::ours(format!("unsubscribe:{id}"), now, name, properties);
        let event = NewEvent::about(self.link.organisation.clone(), self.customer.customer.id, event);
        let reference = event.reference();
        store.accept(vec![event]).await?;
        store.use_link(&self.link.hash, Purpose::Unsubscribe, now).await?;
        Ok(reference)
    }
}
