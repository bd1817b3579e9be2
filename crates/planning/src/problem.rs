use std::collections::BTreeMap;

use crate::job::Pin;
use crate::leg::Legs;
use crate::{Fault, Job, Shift, Span, limits};

/// Jobs and shifts that were found sound, in the form that is quick to plan with.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(crate) legs: Vec<Legs>,
    /// Jobs first, in their order, then the breaks of all shifts.
    pub(crate) tasks: Vec<Task>,
    pub(crate) jobs: usize,
    pub(crate) shifts: Vec<Day>,
    /// Whether a shift may do a job, a row for each job.
    may: Vec<bool>,
    /// What leaving out a job costs beside anything else.
    pub(crate) left_out: i64,
}

/// Something that a shift does: a job or a break.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    /// Nowhere in particular for a break.
    pub(crate) place: u32,
    pub(crate) is_break: bool,
    pub(crate) setup: i64,
    pub(crate) service: i64,
    pub(crate) spans: Box<[Span]>,
    pub(crate) amounts: Box<[i64]>,
    pub(crate) priority: u8,
    pub(crate) pin: Pin,
    pub(crate) preferred: Option<u32>,
}

impl Task {
    /// When it can begin at the earliest, being there at `moment`.
    #[inline]
    pub(crate) fn first_from(&self, moment: i64) -> Option<i64> {
        match &*self.spans {
            [span] => (moment <= span.to).then(|| moment.max(span.from)),
            spans => crate::span::first_from(spans, moment),
        }
    }
}

/// A shift as it is planned with.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    pub(crate) person: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) span: Span,
    /// The tasks that are its breaks.
    pub(crate) breaks: std::ops::Range<u32>,
    pub(crate) room: Box<[i64]>,
    pub(crate) jobs_max: usize,
    pub(crate) travel_max: i64,
    pub(crate) fixed_cost: i64,
    pub(crate) profile: usize,
    /// Shifts with the same number are interchangeable as long as they are empty.
    pub(crate) alike: usize,
}

impl Problem {
    /// Jobs, shifts, and a table of legs for each profile.
    ///
    /// # Errors
    /// When something is too large, or names what is not there; the fault says which and why.
    pub fn new(jobs: &[Job], shifts: &[Shift], legs: Vec<Legs>) -> Result<Self, Fault> {
        within("jobs", jobs.len(), limits::JOBS_MAX)?;
        within("shifts", shifts.len(), limits::SHIFTS_MAX)?;
        let places = legs.first().map_or(0, Legs::places);
        let kinds = shifts.first().map_or(0, |shift| shift.room.len());
        let mut tasks = Vec::with_capacity(jobs.len());
        for (at, job) in jobs.iter().enumerate() {
            tasks.push(task(&format!("job {at}"), job, places, kinds)?);
        }
        let nowhere = legs.first().map_or(0, Legs::nowhere);
        let mut days = Vec::with_capacity(shifts.len());
        let mut alike: Vec<&Shift> = Vec::new();
        let by_person = jobs.iter().any(|job| job.needs.preferred.is_some() || matches!(job.pin, Pin::Person(_)));
        for (at, shift) in shifts.iter().enumerate() {
            let what = format!("shift {at}");
            let first = tasks.len() as u32;
            within("breaks of a shift", shift.breaks.len(), limits::SPANS_MAX)?;
            for pause in &shift.breaks {
                tasks.push(pause_task(&what, pause, nowhere)?);
            }
            let kind = alike.iter().position(|other| is_alike(other, shift, by_person)).unwrap_or(alike.len());
            if kind == alike.len() {
                alike.push(shift);
            }
            days.push(day(&what, shift, (places, legs.len(), kinds), first..tasks.len() as u32, kind)?);
        }
        let may = allowed(jobs, shifts)?;
        let dearest =
            legs.iter().map(Legs::dearest).max().unwrap_or(0) + days.iter().map(|d| d.fixed_cost).max().unwrap_or(0);
        Ok(Self { legs, tasks, jobs: jobs.len(), shifts: days, may, left_out: 4 * (dearest + 1) })
    }

    /// How many jobs there are.
    #[must_use]
    pub fn jobs(&self) -> usize {
        self.jobs
    }

    /// How many shifts there are.
    #[must_use]
    pub fn shifts(&self) -> usize {
        self.shifts.len()
    }

    /// Whether the shift's person may do the job, whatever the hour.
    #[must_use]
    #[inline]
    pub fn may(&self, shift: usize, job: usize) -> bool {
        self.may[job * self.shifts.len() + shift]
    }

    /// What it costs to leave a job out: more than any detour, and more for a job of higher priority.
    pub(crate) fn left_out(&self, job: u32) -> i64 {
        self.left_out * (1 + i64::from(self.tasks[job as usize].priority))
    }

    /// What it costs that somebody does a job who is not the one that is preferred: a tenth of a way that is long.
    #[inline]
    pub(crate) fn stranger(&self, shift: usize, task: u32) -> i64 {
        match self.tasks[task as usize].preferred {
            Some(person) if person != self.shifts[shift].person => self.left_out / 40,
            _ => 0,
        }
    }

    pub(crate) fn legs_of(&self, shift: usize) -> &Legs {
        &self.legs[self.shifts[shift].profile]
    }
}

