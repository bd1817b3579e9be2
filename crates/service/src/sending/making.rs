use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use channels::{Outgoing, Transport, whatsapp::WINDOW};
use jiff::{SignedDuration, Timestamp};
use journey::Organisation;
use store::{Lane, Link, OutboxRow, Outcome, Rendered, Sender, StoredCustomer};
use words::{Channel, CustomerId, JourneyId, Language, Refusal};

use super::backoff::next_attempt;
use super::carrier::{Carrier, Ready};
use super::headers::headers;
use super::message::{Making, Unmakeable, Who};
use super::notice::{notice_of, noticed};
use super::noting::Done;
use super::transports::UnknownTransport;
use crate::catalog::Published;
use crate::complaining::own_of;
use crate::drive::SameBytes;
use crate::panics::unless_it_panics;
use crate::principals::Faces;
use crate::{Random, Result, hearing, links};

/// When the password of a sender cannot be opened, its messages wait for so long.
const SEALED_TRIED_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// What the messages of a lane are made from.
pub(super) struct Workshop {
    organisation: Option<Arc<Organisation>>,
    /// What customers see of those in whose name it writes.
    pub(super) faces: Option<Faces>,
    /// The live versions, of the journeys that were looked at.
    live: BTreeMap<JourneyId, Option<Arc<Published>>>,
    pub(super) customers: BTreeMap<CustomerId, StoredCustomer>,
    /// What is wrong with the rows of those who cannot be read.
    unreadable: BTreeMap<CustomerId, store::Error>,
    /// Addresses from which somebody wrote to us so short ago that a text of our own is taken.
    talking: BTreeSet<String>,
}

impl Workshop {
    /// The name that a customer reads: that of the sender, or where another sender carries it, of whose it is.
    fn name_on(&self, sender: &Sender, row: &OutboxRow) -> String {
        let face = self.faces.as_ref().filter(|_| sender.principal != row.principal);
        face.map_or_else(|| sender.from_name.clone(), |faces| faces.of(&row.principal).name.clone())
    }
}

/// Made, with the links that must be kept before it goes.
pub(super) type Made = (std::result::Result<Rendered, Unmakeable>, Vec<Link>);

impl Carrier {
    /// Everything a transport needs, or what came of a message before it got that far.
    pub(super) async fn prepare(
        &self,
        lane: &Lane,
        rows: Vec<OutboxRow>,
        language: Language,
    ) -> Result<(Vec<Ready>, Vec<Done>)> {
        let now = self.clock.now();
        let senders = self.store.senders(&lane.organisation).await?;
        let way = match Sender::carrying(&senders, &lane.sender()).filter(|sender| sender.tested.is_some()) {
            None => Err(Outcome::Refused { reason: Refusal::SenderUntested }),
            Some(sender) => match self.transports.of(sender) {
                Ok(transport) => Ok((sender, transport)),
                // Whoever runs it can mend this; until then they wait.
                Err(error @ UnknownTransport::Sealed) => {
                    let at = now.saturating_add(SEALED_TRIED_AFTER).unwrap_or(Timestamp::MAX);
                    Err(Outcome::GivenBack { at, reason: error.to_string() })
                }
                Err(error) => Err(Outcome::Failed { reason: error.to_string() }),
            },
        };
        let unmade = rows.iter().filter(|row| row.rendered.is_none());
        let mut workshop = self.workshop(lane, unmade.map(|row| row.customer)).await?;
        workshop.talking = self.talking(lane, &rows, now).await?;
        let (mut ready, mut done, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let made = self.ready(row.clone(), &way, (&mut workshop, &mut links), (language, now));
            match unless_it_panics(made).await {
                Ok(Ok(Ok(one))) => ready.push(one),
                Ok(Ok(Err(one))) => done.push(*one),
                Ok(Err(error)) if error.is_of_the_moment() => return Err(error),
                Ok(Err(error)) => done.push(not_made(row, now, error.to_string())),
                Err(panicked) => done.push(not_made(row, now, panicked)),
            }
        }
        if !links.is_empty() {
            self.store.save_links(links).await?;
        }
        Ok((ready, done))
    }

