use std::sync::Arc;

use jiff::Timestamp;
use journey::AfterErasure;
use store::{
    Accepted, NewEvent, Rejected as StoredRejected, SourceTally, Store, UNREADABLE, UNREADABLE_MESSAGE,
    limits::ACCEPT_EVENTS_MAX, meter,
};
use uuid::Uuid;
use words::{Event, Language, OrganisationId, derived_id};

use crate::erasing::Gate;
use crate::intake::{Rejected, Taken};
use crate::running::{POISON, STUCK};
use crate::{Catalog, Result};

/// What came of one delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Kept.
    pub received: u32,
    /// Had come before.
    pub duplicate: u32,
    /// Went to quarantine; in the order of the delivery.
    pub refused: Vec<Rejected>,
}

/// Takes deliveries in: what is an event is kept, what is not goes to quarantine, and both are counted at their source.
pub struct Intake {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
}

impl Intake {
    /// Keeps one delivery of a source. Returns after the commit: then it may be acknowledged.
    pub async fn accept(
        &self,
        organisation: &OrganisationId,
        source: &str,
        taken: Vec<Taken>,
        now: Timestamp,
    ) -> Result<Delivered> {
        let delivered = self.take(organisation, source, taken, now).await?;
        self.tally(organisation, source, &delivered, now).await?;
        Ok(delivered)
    }

    /// Keeps what we fetched ourselves. That something known came once more is no word from the source: it may be silent.
    pub(crate) async fn accept_fetched(
        &self,
        organisation: &OrganisationId,
        source: &str,
        taken: Vec<Taken>,
        now: Timestamp,
    ) -> Result<Delivered> {
        let delivered = self.take(organisation, source, taken, now).await?;
        if delivered.received > 0 || !delivered.refused.is_empty() {
            self.tally(organisation, source, &delivered, now).await?;
        }
        Ok(delivered)
    }

    async fn take(
        &self,
        organisation: &OrganisationId,
        source: &str,
        taken: Vec<Taken>,
        now: Timestamp,
    ) -> Result<Delivered> {
        let mut delivered = Delivered::default();
        let mut events: Vec<Event> = Vec::with_capacity(taken.len());
        for one in taken {
            match one {
                Ok(event) => events.push(event),
                Err(rejected) => delivered.refused.push(rejected),
            }
        }
        self.keep(organisation, events, &mut delivered).await?;
        self.reject(organisation, source, &delivered.refused, now).await?;
        Ok(delivered)
    }

    async fn keep(&self, organisation: &OrganisationId, events: Vec<Event>, delivered: &mut Delivered) -> Result<()> {
        let events = self.past_erasures(organisation, events).await?;
        let mut rest: Vec<NewEvent> =
            events.into_iter().map(|event| NewEvent::from_outside(organisation.clone(), event)).collect();
        while !rest.is_empty() {
            let later = rest.split_off(rest.len().min(ACCEPT_EVENTS_MAX));
            for accepted in self.store.accept(std::mem::replace(&mut rest, later)).await? {
                match accepted {
                    Accepted::New => delivered.received += 1,
                    Accepted::Duplicate => delivered.duplicate += 1,
                }
            }
        }
        Ok(())
    }

    /// What of these events is kept: about somebody who was erased nothing is, or, where the organisation wants it, as
    /// something about a person whom nobody can name.
    async fn past_erasures(&self, organisation: &OrganisationId, events: Vec<Event>) -> Result<Vec<Event>> {
        let gate = Gate::look(self.store.as_ref(), organisation, events.iter().map(|event| (event, None))).await?;
        if !events.iter().any(|event| gate.stops(event, None)) {
            return Ok(events);
        }
        let shared = self.catalog.organisation(organisation).await?;
        let as_nobody = shared.is_some_and(|shared| shared.after_erasure == AfterErasure::Anonymous);
        let past = |event: Event| {
            if !gate.stops(&event, None) {
                return Some(event);
            }
            gate.nameless(event).filter(|_| as_nobody)
        };
        Ok(events.into_iter().filter_map(past).collect())
    }

