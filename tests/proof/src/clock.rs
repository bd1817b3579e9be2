//! R6: both days on which the clock is changed, the day that most years do not have, and clocks that jump. R7: a thousand
//! events in any order.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::working::Sharing;
use sim::Draws;
use store::{Inbox, NewEvent, Outbox, OutboxFilter, OutboxRow, Paging};
use words::Event;

use crate::dump;
use crate::fate::Fates;
use crate::happening::{Happening, Happens};
use crate::outside::Moods;
use crate::stories::{event, named, story};
use crate::world::{Place, Setting, World, founded, open, organisation};

async fn world(place: &Place, start: &str) -> World {
    std::fs::write(place.file(), founded()).expect("a copy");
    let setting = Setting {
        seed: place.0.to_string_lossy().into_owned(),
        start: start.parse().expect("a moment"),
        workers: 1,
        sharing: Sharing::Shared,
        fates: Fates::Kind,
        moods: Moods::default(),
        is_mixed: false,
    };
    World::new(open(&place.file()).await, Some(place.file()), setting)
}

fn in_town(moment: &str) -> Timestamp {
    let civil: jiff::civil::DateTime = moment.parse().expect("a local time");
    civil.to_zoned(TimeZone::get("Europe/Amsterdam").expect("a zone")).expect("a moment").timestamp()
}

fn repair(n: usize, told: Timestamp, appointment: Timestamp) -> Vec<Event> {
    let tell = |place: usize, what: &str, properties| {
        event(format!("c{n}-{place}"), what, told + SignedDuration::from_mins(place as i64), named(n), properties)
    };
    let booked = json!({
        "id": format!("A{n}"), "repair_id": format!("R{n}"), "start": appointment,
        "end": appointment + SignedDuration::from_hours(1), "status": "booked",
    });
    vec![
        tell(0, "customer.identified", json!({ "email": format!("k{n}@example.org"), "zone": "Europe/Amsterdam" })),
        tell(1, "repair.reported", json!({ "id": format!("R{n}"), "kind": "kraan" })),
        tell(2, "appointment.booked", booked),
    ]
}

async fn messages(world: &World, touchpoint: &str) -> Vec<OutboxRow> {
    let filter = OutboxFilter { touchpoint: Some(touchpoint.into()), ..OutboxFilter::default() };
    world.store.messages(&organisation(), &filter, Paging::first(1_000)).await.expect("the messages").rows
}

fn near(found: Timestamp, meant: Timestamp) -> bool {
    (SignedDuration::ZERO..=SignedDuration::from_secs(10)).contains(&found.duration_since(meant))
}

#[tokio::test]
async fn the_day_before_at_ten_is_at_ten_whatever_the_clock_does_that_night() {
    for (number, (appointment, reminder)) in [
        ("2027-03-28T13:00", "2027-03-27T10:00"),
        ("2027-03-29T13:00", "2027-03-28T10:00"),
        ("2027-10-31T13:00", "2027-10-30T10:00"),
        ("2027-11-01T08:30", "2027-10-31T10:00"),
        ("2028-03-01T13:00", "2028-02-29T10:00"),
        ("2028-02-29T13:00", "2028-02-28T10:00"),
    ]
    .into_iter()
    .enumerate()
    {
        let place = Place::new(&format!("day-{number}"));
        let (appointment, reminder) = (in_town(appointment), in_town(reminder));
        let told = reminder - SignedDuration::from_hours(24);
        let mut world = world(&place, &told.to_string()).await;
        let events: Vec<_> = repair(1, told, appointment).into_iter().map(|e| Happening::deliver(e.time, e)).collect();
        world.live(&events, appointment).await;
        let reminders = messages(&world, "herinnering").await;
        assert_eq!(reminders.len(), 1, "it fires once");
        assert!(near(reminders[0].decided, reminder), "{} is not {reminder}", reminders[0].decided);
    }
}

