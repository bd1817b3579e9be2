use std::collections::BTreeMap;

use super::{Input, InputJob, Output, Vehicle};
use crate::{Break, Fault, Job, Leg, Legs, Needs, Plan, Problem, Shift, Span, limits};

/// What an input asks, as we plan it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The jobs and vehicles in their order.
    pub problem: Problem,
    /// The plan to begin with.
    pub plan: Plan,
}

impl Input {
    /// The problem that is asked. `ways` tells the seconds between all of some places (longitude and latitude) for a profile, row by row;
    /// it is asked only for what no matrix says.
    ///
    /// # Errors
    /// When something is asked that we do not understand, or that cannot be.
    pub fn asked<E: From<Fault>>(
        &self,
        mut ways: impl FnMut(&str, &[[f64; 2]]) -> Result<Vec<i32>, E>,
    ) -> Result<Asked, E> {
        self.understood()?;
        let mut places = Places::default();
        let jobs: Vec<Job> = self.jobs.iter().map(|job| read_job(job, &mut places)).collect::<Result<_, _>>()?;
        let mut kinds: Vec<(String, u64, i32)> = Vec::new();
        let mut shifts = Vec::with_capacity(self.vehicles.len());
        for (at, vehicle) in self.vehicles.iter().enumerate() {
            let kind = (vehicle.profile.clone(), vehicle.speed_factor.to_bits(), vehicle.costs.per_hour);
            let profile = kinds.iter().position(|known| *known == kind).unwrap_or(kinds.len());
            if profile == kinds.len() {
                kinds.push(kind);
            }
            shifts.push(read_vehicle(at as u32, vehicle, profile, &mut places)?);
        }
        let mut legs = Vec::new();
        for (profile, speed, per_hour) in &kinds {
            let cells = match self.matrices.get(profile) {
                Some(matrix) => matrix.cells()?,
                None if places.named.is_empty() => {
                    let all: Vec<[f64; 2]> =
                        places.at.iter().map(|at| [f64::from_bits(at[0]), f64::from_bits(at[1])]).collect();
                    ways(profile, &all)?.into_iter().map(|seconds| Leg::new(seconds, seconds)).collect()
                }
                None => {
                    return Err(Fault::NotUnderstood(format!("there is no matrix for the profile {profile}")).into());
                }
            };
            let paid = |leg: Leg| {
                let seconds = (f64::from(leg.seconds) / f64::from_bits(*speed)).round() as i32;
                let cost = f64::from(leg.cost) / f64::from_bits(*speed) * f64::from(*per_hour) / 3_600.0;
                Leg::new(seconds, cost.round() as i32)
            };
            let count = (cells.len() as f64).sqrt() as usize;
            legs.push(Legs::new(count, &cells.into_iter().map(paid).collect::<Vec<_>>())?);
        }
        let problem = Problem::new(&jobs, &shifts, legs)?;
        let plan = self.begun(&problem)?;
        Ok(Asked { problem, plan })
    }

    /// Refuses what would be left out of account.
    fn understood(&self) -> Result<(), Fault> {
        let refuse = |what: String| Err(Fault::NotUnderstood(what));
        if !self.shipments.is_empty() {
            return refuse("shipments are not understood; only jobs are".into());
        }
        for job in &self.jobs {
            if job.pickup.iter().any(|amount| *amount != 0) {
                return refuse(format!("job {}: pickups are not understood; use delivery", job.id));
            }
            if job.service_per_type.is_some() || job.setup_per_type.is_some() {
                return refuse(format!("job {}: a duration by type of vehicle is not understood", job.id));
            }
        }
        for vehicle in &self.vehicles {
            if vehicle.costs.per_km != 0 || vehicle.max_distance.is_some() {
                return refuse(format!("vehicle {}: distances are not understood; only durations are", vehicle.id));
            }
            if !(0.2..=5.0).contains(&vehicle.speed_factor) {
                return refuse(format!("vehicle {}: speed_factor is between 0.2 and 5", vehicle.id));
            }
        }
        Ok(())
    }

    /// The plan that the vehicles' steps say.
    fn begun(&self, problem: &Problem) -> Result<Plan, Fault> {
        let steps = self.vehicles.iter().map(|vehicle| vehicle.steps.iter().map(|step| (step.kind.as_str(), step.id)));
        self.plan_of(problem, steps)
    }