    async fn ready(
        &self,
        row: OutboxRow,
        way: &std::result::Result<(&Sender, Arc<dyn Transport>), Outcome>,
        (workshop, links): (&mut Workshop, &mut Vec<Link>),
        (language, now): (Language, Timestamp),
    ) -> Result<std::result::Result<Ready, Box<Done>>> {
        let ended = |row, outcome| Ok(Err(Box::new(Done::without(row, outcome))));
        if late(&row, now) {
            return ended(row, Outcome::Refused { reason: Refusal::TooLate });
        }
        let Some((channel, to)) = row.channel.clone().zip(row.to.clone()) else {
            return ended(row, Outcome::Refused { reason: Refusal::NoAddress });
        };
        let (sender, transport) = match way {
            Ok((sender, transport)) => (*sender, transport.clone()),
            Err(outcome) => return ended(row, outcome.clone()),
        };
        // What was made at an earlier attempt by this channel, else made now.
        let rendered = match &row.rendered {
            Some(made) => made.clone(),
            None => match self.made(workshop, &row, &channel, now, self.random.as_ref()).await? {
                (Ok(made), more) => {
                    links.extend(more);
                    made
                }
                (Err(_), _) => return ended(row, Outcome::Refused { reason: Refusal::Unrenderable }),
            },
        };
        let outgoing = Outgoing {
            in_conversation: workshop.talking.contains(&to),
            receipts: self.receipts(sender),
            key: format!("{}:{channel}", row.key),
            channel,
            time: row.decided,
            from: channels::Sender { name: workshop.name_on(sender, &row), address: sender.from_address.clone() },
            reply_to: sender.reply_to.clone(),
            to,
            subject: rendered.subject.clone().unwrap_or_default(),
            text: rendered.text.clone(),
            html: rendered.html.clone(),
            headers: headers(&row, &rendered),
            template: rendered.template.clone(),
        };
        Ok(Ok(Ready { row, outgoing, rendered, transport, language, claimed: now, mark: None }))
    }

    /// Of these messages the addresses from which somebody wrote to us within the time that WhatsApp counts.
    async fn talking(&self, lane: &Lane, rows: &[OutboxRow], now: Timestamp) -> Result<BTreeSet<String>> {
        if lane.channel != Channel::new("whatsapp") {
            return Ok(BTreeSet::new());
        }
        let addresses: BTreeSet<_> = rows.iter().filter_map(|row| row.to.clone()).collect();
        let addresses: Vec<_> = addresses.into_iter().map(|address| (lane.channel.clone(), address)).collect();
        let heard = self.store.last_heard(&lane.organisation, &addresses).await?;
        let lasts = |heard: &store::Heard| now.duration_since(heard.time) < WINDOW;
        Ok(heard.into_iter().filter(lasts).map(|heard| heard.address).collect())
    }

    /// Where a provider tells what became of a message; it can only where it reaches us.
    fn receipts(&self, sender: &Sender) -> Option<String> {
        let is_reached = self.base.starts_with("https://");
        is_reached.then(|| hearing::address(&self.base, &sender.organisation, &sender.name()))
    }

    /// The message as this customer would see it by a channel, for staff: nothing is kept or sent, and the links to our own
    /// pages lead nowhere. What went out by this channel is shown as it went. `None`: it cannot be made.
    pub async fn preview(&self, row: &OutboxRow, channel: &Channel) -> Result<Option<Rendered>> {
        if let Some(made) = row.rendered.as_ref().filter(|_| row.channel.as_ref() == Some(channel)) {
            return Ok(Some(made.clone()));
        }
        let lane =
            Lane { organisation: row.organisation.clone(), channel: channel.clone(), principal: row.principal.clone() };
        let mut workshop = self.workshop(&lane, [row.customer]).await?;
        // The tokens in its links are nobody's.
        let (made, _) = self.made(&mut workshop, row, channel, row.decided, &SameBytes(0)).await?;
        Ok(made.ok())
    }

