//! Nothing is no-reply: what customers write back becomes a task, and what staff answer goes back in the same thread.

mod support;
#[path = "support/telling.rs"]
mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use channels::inbound::{Complaint, Delivery, Kind, Mail};
use jiff::SignedDuration;
use journey::Folder;
use serde_json::{Value, json};
use service::answering::{Answer, By, Conversation, Reply, Said, Taken, Wrong, limits};
use service::receiving::Received;
use service::reference;
use service::sending::Transports;
use service::unsubscribing::{NoMore, Unsubscribing};
use store::{NewEvent, Paging, SendState, Sqlite, Suppression, TaskFilter, TaskRow, TaskState};
use support::World;
use telling::tell;
use words::{Channel, CustomerId, Event, EventId, EventName, Identity};

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
  - { id: aanbieding, phase: a, title: Aanbieding, channel: email, category: message, by: automatic, class: marketing, need: Weten, expected: 0, when: request.praised, send: ontvangen }
  - { id: teruggeschreven, phase: a, title: Teruggeschreven, channel: email, category: interaction, from: customer, by: human, need: Antwoord, expected: 0, seen: message.replied }
  - { id: dank, phase: a, title: Dank, channel: email, category: message, by: automatic, class: service, urgent: true, need: Weten, expected: 0, when: { event: message.replied, where: "event.channel == 'email'" }, send: ontvangen }
"#;

