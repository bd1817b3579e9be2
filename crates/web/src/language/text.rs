use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};
use serde::{Deserialize, Serialize};

/// Something to say, not yet in a language: the key of a text and what fills it in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    key: Cow<'static, str>,
    #[serde(default)]
    args: Vec<(Cow<'static, str>, Arg)>,
}

/// What fills in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A number, which also chooses between singular and plural.
    Number(f64),
    /// A text.
    Text(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

macro_rules! number_arg {
    ($($type:ty),+) => { $(
        impl From<$type> for Arg {
            #[expect(clippy::allow_attributes, reason = "one of the types needs no cast")]
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss, trivial_numeric_casts)]
            fn from(number: $type) -> Self {
                Self::Number(number as f64)
            }
        }
    )+ };
}
number_arg!(u32, u64, i64, usize, f64);

impl Text {
    /// The text of a key.
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: Vec::new() }
    }

    /// The text of a member of a closed list: a key that begins as all of them do.
    pub fn joined(start: &'static str, member: &str) -> Self {
        Self { key: Cow::Owned(format!("{start}{member}")), args: Vec::new() }
    }

    /// Fills in one of its places.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Which text.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its places.
    pub(crate) fn args(&self) -> FluentArgs<'static> {
        self.args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Arg::Number(number) => FluentValue::from(*number),
                    Arg::Text(text) => FluentValue::from(text.clone()),
                };
                (name.clone(), value)
            })
            .collect()
    }
}
