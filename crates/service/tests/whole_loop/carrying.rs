//! Carrying apart from applying, each channel by itself.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use channels::{MemoryTransport, Reaction};
use jiff::SignedDuration;
use service::reference;
use service::sending::Transports;
use service::working::{Sharing, Worker};
use store::{Change, Lane, OutboxRow, SendState, Sqlite};
use tokio::sync::Notify;
use words::{Channel, EffectKey};

use super::support::World;
use super::{replay, with};

const START: &str = "2027-10-01T00:00:00Z";
/// Long enough for a machine that is busy; nothing waits for it.
const NEVER: Duration = Duration::from_secs(60);

fn sms() -> Channel {
    Channel::new("sms")
}

async fn ready(count: usize) -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    (ready_for(count, Transports::only(transport.clone())).await, transport)
}

/// A journey in which something went, and beside it so many messages by each of two channels that are ready.
pub(crate) async fn ready_for(count: usize, transports: Transports) -> World {
    let kept = Sqlite::in_memory().await.unwrap();
    let (past, _) = with(kept.clone(), "woning-reparatie", START).await;
    replay(&past, "woning-reparatie", "2027-11-16T00:00:00Z").await;
    let world = World::new(kept, reference::organisation(), transports, past.drive.now()).await;
    let (store, now) = (world.store(), world.drive.now());
    let sent = |row: &OutboxRow| matches!(row.state, SendState::Sent { .. });
    let like = world.messages().await.into_iter().find(sent).expect("something went");
    let lanes = [(Channel::email(), "devries@example.org"), (sms(), "+31612345678")];
    let copies = lanes.iter().flat_map(|(channel, to)| (0..count).map(move |number| (channel, *to, number)));
    let outbox = copies.map(|(channel, to, number)| OutboxRow {
        key: EffectKey::stored(format!("{channel}-{number}")),
        state: SendState::Ready,
        channel: Some(channel.clone()),
        to: Some(to.to_owned()),
        attempts: 0,
        next_attempt: Some(now),
        ..like.clone()
    });
    let revision = store.load(&world.organisation, &[like.customer]).await.unwrap()[0].revision;
    let change = Change::new(world.organisation.clone(), like.customer, revision, now);
    store.commit(vec![Change { outbox: outbox.collect(), ..change }]).await.unwrap().remove(0).unwrap();
    world
}

/// Copies by channel and state, and the most attempts of each.
pub(crate) async fn states(world: &World) -> BTreeMap<(String, &'static str), (usize, u32)> {
    let mut states = BTreeMap::new();
    for row in world.messages().await {
        let name = row.key.as_str().split('-').next().filter(|name| ["email", "sms"].contains(name));
        let Some(channel) = name else { continue };
        let state: &mut (usize, u32) = states.entry((channel.to_owned(), row.state.name())).or_default();
        *state = (state.0 + 1, state.1.max(row.attempts));
    }
    states
}

