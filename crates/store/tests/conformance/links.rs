use serde_json::json;
use store::{Key, KeyKind, Link, Purpose, Result, Role, Store};

use crate::samples::{at, rijnoever};

fn link(token: u8, purpose: Purpose) -> Link {
    Link::new([token; 32], purpose, &rijnoever(), ("anne", json!({ "account": "anne" })), (at(0), 1))
}

pub(crate) async fn a_link_works_once(store: &impl Store) -> Result<()> {
    store.save_link(link(1, Purpose::Reset)).await?;
    assert_eq!(store.link(&[1; 32], Purpose::Reset).await?, Some(link(1, Purpose::Reset)));
    assert_eq!(store.link(&[1; 32], Purpose::Invite).await?, None, "for another purpose it is no link");
    assert!(!store.use_link(&[1; 32], Purpose::Reset, at(60)).await?, "too late");
    assert!(store.use_link(&[1; 32], Purpose::Reset, at(59)).await?);
    assert!(!store.use_link(&[1; 32], Purpose::Reset, at(59)).await?, "used");
    let used = store.link(&[1; 32], Purpose::Reset).await?.expect("it is kept");
    assert_eq!(used.used, Some(at(59)));
    Ok(())
}

pub(crate) async fn a_revoked_link_is_worthless(store: &impl Store) -> Result<()> {
    store.save_links(vec![link(1, Purpose::Invite), link(2, Purpose::Invite), link(3, Purpose::Unsubscribe)]).await?;
    assert_eq!(store.revoke_links(&rijnoever(), Purpose::Invite, "anne").await?, 2);
    assert!(!store.use_link(&[1; 32], Purpose::Invite, at(1)).await?);
    assert!(store.link(&[3; 32], Purpose::Unsubscribe).await?.is_some(), "other purposes stay");
    let left = store.links_for(&rijnoever(), Purpose::Unsubscribe, 10).await?;
    assert_eq!(left.into_iter().map(|link| link.hash).collect::<Vec<_>>(), [[3; 32]]);
    assert_eq!(store.links_for(&rijnoever(), Purpose::Invite, 10).await?, []);
    for purpose in
        ["invite", "reset", "ask", "preview", "unsubscribe", "preferences", "follow", "sender_test", "poster"]
    {
        assert_eq!(Purpose::parse(purpose).map(Purpose::as_str), Some(purpose));
    }
    Ok(())
}

pub(crate) async fn keys_open_until_they_are_revoked(store: &impl Store) -> Result<()> {
    let write = Key {
        hash: [1; 32],
        organisation: rijnoever(),
        kind: KeyKind::Write { source: "website".to_owned() },
        name: "Website".to_owned(),
        created: at(0),
        last_used: None,
        revoked: None,
    };
    let api = Key { hash: [2; 32], kind: KeyKind::Api { role: Role::Viewer }, created: at(1), ..write.clone() };
    store.save_key(write.clone()).await?;
    store.save_key(api.clone()).await?;
    assert_eq!(store.keys(&rijnoever()).await?, [api.clone(), write.clone()], "newest first");
    assert_eq!(store.key(&[2; 32]).await?, Some(api));

    store.touch_key(&[1; 32], at(5)).await?;
    store.touch_key(&[1; 32], at(5) + jiff::SignedDuration::from_secs(59)).await?;
    assert_eq!(store.key(&[1; 32]).await?.and_then(|key| key.last_used), Some(at(5)), "once a minute");
    assert!(store.revoke_key(&rijnoever(), &[1; 32], at(6)).await?);
    assert!(!store.revoke_key(&rijnoever(), &[1; 32], at(7)).await?);
    assert_eq!(store.key(&[1; 32]).await?, None);
    Ok(())
}
