use store::{AliasKind, Change, Draft, Error, Files, Paging, Rejected, Result, SendState, Store, limits};

use crate::{
    identities,
    samples::{at, audit, change, customer, id, message, new_event, reparatie, rijnoever},
};

fn too_much<T>(result: Result<T>) -> bool {
    matches!(result, Err(Error::TooMuch { .. }))
}

pub(crate) async fn too_much_at_once_is_refused(store: &impl Store) -> Result<()> {
    let events = vec![new_event("e1", "anne", 1); limits::ACCEPT_EVENTS_MAX + 1];
    assert!(too_much(store.accept(events).await));
    let changes = vec![change(customer(1), 0); limits::COMMIT_CHANGES_MAX + 1];
    assert!(too_much(store.commit(changes).await));
    let rejected = |bytes| Rejected {
        id: id(1),
        organisation: rijnoever(),
        source: "kassa".to_owned(),
        received: at(1),
        reason: "too_large".to_owned(),
        detail: String::new(),
        raw: "x".repeat(bytes),
    };
    assert!(too_much(store.reject(vec![rejected(limits::RAW_BYTES_MAX + 1)]).await));
    store.reject(vec![rejected(limits::RAW_BYTES_MAX)]).await?;
    let draft = |bytes| Draft {
        organisation: rijnoever(),
        journey: reparatie(),
        files: Files::from([(String::new(), "x".repeat(bytes))]),
        base: None,
        revision: 0,
        updated: at(1),
        updated_by: None,
    };
    assert!(too_much(store.save_draft(draft(limits::FILES_BYTES_MAX + 1)).await));
    store.save_draft(draft(limits::FILES_BYTES_MAX)).await?;
    assert_eq!(store.stats().await?["events"] + store.stats().await?["customers"], 0);
    assert_eq!(store.accept(Vec::new()).await?, [], "nothing is not too little");
    assert_eq!(store.commit(Vec::new()).await?, []);
    Ok(())
}

pub(crate) async fn pages_have_a_longest(store: &impl Store) -> Result<()> {
    let longest = limits::PENDING_MAX as usize;
    let events = (0..=longest).map(|number| new_event(&format!("e{number}"), "anne", 1));
    store.accept(events.collect()).await?;
    assert_eq!(store.pending(u32::MAX).await?.len(), longest);
    for number in 0..3 {
        store.record(audit(number, 1)).await?;
    }
    let beyond = store.audit(&rijnoever(), Paging { offset: 3, limit: u32::MAX }).await?;
    assert_eq!((beyond.rows.len(), beyond.total), (0, 3));
    Ok(())
}

pub(crate) async fn the_store_says_whether_it_works(store: &impl Store) -> Result<()> {
    store.ready().await?;
    let stats = store.stats().await?;
    assert_eq!((stats["organisations"], stats["journeys"], stats["events"]), (2, 2, 0));
    Ok(())
}

/// A server has a longest key, and a sign that it does not keep; nothing that comes in may be refused for that, or what is
/// written beside it would be too.
pub(crate) async fn nothing_that_comes_in_is_too_long_or_too_odd(store: &impl Store) -> Result<()> {
    let longest = "🙂".repeat(200);
    let mut odd = new_event(&longest, &longest, 1);
    odd.event.source = longest.clone();
    odd.event.properties.insert("note".to_owned(), "nul\0".into());
    store.accept(vec![odd.clone(), new_event("e2", "an\0ne", 1)]).await?;
    let pending = store.pending(10).await?;
    assert_eq!((pending.len(), &pending[0].event), (2, &odd.event), "as it came");

    let random = (0..2_000_u32).map(|number| char::from_u32(0x4e00 + number * 7_919 % 20_000).expect("a sign"));
    let random: String = random.collect();
    let mut profile = words::Customer::unknown(customer(1));
    profile.name.first = Some(format!("\0{random}"));
    let named = identities::alias(AliasKind::User, &longest);
    let failed = SendState::Failed { reason: random.clone() };
    let full = Change {
        profile: Some(profile.clone()),
        aliases: vec![named],
        outbox: vec![message(1, customer(1), "bevestiging", failed)],
        ..change(customer(1), 0)
    };
    assert_eq!(store.commit(vec![full]).await?, [Ok(1)]);
    assert_eq!(store.customer(&rijnoever(), customer(1)).await?.map(|stored| stored.customer), Some(profile));
    assert_eq!(store.search_customers(&rijnoever(), &longest, 10).await?.len(), 1, "found by the beginning");
    let cut: String = random.chars().take(limits::REASON_CHARS_MAX).collect();
    let state = store.message(&rijnoever(), &crate::samples::key(1, "bevestiging")).await?.map(|row| row.state);
    assert_eq!(state, Some(SendState::Failed { reason: cut }));
    Ok(())
}
