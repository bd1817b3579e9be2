use super::{
    Costs, Input, InputBreak, InputJob, InputStep, Matrix, Output, OutputRoute, OutputStep, OutputSummary, Unassigned,
    Vehicle,
};
use crate::{Job, Leg, Plan, Problem, Shift, Span, Visit};

impl Input {
    /// The same problem for VROOM, with the plan as its begin. Jobs and vehicles are called by their position. VROOM knows neither skills
    /// that must not be there nor whom somebody prefers; pins are left to the steps.
    #[must_use]
    pub fn of(jobs: &[Job], shifts: &[Shift], legs: &[Vec<Vec<Leg>>], plan: &Plan) -> Self {
        let matrix = |rows: &Vec<Vec<Leg>>| Matrix {
            durations: rows.iter().map(|row| row.iter().map(|leg| leg.seconds).collect()).collect(),
            costs: rows.iter().map(|row| row.iter().map(|leg| leg.cost).collect()).collect(),
        };
        Self {
            jobs: jobs.iter().enumerate().map(|(at, job)| write_job(at, job)).collect(),
            shipments: Vec::new(),
            vehicles: shifts.iter().enumerate().map(|(at, shift)| write_vehicle(at, shift, plan)).collect(),
            matrices: legs.iter().enumerate().map(|(at, rows)| (at.to_string(), matrix(rows))).collect(),
        }
    }
}

fn windows(spans: &[Span]) -> Vec<[i64; 2]> {
    spans.iter().map(|span| [span.from, span.to]).collect()
}

fn write_job(at: usize, job: &Job) -> InputJob {
    InputJob {
        id: at as u64,
        location_index: Some(job.place),
        setup: job.setup,
        service: job.service,
        delivery: job.amounts.clone(),
        skills: job.needs.all_of.clone(),
        priority: job.priority,
        time_windows: windows(&job.spans),
        ..InputJob::default()
    }
}

fn write_vehicle(at: usize, shift: &Shift, plan: &Plan) -> Vehicle {
    let pause = |(id, pause): (usize, &crate::Break)| InputBreak {
        id: id as u64,
        time_windows: windows(&pause.spans),
        service: pause.seconds,
    };
    let step = |job: &usize| InputStep { kind: "job".into(), id: Some(*job as u64) };
    Vehicle {
        id: at as u64,
        profile: shift.profile.to_string(),
        start: None,
        start_index: shift.start,
        end: None,
        end_index: shift.end,
        capacity: shift.room.clone(),
        skills: shift.skills.clone(),
        time_window: shift.span.map(|span| [span.from, span.to]),
        breaks: shift.breaks.iter().enumerate().map(pause).collect(),
        speed_factor: 1.0,
        max_tasks: shift.jobs_max,
        max_travel_time: shift.travel_max,
        max_distance: None,
        costs: Costs { fixed: shift.fixed_cost, ..Costs::default() },
        steps: plan.shifts.get(at).into_iter().flatten().map(step).collect(),
    }
}

impl Output {
    /// The plan as VROOM would tell it, jobs and vehicles called as in the input. Shifts that do not fit are left out.
    #[must_use]
    pub fn of(input: &Input, problem: &Problem, plan: &Plan) -> Self {
        let routes: Vec<OutputRoute> = (0..plan.shifts.len())
            .filter(|shift| !plan.shifts[*shift].is_empty())
            .filter_map(|shift| route(input, problem, plan, shift))
            .collect();
        let nobody = |job: &usize| Unassigned { id: input.jobs[*job].id, kind: "job".into() };
        let sum = |of: fn(&OutputRoute) -> i64| routes.iter().map(of).sum();
        let summary = OutputSummary {
            cost: sum(|route| route.cost),
            routes: routes.len(),
            unassigned: plan.left_out.len(),
            setup: sum(|route| route.setup),
            service: sum(|route| route.service),
            duration: sum(|route| route.duration),
            waiting_time: sum(|route| route.waiting_time),
            priority: routes.iter().map(|route| route.priority).sum(),
        };
        Self { code: 0, summary, unassigned: plan.left_out.iter().map(nobody).collect(), routes }
    }
}

fn route(input: &Input, problem: &Problem, plan: &Plan, shift: usize) -> Option<OutputRoute> {
    let visits = plan.visits(problem, shift)?;
    let duration = plan.travel(problem, shift)?;
    let cost = plan.route(problem, shift)?.cost;
    // One leaves as late as the first stop allows.
    let first = visits.first()?;
    let way = first.arrives - problem.shifts[shift].span.from;
    let mut steps = vec![OutputStep { kind: "start".into(), arrival: first.begins - way, ..OutputStep::default() }];
    let mut travelled = 0;
    let mut left = first.begins - way;
    let mut is_first = true;
    let mut pauses = input.vehicles[shift].breaks.iter().map(|pause| pause.id);
    for visit in &visits {
        let arrives = if is_first { visit.begins } else { visit.arrives };
        travelled += arrives - left;
        let id = visit.job.map(|job| input.jobs[job].id).or_else(|| pauses.next());
        steps.push(step(input, visit, id, arrives, travelled));
        left = visit.leaves;
        is_first = false;
    }
    steps.push(OutputStep {
        kind: "end".into(),
        arrival: left + duration - travelled,
        duration,
        ..OutputStep::default()
    });
    let sum = |of: fn(&OutputStep) -> i64| steps.iter().map(of).sum::<i64>();
    let priority = plan.shifts[shift].iter().map(|job| u64::from(input.jobs[*job].priority)).sum();
    let (setup, service, waiting_time) =
        (sum(|step| step.setup), sum(|step| step.service), sum(|step| step.waiting_time));
    Some(OutputRoute {
        vehicle: input.vehicles[shift].id,
        steps,
        cost,
        setup,
        service,
        duration,
        waiting_time,
        priority,
    })
}

fn step(input: &Input, visit: &Visit, id: Option<u64>, arrives: i64, travelled: i64) -> OutputStep {
    let service = visit.job.map_or(visit.leaves - visit.begins, |job| input.jobs[job].service);
    OutputStep {
        kind: if visit.job.is_some() { "job" } else { "break" }.into(),
        id,
        arrival: arrives,
        duration: travelled,
        setup: visit.leaves - visit.begins - service,
        service,
        waiting_time: visit.begins - arrives,
    }
}
