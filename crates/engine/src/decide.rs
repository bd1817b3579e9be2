use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use journey::{Organisation, Span};
use words::{Channel, Check, Class, Customer, Decision, EffectKey, Refusal, SendEffect, Verdict, limits};

use crate::{Setting, civil};

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
    pub suppressed: &'a BTreeSet<String>,
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
    /// The end of the quiet hours that this message was held for, if it was.
    pub held_until: Option<Timestamp>,
}

/// Decides about one message: pure; every rule that was looked at is kept in order. First what holds for the message
/// (`wanted`, `late`, `ask`, `holdout`), then per candidate channel `address`, `suppression`, `consent`, `quiet_hours`,
/// `sender`, `live`. Candidates: the customer's own order first, then the touchpoint's; the next one only after a definite
/// refusal, of which having no address is one.
pub fn decide(
    key: &EffectKey,
    send: &SendEffect,
    customer: &Customer,
    gate: Gate<'_>,
    now: Timestamp,
    setting: Setting<'_>,
) -> Decision {
    let mut deciding = Deciding { send, customer, gate, now, setting, checks: Vec::new() };
    let verdict = match deciding.whole_message() {
        Some(reason) => Verdict::Refuse { reason },
        None => deciding.by_channel(),
    };
    Decision { key: key.clone(), time: now, verdict, checks: deciding.checks }
}

/// The touchpoint's channels that can carry a message, the customer's own order first.
pub fn candidates(send: &SendEffect, customer: &Customer) -> Vec<Channel> {
    let preferred = customer.channels.iter().filter(|channel| send.channels.contains(channel));
    let others = send.channels.iter().filter(|channel| !customer.channels.contains(channel));
    preferred.chain(others).filter(|channel| channel.sends()).cloned().collect()
}

struct Deciding<'a> {
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

    fn whole_message(&mut self) -> Option<Refusal> {
        if let Err(reason) = self.gate.wanted {
            self.check("wanted", None, false, "");
            return Some(reason);
        }
        self.check("wanted", None, true, "");
        if let Some(until) = self.deadline() {
            let in_time = self.now <= until;
            if !self.check("late", None, in_time, until) {
                return Some(Refusal::TooLate);
            }
        }
        if !self.send.ask.is_empty() {
            let last = self.gate.asked_last;
            let zone = self.setting.zone(self.customer);
            let pause = Span::Days(limits::ASK_PAUSE_DAYS.unsigned_abs());
            let free = last.is_none_or(|last| civil::after(last, pause, &zone).is_some_and(|free| free <= self.now));
            let seen = last.map(|last| last.to_string()).unwrap_or_default();
            if !self.check("ask", None, free, seen) {
                return Some(Refusal::AskedRecently);
            }
        }
        let held_out = self.gate.held_out;
        (!self.check("holdout", None, !held_out, "")).then_some(Refusal::Holdout)
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
                Candidate::Hold(until) => return Verdict::Hold { until },
                Candidate::Not(Refusal::NoAddress) => {}
                // The first reason that is about more than a missing address says most.
                Candidate::Not(other) if reason == Refusal::NoAddress => reason = other,
                Candidate::Not(_) => {}
            }
        }
        Verdict::Refuse { reason }
    }

    fn candidate(&mut self, channel: &Channel) -> Candidate {
        let address = self.customer.reached_by(channel);
        let seen = address.clone().unwrap_or_default();
        self.check("address", Some(channel), address.is_some(), seen);
        let Some(to) = address else { return Candidate::Not(Refusal::NoAddress) };
        if !self.check("suppression", Some(channel), !self.gate.suppressed.contains(&to), &to) {
            return Candidate::Not(Refusal::Suppressed);
        }
        let consents = self.send.class == Class::Service || self.customer.consents_to("marketing");
        if !self.check("consent", Some(channel), consents, self.send.class.as_str()) {
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
            return Candidate::Hold(until);
        }
        if !self.check("sender", Some(channel), self.gate.tested.contains(channel), "") {
            return Candidate::Not(Refusal::SenderUntested);
        }
        let live = self.gate.live || self.gate.staff.contains(&to);
        if !self.check("live", Some(channel), live, &to) {
            return Candidate::Not(Refusal::NotLive);
        }
        Candidate::Ready(to)
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
