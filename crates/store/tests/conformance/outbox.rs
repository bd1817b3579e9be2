use jiff::Timestamp;
use store::{
    Change, Doubt, Finished, JourneyRow, Lane, NewEvent, NewLease, OutboxFilter, OutboxRow, Outcome, Paging,
    QuarantineFilter, Rendered, Result, SendState, Store, UNREADABLE_MESSAGE, Withdrawn,
};
use words::{Channel, Class, Refusal, Waits};

use crate::samples::{at, change, customer, event, id, journey_row, key, message, other, reparatie, rijnoever};

pub(crate) async fn put(store: &impl Store, rows: Vec<OutboxRow>) -> Result<()> {
    for row in rows {
        let revision = store.load(&row.organisation, &[row.customer]).await?.first().map_or(0, |one| one.revision);
        let change = Change { organisation: row.organisation.clone(), ..change(row.customer, revision) };
        store.commit(vec![Change { outbox: vec![row], ..change }]).await?.remove(0).expect("no conflict");
    }
    Ok(())
}

/// From every lane, in their order.
pub(crate) async fn claim(store: &(impl Store + ?Sized), now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>> {
    let mut claimed = Vec::new();
    for lane in store.ready_lanes(now).await? {
        claimed.extend(store.claim(now, &lane, limit).await?);
    }
    Ok(claimed)
}

fn finished(row: &OutboxRow, outcome: Outcome) -> Finished {
    Finished {
        organisation: row.organisation.clone(),
        customer: row.customer,
        key: row.key.clone(),
        attempt: row.attempts,
        outcome,
        rendered: None,
        doubt: None,
        events: Vec::new(),
    }
}

pub(crate) async fn a_message_is_carried_to_its_end(store: &impl Store) -> Result<()> {
    let row = message(1, customer(1), "bevestiging", SendState::Ready);
    put(store, vec![row.clone()]).await?;
    assert_eq!(store.message(&rijnoever(), &row.key).await?, Some(row.clone()));
    let claimed = claim(store, at(1), 10).await?;
    let sending = OutboxRow { attempts: 1, state: SendState::Sending { attempt: 1, started: at(1) }, ..row };
    assert_eq!(claimed, std::slice::from_ref(&sending));
    assert_eq!(store.message(&rijnoever(), &sending.key).await?, Some(sending.clone()), "committed before the call");

    let busy = Outcome::Retry { at: at(5), reason: "451 later".to_owned() };
    assert_eq!(store.finish(vec![finished(&sending, busy)]).await?, [true]);
    assert_eq!(claim(store, at(4), 10).await?, []);
    assert_eq!(store.next_due().await?, Some(at(5)));
    let second = claim(store, at(5), 10).await?.remove(0);
    assert_eq!((second.attempts, second.last_error.as_deref()), (2, Some("451 later")));

    let rendered = Rendered {
        subject: Some("Uw afspraak".to_owned()),
        text: "Dag".to_owned(),
        html: None,
        unsubscribe: None,
        template: None,
        letter: None,
    };
    let told = NewEvent::about(rijnoever(), customer(1), event("sent-1", None, &[], 6));
    let done = Finished {
        rendered: Some(rendered.clone()),
        events: vec![told.clone()],
        ..finished(&second, Outcome::Sent { time: at(6), reference: Some("<1@mail>".to_owned()) })
    };
    assert_eq!(store.finish(vec![done]).await?, [true]);
    let stored = store.message(&rijnoever(), &second.key).await?.expect("it is there");
    assert_eq!(stored.state, SendState::Sent { time: at(6), reference: Some("<1@mail>".to_owned()) });
    assert_eq!(stored.rendered, Some(rendered));
    let pending = store.pending(10).await?;
    assert_eq!((&pending[0].event, pending[0].customer), (&told.event, Some(customer(1))), "the engine is told");
    Ok(())
}

pub(crate) async fn a_message_is_found_by_what_its_provider_calls_it(store: &impl Store) -> Result<()> {
    let rows = [(1, at(10)), (2, at(20))]
        .map(|(number, decided)| OutboxRow { decided, ..message(number, customer(1), "t", SendState::Ready) });
    put(store, rows.to_vec()).await?;
    for (row, reference) in claim(store, at(30), 10).await?.iter().zip(["<a@x>", "<b@x>"]) {
        let time = row.decided;
        let sent = Outcome::Sent { time, reference: Some(reference.into()) };
        assert_eq!(store.finish(vec![finished(row, sent)]).await?, [true]);
    }
    let email = Channel::email();
    let by = async |channel: &Channel, name: &str| store.message_by_reference(&rijnoever(), channel, name).await;
    assert_eq!(by(&email, "<a@x>").await?.map(|row| row.key), Some(rows[0].key.clone()));
    assert_eq!((by(&email, "<c@x>").await?, by(&Channel::new("sms"), "<a@x>").await?), (None, None));
    assert_eq!(store.message_by_reference(&other(), &email, "<a@x>").await?, None, "of its own organisation");
    let came_back = |id: &str| NewEvent::about(rijnoever(), customer(1), event(id, None, &[], 40));
    assert!(store.undelivered(&rijnoever(), &rows[0].key, "5.1.1 unknown", came_back("b-1")).await?);
    assert!(!store.undelivered(&rijnoever(), &rows[0].key, "5.1.1 unknown", came_back("b-2")).await?, "once");
    let failed = store.message(&rijnoever(), &rows[0].key).await?.map(|row| row.state);
    assert_eq!(failed, Some(SendState::Failed { reason: "5.1.1 unknown".into() }));
    assert_eq!(store.pending(10).await?.len(), 1, "the engine is told once");
    let last = store.last_sent(&rijnoever(), customer(1), &email).await?;
    assert_eq!(last.map(|row| row.key), Some(rows[1].key.clone()));
    assert_eq!(store.last_sent(&rijnoever(), customer(2), &email).await?, None);
    Ok(())
}

pub(crate) async fn a_stale_attempt_changes_nothing(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let first = claim(store, at(1), 1).await?.remove(0);
    let again = Outcome::Retry { at: at(2), reason: "timeout".to_owned() };
    store.finish(vec![finished(&first, again)]).await?;
    let second = claim(store, at(2), 1).await?.remove(0);
    let told = NewEvent::about(rijnoever(), customer(1), event("sent-1", None, &[], 6));
    let late = Finished { events: vec![told], ..finished(&first, Outcome::Failed { reason: "too late".to_owned() }) };
    assert_eq!(store.finish(vec![late]).await?, [false]);
    assert_eq!(store.pending(10).await?, [], "and nobody is told");
    let unknown = Outcome::Unknown { reason: "line dropped".to_owned() };
    assert_eq!(store.finish(vec![finished(&second, unknown)]).await?, [true]);
    assert!(store.send_again(&rijnoever(), &second.key, at(9)).await?, "a person looked");
    assert!(!store.send_again(&rijnoever(), &second.key, at(9)).await?);
    assert_eq!(claim(store, at(8), 1).await?, []);
    assert_eq!(claim(store, at(9), 1).await?[0].attempts, 3);
    Ok(())
}

pub(crate) async fn what_was_never_handed_over_is_as_it_was(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let first = claim(store, at(1), 1).await?.remove(0);
    let back = Outcome::GivenBack { at: at(2), reason: "stopping".to_owned() };
    assert_eq!(store.finish(vec![finished(&first, back)]).await?, [true]);
    let second = claim(store, at(2), 1).await?.remove(0);
    assert_eq!((first.attempts, second.attempts), (1, 1), "it was no attempt");
    Ok(())
}

pub(crate) async fn a_doubt_stays_until_another_channel_is_chosen(store: &impl Store) -> Result<()> {
    let asked = SendState::Unknown { reason: "was it sent?".to_owned() };
    let kept = OutboxRow { doubt: Some(Doubt::Restored), ..message(2, customer(2), "bevestiging", asked) };
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready), kept.clone()]).await?;
    assert_eq!(store.message(&rijnoever(), &kept.key).await?, Some(kept));
    let lane = Lane::own(rijnoever(), Channel::email());
    let mut claimed = store.claim(at(1), &lane, 1).await?.remove(0);
    assert_eq!(claimed.doubt, None);
    let silence = Outcome::Retry { at: at(2), reason: "no answer".to_owned() };
    let doubted = Finished { doubt: Some(Doubt::Unanswered), ..finished(&claimed, silence) };
    assert_eq!(store.finish(vec![doubted]).await?, [true]);
    for outcome in [
        Outcome::GivenBack { at: at(2), reason: "stopping".to_owned() },
        Outcome::Retry { at: at(2), reason: "451 later".to_owned() },
        Outcome::Unknown { reason: "no answer".to_owned() },
    ] {
        claimed = store.claim(at(2), &lane, 1).await?.remove(0);
        assert_eq!(claimed.doubt, Some(Doubt::Unanswered), "whatever else is said of it");
        store.finish(vec![finished(&claimed, outcome)]).await?;
    }
    assert!(store.send_again(&rijnoever(), &claimed.key, at(2)).await?);
    claimed = store.claim(at(2), &lane, 1).await?.remove(0);
    assert_eq!(claimed.doubt, Some(Doubt::Unanswered), "also when a person looked");
    let refused = Outcome::NextChannel { at: at(3), reason: "550".to_owned() };
    store.finish(vec![finished(&claimed, refused)]).await?;
    let open = store.open_messages(&rijnoever(), claimed.customer).await?;
    assert_eq!(open[0].doubt, None, "by the next channel nothing went");
    Ok(())
}

