//! Providers that are called, and what they tell of their own accord: through the whole shell.

use channels::{Fate, Heard, Inbound, Means, Outcome, Reason, Receipt};
use jiff::SignedDuration;
use provider_for_tests::{Answer, Asked, Called};
use serde_json::{Value, json};
use service::hearing::{Line, hear};
use service::reference;
use service::sending::Transports;
use store::{Lane, OutboxRow, Paging, Sqlite, TaskFilter};
use words::{Channel, Lesson};

use super::carrying::ready_for;
use super::support::World;
use super::telling::tell;

const MOBILE: &str = "+31612345678";
const START: &str = "2027-10-04T08:00:00Z";

/// A repair firm that sends text messages and WhatsApp by this provider.
async fn world(called: &Called) -> World {
    let folder =
        std::env::temp_dir().join(format!("klantreis-hearing-{}-{}", called.address.port(), std::process::id()));
    let transports = Transports::new(folder).trusting(vec![called.address.to_string().parse().unwrap()]);
    let store = Sqlite::in_memory().await.unwrap();
    let world = World::new(store, reference::organisation(), transports, START.parse().unwrap()).await;
    world.sender("sms", "twilio", json!({ "account": "AC1", "token": "t", "base": called.base() })).await;
    let meta = json!({ "number": "106", "token": "t", "app_secret": "s", "verify_token": "v", "base": called.base() });
    world.sender("whatsapp", "whatsapp", meta).await;
    world.sender("email", "file", json!({})).await;
    let mut folder = reference::journeys().remove("woning-reparatie").unwrap();
    let text = folder.get("journey.yaml").unwrap().replace("holdout: 10%", "holdout: 0%");
    folder.put("journey.yaml", text.replace("channel: [email, sms]", "channel: [whatsapp, sms, email]"));
    let message = folder.get("messages/bevestiging.nl.md").unwrap();
    let with_template =
        message.replacen("---\n", "---\nwhatsapp_template: \"bezoek_bevestigd\\n{{ salutation }}\"\n", 1);
    folder.put("messages/bevestiging.nl.md", with_template);
    world.live(&folder).await;
    world
}

/// A tenant who wants to hear by these channels, and whose appointment is confirmed.
async fn booked(world: &World, channels: &[&str]) -> OutboxRow {
    let profile =
        json!({ "mobile": MOBILE, "email": "devries@example.org", "channels": channels, "last_name": "de Vries" });
    tell(world, "k1", "customer.identified", profile).await;
    booked_without_mail(world).await
}

async fn booked_without_mail(world: &World) -> OutboxRow {
    tell(world, "k1", "repair.reported", json!({ "id": "R-1", "kind": "lekkage" })).await;
    let times = json!({ "id": "A-1", "repair_id": "R-1", "start": "2027-10-08T11:00:00Z", "end": "2027-10-08T13:00:00Z", "status": "booked" });
    tell(world, "k1", "appointment.booked", times).await;
    confirmation(world).await
}

async fn confirmation(world: &World) -> OutboxRow {
    let messages = world.messages().await;
    messages.into_iter().find(|row| row.touchpoint.as_str() == "bevestiging").expect("a confirmation")
}

async fn heard(world: &World, channel: &str, heard: Heard) -> bool {
    let about = (&world.organisation, &Channel::new(channel));
    let is_noted = hear(&world.drive.service, about, heard, world.drive.now()).await.unwrap();
    world.drive.settle().await.unwrap();
    is_noted
}

async fn receipt(world: &World, row: &OutboxRow, reference: &str, fate: Fate) -> bool {
    let channel = row.channel.clone().unwrap();
    let key = Some(format!("{}:{channel}", row.key));
    let told = Receipt { key, reference: reference.into(), time: None, fate };
    heard(world, channel.as_str(), Heard::Receipt(told)).await
}

fn written(id: &str, text: &str) -> Heard {
    Heard::Inbound(Inbound {
        id: id.into(),
        from: MOBILE.into(),
        name: None,
        time: None,
        text: text.into(),
        attached: None,
        answers: None,
    })
}

async fn lessons(world: &World, row: &OutboxRow) -> Vec<Lesson> {
    let (_, learnt) = world.store().story_of(&world.organisation, row.customer).await.unwrap();
    learnt.into_iter().map(|learnt| learnt.lesson).collect()
}

async fn suppressed(world: &World, channel: &str) -> Option<String> {
    let asked = [(Channel::new(channel), MOBILE.to_owned())];
    let found = world.store().suppressed(&world.organisation, &asked).await.unwrap();
    found.into_iter().next().map(|one| one.reason)
}

