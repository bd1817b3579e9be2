//! Events accepted and applied with full durability, from 1, 100 and 1000 events a request.
//!
//! Each customer reports a repair, books an appointment, moves it, is visited, and the repair is closed: six events, of which
//! several make messages and tasks. A request is answered after its commit; applying goes on beside it, and the time ends when
//! everything is applied. Messages are decided and kept, not carried.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use jiff::SignedDuration;
use journey::Folder;
use serde_json::{Value, json};
use service::intake::{Receipt, native};
use service::reference;
use service::working::{Sharing, Worker};
use tokio::sync::Notify;

use crate::house::{House, Place, Trouble, cpu_seconds, start};

const STEPS: usize = 6;
const JOURNEY: &str = "woning-reparatie";

/// One event of one customer.
fn event(customer: usize, step: usize) -> Value {
    let (repair, appointment) = (format!("R-{customer}"), format!("A-{customer}"));
    let from = start() + SignedDuration::from_hours(72 + (step / 3) as i64);
    let booked = json!({ "id": appointment, "repair_id": repair, "start": from.to_string(), "status": "booked",
        "end": (from + SignedDuration::from_hours(2)).to_string() });
    let (name, properties) = match step {
        0 => ("customer.identified", json!({ "email": format!("k{customer}@example.org"), "last_name": "de Vries" })),
        1 => ("repair.reported", json!({ "id": repair, "kind": "lekkage", "photo": true, "channel": "phone" })),
        2 => ("appointment.booked", booked),
        3 => ("appointment.moved", booked),
        4 => (
            "visit.completed",
            json!({ "id": format!("V-{customer}"), "appointment_id": appointment,
            "repair_id": repair, "outcome": "fixed", "technician": "Karim" }),
        ),
        _ => ("repair.closed", json!({ "id": repair })),
    };
    let time = start() - SignedDuration::from_secs((STEPS - step) as i64);
    json!({ "id": format!("{customer}-{step}"), "time": time.to_string(), "customer": format!("k{customer}"),
        "name": name, "properties": properties })
}

/// The bodies of all requests: customers come in groups, and of a group every step follows the one before.
fn bodies(events: usize, per_request: usize) -> Vec<String> {
    const GROUP: usize = 200;
    let customers = events / STEPS;
    let groups = (0..customers).step_by(GROUP).map(|first| first..(first + GROUP).min(customers));
    let ordered = groups.flat_map(|group| (0..STEPS).flat_map(move |step| group.clone().map(move |one| (one, step))));
    let ordered: Vec<Value> = ordered.map(|(customer, step)| event(customer, step)).collect();
    ordered.chunks(per_request).map(|request| Value::from(request.to_vec()).to_string()).collect()
}

async fn measure(place: &Place, events: usize, per_request: usize, clients: usize) -> Result<(), Trouble> {
    let House { service, organisation: id, .. } = House::new(place, &journey()?).await?;
    let bodies = Arc::new(bodies(events, per_request));
    let (next, accepted, said) =
        (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
    let (began, cpu) = (Instant::now(), cpu_seconds());
    let applying = tokio::spawn({
        let (service, accepted, said) = (service.clone(), accepted.clone(), said.clone());
        async move {
            // As `klantreis serve` does: under a lease on everything.
            let mut worker = Worker::new(service, Sharing::Alone, "0.1.0").await;
            loop {
                let last = accepted.load(Ordering::Acquire);
                if worker.apply().await? {
                    if last {
                        return Ok::<(), service::Error>(());
                    }
                    said.notified().await;
                }
            }
        }
    });
    let client = || {
        let (service, id, bodies, next, said) =
            (service.clone(), id.clone(), bodies.clone(), next.clone(), said.clone());
        tokio::spawn(async move {
            while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                let taken = native::events(body.as_bytes(), &Receipt::new("woningsysteem", start()));
                let taken = taken.map_err(|error| format!("{error:?}"))?;
                let delivered = service.intake.accept(&id, "woningsysteem", taken, start()).await?;
                if !delivered.refused.is_empty() || delivered.duplicate > 0 {
                    return Err(format!("not all were new: {delivered:?}").into());
                }
                said.notify_one();
            }
            Ok::<(), Trouble>(())
        })
    };
    for client in (0..clients).map(|_| client()).collect::<Vec<_>>() {
        client.await??;
    }
    let answered = began.elapsed().as_secs_f64();
    accepted.store(true, Ordering::Release);
    said.notify_one();
    applying.await??;
    let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let stats = service.store.stats().await?;
    let count = (events / STEPS * STEPS) as f64;
    println!(
        "| {per_request} | {clients} | {count} | {answered:.1} | {wall:.1} | {:.0} | {cpu:.1} | {:.0} | {} contacts, {} messages |",
        count / wall,
        count / cpu,
        stats["contacts"],
        stats["outbox"]
    );
    service.store.close().await;
    Ok(())
}

fn journey() -> Result<Folder, Trouble> {
    Ok(reference::journeys().remove(JOURNEY).ok_or("the reference journey is gone")?)
}

/// `[EVENTS] [CLIENTS] [EVENTS A REQUEST]`
pub(crate) async fn run(args: &[usize]) -> Result<(), Trouble> {
    let events = args.first().copied().unwrap_or(60_000);
    let clients = args.get(1).copied().unwrap_or(16);
    let only = args.get(2).copied();
    println!(
        "| events a request | clients | events | answered after s | applied after s | events/s | CPU s | events per core-second | made |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let sizes =
        [(1, 6), (100, 1), (1_000, 1)].map(|(size, share)| if only == Some(size) { (size, 1) } else { (size, share) });
    for (per_request, share) in sizes.into_iter().filter(|(size, _)| only.is_none_or(|only| only == *size)) {
        // A file of its own: the one before may still be closing.
        let place = Place::named(&format!("intake-{per_request}"));
        measure(&place, events / share, per_request, clients).await?;
    }
    Ok(())
}
