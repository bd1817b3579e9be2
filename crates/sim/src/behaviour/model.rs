use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use journey::Expression;
use words::{Channel, EventName, JourneyId, TouchpointId};

use super::{Delay, Spread, Template};

/// How simulated customers of one journey behave: what a `simulate.yaml` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// In which journey.
    pub journey: JourneyId,
    /// The same seed gives the same customers.
    pub seed: u64,
    /// How customers come.
    pub arrivals: Arrivals,
    /// Who they are.
    pub people: People,
    /// Which system sends events about an object, by the object.
    pub sources: BTreeMap<String, String>,
    /// What follows on an event or a touchpoint, by its name.
    pub then: BTreeMap<String, Vec<Rule>>,
    /// Who answers the questions of a touchpoint, and when.
    pub answers: BTreeMap<TouchpointId, Reply>,
    /// Who does the tasks of a touchpoint or of a team, and when.
    pub staff: BTreeMap<String, Work>,
    /// What comes back of messages, by the channel that they went by.
    pub receipts: BTreeMap<Channel, Receipt>,
    /// How customers feel about a touchpoint.
    pub scores: BTreeMap<TouchpointId, Score>,
    /// What changes that feeling.
    pub shifts: Vec<Shift>,
    /// Daily counts of audiences without identity: how many a day.
    pub counted: BTreeMap<EventName, Spread>,
}

/// How customers come.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// The event with which everything begins.
    pub event: EventName,
    /// On a weekday, on average.
    pub per_day: f64,
    /// Within these local hours.
    pub hours: Hours,
    /// On a day of the weekend, as a share of a weekday.
    pub weekend: f64,
    /// Events before which nobody knows who it is.
    pub anonymous: BTreeSet<EventName>,
    /// The event's properties.
    pub set: BTreeMap<String, Template>,
}

/// What is known of customers: each the chance that it is.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// First name.
    pub first_name: f64,
    /// Last name.
    pub last_name: f64,
    /// "mevrouw", "de heer".
    pub salutation: f64,
    /// E-mail address.
    pub email: f64,
    /// Mobile number.
    pub mobile: f64,
    /// Street, postcode and town.
    pub address: f64,
    /// Everyone's zone.
    pub zone: Option<String>,
    /// Consents by name.
    pub consents: BTreeMap<String, f64>,
}

/// Local hours of a day, from (inclusive) until (exclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From.
    pub from: Time,
    /// Until.
    pub until: Time,
}

/// When somebody or something is at work; outside of it things happen the next time that it is, at a drawn moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Hours of the day; none: around the clock.
    pub hours: Option<Hours>,
    /// At weekends too.
    pub weekend: bool,
}

/// After X, with this chance, that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// 0..=1.
    pub chance: f64,
    /// Only if this holds.
    pub only: Option<Expression>,
    /// What.
    pub deed: Deed,
    /// Drawn apart from the other rules of its heading.
    pub own_draw: bool,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Something happens.
    Event(Happening),
    /// Nothing comes any more, for a reason that nobody tells.
    Leave(Vec<(String, f64)>),
}

/// An event that will happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// Which.
    pub event: EventName,
    /// When.
    pub when: When,
    /// Within these times.
    pub open: Open,
    /// It is about a new object of this kind.
    pub new: Option<String>,
    /// Its properties.
    pub set: BTreeMap<String, Template>,
}

/// When something happens.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// So long after what it follows on.
    Delay(Delay),
    /// At a moment in the facts; it moves along with them.
    At(Moment),
}

/// `appointment.start - 30m`: a fact, or a property of the same event, with a distance in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The object of the fact; none: a property of the event itself.
    pub object: Option<String>,
    /// The property.
    pub property: String,
    /// Seconds after it; negative: before.
    pub seconds: i64,
}

/// Who answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// 0..=1.
    pub chance: f64,
    /// After the question went out.
    pub delay: Delay,
}

/// What a provider tells of messages by one channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Receipt {
    /// How many arrive, 0..=1.
    pub delivered: f64,
    /// How long after sending.
    pub within: Delay,
    /// How many of those are opened, 0..=1; a channel that does not tell: 0.
    pub read: f64,
    /// How long after arriving.
    pub delay: Delay,
}

/// How staff do tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Of all tasks, 0..=1, in the usual time.
    pub chance: f64,
    /// After the task was made.
    pub delay: Delay,
    /// After the task was made, for the rest; none: the rest stays open.
    pub late: Option<Delay>,
    /// Working hours.
    pub open: Open,
    /// The event by which it is done; none: staff tick it.
    pub does: Option<EventName>,
    /// Properties of that event or tick.
    pub set: BTreeMap<String, Template>,
}

/// How customers feel about a touchpoint, on −2..+2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub spread: f64,
}

/// What went before changes how customers feel.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// If this holds,
    pub only: Expression,
    /// they feel about these
    pub touchpoints: Vec<TouchpointId>,
    /// so much better.
    pub by: f64,
}