pub(crate) fn of(states: &BTreeMap<(String, &'static str), (usize, u32)>, channel: &str, state: &'static str) -> usize {
    states.get(&(channel.to_owned(), state)).map_or(0, |(count, _)| *count)
}

async fn working(world: &World) -> (Arc<Notify>, tokio::task::JoinHandle<service::Result<()>>) {
    let stop = Arc::new(Notify::new());
    let worker = Worker::new(world.drive.service.clone(), Sharing::Alone, "0.1.0").await;
    let told = stop.clone();
    (stop, tokio::spawn(async move { worker.run(told).await }))
}

fn went(transport: &MemoryTransport, by: &Channel) -> usize {
    transport.taken().iter().filter(|message| message.channel == *by).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_never_answers_holds_up_nobody_else() {
    let (world, transport) = ready(150).await;
    transport.always(sms(), Some(Reaction::Silent));
    let (_, worker) = working(&world).await;
    let all = transport.until(|taken| taken.iter().filter(|one| one.key.starts_with("email-")).count() == 150);
    tokio::time::timeout(NEVER, all).await.expect("e-mail goes on");
    let silent = transport.calls().iter().filter(|key| key.starts_with("sms-")).count();
    assert!(silent <= 4, "no more than the first few wait for an answer: {silent}");
    let states = states(&world).await;
    assert!(of(&states, "sms", "ready") >= 146, "and none waits in vain: {states:?}");
    worker.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_ends_writes_down_what_it_carried() {
    let (world, transport) = ready(40).await;
    let (stop, worker) = working(&world).await;
    tokio::time::timeout(NEVER, transport.until(|taken| taken.len() > 30)).await.expect("it carries");
    stop.notify_waiters();
    worker.await.unwrap().unwrap();
    let states = states(&world).await;
    assert_eq!(states.values().map(|(count, _)| count).sum::<usize>(), 80);
    assert_eq!(
        of(&states, "email", "sending") + of(&states, "sms", "sending"),
        0,
        "nothing is left behind: {states:?}"
    );
    let sent = of(&states, "email", "sent") + of(&states, "sms", "sent");
    assert_eq!(sent, transport.taken().len(), "what the provider took is known: {states:?}");
    assert!(world.store().leases().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_provider_in_trouble_is_left_alone_and_costs_no_attempts() {
    let (world, transport) = ready(100).await;
    transport.always(sms(), Some(Reaction::Unreachable));
    world.drive.settle().await.unwrap();
    let called = |transport: &MemoryTransport| transport.calls().iter().filter(|key| key.starts_with("sms-")).count();
    let first = called(&transport);
    assert!((5..=8).contains(&first), "five in a row, and what was under way: {first}");
    assert_eq!(of(&states(&world).await, "email", "sent"), 100, "others go on");
    let troubles = world.store().troubles(&world.organisation).await.unwrap();
    assert_eq!(troubles.iter().map(|(sender, _)| &sender.channel).collect::<Vec<_>>(), [&sms()]);
    assert!(troubles[0].1.reason.contains("niet bereikbaar"), "staff read why: {}", troubles[0].1.reason);

    world.drive.until(world.drive.now() + SignedDuration::from_mins(30)).await.unwrap();
    let tried = called(&transport) - first;
    assert!((5..=12).contains(&tried), "one message now and then: {tried}");
    let waited = states(&world).await;
    assert!(waited[&("sms".to_owned(), "ready")].1 <= 3, "none wears out: {waited:?}");

    transport.always(sms(), None);
    world.drive.until(world.drive.now() + SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!(of(&states(&world).await, "sms", "sent"), 100);
    assert!(world.store().troubles(&world.organisation).await.unwrap().is_empty(), "and staff see that it is over");
}

#[tokio::test]
async fn who_asks_to_wait_is_left_alone_for_so_long() {
    let (world, transport) = ready(10).await;
    transport.always(sms(), Some(Reaction::Busy(600)));
    world.drive.settle().await.unwrap();
    assert_eq!(of(&states(&world).await, "email", "sent"), 10);
    transport.always(sms(), None);
    let asked = world.drive.now();
    world.drive.until(asked + SignedDuration::from_secs(599)).await.unwrap();
    assert_eq!(went(&transport, &sms()), 0, "not before the time it asked for");
    world.drive.until(asked + SignedDuration::from_mins(15)).await.unwrap();
    assert_eq!(of(&states(&world).await, "sms", "sent"), 10);
}

#[tokio::test]
async fn what_a_dead_worker_was_carrying_is_taken_up_when_its_lease_is_gone() {
    let (world, transport) = ready(1).await;
    let dead = Worker::new(world.drive.service.clone(), Sharing::Alone, "0.1.0").await;
    // It takes the place, claims, and is never heard of again.
    let mut dead = dead;
    dead.apply().await.unwrap();
    let lease = world.store().leases().await.unwrap()[0].id;
    let share = store::Share { lease, buckets: Vec::new() };
    for channel in [Channel::email(), sms()] {
        let lane = Lane::own(world.organisation.clone(), channel);
        assert_eq!(world.store().held(&share).claim(world.drive.now(), &lane, 10).await.unwrap().len(), 1);
    }
    let mut next = Worker::new(world.drive.service.clone(), Sharing::Alone, "0.1.0").await;
    while !next.turn().await.unwrap() {}
    let states = states(&world).await;
    assert_eq!(of(&states, "email", "sent"), 1, "with the same Message-ID: {states:?}");
    assert_eq!(of(&states, "sms", "unknown"), 1, "a person looks: {states:?}");
    assert_eq!(transport.taken().iter().filter(|one| one.key.starts_with("email-")).count(), 1);
}
