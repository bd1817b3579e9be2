//! Letters and cards: a person prints what waits, and posts the pile or puts it back. The queue is the outbox itself, so that what
//! is taken back, held or decided anew before it is printed never comes to paper.

use std::sync::Arc;

use jiff::Timestamp;
use journey::Organisation;
use post::Window;
use store::{Lane, OutboxFilter, OutboxRow, Outcome, Paging, Rendered, SendState, Sender};
use words::{Channel, EffectKey, JourneyId, Language, OrganisationId, PrincipalId, Refusal};

use super::carrier::Carrier;
use super::guard;
use super::letter::{sender_lines, window};
use super::making::{Workshop, late, not_made};
use super::noting::Done;
use super::transports::sender_of;
use crate::Result;
use crate::principals::Faces;

/// Letters of one pile.
pub const PILE_MAX: u32 = post::LETTERS_MAX as u32;

/// What leads the name of a pile.
const PILE: &str = "pile-";

/// What came of printing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Letters that lie on the pile.
    pub letters: usize,
    /// Letters that cannot be posted, or no longer should be.
    pub left_out: usize,
}

/// Who writes, on which envelopes, and in which language staff read reasons.
struct House {
    from: Vec<String>,
    window: Window,
    language: Language,
}

/// The name of a pile; whether this is one.
pub fn pile_named(id: &str) -> String {
    format!("{PILE}{id}")
}

/// Whether a provider's name for a message is that of a pile.
pub fn is_pile(reference: &str) -> bool {
    reference.starts_with(PILE)
}

impl Carrier {
    /// Makes what waits on paper, in all names, of one journey or of all, and lays it on a pile. What cannot be posted goes the way of
    /// any message that is refused, with its reason.
    pub async fn print(
        &self,
        (organisation, channel): (&OrganisationId, &Channel),
        journey: Option<&JourneyId>,
        pile: &str,
    ) -> Result<Printed> {
        let others = self.store.principals(organisation).await?.into_iter().map(|principal| principal.id);
        let names = std::iter::once(PrincipalId::own()).chain(others.filter(|id| !id.is_own()));
        let mut printed = Printed::default();
        for principal in names {
            let lane = Lane { organisation: organisation.clone(), channel: channel.clone(), principal };
            let more = self.print_lane(&lane, journey, (pile, PILE_MAX - printed.letters as u32)).await?;
            printed = Printed { letters: printed.letters + more.letters, left_out: printed.left_out + more.left_out };
        }
        Ok(printed)
    }

    /// The letters of one name, at most so many.
    async fn print_lane(
        &self,
        lane: &Lane,
        journey: Option<&JourneyId>,
        (pile, limit): (&str, u32),
    ) -> Result<Printed> {
        let now = self.clock.now();
        let claimed = self.store.claim(now, lane, limit).await?;
        let (wanted, others): (Vec<_>, Vec<_>) =
            claimed.into_iter().partition(|row| journey.is_none_or(|journey| row.journey == *journey));
        let back = |row| Done::without(row, Outcome::GivenBack { at: now, reason: String::new() });
        self.note_or_put_aside(others.into_iter().map(back).collect()).await?;
        let house = self.house(lane).await?;
        let mut workshop = self.workshop(lane, wanted.iter().map(|row| row.customer)).await?;
        let verdicts = self.guard.verdicts(self.store.as_ref(), &wanted).await?;
        let (mut done, mut links) = (Vec::new(), Vec::new());
        for (row, before) in wanted.into_iter().zip(verdicts) {
            done.push(match before {
                Some((before, time)) => {
                    let (outcome, doubt) = guard::noted(before, time, house.language);
                    Done { doubt, ..Done::without(row, outcome) }
                }
                None => self.on_paper(row, lane, (&mut workshop, &mut links), &house, (pile, now)).await?,
            });
        }
        if !links.is_empty() {
            self.store.save_links(links).await?;
        }
        let letters = done.iter().filter(|done| matches!(done.outcome, Outcome::Printed { .. })).count();
        let printed = Printed { letters, left_out: done.len() - letters };
        self.note_or_put_aside(done).await?;
        Ok(printed)
    }

