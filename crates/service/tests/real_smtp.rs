//! Messages on their way out to a real mail server that refuses, delays and drops the line.

#[path = "../../channels/tests/peer/mod.rs"]
mod peer;
mod support;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use peer::Peer;
use serde_json::json;
use service::intake::native;
use service::sending::Transports;
use store::{NewEvent, OutboxRow, SendState, Sqlite};
use support::World;
use words::{Channel, Refusal};

const JOURNEY: &str = r#"
journey: bestelling
title: Een bestelling
language: nl
owner: winkel
address: je
run_per: order.id
starts: order.placed
ends: [{ event: order.closed, as: done }]
goal: { event: order.closed }
human: { team: winkel, phone: "020 123 45 67" }
facts: { order: { item: text } }
phases: [{ id: kopen, title: Kopen, band: during }]
touchpoints:
  - id: bevestiging
    phase: kopen
    title: Mijn bestelling is bevestigd
    channel: [email, sms]
    category: message
    by: automatic
    class: service
    urgent: true
    need: Weten dat het goed ging
    when: { event: order.placed, late: send }
    send: bevestiging
"#;

const MESSAGE: &str = "---\nsubject: \"Je bestelling\"\n---\n{{ salutation }},\n\nBedankt voor **{{ order.item }}**. Vragen? Bel {{ human.phone }}.\n";

async fn world(port: u16) -> World {
    let start: Timestamp = "2027-03-01T09:00:00Z".parse().unwrap();
    let world =
        World::new(Sqlite::in_memory().await.unwrap(), "name: Rijnoever\n".into(), Transports::new("unused"), start)
            .await;
    world
        .sender(
            "email",
            "smtp",
            json!({ "host": "127.0.0.1", "port": port, "tls": "none", "answer_timeout_seconds": 2 }),
        )
        .await;
    let mut folder = Folder::of_definition(JOURNEY);
    folder.put("messages/bevestiging.nl.md", MESSAGE);
    world.live(&folder).await;
    world
}

/// A customer of this mailbox orders.
async fn order(world: &World, mailbox: &str) {
    let now = world.drive.now();
    let line = |name: &str, properties: serde_json::Value| {
        let line = json!({ "id": format!("{name}-{mailbox}"), "time": now, "customer": mailbox, "name": name,
                           "properties": properties, "source": "winkel" });
        native::trace_line(&line.to_string()).unwrap()
    };
    let events = [
        line("customer.identified", json!({ "email": format!("{mailbox}@example.org") })),
        line("order.placed", json!({ "id": format!("O-{mailbox}"), "item": "een vaas" })),
    ];
    let events = events.map(|event| NewEvent::from_outside(world.organisation.clone(), event));
    world.store().accept(events.into()).await.unwrap();
    world.drive.settle().await.unwrap();
}

async fn message(world: &World, mailbox: &str) -> OutboxRow {
    let rows = world.messages().await;
    rows.into_iter()
        .find(|row| {
            row.key.as_str().contains(&format!("O-{mailbox}"))
                || row.send.facts.to_string().contains(&format!("O-{mailbox}"))
        })
        .unwrap()
}

fn message_id(raw: &str) -> String {
    raw.lines().find(|line| line.to_lowercase().starts_with("message-id:")).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_reaches_the_mail_server_and_the_run_hears_of_it() {
    let Some(mut server) = Peer::start(&json!({})) else { return };
    let world = world(server.port).await;
    order(&world, "devries").await;
    let received = server.next();
    assert_eq!(received["to"], json!(["devries@example.org"]));
    let row = message(&world, "devries").await;
    assert!(matches!(row.state, SendState::Sent { .. }), "{row:?}");
    let (contacts, _) = world.store().story_of(&world.organisation, row.customer).await.unwrap();
    assert_eq!(contacts.iter().map(|contact| contact.touchpoint.as_str()).collect::<Vec<_>>(), ["bevestiging"]);
    assert_eq!(contacts[0].channel, Some(Channel::email()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_mailbox_is_never_written_to_again() {
    let Some(server) = Peer::start(&json!({})) else { return };
    let world = world(server.port).await;
    order(&world, "unknown").await;
    let row = message(&world, "unknown").await;
    assert!(matches!(row.state, SendState::Refused { reason: Refusal::NoAddress | Refusal::Suppressed }), "{row:?}");
    let address = [(Channel::email(), "unknown@example.org".to_owned())];
    assert_eq!(world.store().suppressed(&world.organisation, &address).await.unwrap().len(), 1);
    let decisions = world.store().decisions_of(&world.organisation, row.customer).await.unwrap();
    assert!(decisions.len() >= 2, "every decision is kept: {decisions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_is_tried_again_with_longer_pauses() {
    let Some(server) = Peer::start(&json!({})) else { return };
    let world = world(server.port).await;
    order(&world, "busy").await;
    let row = message(&world, "busy").await;
    assert!(matches!(row.state, SendState::Ready), "{row:?}");
    assert_eq!(row.attempts, 1);
    let next = row.next_attempt.unwrap();
    let pause = next.duration_since(world.drive.now());
    assert!(pause >= SignedDuration::from_secs(60) && pause <= SignedDuration::from_secs(72), "{pause:?}");
    world.drive.until(next).await.unwrap();
    let row = message(&world, "busy").await;
    assert_eq!(row.attempts, 2);
    assert!(row.next_attempt.unwrap().duration_since(next) >= SignedDuration::from_secs(300));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_lost_after_the_message_brings_the_same_message_again() {
    let Some(mut server) = Peer::start(&json!({})) else { return };
    let world = world(server.port).await;
    order(&world, "lost").await;
    let first = server.next();
    let row = message(&world, "lost").await;
    assert!(matches!(row.state, SendState::Ready), "perhaps it went: {row:?}");
    world.drive.until(row.next_attempt.unwrap()).await.unwrap();
    let second = server.next();
    let id = |received: &serde_json::Value| message_id(received["raw"].as_str().unwrap());
    assert_eq!(id(&first), id(&second), "whoever gets both sees that they are one");
    let (contacts, _) = world.store().story_of(&world.organisation, row.customer).await.unwrap();
    assert!(contacts.is_empty(), "nothing is claimed that is not known");
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_one_does_not_hold_up_another() {
    let Some(mut server) = Peer::start(&json!({})) else { return };
    let world = world(server.port).await;
    for mailbox in ["busy", "unknown", "spam", "smit"] {
        order(&world, mailbox).await;
    }
    assert_eq!(server.next()["to"], json!(["smit@example.org"]));
    let states: BTreeMap<String, &'static str> =
        world.messages().await.iter().map(|row| (row.to.clone().unwrap_or_default(), row.state.name())).collect();
    assert_eq!(states.get("smit@example.org"), Some(&"sent"), "{states:?}");
}
