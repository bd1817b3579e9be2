//! One row that cannot be read, made or written is put aside where staff see it; the others go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use channels::{MemoryTransport, Reaction};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::Random;
use service::drive::{Drive, SameBytes};
use service::running::{POISON, STUCK, TRIED_AGAIN};
use service::sending::Transports;
use service::working::{Sharing, Worker};
use store::{
    Change, EventState, Inbox, Lane, Outbox, OutboxRow, Paging, Quarantine, QuarantineFilter, Rendered, SendState,
    SqlStore, Travellers, UNREADABLE, UNREADABLE_MESSAGE,
};
use tokio::sync::Notify;
use uuid::Uuid;
use words::{Channel, Class, CustomerId, EffectKey, JourneyId, PrincipalId, Quiet, RunId, SendEffect, TouchpointId};

use crate::poison::{quarantine, state, told, world};
use crate::world::{Place, founded, open, organisation};

const START: &str = "2027-06-01T07:00:00Z";
/// Long enough for a machine that is busy; nothing waits for it.
const NEVER: Duration = Duration::from_secs(60);

fn start() -> Timestamp {
    START.parse().expect("a moment")
}

fn change(place: &Place, text: &str) -> usize {
    let conn = rusqlite::Connection::open(place.file()).expect("the file");
    conn.busy_timeout(NEVER).expect("it waits for its turn");
    conn.execute(text, []).expect(text)
}

/// Bytes that everyone can guess. In the first and from the sixth time on it panics: where links are made, not where what came
/// of the two others is heard.
#[derive(Default)]
struct Unlucky(AtomicUsize);

impl Random for Unlucky {
    fn fill(&self, bytes: &mut [u8]) {
        let times = self.0.fetch_add(1, Ordering::Relaxed);
        assert!((1..5).contains(&times), "no luck");
        bytes.fill(7);
    }
}

fn customer(number: u128) -> CustomerId {
    CustomerId::new(Uuid::from_u128(number))
}

fn message(number: u128, channel: &Channel) -> OutboxRow {
    OutboxRow {
        key: EffectKey::stored(format!("m{number}")),
        organisation: organisation(),
        customer: customer(number),
        principal: PrincipalId::own(),
        run: RunId::new(Uuid::from_u128(number)),
        journey: JourneyId::new("woning-reparatie"),
        touchpoint: TouchpointId::new("bevestiging"),
        decided: start(),
        send: SendEffect {
            message: "bevestiging".into(),
            class: Class::Service,
            channels: vec![channel.clone()],
            urgent: false,
            quiet: Quiet::Hold,
            attention: None,
            behind: false,
            until: None,
            ask: Vec::new(),
            facts: json!({ "repair": { "id": "R1" } }),
        },
        state: SendState::Ready,
        channel: Some(channel.clone()),
        to: Some(if *channel == Channel::email() { "anne@example.org" } else { "+31612345678" }.into()),
        tried: Vec::new(),
        attempts: 0,
        next_attempt: Some(start()),
        last_error: None,
        doubt: None,
        rendered: Some(Rendered {
            subject: Some("Dag".into()),
            text: "Dag".into(),
            html: None,
            unsubscribe: None,
            template: None,
            letter: None,
        }),
    }
}

/// A shell that has these messages to carry.
async fn carrying(place: &Place, rows: Vec<OutboxRow>, random: impl Random) -> (Drive, SqlStore, Arc<MemoryTransport>) {
    std::fs::write(place.file(), founded()).expect("a copy");
    let store = open(&place.file()).await;
    let changes = rows.into_iter().map(|row| {
        let change = Change::new(organisation(), row.customer, 0, start());
        Change { outbox: vec![row], ..change }
    });
    store.commit(changes.collect()).await.expect("written");
    let transport = Arc::new(MemoryTransport::new());
    let transports = Transports::only(transport.clone());
    let drive = Drive::new(Arc::new(store.clone()), Arc::new(random), transports, "https://k.example", start());
    (drive, store, transport)
}

async fn row(store: &SqlStore, number: u128) -> OutboxRow {
    let key = EffectKey::stored(format!("m{number}"));
    store.message(&organisation(), &key).await.expect("the store answers").expect("it is there")
}