async fn world() -> (World, Arc<MemoryTransport>) {
    let transport = Arc::new(MemoryTransport::new());
    let store = Sqlite::in_memory().await.unwrap();
    let text = format!("{}\nreplies: {{ team: antwoorden, within: 1wd }}\n", reference::organisation());
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

/// Anna asked for something and got a mail; its key.
async fn anna(world: &World) -> (CustomerId, words::EffectKey) {
    tell(world, "anna", "customer.identified", json!({ "email": "Anna@example.nl", "mobile": "+31612345678" })).await;
    tell(world, "anna", "request.made", json!({ "id": "r-1" })).await;
    let row = world.messages().await.remove(0);
    assert!(matches!(row.state, SendState::Sent { .. }), "{row:?}");
    (row.customer, row.key)
}

fn reply(world: &World, id: &str, answers: Option<&words::EffectKey>) -> Reply {
    Reply {
        organisation: world.organisation.clone(),
        channel: Channel::email(),
        from: "anna@EXAMPLE.nl".into(),
        name: Some("Anna".into()),
        answers: answers.cloned(),
        subject: Some("Re: Uw aanvraag".into()),
        text: "Kan het ook later?".into(),
        id: id.into(),
        time: world.drive.now(),
        automatic: false,
        grievance: None,
    }
}

async fn take(world: &World, reply: Reply) -> Taken {
    let taken = world.drive.service.answering.take(reply, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    taken
}

async fn tasks(world: &World) -> Vec<TaskRow> {
    let filter = TaskFilter::default();
    let mut all = world.store().tasks(&world.organisation, &filter, Paging::first(1000)).await.unwrap().rows;
    // A journey that goes round too often asks for a person by itself.
    all.retain(|task| task.key.as_str().contains(":0:reply:"));
    all
}

async fn finish(world: &World, task: &TaskRow, event: NewEvent) -> bool {
    let done = TaskState::Done { time: world.drive.now(), by: None, channel: None, note: String::new() };
    let finished = world.store().finish_task(&world.organisation, &task.key, done, event).await.unwrap();
    world.drive.settle().await.unwrap();
    finished
}

async fn answer(world: &World, task: &TaskRow, text: &str, nonce: &str) -> NewEvent {
    let thread = Conversation::of_task(world.store(), task).await.unwrap().expect("a thread");
    let answer = Answer {
        organisation: world.organisation.clone(),
        customer: task.customer,
        run: task.run,
        staff: "Bo".into(),
        text: text.into(),
        nonce: nonce.into(),
    };
    answer.event(&thread, world.drive.now()).expect("something to answer")
}

#[tokio::test]
async fn a_reply_becomes_one_task_with_a_team_and_a_deadline_and_drives_the_journey() {
    let (world, transport) = world().await;
    let (customer, key) = anna(&world).await;
    assert!(matches!(take(&world, reply(&world, "<1@example.nl>", Some(&key))).await, Taken::New(_)));
    assert_eq!(take(&world, reply(&world, "<1@example.nl>", Some(&key))).await, Taken::Duplicate);
    take(&world, reply(&world, "<2@example.nl>", Some(&key))).await;
    let all = tasks(&world).await;
    let [task] = all.as_slice() else { panic!("one thread, one task: {all:?}") };
    assert_eq!((task.team.as_str(), task.customer, task.touchpoint.as_str()), ("antwoorden", customer, "ontvangen"));
    assert_eq!(task.due, Some("2027-10-05T08:00:00Z".parse().unwrap()), "a working day");
    let (contacts, _) = world.store().story_of(&world.organisation, customer).await.unwrap();
    let seen: Vec<&str> = contacts.iter().map(|contact| contact.touchpoint.as_str()).collect();
    assert_eq!(seen.iter().filter(|id| **id == "teruggeschreven").count(), 2, "{seen:?}");
    assert_eq!(transport.taken().len(), 3, "the journey thanked twice");
    let thread = Conversation::of_task(world.store(), task).await.unwrap().unwrap();
    assert_eq!(thread.began.map(|row| row.key), Some(key));
    assert_eq!(thread.said.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(), ["Kan het ook later?"; 2]);
}

#[tokio::test]
async fn what_staff_answer_goes_back_in_the_same_thread_once() {
    let (world, transport) = world().await;
    let (_, key) = anna(&world).await;
    take(&world, reply(&world, "<1@example.nl>", Some(&key))).await;
    let task = tasks(&world).await.remove(0);
    let event = answer(&world, &task, "Dat kan.", "n-1").await;
    assert!(finish(&world, &task, event.clone()).await);
    assert!(!finish(&world, &task, event).await, "a colleague was first");
    let mail = transport.taken().pop().unwrap();
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str(), mail.text.as_str()),
        ("anna@example.nl", "Re: Uw aanvraag", "Dat kan.")
    );
    let header = |name: &str| mail.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!((header("In-Reply-To"), header("References")), (Some("<1@example.nl>"), Some("<1@example.nl>")));
    // She answers the answer: the same thread, and a task of its own now that the first is done.
    let ours = world.messages().await.into_iter().find(|row| row.touchpoint.as_str().starts_with("answer:")).unwrap();
    assert!(matches!(ours.state, SendState::Sent { .. }));
    take(&world, reply(&world, "<3@example.nl>", Some(&ours.key))).await;
    let open: Vec<TaskRow> = tasks(&world).await.into_iter().filter(|task| task.state == TaskState::Open).collect();
    assert_eq!(open.len(), 1);
    let thread = Conversation::of_task(world.store(), &open[0]).await.unwrap().unwrap();
    let by: Vec<&By> = thread.said.iter().map(|said| &said.by).collect();
    assert_eq!(by, [&By::Customer, &By::Staff("Bo".into()), &By::Customer]);
}

#[tokio::test]
async fn an_answer_is_a_service_message_and_passes_the_rules_that_are_about_the_address() {
    let (world, transport) = world().await;
    let (_, key) = anna(&world).await;
    tell(&world, "anna", "customer.identified", json!({ "consents": { "service": false } })).await;
    take(&world, reply(&world, "<1@example.nl>", Some(&key))).await;
    let task = tasks(&world).await.remove(0);
    let before = transport.taken().len();
    let first = answer(&world, &task, "Dat kan.", "n-1").await;
    finish(&world, &task, first).await;
    assert_eq!(transport.taken().len(), before + 1, "whoever asks gets an answer");
    let suppressed = Suppression {
        organisation: world.organisation.clone(),
        channel: Channel::email(),
        address: "anna@example.nl".into(),
        reason: "bounced".into(),
        since: world.drive.now(),
    };
    world.store().suppress(suppressed).await.unwrap();
    let second = answer(&world, &task, "Nog iets.", "n-2").await;
    world.store().accept(vec![second]).await.unwrap();
    world.drive.settle().await.unwrap();
    assert_eq!(transport.taken().len(), before + 1);
    let refused = world
        .messages()
        .await
        .into_iter()
        .find(|row| row.rendered.as_ref().is_some_and(|made| made.text == "Nog iets."));
    assert!(matches!(refused.unwrap().state, SendState::Refused { .. }), "and staff can read why, and what was typed");
}

