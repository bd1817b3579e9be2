//! From days and resources to problems of `planning` and back.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use planning::{Job, Leg, Legs, Needs, Pin, Plan, Problem, Shift, Span};
use travel::{Place, Table, TravelTimes, When};

use super::{Booking, Day, Entry, Resource, Rules, Wanted};
use crate::{Error, Result};

/// Ways that are not there take a day: nobody goes them.
const NO_WAY: i32 = 24 * 3_600;

/// Numbers for names.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    pub(super) fn of(&mut self, name: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

/// Some resources on one day, as `planning` sees them.
pub(super) struct Planned {
    pub(super) problem: Problem,
    pub(super) plan: Plan,
    /// The rows of the table of legs; the last is where one is when one goes nowhere.
    pub(super) places: Vec<Place>,
    pub(super) skills: Vec<Vec<u32>>,
    /// The resources whose shifts these are, and the entries whose jobs.
    pub(super) days: Vec<Day>,
    pub(super) jobs: Vec<Entry>,
}

pub(super) fn job(wanted: &Wanted, window: Span, place: usize, numbers: &mut Numbers, kinds: &[String]) -> Job {
    let spans = match wanted.not_before {
        Some(from) if from > window.from => vec![Span::new(from.min(window.to), window.to)],
        _ => vec![window],
    };
    Job {
        place,
        setup: wanted.setup,
        service: wanted.service,
        spans,
        needs: Needs {
            all_of: wanted.all_of.iter().map(|skill| numbers.of(skill)).collect(),
            none_of: wanted.none_of.iter().map(|skill| numbers.of(skill)).collect(),
            preferred: wanted.preferred.as_ref().map(|resource| numbers.of(resource)),
        },
        amounts: kinds.iter().map(|kind| wanted.amounts.get(kind).copied().unwrap_or(0)).collect(),
        priority: wanted.priority,
        pin: Pin::Free,
    }
}

/// The kinds of things that are taken along.
pub(super) fn kinds(resources: &[&Resource]) -> Vec<String> {
    let mut kinds: Vec<String> = resources.iter().flat_map(|resource| resource.room.keys().cloned()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

pub(super) fn leg(table: &Table, from: usize, to: usize) -> Leg {
    table.way(from, to).map_or(Leg::new(NO_WAY, NO_WAY), |way| {
        let seconds = (way.seconds.round() as i32).clamp(0, NO_WAY);
        Leg::new(seconds, seconds)
    })
}

/// For each area of some work that not everybody comes to: who does, and the skill that stands for coming there. Areas with the same people
/// share one, so that there are few.
fn who_comes<'a>(work: &[(&'a Resource, Day)], numbers: &mut Numbers) -> BTreeMap<String, (Vec<&'a str>, u32)> {
    let mut there = BTreeMap::new();
    for entry in work.iter().flat_map(|(_, day)| &day.entries) {
        let Some(area) = entry.wanted.area.as_ref().filter(|area| !there.contains_key(*area)) else { continue };
        let comes = work.iter().filter(|(resource, _)| resource.comes_to(&entry.wanted));
        let names: Vec<&str> = comes.map(|(resource, _)| resource.id.as_str()).collect();
        if names.len() < work.len() {
            let skill = numbers.of(&format!("comes there: {}", names.join(" ")));
            there.insert(area.clone(), (names, skill));
        }
    }
    there
}

impl Booking {
    pub(super) async fn table(
        &self,
        from: &[Place],
        to: &[Place],
        now: Timestamp,
        at: i64,
        rules: &Rules,
    ) -> Result<Table> {
        let leaving = Timestamp::from_second(at).unwrap_or(now).to_zoned(rules.zone.clone()).datetime();
        let asked = self.travel.table(from, to, When { now, leaving }).await;
        asked.map_err(|error| Error::Booking(error.to_string()))
    }

    /// Some resources on one day with what they have to do; those who do not work then are left out. The plan is in the order of the
    /// entries, each with the resource whose it is.
    pub(super) async fn planned(
        &self,
        work: &[(&Resource, Day)],
        day: Date,
        now: Timestamp,
        rules: &Rules,
        numbers: &mut Numbers,
    ) -> Result<Option<Planned>> {
        let kinds = kinds(&work.iter().map(|(resource, _)| *resource).collect::<Vec<_>>());
        let mut places: Vec<Place> = Vec::new();
        let mut place = |wanted: Option<Place>| {
            let wanted = wanted?;
            let known = places.iter().position(|place| *place == wanted);
            Some(known.unwrap_or_else(|| {
                places.push(wanted);
                places.len() - 1
            }))
        };
        let (mut shifts, mut jobs, mut entries, mut days) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut plan, mut skills) = (Plan::default(), Vec::new());
        let there = who_comes(work, numbers);
        for (resource, own) in work {
            let Some((span, breaks)) = resource.hours(day, rules) else { continue };
            let home = place(resource.home);
            let mut own_skills: Vec<u32> = resource.skills.iter().map(|skill| numbers.of(skill)).collect();
            own_skills.extend(
                there.values().filter(|(names, _)| names.contains(&resource.id.as_str())).map(|(_, skill)| *skill),
            );
            shifts.push(Shift {
                person: numbers.of(&resource.id),
                start: home,
                end: home,
                span: Some(span),
                breaks,
                skills: own_skills.clone(),
                room: kinds.iter().map(|kind| resource.room.get(kind).copied().unwrap_or(i64::MAX / 4)).collect(),
                jobs_max: resource.appointments_max,
                travel_max: None,
                fixed_cost: 0,
                profile: 0,
            });
            skills.push(own_skills);
            let mut done = Vec::with_capacity(own.entries.len());
            for entry in &own.entries {
                done.push(jobs.len());
                jobs.push((place(entry.wanted.place), entry.window));
                entries.push(entry.clone());
            }
            plan.shifts.push(done);
            days.push(own.clone());
        }
        let Some(first) = shifts.iter().filter_map(|shift| shift.span).map(|span| span.from).min() else {
            return Ok(None);
        };
        let table = self.table(&places, &places, now, first, rules).await?;
        // One row more: where one is when one goes nowhere.
        let count = places.len() + 1;
        let cell = |at: usize| match (at / count, at % count) {
            (from, to) if from < places.len() && to < places.len() => leg(&table, from, to),
            _ => Leg::default(),
        };
        let legs = Legs::new(count, &(0..count * count).map(cell).collect::<Vec<_>>());
        let legs = legs.map_err(|fault| Error::Booking(fault.to_string()))?;
        let made: Vec<Job> = jobs
            .iter()
            .zip(&entries)
            .map(|((place, window), entry)| {
                let mut job = job(&entry.wanted, *window, place.unwrap_or(count - 1), numbers, &kinds);
                job.needs
                    .all_of
                    .extend(entry.wanted.area.as_ref().and_then(|area| there.get(area)).map(|(_, skill)| *skill));
                job
            })
            .collect();
        let problem = Problem::new(&made, &shifts, vec![legs]).map_err(|fault| Error::Booking(fault.to_string()))?;
        Ok(Some(Planned { problem, plan, places, skills, days, jobs: entries }))
    }
}