async fn aside(store: &SqlStore) -> Vec<String> {
    let filter = QuarantineFilter { source: None, reason: Some(UNREADABLE_MESSAGE) };
    let seen = store.quarantine(&organisation(), filter, Paging::first(10)).await.expect("the quarantine");
    seen.rows.into_iter().map(|one| one.detail).collect()
}

#[tokio::test]
async fn a_message_that_cannot_be_made_leaves_the_others() {
    let place = Place::new("making");
    let unmade = |number| {
        // It asks something, by a link.
        let row = message(number, &Channel::email());
        OutboxRow { rendered: None, send: SendEffect { message: "enquete".into(), ..row.send.clone() }, ..row }
    };
    let rows = vec![message(1, &Channel::email()), unmade(2), unmade(3), message(4, &Channel::email())];
    let (drive, store, transport) = carrying(&place, rows, Unlucky::default()).await;
    let spoilt = format!("UPDATE customers SET profile = '[' WHERE customer = x'{:032x}'", 2);
    assert_eq!(change(&place, &spoilt), 1);
    drive.settle().await.expect("it goes on");
    assert_eq!(transport.taken().len(), 2);
    for (number, why) in [(2, "customer"), (3, "no luck")] {
        let tried = row(&store, number).await;
        assert_eq!((tried.state.name(), tried.attempts), ("ready", 1));
        assert!(tried.last_error.as_deref().is_some_and(|error| error.contains(why)), "{:?}", tried.last_error);
    }
    drive.until(start() + SignedDuration::from_hours(30)).await.expect("it goes on");
    for number in [2, 3] {
        let state = row(&store, number).await.state;
        assert!(matches!(state, SendState::Failed { .. }), "in the end it is put aside: {state:?}");
    }
    assert_eq!(transport.calls().len(), 2);
}

/// Whatever came of the second message, the store does not take it.
fn refusing(place: &Place) {
    change(
        place,
        "CREATE TRIGGER refusing BEFORE UPDATE ON outbox WHEN NEW.key = 'm2' AND NEW.state = 'sent'
         BEGIN SELECT RAISE(ABORT, 'not this one'); END",
    );
}

async fn is_put_aside(store: &SqlStore, transport: &MemoryTransport) {
    for number in [1, 3] {
        assert_eq!(row(store, number).await.state.name(), "sent");
    }
    let state = row(store, 2).await.state;
    assert!(matches!(&state, SendState::Unknown { reason } if reason.contains("not this one")), "{state:?}");
    let seen = aside(store).await;
    assert!(seen.len() == 1 && seen[0].contains("not this one"), "{seen:?}");
    assert_eq!(transport.calls().len(), 3, "once each");
}

