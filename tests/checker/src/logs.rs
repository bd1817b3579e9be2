//! What a provider and a client wrote down, a line of JSON each.

use jiff::Timestamp;
use serde_json::Value;

/// One call that a provider got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// When, by the provider's clock.
    pub time: Timestamp,
    /// The idempotency key: the message's key, a colon, the channel.
    pub key: String,
    /// By which channel.
    pub channel: String,
    /// To which address.
    pub to: String,
    /// Whether the provider took it.
    pub accepted: bool,
}

/// Something that a client was answered with success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When, by the client's clock.
    pub time: Timestamp,
    /// Of which organisation.
    pub organisation: String,
    /// What.
    pub what: Answered,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// An event was accepted.
    Event {
        /// From which source.
        source: String,
        /// Its id there.
        event: String,
        /// The names by which it may be about somebody who was erased: kind and name, an object with its id.
        about: Vec<Vec<String>>,
    },
    /// A customer is being erased, under this id in hexadecimal.
    Erasure(String),
}

/// Both logs.
#[derive(Clone, Debug, Default)]
pub struct Logs {
    /// Of the provider, in order; `None`: nobody wrote down what it got.
    pub calls: Option<Vec<Call>>,
    /// Of the client, in order.
    pub answers: Vec<Answer>,
}

/// A line that says nothing.
#[derive(Debug, Clone, thiserror::Error)]
#[error("line {line} of the log cannot be read: {text}")]
pub struct Unreadable {
    /// Which, from 1.
    pub line: usize,
    /// As it stands.
    pub text: String,
}

impl Logs {
    /// Reads both texts.
    pub fn read(provider: Option<&str>, answered: &str) -> Result<Self, Unreadable> {
        let calls = provider.map(|provider| lines(provider, call)).transpose()?;
        Ok(Self { calls, answers: lines(answered, answer)? })
    }

    pub(crate) fn calls(&self) -> &[Call] {
        self.calls.as_deref().unwrap_or_default()
    }
}

fn lines<T>(text: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Unreadable> {
    let full = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    full.map(|(number, line)| {
        let value = serde_json::from_str(line).ok();
        let unreadable = || Unreadable { line: number + 1, text: line.to_owned() };
        value.as_ref().and_then(&read).ok_or_else(unreadable)
    })
    .collect()
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn call(line: &Value) -> Option<Call> {
    let accepted = match line.get("outcome")?.as_str()? {
        "accepted" => true,
        "failed" => false,
        _ => return None,
    };
    let time = text(line, "time")?.parse().ok()?;
    Some(Call { time, key: text(line, "key")?, channel: text(line, "channel")?, to: text(line, "to")?, accepted })
}

fn answer(line: &Value) -> Option<Answer> {
    let (time, organisation) = (text(line, "time")?.parse().ok()?, text(line, "organisation")?);
    if let Some(erasure) = text(line, "erasure") {
        let what = Answered::Erasure(erasure.replace('-', "").to_lowercase());
        return Some(Answer { time, organisation, what });
    }
    let mut about = Vec::new();
    about.extend(text(line, "customer").map(|name| vec!["user".to_owned(), name]));
    about.extend(text(line, "previous").map(|name| vec!["user".to_owned(), name]));
    about.extend(text(line, "anonymous").map(|name| vec!["anonymous".to_owned(), name]));
    for object in line.get("objects").and_then(Value::as_array).into_iter().flatten() {
        let part = |place: usize| object.get(place)?.as_str().map(str::to_owned);
        about.push(vec!["object".to_owned(), part(0)?, part(1)?]);
    }
    let what = Answered::Event { source: text(line, "source")?, event: text(line, "event")?, about };
    Some(Answer { time, organisation, what })
}
