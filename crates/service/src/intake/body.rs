use serde_json::Value;
use thiserror::Error;
use words::{Language, limits};

/// A body that cannot be taken at all: the caller answers 400. The clients of the field do not send it again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadBody {
    /// More bytes than one delivery may have, after decompression.
    #[error("the body has {bytes} bytes; at most {} are taken", limits::BATCH_BYTES_MAX)]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// More events than one delivery may have.
    #[error("the batch has {events} events; at most {} are taken", limits::BATCH_EVENTS_MAX)]
    TooManyEvents {
        /// How many.
        events: usize,
    },
    /// No JSON.
    #[error("the body is no JSON: {0}")]
    NotJson(String),
    /// JSON, but not in the form of this call.
    #[error("the body is no {0}")]
    WrongForm(&'static str),
}

impl BadBody {
    /// What is wrong and what to do, for the one who reads the answer.
    pub fn say(&self, language: Language) -> String {
        let (nl, en) = match self {
            Self::TooLarge { .. } | Self::TooManyEvents { .. } => ("Stuur kleinere groepen.", "Send smaller batches."),
            Self::NotJson(_) => ("Stuur JSON in UTF-8.", "Send JSON in UTF-8."),
            Self::WrongForm(_) => {
                ("Zie de voorbeeldaanroep bij de koppeling.", "See the sample call of the connection.")
            }
        };
        let what = match self {
            Self::TooLarge { bytes } => {
                language.pick("Te groot", "Too large").to_owned() + &format!(": {bytes} > {}.", limits::BATCH_BYTES_MAX)
            }
            Self::TooManyEvents { events } => {
                language.pick("Te veel gebeurtenissen", "Too many events").to_owned()
                    + &format!(": {events} > {}.", limits::BATCH_EVENTS_MAX)
            }
            Self::NotJson(detail) => {
                language.pick("Geen geldige JSON", "No valid JSON").to_owned() + &format!(" ({detail}).")
            }
            Self::WrongForm(form) => {
                language.pick("De inhoud heeft niet de vorm", "The body has not the form").to_owned()
                    + &format!(" {form}.")
            }
        };
        format!("{what} {}", language.pick(nl, en))
    }
}

/// Reads a whole body within its limit.
pub(super) fn json(bytes: &[u8]) -> Result<Value, BadBody> {
    if bytes.len() > limits::BATCH_BYTES_MAX {
        return Err(BadBody::TooLarge { bytes: bytes.len() });
    }
    serde_json::from_slice(bytes).map_err(|error| BadBody::NotJson(error.to_string()))
}

/// The events of a batch, within their limit.
pub(super) fn counted(events: Vec<Value>) -> Result<Vec<Value>, BadBody> {
    if events.len() > limits::BATCH_EVENTS_MAX {
        return Err(BadBody::TooManyEvents { events: events.len() });
    }
    Ok(events)
}
