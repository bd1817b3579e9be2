use jiff::civil::{Time, Weekday};
use words::{EventName, TouchpointId};

use super::{EventMatch, Expression, FactPath, Late, Span};

/// Before or after the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Earlier.
    Before,
    /// Later.
    After,
}

/// What a moment hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The time or date of a fact; each object of the run has its own.
    Fact(FactPath),
    /// The newest event of this name.
    Event(EventName),
    /// The newest contact of this touchpoint.
    Touchpoint(TouchpointId),
}

/// A moment that hangs on something and moves along with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Before or after.
    pub side: Side,
    /// What.
    pub anchor: Anchor,
    /// How long before or after. Days are civil in the customer's zone.
    pub by: Span,
    /// At this local time on that day; only with days.
    pub at: Option<Time>,
    /// When it is already past.
    pub late: Late,
}

/// A weekly or daily moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Every {
    /// On this day of the week; `None`: every day (`every: day`).
    pub day: Option<Weekday>,
    /// At this local time.
    pub at: Time,
    /// When it is already past.
    pub late: Late,
}

/// What makes a touchpoint happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// One of these events.
    Events(Vec<EventMatch>),
    /// A moment hung on something.
    Moment(Moment),
    /// The calendar.
    Every(Every),
    /// A condition that turns true; once per turning.
    Becomes(Expression),
}
