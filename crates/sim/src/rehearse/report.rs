use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use words::{Channel, CustomerId, JourneyId, Refusal, TouchpointId, VersionHash, Window};

use super::Plan;

/// What came of a rehearsal: plain counts, and customers by their ids alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Of which journey.
    pub journey: JourneyId,
    /// The draft's title.
    pub title: String,
    /// The draft that was rehearsed.
    pub draft: VersionHash,
    /// The live version beside which it was put; `None`: nothing is live.
    pub live: Option<VersionHash>,
    /// What was asked.
    pub plan: Plan,
    /// When.
    pub made: Timestamp,
    /// What is counted.
    pub window: Window,
    /// The name of the zone in which days and hours are counted.
    pub zone: String,
    /// What the organisation allows.
    pub rules: Rules,
    /// Customers who were lived through.
    pub customers: u64,
    /// Customers there were to choose from; more than `customers` when there are more than a rehearsal takes, or when nothing of
    /// what was recorded of them concerns this journey.
    pub customers_of: u64,
    /// Events that were lived through, before the window too.
    pub events: u64,
    /// Customers of whom more happened than is lived through: the oldest was left out, or the end.
    pub cut: u64,
    /// What the draft does.
    pub done: Side,
    /// What the live version does with the same.
    pub before: Option<Side>,
    /// Touchpoint by touchpoint what differs, in the order of the draft; then what the draft no longer has.
    pub touchpoints: Vec<TouchpointDifference>,
    /// What differs in the messages of the organisation's other journeys: they share the budget.
    pub others: Differences,
    /// Message by message what differs, at most [`Report::ROWS_MAX`].
    pub rows: Vec<Row>,
    /// How many there are.
    pub rows_of: u64,
}

impl Report {
    /// Messages that differ and are listed one by one.
    pub const ROWS_MAX: usize = 2_000;

    /// Whether draft and live version did exactly the same.
    pub fn is_same(&self) -> bool {
        self.rows_of == 0 && self.touchpoints.iter().all(|one| one.differs.is_none()) && self.others.is_none()
    }
}

/// Rules of the organisation that a rehearsal keeps to, as far as one must know them to read the report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Quiet hours, from and until.
    pub quiet: Option<(Time, Time)>,
    /// The message budget: so much in so many days.
    pub budget: Option<(u32, u32)>,
    /// Channels by which the draft would write and whose sender was never tested.
    pub untested: Vec<Channel>,
}

/// What one version did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Runs of this journey that started.
    pub runs: u64,
    /// Of which by now: done, left, stopped.
    pub ended: [u64; 3],
    /// Runs that reached the goal.
    pub goal: u64,
    /// Messages of this journey by local day and channel.
    pub days: Vec<MessagesOnDay>,
    /// Tasks of this journey by local hour and team.
    pub hours: Vec<TasksInHour>,
    /// In the order of the definition.
    pub touchpoints: Vec<TouchpointCount>,
    /// Messages of the organisation's other journeys.
    pub other_messages: u64,
    /// Customers who got more than the message budget within its days: service goes whatever the budget says.
    pub over_budget: u64,
    /// The most that one of them got, by weight.
    pub over_budget_most: u32,
}

/// Messages of one day by one channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagesOnDay {
    /// Local.
    pub day: Date,
    /// By which channel.
    pub channel: Channel,
    /// How many.
    pub messages: u64,
}

/// Tasks that one team got within one hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TasksInHour {
    /// When the hour begins, local.
    pub hour: DateTime,
    /// Which team.
    pub team: String,
    /// How many.
    pub tasks: u64,
}

/// What one version did at one touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchpointCount {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether a message of ours belongs to it.
    pub sends: bool,
    /// Contacts.
    pub happened: u64,
    /// Messages that were asked for.
    pub asked: u64,
    /// Of which went, by channel.
    pub sent: BTreeMap<Channel, u64>,
    /// Of which waited for the end of quiet hours.
    pub held: u64,
    /// Until when they waited: local times with how many.
    pub held_until: BTreeMap<Time, u64>,
    /// Of which did not go, by reason.
    pub refused: BTreeMap<Refusal, u64>,
    /// Of which were taken back before they went.
    pub withdrawn: u64,
    /// Of which still waited in the end.
    pub waiting: u64,
    /// Tasks.
    pub tasks: u64,
}

impl TouchpointCount {
    /// Messages that went, by any channel.
    pub fn all_sent(&self) -> u64 {
        self.sent.values().sum()
    }
}

/// How many messages (and tasks) differ, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differences {
    /// Only with the draft.
    pub new: u64,
    /// Only with the live version.
    pub gone: u64,
    /// At another time.
    pub time: u64,
    /// By another channel.
    pub channel: u64,
    /// With another text.
    pub text: u64,
    /// Tasks only with the draft.
    pub tasks_new: u64,
    /// Tasks only with the live version.
    pub tasks_gone: u64,
}

impl Differences {
    /// Whether nothing differs.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn count(&mut self, kind: Kind) {
        *match kind {
            Kind::New => &mut self.new,
            Kind::Gone => &mut self.gone,
            Kind::Time => &mut self.time,
            Kind::Channel => &mut self.channel,
            Kind::Text => &mut self.text,
        } += 1;
    }
}

/// What differs at one touchpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TouchpointDifference {
    /// Its id in the draft, or in the live version when the draft no longer has it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How.
    pub differs: Differences,
}

/// How a message differs; of several the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only with the draft.
    New,
    /// Only with the live version.
    Gone,
    /// By another channel.
    Channel,
    /// At another time.
    Time,
    /// With another text.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::New, Self::Gone, Self::Channel, Self::Time, Self::Text];

    /// Its name, as it is written in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Channel => "channel",
            Self::Time => "time",
            Self::Text => "text",
        }
    }
}

/// Whom a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A customer of the organisation.
    Customer(CustomerId),
    /// Somebody who does not exist, by number.
    Simulated(u32),
}

/// One message that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// For whom.
    pub who: Who,
    /// Of which journey.
    pub journey: JourneyId,
    /// For which touchpoint.
    pub touchpoint: TouchpointId,
    /// Its title.
    pub title: String,
    /// How it differs.
    pub kind: Kind,
    /// When and by which channel it goes with the draft.
    pub with_draft: Option<(Timestamp, Channel)>,
    /// When and by which channel it goes with the live version.
    pub with_live: Option<(Timestamp, Channel)>,
    /// Why it does not go where it was asked for and does not go.
    pub refused: Option<Refusal>,
}
