use jiff::Timestamp;
use serde_json::json;
use store::{Accepted, NewEvent, OutboxRow, Suppression};
use uuid::Uuid;
use words::{Channel, Event, EventName};

use super::conversation::thread_of;
use super::reply::{Answering, Taken, about, cut, limits};
use super::said::{By, Said};
use super::whose::normal;
use crate::Result;

/// Why a message came to the wrong place, as who got it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is for somebody else.
    NotMe,
    /// Whom it is for lives somewhere else.
    Moved,
}

impl Wrong {
    /// As its event says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotMe => "not_me",
            Self::Moved => "moved",
        }
    }

    /// Reads [`Wrong::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::NotMe, Self::Moved].into_iter().find(|one| one.as_str() == text)
    }

    /// Whether the address is not written to any more: one that is somebody else's is not, and no letter goes where nobody lives.
    /// Who moved is still reached by e-mail and telephone.
    pub fn closes(self, channel: &Channel) -> bool {
        self == Self::NotMe || channel.is_paper()
    }
}

impl Answering {
    /// Notes that a message came to the wrong place. Nothing of the customer changes: the address may go to the list of those that
    /// are not written to, and staff get a task. `text`: in words, as staff will read it; `pressed`: what makes it the same when it
    /// is sent again. To be applied with [`crate::Service::applied`].
    pub async fn misaddressed(
        &self,
        row: &OutboxRow,
        wrong: Wrong,
        (text, pressed): (&str, Uuid),
        now: Timestamp,
    ) -> Result<Taken> {
        let Some((channel, to)) = row.channel.clone().zip(row.to.as_ref()) else { return Ok(Taken::Duplicate) };
        let to = normal(&channel, to);
        let organisation = row.organisation.clone();
        if self.before(&organisation, (&channel, &to), Some(row.customer), now).await?.is_none() {
            return Ok(Taken::TooMany);
        }
        if wrong.closes(&channel) {
            let (address, reason) = (to.clone(), "misaddressed".to_owned());
            let (organisation, channel) = (organisation.clone(), channel.clone());
            self.store.suppress(Suppression { organisation, channel, address, reason, since: now }).await?;
        }
        let said = Said {
            by: By::Customer,
            time: now,
            thread: thread_of(Some(row), &channel, &to),
            channel,
            address: to,
            name: None,
            subject: None,
            text: cut(text, limits::TEXT_CHARS_MAX),
            reference: None,
            excess: false,
        };
        let mut properties = said.properties();
        properties.extend(about(row));
        properties.insert("wrong".into(), json!(wrong.as_str()));
        let name = EventName::parse("message.misaddressed").expect("a reserved name");
        let event = Event::ours(format!("misaddressed:{pressed}"), now, name, properties);
        let new = NewEvent::about(organisation, row.customer, event);
        let reference = new.reference();
        Ok(match self.store.accept(vec![new]).await?.first() {
            Some(Accepted::New) => Taken::New(reference),
            _ => Taken::Duplicate,
        })
    }
}
