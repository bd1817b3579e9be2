//! What other systems tell of a customer.

use serde_json::Value;
use store::NewEvent;
use words::{Event, EventId, EventName, Identity};

use crate::support::World;

/// Takes in one event now, and everything that comes of it.
pub(crate) async fn tell(world: &World, who: &str, name: &str, properties: Value) {
    accept(world, who, name, properties).await;
    world.drive.settle().await.unwrap();
}

/// Takes in one event now; the same said again is the same event.
pub(crate) async fn accept(world: &World, who: &str, name: &str, properties: Value) {
    let event = Event {
        id: EventId::new(format!("{who} {name} {properties}")),
        source: "test".into(),
        name: EventName::parse(name).unwrap(),
        time: world.drive.now(),
        received: world.drive.now(),
        identity: Identity { customer: Some(who.into()), anonymous: None },
        properties: serde_json::from_value(properties).unwrap(),
        imported: false,
    };
    world.store().accept(vec![NewEvent::from_outside(world.organisation.clone(), event)]).await.unwrap();
}