fn unreachable(suppress: bool) -> Fate {
    let reason = Reason::Provider { means: Means::Unreachable, code: 30_006, text: "Landline".into() };
    Fate::Failed(Outcome::Refused { reason, permanent: true, suppress })
}

/// Takes text messages as SM1, and WhatsApp as wamid.1.
fn taken(asked: &Asked) -> Answer {
    match asked.line.contains("/Accounts/") {
        true => Answer::of(201, r#"{"sid":"SM1"}"#),
        false => Answer::of(200, r#"{"messages":[{"id":"wamid.1"}]}"#),
    }
}

#[tokio::test]
async fn what_is_told_late_twice_and_in_another_order_counts_once() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let row = booked(&world, &["sms"]).await;
    assert_eq!((row.state.name(), row.channel.as_ref().map(Channel::as_str)), ("sent", Some("sms")));
    let asked = called.asked();
    let form = url::form_urlencoded::parse(asked[0].body.as_bytes()).into_owned().collect::<Vec<_>>();
    let callback = form.iter().find(|(name, _)| name == "StatusCallback").map(|(_, value)| value.as_str());
    assert!(callback.unwrap().starts_with("https://k.example/v1/channels/rijnoever/sms?m="), "{callback:?}");
    for fate in [Fate::Read, Fate::Sent, Fate::Delivered, Fate::Read] {
        assert!(receipt(&world, &row, "SM1", fate).await);
    }
    assert_eq!(lessons(&world, &row).await, [Lesson::Delivered, Lesson::Read]);
    assert!(receipt(&world, &row, "SM9", unreachable(false)).await, "of another attempt");
    assert_eq!(confirmation(&world).await.state.name(), "sent");
    let nobody = Receipt { key: Some("run:1:x:sms".into()), reference: "SM1".into(), time: None, fate: Fate::Sent };
    assert!(heard(&world, "sms", Heard::Receipt(nobody)).await, "of no message of ours");
}

#[tokio::test]
async fn what_a_provider_says_of_a_message_ends_the_doubt_about_it() {
    let called = Called::start(|_| Answer::HangUp).await.unwrap();
    let world = world(&called).await;
    let row = booked(&world, &["sms"]).await;
    assert_eq!(row.state.name(), "unknown");
    assert!(receipt(&world, &row, "SM1", Fate::Delivered).await);
    assert_eq!(confirmation(&world).await.state.name(), "sent");
    assert_eq!(lessons(&world, &row).await, [Lesson::Delivered], "and the contact is there");
    assert_eq!(called.asked().len(), 1, "it did not go twice");
}

#[tokio::test]
async fn a_number_that_cannot_be_reached_is_told_by_another_channel() {
    let called = Called::start(|_| Answer::HangUp).await.unwrap();
    let world = world(&called).await;
    let row = booked(&world, &["sms", "email"]).await;
    assert!(receipt(&world, &row, "SM1", unreachable(true)).await);
    assert_eq!(suppressed(&world, "sms").await.as_deref(), Some("bounced"));
    assert_eq!(suppressed(&world, "whatsapp").await, None, "what a landline takes is another matter");
    let again = confirmation(&world).await;
    assert_eq!((again.state.name(), again.channel.as_ref().map(Channel::as_str)), ("sent", Some("email")));
}

#[tokio::test]
async fn what_counted_as_sent_and_never_arrived_goes_by_another_channel() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let row = booked(&world, &["whatsapp", "sms"]).await;
    assert_eq!((row.state.name(), row.channel.as_ref().map(Channel::as_str)), ("sent", Some("whatsapp")));
    for _ in 0..2 {
        assert!(receipt(&world, &row, "wamid.1", unreachable(false)).await);
    }
    assert_eq!(confirmation(&world).await.state.name(), "held", "the run hears of it first");
    world.drive.until(world.drive.now() + SignedDuration::from_mins(1)).await.unwrap();
    let again = confirmation(&world).await;
    assert_eq!((again.state.name(), again.channel.as_ref().map(Channel::as_str)), ("sent", Some("sms")));
    assert!(again.last_error.as_ref().unwrap().contains("30006 Landline"), "in the words of the provider");
    assert!(receipt(&world, &row, "wamid.1", Fate::Delivered).await, "too late, and of the channel before");
    assert!(receipt(&world, &again, "SM1", Fate::Delivered).await);
    let (contacts, learnt) = world.store().story_of(&world.organisation, row.customer).await.unwrap();
    let told = contacts.iter().filter(|contact| contact.touchpoint.as_str() == "bevestiging").count();
    assert_eq!((told, learnt.len()), (1, 1), "one contact, which arrived");
    let moved =
        json!({ "id": "A-1", "start": "2027-10-11T11:00:00Z", "end": "2027-10-11T13:00:00Z", "status": "moved" });
    tell(&world, "k1", "appointment.moved", moved).await;
    assert_eq!(world.messages().await.iter().filter(|row| row.state.name() == "withdrawn").count(), 0, "it was done");
}

