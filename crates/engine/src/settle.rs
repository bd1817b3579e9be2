//! Doing what has fallen due, in the order of the moments.

use jiff::{SignedDuration, Timestamp, civil::Date};
use journey::{EndOn, Late, Span, When};
use words::Exit;

use crate::ahead::{Ahead, What};
use crate::fire::{Cause, patience};
use crate::turn::Turn;
use crate::{ObjectRef, Thought};

/// Moments that one step performs at most; what is left stays due.
const MOMENTS_MAX: usize = 1_000;

/// Which moments a run is settled up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpTo {
    /// Those before now: an event that comes in at the same moment goes first.
    BeforeNow,
    /// Those up to now.
    Now,
}

impl Turn<'_> {
    /// Performs every moment that has come. The outcome does not depend on how punctually this is called.
    pub(crate) fn settle(&mut self, up_to: UpTo) {
        for _ in 0..MOMENTS_MAX {
            let due = |ahead: &Ahead| match up_to {
                UpTo::BeforeNow => ahead.moment < self.now,
                UpTo::Now => ahead.moment <= self.now,
            };
            let next = self.ahead().into_iter().filter(due).min_by_key(|ahead| ahead.moment);
            let Some(next) = next else {
                self.state.stepped = self.now;
                return;
            };
            self.perform(next, None);
        }
        self.note(None, None, Thought::Unfinished);
    }

    /// Performs one moment. `patient`: it acts now however long past it is.
    pub(crate) fn perform(&mut self, ahead: Ahead, patient: Option<()>) {
        let Ahead { moment, slot, what } = ahead;
        if !slot.is_empty() {
            self.state.handled.insert(slot, moment);
        }
        match what {
            What::Fire { touchpoint, object, occurrence, anchor } => {
                self.fire_moment(touchpoint, (moment, anchor), object, occurrence, patient);
            }
            What::Tick { touchpoint, date } => self.fire_tick(touchpoint, moment, date),
            What::End(index) => self.end_by_clock(index, moment),
            What::DropOff(id) => self.drop_off(&id, moment),
            What::Promise(index) => self.break_promise(index),
            What::Deaf => self.withdraw_all("listened"),
        }
    }

    fn fire_moment(
        &mut self,
        index: usize,
        (moment, anchor): (Timestamp, Option<Timestamp>),
        object: Option<ObjectRef>,
        occurrence: String,
        patient: Option<()>,
    ) {
        let definition = self.definition;
        let touchpoint = &definition.touchpoints[index];
        let Some(When::Moment(rule)) = &touchpoint.when else { return };
        let passed = rule.side == journey::Side::Before && anchor.is_some_and(|anchor| anchor <= self.now);
        let meant = if patient.is_some() { self.now } else { moment };
        match self.in_time(rule.late, meant, moment > self.state.stepped) {
            Ok(until) if !passed || rule.late == Late::Send => {
                self.fire(touchpoint, Cause { occurrence, event: None, object, moment, until });
            }
            _ => self.note(Some(&touchpoint.id), object.as_ref(), Thought::TooLate { moment }),
        }
    }

    fn fire_tick(&mut self, index: usize, moment: Timestamp, date: Date) {
        let definition = self.definition;
        let touchpoint = &definition.touchpoints[index];
        let Some(When::Every(rule)) = &touchpoint.when else { return };
        match self.in_time(rule.late, moment, moment > self.state.stepped) {
            Ok(until) => {
                let cause = Cause { occurrence: date.to_string(), event: None, object: None, moment, until };
                self.fire(touchpoint, cause);
            }
            Err(()) => self.note(Some(&touchpoint.id), None, Thought::TooLate { moment }),
        }
    }

    /// Whether something meant for a moment still makes sense now, and until when it does.
    pub(crate) fn in_time(&self, late: Late, moment: Timestamp, pending: bool) -> Result<Option<Timestamp>, ()> {
        let Some(span) = patience(late, pending || moment == self.now) else { return Ok(None) };
        let until = match span {
            Span::Seconds(seconds) => {
                moment.checked_add(SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(0))).map_err(|_| ())?
            }
            days => crate::civil::after(moment, days, &self.zone).ok_or(())?,
        };
        if self.now <= until { Ok(Some(until)) } else { Err(()) }
    }

    fn end_by_clock(&mut self, index: usize, moment: Timestamp) {
        let definition = self.definition;
        let end = &definition.ends[index];
        let EndOn::After { only, .. } = &end.on else { return };
        if self.judge(only.as_ref(), None, None).holds() {
            let exit = Exit { time: moment, after: self.state.run.at.clone(), reason: None };
            self.end(end, exit);
        }
    }
}
