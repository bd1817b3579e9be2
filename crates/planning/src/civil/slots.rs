use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::Spans;
use crate::{Span, limits};

/// How slots are cut out of what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotRules {
    /// Seconds that an appointment takes.
    pub service: i64,
    /// Seconds kept free before and after it.
    pub buffer: (i64, i64),
    /// Seconds between one begin and the next, counted from midnight in civil time.
    pub step: i64,
    /// Places in one slot: one for a barber, twelve for a course.
    pub places: u32,
}

/// What is taken already, holds and requests among it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// From begin to end, buffers not counted.
    pub span: Span,
    /// Seconds kept free before and after it.
    pub buffer: (i64, i64),
    /// How many places.
    pub places: u32,
}

/// A time that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// From begin to end.
    pub span: Span,
    /// How many places are left.
    pub left: u32,
}

/// All slots that are free and begin within `within`.
///
/// A slot with several places shares them with what is booked at exactly its time; whatever else is booked beside it must leave it alone,
/// buffers and all.
#[must_use]
pub fn slots(open: &Spans, booked: &[Booked], rules: SlotRules, within: Span, zone: &TimeZone) -> Vec<Slot> {
    let whole = |booked: &Booked| Span::new(booked.span.from - booked.buffer.0, booked.span.to + booked.buffer.1);
    if rules.service <= 0 || rules.step <= 0 || rules.service > limits::SECONDS_MAX {
        return Vec::new();
    }
    let mut found = Vec::new();
    for span in open.as_slice() {
        let mut begin = next_step(span.from.max(within.from), rules.step, zone);
        while begin + rules.service <= span.to && begin <= within.to {
            let own = Span::new(begin, begin + rules.service);
            let wide = Span::new(own.from - rules.buffer.0, own.to + rules.buffer.1);
            let beside = booked.iter().filter(|other| other.span != own);
            // A buffer may overlap a buffer: both want quiet, not each their own.
            let is_free = |other: &Booked| !overlap(wide, other.span) && !overlap(own, whole(other));
            if beside.clone().all(is_free) {
                let taken: u32 = booked.iter().filter(|other| other.span == own).map(|other| other.places).sum();
                let left = rules.places.saturating_sub(taken);
                found.extend((left > 0).then_some(Slot { span: own, left }));
            }
            begin = next_step(begin + 1, rules.step, zone);
        }
    }
    found
}

fn overlap(one: Span, other: Span) -> bool {
    one.from < other.to && other.from < one.to
}

/// The first moment from `moment` on at which the clock on the wall stands at a whole number of steps.
fn next_step(moment: i64, step: i64, zone: &TimeZone) -> i64 {
    let Ok(instant) = Timestamp::from_second(moment) else { return moment };
    let civil = instant.to_zoned(zone.clone()).time();
    let since = civil.duration_since(Time::midnight()).as_secs();
    moment + (step - since % step) % step
}
