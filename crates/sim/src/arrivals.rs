//! When customers come.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use words::Window;

use crate::Draws;
use crate::scene::Staged;

/// The moments of one local day, in order. The same day always has the same, whatever else is asked for.
pub(crate) fn of_day(staged: &Staged, day: Date, zone: &TimeZone, factor: f64) -> Vec<Timestamp> {
    let arrivals = &staged.behaviour.arrivals;
    let seed = staged.behaviour.seed.to_string();
    let mut draws = Draws::of(&["arrivals", &seed, &day.to_string()]);
    let weekend = day.weekday().to_monday_zero_offset() >= 5;
    let mean = arrivals.per_day * factor * if weekend { arrivals.weekend } else { 1.0 };
    let opens = day.to_datetime(arrivals.hours.from).to_zoned(zone.clone());
    let closes = day.to_datetime(arrivals.hours.until).to_zoned(zone.clone());
    let (Ok(opens), Ok(closes)) = (opens, closes) else { return Vec::new() };
    let open = closes.timestamp().duration_since(opens.timestamp()).as_secs_f64();
    let mut moments: Vec<Timestamp> = (0..draws.count(mean))
        .map(|_| opens.timestamp() + SignedDuration::from_secs((draws.unit() * open) as i64))
        .collect();
    moments.sort_unstable();
    moments
}

/// The moments within a window, in order.
pub(crate) fn within(staged: &Staged, window: Window, zone: &TimeZone, factor: f64) -> Vec<Timestamp> {
    let mut day = window.from.to_zoned(zone.clone()).date();
    let last = window.until.to_zoned(zone.clone()).date();
    let mut moments = Vec::new();
    while day <= last {
        moments.extend(of_day(staged, day, zone, factor).into_iter().filter(|moment| window.contains(*moment)));
        let Ok(next) = day.checked_add(1.day()) else { break };
        day = next;
    }
    moments
}

/// So many moments spread over so many local days, in order: on a day of the weekend as many fewer as the behaviour says.
pub(crate) fn spread(staged: &Staged, count: u32, from: Date, days: u16, zone: &TimeZone) -> Vec<Timestamp> {
    let arrivals = &staged.behaviour.arrivals;
    let mut draws = Draws::of(&["rehearsed", &staged.behaviour.seed.to_string()]);
    let all: Vec<Date> = (0..i32::from(days)).filter_map(|day| from.checked_add(day.days()).ok()).collect();
    let weekend = |day: &Date| day.weekday().to_monday_zero_offset() >= 5;
    let weights: Vec<(Date, f64)> =
        all.iter().map(|day| (*day, if weekend(day) { arrivals.weekend.max(0.0) } else { 1.0 })).collect();
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    // Only days of a weekend on which nobody comes: then somebody does.
    let chances: Vec<(Date, f64)> = match total > 0.0 {
        true => weights.into_iter().map(|(day, weight)| (day, weight / total)).collect(),
        false => all.iter().map(|day| (*day, 1.0 / all.len() as f64)).collect(),
    };
    let mut moments: Vec<Timestamp> = (0..count)
        .filter_map(|_| {
            let day = *draws.choose(&chances)?;
            let open = arrivals.hours.from.duration_until(arrivals.hours.until).as_secs_f64();
            let at = arrivals.hours.from.saturating_add(SignedDuration::from_secs((draws.unit() * open) as i64));
            Some(day.to_datetime(at).to_zoned(zone.clone()).ok()?.timestamp())
        })
        .collect();
    moments.sort_unstable();
    moments
}
