use serde::Serialize;

use crate::Window;

/// A number with what it rests on; the only form in which a number leaves `measure`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// The number, in the unit that `definition` states. `None` when there is none: never a made-up zero.
    pub value: Option<f64>,
    /// How many answers, contacts or runs it rests on.
    pub n: u64,
    /// 95 % interval, where the method gives one.
    pub interval: Option<(f64, f64)>,
    /// Names the definition in `docs/measures`, such as `experience.mean`.
    pub definition: &'static str,
    /// The span of time it speaks of.
    pub window: Window,
}

impl Figure {
    /// The evidence that it rests on.
    pub fn evidence(&self) -> Evidence {
        Evidence(self.n)
    }
}

/// The one rule of evidence: how many answers allow what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence(pub u64);

/// How a figure may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShowAs {
    /// Too few to show at all; so many answers are still needed for a hollow point.
    Hidden {
        /// Answers still needed, 1..=5.
        needed: u64,
    },
    /// Shown hollow, as "few answers".
    Few,
    /// Shown in full; may be a pain or a peak.
    Full,
}

impl Evidence {
    /// From here a figure is shown, hollow.
    pub const SHOWN: u64 = 5;
    /// From here it is shown in full and may be a pain or a peak.
    pub const FULL: u64 = 10;
    /// From here two figures may be compared.
    pub const COMPARED: u64 = 30;

    /// How to show it.
    pub fn show_as(self) -> ShowAs {
        match self.0 {
            n if n < Self::SHOWN => ShowAs::Hidden { needed: Self::SHOWN - n },
            n if n < Self::FULL => ShowAs::Few,
            _ => ShowAs::Full,
        }
    }

    /// Whether it may stand in a comparison.
    pub fn comparable(self) -> bool {
        self.0 >= Self::COMPARED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_has_three_steps() {
        assert_eq!(Evidence(3).show_as(), ShowAs::Hidden { needed: 2 });
        assert_eq!(Evidence(5).show_as(), ShowAs::Few);
        assert_eq!(Evidence(10).show_as(), ShowAs::Full);
        assert!(!Evidence(29).comparable() && Evidence(30).comparable());
    }
}