#[tokio::test]
async fn where_no_other_channel_is_left_it_is_refused_with_the_reason() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    tell(&world, "k1", "customer.identified", json!({ "mobile": MOBILE, "channels": ["sms"] })).await;
    let row = booked_without_mail(&world).await;
    assert!(receipt(&world, &row, "SM1", unreachable(true)).await);
    world.drive.until(world.drive.now() + SignedDuration::from_mins(1)).await.unwrap();
    // WhatsApp has the same number and another opinion of it.
    let again = confirmation(&world).await;
    assert_eq!((again.state.name(), again.channel.as_ref().map(Channel::as_str)), ("sent", Some("whatsapp")));
    assert!(receipt(&world, &again, "wamid.1", unreachable(false)).await);
    world.drive.until(world.drive.now() + SignedDuration::from_mins(1)).await.unwrap();
    let refused = confirmation(&world).await;
    assert_eq!(refused.state.name(), "refused");
    assert!(refused.last_error.unwrap().contains("Landline"));
}

#[tokio::test]
async fn the_conversation_is_judged_when_the_message_goes() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let body = |number: usize| serde_json::from_str::<Value>(&called.asked()[number].body).unwrap();
    booked(&world, &["whatsapp"]).await;
    assert_eq!(body(0)["type"], "template", "nobody wrote to us");
    assert_eq!(body(0)["template"]["name"], "bezoek_bevestigd");
    assert_eq!(body(0)["template"]["components"][0]["parameters"][0]["text"], "Beste De Vries");
    heard(&world, "whatsapp", written("wamid.9", "Dank u")).await;
    let moved = |start: &str| json!({ "id": "A-1", "start": start, "end": "2027-10-12T13:00:00Z", "status": "moved" });
    tell(&world, "k1", "appointment.moved", moved("2027-10-11T11:00:00Z")).await;
    assert_eq!(body(1)["type"], "text");
    world.drive.until(world.drive.now() + SignedDuration::from_hours(24)).await.unwrap();
    let before = called.asked().len();
    tell(&world, "k1", "appointment.moved", moved("2027-10-12T11:00:00Z")).await;
    assert_eq!(body(before)["type"], "template", "a day later it is over");
}

#[tokio::test]
async fn without_a_template_the_next_channel_is_tried() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    booked(&world, &["whatsapp", "sms"]).await;
    tell(&world, "k1", "visit.started", json!({ "id": "V-1", "appointment_id": "A-1" })).await;
    world.drive.until("2027-10-08T10:00:00Z".parse().unwrap()).await.unwrap();
    let reminder = world.messages().await.into_iter().find(|row| row.touchpoint.as_str() == "herinnering");
    let reminder = reminder.expect("a reminder");
    assert_eq!((reminder.state.name(), reminder.channel.as_ref().map(Channel::as_str)), ("sent", Some("sms")));
    assert!(reminder.last_error.unwrap().contains("sjabloon"), "why not by WhatsApp");
}

#[tokio::test]
async fn stop_is_kept_with_its_proof_and_start_takes_it_back() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let customer = booked(&world, &["sms"]).await.customer;
    assert!(heard(&world, "sms", written("SM7", "Afmelden")).await);
    assert!(heard(&world, "sms", written("SM7", "Afmelden")).await, "told twice");
    assert_eq!(suppressed(&world, "sms").await.as_deref(), Some("unsubscribed"));
    let stored = world.store().customer(&world.organisation, customer).await.unwrap().unwrap();
    let consent = &stored.customer.consents["marketing.sms"];
    assert!(!consent.given && consent.proof.starts_with("sms/SM7"), "{consent:?}");
    assert!(heard(&world, "sms", written("SM8", "START")).await);
    assert_eq!(suppressed(&world, "sms").await, None);
    let stored = world.store().customer(&world.organisation, customer).await.unwrap().unwrap();
    assert!(!stored.customer.consents["marketing.sms"].given, "one word gives no consent");
    let bounced = store::Suppression {
        organisation: world.organisation.clone(),
        channel: Channel::new("sms"),
        address: MOBILE.into(),
        reason: "bounced".into(),
        since: world.drive.now(),
    };
    world.store().suppress(bounced).await.unwrap();
    heard(&world, "sms", written("SM9", "start")).await;
    assert_eq!(suppressed(&world, "sms").await.as_deref(), Some("bounced"), "another reason stays");
}

