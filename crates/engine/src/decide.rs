use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use journey::{Organisation, Span};
use words::{
    Attention, Channel, Check, Class, Customer, Decision, EffectKey, Halt, Quiet, Refusal, SendEffect, Verdict, Waits,
    limits,
};

use crate::{Ledger, Profile, Setting, civil};

/// What the caller looked up before a decision about sending.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'a> {
    /// Zone and quiet hours.
    pub organisation: &'a Organisation,
    /// From [`crate::still_wanted`].
    pub wanted: Result<(), Refusal>,
    /// From [`crate::held_out`], when holdouts are on.
    pub held_out: bool,
    /// When this customer was last asked about this touchpoint: [`crate::Profile::asked_last`].
    pub asked_last: Option<Timestamp>,
    /// Addresses that must not be written to.
    pub suppressed: &'a BTreeSet<(Channel, String)>,
    /// Channels that definitely refused this message before. Never one whose answer is unknown.
    pub refused: &'a BTreeSet<Channel>,
    /// Channels whose sender received its test message.
    pub tested: &'a BTreeSet<Channel>,
    /// Whether the journey was switched live.
    pub live: bool,
    /// Addresses of staff: the only ones that a journey that is not live sends to.
    pub staff: &'a BTreeSet<String>,
    /// When the asking step decided: [`words::Effect::Send`].
    pub decided: Timestamp,
    /// Until when this message was held, if it was.
    pub held_until: Option<Timestamp>,
    /// The halt that it falls under: [`crate::halted`].
    pub halt: Option<&'a Halt>,
    /// What took this customer's attention lately.
    pub attention: &'a Ledger,
    /// Staff answer what the customer wrote from this address: it goes back there, whatever was consented to and to whomever the
    /// journey may write.
    pub answers: Option<&'a str>,
}

/// Decides about one message: pure; every rule that was looked at is kept in order. First what holds for the message
/// (`wanted`, `late`, `halt`, `ask`, `holdout`, `budget`), then per candidate channel `address`, `suppression`, `consent`,
/// `quiet_hours`, `sender`, `live`. Candidates: the customer's own order first, then the touchpoint's; the next one only after a definite
/// refusal, of which having no address is one.
pub fn decide(
    key: &EffectKey,
    send: &SendEffect,
    customer: &Customer,
    gate: Gate<'_>,
    now: Timestamp,
    setting: Setting<'_>,
) -> Decision {
    let mut deciding = Deciding { key, send, customer, gate, now, setting, checks: Vec::new() };
    let verdict = deciding.whole_message().unwrap_or_else(|| deciding.by_channel());
    Decision { key: key.clone(), time: now, verdict, checks: deciding.checks }
}

/// The touchpoint's channels that can carry a message, the customer's own order first.
pub fn candidates(send: &SendEffect, customer: &Customer) -> Vec<Channel> {
    let preferred = customer.channels.iter().filter(|channel| send.channels.contains(channel));
    let others = send.channels.iter().filter(|channel| !customer.channels.contains(channel));
    preferred.chain(others).filter(|channel| channel.sends()).cloned().collect()
}

/// Reserves what a message that goes takes of the budget, until `message.failed` gives it back. Whether the profile changed.
pub fn reserve(profile: &mut Profile, decision: &Decision, send: &SendEffect, setting: Setting<'_>) -> bool {
    let goes = matches!(decision.verdict, Verdict::Send { .. }) && setting.organisation.message_budget.is_some();
    if goes {
        profile.attention.spend(decision.key.as_str(), decision.time, Attention::weight(send.attention));
    }
    goes
}

struct Deciding<'a> {
    key: &'a EffectKey,
    send: &'a SendEffect,
    customer: &'a Customer,
    gate: Gate<'a>,
    now: Timestamp,
    setting: Setting<'a>,
    checks: Vec<Check>,
}

/// What one channel came to.
enum Candidate {
    Ready(String),
    Hold(Timestamp),
    Not(Refusal),
}

