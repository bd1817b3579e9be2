//! A complaint becomes one task with a team and a deadline, its customer hears of it, and is asked afterwards.

mod support;
#[path = "support/telling.rs"]
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use jiff::SignedDuration;
use journey::Folder;
use serde_json::{Value, json};
use service::answering::{Conversation, Reply, Taken};
use service::complaining::{self, Grievance, Noted};
use service::reference;
use service::sending::Transports;
use store::{HeardBy, NewEvent, Paging, SendState, Sqlite, TaskFilter, TaskRow, TaskState};
use support::World;
use telling::tell;
use words::{Channel, CustomerId, EffectKey, Experience};

/// A Monday.
const START: &str = "2027-10-04T08:00:00Z";

const JOURNEY: &str = r#"
journey: aanvraag
title: Aanvraag
language: nl
owner: klantcontactcentrum
run_per: request.id
starts: request.made
ends: { event: request.closed, as: done, listen: 7d }
goal: { event: request.closed }
human: { team: balie, phone: "030 123 45 67" }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: gevraagd, phase: a, title: Gevraagd, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: request.made }
  - { id: ontvangen, phase: a, title: Ontvangen, channel: [email, sms], category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: request.made, send: ontvangen }
"#;

async fn world() -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let store = Sqlite::in_memory().await.unwrap();
    let text = format!(
        "{}\nreplies: {{ team: antwoorden, within: 1wd }}\ncomplaints: {{ team: klachten, within: 3wd }}\n",
        reference::organisation()
    );
    let world = World::new(store, text, Transports::only(transport.clone()), START.parse().unwrap()).await;
    for channel in Channel::SENDING {
        world.sender(channel, "memory", Value::Null).await;
    }
    let mut folder = Folder::new(BTreeMap::new());
    folder.put("journey.yaml", JOURNEY.to_owned());
    let text = "---\nsubject: Uw aanvraag\nsms: We hebben uw aanvraag.\n---\nDag,\n\nWe hebben uw aanvraag. Vragen? Bel {{ human.phone }}.\n";
    folder.put("messages/ontvangen.nl.md", text.to_owned());
    world.live(&folder).await;
    (world, transport)
}

async fn accept(world: &World, event: NewEvent) {
    world.store().accept(vec![event]).await.unwrap();
    world.drive.settle().await.unwrap();
}

/// Anna asked for something and got a mail; its key.
async fn anna(world: &World) -> (CustomerId, EffectKey) {
    tell(world, "anna", "customer.identified", json!({ "email": "anna@example.nl", "mobile": "+31612345678" })).await;
    tell(world, "anna", "request.made", json!({ "id": "r-1" })).await;
    let row = world.messages().await.remove(0);
    assert!(matches!(row.state, SendState::Sent { .. }), "{row:?}");
    (row.customer, row.key)
}