#[tokio::test]
async fn what_a_machine_writes_is_noted_and_asks_nothing_of_anybody() {
    let (world, transport) = world().await;
    let (customer, key) = anna(&world).await;
    take(&world, Reply { automatic: true, ..reply(&world, "<1@example.nl>", Some(&key)) }).await;
    assert!(tasks(&world).await.is_empty());
    assert_eq!(transport.taken().len(), 1, "and the journey did not hear it");
    let events = world.store().events_of(&world.organisation, customer, 10).await.unwrap();
    assert!(events.iter().any(|stored| Said::read(&stored.event).is_some_and(|said| said.by == By::Machine)));
}

#[tokio::test]
async fn who_is_not_known_gets_an_answer_too() {
    let (world, transport) = world().await;
    let stranger = |id: &str| Reply { from: "new@example.org".into(), ..reply(&world, id, None) };
    take(&world, stranger("<1@x>")).await;
    take(&world, stranger("<2@x>")).await;
    let all = tasks(&world).await;
    assert_eq!(all.len(), 1, "one person, one thread");
    let event = answer(&world, &all[0], "Goedendag.", "n").await;
    finish(&world, &all[0], event).await;
    assert_eq!(transport.taken().last().map(|mail| mail.to.clone()), Some("new@example.org".into()));
}

#[tokio::test]
async fn an_sms_answers_the_newest_that_went_to_its_number() {
    let (world, transport) = world().await;
    tell(&world, "bram", "customer.identified", json!({ "mobile": "+31612345678" })).await;
    tell(&world, "bram", "request.made", json!({ "id": "r-2" })).await;
    let sms = Channel::new("sms");
    let back =
        Reply { channel: sms.clone(), from: "+31 6 12345678".into(), subject: None, ..reply(&world, "SM1", None) };
    take(&world, back).await;
    let task = tasks(&world).await.remove(0);
    assert_eq!(task.touchpoint.as_str(), "ontvangen");
    let event = answer(&world, &task, "Dat kan.", "n").await;
    finish(&world, &task, event).await;
    let sent = transport.taken().pop().unwrap();
    assert_eq!((sent.channel, sent.to.as_str(), sent.subject.as_str()), (sms, "+31612345678", ""));
    assert!(sent.headers.is_empty());
}

#[tokio::test]
async fn two_machines_that_answer_each_other_end_in_one_task() {
    let (world, _) = world().await;
    let (_, key) = anna(&world).await;
    for number in 0..limits::AN_HOUR_MAX + 20 {
        take(&world, reply(&world, &format!("<{number}@x>"), Some(&key))).await;
        for task in tasks(&world).await.into_iter().filter(|task| task.state == TaskState::Open) {
            let event = answer(&world, &task, "Dank u.", &number.to_string()).await;
            finish(&world, &task, event).await;
        }
    }
    assert_eq!(tasks(&world).await.len(), limits::AN_HOUR_MAX + 1);
    let mut refused = 0;
    for number in 0..limits::KEPT_AN_HOUR_MAX {
        refused +=
            usize::from(take(&world, reply(&world, &format!("<b{number}@x>"), Some(&key))).await == Taken::TooMany);
    }
    assert_eq!(refused, limits::AN_HOUR_MAX + 20);
}

