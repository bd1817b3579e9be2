//! What a link stands for.

use std::sync::Arc;

use axum::http::StatusCode;
use jiff::Timestamp;
use journey::Organisation;
use minijinja::context;
use serde::Deserialize;
use service::{Live, Service, token};
use store::{Link, Purpose};
use words::{Customer, CustomerId, EffectKey, JourneyId, Language, RunId, TouchpointId};

use crate::{
    language::Speech,
    problem::{Answer, Problem},
    shell::Shell,
};

/// A link with everything that its page looks at.
pub(crate) struct Given {
    pub(crate) link: Link,
    pub(crate) customer: Customer,
    pub(crate) journey: Live,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) run: RunId,
    pub(crate) touchpoint: TouchpointId,
    pub(crate) key: EffectKey,
}

#[derive(Deserialize)]
struct Subject {
    key: EffectKey,
    customer: CustomerId,
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

/// Looks a link up; changes nothing.
pub(crate) async fn given(
    service: &Service,
    text: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Result<Given, Trouble>, Problem> {
    let store = service.store.as_ref();
    let Some(link) = store.link(&token::hash(&token::as_given(text)), purpose).await? else {
        return Ok(Err(Trouble::Unknown));
    };
    if link.expires <= now {
        return Ok(Err(Trouble::Expired));
    }
    let Ok(subject) = serde_json::from_value::<Subject>(link.subject.clone()) else { return Ok(Err(Trouble::Unknown)) };
    let Some(stored) = store.customer(&link.organisation, subject.customer).await? else {
        return Ok(Err(Trouble::Unknown));
    };
    let live = service.catalog.live(&link.organisation).await?;
    let journey = live.into_iter().find(|live| live.row.id == subject.journey);
    let organisation = service.catalog.organisation(&link.organisation).await?;
    let (Some(journey), Some(organisation)) = (journey, organisation) else { return Ok(Err(Trouble::Unknown)) };
    Ok(Ok(Given {
        link,
        customer: stored.customer,
        journey,
        organisation,
        run: subject.run,
        touchpoint: subject.touchpoint,
        key: subject.key,
    }))
}

impl Given {
    /// The customer's language, else the journey's.
    pub(crate) fn language(&self) -> Language {
        self.customer.language.unwrap_or(self.journey.published.definition.language)
    }

    /// The page speaks as the messages do: the customer's language and zone.
    pub(crate) fn shell(&self, shell: &Shell) -> Shell {
        let speech = Speech {
            language: self.language(),
            zone: service::sending::zone(&self.customer, &self.organisation),
            ..shell.speech.clone()
        };
        shell.speaking(speech)
    }

    /// `u` or `je`.
    pub(crate) fn address(&self) -> &'static str {
        let definition = &self.journey.published.definition;
        self.customer.address_as.or(definition.address).unwrap_or(self.organisation.address).as_str()
    }

    /// Who can be called.
    pub(crate) fn phone(&self) -> Option<String> {
        let definition = &self.journey.published.definition;
        let touchpoint = definition.touchpoint(&self.touchpoint);
        let human = touchpoint.and_then(|touchpoint| definition.human_at(touchpoint)).or(definition.human.as_ref());
        human.and_then(|human| human.phone.clone())
    }
}

impl Trouble {
    /// The page that says what to do.
    pub(crate) fn page(self, shell: &Shell) -> Answer {
        let status = match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Expired => StatusCode::GONE,
        };
        shell.render_as(status, "ask/trouble.html", context! { expired => self == Self::Expired })
    }
}
