//! What a link stands for.

use std::sync::Arc;

use axum::http::StatusCode;
use jiff::Timestamp;
use journey::{Definition, Organisation};
use minijinja::context;
use serde::Deserialize;
use service::{Live, Service, token};
use store::{Link, OutboxRow, Purpose};
use words::{Channel, Customer, CustomerId, EffectKey, JourneyId, Language, RunId, TouchpointId};

use crate::{
    language::Speech,
    pages::face::Seen,
    problem::{Answer, Problem},
    shell::Shell,
};

/// A link with whom it was given to.
pub(crate) struct Holder {
    pub(crate) link: Link,
    pub(crate) customer: Customer,
    pub(crate) organisation: Arc<Organisation>,
    /// In whose name it was given out.
    pub(crate) seen: Seen,
}

/// A link that went along with a message, with everything that its page looks at.
pub(crate) struct Given {
    pub(crate) link: Link,
    pub(crate) customer: Customer,
    pub(crate) journey: Live,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) run: RunId,
    pub(crate) touchpoint: TouchpointId,
    pub(crate) key: EffectKey,
    /// In whose name it was given out.
    pub(crate) seen: Seen,
}

#[derive(Deserialize)]
struct Whose {
    customer: CustomerId,
}

#[derive(Deserialize)]
struct Subject {
    key: EffectKey,
    run: RunId,
    journey: JourneyId,
    touchpoint: TouchpointId,
}

/// Why a link gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nobody gave it out, or what it was about is gone.
    Unknown,
    /// It worked until some time ago.
    Expired,
}

/// Looks up who holds a link that is for one of these purposes; changes nothing.
pub(crate) async fn holder(
    service: &Service,
    text: &str,
    purposes: &[Purpose],
    now: Timestamp,
) -> Result<Result<Holder, Trouble>, Problem> {
    let store = service.store.as_ref();
    let hash = token::hash(&token::as_given(text));
    let mut found = None;
    for purpose in purposes {
        found = found.or(store.link(&hash, *purpose).await?);
    }
    let Some(link) = found else { return Ok(Err(Trouble::Unknown)) };
    if link.expires <= now {
        return Ok(Err(Trouble::Expired));
    }
    let Ok(whose) = serde_json::from_value::<Whose>(link.subject.clone()) else { return Ok(Err(Trouble::Unknown)) };
    let stored = store.customer(&link.organisation, whose.customer).await?;
    let organisation = service.catalog.organisation(&link.organisation).await?;
    let (Some(stored), Some(organisation)) = (stored, organisation) else { return Ok(Err(Trouble::Unknown)) };
    let seen = Seen::of(service, &link).await?;
    Ok(Ok(Holder { link, customer: stored.customer, organisation, seen }))
}

/// Looks a link up; changes nothing.
pub(crate) async fn given(
    service: &Service,
    text: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Result<Given, Trouble>, Problem> {
    let Holder { link, customer, organisation, seen } = match holder(service, text, &[purpose], now).await? {
        Ok(holder) => holder,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let Ok(subject) = serde_json::from_value::<Subject>(link.subject.clone()) else { return Ok(Err(Trouble::Unknown)) };
    let live = service.catalog.live(&link.organisation).await?;
    let Some(journey) = live.into_iter().find(|live| live.row.id == subject.journey) else {
        return Ok(Err(Trouble::Unknown));
    };
    Ok(Ok(Given {
        link,
        customer,
        journey,
        organisation,
        run: subject.run,
        touchpoint: subject.touchpoint,
        key: subject.key,
        seen,
    }))
}

impl Holder {
    /// The customer's language, else the organisation's.
    pub(crate) fn language(&self) -> Language {
        self.customer.language.unwrap_or(self.organisation.language)
    }

    /// The page speaks as the messages do: the customer's language and zone.
    pub(crate) fn shell(&self, shell: &Shell) -> Shell {
        spoken(shell, self.language(), &self.customer, &self.organisation)
    }

    /// `u` or `je`.
    pub(crate) fn address(&self) -> &'static str {
        self.customer.address_as.unwrap_or(self.organisation.address).as_str()
    }
}

/// A page in a customer's language and zone.
fn spoken(shell: &Shell, language: Language, customer: &Customer, organisation: &Organisation) -> Shell {
    let zone = service::sending::zone(customer, organisation);
    shell.speaking(Speech { language, zone, ..shell.speech.clone() })
}

impl Given {
    /// The customer's language, else the journey's.
    pub(crate) fn language(&self) -> Language {
        self.customer.language.unwrap_or(self.journey.published.definition.language)
    }

    /// The page speaks as the messages do: the customer's language and zone.
    pub(crate) fn shell(&self, shell: &Shell) -> Shell {
        spoken(shell, self.language(), &self.customer, &self.organisation)
    }

    /// `u` or `je`.
    pub(crate) fn address(&self) -> &'static str {
        let definition = &self.journey.published.definition;
        self.customer.address_as.or(definition.address).unwrap_or(self.organisation.address).as_str()
    }

    /// Who can be called.
    pub(crate) fn phone(&self) -> Option<String> {
        self.seen.phone.clone().or_else(|| phone(&self.journey.published.definition, &self.touchpoint))
    }
}

/// Who can be called about a touchpoint.
pub(crate) fn phone(definition: &Definition, touchpoint: &TouchpointId) -> Option<String> {
    let touchpoint = definition.touchpoint(touchpoint);
    let human = touchpoint.and_then(|touchpoint| definition.human_at(touchpoint)).or(definition.human.as_ref());
    human.and_then(|human| human.phone.clone())
}

/// How an answer reaches who was written to: as the message did, else as one is known.
pub(crate) fn way_back(row: Option<&OutboxRow>, customer: &Customer) -> Option<(Channel, String)> {
    let written = row.and_then(|row| row.channel.clone().zip(row.to.clone()));
    let known = [Channel::email(), Channel::new("sms")];
    let known = || known.into_iter().find_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?)));
    written.filter(|(channel, _)| !channel.is_paper()).or_else(known)
}

impl Trouble {
    /// The page that says what to do.
    pub(crate) fn page(self, shell: &Shell) -> Answer {
        let status = match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Expired => StatusCode::GONE,
        };
        shell.render_as(status, "ask/trouble.html", context! { expired => self == Self::Expired, face => () })
    }
}
