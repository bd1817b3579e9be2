use jiff::Timestamp;
use measure::{Builder, Columns, MeasureError, Selection, merge, select};
use proptest::prelude::*;
use words::{Channel, Ending, Experience, Lesson};

use super::logs::{Told, all, answer, at, everything, id, lesson, log, log_from, row, tell};

fn names(columns: &Columns) -> Vec<Vec<&str>> {
    let name = |code: &u16| columns.touchpoints().get(*code).unwrap();
    columns.sequences().map(|(codes, _)| codes.iter().map(name).collect()).collect()
}

#[test]
fn contacts_stand_in_order_of_time_and_ties_in_order_of_appending() {
    let late = log(&[("1", &[("a", 5), ("c", 9), ("d", 9), ("b", 7)])]);
    assert_eq!(names(&late), [["a", "b", "c", "d"]]);
}

#[test]
fn the_same_contact_counts_once() {
    let mut builder = Builder::new();
    for touchpoint in ["a", "a"] {
        builder.contact(&row("1", 1, touchpoint, 5)).unwrap();
    }
    assert_eq!(builder.finish().unwrap().contact_count(), 1);
}

#[test]
fn a_run_without_contacts_is_a_run() {
    let mut builder = Builder::new();
    tell(&mut builder, Told::open("1", 5));
    let columns = builder.finish().unwrap();
    assert_eq!((columns.run_count(), columns.contact_count()), (1, 0));
    assert_eq!(columns.span(), Some((at(5), at(5))));
}

/// Columns with something in every corner.
fn full() -> Columns {
    let mut builder = Builder::new();
    tell(&mut builder, Told { ended: Some((Ending::Left, "b", Some("te duur"))), ..Told::open("1", 0) });
    tell(&mut builder, Told { goal: Some(9), ended: Some((Ending::Done, "b", None)), ..Told::open("2", 3) });
    tell(&mut builder, Told { dropped: Some(("a", None)), ..Told::open("3", 4) });
    let mut first = row("1", 1, "a", 0);
    first.channel = Some("phone");
    first.reason = Some("lekkage");
    first.score = Experience::new(-1.0);
    builder.contact(&first).unwrap();
    builder.contact(&row("1", 3, "b", 8)).unwrap();
    builder.contact(&row("1", 2, "c", 9)).unwrap();
    builder.contact(&row("2", 1, "b", 4)).unwrap();
    builder.contact(&row("3", 1, "a", 4)).unwrap();
    answer(&mut builder, "1", 3, "communicatie", 20, 1.5);
    answer(&mut builder, "1", 3, "netheid", 20, 2.0);
    lesson(&mut builder, "2", 1, Lesson::PromiseKept);
    builder.finish().unwrap()
}

#[test]
fn columns_come_back_from_their_bytes() {
    let columns = full();
    let bytes = columns.encode();
    assert_eq!(Columns::decode(&bytes), Ok(columns));
    assert_eq!(Columns::decode(&Builder::new().finish().unwrap().encode()).unwrap().run_count(), 0);
}

#[test]
fn damaged_bytes_are_refused() {
    let bytes = full().encode();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x15;
        assert!(Columns::decode(&changed).is_err(), "byte {place}");
        assert!(Columns::decode(&bytes[..place]).is_err(), "cut at {place}");
    }
    let mut newer = bytes;
    newer[4] = 9;
    assert_eq!(Columns::decode(&newer), Err(MeasureError::Form(9)));
}

proptest! {
    /// Also with a right check sum, which anyone can make, nothing but an error or columns comes out.
    #[test]
    fn no_bytes_at_all_make_it_panic(change in prop::collection::vec((6..400_usize, any::<u8>()), 1..4)) {
        let mut bytes = full().encode();
        bytes.truncate(bytes.len() - 4);
        for (place, byte) in change {
            let place = place % bytes.len();
            if place >= 6 {
                bytes[place] = byte;
            }
        }
        bytes.extend_from_slice(&crc32fast::hash(&bytes).to_le_bytes());
        if let Ok(columns) = Columns::decode(&bytes) {
            prop_assert_eq!(Columns::decode(&columns.encode()), Ok(columns));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let rows = [row("1", 1, "a", 5), row("1", 2, "b", 5), row("2", 1, "b", 1), row("1", 3, "a", 2), row("2", 2, "c", 1)];
        let mut builder = Builder::new();
        for place in order {
            builder.contact(&rows[place]).unwrap();
        }
        let columns = builder.finish().unwrap();
        let mut found = names(&columns);
        found.sort();
        prop_assert_eq!(found, [vec!["a", "a", "b"], vec!["b", "c"]]);
    }
}

#[test]
fn what_came_since_is_merged_into_the_run_it_belongs_to() {
    let older = log(&[("1", &[("a", 1), ("c", 9)]), ("2", &[("a", 1)])]);
    let newer = log_from(&[("1", &[("b", 5), ("d", 9)]), ("3", &[("e", 1)])], 3);
    let merged = merge(&older, &newer).unwrap();
    let mut found = names(&merged);
    found.sort();
    assert_eq!(found, [vec!["a"], vec!["a", "b", "c", "d"], vec!["e"]]);
    assert_eq!(merge(&merged, &newer).unwrap(), merged, "twice is once");
}

#[test]
fn a_run_known_only_by_its_contacts_does_not_replace_a_known_run() {
    let newer = log_from(&[("1", &[("z", 50)])], 9);
    let merged = merge(&full(), &newer).unwrap();
    let left = Selection { window: words::Window { from: at(0), until: at(1) }, ..all() };
    assert_eq!(select(&merged, &left).contact_count(), 4, "it still started at 0");
}

#[test]
fn a_selection_is_about_runs_except_for_touchpoints() {
    let columns = full();
    assert_eq!(select(&columns, &all()).run_count(), 3);
    let phone = Selection { channel: Some(Channel::new("phone")), ..all() };
    assert_eq!(select(&columns, &phone).contact_count(), 3, "every contact of the run that once was on the phone");
    let nobody = Selection { persona: Some("huurder".to_owned()), ..all() };
    assert_eq!(select(&columns, &nobody).run_count(), 0);
    let two = Selection { touchpoints: Some(["a".into(), "c".into()].into()), ..all() };
    assert_eq!(select(&columns, &two).run_count(), 3);
    assert_eq!(select(&columns, &two).contact_count(), 3);
    let window = words::Window { from: at(3), until: at(4) };
    assert_eq!(select(&columns, &Selection { window, ..all() }).run_count(), 1, "until is outside");
}

#[test]
fn personas_are_limited_to_64() {
    let personas = (0..65).map(|n| format!("p{n}")).collect();
    let run = measure::RunRow {
        id: id("1"),
        started: Timestamp::UNIX_EPOCH,
        version: "v",
        personas: &personas,
        ended: None,
        dropped: None,
        goal: None,
    };
    let refused = Builder::new().run(&run);
    assert_eq!(refused, Err(MeasureError::TooMany { what: "personas", limit: 64 }));
    assert!(everything().contains(at(0)));
}
