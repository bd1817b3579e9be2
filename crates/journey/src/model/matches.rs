use words::EventName;

use super::{Expression, Span};

/// What to do when the moment is already past when it could fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// Leave it out.
    Skip,
    /// Do it all the same.
    Send,
    /// Do it when no later than this.
    Within(Span),
}

impl Late {
    /// For everything but a moment before something.
    pub const DEFAULT: Self = Self::Within(Span::Seconds(3600));
}

/// An event, perhaps only some of them. Wherever the language names an event it takes a list of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMatch {
    /// Which event.
    pub event: EventName,
    /// Only when this holds.
    pub only: Option<Expression>,
    /// How late the event may come in and still have an effect; `None`: not said.
    pub late: Option<Late>,
}
