//! R8: a real line to a mail server that misbehaves. Whatever it does, each message is one message to whoever receives it, all
//! get there in the end, and what goes by another channel does not notice.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use provider_for_tests::{Fault, Provider};
use serde_json::{Value, json};
use service::sending::Transports;

use super::carrying::{of, ready_for, states};
use super::support::World;

const MESSAGES: usize = 20;

fn config(port: u16, more: Value) -> Value {
    let mut config = json!({ "host": "127.0.0.1", "port": port, "tls": "none", "lines": 4,
                             "answer_timeout_seconds": 1, "connect_timeout_seconds": 1 });
    config.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    config
}

/// Messages that are ready: e-mail to this server, text messages into files.
async fn world(name: &str, config: Value) -> World {
    let folder = std::env::temp_dir().join(format!("klantreis-faults-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let world = ready_for(MESSAGES, Transports::new(folder)).await;
    world.sender("email", "smtp", config).await;
    world.sender("sms", "file", json!({})).await;
    world
}

/// Lives until all is sent. Text messages are not held up by what happens to e-mail.
async fn all_get_there(world: &World) {
    world.drive.settle().await.unwrap();
    assert_eq!(of(&states(world).await, "sms", "sent"), MESSAGES, "another channel does not notice");
    let began = world.drive.now();
    while of(&states(world).await, "email", "sent") < MESSAGES {
        world.drive.until(world.drive.now() + SignedDuration::from_mins(10)).await.unwrap();
        let passed = world.drive.now().duration_since(began);
        assert!(passed < SignedDuration::from_hours(24), "not within a day: {:?}", states(world).await);
    }
}

/// How often the server took each message.
fn taken(provider: &Provider) -> BTreeMap<String, usize> {
    let mut taken = BTreeMap::new();
    for call in provider.calls().into_iter().filter(|call| call.fault.is_taken()) {
        *taken.entry(call.id).or_default() += 1;
    }
    taken
}

#[tokio::test(flavor = "multi_thread")]
async fn out_of_service_half_of_the_time() {
    let provider = Provider::faulty(
        |number| if number % 7 == 3 { Fault::Unavailable } else { Fault::None },
        |number| if number % 2 == 0 { Fault::Unavailable } else { Fault::None },
    );
    let provider = provider.await.unwrap();
    let world = world("half", config(provider.address.port(), json!({}))).await;
    all_get_there(&world).await;
    let taken = taken(&provider);
    assert_eq!(taken.len(), MESSAGES);
    assert!(taken.values().all(|times| *times == 1), "a definite no is no effect: {taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_comes_brings_the_same_message_again() {
    let faults = [Fault::TakenAndSilent, Fault::None, Fault::TakenAndGone, Fault::None, Fault::TakenAndSlow];
    let many = move |number: u64| faults[usize::try_from(number).unwrap() % faults.len()];
    // After a while it pulls itself together.
    let provider =
        Provider::faulty(|_| Fault::None, move |number| if number < 30 { many(number) } else { Fault::None });
    let provider = provider.await.unwrap();
    let world = world("unanswered", config(provider.address.port(), json!({}))).await;
    all_get_there(&world).await;
    let (taken, calls) = (taken(&provider), provider.calls().len());
    assert_eq!(taken.len(), MESSAGES, "to whoever receives them each is one");
    let unanswered = provider.calls().iter().filter(|call| call.fault != Fault::None).count();
    assert_eq!(calls, MESSAGES + unanswered, "again only where it was not known");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_stands_and_says_nothing() {
    let provider = Provider::faulty(|number| if number < 10 { Fault::HalfOpen } else { Fault::None }, |_| Fault::None);
    let provider = provider.await.unwrap();
    let world = world("half-open", config(provider.address.port(), json!({}))).await;
    world.drive.settle().await.unwrap();
    let troubles = world.store().troubles(&world.organisation).await.unwrap();
    assert_eq!(troubles.len(), 1, "nothing is tried for a while");
    assert!(troubles[0].1.reason.contains("antwoordde niet"), "{}", troubles[0].1.reason);
    all_get_there(&world).await;
    assert!(taken(&provider).values().all(|times| *times == 1));
    assert!(world.store().troubles(&world.organisation).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_reached_at_all_costs_next_to_nothing_until_it_is_mended() {
    let provider = Provider::good(Duration::ZERO).await.unwrap();
    for (name, wrong) in [
        // It speaks no TLS.
        ("tls", json!({ "tls": "tls" })),
        ("starttls", json!({ "tls": "starttls" })),
        // RFC 6761: this name is never there.
        ("dns", json!({ "host": "mail.invalid" })),
        ("refused", json!({ "port": 1 })),
    ] {
        let before = provider.count();
        let world = world(name, config(provider.address.port(), wrong)).await;
        world.drive.until(world.drive.now() + SignedDuration::from_mins(20)).await.unwrap();
        let waiting = states(&world).await;
        assert_eq!(of(&waiting, "sms", "sent"), MESSAGES, "{name}: another channel does not notice");
        let (count, attempts) = waiting[&("email".to_owned(), "ready")];
        assert!(count == MESSAGES && attempts <= 3, "{name}: {waiting:?}");
        assert_eq!(provider.count(), before);
        world.sender("email", "smtp", config(provider.address.port(), json!({}))).await;
        all_get_there(&world).await;
    }
    assert!(taken(&provider).values().all(|times| *times == 4), "once in each world");
}