    pub(super) async fn workshop(
        &self,
        lane: &Lane,
        customers: impl IntoIterator<Item = CustomerId>,
    ) -> Result<Workshop> {
        let organisation = self.catalog.organisation(&lane.organisation).await?;
        let faces = match &organisation {
            Some(shared) => Some(Faces::load(self.store.as_ref(), &lane.organisation, shared).await?),
            None => None,
        };
        let ids: Vec<CustomerId> = customers.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let (mut customers, mut unreadable) = (BTreeMap::new(), BTreeMap::new());
        match self.store.customers_by_id(&lane.organisation, &ids).await {
            Ok(found) => customers.extend(found.into_iter().map(|found| (found.customer.id, found))),
            Err(store::Error::Unreadable { .. }) => {
                for id in ids {
                    match self.store.customer(&lane.organisation, id).await {
                        Ok(found) => customers.extend(found.map(|found| (id, found))),
                        Err(error @ store::Error::Unreadable { .. }) => drop(unreadable.insert(id, error)),
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Workshop { organisation, faces, live: BTreeMap::new(), customers, unreadable, talking: BTreeSet::new() })
    }

    async fn live(&self, workshop: &mut Workshop, row: &OutboxRow) -> Result<Option<Arc<Published>>> {
        if let Some(known) = workshop.live.get(&row.journey) {
            return Ok(known.clone());
        }
        let hash = self.store.journey(&row.organisation, &row.journey).await?.and_then(|journey| journey.live);
        let live = match hash {
            Some(hash) => self.catalog.version(&row.organisation, &row.journey, &hash).await?,
            None => None,
        };
        workshop.live.insert(row.journey.clone(), live.clone());
        Ok(live)
    }

    pub(super) async fn made(
        &self,
        workshop: &mut Workshop,
        row: &OutboxRow,
        channel: &Channel,
        now: Timestamp,
        random: &dyn Random,
    ) -> Result<Made> {
        if let Some(error) = workshop.unreadable.get(&row.customer) {
            return Err(error.clone().into());
        }
        let missing = || Ok((Err(Unmakeable::NoMessage(row.send.message.clone())), Vec::new()));
        let published = self.live(workshop, row).await?;
        if published.is_none() && own_of(row).is_none() {
            return missing();
        }
        let Some(organisation) = workshop.organisation.clone() else { return missing() };
        let Some(faces) = workshop.faces.clone() else { return missing() };
        let Some(customer) = workshop.customers.get(&row.customer) else { return missing() };
        let making = Making {
            published: published.as_deref(),
            organisation: &organisation,
            customer: &customer.customer,
            channel,
            now,
            staff: None,
            who: Who { faces: &faces, principal: &row.principal, base: &self.base },
        };
        if let Some(halt) = notice_of(row) {
            let halt = self.store.halt(&row.organisation, halt).await?;
            let Some(notice) = halt.and_then(|halt| halt.notice) else { return missing() };
            let message = noticed(&notice, organisation.language);
            let below = making.below(row).into_iter().map(str::to_owned);
            let made = links::make(below, (row, channel), &organisation, &self.base, now, random);
            return Ok((making.rendered_as(&message, row, made.addresses), made.links));
        }
        let made = links::make(
            making.links(row),
            (row, channel),
            &organisation,
            &faces.base(&row.principal, &self.base),
            now,
            random,
        );
        Ok((making.render(row, made.addresses), made.links))
    }
}

/// What cannot be made for a reason of its own: an attempt that failed, and in the end a message that did.
pub(super) fn not_made(row: OutboxRow, now: Timestamp, reason: String) -> Done {
    // Why stands at the message: it may quote what it stumbled over.
    tracing::error!(journey = %row.journey, touchpoint = %row.touchpoint, "a message cannot be made");
    let outcome = match next_attempt(now, row.attempts, 0.0) {
        Some(at) => Outcome::Retry { at, reason },
        None => Outcome::Failed { reason },
    };
    Done::without(row, outcome)
}

/// Past the patience that it had when it was asked for, counted from when it was ready: being held is not being late, and
/// neither is being tried again.
pub(super) fn late(row: &OutboxRow, now: Timestamp) -> bool {
    let Some(until) = row.send.until.filter(|_| row.attempts <= 1) else { return false };
    let ready = row.next_attempt.unwrap_or(row.decided);
    ready.checked_add(until.duration_since(row.decided)).is_ok_and(|deadline| deadline < now)
}