    pub(crate) async fn reject(
        &self,
        organisation: &OrganisationId,
        source: &str,
        refused: &[Rejected],
        now: Timestamp,
    ) -> Result<()> {
        let rows = refused.iter().map(|refused| StoredRejected {
            id: rejected_id(organisation, source, refused, now),
            organisation: organisation.clone(),
            source: source.to_owned(),
            received: now,
            reason: refused.reason.code.as_str().to_owned(),
            detail: refused.reason.detail.clone(),
            raw: refused.raw.clone(),
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            self.store.reject(rows).await?;
        }
        Ok(())
    }

    async fn tally(
        &self,
        organisation: &OrganisationId,
        source: &str,
        delivered: &Delivered,
        now: Timestamp,
    ) -> Result<()> {
        let told = [
            ("accepted", delivered.received.into()),
            ("refused", delivered.refused.len() as u64),
            ("duplicate", delivered.duplicate.into()),
        ];
        for (outcome, by) in told {
            meter::count("klantreis_events_total", &[("source", source), ("outcome", outcome)], by);
        }
        let zone = self.catalog.zone(organisation).await?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let tally = SourceTally {
            organisation: organisation.clone(),
            source: source.to_owned(),
            day: now.to_zoned(zone).date(),
            time: now,
            received: delivered.received,
            refused: count(delivered.refused.len()),
            duplicate: delivered.duplicate,
        };
        Ok(self.store.tally(vec![tally]).await?)
    }
}

/// The same text refused again from the same source within the same delivery moment is the same row.
fn rejected_id(organisation: &OrganisationId, source: &str, refused: &Rejected, now: Timestamp) -> Uuid {
    let (time, index) = (now.as_microsecond().to_string(), refused.index.to_string());
    derived_id(&[organisation.as_str(), source, &time, &index, &refused.raw])
}

/// What was wrong with something in quarantine and what to do about it, for staff.
pub fn quarantine_text(code: &str, detail: &str, language: Language) -> String {
    if let Some(code) = crate::intake::Code::parse(code) {
        return crate::intake::Reason::new(code, detail).say(language);
    }
    match code {
        "unknown_object" => match language {
            Language::Nl => format!(
                "Niemand kent {detail}: binnen 48 uur kwam geen gebeurtenis die zegt bij wie het hoort. Stuur die alsnog en bied deze opnieuw aan."
            ),
            Language::En => format!(
                "Nobody knows {detail}: within 48 hours no event said whose it is. Send that one and offer this one again."
            ),
        },
        "too_many_waiting" => match language {
            Language::Nl => format!("Van dezelfde persoon wachtten te veel gebeurtenissen tegelijk, de oudste op {detail}."),
            Language::En => format!("Too many events of this customer waited at once, the oldest for {detail}."),
        },
        "bad_count" => language
            .pick(
                "Een dagtelling heeft een datum (2027-01-11) en een heel getal als count nodig.",
                "A daily count needs a date (2027-01-11) and a whole number as count.",
            )
            .to_owned(),
        POISON => match language {
            Language::Nl => format!(
                "Deze gebeurtenis kon na vijf pogingen niet worden verwerkt ({detail}). Niets wacht er nog op. Bied haar opnieuw aan als de oorzaak weg is."
            ),
            Language::En => format!(
                "This event could not be applied in five attempts ({detail}). Nothing waits for it any more. Offer it again once the cause is gone."
            ),
        },
        STUCK => match language {
            Language::Nl => format!(
                "Wat bij deze klant aan de beurt is kan niet worden gedaan ({detail}). Het wordt elk uur opnieuw geprobeerd; alleen deze klant wacht. Meld het aan wie klantreis beheert, en gooi deze regel weg als het opgelost is."
            ),
            Language::En => format!(
                "What is due for this customer cannot be done ({detail}). It is tried again every hour; only this customer waits. Tell whoever runs klantreis, and throw this line away once it is solved."
            ),
        },
        UNREADABLE => match language {
            Language::Nl => format!(
                "Wat van deze gebeurtenis bewaard is kan niet worden gelezen ({detail}). De andere gaan door. Meld het aan wie klantreis beheert: vraag de gebeurtenis opnieuw op bij de bron, of zet een reservekopie terug."
            ),
            Language::En => format!(
                "What is kept of this event cannot be read ({detail}). The others go on. Tell whoever runs klantreis: have the source send it again, or restore a backup."
            ),
        },
        UNREADABLE_MESSAGE => match language {
            Language::Nl => format!(
                "Een bericht aan deze klant is apart gezet: wat ervan bewaard is kan niet worden gelezen of geschreven ({detail}). De andere gaan door. Meld het aan wie klantreis beheert, en gooi deze regel weg als het opgelost is."
            ),
            Language::En => format!(
                "A message to this customer is put aside: what is kept of it cannot be read or written ({detail}). The others go on. Tell whoever runs klantreis, and throw this line away once it is solved."
            ),
        },
        "no_identity" => language
            .pick(
                "De gebeurtenis zegt niet over wie of wat zij gaat. Stuur een klantnummer of het nummer van een onderwerp mee.",
                "The event does not say whom or what it is about. Send a customer's id or an object's id along.",
            )
            .to_owned(),
        _ => format!("{code}: {detail}"),
    }
}
