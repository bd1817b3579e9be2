use jiff::Timestamp;

use crate::Outcome;

/// Characters of what a customer writes that are kept.
const TEXT_CHARS_MAX: usize = 10_000;

/// What a provider tells us, once it proved itself. It may come late, more than once and in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// What became of a message that it took.
    Receipt(Receipt),
    /// What a customer wrote.
    Inbound(Inbound),
}

/// What became of a message that a provider took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The key that we gave along ([`crate::Outgoing::key`]); `None`: it is not one of ours.
    pub key: Option<String>,
    /// What the provider calls the message.
    pub reference: String,
    /// When, if it says so.
    pub time: Option<Timestamp>,
    /// What.
    pub fate: Fate,
}

/// What became of a message. What comes later in this list includes what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on its way.
    Sent,
    /// It arrived.
    Delivered,
    /// It was read.
    Read,
    /// It will not arrive: a refusal, as if the provider had not taken it.
    Failed(Outcome),
}

/// What a customer wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// What the provider calls it; the same when it is told again.
    pub id: String,
    /// From which number, in E.164.
    pub from: String,
    /// What the writer is called there.
    pub name: Option<String>,
    /// When, if the provider says so.
    pub time: Option<Timestamp>,
    /// Its text, cut to what is kept; empty where it has none.
    pub text: String,
    /// What it is besides text, in the provider's word: `image`, `audio`, `location`.
    pub attached: Option<String>,
    /// What the provider calls our message that it answers.
    pub answers: Option<String>,
}

/// As much of a text as is kept, without marks that are none of a text.
pub(crate) fn shortened(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.take(TEXT_CHARS_MAX).collect::<String>().trim().to_owned()
}