#[tokio::test]
async fn two_hours_after_are_two_hours_in_the_night_of_the_change_too() {
    for (number, done) in ["2027-03-28T01:15", "2027-10-31T01:15"].into_iter().enumerate() {
        let place = Place::new(&format!("night-{number}"));
        let done = in_town(done);
        let told = done - SignedDuration::from_hours(30);
        let mut world = world(&place, &told.to_string()).await;
        let mut events = repair(1, told, done - SignedDuration::from_mins(30));
        let visit = json!({ "id": "V1", "appointment_id": "A1", "outcome": "fixed" });
        events.push(event("v".into(), "visit.completed", done, named(1), visit));
        let events: Vec<_> = events.into_iter().map(|e| Happening::deliver(e.time, e)).collect();
        world.live(&events, done + SignedDuration::from_hours(12)).await;
        let asked = messages(&world, "enquete").await;
        assert_eq!(asked.len(), 1, "it fires once");
        assert!(near(asked[0].decided, done + SignedDuration::from_hours(2)), "{}", asked[0].decided);
    }
}

#[tokio::test]
async fn a_clock_that_jumps_fires_nothing_twice_and_nothing_early() {
    for (number, hours) in [1, -1, -720].into_iter().enumerate() {
        let place = Place::new(&format!("jump-{number}"));
        let (told, appointment) = (in_town("2027-06-07T09:00"), in_town("2027-06-10T13:00"));
        let reminder = in_town("2027-06-09T10:00");
        let mut world = world(&place, &told.to_string()).await;
        let mut events: Vec<_> =
            repair(1, told, appointment).into_iter().map(|e| Happening::deliver(e.time, e)).collect();
        // Off for a while before the reminder, and for a while over it.
        for (from, until) in [("2027-06-08T09:00", "2027-06-08T12:00"), ("2027-06-09T09:30", "2027-06-09T10:30")] {
            for (time, off) in [(from, SignedDuration::from_hours(hours)), (until, SignedDuration::ZERO)] {
                events.push(Happening { time: in_town(time), what: Happens::ClockOff(off) });
            }
        }
        events.sort_by_key(|happening| happening.time);
        world.live(&events, appointment).await;
        let reminders = messages(&world, "herinnering").await;
        assert_eq!(reminders.len(), 1, "off by {hours} hours it fires once");
        assert!(reminders[0].decided >= reminder, "off by {hours} hours: never before its time by the clock it has");
        assert_eq!(messages(&world, "bevestiging").await.len(), 1);
    }
}

/// 30 % twice, up to 48 hours late, up to a thousand places from where they belong.
#[tokio::test]
async fn a_thousand_events_in_any_order_say_the_same() {
    const CUSTOMERS: usize = 130;
    let start = "2027-06-01T07:00:00Z";
    let mut draws = Draws::of(&["any order"]);
    let first: Timestamp = start.parse().expect("a moment");
    let mut events = Vec::new();
    for number in 1..=CUSTOMERS {
        let journey = ["woning-reparatie", "bibliotheek-reserveren"][number % 2];
        events.extend(story(journey, number, first, &mut draws));
    }
    events.sort_by_key(|event| event.time);
    assert!(events.len() > 1_000, "{}", events.len());
    let last = events.last().expect("events").time;
    let mut mixed: Vec<(usize, Event)> = Vec::new();
    for (place, event) in events.iter().enumerate() {
        for _ in 0..(1 + usize::from(draws.happens(0.3))) {
            mixed.push((place + draws.below(1_000), event.clone()));
        }
    }
    mixed.sort_by_key(|(place, _)| *place);
    let mixed: Vec<Event> = mixed.into_iter().map(|(_, event)| event).collect();
    let mut told = BTreeSet::new();
    let ends = [events, mixed].map(async |events| {
        let place = Place::new(&format!("order-{}", events.len()));
        let mut world = world(&place, start).await;
        world.time.move_to(last);
        // All within the two days that an event waits for what it hangs on.
        let apart = SignedDuration::from_hours(40) / i32::try_from(events.len() / 20 + 1).expect("few");
        for some in events.chunks(20) {
            let now = world.time.told();
            let late = some
                .iter()
                .map(|event| NewEvent::from_outside(organisation(), Event { received: now, ..event.clone() }));
            world.store.accept(late.collect()).await.expect("accepted");
            world.rest().await;
            world.time.move_to(world.time.really() + apart);
        }
        world.until(last + SignedDuration::from_hours(100)).await;
        world.rest().await;
        dump::commutative(&dump::look(&place.file()))
    });
    let mut found = Vec::new();
    for end in ends {
        found.push(end.await);
    }
    told.extend(dump::differences(&found[0], &found[1]));
    assert!(told.is_empty(), "{told:#?}");
}
