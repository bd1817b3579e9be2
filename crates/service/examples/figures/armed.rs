//! A store full of customers each of whom waits for a moment.

use std::path::Path;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde_json::{Value, json};
use service::intake::{Receipt, native};
use service::working::{Sharing, Worker};

use crate::house::{House, Place, Trouble, start};

/// Customers whose events are accepted before they are applied.
const GROUP: usize = 2_000;
/// How long before a book is due its reader is reminded; the journey says so.
const BEFORE: SignedDuration = SignedDuration::from_hours(2);

/// The journey: one event, and a moment that hangs on a date in it.
pub(crate) fn journey() -> Result<Folder, Trouble> {
    let home = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/journeys/herinnering"));
    let mut folder = Folder::of_definition(std::fs::read_to_string(home.join(Folder::DEFINITION))?);
    let message = "messages/terug.nl.md";
    folder.put(message, std::fs::read_to_string(home.join(message))?);
    Ok(folder)
}

/// `MOMENTS FILE`: fills a file to be served; every moment is far away.
pub(crate) async fn run(mut args: impl Iterator<Item = String>) -> Result<(), Trouble> {
    let moments: usize = args.next().ok_or("how many")?.parse()?;
    let file = args.next().ok_or("into which file")?;
    let due = start() + SignedDuration::from_hours(24 * 365 * 5);
    fill(&Place::File(file.into()), std::iter::repeat_n(due, moments)).await.map(|_| ())
}

/// Fills a store with customers whose moments are told; leaves it closed.
pub(crate) async fn fill(place: &Place, moments: impl Iterator<Item = Timestamp>) -> Result<usize, Trouble> {
    let began = Instant::now();
    let House { service, organisation, .. } = House::to_fill(place, &journey()?).await?;
    let now = service.clock.now();
    let mut worker = Worker::new(service.clone(), Sharing::Alone, "0.1.0").await;
    let mut moments = moments.enumerate().peekable();
    let mut armed = 0;
    while moments.peek().is_some() {
        let events: Vec<Value> =
            moments.by_ref().take(GROUP).flat_map(|(one, moment)| events(one, moment, now)).collect();
        armed += events.len() / 2;
        for request in events.chunks(1_000) {
            let body = Value::from(request.to_vec()).to_string();
            let taken = native::events(body.as_bytes(), &Receipt::new("uitleen", now));
            let taken = taken.map_err(|error| format!("{error:?}"))?;
            service.intake.accept(&organisation, "uitleen", taken, now).await?;
        }
        while !worker.apply().await? {}
    }
    worker.leave().await?;
    service.store.close().await;
    eprintln!("armed {armed} moments in {:.0} s", began.elapsed().as_secs_f64());
    Ok(armed)
}

fn events(one: usize, moment: Timestamp, now: Timestamp) -> [Value; 2] {
    let customer = format!("k{one}");
    let time = now - SignedDuration::from_secs(60);
    let event = |id: &str, name: &str, properties: Value| {
        json!({ "id": format!("{one}-{id}"), "time": time.to_string(), "customer": customer, "name": name,
            "properties": properties })
    };
    let email = format!("{customer}@example.org");
    [
        event("a", "customer.identified", json!({ "email": email, "last_name": "de Vries" })),
        event("b", "loan.made", json!({ "id": format!("L-{one}"), "due": (moment + BEFORE).to_string() })),
    ]
}
