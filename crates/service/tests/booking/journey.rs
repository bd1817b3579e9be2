use jiff::Timestamp;
use planning::offer::Hindrance;
use service::booking::{Change, Refusal, Status, Wanted, limits};

use crate::desk::{DAY, Desk};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(crate) async fn a_window_is_held_booked_moved_and_cancelled(desk: Desk) {
    desk.works("anne", &[], &[]).await;
    let offers = desk.booking.offers(&desk.organisation, &desk.long("R1"), &desk.rules, desk.now).await.unwrap();
    let days: Vec<_> = offers.windows.iter().map(|window| window.day.day()).collect();
    assert_eq!(days, [1, 2], "none of today, and one a day: the whole morning is needed");
    assert_eq!(offers.hurdles.get(&Hindrance::Full), Some(&2), "those that end too late");
    assert_eq!(offers.hurdles.get(&Hindrance::NobodyWorks), Some(&4), "the weekend");
    let hold =
        desk.booking.hold(&desk.organisation, &desk.short("R1"), desk.window(0), &desk.rules, desk.now).await.unwrap();
    let change = Change { hold: hold.map(|hold| hold.token), ..desk.change(desk.short("R1"), 0, 0) };
    let case = desk.booking.book(&desk.organisation, &change, &desk.rules, desk.now).await.unwrap().unwrap();
    let booked = case.booked().unwrap().clone();
    assert_eq!((case.sequence, booked.window, booked.place.day), (1, desk.window(0), DAY));
    let moved = desk.book(desk.short("R1"), 1, 1).await.unwrap();
    assert_eq!((moved.sequence, moved.booked().unwrap().id), (2, booked.id), "moved, it stays the same appointment");
    assert_eq!(desk.plan().await, [("anne".to_owned(), texts(&["R1"]))], "the place that was left is given back");
    let key = &desk.short("R1").case;
    let cancelled = desk.booking.cancel(&desk.organisation, key, 2, "customer", desk.now).await.unwrap().unwrap();
    assert_eq!(cancelled.appointment.unwrap().status, Status::Cancelled);
    assert!(desk.plan().await.is_empty());
    assert_eq!(desk.told().await, ["appointment.booked R1", "appointment.moved R1", "appointment.cancelled R1"]);
    desk.is_whole(&texts(&["R1"])).await;
}

pub(crate) async fn what_was_seen_decides(desk: Desk) {
    desk.works("anne", &[], &[]).await;
    let first = desk.book(desk.short("R1"), 0, 0).await.unwrap();
    let again = desk.book(desk.short("R1"), 0, 0).await;
    assert_eq!(again, Err(Refusal::Stale(Box::new(first))), "asked twice, it is there and stands as it was asked");
    let key = &desk.short("R1").case;
    let cancel = async |seen| desk.booking.cancel(&desk.organisation, key, seen, "customer", desk.now).await.unwrap();
    assert!(matches!(cancel(0).await, Err(Refusal::Stale(_))));
    assert!(cancel(1).await.is_ok());
    assert_eq!(cancel(2).await, Err(Refusal::Nothing));
    let anew = desk.book(desk.short("R1"), 1, 2).await.unwrap();
    assert_eq!(anew.sequence, 3);
    desk.is_whole(&texts(&["R1"])).await;
}

pub(crate) async fn a_hold_runs_out_and_costs_nothing(mut desk: Desk) {
    desk.works("anne", &[], &[]).await;
    let held = async |desk: &Desk, object| {
        let wanted = desk.long(object);
        desk.booking.hold(&desk.organisation, &wanted, desk.window(0), &desk.rules, desk.now).await.unwrap()
    };
    let hold = held(&desk, "R1").await.unwrap();
    assert_eq!(held(&desk, "R2").await, None, "the morning is kept for somebody else");
    assert!(held(&desk, "R1").await.is_some(), "one's own hold is not in one's way");
    assert_eq!(desk.book(desk.long("R2"), 0, 0).await, Err(Refusal::Full));
    desk.later(limits::HELD.as_mins() + 1);
    assert!(desk.book(desk.long("R2"), 0, 0).await.is_ok());
    let late = Change { hold: Some(hold.token), ..desk.change(desk.long("R1"), 0, 0) };
    let late = desk.booking.book(&desk.organisation, &late, &desk.rules, desk.now).await.unwrap();
    assert_eq!(late, Err(Refusal::Full), "a hold that ran out is worth nothing");
    desk.booking.settle(&desk.organisation, desk.now).await.unwrap();
    desk.is_whole(&texts(&["R1", "R2"])).await;
}

pub(crate) async fn skills_areas_and_material_are_kept_also_when_the_day_is_improved(desk: Desk) {
    desk.works("anne", &["gas"], &[]).await;
    desk.works("bas", &[], &["6812"]).await;
    let gas = Wanted { all_of: texts(&["gas"]), ..desk.short("gas") };
    let there = Wanted { area: Some("6812 AB".into()), ..desk.short("there") };
    let crane = |object: &str| Wanted { amounts: [("kraan".to_owned(), 1)].into(), ..desk.short(object) };
    for wanted in [desk.short("here"), there, gas.clone(), crane("one"), desk.short("more")] {
        desk.book(Wanted { service: 600, ..wanted }, 1, 0).await.unwrap();
    }
    assert_eq!(desk.book(crane("two"), 0, 0).await, Err(Refusal::Full), "anne has one, and bas does not come there");
    let plan = desk.plan().await;
    let of = |name: &str| plan.iter().find(|(who, _)| who == name).map(|(_, what)| what.clone()).unwrap_or_default();
    for only_anne in ["gas", "here", "one", "more"] {
        assert!(of("anne").iter().any(|what| what == only_anne), "{plan:?}");
    }
    let late = Wanted { not_before: Some(Timestamp::MAX.as_second() / 2), ..gas };
    let offers = desk.booking.offers(&desk.organisation, &late, &desk.rules, desk.now).await.unwrap();
    assert!(offers.windows.is_empty(), "its material comes later");
}
