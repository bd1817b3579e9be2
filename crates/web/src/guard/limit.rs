use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// Names that one limit remembers; beyond it the ones that are full again are forgotten.
const NAMES_MAX: usize = 10_000;

/// A token bucket per name: so many at once, and one more after every pause. Kept as the moment at which a name has used
/// nothing any more (the generic cell rate algorithm), so that it reckons in whole nanoseconds.
pub(crate) struct Limit {
    at_once: i32,
    pause: SignedDuration,
    rested: Mutex<BTreeMap<String, Timestamp>>,
}

impl Limit {
    pub(crate) const fn new(at_once: i32, pause: SignedDuration) -> Self {
        Self { at_once, pause, rested: Mutex::new(BTreeMap::new()) }
    }

    /// Takes one token. The error is the number of seconds to wait.
    pub(crate) fn take(&self, name: &str, now: Timestamp) -> Result<(), u64> {
        let mut rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner);
        if rested.len() >= NAMES_MAX && !rested.contains_key(name) {
            rested.retain(|_, at| *at > now);
            if rested.len() >= NAMES_MAX {
                return Err(self.pause.as_secs().unsigned_abs());
            }
        }
        // Further ahead it was reckoned before the clock was set back.
        let rested_at = rested.get(name).copied().filter(|at| at.duration_since(now) <= self.pause * self.at_once);
        let at = rested_at.unwrap_or(now).max(now);
        let ahead = at.duration_since(now) - self.pause * (self.at_once - 1);
        if ahead.is_positive() {
            let whole = ahead.as_secs() + i64::from(ahead.subsec_nanos() > 0);
            return Err(whole.unsigned_abs());
        }
        rested.insert(name.to_owned(), at + self.pause);
        Ok(())
    }

    /// Gives a name all its tokens back.
    pub(crate) fn forget(&self, name: &str) {
        self.rested.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// How often strangers may try.
pub(crate) struct Limits {
    /// Passwords for one account from one address.
    pub(crate) password: Limit,
    /// Passwords, and letters asked for, from one address.
    pub(crate) stranger: Limit,
    /// Codes typed for one sender.
    pub(crate) code: Limit,
    /// Messages that a member of staff sends to oneself.
    pub(crate) trial: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            password: Limit::new(5, SignedDuration::from_secs(60)),
            stranger: Limit::new(30, SignedDuration::from_secs(10)),
            code: Limit::new(5, SignedDuration::from_secs(60)),
            trial: Limit::new(10, SignedDuration::from_secs(30)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000_000 + seconds).unwrap()
    }

    #[test]
    fn so_many_at_once_and_one_more_after_every_pause() {
        let limit = Limit::new(2, SignedDuration::from_secs(60));
        assert_eq!(limit.take("fatima", at(0)), Ok(()));
        assert_eq!(limit.take("fatima", at(1)), Ok(()));
        assert_eq!(limit.take("fatima", at(1)), Err(59));
        assert_eq!(limit.take("joost", at(1)), Ok(()), "every name has its own");
        assert_eq!(limit.take("fatima", at(60)), Ok(()));
        assert!(limit.take("fatima", at(61)).is_err());
    }

    #[test]
    fn who_succeeds_starts_anew() {
        let limit = Limit::new(1, SignedDuration::from_secs(60));
        assert_eq!(limit.take("fatima", at(0)), Ok(()));
        limit.forget("fatima");
        assert_eq!(limit.take("fatima", at(0)), Ok(()));
    }

    #[test]
    fn a_clock_that_was_set_back_shuts_nobody_out() {
        let limit = Limit::new(1, SignedDuration::from_secs(60));
        assert_eq!(limit.take("fatima", at(1_000_000)), Ok(()));
        assert_eq!(limit.take("fatima", at(0)), Ok(()));
        assert_eq!(limit.take("fatima", at(1)), Err(59));
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory() {
        let limit = Limit::new(1, SignedDuration::from_secs(60));
        for name in 0..NAMES_MAX {
            assert_eq!(limit.take(&name.to_string(), at(0)), Ok(()));
        }
        assert!(limit.take("one more", at(1)).is_err());
        assert_eq!(limit.take("one more", at(61)), Ok(()));
        assert_eq!(limit.rested.lock().unwrap().len(), 1);
    }
}
