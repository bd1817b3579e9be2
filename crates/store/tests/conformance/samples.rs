//! Small things to store.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    AuditRow, Change, JourneyRow, Mode, NewEvent, OrganisationRow, OutboxRow, Result, SendState, Store, StoredRun,
    TaskRow, TaskState,
};
use uuid::Uuid;
use words::{
    AskOf, Channel, Class, Contact, CustomerId, EffectKey, Event, EventId, EventName, Identity, JourneyId,
    OrganisationId, Quiet, Run, RunId, Scale, SendEffect, Status, TouchpointId, VersionHash,
};

/// The first moment of every story, and minutes after it.
pub(crate) fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2026-03-02T08:00:00Z".parse().expect("a moment");
    start + SignedDuration::from_mins(minutes)
}

pub(crate) fn rijnoever() -> OrganisationId {
    OrganisationId::new("rijnoever")
}

pub(crate) fn other() -> OrganisationId {
    OrganisationId::new("waterland")
}

pub(crate) fn reparatie() -> JourneyId {
    JourneyId::new("reparatie")
}

pub(crate) fn version() -> VersionHash {
    VersionHash::new("a".repeat(64))
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) fn customer(number: u128) -> CustomerId {
    CustomerId::new(id(number))
}

pub(crate) fn run_id(number: u128) -> RunId {
    RunId::new(id(1_000_000 + number))
}

pub(crate) fn journey_row(organisation: OrganisationId) -> JourneyRow {
    JourneyRow {
        organisation,
        id: reparatie(),
        title: "Reparatie aan huis".to_owned(),
        created: at(0),
        live: None,
        mode: Mode::Proof,
        paused: false,
    }
}

/// Two organisations with the journey.
pub(crate) async fn prepare(store: &impl Store) -> Result<()> {
    for id in [rijnoever(), other()] {
        store
            .save_organisation(OrganisationRow {
                id: id.clone(),
                text: "zone: Europe/Amsterdam".into(),
                created: at(0),
            })
            .await?;
        store.save_journey(journey_row(id)).await?;
    }
    Ok(())
}

pub(crate) fn event(id: &str, who: Option<&str>, properties: &[(&str, &str)], minute: i64) -> Event {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    Event {
        id: EventId::new(id),
        source: "klantenportaal".to_owned(),
        name: EventName::parse("repair.reported").expect("a name"),
        time: at(minute),
        received: at(minute),
        identity: Identity { customer: who.map(str::to_owned), anonymous: None },
        properties: properties.collect::<BTreeMap<_, _>>(),
        imported: false,
    }
}

pub(crate) fn new_event(id: &str, who: &str, minute: i64) -> NewEvent {
    NewEvent::from_outside(rijnoever(), event(id, Some(who), &[("id", "R-1")], minute))
}

pub(crate) fn run(number: u128, customer: CustomerId, due: Option<Timestamp>) -> StoredRun {
    let run = Run {
        id: run_id(number),
        customer,
        journey: reparatie(),
        version: version(),
        key: Some(format!("R-{number}")),
        generation: 1,
        started: at(0),
        status: Status::Open,
        goal: None,
        dropped: None,
        at: Some(TouchpointId::new("melding")),
        due,
        revision: 1,
    };
    StoredRun { run, state: vec![1, 2, 3] }
}

pub(crate) fn contact(number: u128, customer: CustomerId, sequence: u32, touchpoint: &str, minute: i64) -> Contact {
    Contact {
        run: run_id(number),
        sequence,
        customer,
        journey: reparatie(),
        version: version(),
        touchpoint: TouchpointId::new(touchpoint),
        visit: 1,
        time: at(minute),
        recorded: at(minute + 1),
        channel: Some(Channel::new("phone")),
        place: None,
        staff: Some("Ans".to_owned()),
        outcome: None,
        reason: None,
        score: words::Experience::new(0.5),
        event: EventId::new(format!("e{sequence}")),
        object: Some("repair:R-1".to_owned()),
    }
}

pub(crate) fn change(customer: CustomerId, revision: u64) -> Change {
    Change::new(rijnoever(), customer, revision, at(i64::try_from(revision).unwrap_or(0)))
}

pub(crate) fn key(number: u128, touchpoint: &str) -> EffectKey {
    EffectKey::new(run_id(number), 1, &TouchpointId::new(touchpoint), "e1")
}

pub(crate) fn message(number: u128, customer: CustomerId, touchpoint: &str, state: SendState) -> OutboxRow {
    OutboxRow {
        key: key(number, touchpoint),
        organisation: rijnoever(),
        customer,
        run: run_id(number),
        journey: reparatie(),
        touchpoint: TouchpointId::new(touchpoint),
        decided: at(0),
        send: SendEffect {
            message: touchpoint.to_owned(),
            class: Class::Service,
            channels: vec![Channel::email(), Channel::new("sms")],
            urgent: false,
            quiet: Quiet::Hold,
            attention: None,
            behind: false,
            until: Some(at(600)),
            ask: vec![AskOf {
                question: "communicatie".to_owned(),
                scale: Scale::Mark,
                about: vec![TouchpointId::new("bevestiging")],
            }],
            facts: json!({ "repair": { "id": "R-1" } }),
        },
        state,
        channel: Some(Channel::email()),
        to: Some("anne@example.nl".to_owned()),
        principal: words::PrincipalId::own(),
        tried: Vec::new(),
        attempts: 0,
        next_attempt: None,
        last_error: None,
        doubt: None,
        rendered: None,
    }
}

pub(crate) fn task(number: u128, customer: CustomerId, team: &str, due: Option<Timestamp>) -> TaskRow {
    TaskRow {
        key: key(number, "niet-gelukt"),
        organisation: rijnoever(),
        customer,
        run: run_id(number),
        journey: reparatie(),
        touchpoint: TouchpointId::new("niet-gelukt"),
        team: team.to_owned(),
        title: "Maak nu samen een nieuwe afspraak".to_owned(),
        due,
        script: None,
        facts: json!({}),
        object: Some("visit:V-1".to_owned()),
        made: at(0),
        complaint: None,
        state: TaskState::Open,
    }
}

pub(crate) fn audit(number: u128, minute: i64) -> AuditRow {
    AuditRow {
        id: id(number),
        organisation: rijnoever(),
        time: at(minute),
        account: None,
        what: "journey.published".to_owned(),
        subject: "reparatie".to_owned(),
        detail: json!({ "number": number.to_string() }),
    }
}