#[tokio::test]
async fn what_is_too_long_is_cut_and_controls_are_left_out() {
    let (world, _) = world().await;
    let (customer, key) = anna(&world).await;
    let long = Reply {
        text: "é".repeat(limits::TEXT_CHARS_MAX + 5),
        subject: Some("s\r\nBcc: x\u{7}".repeat(limits::SUBJECT_CHARS_MAX)),
        ..reply(&world, &"i".repeat(limits::ID_CHARS_MAX + 9), Some(&key))
    };
    take(&world, long).await;
    let events = world.store().events_of(&world.organisation, customer, 10).await.unwrap();
    let said = events.iter().find_map(|stored| Said::read(&stored.event)).unwrap();
    assert_eq!(said.text.chars().count(), limits::TEXT_CHARS_MAX);
    let subject = said.subject.unwrap();
    assert!(subject.chars().count() <= limits::SUBJECT_CHARS_MAX && !subject.contains('\u{7}'));
    assert_eq!(said.reference.unwrap().len(), limits::ID_CHARS_MAX);
}

#[tokio::test]
async fn whoever_was_erased_and_writes_again_is_somebody_new_and_heard() {
    let (world, _) = world().await;
    let stranger = |id: &str| Reply { from: "new@example.org".into(), ..reply(&world, id, None) };
    take(&world, stranger("<1@x>")).await;
    let first = tasks(&world).await.remove(0).customer;
    let eraser = &world.drive.service.eraser;
    let begun = eraser.begin(&world.organisation, first, world.drive.now()).await.unwrap();
    while eraser.tick(world.drive.now()).await.unwrap() > 0 {}
    assert!(begun.is_some());
    world.drive.settle().await.unwrap();
    take(&world, stranger("<2@x>")).await;
    let open: Vec<TaskRow> = tasks(&world).await.into_iter().filter(|task| task.state == TaskState::Open).collect();
    assert_eq!(open.len(), 1);
    assert_ne!(open[0].customer, first);
}

#[tokio::test]
async fn the_task_of_a_stranger_follows_when_the_stranger_turns_out_to_be_known() {
    let (world, _) = world().await;
    take(&world, Reply { from: "new@example.org".into(), ..reply(&world, "<1@x>", None) }).await;
    let stranger = tasks(&world).await.remove(0).customer;
    let names = world.store().aliases_of(&world.organisation, stranger).await.unwrap();
    let (customer, _) = anna(&world).await;
    let event = Event {
        id: EventId::new("same"),
        source: "test".into(),
        name: EventName::parse("customer.identified").unwrap(),
        time: world.drive.now() + SignedDuration::from_secs(1),
        received: world.drive.now(),
        identity: Identity { customer: Some("anna".into()), anonymous: Some(names[0].1.clone()) },
        properties: Default::default(),
        imported: false,
    };
    world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
    world.drive.settle().await.unwrap();
    let task = tasks(&world).await.remove(0);
    assert_eq!(task.customer, customer);
    let thread = Conversation::of_task(world.store(), &task).await.unwrap().unwrap();
    assert_eq!(thread.said.len(), 1, "what was said stays with whom it was said by");
}

