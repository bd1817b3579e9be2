use store::{
    Change, Finished, OutboxFilter, OutboxRow, Outcome, Paging, Rendered, Result, SendState, Store, Withdrawn,
};
use words::{Channel, Language, paper::Letter};

use crate::{
    outbox::{claim, put},
    samples::{at, change, customer, message, rijnoever},
};

fn letter() -> Rendered {
    let letter = Letter {
        language: Language::Nl,
        card: false,
        from: vec!["Rijnoever Wonen".into()],
        to: vec!["Mevrouw De Vries".into(), "Kade 1".into()],
        date: "24 november 2026".into(),
        subject: None,
        body: vec![],
    };
    Rendered { subject: None, text: "Dag".into(), html: None, template: None, letter: Some(letter), unsubscribe: None }
}

fn by_post(number: u128) -> OutboxRow {
    OutboxRow { channel: Some(Channel::new("post")), ..message(number, customer(number), "brief", SendState::Ready) }
}

fn finished(row: &OutboxRow, attempt: u32, outcome: Outcome, rendered: Option<Rendered>) -> Finished {
    Finished {
        organisation: row.organisation.clone(),
        customer: row.customer,
        key: row.key.clone(),
        attempt,
        outcome,
        rendered,
        doubt: None,
        events: Vec::new(),
    }
}

pub(crate) async fn a_letter_is_printed_put_back_and_posted(store: &impl Store) -> Result<()> {
    put(store, vec![by_post(1)]).await?;
    let first = claim(store, at(1), 10).await?.remove(0);
    let on = |pile: &str, time| Outcome::Printed { time: at(time), pile: pile.to_owned() };
    assert_eq!(store.finish(vec![finished(&first, 1, on("p1", 2), Some(letter()))]).await?, [true]);
    let printed = store.message(&rijnoever(), &first.key).await?.expect("it is there");
    assert_eq!(printed.state, SendState::Printed { attempt: 1, time: at(2), pile: "p1".into() });
    assert_eq!(printed.rendered, Some(letter()));
    assert_eq!(claim(store, at(9), 10).await?, [], "it lies on a pile");
    assert_eq!(store.left_sending(at(9), 10).await?, [], "and nobody left it behind");

    let of = |pile: &str| OutboxFilter { reference: Some(pile.to_owned()), ..OutboxFilter::default() };
    assert_eq!(store.messages(&rijnoever(), &of("p1"), Paging::first(5)).await?.total, 1);
    let back = Outcome::GivenBack { at: at(3), reason: "scheef".into() };
    assert_eq!(store.finish(vec![finished(&first, 1, back.clone(), None)]).await?, [true]);
    assert_eq!(store.finish(vec![finished(&first, 1, back, None)]).await?, [false], "once");
    assert_eq!(store.messages(&rijnoever(), &of("p1"), Paging::first(5)).await?.total, 0);
    let again = claim(store, at(3), 10).await?.remove(0);
    assert_eq!((again.attempts, again.rendered.clone()), (1, None), "it is made anew");

    assert_eq!(store.finish(vec![finished(&again, 1, on("p2", 4), Some(letter()))]).await?, [true]);
    let posted = Outcome::Sent { time: at(5), reference: Some("p2".into()) };
    assert_eq!(store.finish(vec![finished(&again, 1, posted, None)]).await?, [true]);
    let rows = store.messages(&rijnoever(), &of("p2"), Paging::first(5)).await?.rows;
    assert_eq!(rows[0].state, SendState::Sent { time: at(5), reference: Some("p2".into()) });
    assert_eq!(rows[0].rendered, Some(letter()), "what was posted stays what was printed");
    Ok(())
}

pub(crate) async fn a_printed_letter_is_taken_back_and_nobody_is_late_with_paper(store: &impl Store) -> Result<()> {
    put(store, vec![by_post(1)]).await?;
    assert_eq!(store.next_due().await?, None, "paper waits for a person");
    let row = claim(store, at(1), 10).await?.remove(0);
    let printed = Outcome::Printed { time: at(2), pile: "p1".into() };
    store.finish(vec![finished(&row, 1, printed, Some(letter()))]).await?;
    let revision = store.load(&rijnoever(), &[row.customer]).await?[0].revision;
    let withdrawn = vec![Withdrawn { key: row.key.clone(), reason: "over".into() }];
    store.commit(vec![Change { withdrawn, ..change(row.customer, revision) }]).await?.remove(0).expect("no conflict");
    let found = store.message(&rijnoever(), &row.key).await?.expect("it is there");
    assert_eq!(found.state, SendState::Withdrawn { reason: "over".into() });
    let of_pile = OutboxFilter { reference: Some("p1".into()), ..OutboxFilter::default() };
    assert_eq!(
        store.messages(&rijnoever(), &of_pile, Paging::first(5)).await?.total,
        1,
        "it can be looked for in its pile"
    );
    let posted = Outcome::Sent { time: at(5), reference: Some("p1".into()) };
    assert_eq!(store.finish(vec![finished(&row, 1, posted, None)]).await?, [false], "and is not posted any more");
    Ok(())
}
