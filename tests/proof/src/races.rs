//! What one process decides while another erases whom it is about: at each call that the first may stand at.

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::working::Sharing;

use crate::fate::Fates;
use crate::happening::{Happening, Happens};
use crate::outside::Moods;
use crate::stories::{event, name, named};
use crate::world::{Place, Setting, World, founded, open};

/// Calls of one turn in which an event is applied and its message is carried, and some.
const CALLS: usize = 40;
/// Shorter than a lease, and long enough for an erasure.
const STILL: SignedDuration = SignedDuration::from_secs(12);

/// A worker stands still before its call of this number with an event in hand while the customer is erased by the others; what
/// is wrong at the end.
async fn erased_meanwhile(calls: usize, place: usize) -> Vec<String> {
    let folder = Place::new(&format!("race-{calls}-{place}"));
    std::fs::write(folder.file(), founded()).expect("a copy");
    let start: Timestamp = "2027-06-01T07:00:00Z".parse().expect("a moment");
    let setting = Setting {
        seed: "race".into(),
        start,
        workers: 2,
        sharing: Sharing::Shared,
        fates: Fates::Kind,
        moods: Moods::default(),
        is_mixed: false,
    };
    let mut world = World::new(open(&folder.file()).await, Some(folder.file()), setting);
    let at = |minutes| start + SignedDuration::from_mins(minutes);
    let tell = |number: usize, minutes, what: &str, properties| {
        let told = event(format!("r{number}"), what, at(minutes), named(1), properties);
        Happening::deliver(told.time, told)
    };
    let known = json!({ "email": format!("{}@example.org", name(1)), "zone": "Europe/Amsterdam" });
    let booked = json!({ "id": "A1", "repair_id": "R1", "start": at(5_000), "end": at(5_060), "status": "booked" });
    for before in [
        tell(0, 0, "customer.identified", known),
        tell(1, 5, "repair.reported", json!({ "id": "R1", "kind": "kraan" })),
    ] {
        world.until(before.time).await;
        world.happens(&before).await;
    }
    world.until(at(10)).await;
    world.happens(&tell(2, 10, "appointment.booked", booked)).await;
    for _ in 0..calls {
        world.step(place).await;
    }
    world.still = Some((place, world.time.really() + STILL));
    world.happens(&Happening { time: at(10), what: Happens::Erasure(1) }).await;
    world.live(&[], at(60)).await;
    let logs = Logs::read(Some(&world.provider.log()), &world.answered.log()).expect("the logs");
    let database = Database::read(&folder.file().to_string_lossy()).await.expect("the tables");
    let asked = Asked { drained: Some(world.time.told()) };
    let mut wrong: Vec<String> =
        checker::check(&database, &logs, asked).iter().map(|found| format!("{calls} {place}: {found}")).collect();
    wrong.extend(std::mem::take(&mut world.fate().wrong));
    wrong
}

/// The revision of a customer is what keeps this: a worker that holds the lease is not fenced.
#[tokio::test]
async fn what_is_decided_while_somebody_is_erased_is_not_written() {
    let mut wrong = Vec::new();
    for calls in 0..CALLS {
        for place in [0, 1] {
            wrong.extend(erased_meanwhile(calls, place).await);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
