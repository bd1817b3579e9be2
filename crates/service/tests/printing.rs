//! Letters and cards through the whole shell: they wait for a person, who prints them, posts the pile or puts it back.

mod support;
#[path = "support/telling.rs"]
mod telling;

use service::reference;
use service::sending::{Printed, Transports, pile_named};
use store::{OutboxRow, SendState, Sqlite};
use support::World;
use telling::tell;
use words::{Channel, Value};

const START: &str = "2027-10-04T08:00:00Z";

/// An organisation that confirms by letter.
async fn world() -> World {
    let store = Sqlite::in_memory().await.unwrap();
    let transports = Transports::new(std::env::temp_dir().join("klantreis-printing"));
    let world = World::new(store, reference::organisation(), transports, START.parse().unwrap()).await;
    world.sender("post", "print", serde_json::json!({ "window": "right" })).await;
    let mut folder = reference::journeys().remove("woning-reparatie").unwrap();
    let text = folder.get("journey.yaml").unwrap().replace("channel: [email, sms, whatsapp]", "channel: [post]");
    folder.put("journey.yaml", text.replace("holdout: 10%", "holdout: 0%"));
    world.live(&folder).await;
    world
}

async fn tenant(world: &World, who: &str, postcode: &str) {
    let known = serde_json::json!({ "last_name": format!("de {who}"), "street": "Kade 1", "postcode": postcode, "town": "Arnhem" });
    tell(world, who, "customer.identified", known).await;
    tell(world, who, "repair.reported", serde_json::json!({ "id": format!("r-{who}"), "kind": "lekkage" })).await;
    tell(world, who, "appointment.booked", appointment(who, "20")).await;
}

fn appointment(who: &str, day: &str) -> Value {
    let at = |hour: &str| format!("2027-10-{day}T{hour}:00:00+02:00");
    serde_json::json!({ "id": format!("a-{who}"), "repair_id": format!("r-{who}"), "start": at("10"), "end": at("12"), "status": "booked" })
}

async fn letters(world: &World) -> Vec<OutboxRow> {
    let mut rows = world.messages().await;
    rows.retain(|row| row.touchpoint.as_str() == "bevestiging");
    rows
}

async fn print(world: &World, pile: &str) -> Printed {
    world
        .drive
        .service
        .carrier
        .print((&world.organisation, &Channel::new("post")), None, &pile_named(pile))
        .await
        .unwrap()
}

fn states(rows: &[OutboxRow]) -> Vec<&'static str> {
    rows.iter().map(|row| row.state.name()).collect()
}

#[tokio::test]
async fn a_letter_waits_is_printed_and_posted() {
    let world = world().await;
    tenant(&world, "vries", "6821 AB").await;
    assert_eq!(states(&letters(&world).await), ["ready"], "nobody carries paper");

    assert_eq!(print(&world, "a").await, Printed { letters: 1, left_out: 0 });
    let rows = letters(&world).await;
    assert_eq!(states(&rows), ["printed"]);
    let letter = rows[0].rendered.clone().unwrap().letter.unwrap();
    assert_eq!(letter.to, ["De Vries", "Kade 1", "6821 AB  Arnhem"]);
    assert_eq!((letter.from[0].as_str(), letter.date.as_str()), ("Rijnoever", "4 oktober 2027"));
    let pdf = post::print(&[letter], post::Window::Right, "Post").unwrap();
    assert!(pdf.starts_with(b"%PDF"));

    let carrier = &world.drive.service.carrier;
    assert_eq!(carrier.posted(&world.organisation, &pile_named("a")).await.unwrap(), 1);
    assert_eq!(carrier.posted(&world.organisation, &pile_named("a")).await.unwrap(), 0, "once");
    world.drive.settle().await.unwrap();
    let rows = letters(&world).await;
    assert!(matches!(&rows[0].state, SendState::Sent { reference: Some(pile), .. } if *pile == pile_named("a")));
    let (contacts, _) = world.store().story_of(&world.organisation, rows[0].customer).await.unwrap();
    let contact =
        contacts.iter().find(|contact| contact.touchpoint.as_str() == "bevestiging").expect("the engine heard");
    assert_eq!(contact.channel, Some(Channel::new("post")));
}

#[tokio::test]
async fn what_was_not_posted_waits_again_and_is_made_anew() {
    let world = world().await;
    tenant(&world, "vries", "6821 AB").await;
    print(&world, "a").await;
    let carrier = &world.drive.service.carrier;
    assert_eq!(carrier.put_back(&world.organisation, "not a pile", None).await.unwrap(), 0);
    assert_eq!(carrier.put_back(&world.organisation, &pile_named("a"), None).await.unwrap(), 1);
    assert_eq!(states(&letters(&world).await), ["ready"]);
    tell(&world, "vries", "customer.identified", serde_json::json!({ "street": "Merelstraat 24" })).await;
    print(&world, "b").await;
    let rows = letters(&world).await;
    assert_eq!(rows[0].rendered.clone().unwrap().letter.unwrap().to[1], "Merelstraat 24");
}

#[tokio::test]
async fn where_nothing_can_be_posted_the_reason_is_said() {
    let world = world().await;
    tenant(&world, "vries", "onbekend").await;
    assert_eq!(print(&world, "a").await, Printed { letters: 0, left_out: 1 });
    world.drive.settle().await.unwrap();
    let rows = letters(&world).await;
    assert!(rows[0].last_error.as_deref().is_some_and(|why| why.contains("postcode")), "{:?}", rows[0]);
    assert_ne!(rows[0].state.name(), "ready");
}

#[tokio::test]
async fn an_appointment_that_moves_takes_its_letter_back() {
    let world = world().await;
    tenant(&world, "vries", "6821 AB").await;
    tenant(&world, "boer", "6821 AC").await;
    assert_eq!(print(&world, "a").await.letters, 2);
    tell(&world, "vries", "repair.cancelled", serde_json::json!({ "id": "r-vries" })).await;
    let pile = world.drive.service.carrier.pile(&world.organisation, &pile_named("a")).await.unwrap();
    let mut found = states(&pile);
    found.sort_unstable();
    assert_eq!(found, ["printed", "withdrawn"], "who posts it sees which one to take out");
    assert_eq!(world.drive.service.carrier.posted(&world.organisation, &pile_named("a")).await.unwrap(), 1);
}

#[tokio::test]
async fn one_journey_is_printed_without_the_others() {
    let world = world().await;
    tenant(&world, "vries", "6821 AB").await;
    let other = words::JourneyId::new("another");
    let carrier = &world.drive.service.carrier;
    let printed =
        carrier.print((&world.organisation, &Channel::new("post")), Some(&other), &pile_named("a")).await.unwrap();
    assert_eq!(printed, Printed::default());
    assert_eq!(states(&letters(&world).await), ["ready"]);
}