    /// One letter, or why there is none.
    async fn on_paper(
        &self,
        row: OutboxRow,
        lane: &Lane,
        (workshop, links): (&mut Workshop, &mut Vec<store::Link>),
        house: &House,
        (pile, now): (&str, Timestamp),
    ) -> Result<Done> {
        if late(&row, now) {
            return Ok(Done::without(row, Outcome::Refused { reason: Refusal::TooLate }));
        }
        let (made, more) = match self.made(workshop, &row, &lane.channel, now, self.random.as_ref()).await {
            Ok(made) => made,
            Err(error) if error.is_of_the_moment() => return Err(error),
            Err(error) => return Ok(not_made(row, now, error.to_string())),
        };
        let Ok(mut made) = made else {
            return Ok(Done::without(row, Outcome::Refused { reason: Refusal::Unrenderable }));
        };
        match fit(&mut made, house, workshop, &row) {
            Ok(()) => links.extend(more),
            Err(reason) => return Ok(Done::without(row, Outcome::NextChannel { at: now, reason })),
        }
        let outcome = Outcome::Printed { time: now, pile: pile.to_owned() };
        Ok(Done { rendered: Some(made), ..Done::without(row, outcome) })
    }

    /// Who writes on paper in a name, line by line.
    pub async fn letter_from(
        &self,
        organisation: &OrganisationId,
        principal: &PrincipalId,
        channel: &Channel,
    ) -> Result<Vec<String>> {
        let (organisation, channel, principal) = (organisation.clone(), channel.clone(), principal.clone());
        Ok(self.house(&Lane { organisation, channel, principal }).await?.from)
    }

    async fn house(&self, lane: &Lane) -> Result<House> {
        let senders = self.store.senders(&lane.organisation).await?;
        let sender = Sender::carrying(&senders, &lane.sender());
        let organisation = self.catalog.organisation(&lane.organisation).await?;
        let organisation = organisation.unwrap_or_else(|| Arc::new(Organisation::named("")));
        let faces = Faces::load(self.store.as_ref(), &lane.organisation, &organisation).await?;
        let in_name = sender.filter(|sender| sender.principal == lane.principal);
        Ok(House {
            from: sender_lines(faces.of(&lane.principal), in_name),
            // A pile goes into one kind of envelope.
            window: window(sender_of(&senders, &lane.channel)),
            language: organisation.language,
        })
    }

    /// What was printed together, in the order in which it lies: letters to be posted, that were posted, and those that were taken
    /// back since.
    pub async fn pile(&self, organisation: &OrganisationId, pile: &str) -> Result<Vec<OutboxRow>> {
        if !is_pile(pile) {
            return Ok(Vec::new());
        }
        let filter = OutboxFilter { reference: Some(pile.to_owned()), ..OutboxFilter::default() };
        let mut rows = self.store.messages(organisation, &filter, Paging::first(PILE_MAX)).await?.rows;
        rows.sort_by(|one, other| (one.decided, &one.key).cmp(&(other.decided, &other.key)));
        Ok(rows)
    }

    /// The pile is on its way: its letters count as sent. How many.
    pub async fn posted(&self, organisation: &OrganisationId, pile: &str) -> Result<usize> {
        let time = self.clock.now();
        let rows: Vec<OutboxRow> = self.pile(organisation, pile).await?.into_iter().filter(is_printed).collect();
        if let Err(error) = self.log_handing_over(rows.iter()).await {
            tracing::error!(%error, "the sent log cannot be written; the pile stays");
            return Err(store::Error::Unavailable(error.to_string()).into());
        }
        rows.iter().for_each(|row| self.log_told(row, true));
        let sent = |row| Done::without(row, Outcome::Sent { time, reference: Some(pile.to_owned()) });
        self.note_or_put_aside(rows.into_iter().map(sent).collect()).await
    }

    /// The pile, or one letter of it, was not posted: it waits again and is made anew. How many.
    pub async fn put_back(&self, organisation: &OrganisationId, pile: &str, only: Option<&EffectKey>) -> Result<usize> {
        let at = self.clock.now();
        let rows = self.pile(organisation, pile).await?.into_iter().filter(is_printed);
        let rows = rows.filter(|row| only.is_none_or(|key| row.key == *key));
        let back = |row| Done::without(row, Outcome::GivenBack { at, reason: String::new() });
        self.note_or_put_aside(rows.map(back).collect()).await
    }
}

fn is_printed(row: &OutboxRow) -> bool {
    matches!(row.state, SendState::Printed { .. })
}

/// Puts the sender on the letter; why it cannot be printed or posted.
fn fit(made: &mut Rendered, house: &House, workshop: &Workshop, row: &OutboxRow) -> std::result::Result<(), String> {
    let Some(letter) = &mut made.letter else {
        let address = workshop.customers.get(&row.customer).map(|stored| stored.customer.address.clone());
        let fault = address.unwrap_or_default().postal().err();
        return Err(fault.map_or_else(String::new, |fault| fault.message(house.language).to_owned()));
    };
    letter.from.clone_from(&house.from);
    post::pages(letter, house.window).map(|_| ()).map_err(|cause| cause.message(house.language))
}