pub(crate) async fn what_is_told_afterwards_counts_for_what_stands_so(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let claimed = claim(store, at(1), 1).await?.remove(0);
    store.finish(vec![finished(&claimed, Outcome::Unknown { reason: "no answer".to_owned() })]).await?;
    let unknown = store.message(&rijnoever(), &claimed.key).await?.expect("it is there");
    let sent = Outcome::Sent { time: at(3), reference: Some("SM1".to_owned()) };
    let told = NewEvent::about(rijnoever(), customer(1), event("sent-1", None, &[], 3));
    assert!(!store.told(&claimed, Some(sent.clone()), vec![told.clone()]).await?, "it is not being carried any more");
    assert_eq!(store.pending(10).await?, [], "and nobody is told");
    assert!(store.told(&unknown, Some(sent), vec![told.clone()]).await?);
    let stands = store.message(&rijnoever(), &claimed.key).await?.expect("it is there");
    assert_eq!(stands.state, SendState::Sent { time: at(3), reference: Some("SM1".to_owned()) });
    assert_eq!(store.pending(10).await?.len(), 1);
    assert!(store.told(&stands, None, vec![told]).await?);
    assert_eq!(store.pending(10).await?.len(), 1, "what comes twice is kept once");
    assert!(store.told(&stands, Some(Outcome::Failed { reason: "landline".to_owned() }), vec![]).await?);
    let failed = store.message(&rijnoever(), &claimed.key).await?.expect("it is there");
    assert_eq!((failed.state.name(), failed.last_error.as_deref()), ("failed", Some("landline")));

    put(store, vec![message(2, customer(2), "bevestiging", SendState::Ready)]).await?;
    let other = claim(store, at(4), 1).await?.remove(0);
    store.finish(vec![finished(&other, Outcome::Unknown { reason: "no answer".to_owned() })]).await?;
    let unknown = store.message(&rijnoever(), &other.key).await?.expect("it is there");
    let refused = Outcome::NextChannel { at: at(5), reason: "not on WhatsApp".to_owned() };
    assert!(store.told(&unknown, Some(refused), vec![]).await?);
    let open = store.open_messages(&rijnoever(), customer(2)).await?.remove(0);
    assert_eq!((&open.tried, &open.channel, open.doubt), (&vec![Channel::email()], &None, None));
    Ok(())
}

