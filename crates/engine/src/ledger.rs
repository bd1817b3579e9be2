use jiff::{SignedDuration, Timestamp};
use journey::Budget;
use serde::{Deserialize, Serialize};

/// What took a customer's attention lately: our messages and those of other systems, each with its weight.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger(Vec<Spent>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    /// The key of the effect, or the event by which another system's message became known.
    by: String,
    time: Timestamp,
    weight: u32,
}

impl Ledger {
    /// Entries that are kept at most; the oldest goes first.
    pub const MAX: usize = 200;
    /// Days that an entry is kept: the longest that a budget may look back.
    const DAYS: i64 = 31;

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts a message once, however often it is told.
    pub(crate) fn spend(&mut self, by: &str, time: Timestamp, weight: u32) {
        let oldest = time.saturating_sub(SignedDuration::from_hours(24 * Self::DAYS)).unwrap_or(Timestamp::MIN);
        self.0.retain(|spent| spent.by != by && spent.time > oldest);
        if self.0.len() >= Self::MAX {
            self.0.remove(0);
        }
        self.0.push(Spent { by: by.to_owned(), time, weight });
    }

    /// Gives back what a message that did not go had reserved; whether there was anything.
    pub(crate) fn give_back(&mut self, by: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|spent| spent.by != by);
        self.0.len() < before
    }

    /// What was taken within a budget's days before `now`, without what `by` took itself.
    pub(crate) fn spent(&self, budget: Budget, by: &str, now: Timestamp) -> u32 {
        let days = SignedDuration::from_hours(24 * i64::from(budget.days));
        let recent = self.0.iter().filter(|spent| spent.by != by && now.duration_since(spent.time) < days);
        recent.map(|spent| spent.weight).sum()
    }

    /// Takes the entries of another customer who turned out to be the same.
    pub(crate) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.sort_by(|one, other| (one.time, &one.by).cmp(&(other.time, &other.by)));
        self.0.dedup_by(|one, other| one.by == other.by);
        let surplus = self.0.len().saturating_sub(Self::MAX);
        self.0.drain(..surplus);
    }
}
