use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::Habits;

/// What a rehearsal lives through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Simulated customers come in so many days, or so many recorded days are looked at.
    pub days: u16,
    /// Whom.
    pub way: Way,
}

/// Whom a rehearsal lives through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "way")]
pub enum Way {
    /// People who do not exist.
    Simulated {
        /// How many.
        customers: u32,
        /// The same seed gives the same people doing the same things.
        seed: u64,
        /// How they behave; `None`: as the journey's own `simulate.yaml` says.
        habits: Option<Habits>,
    },
    /// What was recorded of the organisation's own customers.
    Recorded {
        /// How many customers at most; when there are more, a fixed part of them is taken.
        customers: u32,
    },
}

impl Plan {
    /// Days of one rehearsal at most.
    pub const DAYS_MAX: u16 = 90;
    /// Customers of one rehearsal at most.
    pub const CUSTOMERS_MAX: u32 = 10_000;
    /// The clock goes on for so long after the last simulated customer came, so that what was begun can end.
    pub const AFTER_DAYS: i32 = 30;

    /// With everything inside of its limits.
    #[must_use]
    pub fn within_limits(self) -> Self {
        let many = |customers: u32| customers.clamp(1, Self::CUSTOMERS_MAX);
        let way = match self.way {
            Way::Simulated { customers, seed, habits } => {
                Way::Simulated { customers: many(customers), seed, habits: habits.map(Habits::within_limits) }
            }
            Way::Recorded { customers } => Way::Recorded { customers: many(customers) },
        };
        Self { days: self.days.clamp(1, Self::DAYS_MAX), way }
    }
}

/// What a rehearsal is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Looks up whom it is about.
    #[default]
    Looking,
    /// Lives through them one by one.
    Living,
}

/// How far a rehearsal is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it does now.
    pub stage: Stage,
    /// Customers so far.
    pub done: u64,
    /// Customers in all; 0 while that is not known.
    pub all: u64,
}

/// Hears how far it is; whoever breaks ends it.
pub type Told<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_limits_is_brought_down_to_them() {
        let asked = Plan { days: 4_000, way: Way::Recorded { customers: u32::MAX } }.within_limits();
        assert_eq!(asked, Plan { days: 90, way: Way::Recorded { customers: 10_000 } });
        let none = Plan { days: 0, way: Way::Simulated { customers: 0, seed: 7, habits: None } }.within_limits();
        assert_eq!(none, Plan { days: 1, way: Way::Simulated { customers: 1, seed: 7, habits: None } });
    }
}