pub(crate) async fn an_outcome_that_cannot_be_written_is_put_aside(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let claimed = claim(store, at(1), 1).await?.remove(0);
    assert!(!store.put_aside(&rijnoever(), &claimed.key, 2, "of another attempt").await?);
    assert!(store.put_aside(&rijnoever(), &claimed.key, 1, "it cannot be written").await?);
    assert!(!store.put_aside(&rijnoever(), &claimed.key, 1, "once").await?);
    let state = store.message(&rijnoever(), &claimed.key).await?.map(|row| row.state);
    assert_eq!(state, Some(SendState::Unknown { reason: "it cannot be written".to_owned() }));
    let filter = QuarantineFilter { source: None, reason: Some(UNREADABLE_MESSAGE) };
    let seen = store.quarantine(&rijnoever(), filter, Paging::first(10)).await?.rows;
    assert_eq!(seen.iter().map(|one| one.detail.as_str()).collect::<Vec<_>>(), ["it cannot be written"]);
    assert_eq!(store.finish(vec![finished(&claimed, Outcome::Refused { reason: Refusal::TooLate })]).await?, [false]);
    Ok(())
}

pub(crate) async fn a_refused_channel_is_decided_again(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let claimed = claim(store, at(0), 1).await?.remove(0);
    let rendered = Some(Rendered {
        subject: Some("Uw afspraak".to_owned()),
        text: "Dag".to_owned(),
        html: None,
        unsubscribe: None,
        template: None,
        letter: None,
    });
    let busy = Outcome::Retry { at: at(1), reason: "451 later".to_owned() };
    store.finish(vec![Finished { rendered, ..finished(&claimed, busy) }]).await?;
    let claimed = claim(store, at(1), 1).await?.remove(0);
    assert!(claimed.rendered.is_some(), "the same text goes once more");
    let refused = Outcome::NextChannel { at: at(2), reason: "550 no such user".to_owned() };
    store.finish(vec![finished(&claimed, refused)]).await?;
    assert_eq!(store.held_due(at(1), 10).await?, []);
    assert_eq!(store.held_due(at(2), 10).await?[0].customer, customer(1));
    let mut open = store.open_messages(&rijnoever(), customer(1)).await?.remove(0);
    assert_eq!((&open.tried, &open.channel, &open.to), (&vec![Channel::email()], &None, &None));
    assert_eq!(open.rendered, None, "another channel needs another text");

    open.channel = Some(Channel::new("sms"));
    open.to = Some("+31612345678".to_owned());
    open.state = SendState::Ready;
    store.commit(vec![Change { redecided: vec![open.clone()], ..change(customer(1), 1) }]).await?;
    let by_sms = claim(store, at(3), 1).await?.remove(0);
    assert_eq!(by_sms.channel, Some(Channel::new("sms")));
    let lost = Change { redecided: vec![open.clone()], ..change(customer(1), 2) };
    store.commit(vec![lost]).await?;
    let state = store.message(&rijnoever(), &open.key).await?.map(|row| row.state.name());
    assert_eq!(state, Some("sending"), "what is being carried is not decided again");
    store.finish(vec![finished(&by_sms, Outcome::Refused { reason: Refusal::TooLate })]).await?;
    let state = store.message(&rijnoever(), &open.key).await?.map(|row| row.state);
    assert_eq!(state, Some(SendState::Refused { reason: Refusal::TooLate }));
    Ok(())
}

