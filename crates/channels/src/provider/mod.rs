//! What providers that are called over https have in common.

mod heard;

use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;

use crate::checked::one_line;
use crate::fetch::{CONNECT, CallError, FetchError, Reply};
use crate::{Means, Outcome, Reason, Stage};

pub(crate) use heard::shortened;
pub use heard::{Fate, Heard, Inbound, Receipt};

/// How long a provider may take to answer.
pub const ANSWER_WITHIN: Duration = crate::fetch::SILENT;

/// Bytes of an answer that are read.
pub(crate) const ANSWER_BYTES_MAX: u64 = 64 * 1024;
/// Characters of a provider's words that are kept.
const WORDS_CHARS_MAX: usize = 300;
/// A provider that is busy and does not say for how long is left alone for so many seconds.
const BUSY_SECONDS: u64 = 30;

/// Why settings cannot work.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProviderSettingsError {
    /// Its address cannot be called.
    #[error("the address of the provider cannot be used: {0}")]
    Address(FetchError),
    /// A part of the settings is empty, or holds what it cannot hold.
    #[error("{0} is not filled in as the provider writes it")]
    Part(&'static str),
}

/// Whether a part of an address is one: letters, digits, `.`, `-` and `_`.
pub(crate) fn is_name(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        && !text.starts_with('.')
}

/// What a call that got no answer means for its message.
pub(crate) fn unheard(error: CallError, patience: Duration) -> Outcome {
    match error {
        CallError::Before(error) => Outcome::refused_for_now(why(Stage::Connect, error, CONNECT)),
        CallError::After(error) => Outcome::Unknown { reason: why(Stage::Message, error, patience) },
    }
}

fn why(stage: Stage, error: FetchError, waited: Duration) -> Reason {
    match error {
        FetchError::TimedOut => {
            Reason::Silence { stage, waited_ms: u64::try_from(waited.as_millis()).unwrap_or(u64::MAX) }
        }
        other => Reason::Line { stage, detail: other.to_string() },
    }
}

/// It was taken, or so it seems, but what was said of it cannot be read.
pub(crate) fn unreadable(reply: &Reply) -> Outcome {
    let detail = match &reply.body {
        Err(error) => error.to_string(),
        Ok(_) => "the answer cannot be read".to_owned(),
    };
    Outcome::Unknown { reason: Reason::Line { stage: Stage::Message, detail } }
}

/// A refusal by its status alone: what is about everybody, and what the provider mends itself. `None`: it is about the message.
pub(crate) fn by_status(reply: &Reply, code: u32, said: &str) -> Option<Outcome> {
    let means = match reply.status {
        429 => return Some(busy(reply)),
        401 | 403 | 404 => Means::Settings,
        // It leads elsewhere: nobody is there under this address.
        300..=399 => Means::Settings,
        500..=599 => Means::Outage,
        _ => return None,
    };
    Some(Outcome::refused_for_now(provider(means, code, said)))
}

pub(crate) fn busy(reply: &Reply) -> Outcome {
    Outcome::refused_for_now(Reason::Busy { seconds: reply.retry_after.unwrap_or(BUSY_SECONDS) })
}

/// A refusal in the provider's own words.
pub(crate) fn refused(means: Means, code: u32, said: &str) -> Outcome {
    let reason = provider(means, code, said);
    match means {
        Means::Settings | Means::Later | Means::Outage => Outcome::refused_for_now(reason),
        Means::Unreachable | Means::OptedOut | Means::Template | Means::Message => Outcome::refused_for_good(reason),
    }
}

/// The same, of an address to which nothing is ever to be sent again.
pub(crate) fn never_again(means: Means, code: u32, said: &str) -> Outcome {
    Outcome::Refused { reason: provider(means, code, said), permanent: true, suppress: true }
}

pub(crate) fn provider(means: Means, code: u32, said: &str) -> Reason {
    Reason::Provider { means, code, text: one_line(said).chars().take(WORDS_CHARS_MAX).collect() }
}

/// A moment in seconds since 1970, as text or as a number.
pub(crate) fn moment(value: &serde_json::Value) -> Option<Timestamp> {
    let seconds = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    Timestamp::from_second(seconds).ok()
}
