use serde_json::json;
use store::{Face, Lane, Logo, OutboxRow, Principal, Result, SendState, Sender, SenderName, Store, Trouble};
use words::{Channel, PrincipalId};

use crate::samples::{at, change, customer, message, other, rijnoever};

fn woonstede() -> PrincipalId {
    PrincipalId::new("woonstede")
}

fn face(logo: Option<&str>) -> Face {
    let logo = logo.map(|hash| Logo { hash: hash.to_owned(), kind: "png".to_owned(), width: 80, height: 20 });
    Face { name: "Woonstede".to_owned(), known_as: vec!["WS".to_owned()], logo, ..Face::default() }
}

fn principal(id: PrincipalId, logo: Option<&str>) -> Principal {
    Principal { organisation: rijnoever(), id, face: face(logo) }
}

fn sender(principal: PrincipalId, is_tested: bool, per_minute: Option<u32>) -> Sender {
    Sender {
        organisation: rijnoever(),
        channel: Channel::email(),
        principal,
        transport: "smtp".to_owned(),
        config: json!({ "host": "mail.rijnoever.nl", "password": "geheim" }),
        from_name: "Rijnoever".to_owned(),
        from_address: "post@rijnoever.nl".to_owned(),
        reply_to: None,
        tested: is_tested.then(|| at(1)),
        per_minute,
        catch_up: None,
    }
}

pub(crate) async fn principals_are_kept_with_their_logo(store: &impl Store) -> Result<()> {
    store.save_principal(principal(woonstede(), Some("ab")), Some(vec![1, 2, 3])).await?;
    store.save_principal(principal(PrincipalId::own(), None), None).await?;
    let kept = [principal(PrincipalId::own(), None), principal(woonstede(), Some("ab"))];
    assert_eq!(store.principals(&rijnoever()).await?, kept, "the organisation itself first");
    assert_eq!(store.principals(&other()).await?, []);
    store.save_principal(principal(woonstede(), Some("ab")), None).await?;
    assert_eq!(store.logo(&rijnoever(), "ab").await?, Some(vec![1, 2, 3]), "another name keeps the logo");
    assert_eq!(store.logo(&other(), "ab").await?, None);
    store.save_principal(principal(woonstede(), None), None).await?;
    assert_eq!(store.logo(&rijnoever(), "ab").await?, None, "it was taken away");
    store.save_sender(sender(PrincipalId::own(), true, None)).await?;
    store.save_sender(sender(woonstede(), true, None)).await?;
    store.save_sender(sender(PrincipalId::new("stede"), true, None)).await?;
    assert!(store.delete_principal(&rijnoever(), &woonstede()).await?);
    assert!(!store.delete_principal(&rijnoever(), &woonstede()).await?);
    assert!(!store.delete_principal(&rijnoever(), &PrincipalId::own()).await?, "it cannot be without itself");
    let left: Vec<String> = store.senders(&rijnoever()).await?.iter().map(|one| one.name().to_string()).collect();
    assert_eq!(left, ["email", "email@stede"], "its senders go with it, and no other's");
    Ok(())
}

pub(crate) async fn what_goes_in_another_name_waits_apart(store: &impl Store) -> Result<()> {
    let in_name = |number, principal| OutboxRow {
        channel: Some(Channel::email()),
        to: Some("a@b.nl".to_owned()),
        principal,
        ..message(number, customer(number), "t", SendState::Ready)
    };
    let rows = vec![in_name(1, PrincipalId::own()), in_name(2, woonstede()), in_name(3, woonstede())];
    for row in &rows {
        let mut change = change(row.customer, 0);
        change.outbox.push(row.clone());
        store.commit(vec![change]).await?;
    }
    let own = Lane::own(rijnoever(), Channel::email());
    let theirs = Lane { principal: woonstede(), ..own.clone() };
    assert_eq!(store.ready_lanes(at(10)).await?, [own.clone(), theirs.clone()]);

    // Until theirs received its test message, the organisation's own sender carries it, at its own pace.
    store.save_sender(sender(PrincipalId::own(), true, Some(1))).await?;
    store.save_sender(sender(woonstede(), false, None)).await?;
    let senders = store.senders(&rijnoever()).await?;
    let carries = |senders: &[Sender]| Sender::carrying(senders, &theirs.sender()).map(|one| one.principal.clone());
    assert_eq!(carries(&senders), Some(PrincipalId::own()));
    assert_eq!(store.claim(at(10), &own, 5).await?.len(), 1);
    assert_eq!(store.claim(at(10), &theirs, 5).await?.len(), 0, "one a minute, whoever it is for");
    let trouble = Trouble { since: at(1), until: at(2), reason: "x".to_owned() };
    store.note_trouble(&theirs, Some(trouble.clone())).await?;
    assert_eq!(store.troubles(&rijnoever()).await?, [(SenderName::own(Channel::email()), trouble.clone())]);
    store.note_trouble(&own, None).await?;

    store.save_sender(sender(woonstede(), true, None)).await?;
    assert_eq!(carries(&store.senders(&rijnoever()).await?), Some(woonstede()));
    store.note_trouble(&theirs, Some(trouble)).await?;
    assert_eq!(store.troubles(&rijnoever()).await?[0].0, theirs.sender());
    let claimed = store.claim(at(11), &theirs, 5).await?;
    assert_eq!(claimed.len(), 2);
    assert!(claimed.iter().all(|row| row.principal == woonstede()));
    assert_eq!(SenderName::parse("email@woonstede"), theirs.sender());
    assert_eq!(SenderName::parse("email"), own.sender());
    Ok(())
}