pub(crate) async fn each_lane_goes_by_itself_and_service_first(store: &impl Store) -> Result<()> {
    let mut leaflet = message(1, customer(1), "tips", SendState::Ready);
    leaflet.send.class = Class::Marketing;
    let mut rows = vec![leaflet];
    for number in 2..=3 {
        rows.push(OutboxRow { decided: at(1), ..message(number, customer(number), "bevestiging", SendState::Ready) });
    }
    rows.push(OutboxRow {
        organisation: other(),
        decided: at(2),
        ..message(4, customer(4), "bevestiging", SendState::Ready)
    });
    rows.push(OutboxRow {
        channel: Some(Channel::new("sms")),
        ..message(6, customer(6), "bevestiging", SendState::Ready)
    });
    rows.push(OutboxRow { journey: "andere".into(), ..message(5, customer(5), "bevestiging", SendState::Ready) });
    put(store, rows).await?;
    store.save_journey(JourneyRow { id: "andere".into(), paused: true, ..journey_row(rijnoever()) }).await?;
    let by = |organisation, channel: &str| Lane::own(organisation, Channel::new(channel));
    let lanes = [by(rijnoever(), "email"), by(rijnoever(), "sms"), by(other(), "email")];
    assert_eq!(store.ready_lanes(at(9)).await?, lanes);
    assert_eq!(store.ready_lanes(at(0)).await?, lanes[..2], "not before their time");
    let mut order = Vec::new();
    for lane in &lanes {
        order.push(store.claim(at(9), lane, 10).await?.into_iter().map(|row| row.customer).collect::<Vec<_>>());
    }
    let expected = [vec![2, 3, 1], vec![6], vec![4]].map(|lane| lane.into_iter().map(customer).collect::<Vec<_>>());
    assert_eq!(order, expected, "the paused journey is left out");
    assert_eq!(store.ready_lanes(at(9)).await?, [], "what is paused makes no lane ready");
    Ok(())
}

