use channels::Outcome as Told;
use jiff::{SignedDuration, Timestamp};

/// Messages of one lane that are under way at one time at most: claimed, and not yet noted.
pub(super) const UNDER_WAY_MAX: usize = 200;
/// So many at first, and after trouble; one more with each that goes well.
const FIRST: usize = 4;
/// So many in a row that meet trouble, and nothing more is tried for a while.
const TROUBLE_MAX: u32 = 5;
/// Seconds until one message is tried again: after the first time, the second in a row, …
const PAUSES_SECONDS: [i64; 5] = [5, 15, 60, 180, 300];
/// A provider that asks for longer is asked again after so long.
const WAITED_MAX: SignedDuration = SignedDuration::from_hours(1);

/// Keeps a lane from a provider that is in trouble. Closed: messages go. Open: nothing is claimed, so that no message uses up
/// its attempts. Half-open, after a pause: one message goes, and what comes of it decides.
#[derive(Clone, Debug)]
pub(super) struct Breaker {
    room: usize,
    /// In a row, while closed.
    troubles: u32,
    /// In a row, without anything that went well between.
    openings: usize,
    open: Option<Open>,
    /// Something went well since this process began: what an earlier one said of trouble is over.
    went_well: bool,
}

/// How long to leave somebody alone who is in trouble for the n-th time in a row, from 0. `spread` (0..1) makes it longer by up
/// to a fifth.
pub(crate) fn pause(nth: usize, spread: f64) -> SignedDuration {
    let seconds = PAUSES_SECONDS[nth.min(PAUSES_SECONDS.len() - 1)];
    let extra_ms = (seconds as f64 * 200.0 * spread.clamp(0.0, 1.0)) as i64;
    SignedDuration::from_millis(seconds * 1_000 + extra_ms)
}

/// Since when, and until when, nothing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) since: Timestamp,
    pub(super) until: Timestamp,
}

impl Open {
    /// Not before it began: then the clock was set back.
    fn holds(self, now: Timestamp) -> bool {
        (self.since..self.until).contains(&now)
    }
}

/// What an outcome changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    Opened(Open),
    Closed,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { room: FIRST, troubles: 0, openings: 0, open: None, went_well: false }
    }
}

impl Breaker {
    /// How many more may be claimed now.
    pub(super) fn room(&self, under_way: usize, now: Timestamp) -> usize {
        let room = match self.open {
            Some(open) if open.holds(now) => 0,
            Some(_) => 1,
            None => self.room,
        };
        room.saturating_sub(under_way)
    }

    /// Until when nothing goes.
    pub(super) fn open_until(&self) -> Option<Timestamp> {
        self.open.map(|open| open.until)
    }

    /// Hears what came of a message. `spread` (0..1) moves the end of a pause by up to a fifth, so that several workers do not
    /// come back at once.
    pub(super) fn hear(&mut self, told: &Told, now: Timestamp, spread: f64) -> Option<Turned> {
        let is_half_open = self.open.is_some_and(|open| !open.holds(now));
        if let Some(wait) = told.asks_to_wait() {
            let wait = SignedDuration::try_from(wait).unwrap_or(WAITED_MAX).min(WAITED_MAX);
            return self.open(now, now.saturating_add(wait).unwrap_or(Timestamp::MAX));
        }
        if !told.is_trouble() {
            if is_half_open {
                *self = Self { went_well: true, ..Self::default() };
                return Some(Turned::Closed);
            }
            self.troubles = 0;
            self.room = (self.room + 1).min(UNDER_WAY_MAX);
            let is_first = !std::mem::replace(&mut self.went_well, true);
            return (is_first && self.open.is_none()).then_some(Turned::Closed);
        }
        self.troubles += 1;
        let is_too_much = is_half_open || (self.open.is_none() && self.troubles >= TROUBLE_MAX);
        if !is_too_much {
            return None;
        }
        let pause = pause(self.openings, spread);
        self.openings += 1;
        self.open(now, now.saturating_add(pause).unwrap_or(Timestamp::MAX))
    }

    /// Nothing goes until then; never for shorter than was settled before.
    fn open(&mut self, now: Timestamp, until: Timestamp) -> Option<Turned> {
        let standing = self.open.filter(|open| open.since <= now);
        let since = standing.map_or(now, |open| open.since);
        if standing.is_some_and(|open| open.until >= until) {
            return None;
        }
        let open = Open { since, until };
        (self.open, self.troubles, self.room) = (Some(open), 0, FIRST);
        Some(Turned::Opened(open))
    }
}

