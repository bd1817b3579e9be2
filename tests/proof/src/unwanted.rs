//! Messages that somebody no longer wants: said before they are due, or while they are queued at a provider in trouble.

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use service::working::Sharing;
use words::Event;

use crate::fate::Fates;
use crate::happening::{Happening, Happens};
use crate::outside::Moods;
use crate::stories::{event, named};
use crate::world::{Place, Setting, World, founded, open};

const START: &str = "2027-06-01T07:00:00Z";
/// Ten in the morning in Amsterdam, thirty days after the parcel came.
const OFFERED: &str = "2027-07-03T08:00:00Z";

fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a moment")
}

fn told(place: usize, time: Timestamp, what: &str, properties: Value) -> Event {
    event(format!("u{place}"), what, time, named(1), properties)
}

/// Lives these events, with a provider that takes nothing before the last of them; the keys of what it took then. The checker
/// judges all of it.
async fn taken(name: &str, happenings: Vec<Happening>, moods: Moods, afterwards: SignedDuration) -> Vec<String> {
    let place = Place::new(name);
    std::fs::write(place.file(), founded()).expect("a copy");
    let setting = Setting {
        seed: name.to_owned(),
        start: at(START),
        workers: 1,
        sharing: Sharing::Alone,
        fates: Fates::Kind,
        moods,
        is_mixed: false,
    };
    let mut world = World::new(open(&place.file()).await, Some(place.file()), setting);
    let last = happenings.last().map_or(at(START), |happening| happening.time);
    world.live(&happenings, last + afterwards).await;
    let (provider, answered) = (world.provider.log(), world.answered.log());
    let logs = Logs::read(Some(&provider), &answered).expect("the logs");
    let database = Database::read(&place.file().to_string_lossy()).await.expect("the tables");
    let found = checker::check(&database, &logs, Asked { drained: Some(world.time.told()) });
    assert!(found.is_empty(), "{name}: {found:#?}");
    let calls = logs.calls.unwrap_or_default();
    calls.into_iter().filter(|call| call.accepted).map(|call| call.key).collect()
}

/// An order that came, by somebody who said yes to offers, and what else is said afterwards.
fn order(then: &[(SignedDuration, Value)]) -> Vec<Happening> {
    let hours = |hours| at(START) + SignedDuration::from_hours(hours);
    let order = json!({ "id": "O1", "status": "paid", "item": "vaas", "amount": 49.5 });
    let parcel = json!({ "id": "P1", "order_id": "O1", "channel": "email" });
    let known = json!({ "email": "k1@example.org", "zone": "Europe/Amsterdam", "consents": { "marketing": true } });
    let mut events = vec![
        told(0, hours(0), "customer.identified", known),
        told(1, hours(1), "order.placed", order),
        told(2, hours(20), "parcel.announced", parcel.clone()),
        told(3, hours(40), "parcel.delivered", parcel),
    ];
    for (number, (from, consents)) in then.iter().enumerate() {
        let said = json!({ "consents": consents });
        events.push(told(4 + number, at(OFFERED) + *from, "customer.identified", said));
    }
    events.into_iter().map(|event| Happening::deliver(event.time, event)).collect()
}

fn offers(taken: &[String]) -> usize {
    taken.iter().filter(|key| key.contains(":herhaalaanbod:")).count()
}

#[tokio::test]
async fn who_takes_a_consent_back_gets_no_offer_also_when_it_is_queued() {
    let (no, yes) = (json!({ "marketing": false }), json!({ "marketing": true }));
    let days = SignedDuration::from_hours(24 * 40);
    let minutes = SignedDuration::from_mins;
    let kind = Moods::default();
    assert_eq!(offers(&taken("yes", order(&[]), kind, days).await), 1, "who says nothing more gets it");
    for before in [20 * 24 * 60, 60, 2, 1] {
        let said = [(minutes(-before), no.clone())];
        assert_eq!(offers(&taken("no", order(&said), kind, days).await), 0, "{before} minutes before");
    }
    let named = [(minutes(-60), json!([]))];
    assert_eq!(offers(&taken("list", order(&named), kind, days).await), 0, "a list in which it is not");
    let back = [(minutes(-600), no.clone()), (minutes(-60), yes)];
    assert_eq!(offers(&taken("back", order(&back), kind, days).await), 1, "who came back to it gets it");
    // The provider takes nothing for an hour; it is ready all the while.
    let busy = Moods { busy: 1.0, ..Moods::default() };
    let nothing = [(minutes(59), json!({}))];
    assert_eq!(offers(&taken("queued", order(&nothing), busy, days).await), 1, "it goes when the provider is back");
    let queued = [(minutes(30), no.clone())];
    assert_eq!(offers(&taken("queued-no", order(&queued), busy, days).await), 0, "while it is queued");
    // Staff hold everything back over its moment.
    let until = at(OFFERED) + minutes(120);
    let mut halted = order(&[(minutes(30), no)]);
    let halt = Happening { time: at(OFFERED) - minutes(60), what: Happens::Halt { number: 2, until, over: false } };
    halted.insert(4, halt);
    assert_eq!(offers(&taken("halted-no", halted, kind, days).await), 0, "while staff hold it back");
}

/// An appointment, and another time of it a while after its reminder was to go.
fn moved(then: Option<(Timestamp, Timestamp)>) -> (Vec<Happening>, Timestamp) {
    let start = at("2027-06-04T11:00:00Z");
    let booked = |start: Timestamp| {
        let end = start + SignedDuration::from_hours(1);
        json!({ "id": "A1", "repair_id": "R1", "start": start, "end": end, "status": "booked" })
    };
    let hours = |hours| at(START) + SignedDuration::from_hours(hours);
    let known = json!({ "email": "k1@example.org", "zone": "Europe/Amsterdam" });
    let mut events = vec![
        told(0, hours(0), "customer.identified", known),
        told(1, hours(1), "repair.reported", json!({ "id": "R1", "kind": "kraan" })),
        told(2, hours(2), "appointment.booked", booked(start)),
    ];
    events.extend(then.map(|(time, start)| told(3, time, "appointment.moved", booked(start))));
    (events.into_iter().map(|event| Happening::deliver(event.time, event)).collect(), start)
}

#[tokio::test]
async fn a_reminder_that_is_queued_does_not_go_when_its_time_moved_away() {
    let busy = Moods { busy: 1.0, ..Moods::default() };
    let reminds = |taken: &[String], start: Timestamp| {
        let of = format!("={start}");
        taken.iter().filter(|key| key.contains(":herinnering:") && key.contains(&of)).count()
    };
    let hours = SignedDuration::from_hours;
    let (happenings, start) = moved(None);
    let went = taken("reminded", happenings, Moods::default(), hours(60)).await;
    assert_eq!(reminds(&went, start), 1, "{went:?}");
    // The day before at ten; half an hour later it is another day.
    let (asked, other) = (at("2027-06-03T08:30:00Z"), at("2027-06-08T11:00:00Z"));
    let (happenings, start) = moved(Some((asked, other)));
    let went = taken("moved", happenings, busy, hours(200)).await;
    assert_eq!((reminds(&went, start), reminds(&went, other)), (0, 1), "{went:?}");
}