pub(crate) async fn what_a_crash_left_is_found(store: &impl Store) -> Result<()> {
    put(store, vec![message(1, customer(1), "bevestiging", SendState::Ready)]).await?;
    let claimed = claim(store, at(5), 1).await?;
    assert_eq!(store.left_sending(at(5), 10).await?, []);
    assert_eq!(store.left_sending(at(6), 10).await?, claimed);

    let lease = |number| NewLease { id: id(number), format: 1, version: "0.1.0".to_owned() };
    let held = store.held(&store.begin_only_lease(lease(1)).await?);
    put(store, vec![message(2, customer(2), "bevestiging", SendState::Ready)]).await?;
    let under_lease = claim(&*held, at(7), 1).await?;
    assert_eq!(store.left_sending(at(0), 10).await?, [], "who holds the lease may still be carrying");
    store.begin_only_lease(lease(2)).await?;
    assert_eq!(store.left_sending(at(0), 10).await?, under_lease, "whose lease is gone is gone");
    Ok(())
}

pub(crate) async fn what_is_taken_back_does_not_go(store: &impl Store) -> Result<()> {
    put(
        store,
        vec![
            message(1, customer(1), "bevestiging", SendState::Ready),
            message(1, customer(1), "herinnering", SendState::Held { until: at(60), why: Waits::QuietHours }),
        ],
    )
    .await?;
    let claimed = claim(store, at(1), 1).await?;
    assert_eq!(claimed[0].touchpoint.as_str(), "bevestiging");
    let back = |touchpoint| Withdrawn { key: key(1, touchpoint), reason: "cancelled".to_owned() };
    let withdrawn = vec![back("bevestiging"), back("herinnering"), back("bestaat-niet")];
    store.commit(vec![Change { withdrawn, ..change(customer(1), 2) }]).await?;
    let state = async |touchpoint| store.message(&rijnoever(), &key(1, touchpoint)).await;
    assert_eq!(state("bevestiging").await?.map(|row| row.state.name()), Some("sending"), "it is on its way");
    assert_eq!(state("herinnering").await?.map(|row| row.state.name()), Some("withdrawn"));
    assert_eq!(store.held_due(at(99), 10).await?, []);
    Ok(())
}

pub(crate) async fn lists_and_counts_agree(store: &impl Store) -> Result<()> {
    let failed = || SendState::Failed { reason: "550".to_owned() };
    let refused = || SendState::Refused { reason: Refusal::NoConsent };
    let unknown = SendState::Unknown { reason: "line dropped".to_owned() };
    let states = [
        SendState::Ready,
        failed(),
        failed(),
        refused(),
        unknown,
        SendState::Held { until: at(9), why: Waits::QuietHours },
    ];
    let rows = (1..).zip(states).map(|(number, state)| OutboxRow {
        decided: at(i64::try_from(number).unwrap_or(0)),
        ..message(number, customer(number), if number < 3 { "bevestiging" } else { "herinnering" }, state)
    });
    put(store, rows.collect()).await?;
    let counts = store.outbox_counts(&rijnoever(), Some(&reparatie())).await?;
    assert_eq!(counts[&("failed".to_owned(), "550".to_owned())], 2);
    assert_eq!(counts[&("refused".to_owned(), "no_consent".to_owned())], 1);
    let list = async |filter: OutboxFilter| store.messages(&rijnoever(), &filter, Paging::first(2)).await;
    let all = list(OutboxFilter::default()).await?;
    assert_eq!(all.total, counts.values().sum::<u64>());
    assert_eq!(all.rows.iter().map(|row| row.customer).collect::<Vec<_>>(), [6, 5].map(customer), "newest first");
    for ((state, reason), count) in &counts {
        let filter =
            OutboxFilter { state: Some(state.clone()), reason: Some(reason.clone()), ..OutboxFilter::default() };
        assert_eq!(list(filter).await?.total, *count, "{state} {reason}");
    }
    let filter = OutboxFilter {
        journey: Some(reparatie()),
        touchpoint: Some("bevestiging".into()),
        customer: Some(customer(2)),
        state: Some("failed".to_owned()),
        channel: Some(Channel::email()),
        reference: None,
        reason: Some("550".to_owned()),
        since: Some(at(2)),
    };
    assert_eq!(list(filter.clone()).await?.total, 1);
    assert_eq!(list(OutboxFilter { since: Some(at(3)), ..filter }).await?.total, 0, "it was asked for before");
    assert_eq!(store.outbox_counts(&other(), None).await?.len(), 0);
    Ok(())
}

