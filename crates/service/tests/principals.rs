//! One organisation that writes for others: everything that a customer sees is of whom the data names.

mod support;
#[path = "support/telling.rs"]
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::{MemoryTransport, Outgoing};
use journey::Folder;
use serde_json::{Value, json};
use service::answering::{Answer, Conversation, Reply, Taken};
use service::principals::{of_link, unknown_names};
use service::reference;
use service::sending::Transports;
use service::token;
use store::{Face, Logo, Paging, Principal, Purpose, Sender, Sqlite, TaskFilter};
use support::World;
use telling::tell;
use words::{Channel, PrincipalId};

const START: &str = "2027-10-04T08:00:00Z";
const JOURNEY: &str = r#"
journey: reparatie
title: Reparatie
language: nl
owner: klantcontactcentrum
run_per: repair.id
starts: repair.reported
ends: { event: repair.closed, as: done, listen: 7d }
goal: { event: repair.closed }
human: { team: balie, phone: "030 123 45 67" }
phases: [{ id: a, title: A, band: before }]
touchpoints:
  - { id: gemeld, phase: a, title: Gemeld, channel: web, category: interaction, from: customer, by: human, need: Weten, expected: 0, seen: repair.reported }
  - { id: bevestigd, phase: a, title: Bevestigd, channel: [email, post], category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: repair.reported, send: bevestigd }
"#;
const MESSAGE: &str = "---\nsubject: Uw melding\n---\n{{ salutation }},\n\n{{ organisation.name }} heeft uw melding. Vragen? Bel {{ human.phone }}.\n\n[Volg uw melding]({{ link('preferences') }})\n";

fn woonstede() -> PrincipalId {
    PrincipalId::new("woonstede")
}

async fn world() -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let store = Sqlite::in_memory().await.unwrap();
    let text = format!("{}\nprincipal: repair.principal\n", reference::organisation());
    let world = World::new(store, text, Transports::only(transport.clone()), START.parse().unwrap()).await;
    world.sender("email", "memory", Value::Null).await;
    let logo = Logo { hash: "ab".into(), kind: "png".into(), width: 320, height: 64 };
    let face = Face {
        name: "Woonstede".into(),
        known_as: vec!["WS-01".into()],
        lines: vec!["Postbus 1".into(), "6800 AA Arnhem".into()],
        phone: Some("026 765 43 21".into()),
        team: Some("woonstede-team".into()),
        accent: Some("#00583d".into()),
        host: Some("klant.woonstede.example".into()),
        logo: Some(logo),
    };
    let principal = Principal { organisation: world.organisation.clone(), id: woonstede(), face };
    world.store().save_principal(principal, Some(vec![1])).await.unwrap();
    let mut folder = Folder::new(BTreeMap::new());
    folder.put("journey.yaml", JOURNEY.to_owned());
    folder.put("messages/bevestigd.nl.md", MESSAGE.to_owned());
    world.live(&folder).await;
    (world, transport)
}

async fn report(world: &World, who: &str, principal: Option<&str>) {
    tell(world, who, "customer.identified", json!({ "email": format!("{who}@example.nl") })).await;
    tell(world, who, "repair.reported", json!({ "id": format!("r-{who}"), "principal": principal })).await;
}

fn last(transport: &MemoryTransport) -> Outgoing {
    transport.taken().pop().expect("a message")
}

#[tokio::test]
async fn a_mail_is_of_whom_the_data_names() {
    let (world, transport) = world().await;
    report(&world, "anna", Some("ws-01")).await;
    let mail = last(&transport);
    assert_eq!((mail.from.name.as_str(), mail.from.address.as_str()), ("Woonstede", "post@rijnoever.example"));
    assert!(mail.text.contains("Woonstede heeft uw melding") && mail.text.contains("026 765 43 21"), "{}", mail.text);
    let html = mail.html.unwrap();
    assert!(html.contains("https://klant.woonstede.example/logo/rijnoever/ab.png"), "{html}");
    assert!(html.contains("alt=\"Woonstede\"") && html.contains("#00583d") && !html.contains("#254a80"), "{html}");
    let link = mail.text.split("https://klant.woonstede.example/voorkeuren/").nth(1).expect("a link at their host");
    let token = link.split_whitespace().next().unwrap();
    let link = world.store().link(&token::hash(token), Purpose::Message).await.unwrap().expect("it is kept");
    assert_eq!(of_link(&link), woonstede());

    report(&world, "bram", None).await;
    let mail = last(&transport);
    assert_eq!(mail.from.name, "Rijnoever");
    assert!(
        mail.text.contains("030 123 45 67") && mail.text.contains("https://k.example/voorkeuren/"),
        "{}",
        mail.text
    );
    assert!(!mail.html.unwrap().contains("<img"));
}

