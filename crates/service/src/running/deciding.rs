use std::collections::BTreeSet;

use engine::{Gate, Traveller, World};
use jiff::Timestamp;
use store::{OutboxRow, SendState};
use words::{Channel, Customer, Decision, Halt, HaltId, PrincipalId, Refusal, Verdict, Waits};

use super::Surroundings;
use crate::answering::answer_to;
use crate::complaining::own_of;
use crate::sending::notice_of;

/// Everything that a decision about a message of one customer looks at.
pub struct Deciding<'a> {
    /// Of the organisation.
    pub surroundings: &'a Surroundings,
    /// The engine's view of the same.
    pub world: &'a World<'a>,
    /// Addresses of this customer that must not be written to.
    pub suppressed: &'a BTreeSet<(Channel, String)>,
    /// When it is decided.
    pub now: Timestamp,
}

impl Deciding<'_> {
    /// The halt that a message falls under. A notice tells of one and falls under none, nor does what staff
    /// answer, or word of a complaint.
    fn halt(&self, row: &OutboxRow, customer: &Customer) -> Option<&Halt> {
        let (halts, facts) = (&self.surroundings.halts, &row.send.facts);
        if halts.is_empty() {
            return None;
        }
        let setting = self.world.setting;
        let zone = setting.zone(customer);
        let found = engine::halted(halts, &row.journey, customer, facts, &zone, self.now);
        found.filter(|_| notice_of(row).is_none() && answer_to(row).is_none() && own_of(row).is_none())
    }

    /// The halt because of which a message does not go now, when that is what the decision says.
    pub(super) fn held_by(&self, row: &OutboxRow, verdict: &Verdict, customer: &Customer) -> Option<&Halt> {
        let is_held =
            matches!(verdict, Verdict::Hold { why: Waits::Halt, .. } | Verdict::Refuse { reason: Refusal::Halted });
        if is_held { self.halt(row, customer) } else { None }
    }

    /// A notice goes as long as what it tells of is so.
    fn stands(&self, halt: HaltId) -> Result<(), Refusal> {
        let stands = self.surroundings.halts.iter().any(|standing| standing.id == halt);
        if stands { Ok(()) } else { Err(Refusal::NotWanted) }
    }

    /// In whose name a message goes: as its journey says by what is known now, else as it was.
    pub fn whose(&self, row: &OutboxRow, traveller: &Traveller) -> PrincipalId {
        let definition = traveller.run(row.run).and_then(|run| self.world.followed_by(run));
        match definition.filter(|definition| definition.principal.is_some()) {
            Some(_) if answer_to(row).is_none() => self.surroundings.faces.whose(definition, &row.send.facts).id(),
            _ => row.principal.clone(),
        }
    }

    /// Decides about one message of this customer.
    pub fn decide(&self, row: &OutboxRow, traveller: &Traveller) -> Decision {
        let setting = self.world.setting;
        let customer = &traveller.profile.customer;
        let run = traveller.run(row.run);
        let definition = run.and_then(|run| self.world.followed_by(run));
        let wanted = run.zip(definition).map_or(Err(Refusal::NotWanted), |(run, definition)| {
            engine::still_wanted(definition, run, customer, &row.key, self.now, setting)
        });
        let held_out = definition
            .and_then(|definition| definition.touchpoint(&row.touchpoint))
            .is_some_and(|touchpoint| engine::held_out(setting.seed, customer.id, &touchpoint.id, touchpoint.holdout));
        let held_until = match row.state {
            SendState::Held { why: Waits::Anew, .. } => row.next_attempt,
            SendState::Held { until, .. } => Some(until),
            _ => None,
        };
        let held_until = held_until.filter(|until| *until > row.decided);
        let refused: BTreeSet<Channel> = row.tried.iter().cloned().collect();
        let tested = self.surroundings.tested_for(&row.principal);
        let gate = Gate {
            organisation: &self.surroundings.organisation,
            wanted: match notice_of(row) {
                Some(halt) => self.stands(halt),
                None if answer_to(row).is_some() || own_of(row).is_some() => Ok(()),
                None => wanted,
            },
            held_out: setting.holdouts && held_out,
            asked_last: traveller.profile.asked_last(&row.journey, &row.touchpoint),
            suppressed: self.suppressed,
            refused: &refused,
            tested: &tested,
            // Word of a complaint about no journey hangs on none.
            live: self.surroundings.is_live(&row.journey) || (own_of(row).is_some() && row.journey.as_str().is_empty()),
            staff: &self.surroundings.staff,
            decided: row.decided,
            held_until,
            halt: self.halt(row, customer),
            attention: &traveller.profile.attention,
            answers: answer_to(row),
        };
        engine::decide(&row.key, &row.send, customer, gate, self.now, setting)
    }
}
