use words::Value;

use super::{Delay, Moment, Open, Spread};

/// How a property gets its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// Always this.
    Constant(Value),
    /// One of these, by their chances.
    Choice(Vec<(Value, f64)>),
    /// A drawn number.
    Number(Spread),
    /// So long from now: a time or a date, as the fact is declared.
    Ahead {
        /// How long.
        delay: Delay,
        /// Within these times.
        open: Open,
        /// Down to a whole number of so many minutes of the hour; 0: as drawn.
        round_minutes: i64,
    },
    /// A moment in the facts, or in the same event.
    Moment(Moment),
}