#[tokio::test]
async fn a_number_that_nobody_has_may_say_stop_too() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    assert!(heard(&world, "sms", written("SM7", "STOP")).await);
    assert_eq!(suppressed(&world, "sms").await.as_deref(), Some("unsubscribed"));
    assert_eq!(world.store().customers(&world.organisation, Paging::first(9)).await.unwrap().total, 0);
}

#[tokio::test]
async fn only_who_has_settings_is_listened_to() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let senders = world.store().senders(&world.organisation).await.unwrap();
    let lines = senders.iter().map(|sender| (sender.channel.as_str(), Line::of(sender).is_some()));
    assert_eq!(lines.collect::<Vec<_>>(), [("email", false), ("sms", true), ("whatsapp", true)]);
}

#[tokio::test]
async fn what_a_customer_writes_becomes_a_task_once() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let customer = booked(&world, &["whatsapp"]).await.customer;
    let reply = Inbound {
        id: "wamid.5".into(),
        from: MOBILE.into(),
        name: Some("Anne".into()),
        time: None,
        text: "Kan het later?".into(),
        attached: Some("image".into()),
        answers: Some("wamid.1".into()),
    };
    for _ in 0..2 {
        assert!(heard(&world, "whatsapp", Heard::Inbound(reply.clone())).await);
    }
    let filter = TaskFilter { customer: Some(customer), ..TaskFilter::default() };
    let tasks = world.store().tasks(&world.organisation, &filter, Paging::first(9)).await.unwrap().rows;
    assert_eq!(tasks.len(), 1, "{tasks:?}");
    let events = world.store().events_of(&world.organisation, customer, 50).await.unwrap();
    let replies: Vec<_> = events.iter().filter(|one| one.event.name.as_str() == "message.replied").collect();
    assert_eq!(replies.len(), 1);
    assert_eq!(replies[0].event.text("touchpoint").as_deref(), Some("bevestiging"), "it answers that message");
    let text = replies[0].event.text("text").unwrap();
    assert!(text.starts_with("Kan het later?") && text.contains("afbeelding"), "{text}");
}

#[tokio::test]
async fn a_receipt_that_comes_before_its_message_is_known_is_to_come_again() {
    let called = Called::start(taken).await.unwrap();
    let world = world(&called).await;
    let receipt = |reference: &str, time| {
        Heard::Receipt(Receipt { key: None, reference: reference.into(), time, fate: Fate::Delivered })
    };
    let now = world.drive.now();
    assert!(!heard(&world, "whatsapp", receipt("wamid.1", Some(now))).await, "it may still be being written down");
    let long_ago = now - SignedDuration::from_mins(2);
    assert!(heard(&world, "whatsapp", receipt("wamid.1", Some(long_ago))).await, "of nobody's message");
    let row = booked(&world, &["whatsapp"]).await;
    assert!(heard(&world, "whatsapp", receipt("wamid.1", Some(world.drive.now()))).await);
    assert_eq!(lessons(&world, &row).await, [Lesson::Delivered], "known by what the provider calls it");
}

#[tokio::test]
async fn what_is_told_while_a_message_is_still_being_handed_over_is_kept() {
    let world = ready_for(1, Transports::new("unused")).await;
    let lane = Lane::own(world.organisation.clone(), Channel::new("sms"));
    let row = world.store().claim(world.drive.now(), &lane, 1).await.unwrap().remove(0);
    assert!(!receipt(&world, &row, "SM1", unreachable(false)).await, "a refusal is to come again");
    assert!(receipt(&world, &row, "SM1", Fate::Delivered).await);
    let events = world.store().events_of(&world.organisation, row.customer, 100).await.unwrap();
    let told = |id: &str| events.iter().any(|one| one.event.id.as_str() == id);
    assert!(told("sms-0:message.sent") && told("sms-0:message.delivered"));
    let stands = world.store().message(&world.organisation, &row.key).await.unwrap().unwrap();
    assert_eq!(stands.state.name(), "sending", "its attempt notes what came of it");
}