    fn plan_of<'a, S: Iterator<Item = (&'a str, Option<u64>)>>(
        &self,
        problem: &Problem,
        vehicles: impl Iterator<Item = S>,
    ) -> Result<Plan, Fault> {
        let known: BTreeMap<u64, usize> = self.jobs.iter().enumerate().map(|(at, job)| (job.id, at)).collect();
        let mut plan = Plan::empty(problem);
        let mut is_done = vec![false; self.jobs.len()];
        for (shift, steps) in vehicles.enumerate() {
            for (_, id) in steps.filter(|(kind, _)| *kind == "job") {
                let at = id.and_then(|id| known.get(&id)).copied().filter(|at| !is_done[*at]);
                let Some(at) = at else {
                    return Err(Fault::NotUnderstood(format!(
                        "a step does job {id:?}, which is not there or is done already"
                    )));
                };
                is_done[at] = true;
                plan.shifts[shift].push(at);
            }
        }
        plan.left_out.retain(|job| !is_done[*job]);
        Ok(plan)
    }

    /// The plan that VROOM found for this input.
    ///
    /// # Errors
    /// When it does a job that is not there, or does one twice.
    pub fn answered(&self, problem: &Problem, output: &Output) -> Result<Plan, Fault> {
        let steps = self.vehicles.iter().map(|vehicle| {
            let route = output.routes.iter().find(|route| route.vehicle == vehicle.id);
            route.into_iter().flat_map(|route| &route.steps).map(|step| (step.kind.as_str(), step.id))
        });
        self.plan_of(problem, steps)
    }
}

/// Where things are: rows of a matrix, or coordinates that are given a row as they come up.
#[derive(Default)]
struct Places {
    at: Vec<[u64; 2]>,
    named: Vec<usize>,
}

impl Places {
    fn row(&mut self, what: &str, location: Option<[f64; 2]>, index: Option<usize>) -> Result<Option<usize>, Fault> {
        if let Some(index) = index {
            self.named.push(index);
        } else if let Some([longitude, latitude]) = location {
            if !((-180.0..=180.0).contains(&longitude) && (-90.0..=90.0).contains(&latitude)) {
                return Err(Fault::NotUnderstood(format!(
                    "{what}: a location is its longitude and its latitude in degrees"
                )));
            }
            let bits = [longitude.to_bits(), latitude.to_bits()];
            let row = self.at.iter().position(|known| *known == bits).unwrap_or(self.at.len());
            if row == self.at.len() {
                self.at.push(bits);
            }
            return Ok(Some(row));
        }
        Ok(index)
    }
}

impl super::Matrix {
    fn cells(&self) -> Result<Vec<Leg>, Fault> {
        let places = self.durations.len();
        let costs = if self.costs.is_empty() { &self.durations } else { &self.costs };
        let is_square = |rows: &[Vec<i32>]| rows.len() == places && rows.iter().all(|row| row.len() == places);
        if places > limits::PLACES_MAX || !is_square(&self.durations) || !is_square(costs) {
            return Err(Fault::Table { cells: self.durations.iter().map(Vec::len).sum(), places });
        }
        let pairs = self.durations.iter().flatten().zip(costs.iter().flatten());
        Ok(pairs.map(|(seconds, cost)| Leg::new(*seconds, *cost)).collect())
    }
}

fn spans(windows: &[[i64; 2]]) -> Vec<Span> {
    windows.iter().map(|[from, to]| Span::new(*from, *to)).collect()
}

fn read_job(job: &InputJob, places: &mut Places) -> Result<Job, Fault> {
    let what = format!("job {}", job.id);
    let place = places.row(&what, job.location, job.location_index)?;
    let Some(place) = place else {
        return Err(Fault::NotUnderstood(format!("{what} has neither location nor location_index")));
    };
    Ok(Job {
        place,
        setup: job.setup,
        service: job.service,
        spans: spans(&job.time_windows),
        needs: Needs { all_of: job.skills.clone(), ..Needs::default() },
        amounts: job.delivery.clone(),
        priority: job.priority,
        ..Job::default()
    })
}

fn read_vehicle(person: u32, vehicle: &Vehicle, profile: usize, places: &mut Places) -> Result<Shift, Fault> {
    let what = format!("vehicle {}", vehicle.id);
    let pause = |pause: &super::InputBreak| Break { seconds: pause.service, spans: spans(&pause.time_windows) };
    Ok(Shift {
        person,
        start: places.row(&what, vehicle.start, vehicle.start_index)?,
        end: places.row(&what, vehicle.end, vehicle.end_index)?,
        span: vehicle.time_window.map(|[from, to]| Span::new(from, to)),
        breaks: vehicle.breaks.iter().map(pause).collect(),
        skills: vehicle.skills.clone(),
        room: vehicle.capacity.clone(),
        jobs_max: vehicle.max_tasks,
        travel_max: vehicle.max_travel_time,
        fixed_cost: vehicle.costs.fixed,
        profile,
    })
}
