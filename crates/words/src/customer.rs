use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};

use crate::{Channel, Class, CustomerId, FormOfAddress, Language};

/// What a customer is called. Every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Name {
    /// Given name.
    pub first: Option<String>,
    /// Family name, with its particle in front ("de Vries").
    pub last: Option<String>,
    /// As given, never guessed: "mevrouw", "de heer".
    pub salutation: Option<String>,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
}

/// One purpose that a customer agreed to or withdrew from, with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Given (true) or withdrawn.
    pub given: bool,
    /// When.
    pub time: Timestamp,
    /// Where: a page, an import, a desk.
    pub proof: String,
}

/// A person or household; anonymous until identified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Our own id.
    pub id: CustomerId,
    /// Name, as far as known.
    #[serde(default)]
    pub name: Name,
    /// E-mail address.
    pub email: Option<String>,
    /// Mobile number in E.164.
    pub mobile: Option<String>,
    /// Postal address.
    #[serde(default)]
    pub address: Address,
    /// IANA name of the zone the customer lives in; the organisation's when unknown.
    pub zone: Option<String>,
    /// Language of messages; the journey's when unknown.
    pub language: Option<Language>,
    /// How this customer wants to be addressed; the journey's when unknown.
    pub address_as: Option<FormOfAddress>,
    /// Channels in the customer's own order; they go before a touchpoint's order.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The customer's own quiet hours (from, until) in local time; the organisation's when unknown.
    pub quiet_hours: Option<(Time, Time)>,
    /// Purposes by name: `marketing`, or an organisation's own such as `leestips`.
    #[serde(default)]
    pub consents: BTreeMap<String, Consent>,
    /// Personas that this customer counts to.
    #[serde(default)]
    pub personas: BTreeSet<String>,
    /// When each part of the profile was last set, by its name; an older event does not overwrite a newer one.
    #[serde(default)]
    pub known: BTreeMap<String, Timestamp>,
}

impl Customer {
    /// Someone of whom nothing is known.
    pub fn unknown(id: CustomerId) -> Self {
        Self {
            id,
            name: Name::default(),
            email: None,
            mobile: None,
            address: Address::default(),
            zone: None,
            language: None,
            address_as: None,
            channels: Vec::new(),
            quiet_hours: None,
            consents: BTreeMap::new(),
            personas: BTreeSet::new(),
            known: BTreeMap::new(),
        }
    }

    /// Whether the customer holds a consent now.
    pub fn consents_to(&self, purpose: &str) -> bool {
        self.consents.get(purpose).is_some_and(|consent| consent.given)
    }

    /// What this customer said about being written to for a reason by a channel: the word on that channel (`marketing.sms`)
    /// goes before the word on the reason (`marketing`). The name of the consent, and the consent; `None`: nothing was said.
    pub fn said_of(&self, class: Class, channel: &Channel) -> Option<(String, &Consent)> {
        let class = class.as_str();
        [format!("{class}.{channel}"), class.to_owned()]
            .into_iter()
            .find_map(|name| self.consents.get(&name).map(|consent| (name.clone(), consent)))
    }

    /// Where this customer is reached by a channel; `None` when we do not know.
    pub fn reached_by(&self, channel: &Channel) -> Option<String> {
        match channel.as_str() {
            "email" => self.email.clone(),
            "sms" | "whatsapp" | "phone" => self.mobile.clone(),
            "post" | "card" => {
                let Address { street, postcode, town } = &self.address;
                Some(format!("{}, {} {}", street.as_ref()?, postcode.as_ref()?, town.as_ref()?))
            }
            _ => None,
        }
    }
}
