use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Channel, EffectKey};

/// Why something is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The run ended, or its condition no longer holds.
    NotWanted,
    /// Past the moment after which it makes no sense.
    TooLate,
    /// The customer was asked about this touchpoint in the past 30 days.
    AskedRecently,
    /// This customer is in the group that does not get it, to compare with.
    Holdout,
    /// No address for any channel.
    NoAddress,
    /// Every address is on the suppression list.
    Suppressed,
    /// No consent for this class.
    NoConsent,
    /// The sender was never tested.
    SenderUntested,
    /// The journey is not live and the address is no listed staff address.
    NotLive,
    /// The message cannot be made for this customer.
    Unrenderable,
    /// In quiet hours, and it is not to wait for their end.
    QuietHours,
    /// The customer got as much as the message budget allows.
    OverBudget,
    /// Staff hold these messages back, and they are not to go afterwards.
    Halted,
}

/// Why a message waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// For the end of quiet hours.
    #[default]
    QuietHours,
    /// Because staff hold it back: [`crate::Halt`].
    Halt,
    /// One channel refused it: it is decided about the next.
    NextChannel,
    /// What it was decided on changed: it is decided anew.
    Anew,
}

impl Waits {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::QuietHours, Self::Halt, Self::NextChannel, Self::Anew];

    /// Its name, as it is written in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::QuietHours => "quiet_hours",
            Self::Halt => "halt",
            Self::NextChannel => "next_channel",
            Self::Anew => "anew",
        }
    }

    /// Reads a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// Send by this channel to this address.
    Send {
        /// By which channel.
        channel: Channel,
        /// To which address.
        to: String,
    },
    /// Wait until then, and decide again.
    Hold {
        /// Until when.
        until: Timestamp,
        /// For what.
        #[serde(default)]
        why: Waits,
    },
    /// Do not send.
    Refuse {
        /// Why.
        reason: Refusal,
    },
}

/// One thing that was looked at, in order, for the page that explains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// `wanted`, `late`, `halt`, `ask`, `holdout`, `budget`, `address`, `suppression`, `consent`, `quiet_hours`, `sender`, `live`.
    pub rule: String,
    /// For which channel, when it is about one.
    pub channel: Option<Channel>,
    /// Whether it let the message through; `None`: not looked at any more.
    pub passed: Option<bool>,
    /// What was seen: an address, a date.
    pub seen: String,
}

/// A decision about sending, kept with its reason for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The effect it is about.
    pub key: EffectKey,
    /// When.
    pub time: Timestamp,
    /// What.
    pub verdict: Verdict,
    /// Why: every check, in order.
    pub checks: Vec<Check>,
}
