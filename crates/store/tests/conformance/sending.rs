use std::collections::BTreeSet;

use store::{Change, JourneyRow, OutboxRow, Result, SendState, Sender, Store};
use words::{Channel, Class, Halt, HaltId, HaltScope, SendEffect, Waits};

use crate::outbox::{claim, put};
use crate::samples::{at, change, customer, journey_row, message, other, reparatie, rijnoever};

fn sender(per_minute: Option<u32>, catch_up: Option<u32>) -> Sender {
    Sender {
        organisation: rijnoever(),
        channel: Channel::email(),
        principal: words::PrincipalId::own(),
        transport: "memory".to_owned(),
        config: serde_json::Value::Null,
        from_name: "Rijnoever".to_owned(),
        from_address: "post@rijnoever.nl".to_owned(),
        reply_to: None,
        tested: Some(at(0)),
        per_minute,
        catch_up,
    }
}

fn ready(number: u128, change: impl Fn(&mut SendEffect)) -> OutboxRow {
    let mut row = message(number, customer(number), "bevestiging", SendState::Ready);
    change(&mut row.send);
    row
}

pub(crate) async fn a_pace_is_kept_and_service_goes_first(store: &impl Store) -> Result<()> {
    store.save_sender(sender(Some(60), None)).await?;
    let marketing = (1..=4).map(|number| ready(number, |send| send.class = Class::Marketing));
    put(store, marketing.chain([ready(5, |_| {}), ready(6, |_| {})]).collect()).await?;
    let whose = async |minute| -> Result<Vec<_>> {
        Ok(claim(store, at(minute), 10).await?.into_iter().map(|row| row.customer).collect())
    };
    assert_eq!(whose(1).await?, [5, 6].map(customer), "two seconds' worth at once");
    assert_eq!(whose(1).await?, [], "one a second, and no time passed");
    assert_eq!(whose(2).await?, [1, 2].map(customer), "a minute saves up no more than two seconds do");
    put(store, vec![OutboxRow { organisation: other(), ..ready(7, |_| {}) }]).await?;
    assert_eq!(whose(2).await?, [customer(7)], "another organisation has a pace of its own");
    Ok(())
}

pub(crate) async fn what_is_behind_goes_last_and_slowly(store: &impl Store) -> Result<()> {
    store.save_sender(sender(None, Some(30))).await?;
    let behind = (1..=3).map(|number| ready(number, |send| send.behind = true));
    put(store, behind.chain([ready(4, |send| send.class = Class::Marketing)]).collect()).await?;
    let whose = async |minute| -> Result<Vec<_>> {
        Ok(claim(store, at(minute), 10).await?.into_iter().map(|row| row.customer).collect())
    };
    assert_eq!(whose(1).await?, [4, 1].map(customer), "what is on time first, of the rest one in two seconds");
    assert_eq!(whose(2).await?, [customer(2)]);
    assert_eq!(whose(3).await?, [customer(3)]);
    Ok(())
}

pub(crate) async fn after_a_pause_what_was_ready_is_behind(store: &impl Store) -> Result<()> {
    store.save_sender(sender(None, Some(30))).await?;
    let paused = JourneyRow { paused: true, ..journey_row(rijnoever()) };
    store.save_journey(paused.clone()).await?;
    put(store, (1..=3).map(|number| ready(number, |_| {})).collect()).await?;
    assert_eq!(claim(store, at(50), 10).await?, []);
    store.save_journey(JourneyRow { paused: false, ..paused }).await?;
    assert_eq!(store.fall_behind(&rijnoever(), &reparatie(), at(40)).await?, 3);
    assert_eq!(store.fall_behind(&rijnoever(), &reparatie(), at(40)).await?, 0, "once");
    assert_eq!(claim(store, at(50), 10).await?.len(), 1);
    Ok(())
}

pub(crate) async fn what_waits_is_decided_anew(store: &impl Store) -> Result<()> {
    let held = |why| SendState::Held { until: at(600), why };
    let rows = [SendState::Ready, held(Waits::Halt), held(Waits::QuietHours)];
    let rows = (1..).zip(rows).map(|(number, state)| message(number, customer(number), "bevestiging", state));
    put(store, rows.collect()).await?;
    assert_eq!(store.decide_anew(&rijnoever(), at(9)).await?, 2);
    let due: BTreeSet<_> = store.held_due(at(9), 10).await?.into_iter().map(|due| due.customer).collect();
    assert_eq!(due, [1, 2].map(customer).into(), "quiet hours stay quiet");
    let open = store.open_messages(&rijnoever(), customer(1)).await?;
    assert_eq!(open[0].state, SendState::Held { until: at(9), why: Waits::Anew });
    assert_eq!(claim(store, at(9), 10).await?, [], "nothing goes before it is decided");
    let ready = OutboxRow { state: SendState::Ready, ..open[0].clone() };
    let revision = store.load(&rijnoever(), &[customer(1)]).await?[0].revision;
    store.commit(vec![Change { redecided: vec![ready], ..change(customer(1), revision) }]).await?;
    assert_eq!(claim(store, at(9), 10).await?.len(), 1);
    Ok(())
}

pub(crate) async fn halts_stand_until_they_are_over(store: &impl Store) -> Result<()> {
    let storm = Halt {
        id: HaltId::derived(&["storm"]),
        title: "Storm".to_owned(),
        scope: HaltScope { postcodes: vec!["3511".to_owned()], ..HaltScope::default() },
        from: at(1),
        until: at(60),
        afterwards: true,
        notice: None,
    };
    let fire = Halt { id: HaltId::derived(&["brand"]), title: "Brand".to_owned(), from: at(2), ..storm.clone() };
    store.save_halt(&rijnoever(), storm.clone()).await?;
    store.save_halt(&rijnoever(), fire.clone()).await?;
    assert_eq!(store.standing_halts(&rijnoever(), at(59)).await?, [storm.clone(), fire.clone()]);
    assert_eq!(store.standing_halts(&other(), at(59)).await?, []);
    let ended = Halt { until: at(30), ..storm };
    store.save_halt(&rijnoever(), ended.clone()).await?;
    assert_eq!(store.standing_halts(&rijnoever(), at(30)).await?, std::slice::from_ref(&fire));
    assert_eq!(store.halts(&rijnoever()).await?, [fire, ended.clone()], "newest first, over or not");
    assert_eq!(store.halt(&rijnoever(), ended.id).await?, Some(ended));
    Ok(())
}
