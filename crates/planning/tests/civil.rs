//! Hours and slots in civil time: days on which the clock changes, shifts over midnight, holidays, and what is booked.

use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use planning::Span;
use planning::civil::{Booked, Slot, SlotRules, Spans, Week, slots};
use proptest::prelude::*;

fn amsterdam() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap()
}

fn every_day(hours: &[(Time, Time)], breaks: &[(Time, Time)]) -> Week {
    Week {
        days: std::array::from_fn(|_| hours.to_vec()),
        breaks: std::array::from_fn(|_| breaks.to_vec()),
        ..Week::default()
    }
}

/// As one would read it from a clock on the wall.
fn told(spans: &Spans) -> Vec<String> {
    let wall = |moment: i64| {
        jiff::Timestamp::from_second(moment).unwrap().to_zoned(amsterdam()).strftime("%d %H:%M").to_string()
    };
    spans
        .as_slice()
        .iter()
        .map(|span| format!("{}-{} {}m", wall(span.from), wall(span.to), (span.to - span.from) / 60))
        .collect()
}

fn open(week: &Week, day: Date) -> Vec<String> {
    told(&week.open(day, day, &[date(2027, 12, 25)], &amsterdam()))
}

#[test]
fn hours_are_civil_on_the_days_on_which_the_clock_changes() {
    let night = every_day(&[(time(22, 0, 0, 0), time(6, 0, 0, 0))], &[]);
    assert_eq!(open(&night, date(2027, 3, 27)), ["27 22:00-28 06:00 420m"], "an hour is skipped");
    assert_eq!(open(&night, date(2027, 10, 30)), ["30 22:00-31 06:00 540m"], "an hour is gone through twice");
    assert_eq!(open(&night, date(2028, 2, 28)), ["28 22:00-29 06:00 480m"], "a leap day");
    let whole = every_day(&[(Time::midnight(), Time::midnight())], &[(time(2, 0, 0, 0), time(3, 0, 0, 0))]);
    assert_eq!(
        open(&whole, date(2027, 3, 28)),
        ["28 00:00-29 00:00 1380m"],
        "the break falls into the hour that is not there"
    );
    assert_eq!(open(&whole, date(2027, 10, 31)), ["31 00:00-31 02:00 120m", "31 03:00-01 00:00 1260m"]);
}

#[test]
fn exceptions_go_before_holidays_and_holidays_before_the_week() {
    let mut week = every_day(&[(time(9, 0, 0, 0), time(17, 0, 0, 0))], &[(time(12, 0, 0, 0), time(12, 30, 0, 0))]);
    assert_eq!(open(&week, date(2027, 12, 24)), ["24 09:00-24 12:00 180m", "24 12:30-24 17:00 270m"]);
    assert!(open(&week, date(2027, 12, 25)).is_empty());
    week.exceptions.insert(date(2027, 12, 25), vec![(time(10, 0, 0, 0), time(13, 0, 0, 0))]);
    week.exceptions.insert(date(2027, 12, 24), vec![]);
    assert_eq!(open(&week, date(2027, 12, 25)), ["25 10:00-25 13:00 180m"]);
    assert!(open(&week, date(2027, 12, 24)).is_empty());
}

const DAY: Span = Span::new(0, 86_400);
const COURSE: SlotRules = SlotRules { service: 3_600, buffer: (0, 900), step: 1_800, places: 12 };

fn at(hour: i64) -> Span {
    Span::new(hour * 3_600, (hour + 1) * 3_600)
}

#[test]
fn a_course_shares_its_places_and_leaves_others_alone() {
    let open = Spans::of([Span::new(9 * 3_600, 13 * 3_600)]);
    let booked =
        [Booked { span: at(9), buffer: (0, 900), places: 5 }, Booked { span: at(12), buffer: (900, 0), places: 12 }];
    let found = slots(&open, &booked, COURSE, DAY, &TimeZone::UTC);
    let half_past = Span::new(10 * 3_600 + 1_800, 11 * 3_600 + 1_800);
    assert_eq!(found, [Slot { span: at(9), left: 7 }, Slot { span: half_past, left: 12 }]);
}

#[test]
fn slots_begin_on_whole_steps_of_the_clock_on_the_wall() {
    let open = Spans::of([Span::new(9 * 3_600 + 100, 11 * 3_600)]);
    let found = slots(&open, &[], COURSE, DAY, &TimeZone::UTC);
    assert_eq!(found.iter().map(|slot| slot.span.from).collect::<Vec<_>>(), [9 * 3_600 + 1_800, 10 * 3_600]);
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::vec((0_i64..60, 0_i64..15).prop_map(|(from, long)| Span::new(from, from + long)), 0..8)
}

fn minutes(spans: &[Span]) -> Vec<bool> {
    (0..80).map(|minute| spans.iter().any(|span| span.from <= minute && minute < span.to)).collect()
}

proptest! {
    #[test]
    fn spans_say_the_same_as_minutes_one_by_one(left in spans(), right in spans()) {
        let (one, two) = (Spans::of(left.clone()), Spans::of(right.clone()));
        let both = |rule: fn(bool, bool) -> bool| {
            minutes(&left).into_iter().zip(minutes(&right)).map(|(l, r)| rule(l, r)).collect::<Vec<_>>()
        };
        prop_assert_eq!(minutes(one.or(&two).as_slice()), both(|l, r| l || r));
        prop_assert_eq!(minutes(one.and(&two).as_slice()), both(|l, r| l && r));
        prop_assert_eq!(minutes(one.without(&two).as_slice()), both(|l, r| l && !r));
        for result in [one.or(&two), one.and(&two), one.without(&two)] {
            prop_assert!(result.as_slice().windows(2).all(|pair| pair[0].to < pair[1].from), "apart and in order");
            prop_assert!((0..80).all(|minute| result.holds(minute) == minutes(result.as_slice())[minute as usize]));
        }
    }

    #[test]
    fn what_is_offered_can_be_booked_until_nothing_is_left(
        open in spans(), steps in 1_i64..4, service in 1_i64..4, before in 0_i64..2, after in 0_i64..2, places in 1_u32..3,
    ) {
        let minutes = |span: Span| Span::new(span.from * 60, span.to * 60);
        let open = Spans::of(open.into_iter().map(minutes));
        let buffer = (before * 60, after * 60);
        let rules = SlotRules { service: service * 60, buffer, step: steps * 60, places };
        let mut booked: Vec<Booked> = Vec::new();
        while let Some(slot) = slots(&open, &booked, rules, DAY, &TimeZone::UTC).pop() {
            prop_assert!(open.cover(slot.span) && slot.left <= places);
            let taken: u32 = booked.iter().filter(|other| other.span == slot.span).map(|other| other.places).sum();
            prop_assert_eq!(taken + slot.left, places);
            for other in booked.iter().filter(|other| other.span != slot.span) {
                let apart = slot.span.to + buffer.1.max(other.buffer.0) <= other.span.from
                    || other.span.to + other.buffer.1.max(buffer.0) <= slot.span.from;
                prop_assert!(apart);
            }
            booked.push(Booked { span: slot.span, buffer, places: 1 });
            prop_assert!(booked.len() < 500);
        }
    }
}