pub(crate) async fn counts_say_of_each_touchpoint_what_came_of_it(store: &impl Store) -> Result<()> {
    let failed = |reason: &str| SendState::Failed { reason: reason.to_owned() };
    let held = |why| SendState::Held { until: at(99), why };
    let refused = SendState::Refused { reason: Refusal::OverBudget };
    let rows = [
        ("herinnering", failed("550 no such user")),
        ("herinnering", failed("552 full")),
        ("herinnering", held(Waits::Halt)),
        ("herinnering", held(Waits::QuietHours)),
        ("tips", refused),
        ("tips", SendState::Sent { time: at(9), reference: None }),
    ];
    let rows = (1..).zip(rows).map(|(number, (touchpoint, state))| OutboxRow {
        decided: at(i64::try_from(number).unwrap_or(0)),
        ..message(number, customer(number), touchpoint, state)
    });
    put(store, rows.collect()).await?;
    let counts = async |since| -> Result<Vec<_>> {
        let counts = store.message_counts(&rijnoever(), &reparatie(), at(since)).await?;
        Ok(counts.into_iter().map(|one| (one.touchpoint.to_string(), one.state, one.reason, one.count)).collect())
    };
    let one = |touchpoint: &str, state: &str, reason: &str, count| {
        (touchpoint.to_owned(), state.to_owned(), reason.to_owned(), count)
    };
    let all = [
        one("herinnering", "failed", "", 2),
        one("herinnering", "held", "halt", 1),
        one("herinnering", "held", "quiet_hours", 1),
        one("tips", "refused", "over_budget", 1),
        one("tips", "sent", "", 1),
    ];
    assert_eq!(counts(0).await?, all, "what a provider said is one reason");
    assert_eq!(counts(6).await?, all[4..]);
    for (touchpoint, state, reason, count) in counts(2).await? {
        let filter = OutboxFilter {
            journey: Some(reparatie()),
            touchpoint: Some(touchpoint.as_str().into()),
            state: Some(state),
            reason: Some(reason).filter(|reason| !reason.is_empty()),
            since: Some(at(2)),
            ..OutboxFilter::default()
        };
        assert_eq!(store.messages(&rijnoever(), &filter, Paging::first(9)).await?.total, count, "{filter:?}");
    }
    assert_eq!(store.message_counts(&other(), &reparatie(), at(0)).await?, []);
    Ok(())
}

pub(crate) async fn the_pause_between_two_asks_is_known(store: &impl Store) -> Result<()> {
    let sent = |time| SendState::Sent { time, reference: None };
    put(
        store,
        vec![
            message(1, customer(1), "enquete", sent(at(100))),
            message(2, customer(1), "enquete", sent(at(50))),
            message(3, customer(1), "enquete", SendState::Refused { reason: Refusal::AskedRecently }),
        ],
    )
    .await?;
    let asked = store.last_asked(&rijnoever(), customer(1)).await?;
    assert_eq!(asked, [(reparatie(), "bevestiging".into(), at(100))], "the newest that went");
    assert_eq!(store.last_asked(&rijnoever(), customer(2)).await?, []);
    Ok(())
}