#[tokio::test]
async fn marketing_by_mail_says_how_to_get_no_more_and_service_does_not() {
    let (world, transport) = world().await;
    let (customer, _) = anna(&world).await;
    tell(&world, "anna", "customer.identified", json!({ "consents": { "marketing": true, "marketing.sms": true } }))
        .await;
    tell(&world, "anna", "request.praised", json!({ "id": "r-1" })).await;
    let [service, marketing] = transport.taken().try_into().unwrap_or_else(|all| panic!("two mails: {all:?}"));
    assert!(service.headers.is_empty() && !service.text.contains("/afmelden/"));
    let header = |name: &str| marketing.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!(header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let url = header("List-Unsubscribe").unwrap();
    let token = url.strip_prefix("<https://k.example/afmelden/").unwrap().strip_suffix('>').unwrap().to_owned();
    assert!(marketing.text.contains(&token) && marketing.html.unwrap().contains(&token), "and in the message itself");
    let link = Unsubscribing::by(world.store(), &token).await.unwrap().unwrap();
    let given = async || {
        let customer = world.store().customer(&world.organisation, customer).await.unwrap().unwrap().customer;
        ["email", "sms"].map(|name| {
            customer.said_of(words::Class::Marketing, &Channel::new(name)).is_some_and(|(_, said)| said.given)
        })
    };
    assert_eq!(given().await, [true, true], "looking changes nothing");
    for (what, after) in [(NoMore::ByThisChannel, [false, true]), (NoMore::AtAll, [false, false])] {
        link.withdraw(world.store(), what, world.drive.now()).await.unwrap();
        link.withdraw(world.store(), what, world.drive.now()).await.unwrap();
        world.drive.settle().await.unwrap();
        assert_eq!(given().await, after);
        let link = Unsubscribing::by(world.store(), &token).await.unwrap();
        assert!(link.is_some(), "it goes on working");
    }
    assert!(Unsubscribing::by(world.store(), "another").await.unwrap().is_none());
}

fn mail(id: &str, kind: Kind) -> Mail {
    Mail {
        from: "anna@example.nl".into(),
        name: None,
        subject: Some("Re: Uw aanvraag".into()),
        id: id.into(),
        answers: Vec::new(),
        date: None,
        text: "Dank u.".into(),
        attachments: Vec::new(),
        kind,
    }
}

async fn receive(world: &World, mail: Mail) -> Received {
    let received = world.drive.service.receive(&world.organisation, mail).await.unwrap();
    world.drive.settle().await.unwrap();
    received
}

/// What the transport called the mail that went to Anna.
async fn called(world: &World, key: &words::EffectKey) -> String {
    let row = world.store().message(&world.organisation, key).await.unwrap().unwrap();
    let SendState::Sent { reference, .. } = row.state else { panic!("sent") };
    reference.unwrap()
}

#[tokio::test]
async fn a_mail_finds_its_thread_by_what_it_answers() {
    let (world, _) = world().await;
    let (_, key) = anna(&world).await;
    let ours = called(&world, &key).await;
    let answers = vec!["<another@x>".to_owned(), ours.clone()];
    let attachments = vec!["lek.jpg".to_owned()];
    let written = Mail { answers: answers.clone(), attachments, ..mail("<1@x>", Kind::Written) };
    assert_eq!(receive(&world, written.clone()).await, Received::Reply);
    assert_eq!(receive(&world, written).await, Received::Again);
    let task = tasks(&world).await.remove(0);
    assert_eq!(task.touchpoint.as_str(), "ontvangen");
    let thread = Conversation::of_task(world.store(), &task).await.unwrap().unwrap();
    assert!(thread.said[0].text.contains("Dank u.") && thread.said[0].text.contains("lek.jpg"));
    assert_eq!(receive(&world, Mail { answers, ..mail("<2@x>", Kind::Automatic) }).await, Received::Noted);
    assert_eq!(receive(&world, mail("<3@x>", Kind::Automatic)).await, Received::Ignored, "a newsletter");
    let own = Mail { from: "post@rijnoever.example".into(), ..mail("<4@x>", Kind::Written) };
    assert_eq!(receive(&world, own).await, Received::Ignored, "we do not write to ourselves");
    assert_eq!(tasks(&world).await.len(), 1);
}

#[tokio::test]
async fn a_bounce_counts_only_for_a_message_of_ours_and_its_address() {
    let (world, _) = world().await;
    let (_, key) = anna(&world).await;
    let ours = called(&world, &key).await;
    let report = |original: &str, to: &str, has_failed: bool| {
        let delivery =
            Delivery { recipient: to.into(), has_failed, suppress: has_failed, said: "5.1.1 unknown".into() };
        mail("<b@x>", Kind::Report { deliveries: vec![delivery], original: Some(original.into()) })
    };
    let suppressed =
        async || world.store().suppressions(&world.organisation, "", Paging::first(9)).await.unwrap().total;
    assert_eq!(receive(&world, report("<guess@x>", "anna@example.nl", true)).await, Received::Ignored);
    assert_eq!(receive(&world, report(&ours, "anna@example.nl", false)).await, Received::Noted, "it is only late");
    assert_eq!(suppressed().await, 0);
    assert_eq!(receive(&world, report(&ours, "Anna@example.nl", true)).await, Received::Bounced);
    assert_eq!(receive(&world, report(&ours, "Anna@example.nl", true)).await, Received::Again);
    assert_eq!(suppressed().await, 1);
    let row = world.store().message(&world.organisation, &key).await.unwrap().unwrap();
    assert_eq!(row.state, SendState::Failed { reason: "5.1.1 unknown".into() });
}

#[tokio::test]
async fn who_complains_gets_no_more_offers() {
    let (world, _) = world().await;
    let (customer, key) = anna(&world).await;
    let ours = called(&world, &key).await;
    let complaint =
        |original: &str| mail("<c@x>", Kind::Complaint(Complaint { original: Some(original.into()), recipient: None }));
    assert_eq!(receive(&world, complaint("<guess@x>")).await, Received::Ignored);
    assert_eq!(receive(&world, complaint(&ours)).await, Received::Complained);
    assert_eq!(receive(&world, complaint(&ours)).await, Received::Again);
    let listed = world.store().suppressions(&world.organisation, "", Paging::first(9)).await.unwrap().rows;
    assert_eq!(listed.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), ["complained"]);
    let stored = world.store().customer(&world.organisation, customer).await.unwrap().unwrap();
    assert!(!stored.customer.consents["marketing"].given);
}

