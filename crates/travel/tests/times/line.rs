//! The straight line, and what it learns.

use jiff::civil::date;
use proptest::prelude::*;
use travel::{Driven, LEARNT_MIN, Place, Source, StraightLine};

fn place(latitude: f64, longitude: f64) -> Place {
    Place::new(latitude, longitude).unwrap()
}

#[test]
fn metres_are_those_of_the_ground() {
    let (dom, station) = (place(52.0907, 5.1214), place(52.0894, 5.1101));
    assert!((dom.metres_to(station) - 785.0).abs() < 5.0, "{}", dom.metres_to(station));
    assert_eq!(dom.metres_to(dom), 0.0);
    assert_eq!(Place::new(52.0, 500.0), None);
}

#[test]
fn before_anything_was_driven_it_guesses() {
    let way =
        StraightLine::default().way(place(52.0907, 5.1214), place(52.1561, 5.3878), date(2027, 3, 1).at(10, 0, 0, 0));
    assert_eq!(way.source, Source::Line);
    assert!((1_300.0..2_000.0).contains(&way.seconds), "Utrecht to Amersfoort in {} seconds", way.seconds);
    assert!(way.spread.low < 0.7 && way.spread.high > 1.5);
}

/// Drives of a made-up country with rush hours.
fn drives(count: usize) -> Vec<Driven> {
    let drive = |at: usize| {
        let metres = 400.0 + (at * 7_919 % 20_000) as f64;
        let hour = (at % 24) as i8;
        let jam = if hour == 8 { 1.5 } else { 1.0 };
        let chance = 0.9 + 0.2 * ((at * 31 % 100) as f64 / 100.0);
        Driven { metres, seconds: (90.0 + 0.05 * metres + 3.0 * metres.sqrt()) * jam * chance, hour }
    };
    (0..count).map(drive).collect()
}

#[test]
fn it_learns_a_curve_the_hours_and_how_sure_it_is() {
    let line = StraightLine::learnt(&drives(3_000));
    let (from, to) = (place(52.0, 5.0), place(52.0899, 5.0));
    let metres = from.metres_to(to);
    let truth = 90.0 + 0.05 * metres + 3.0 * metres.sqrt();
    let way = |hour| line.way(from, to, date(2027, 3, 1).at(hour, 0, 0, 0));
    assert!((way(11).seconds / truth - 1.0).abs() < 0.05, "{} for {truth}", way(11).seconds);
    assert!((way(8).seconds / way(11).seconds - 1.4).abs() < 0.1, "the rush hour");
    assert!(way(11).spread.high < StraightLine::default().way(from, to, date(2027, 3, 1).at(11, 0, 0, 0)).spread.high);
}

#[test]
fn a_few_drives_teach_nothing_and_nonsense_is_left_out() {
    assert_eq!(StraightLine::learnt(&drives(LEARNT_MIN - 1)), StraightLine::default());
    let nonsense = vec![Driven { metres: 5_000.0, seconds: 0.0, hour: 99 }; 500];
    assert_eq!(StraightLine::learnt(&nonsense), StraightLine::default());
}

proptest! {
    #[test]
    fn whatever_was_driven_further_takes_no_less_time(
        drives in prop::collection::vec((100.0..50_000.0_f64, 10.0..20_000.0_f64, 0..24_i8), 0..200),
        near in 1.0..90.0_f64, further in 0.001..5.0_f64, hour in 0..24_i8,
    ) {
        let drives: Vec<Driven> = drives.into_iter().map(|(metres, seconds, hour)| Driven { metres, seconds, hour }).collect();
        let line = StraightLine::learnt(&drives);
        let leaving = date(2027, 3, 28).at(hour, 30, 0, 0);
        let way = |degrees: f64| line.way(place(0.0, 0.0), place(0.0, degrees), leaving);
        let near = near / 1_000.0;
        prop_assert!(way(near).seconds >= 0.0 && way(near).seconds.is_finite());
        prop_assert!(way(near + further).seconds >= way(near).seconds);
        prop_assert!(way(near).spread.low <= 0.8 && way(near).spread.high >= 1.35);
    }
}
