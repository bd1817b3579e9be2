//! How fast events are accepted and committed: `cargo run --release -p store --example speed [place] [batch] [callers]`.
//!
//! Writes 10,000 events and one change for each (profile, alias, run, contact, outcome) with full durability and prints rows
//! per second of wall clock. The place is a folder, in which a fresh file is made, or the URL of an empty PostgreSQL
//! database. Several callers write their share side by side.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time and is no part of the product")]

use std::{error::Error, path::PathBuf, time::Instant};

use jiff::Timestamp;
use store::{
    Alias, AliasKind, Change, Durability, EventOutcome, EventState, Health, Inbox, NewEvent, OpenMode, PoolSize,
    Postgres, SqlStore, Sqlite, StoredEvent, StoredRun, Travellers,
};
use words::{
    Contact, Customer, CustomerId, Event, EventId, EventName, Identity, OrganisationId, Run, RunId, Status, VersionHash,
};

const EVENTS: usize = 10_000;
/// Rows that one event becomes: the event, its mark, customer, alias, word of the alias, run, contact.
const ROWS_PER_EVENT: usize = 7;

fn event(number: usize, now: Timestamp) -> Event {
    Event {
        id: EventId::new(format!("e{number}")),
        source: "website".to_owned(),
        name: EventName::parse("repair.reported").expect("a name"),
        time: now,
        received: now,
        identity: Identity { customer: Some(format!("klant-{number}")), anonymous: None },
        properties: [("id".to_owned(), serde_json::json!(format!("R-{number}")))].into(),
        imported: false,
    }
}

fn change(organisation: &OrganisationId, stored: &StoredEvent, now: Timestamp) -> Change {
    let name = stored.event.identity.customer.clone().unwrap_or_default();
    let customer = CustomerId::derived(&[organisation.as_str(), &name]);
    let run = RunId::derived(&[&name, "reparatie"]);
    let (journey, version) = ("reparatie".into(), VersionHash::new("a".repeat(64)));
    let contact = Contact {
        run,
        sequence: 1,
        customer,
        journey: "reparatie".into(),
        version: version.clone(),
        touchpoint: "melding".into(),
        visit: 1,
        time: now,
        recorded: now,
        channel: None,
        place: None,
        staff: None,
        outcome: None,
        reason: None,
        score: None,
        event: stored.event.id.clone(),
        object: None,
    };
    let run = Run {
        id: run,
        customer,
        journey,
        version,
        key: None,
        generation: 1,
        started: now,
        status: Status::Open,
        goal: None,
        dropped: None,
        at: Some("melding".into()),
        due: Some(now),
        revision: 1,
    };
    Change {
        profile: Some(Customer::unknown(customer)),
        aliases: vec![Alias { kind: AliasKind::User, value: name, instead_of: None }],
        runs: vec![StoredRun { run, state: vec![0; 400] }],
        contacts: vec![contact],
        outcomes: vec![EventOutcome {
            event: stored.reference(),
            customer: Some(customer),
            state: EventState::Applied,
        }],
        ..Change::new(organisation.clone(), customer, 0, now)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = std::env::args().nth(1).unwrap_or_else(|| std::env::temp_dir().display().to_string());
    let batch: usize = std::env::args().nth(2).map_or(Ok(500), |text| text.parse())?;
    let callers: usize = std::env::args().nth(3).map_or(Ok(1), |text| text.parse())?;
    let path = PathBuf::from(&place).join(format!("speed-{}.db", std::process::id()));
    let store: SqlStore = if place.starts_with("postgres") {
        Postgres::open(&place, PoolSize::default()).await?
    } else {
        Sqlite::open(&path, OpenMode::Create, Durability::Full).await?
    };
    let organisation = OrganisationId::new("rijnoever");
    let now = Timestamp::UNIX_EPOCH;

    let start = Instant::now();
    let events: Vec<Event> = (0..EVENTS).map(|number| event(number, now)).collect();
    let mut tasks = tokio::task::JoinSet::new();
    for share in events.chunks(EVENTS.div_ceil(callers)) {
        let (store, organisation, share) = (store.clone(), organisation.clone(), share.to_vec());
        tasks.spawn(async move {
            for piece in share.chunks(batch) {
                let events = piece.iter().map(|event| NewEvent::from_outside(organisation.clone(), event.clone()));
                store.accept(events.collect()).await?;
            }
            Ok::<(), store::Error>(())
        });
    }
    for done in tasks.join_all().await {
        done?;
    }
    let accepted = start.elapsed().as_secs_f64();

    let start = Instant::now();
    let size = u32::try_from((batch * callers).min(4_000))?;
    loop {
        let pending = store.pending(size).await?;
        if pending.is_empty() {
            break;
        }
        let mut tasks = tokio::task::JoinSet::new();
        for share in pending.chunks(batch.min(1_000)) {
            let changes = share.iter().map(|stored| change(&organisation, stored, now)).collect();
            let store = store.clone();
            tasks.spawn(async move { store.commit(changes).await });
        }
        for done in tasks.join_all().await {
            done?;
        }
    }
    let committed = start.elapsed().as_secs_f64();

    let per_second = |rows: usize, seconds: f64| rows as f64 / seconds;
    println!("accepted: {:.0} events/s in batches of {batch}", per_second(EVENTS, accepted));
    println!("applied:  {:.0} events/s", per_second(EVENTS, committed));
    let rows = per_second(EVENTS * ROWS_PER_EVENT, accepted + committed);
    println!("together: {:.0} events/s, {rows:.0} rows/s", per_second(EVENTS, accepted + committed));
    store.close().await;
    drop(store);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    Ok(())
}
