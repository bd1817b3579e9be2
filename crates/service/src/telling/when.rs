use jiff::{SignedDuration, Timestamp};

/// Seconds to wait after the first, second, … attempt that failed, as the standard advises; after the last one it is given up:
/// together a little over three days.
const PAUSES_SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// An endpoint where nothing went well for so long is left alone until staff say otherwise.
const FAILING_MAX: SignedDuration = SignedDuration::from_hours(72);
/// An endpoint that asks for longer is called again after so long.
const ASKED_MAX: SignedDuration = SignedDuration::from_hours(24);

/// When to try again after this many attempts; `None`: give up. `spread` (0..1) moves the moment by up to a fifth.
pub(super) fn next_attempt(now: Timestamp, attempts: u32, spread: f64) -> Option<Timestamp> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let seconds = *PAUSES_SECONDS.get(index)?;
    let extra_ms = (seconds as f64 * 200.0 * spread.clamp(0.0, 1.0)) as i64;
    now.checked_add(SignedDuration::from_millis(seconds * 1_000 + extra_ms)).ok()
}

/// Until when an endpoint rests after so many calls in a row that failed; it may have asked for seconds of its own.
pub(super) fn rests_until(now: Timestamp, failures: u32, asked: Option<u64>, spread: f64) -> Timestamp {
    let usual = crate::sending::pause(failures.saturating_sub(1) as usize, spread);
    let asked = asked.map_or(SignedDuration::ZERO, |seconds| {
        SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)).min(ASKED_MAX)
    });
    now.saturating_add(usual.max(asked)).unwrap_or(Timestamp::MAX)
}

/// Whether an endpoint failed for so long that it is left alone.
pub(super) fn is_given_up(failing_since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(failing_since) >= FAILING_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn waits_longer_each_time_and_gives_up_after_three_days() {
        let mut now = at(0);
        let mut attempts = 1;
        while let Some(next) = next_attempt(now, attempts, 0.0) {
            assert!(next > now);
            (now, attempts) = (next, attempts + 1);
        }
        assert_eq!((attempts, now), (10, at(272_105)));
        assert_eq!(next_attempt(at(0), 2, 1.0), Some(at(360)));
        assert_eq!(next_attempt(at(0), 0, 0.0), None, "nothing was tried yet");
    }

    #[test]
    fn an_endpoint_rests_as_long_as_it_asks() {
        assert_eq!(rests_until(at(0), 1, None, 0.0), at(5));
        assert_eq!(rests_until(at(0), 50, None, 0.0), at(300), "never longer than five minutes by itself");
        assert_eq!(rests_until(at(0), 1, Some(120), 0.0), at(120));
        assert_eq!(rests_until(at(0), 1, Some(1), 0.0), at(5));
        assert_eq!(rests_until(at(0), 1, Some(u64::MAX), 0.0), at(86_400));
        assert!(!is_given_up(at(0), at(259_199)) && is_given_up(at(0), at(259_200)));
    }
}