fn within(what: &'static str, count: usize, most: usize) -> Result<(), Fault> {
    if count > most { Err(Fault::TooMany { what, count, most }) } else { Ok(()) }
}

fn known_place(what: &str, place: usize, places: usize) -> Result<u32, Fault> {
    if place < places { Ok(place as u32) } else { Err(Fault::NoSuchPlace { what: what.to_owned(), place, places }) }
}

fn sound_spans(what: &str, spans: &[Span]) -> Result<Box<[Span]>, Fault> {
    within("spans of a job", spans.len(), limits::SPANS_MAX)?;
    let in_order = spans.windows(2).all(|pair| pair[0].to < pair[1].from);
    if !in_order || spans.iter().any(|span| span.from > span.to) {
        return Err(Fault::Spans { what: what.to_owned() });
    }
    Ok(if spans.is_empty() { [Span::ALWAYS].into() } else { spans.into() })
}

fn sound_duration(what: &str, seconds: i64) -> Result<i64, Fault> {
    if (0..=limits::SECONDS_MAX).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(Fault::Duration { what: what.to_owned() })
    }
}

fn sound_amounts(what: &str, amounts: &[i64], kinds: usize) -> Result<Box<[i64]>, Fault> {
    if amounts.len() == kinds || amounts.is_empty() {
        return Ok(if amounts.is_empty() { vec![0; kinds].into() } else { amounts.into() });
    }
    Err(Fault::Amounts { what: what.to_owned(), count: amounts.len(), expected: kinds })
}

fn task(what: &str, job: &Job, places: usize, kinds: usize) -> Result<Task, Fault> {
    Ok(Task {
        place: known_place(what, job.place, places)?,
        is_break: false,
        setup: sound_duration(what, job.setup)?,
        service: sound_duration(what, job.service)?,
        spans: sound_spans(what, &job.spans)?,
        amounts: sound_amounts(what, &job.amounts, kinds)?,
        priority: job.priority.min(100),
        pin: job.pin,
        preferred: job.needs.preferred,
    })
}

fn pause_task(what: &str, pause: &crate::Break, nowhere: u32) -> Result<Task, Fault> {
    Ok(Task {
        place: nowhere,
        is_break: true,
        setup: 0,
        service: sound_duration(what, pause.seconds)?,
        spans: sound_spans(what, &pause.spans)?,
        amounts: Box::default(),
        priority: 0,
        pin: Pin::Free,
        preferred: None,
    })
}

fn day(
    what: &str,
    shift: &Shift,
    sizes: (usize, usize, usize),
    breaks: std::ops::Range<u32>,
    alike: usize,
) -> Result<Day, Fault> {
    let (places, profiles, kinds) = sizes;
    let place = |place: Option<usize>| place.map_or(Ok(places as u32), |place| known_place(what, place, places));
    if shift.profile >= profiles {
        return Err(Fault::NoSuchPlace { what: format!("{what}'s profile"), place: shift.profile, places: profiles });
    }
    if shift.room.len() != kinds {
        return Err(Fault::Amounts { what: what.to_owned(), count: shift.room.len(), expected: kinds });
    }
    let span = shift.span.unwrap_or(Span::ALWAYS);
    if span.from > span.to {
        return Err(Fault::Spans { what: what.to_owned() });
    }
    Ok(Day {
        person: shift.person,
        start: place(shift.start)?,
        end: place(shift.end)?,
        span,
        breaks,
        room: shift.room.clone().into(),
        jobs_max: shift.jobs_max.unwrap_or(usize::MAX),
        travel_max: shift.travel_max.unwrap_or(i64::MAX),
        fixed_cost: i64::from(shift.fixed_cost.max(0)),
        profile: shift.profile,
        alike,
    })
}

/// Whether it makes no difference which of the two does something, as long as neither does anything.
fn is_alike(one: &Shift, other: &Shift, by_person: bool) -> bool {
    (!by_person || one.person == other.person) && Shift { person: other.person, ..one.clone() } == *other
}

/// A row for each job: which shifts may do it.
fn allowed(jobs: &[Job], shifts: &[Shift]) -> Result<Vec<bool>, Fault> {
    let mut bits: BTreeMap<u32, u32> = BTreeMap::new();
    let named = jobs.iter().flat_map(|job| job.needs.all_of.iter().chain(&job.needs.none_of));
    for &skill in named.chain(shifts.iter().flat_map(|shift| &shift.skills)) {
        let next = bits.len() as u32;
        bits.entry(skill).or_insert(next);
    }
    within("skills", bits.len(), limits::SKILLS_MAX)?;
    let set = |skills: &[u32]| skills.iter().fold(0u128, |set, skill| set | 1 << bits[skill]);
    let can: Vec<u128> = shifts.iter().map(|shift| set(&shift.skills)).collect();
    let row = |job: &Job| {
        let (all, none, pin) = (set(&job.needs.all_of), set(&job.needs.none_of), job.pin);
        let may = move |(skills, shift): (&u128, &Shift)| {
            all & !skills == 0 && none & skills == 0 && !matches!(pin, Pin::Person(person) if person != shift.person)
        };
        can.iter().zip(shifts).map(may).collect::<Vec<_>>()
    };
    Ok(jobs.iter().flat_map(row).collect())
}