#[tokio::test]
async fn an_outcome_that_is_always_refused_leaves_the_others() {
    let place = Place::new("refused");
    let rows = (1..=3).map(|number| message(number, &Channel::email())).collect();
    let (drive, store, transport) = carrying(&place, rows, SameBytes(7)).await;
    refusing(&place);
    drive.settle().await.expect("it goes on");
    is_put_aside(&store, &transport).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_lane_it_is_offered_a_few_times_first() {
    let place = Place::new("lane");
    let rows = (1..=3).map(|number| message(number, &Channel::email())).collect();
    let (drive, store, transport) = carrying(&place, rows, SameBytes(7)).await;
    refusing(&place);
    let stop = Arc::new(Notify::new());
    let worker = Worker::new(drive.service.clone(), Sharing::Alone, "0.1.0").await;
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { worker.run(stop).await }
    });
    let done = async {
        while aside(&store).await.is_empty() || row(&store, 3).await.state.name() != "sent" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(NEVER, done).await.expect("it is put aside");
    stop.notify_waiters();
    running.await.expect("it ends").expect("in good order");
    is_put_aside(&store, &transport).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_being_carried_is_not_taken_up_however_long_it_takes() {
    let place = Place::new("slow");
    let rows = vec![message(1, &Channel::new("sms")), message(2, &Channel::email())];
    let (drive, store, transport) = carrying(&place, rows, SameBytes(7)).await;
    // A process that is gone was carrying this one; nobody knows which.
    let lane = Lane::own(organisation(), Channel::email());
    assert_eq!(store.claim(start(), &lane, 9).await.expect("claimed").len(), 1);
    transport.always(Channel::new("sms"), Some(Reaction::Silent));
    let worker = Worker::new(drive.service.clone(), Sharing::Alone, "0.1.0").await;
    let running = tokio::spawn(worker.run(Arc::new(Notify::new())));
    let called = async {
        while transport.calls().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(NEVER, called).await.expect("it is handed over");
    drive.stand_still_until(start() + SignedDuration::from_mins(20));
    tokio::time::timeout(NEVER, transport.until(|taken| taken.len() == 1)).await.expect("what was left is taken up");
    assert_eq!(row(&store, 1).await.state.name(), "sending", "an answer may still come");
    assert_eq!(transport.calls().iter().filter(|key| key.starts_with("m1")).count(), 1);
    running.abort();
}

#[tokio::test]
async fn rows_that_cannot_be_read_hold_up_only_their_own_customer() {
    let place = Place::new("unreadable");
    let mut world = world(&place, start()).await;
    for n in [1, 2, 3] {
        let reported = told(&world, n, "repair.reported", json!({ "id": format!("R{n}"), "kind": "kraan" }));
        world.store.accept(vec![reported]).await.expect("accepted");
    }
    world.rest().await;
    let call = |n: usize| {
        let properties = json!({ "id": format!("C{n}"), "repair_id": format!("R{n}"), "reason": "status" });
        told(&world, n, "call.logged", properties)
    };
    let calls = [call(1), call(2), call(3)];
    assert_eq!(change(&place, "UPDATE runs SET status = 'half' WHERE key = 'R1'"), 1);
    world.store.accept(calls.to_vec()).await.expect("accepted");
    assert_eq!(change(&place, "UPDATE events SET body = '{' WHERE event = 'p2-call.logged'"), 1);
    world.rest().await;
    let EventState::Quarantined { reason, detail } = state(&world, &calls[0].reference()).await else {
        panic!("it stands in quarantine")
    };
    assert!(reason == POISON && detail.contains("status half"), "{reason}: {detail}");
    assert_eq!(quarantine(&world, UNREADABLE).await.len(), 1, "the event");
    assert_eq!(state(&world, &calls[2].reference()).await, EventState::Applied);
}

#[tokio::test]
async fn a_thousand_that_stand_still_do_not_stand_before_others() {
    const STUCK_ONES: usize = 1_000;
    let place = Place::new("thousand");
    std::fs::write(place.file(), founded()).expect("a copy");
    let store = open(&place.file()).await;
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    let random = Arc::new(SameBytes(7));
    let drive = Drive::new(Arc::new(store.clone()), random, transports, "https://k.example", start());
    let mut world_events = Vec::new();
    for n in 1..=STUCK_ONES + 1 {
        // Who is well is the last in the queue.
        let time = start() + SignedDuration::from_secs(i64::try_from(n).expect("a small number"));
        let properties = json!({ "id": format!("R{n}"), "kind": "kraan" });
        let identity = crate::stories::named(n);
        let event = crate::stories::event(format!("t{n}"), "repair.reported", time, identity, properties);
        world_events.push(store::NewEvent::from_outside(organisation(), event));
    }
    store.accept(world_events).await.expect("accepted");
    drive.settle().await.expect("applied");
    let spoilt = change(&place, &format!("UPDATE runs SET status = 'half' WHERE key <> 'R{}'", STUCK_ONES + 1));
    assert_eq!(spoilt, STUCK_ONES);
    drive.stand_still_until(start() + SignedDuration::from_hours(49));
    let dropped = || {
        let conn = crate::dump::look(&place.file());
        crate::dump::rows(&conn, "SELECT key FROM runs WHERE dropped IS NOT NULL")
    };
    drive.settle().await.expect("it goes on");
    assert_eq!(dropped(), [format!("R{}", STUCK_ONES + 1)]);
    let filter = QuarantineFilter { source: None, reason: Some(STUCK) };
    let seen = store.quarantine(&organisation(), filter, Paging::first(1)).await.expect("the quarantine");
    assert_eq!(seen.total, STUCK_ONES as u64);
    let due = store.due(drive.now(), 9).await.expect("the queue");
    assert_eq!(due, [], "they stepped out of the queue");
    let later = store.due(drive.now() + TRIED_AGAIN, 9).await.expect("the queue");
    assert_eq!(later.len(), 9, "and come again");
}