#[tokio::test]
async fn a_name_that_nobody_has_goes_in_the_own_name_and_is_told() {
    let (world, transport) = world().await;
    report(&world, "anna", Some("Wonstede")).await;
    assert_eq!(last(&transport).from.name, "Rijnoever");
    let since = START.parse().unwrap();
    let unknown = async || {
        let catalog = &world.drive.service.catalog;
        unknown_names(world.store(), catalog, &world.organisation, since).await.unwrap()
    };
    assert_eq!(unknown().await, [("Wonstede".to_owned(), 1)]);
    let mut principal = world.store().principals(&world.organisation).await.unwrap().remove(0);
    principal.face.known_as.push("Wonstede".into());
    world.store().save_principal(principal, None).await.unwrap();
    assert_eq!(unknown().await, []);
}

#[tokio::test]
async fn its_own_sender_carries_once_it_was_tested() {
    let (world, transport) = world().await;
    let own = world.store().senders(&world.organisation).await.unwrap().remove(0);
    let theirs = Sender {
        principal: woonstede(),
        from_name: "Woonstede Reparaties".into(),
        from_address: "reparatie@woonstede.example".into(),
        tested: None,
        ..own
    };
    world.store().save_sender(theirs.clone()).await.unwrap();
    report(&world, "anna", Some("Woonstede")).await;
    assert_eq!(last(&transport).from.address, "post@rijnoever.example", "not before");
    world.store().save_sender(Sender { tested: Some(world.drive.now()), ..theirs }).await.unwrap();
    report(&world, "bram", Some("Woonstede")).await;
    let mail = last(&transport);
    assert_eq!(
        (mail.from.name.as_str(), mail.from.address.as_str()),
        ("Woonstede Reparaties", "reparatie@woonstede.example")
    );
    assert!(world.store().delete_principal(&world.organisation, &woonstede()).await.unwrap());
    report(&world, "cas", Some("Woonstede")).await;
    assert_eq!(last(&transport).from.address, "post@rijnoever.example", "who is gone writes no more");
}

#[tokio::test]
async fn what_is_written_back_goes_to_their_team_and_is_answered_in_their_name() {
    let (world, transport) = world().await;
    report(&world, "anna", Some("woonstede")).await;
    let row = world.messages().await.remove(0);
    let reply = Reply {
        organisation: world.organisation.clone(),
        channel: Channel::email(),
        from: "anna@example.nl".into(),
        name: None,
        answers: Some(row.key.clone()),
        subject: Some("Re: Uw melding".into()),
        text: "Kan het later?".into(),
        id: "<1@example.nl>".into(),
        time: world.drive.now(),
        grievance: None,
        automatic: false,
    };
    let taken = world.drive.service.answering.take(reply, world.drive.now()).await.unwrap();
    assert!(matches!(taken, Taken::New(_)));
    world.drive.settle().await.unwrap();
    let tasks = world.store().tasks(&world.organisation, &TaskFilter::default(), Paging::first(5)).await.unwrap().rows;
    assert_eq!(tasks[0].team, "woonstede-team");
    let thread = Conversation::of_task(world.store(), &tasks[0]).await.unwrap().expect("a thread");
    let answer = Answer {
        organisation: world.organisation.clone(),
        customer: row.customer,
        run: row.run,
        staff: "fatima".into(),
        text: "Dat kan.".into(),
        nonce: "1".into(),
    };
    world.store().accept(vec![answer.event(&thread, world.drive.now()).unwrap()]).await.unwrap();
    world.drive.settle().await.unwrap();
    let mail = last(&transport);
    assert_eq!((mail.text.trim(), mail.from.name.as_str()), ("Dat kan.", "Woonstede"));
}

#[tokio::test]
async fn a_letter_has_their_head() {
    let (world, _) = world().await;
    let from = async |principal| {
        let carrier = &world.drive.service.carrier;
        carrier.letter_from(&world.organisation, &principal, &Channel::new("post")).await.unwrap()
    };
    assert_eq!(from(woonstede()).await, ["Woonstede", "Postbus 1", "6800 AA Arnhem", "026 765 43 21"]);
    world.sender("post", "print", json!({ "window": "left" })).await;
    assert_eq!(from(PrincipalId::own()).await, ["Rijnoever", "post@rijnoever.example"]);
    assert_eq!(from(woonstede()).await[0], "Woonstede", "the post of another is not theirs");
}