impl Deciding<'_> {
    fn check(&mut self, rule: &str, channel: Option<&Channel>, passed: bool, seen: impl ToString) -> bool {
        let check =
            Check { rule: rule.to_owned(), channel: channel.cloned(), passed: Some(passed), seen: seen.to_string() };
        self.checks.push(check);
        passed
    }

    fn whole_message(&mut self) -> Option<Verdict> {
        let refuse = |reason| Some(Verdict::Refuse { reason });
        if let Err(reason) = self.gate.wanted {
            self.check("wanted", None, false, "");
            return refuse(reason);
        }
        self.check("wanted", None, true, "");
        if let Some(until) = self.deadline() {
            let in_time = self.now <= until;
            if !self.check("late", None, in_time, until) {
                return refuse(Refusal::TooLate);
            }
        }
        if let Some(halt) = self.gate.halt {
            self.check("halt", None, false, &halt.title);
            return match halt.afterwards {
                true => Some(Verdict::Hold { until: halt.until, why: Waits::Halt }),
                false => refuse(Refusal::Halted),
            };
        }
        if !self.send.ask.is_empty() && !self.asks_again() {
            return refuse(Refusal::AskedRecently);
        }
        let held_out = self.gate.held_out;
        if !self.check("holdout", None, !held_out, "") {
            return refuse(Refusal::Holdout);
        }
        if !self.within_budget() {
            return refuse(Refusal::OverBudget);
        }
        None
    }

    fn asks_again(&mut self) -> bool {
        let last = self.gate.asked_last;
        let zone = self.setting.zone(self.customer);
        let pause = Span::Days(limits::ASK_PAUSE_DAYS.unsigned_abs());
        let free = last.is_none_or(|last| civil::after(last, pause, &zone).is_some_and(|free| free <= self.now));
        self.check("ask", None, free, last.map(|last| last.to_string()).unwrap_or_default())
    }

    /// Service counts and always goes; marketing goes as long as there is room for it.
    fn within_budget(&mut self) -> bool {
        let Some(budget) = self.gate.organisation.message_budget else { return true };
        if self.send.class == Class::Service {
            return true;
        }
        let spent = self.gate.attention.spent(budget, self.key.as_str(), self.now);
        let fits = spent + Attention::weight(self.send.attention) <= budget.messages;
        self.check("budget", None, fits, format!("{spent}/{}/{}", budget.messages, budget.days))
    }

    /// Being held is not being late: after the quiet hours it has as long as it had when it was asked for.
    fn deadline(&self) -> Option<Timestamp> {
        let until = self.send.until?;
        let Some(held) = self.gate.held_until else { return Some(until) };
        let patience = until.duration_since(self.gate.decided).max(SignedDuration::ZERO);
        Some(until.max(held.checked_add(patience).unwrap_or(until)))
    }

    fn by_channel(&mut self) -> Verdict {
        let mut reason = Refusal::NoAddress;
        for channel in candidates(self.send, self.customer) {
            if self.gate.refused.contains(&channel) {
                continue;
            }
            match self.candidate(&channel) {
                Candidate::Ready(to) => return Verdict::Send { channel, to },
                Candidate::Hold(until) => return Verdict::Hold { until, why: Waits::QuietHours },
                Candidate::Not(Refusal::NoAddress) => {}
                // The first reason that is about more than a missing address says most.
                Candidate::Not(other) if reason == Refusal::NoAddress => reason = other,
                Candidate::Not(_) => {}
            }
        }
        Verdict::Refuse { reason }
    }

    fn candidate(&mut self, channel: &Channel) -> Candidate {
        let address = self.gate.answers.map(str::to_owned).or_else(|| self.customer.reached_by(channel));
        let seen = address.clone().unwrap_or_default();
        self.check("address", Some(channel), address.is_some(), seen);
        let Some(to) = address else { return Candidate::Not(Refusal::NoAddress) };
        if !self.check(
            "suppression",
            Some(channel),
            !self.gate.suppressed.contains(&(channel.clone(), to.clone())),
            &to,
        ) {
            return Candidate::Not(Refusal::Suppressed);
        }
        if !self.consents(channel) {
            return Candidate::Not(Refusal::NoConsent);
        }
        let quiet = self.quiet_until();
        let seen = quiet.map(|until| until.to_string()).unwrap_or_default();
        if !self.check("quiet_hours", Some(channel), quiet.is_none(), seen)
            && let Some(until) = quiet
        {
            for rule in ["sender", "live"] {
                let check =
                    Check { rule: rule.to_owned(), channel: Some(channel.clone()), passed: None, seen: String::new() };
                self.checks.push(check);
            }
            return match self.send.quiet {
                Quiet::Hold => Candidate::Hold(until),
                Quiet::Drop => Candidate::Not(Refusal::QuietHours),
            };
        }
        if !self.check("sender", Some(channel), self.gate.tested.contains(channel), "") {
            return Candidate::Not(Refusal::SenderUntested);
        }
        let live = self.gate.live || self.gate.answers.is_some() || self.gate.staff.contains(&to);
        if !self.check("live", Some(channel), live, &to) {
            return Candidate::Not(Refusal::NotLive);
        }
        Candidate::Ready(to)
    }

    /// Marketing needs a consent; service needs that nobody said no to it. Seen: which consent, and its proof.
    fn consents(&mut self, channel: &Channel) -> bool {
        let said = self.customer.said_of(self.send.class, channel);
        if self.gate.answers.is_some() {
            return self.check("consent", Some(channel), true, "answer");
        }
        let consents = said.as_ref().map_or(self.send.class == Class::Service, |(_, consent)| consent.given);
        let seen = match said {
            Some((name, consent)) => format!("{name} {} {}", consent.time, consent.proof),
            None => self.send.class.as_str().to_owned(),
        };
        self.check("consent", Some(channel), consents, seen)
    }

    fn quiet_until(&self) -> Option<Timestamp> {
        if self.send.urgent {
            return None;
        }
        let shared = self.gate.organisation.quiet_hours.map(|hours| (hours.from, hours.until));
        let (from, until) = self.customer.quiet_hours.or(shared)?;
        civil::quiet_until(self.now, from, until, &self.setting.zone(self.customer))
    }
}
