//! Other systems that are told what happens.

use jiff::SignedDuration;
use store::{
    Change, Class, Delivery, DeliveryState, Endpoint, EndpointHealth, EndpointState, Result, Store, customer_bucket,
    home,
};
use words::Customer;

use crate::samples::{at, change, customer, other, rijnoever};

fn endpoint(id: &str, kinds: &[&str]) -> Endpoint {
    Endpoint {
        organisation: rijnoever(),
        id: id.to_owned(),
        name: format!("Systeem {id}"),
        address: format!("https://{id}.example/hook"),
        kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
        secrets: r#"{"secret":"whsec_geheim"}"#.to_owned(),
        created: at(0),
        state: EndpointState::Open,
        since: at(0),
        health: EndpointHealth::default(),
    }
}

fn delivery(endpoint: &str, id: &str, whom: u128, minute: i64) -> Delivery {
    Delivery {
        organisation: rijnoever(),
        bucket: customer_bucket(&rijnoever(), customer(whom)),
        endpoint: endpoint.to_owned(),
        id: id.to_owned(),
        customer: Some(customer(whom)),
        kind: "message.sent".to_owned(),
        time: at(minute),
        body: r#"{"type":"message.sent"}"#.to_owned(),
        state: DeliveryState::Waiting,
        due: Some(at(minute)),
        attempts: 0,
        tried: None,
        status: None,
        trouble: None,
    }
}

fn telling(whom: u128, revision: u64, deliveries: Vec<Delivery>) -> Change {
    let profile = Some(Customer::unknown(customer(whom)));
    Change { profile, deliveries, ..change(customer(whom), revision) }
}

pub(crate) async fn an_endpoint_is_kept_changed_and_removed(store: &impl Store) -> Result<()> {
    let first = endpoint("kassa", &["message.sent", "task.done"]);
    store.save_endpoint(first.clone()).await?;
    assert!(!format!("{first:?}").contains("geheim"), "its secret is in no log");
    assert_eq!(store.endpoint(&rijnoever(), "kassa").await?, Some(first.clone()));
    assert_eq!(store.endpoint(&other(), "kassa").await?, None);
    assert_eq!(store.listening(&rijnoever()).await?, [("kassa".to_owned(), first.kinds.clone())]);

    assert!(store.endpoint_state(&rijnoever(), "kassa", EndpointState::Paused, at(5)).await?);
    store.save_endpoint(Endpoint { name: "Kassa".to_owned(), ..first.clone() }).await?;
    let kept = store.endpoints(&rijnoever()).await?;
    assert_eq!((kept[0].name.as_str(), kept[0].state, kept[0].since), ("Kassa", EndpointState::Paused, at(5)));
    assert_eq!(store.listening(&rijnoever()).await?.len(), 1, "what happens during a pause waits");
    store.endpoint_state(&rijnoever(), "kassa", EndpointState::Gone, at(6)).await?;
    assert_eq!(store.listening(&rijnoever()).await?, []);
    store.remove_endpoint(&rijnoever(), "kassa").await?;
    assert_eq!(store.endpoints(&rijnoever()).await?, []);
    assert!(!store.endpoint_state(&rijnoever(), "kassa", EndpointState::Open, at(7)).await?);
    Ok(())
}

pub(crate) async fn a_delivery_is_written_with_its_change_and_once(store: &impl Store) -> Result<()> {
    store.save_endpoint(endpoint("kassa", &["message.sent"])).await?;
    let one = delivery("kassa", "m1", 1, 1);
    assert_eq!(store.commit(vec![telling(1, 0, vec![one.clone()])]).await?, [Ok(1)]);
    let stale = vec![delivery("kassa", "m2", 1, 2)];
    assert!(store.commit(vec![telling(1, 0, stale)]).await?[0].is_err(), "a conflict tells nothing");
    let again = vec![Delivery { body: "{}".to_owned(), ..one.clone() }, delivery("kassa", "m3", 1, 3)];
    assert_eq!(store.commit(vec![telling(1, 1, again)]).await?, [Ok(2)]);
    let due = store.due_deliveries(&rijnoever(), "kassa", at(60), 10).await?;
    assert_eq!(due, [one.clone(), delivery("kassa", "m3", 1, 3)]);
    assert_eq!(store.due_deliveries(&rijnoever(), "kassa", at(2), 10).await?.len(), 1);
    assert_eq!(store.due_deliveries(&rijnoever(), "kassa", at(60), 1).await?.len(), 1);
    assert_eq!(store.due_deliveries(&other(), "kassa", at(60), 10).await?, []);

    let done = Delivery {
        state: DeliveryState::Done,
        due: None,
        attempts: 2,
        tried: Some(at(9)),
        status: Some(204),
        trouble: Some("{}".to_owned()),
        ..one
    };
    assert!(store.step_delivery(done.clone()).await?);
    assert_eq!(store.delivery(&rijnoever(), done.bucket, "kassa", "m1").await?, Some(done.clone()));
    let newest: Vec<_> = store.newest_deliveries(&rijnoever(), "kassa", 10).await?;
    assert_eq!(newest.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["m3", "m1"]);
    assert_eq!(store.waiting_deliveries(&rijnoever(), "kassa").await?, 1);
    assert_eq!(store.deliveries_of(&rijnoever(), customer(1)).await?.len(), 2);
    assert_eq!(store.deliveries_of(&rijnoever(), customer(2)).await?, []);
    let test = Delivery { customer: None, bucket: home(&rijnoever()), ..delivery("kassa", "proef", 1, 9) };
    store.add_delivery(test.clone()).await?;
    store.add_delivery(test.clone()).await?;
    assert_eq!(store.newest_deliveries(&rijnoever(), "kassa", 1).await?, [test]);
    Ok(())
}

