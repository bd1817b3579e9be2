use jiff::{SignedDuration, Timestamp};

/// Minutes to wait after the first, second, … attempt that failed for the moment. After the last one it is given up:
/// together a little over a day, as mail servers do.
const PAUSES_MINUTES: [i64; 8] = [1, 5, 15, 30, 60, 180, 480, 720];

/// Attempts after which it is given up.
pub(super) const ATTEMPTS_MAX: u32 = PAUSES_MINUTES.len() as u32;

/// When to try again after this many attempts; `None`: give up.
///
/// `spread` (0..1) moves the moment by up to a fifth, so that a server that comes back is not met by everyone at once.
pub(super) fn next_attempt(now: Timestamp, attempts: u32, spread: f64) -> Option<Timestamp> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let minutes = *PAUSES_MINUTES.get(index)?;
    let extra = (minutes as f64 * 60.0 * 0.2 * spread.clamp(0.0, 1.0)) as i64;
    now.checked_add(SignedDuration::from_secs(minutes * 60 + extra)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_and_gives_up_after_a_day() {
        let now = Timestamp::UNIX_EPOCH;
        let at = |attempts| next_attempt(now, attempts, 0.0).map(Timestamp::as_second);
        assert_eq!(at(0), None, "nothing was tried yet");
        assert_eq!((at(1), at(2), at(8)), (Some(60), Some(300), Some(43_200)));
        assert_eq!((at(ATTEMPTS_MAX).is_some(), at(ATTEMPTS_MAX + 1)), (true, None));
        assert_eq!(next_attempt(now, 1, 1.0).map(Timestamp::as_second), Some(72));
    }
}
