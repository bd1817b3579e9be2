use engine::{State, Traveller};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use journey::Expression;
use words::{Ending, Event, Run, Status, Value};

use crate::behaviour::Moment;
use crate::person::Strand;
use crate::scene::Staged;

/// What a simulated customer can look at before doing something: the own runs as the product knows them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) staged: &'a Staged,
    pub(crate) traveller: &'a Traveller,
    pub(crate) zone: &'a TimeZone,
}

impl<'a> View<'a> {
    /// The strand that a run belongs to: of its key, or for a run without key the newest strand without.
    pub(crate) fn strand_of(&self, run: &Run, strands: &[Strand]) -> Option<usize> {
        let key_of = |strand: &Strand| strand.id_of_key(self.staged).map(str::to_owned);
        let by_key = run.key.as_ref().and_then(|key| strands.iter().position(|s| key_of(s).as_ref() == Some(key)));
        by_key.or_else(|| strands.iter().rposition(|strand| run.key.is_none() || key_of(strand).is_none()))
    }

    /// The newest run of a strand.
    pub(crate) fn run(&self, strand: usize, strands: &[Strand]) -> Option<&'a State> {
        let own = self.traveller.runs.iter().filter(|run| run.run.journey == self.staged.behaviour.journey);
        let of_strand = own.filter(|state| self.strand_of(&state.run, strands) == Some(strand));
        of_strand.max_by_key(|state| (state.run.started, state.run.generation))
    }

    /// Whether the run of a strand came to an end before its time.
    pub(crate) fn is_over(&self, strand: usize, strands: &[Strand]) -> bool {
        self.run(strand, strands).is_some_and(|state| {
            matches!(state.run.status, Status::Ended { ending: Ending::Left | Ending::Stopped, .. })
        })
    }

    /// Whether a condition holds; without a run none does.
    pub(crate) fn holds(&self, state: Option<&State>, event: Option<&Event>, condition: &Expression) -> bool {
        let customer = &self.traveller.profile.customer;
        state.is_some_and(|state| engine::holds(self.staged.definition(), state, customer, event, condition))
    }

    /// A moment in the facts of a strand.
    pub(crate) fn moment(&self, state: &State, strand: &Strand, moment: &Moment) -> Option<Timestamp> {
        let kind = moment.object.as_deref()?;
        let id = strand.id(kind).unwrap_or_default();
        let value = state.facts().find(|(object, property, _)| {
            object.kind == kind && object.id == id && *property == moment.property.as_str()
        });
        let at = timestamp(value?.2, self.zone)?;
        at.checked_add(SignedDuration::from_secs(moment.seconds)).ok()
    }
}

/// Reads a time, or the beginning of a date.
pub(crate) fn timestamp(value: &Value, zone: &TimeZone) -> Option<Timestamp> {
    let text = value.as_str()?;
    let date = || {
        let date: Date = text.parse().ok()?;
        date.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
    };
    text.parse().ok().or_else(date)
}

/// Down to a whole number of minutes of the hour, but never before `earliest`.
pub(crate) fn rounded(moment: Timestamp, minutes: i64, earliest: Timestamp, zone: &TimeZone) -> Timestamp {
    if minutes <= 0 {
        return moment;
    }
    let local = moment.to_zoned(zone.clone());
    let beyond = i64::from(local.minute()) % minutes * 60 + i64::from(local.second());
    let down = moment - SignedDuration::from_secs(beyond);
    if down > earliest { down } else { down.saturating_add(minutes.minutes()).unwrap_or(moment) }
}