pub(crate) async fn an_endpoint_with_something_due_is_claimed_once(store: &impl Store) -> Result<()> {
    for id in ["kassa", "portaal"] {
        store.save_endpoint(endpoint(id, &["message.sent"])).await?;
    }
    store.commit(vec![telling(1, 0, vec![delivery("kassa", "m1", 1, 10)])]).await?;
    let due = async |minute| -> Result<Vec<String>> {
        Ok(store.due_endpoints(at(minute), 10).await?.into_iter().map(|endpoint| endpoint.id).collect())
    };
    assert!(due(9).await?.is_empty(), "not yet");
    assert_eq!(due(10).await?, ["kassa"]);
    assert!(store.claim_endpoint(&rijnoever(), "kassa", at(10), at(15)).await?);
    assert!(!store.claim_endpoint(&rijnoever(), "kassa", at(11), at(16)).await?, "somebody else has it");
    assert!(due(11).await?.is_empty());
    assert_eq!(due(15).await?, ["kassa"], "a crash gives it back");

    let failed = EndpointHealth {
        failures: 3,
        failing_since: Some(at(10)),
        rests_until: Some(at(20)),
        trouble: Some("{}".to_owned()),
        went_well: Some(at(2)),
    };
    store.release_endpoint(&rijnoever(), "kassa", failed.clone(), None).await?;
    let kept = store.endpoint(&rijnoever(), "kassa").await?.expect("it is there");
    assert_eq!((kept.health.clone(), kept.state), (failed.clone(), EndpointState::Open));
    assert!(due(19).await?.is_empty(), "it rests");
    assert_eq!(due(20).await?, ["kassa"]);

    store.release_endpoint(&rijnoever(), "kassa", failed.clone(), Some((EndpointState::Failing, at(21)))).await?;
    let kept = store.endpoint(&rijnoever(), "kassa").await?.expect("it is there");
    assert_eq!((kept.state, kept.since), (EndpointState::Failing, at(21)));
    assert!(due(60).await?.is_empty(), "it is left alone");
    store.endpoint_state(&rijnoever(), "kassa", EndpointState::Paused, at(30)).await?;
    store.release_endpoint(&rijnoever(), "kassa", failed, Some((EndpointState::Gone, at(31)))).await?;
    let kept = store.endpoint(&rijnoever(), "kassa").await?.expect("it is there");
    assert_eq!((kept.state, kept.since), (EndpointState::Paused, at(30)), "what staff said meanwhile stays");
    store.endpoint_state(&rijnoever(), "kassa", EndpointState::Open, at(40)).await?;
    let kept = store.endpoint(&rijnoever(), "kassa").await?.expect("it is there");
    assert_eq!(kept.health, EndpointHealth { went_well: Some(at(2)), ..EndpointHealth::default() });
    assert_eq!(due(40).await?, ["kassa"]);
    Ok(())
}

pub(crate) async fn deliveries_go_after_their_time_and_with_their_endpoint(store: &impl Store) -> Result<()> {
    store.save_endpoint(endpoint("kassa", &["message.sent"])).await?;
    let told = (0..5).map(|number| delivery("kassa", &format!("m{number}"), 1, number)).collect();
    store.commit(vec![telling(1, 0, told)]).await?;
    assert_eq!(store.let_go(&rijnoever(), Class::Deliveries, at(3), 2).await?, 2, "a few at a time");
    assert_eq!(store.let_go(&rijnoever(), Class::Deliveries, at(3), 10).await?, 1);
    assert_eq!(store.let_go(&rijnoever(), Class::Deliveries, at(3), 10).await?, 0);
    assert_eq!(store.forget_deliveries(&rijnoever(), "kassa", 1).await?, 1);
    assert_eq!(store.forget_deliveries(&rijnoever(), "kassa", 10).await?, 1);
    let far = at(0) + SignedDuration::from_hours(24 * 400);
    assert_eq!(store.due_deliveries(&rijnoever(), "kassa", far, 10).await?, []);
    Ok(())
}
