//! What happens in a world from outside: deliveries, what staff do, clocks that jump, the power that fails.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use service::{Publication, Service};
use store::{AliasKind, JourneyRow};
use words::{Event, Halt, HaltId, HaltScope, JourneyId, OrganisationId};

use crate::stories::name;

/// One thing that happens.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    /// In real time, whatever the clocks say.
    pub(crate) time: Timestamp,
    pub(crate) what: Happens,
}

#[derive(Clone, Debug)]
pub(crate) enum Happens {
    /// A system sends an event, again and again until it is answered.
    Delivery(Box<Event>),
    /// Staff erase a customer.
    Erasure(usize),
    /// Staff pause a journey, or let it go on.
    Pause(String, bool),
    /// Staff hold all messages back until a moment, or end that.
    Halt { number: u128, until: Timestamp, over: bool },
    /// Staff publish another text of a journey, or the first one once more.
    Publish(String, bool),
    /// The clocks of all machines are so far off from now on.
    ClockOff(SignedDuration),
    /// One worker stands still in the middle of what it does, for so long.
    StandStill(SignedDuration),
    /// Every process is gone at once, and the store is opened anew.
    PowerCut,
}

impl Happening {
    pub(crate) fn deliver(time: Timestamp, event: Event) -> Self {
        Self { time, what: Happens::Delivery(Box::new(event)) }
    }
}

/// What the client was answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// This event is accepted.
    Event(Box<Event>),
    /// This erasure has begun.
    Erasure(uuid::Uuid),
    /// It is done.
    Done,
}

/// Does what a person or a system asks of a process that serves pages. An error: it is asked once more.
pub(crate) async fn ask(service: Service, organisation: OrganisationId, what: Happens) -> service::Result<Answer> {
    let (now, store) = (service.clock.now(), service.store.clone());
    match what {
        Happens::Delivery(event) => deliver(&service, &organisation, *event).await,
        Happens::Erasure(who) => {
            let found = store.by_alias(&organisation, &[(AliasKind::User, name(who))]).await?;
            let Some(customer) = found.into_iter().flatten().next() else { return Ok(Answer::Done) };
            let begun = service.eraser.begin(&organisation, customer, now).await?;
            Ok(begun.map_or(Answer::Done, |erasure| Answer::Erasure(erasure.id)))
        }
        Happens::Pause(journey, paused) => {
            let id = JourneyId::new(journey);
            let Some(row) = store.journey(&organisation, &id).await? else { return Ok(Answer::Done) };
            store.save_journey(JourneyRow { paused, ..row }).await?;
            if !paused {
                store.fall_behind(&organisation, &id, now).await?;
            }
            Ok(Answer::Done)
        }
        Happens::Halt { number, until, over } => {
            let halt = Halt {
                id: HaltId::from_u128(number),
                title: "Storm".into(),
                scope: HaltScope { journeys: BTreeSet::new(), ..HaltScope::default() },
                from: now,
                until: if over { now } else { until },
                afterwards: number % 2 == 0,
                notice: None,
            };
            store.save_halt(&organisation, halt).await?;
            store.decide_anew(&organisation, now).await?;
            Ok(Answer::Done)
        }
        Happens::Publish(journey, is_other) => {
            let Some(mut folder) = service::reference::journeys().remove(&journey) else { return Ok(Answer::Done) };
            let text = crate::world::without_holdouts(folder.get("journey.yaml").unwrap_or_default());
            let other = text.replace("by: 2h }", "by: 3h }").replace("by: 3d, at", "by: 4d, at");
            folder.put("journey.yaml", if is_other { other } else { text });
            let published = service.publisher.publish(&organisation, &folder, None, "", now).await?;
            assert!(matches!(published, Publication::Live { .. }), "{published:?}");
            Ok(Answer::Done)
        }
        Happens::ClockOff(_) | Happens::StandStill(_) | Happens::PowerCut => Ok(Answer::Done),
    }
}

async fn deliver(service: &Service, organisation: &OrganisationId, mut event: Event) -> service::Result<Answer> {
    let now = service.clock.now();
    event.received = now;
    event.time = event.time.min(now);
    let answer = Answer::Event(Box::new(event.clone()));
    service.intake.accept(organisation, &event.source.clone(), vec![Ok(event)], now).await?;
    Ok(answer)
}
