use jiff::Timestamp;
use serde_json::json;
use store::{OutboxRow, SendState, TaskRow};
use voice::Message;
use words::{Channel, Class, EffectKey, Language, PrincipalId, Quiet, SendEffect, TouchpointId, Waits};

use crate::Published;

/// What leads the name of a thread where a message names its touchpoint.
pub(crate) const LEAD: &str = "complaint:";

/// A message of our own about a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// It came in, and by when there is an answer.
    Received,
    /// It was resolved; is it all right now?
    Resolved,
}

impl Own {
    const ALL: [Self; 2] = [Self::Received, Self::Resolved];

    /// The name of its file: one of [`journey::language::lists::OWN_MESSAGES`].
    pub fn file(self) -> &'static str {
        match self {
            Self::Received => "klacht-ontvangen",
            Self::Resolved => "klacht-opgelost",
        }
    }

    /// What its key has behind that of the task.
    fn end(self) -> &'static str {
        match self {
            Self::Received => ":received",
            Self::Resolved => ":resolved",
        }
    }

    /// The key of this message about a complaint.
    pub(crate) fn key(self, task: &EffectKey) -> EffectKey {
        EffectKey::stored(format!("{task}{}", self.end()))
    }

    /// What everybody has of it.
    fn usual(self, language: Language) -> Option<Message> {
        let text = match (self, language) {
            (Self::Received, Language::Nl) => include_str!("texts/klacht-ontvangen.nl.md"),
            (Self::Received, Language::En) => include_str!("texts/klacht-ontvangen.en.md"),
            (Self::Resolved, Language::Nl) => include_str!("texts/klacht-opgelost.nl.md"),
            (Self::Resolved, Language::En) => include_str!("texts/klacht-opgelost.en.md"),
        };
        Message::parse(text, language).ok()
    }

    /// Its text: that of the journey's folder, else the one that everybody has.
    pub(crate) fn message(self, published: Option<&Published>, language: Language) -> Option<Message> {
        let own = published.and_then(|published| published.message(self.file(), Some(language)).cloned());
        own.or_else(|| self.usual(language))
    }
}

/// Which message of our own this is; `None`: another one.
pub fn own_of(row: &OutboxRow) -> Option<Own> {
    let is_ours = row.touchpoint.as_str().starts_with(LEAD);
    is_ours.then(|| Own::ALL.into_iter().find(|own| own.file() == row.send.message))?
}

/// The complaint that a message of our own is about, by its key.
pub fn task_of(key: &EffectKey) -> Option<EffectKey> {
    let task = Own::ALL.into_iter().find_map(|own| key.as_str().strip_suffix(own.end()))?;
    task.contains(":0:reply:").then(|| EffectKey::stored(task))
}

/// How a customer is told of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) channels: Vec<Channel>,
    /// Where the complaint came from; none: wherever the customer is reached.
    pub(crate) to: Option<String>,
}

impl Way {
    /// Back to where it came from, when one can be written to there.
    pub(crate) fn back(channel: &Channel, address: &str) -> Self {
        if channel.sends() && !channel.is_paper() {
            return Self { channels: vec![channel.clone()], to: Some(address.to_owned()) };
        }
        Self::any()
    }

    /// As the customer likes it best.
    pub(crate) fn any() -> Self {
        Self { channels: ["email", "whatsapp", "sms", "post"].map(Channel::new).to_vec(), to: None }
    }

    /// As this message went, or was to go.
    pub(crate) fn of(row: &OutboxRow) -> Self {
        let to = row.send.facts["answer"]["to"].as_str().map(str::to_owned);
        Self { channels: row.send.channels.clone(), to }
    }
}

/// The message, in the thread of the complaint.
pub(crate) fn row(task: &TaskRow, own: Own, way: Way, now: Timestamp) -> OutboxRow {
    let thread = task.object.as_deref().and_then(|object| object.strip_prefix("thread:")).unwrap_or_default();
    let complaint =
        json!({ "made": task.made.to_string(), "due": task.due.map(|due| due.to_string()), "team": task.team });
    OutboxRow {
        key: own.key(&task.key),
        organisation: task.organisation.clone(),
        customer: task.customer,
        principal: PrincipalId::own(),
        run: task.run,
        journey: task.journey.clone(),
        touchpoint: TouchpointId::new(format!("{LEAD}{}", task.touchpoint)),
        decided: now,
        send: SendEffect {
            message: own.file().to_owned(),
            class: Class::Service,
            channels: way.channels,
            urgent: own == Own::Received,
            quiet: Quiet::Hold,
            attention: None,
            behind: false,
            until: None,
            ask: Vec::new(),
            facts: json!({ "answer": { "thread": thread, "to": way.to }, "complaint": complaint }),
        },
        state: SendState::Held { until: now, why: Waits::Anew },
        channel: None,
        to: None,
        tried: Vec::new(),
        attempts: 0,
        next_attempt: None,
        last_error: None,
        doubt: None,
        rendered: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_messages_exist_in_both_languages() {
        for own in Own::ALL {
            assert!(journey::language::lists::OWN_MESSAGES.contains(&own.file()));
            for language in [Language::Nl, Language::En] {
                assert!(own.usual(language).is_some(), "{} {language:?}", own.file());
            }
            let task = EffectKey::stored("r:0:reply:x:1");
            assert_eq!(task_of(&own.key(&task)), Some(task));
        }
        assert_eq!(task_of(&EffectKey::stored("r:0:bevestiging:x")), None);
    }
}
