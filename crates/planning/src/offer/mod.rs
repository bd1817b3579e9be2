//! Arrival windows that the live plan can keep, ranked, and why there are none.
//!
//! A window can be offered when somebody who may do the job still fits it in, travel included, without breaking what was promised to
//! anybody else. What it costs is how much longer that day's way becomes; nothing is moved to find out.

mod day;
mod grade;
mod why;

pub use self::day::{OpenDay, Ways};
pub use self::grade::{Grading, IDEAL};
pub use self::why::{Hindrance, Hindrances};

use crate::{Job, Leg, Span};

/// A window that can be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The promise: one arrives, and begins, within it.
    pub window: Span,
    /// Which of the days that were asked it would go into.
    pub day: usize,
    /// Before which of that day's stops, as it stands now.
    pub position: usize,
    /// When the work would begin, as it stands now.
    pub begins: i64,
    /// What it costs more, as legs count cost.
    pub extra: i64,
    /// 0 to 100: how well it suits the plan and how soon it is. From [`IDEAL`] on it is recommended.
    pub grade: u8,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// A window at most once, in order of time.
    pub offers: Vec<Offer>,
    /// Why windows are missing: of each window that is not offered, what stood in its way on the days it would have been.
    pub why_not: Hindrances,
}

impl Offered {
    /// The best `most`, the highest grade first, and of equal grades the earliest.
    #[must_use]
    pub fn ranked(&self, most: usize) -> Vec<Offer> {
        let mut offers = self.offers.clone();
        offers.sort_by_key(|offer| (std::cmp::Reverse(offer.grade), offer.window));
        offers.truncate(most);
        offers
    }
}

/// Which of `windows` can be offered for `job`, whose own spans bound them (from when on there is material, say).
///
/// `to` and `from` are the ways from any place of the days to the job and back.
#[must_use]
pub fn offers(
    days: &[OpenDay<'_>],
    job: &Job,
    windows: &[Span],
    (to, from): (&Ways, &Ways),
    grading: Grading,
) -> Offered {
    let mut found = Offered::default();
    let bounds: &[Span] = if job.spans.is_empty() { &[Span::ALWAYS] } else { &job.spans };
    let alone = |day: &OpenDay<'_>| day.alone(to, from);
    let worst = days.iter().map(alone).max().unwrap_or(0);
    for &window in windows {
        let Some(open) = bounds.iter().find_map(|bound| bound.common(window)) else {
            found.why_not.note(window, Hindrance::TooEarly);
            continue;
        };
        let mut best: Option<Offer> = None;
        let mut hindrances = Vec::new();
        for (at, day) in days.iter().enumerate() {
            match day.cheapest(job, open, (to, from)) {
                Ok(spot) if best.is_none_or(|best| spot.extra < best.extra) => {
                    let grade = grading.grade(spot.extra, worst, window);
                    let (position, begins, extra) = (spot.position, spot.begins, spot.extra);
                    best = Some(Offer { window, day: at, position, begins, extra, grade });
                }
                Ok(_) => {}
                Err(hindrance) => hindrances.push(hindrance),
            }
        }
        match best {
            Some(offer) => found.offers.push(offer),
            None => hindrances.into_iter().for_each(|hindrance| found.why_not.note(window, hindrance)),
        }
    }
    found.offers.sort_by_key(|offer| offer.window);
    found
}

impl Leg {
    /// A way that takes and costs so much.
    #[must_use]
    pub const fn new(seconds: i32, cost: i32) -> Self {
        Self { seconds, cost }
    }
}