#[cfg(test)]
mod tests {
    use channels::{Reason, Stage};

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a moment")
    }

    fn well() -> Told {
        Told::Accepted { reference: String::new() }
    }

    fn refused(reason: Reason) -> Told {
        Told::Refused { reason, permanent: false, suppress: false }
    }

    fn trouble() -> Told {
        refused(Reason::Line { stage: Stage::Connect, detail: String::new() })
    }

    fn opened(since: i64, until: i64) -> Option<Turned> {
        Some(Turned::Opened(Open { since: at(since), until: at(until) }))
    }

    #[test]
    fn more_go_at_once_with_each_that_goes_well_up_to_a_limit() {
        let mut breaker = Breaker::default();
        assert_eq!((breaker.room(0, at(0)), breaker.room(3, at(0)), breaker.room(9, at(0))), (FIRST, 1, 0));
        assert_eq!(breaker.hear(&well(), at(0), 0.0), Some(Turned::Closed), "whatever an earlier process said");
        assert_eq!(breaker.hear(&trouble(), at(0), 0.0), None);
        assert_eq!(breaker.room(0, at(0)), FIRST + 1);
        for _ in 0..1_000 {
            breaker.hear(&well(), at(0), 0.0);
        }
        assert_eq!(breaker.room(0, at(0)), UNDER_WAY_MAX);
    }

    #[test]
    fn trouble_in_a_row_opens_it_and_one_message_closes_it() {
        let mut breaker = Breaker::default();
        for _ in 1..TROUBLE_MAX {
            assert_eq!(breaker.hear(&trouble(), at(0), 0.0), None);
        }
        breaker.hear(&well(), at(0), 0.0);
        for _ in 1..TROUBLE_MAX {
            assert_eq!(breaker.hear(&trouble(), at(0), 0.0), None, "not in a row");
        }
        assert_eq!(breaker.hear(&trouble(), at(0), 0.0), opened(0, 5));
        assert_eq!(breaker.hear(&trouble(), at(1), 0.0), None, "one that was under way");
        assert_eq!(breaker.hear(&well(), at(1), 0.0), None, "neither does this change it");
        assert_eq!((breaker.room(0, at(4)), breaker.room(0, at(5)), breaker.room(1, at(5))), (0, 1, 0));
        assert_eq!(breaker.hear(&trouble(), at(5), 0.0), opened(0, 20), "a longer pause");
        assert_eq!(breaker.hear(&trouble(), at(20), 1.0), opened(0, 92), "a fifth more at most");
        assert_eq!(breaker.hear(&well(), at(92), 0.0), Some(Turned::Closed));
        assert_eq!(breaker.room(0, at(92)), FIRST);
    }

    #[test]
    fn the_pause_has_a_limit() {
        let mut breaker = Breaker { openings: 1_000, troubles: TROUBLE_MAX, ..Breaker::default() };
        assert_eq!(breaker.hear(&trouble(), at(0), 0.0), opened(0, 300));
    }

    #[test]
    fn who_asks_to_be_left_alone_is() {
        let mut breaker = Breaker::default();
        let busy = |seconds| refused(Reason::Busy { seconds });
        assert_eq!(breaker.hear(&busy(30), at(0), 0.0), opened(0, 30));
        assert_eq!(breaker.hear(&busy(10), at(1), 0.0), None, "never shorter");
        assert_eq!(breaker.hear(&busy(40), at(2), 0.0), opened(0, 42));
        assert_eq!(breaker.room(0, at(41)), 0);
        assert_eq!(breaker.hear(&well(), at(42), 0.0), Some(Turned::Closed));
        assert_eq!(breaker.hear(&busy(u64::MAX), at(50), 0.0), opened(50, 3_650), "an hour at most");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_it_open() {
        let mut breaker = Breaker::default();
        for _ in 0..TROUBLE_MAX {
            breaker.hear(&trouble(), at(1_000_000), 0.0);
        }
        assert_eq!((breaker.room(0, at(1_000_001)), breaker.room(0, at(0))), (0, 1));
        assert_eq!(breaker.hear(&trouble(), at(0), 0.0), opened(0, 15));
        assert_eq!((breaker.room(0, at(1)), breaker.room(0, at(15))), (0, 1));
    }

    #[test]
    fn what_is_wrong_with_one_message_is_no_trouble() {
        let mut breaker = Breaker::default();
        breaker.hear(&well(), at(0), 0.0);
        let full = || refused(Reason::Answered { stage: Stage::Recipient, code: 450, text: String::new() });
        assert!((0..100).all(|_| breaker.hear(&full(), at(0), 0.0).is_none()));
    }
}
