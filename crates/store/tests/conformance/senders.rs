use serde_json::json;
use store::{Lane, Paging, Result, Sender, SenderName, StaffAddress, Store, Suppression, Trouble};
use words::Channel;

use crate::samples::{at, other, rijnoever};

fn sender() -> Sender {
    Sender {
        organisation: rijnoever(),
        channel: Channel::email(),
        principal: words::PrincipalId::own(),
        transport: "smtp".to_owned(),
        config: json!({ "host": "mail.rijnoever.nl", "port": 587 }),
        from_name: "Rijnoever".to_owned(),
        from_address: "post@rijnoever.nl".to_owned(),
        reply_to: None,
        tested: None,
        per_minute: None,
        catch_up: None,
    }
}

pub(crate) async fn what_keeps_a_sender_from_sending_is_kept(store: &impl Store) -> Result<()> {
    store.save_sender(sender()).await?;
    assert_eq!(store.troubles(&rijnoever()).await?, []);
    let lane = Lane::own(rijnoever(), Channel::email());
    let trouble = Trouble { since: at(1), until: at(2), reason: "not reached".to_owned() };
    store.note_trouble(&lane, Some(trouble.clone())).await?;
    let later = Trouble { until: at(5), ..trouble };
    store.note_trouble(&lane, Some(later.clone())).await?;
    assert_eq!(store.troubles(&rijnoever()).await?, [(SenderName::own(Channel::email()), later.clone())]);
    assert_eq!(store.troubles(&other()).await?, []);
    assert_eq!(store.senders(&rijnoever()).await?, [sender()], "the settings stay as they are");
    store.note_trouble(&lane, None).await?;
    assert_eq!(store.troubles(&rijnoever()).await?, []);
    store.note_trouble(&lane, Some(later)).await?;
    store.save_sender(sender()).await?;
    assert_eq!(store.troubles(&rijnoever()).await?, [], "with other settings it may go well");
    Ok(())
}

pub(crate) async fn senders_and_staff_addresses_are_kept(store: &impl Store) -> Result<()> {
    store.save_sender(sender()).await?;
    let tested = Sender { tested: Some(at(1)), ..sender() };
    store.save_sender(tested.clone()).await?;
    assert_eq!(store.senders(&rijnoever()).await?, [tested]);
    assert!(store.delete_sender(&rijnoever(), &SenderName::own(Channel::email())).await?);
    assert_eq!(store.senders(&rijnoever()).await?, []);

    let staff = StaffAddress {
        organisation: rijnoever(),
        channel: Channel::email(),
        address: "anne@rijnoever.nl".to_owned(),
        name: "Anne".to_owned(),
    };
    store.save_staff_address(staff.clone()).await?;
    assert_eq!(store.staff_addresses(&rijnoever()).await?, [staff]);
    assert_eq!(store.staff_addresses(&other()).await?, []);
    assert!(store.delete_staff_address(&rijnoever(), &Channel::email(), "anne@rijnoever.nl").await?);
    Ok(())
}

pub(crate) async fn the_first_reason_of_a_suppression_stays(store: &impl Store) -> Result<()> {
    let bounced = Suppression {
        organisation: rijnoever(),
        channel: Channel::email(),
        address: "weg@example.nl".to_owned(),
        reason: "bounced".to_owned(),
        since: at(1),
    };
    store.suppress(bounced.clone()).await?;
    store.suppress(Suppression { reason: "by_hand".to_owned(), since: at(2), ..bounced.clone() }).await?;
    let asked = [
        (Channel::email(), "weg@example.nl".to_owned()),
        (Channel::new("sms"), "weg@example.nl".to_owned()),
        (Channel::email(), "anne@example.nl".to_owned()),
    ];
    assert_eq!(store.suppressed(&rijnoever(), &asked).await?, std::slice::from_ref(&bounced));
    assert_eq!(store.suppressed(&other(), &asked).await?, []);
    assert_eq!(store.suppressions(&rijnoever(), "", Paging::first(10)).await?.rows, [bounced]);
    assert!(store.unsuppress(&rijnoever(), &Channel::email(), "weg@example.nl").await?);
    assert_eq!(store.suppressed(&rijnoever(), &asked).await?, []);
    Ok(())
}

pub(crate) async fn many_are_suppressed_at_once_and_found_by_a_part(store: &impl Store) -> Result<()> {
    let one = |channel: &str, address: &str| Suppression {
        organisation: rijnoever(),
        channel: Channel::new(channel),
        address: address.to_owned(),
        reason: "by_hand".to_owned(),
        since: at(1),
    };
    store.suppress(one("email", "weg@example.nl")).await?;
    let all = vec![one("email", "weg@example.nl"), one("sms", "+31612345678"), one("post", "Kade 1, 100% Arnhem")];
    assert_eq!(store.suppress_all(all).await?, 2, "one was there");
    assert_eq!(store.suppress_all(Vec::new()).await?, 0);
    let found = async |part: &str| -> Result<Vec<String>> {
        let rows = store.suppressions(&rijnoever(), part, Paging::first(10)).await?.rows;
        Ok(rows.into_iter().map(|row| row.address).collect())
    };
    assert_eq!(found("EXAMPLE").await?, ["weg@example.nl"]);
    assert_eq!(found("06 1234 5").await?, ["+31612345678"]);
    assert_eq!(found("kade").await?, ["Kade 1, 100% Arnhem"]);
    assert_eq!(found("0% a").await?, ["Kade 1, 100% Arnhem"], "a sign of the pattern is a letter");
    assert_eq!(found("_").await?, Vec::<String>::new());
    assert_eq!(store.suppressions(&rijnoever(), "", Paging::first(1)).await?.total, 3);
    assert_eq!(store.suppressions(&other(), "", Paging::first(1)).await?.total, 0);
    Ok(())
}