async fn written(world: &World, id: &str, answers: Option<&EffectKey>, grievance: Option<Grievance>) -> Taken {
    let reply = Reply {
        organisation: world.organisation.clone(),
        channel: Channel::email(),
        from: "anna@example.nl".into(),
        name: None,
        answers: answers.cloned(),
        subject: None,
        text: "Niemand belt terug".into(),
        id: id.into(),
        time: world.drive.now(),
        automatic: false,
        grievance,
    };
    let taken = world.drive.service.answering.take(reply, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    taken
}

fn grievance() -> Option<Grievance> {
    Some(Grievance { heard: HeardBy::Page, before: Experience::new(-2.0), about: None })
}

async fn tasks(world: &World) -> Vec<TaskRow> {
    world.store().tasks(&world.organisation, &TaskFilter::default(), Paging::first(100)).await.unwrap().rows
}

#[tokio::test]
async fn a_complaint_is_owned_acknowledged_resolved_and_rated() {
    let (world, transport) = world().await;
    let (customer, key) = anna(&world).await;
    let before = transport.taken().len();
    assert!(matches!(written(&world, "1", Some(&key), grievance()).await, Taken::New(_)));
    assert_eq!(written(&world, "1", Some(&key), grievance()).await, Taken::Duplicate);
    written(&world, "2", Some(&key), grievance()).await;
    let all = tasks(&world).await;
    let [task] = all.as_slice() else { panic!("one thread, one task: {all:?}") };
    assert_eq!((task.team.as_str(), task.customer, task.touchpoint.as_str()), ("klachten", customer, "ontvangen"));
    assert_eq!(task.due, Some("2027-10-07T08:00:00Z".parse().unwrap()), "three working days");
    let complaint = task.complaint.clone().unwrap();
    assert_eq!((complaint.heard, complaint.text.as_str()), (HeardBy::Page, "Niemand belt terug"));
    assert_eq!((complaint.before, complaint.after), (Experience::new(-2.0), None));
    assert_eq!(complaint.acknowledged, Some(world.drive.now()), "the customer was told");
    let sent = transport.taken().split_off(before);
    let [told] = sent.as_slice() else { panic!("told once: {}", sent.len()) };
    assert_eq!((told.to.as_str(), told.subject.as_str()), ("anna@example.nl", "De klacht is ontvangen"));
    assert!(told.text.contains("donderdag 7 oktober") && told.text.contains("/klacht/"), "{}", told.text);
    let thread = Conversation::of_task(world.store(), task).await.unwrap().unwrap();
    assert_eq!(thread.said.len(), 2, "what was added stands in the thread");

    let by = uuid::Uuid::from_u128(7);
    accept(&world, complaining::taken(task, by, world.drive.now())).await;
    world.drive.until(world.drive.now() + SignedDuration::from_hours(26)).await.unwrap();
    let state = TaskState::Done { time: world.drive.now(), by: Some(by), channel: None, note: "Gebeld".into() };
    let event = complaining::resolved(task, "Bo", "Gebeld", world.drive.now());
    assert!(world.store().finish_task(&world.organisation, &task.key, state, event).await.unwrap());
    world.drive.settle().await.unwrap();
    let sent = transport.taken().split_off(before + 1);
    let [asked] = sent.as_slice() else { panic!("asked once: {}", sent.len()) };
    assert!(
        asked.to == "anna@example.nl" && asked.subject.starts_with("De klacht is afgehandeld"),
        "{}",
        asked.subject
    );

    let task = tasks(&world).await.remove(0);
    let felt = |value| Experience::new(value).unwrap();
    accept(&world, complaining::rated(&task, felt(0.0), "", uuid::Uuid::from_u128(1), world.drive.now())).await;
    accept(&world, complaining::rated(&task, felt(1.0), "Fijn", uuid::Uuid::from_u128(2), world.drive.now())).await;
    let complaint = tasks(&world).await.remove(0).complaint.unwrap();
    assert_eq!((complaint.taken, complaint.after), (Some(by), Experience::new(1.0)), "the newest counts");
}

#[tokio::test]
async fn a_reply_that_staff_call_a_complaint_stays_one_task() {
    let (world, transport) = world().await;
    let (_, key) = anna(&world).await;
    written(&world, "1", Some(&key), None).await;
    let task = tasks(&world).await.remove(0);
    assert_eq!((task.team.as_str(), &task.complaint), ("antwoorden", &None));
    let before = transport.taken().len();
    let called = complaining::called(&task, "Niemand belt terug", "Bo", world.drive.now());
    accept(&world, called.clone()).await;
    accept(&world, called).await;
    let all = tasks(&world).await;
    let [now] = all.as_slice() else { panic!("one task: {all:?}") };
    assert_eq!((now.key.clone(), now.team.as_str()), (task.key, "klachten"));
    assert_eq!(now.complaint.as_ref().map(|complaint| complaint.heard), Some(HeardBy::Reply));
    assert_eq!(transport.taken().len(), before + 1, "told once");
}

#[tokio::test]
async fn what_staff_heard_is_told_to_the_customer_wherever_that_is() {
    let (world, transport) = world().await;
    let (customer, _) = anna(&world).await;
    let before = transport.taken().len();
    let known = world.store().customer(&world.organisation, customer).await.unwrap().unwrap().customer;
    let noted = Noted {
        organisation: world.organisation.clone(),
        heard: HeardBy::Phone,
        text: "Al drie keer gebeld".into(),
        before: None,
        about: None,
        staff: "Bo".into(),
        nonce: "n-1".into(),
    };
    let answering = &world.drive.service.answering;
    assert!(answering.noted(&noted, &known, world.drive.now()).await.unwrap().is_some());
    assert!(answering.noted(&noted, &known, world.drive.now()).await.unwrap().is_none(), "sent twice is once");
    world.drive.settle().await.unwrap();
    let task = tasks(&world).await.remove(0);
    assert_eq!(task.complaint.as_ref().map(|complaint| complaint.heard), Some(HeardBy::Phone));
    assert_eq!(transport.taken().len(), before + 1, "about no journey, and yet it goes");
    // Nobody is told where nobody is reached; the task is there all the same.
    tell(&world, "stil", "customer.identified", json!({ "first_name": "Stil" })).await;
    let silent = world.store().search_customers(&world.organisation, "stil", 1).await.unwrap().remove(0).customer;
    answering.noted(&Noted { nonce: "n-2".into(), ..noted }, &silent, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    assert_eq!(tasks(&world).await.len(), 2);
    assert_eq!(transport.taken().len(), before + 1);
}