#[tokio::test]
async fn who_says_that_a_message_came_to_the_wrong_place_is_believed_about_the_address_and_nothing_else() {
    let (world, transport) = world().await;
    let (customer, key) = anna(&world).await;
    let sent = transport.taken().remove(0);
    let page = |text: &str, path: &str| text.split(path).nth(1).map(|rest| rest[..22].to_owned());
    let token = page(&sent.text, "/bericht/").expect("the message's own page");
    assert_eq!(page(&sent.text, "/voorkeuren/"), Some(token.clone()), "one link opens both");
    assert_eq!(page(sent.html.as_deref().unwrap(), "/bericht/"), Some(token));
    let row = world.messages().await.remove(0);
    assert_eq!(row.key, key);
    let before = world.store().customer(&world.organisation, customer).await.unwrap().unwrap().customer;
    let answering = world.drive.service.answering.clone();
    let told = async |wrong: Wrong, number: u128| {
        let pressed = ("Dit is niet voor mij.", uuid::Uuid::from_u128(number));
        let taken = answering.misaddressed(&row, wrong, pressed, world.drive.now()).await.unwrap();
        world.drive.settle().await.unwrap();
        taken
    };
    assert!(matches!(told(Wrong::Moved, 1).await, Taken::New(_)));
    let email = [(Channel::email(), "anna@example.nl".to_owned())];
    let closed = async || world.store().suppressed(&world.organisation, &email).await.unwrap().pop();
    assert_eq!(closed().await, None, "who moved still reads mail");
    assert!(matches!(told(Wrong::NotMe, 2).await, Taken::New(_)));
    assert_eq!(told(Wrong::NotMe, 2).await, Taken::Duplicate);
    assert_eq!(closed().await.map(|one| one.reason), Some("misaddressed".into()));
    let after = world.store().customer(&world.organisation, customer).await.unwrap().unwrap().customer;
    assert_eq!(after, before, "nothing of the customer changes by itself");
    let all = tasks(&world).await;
    let [task] = all.as_slice() else { panic!("one thread, one task: {all:?}") };
    assert_eq!((task.team.as_str(), task.title.as_str()), ("antwoorden", "Werk het adres bij: verhuisd"));
    let thread = Conversation::of_task(world.store(), task).await.unwrap().unwrap();
    assert_eq!(thread.said.len(), 2);
    for number in 3..200 {
        if told(Wrong::Moved, number).await == Taken::TooMany {
            assert_eq!(number, 3 + limits::KEPT_AN_HOUR_MAX as u128 - 2);
            return;
        }
    }
    panic!("no end to it");
}
