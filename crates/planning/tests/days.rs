//! What holds of every plan, whatever was asked of it; and what single rules do.

mod worlds;

use planning::{Effort, Job, Needs, Pin, Plan, Problem, Shift, Span, improve, insert};
use proptest::prelude::*;
use worlds::{MORNING, World, world};

const EFFORT: Effort = Effort { steps: 60, seed: 3 };

/// Looks at a plan with nothing of the product but its times: each job once, by somebody who may, in time, and ways that are long enough.
fn is_sound(world: &World, problem: &Problem, plan: &Plan) {
    let mut jobs: Vec<usize> = plan.shifts.iter().flatten().chain(&plan.left_out).copied().collect();
    jobs.sort_unstable();
    assert_eq!(jobs, (0..world.jobs.len()).collect::<Vec<_>>(), "each job once");
    for (at, shift) in world.shifts.iter().enumerate() {
        let visits = plan.visits(problem, at).expect("it fits");
        let span = shift.span.unwrap();
        let (mut place, mut moment) = (shift.start, span.from);
        for visit in &visits {
            let (spans, long) = match visit.job {
                None => (shift.breaks[0].spans.clone(), shift.breaks[0].seconds),
                Some(job) => {
                    let job = &world.jobs[job];
                    assert!(job.needs.all_of.iter().all(|skill| shift.skills.contains(skill)));
                    assert!(!job.needs.none_of.iter().any(|skill| shift.skills.contains(skill)));
                    moment += place.map_or(0, |place| i64::from(world.leg(place, job.place).seconds));
                    let setup = if place == Some(job.place) { 0 } else { job.setup };
                    place = Some(job.place);
                    (job.spans.clone(), job.service + setup)
                }
            };
            assert!(visit.arrives >= moment && visit.begins >= visit.arrives && visit.leaves == visit.begins + long);
            assert!(spans.is_empty() || spans.iter().any(|span| span.holds(visit.begins)), "what was promised");
            moment = visit.leaves;
        }
        if let (Some(from), Some(end)) = (place, shift.end)
            && visits.iter().any(|visit| visit.job.is_some())
        {
            moment += i64::from(world.leg(from, end).seconds);
        }
        assert!(moment <= span.to, "home in time");
        assert_eq!(
            visits.iter().filter(|visit| visit.job.is_none()).count(),
            shift.breaks.len(),
            "every break is taken"
        );
        let done = &plan.shifts[at];
        assert!(done.len() <= shift.jobs_max.unwrap_or(usize::MAX));
        assert!(done.iter().map(|job| world.jobs[*job].amounts[0]).sum::<i64>() <= shift.room[0]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_keeps_every_rule(world in world()) {
        let problem = world.problem();
        is_sound(&world, &problem, &improve(&problem, &Plan::empty(&problem), EFFORT, || true));
    }

    #[test]
    fn improving_never_costs_more_and_leaves_nobody_out(world in world()) {
        let problem = world.problem();
        let first = insert(&problem, &Plan::empty(&problem));
        let better = improve(&problem, &first, EFFORT, || true);
        prop_assert!(better.cost(&problem).unwrap() <= first.cost(&problem).unwrap());
        prop_assert!(better.left_out.len() <= first.left_out.len());
        prop_assert_eq!(&better, &improve(&problem, &first, EFFORT, || true), "the same seed, the same plan");
    }

    #[test]
    fn what_is_pinned_stays(mut world in world()) {
        let problem = world.problem();
        let first = insert(&problem, &Plan::empty(&problem));
        for (shift, jobs) in first.shifts.iter().enumerate() {
            for (at, job) in jobs.iter().enumerate() {
                world.jobs[*job].pin = match (at, job % 3) {
                    (0, _) => Pin::Frozen,
                    (_, 0) => Pin::Person(world.shifts[shift].person),
                    (_, 1) => Pin::Order,
                    _ => Pin::Free,
                };
            }
        }
        let problem = world.problem();
        let better = improve(&problem, &first, EFFORT, || true);
        is_sound(&world, &problem, &better);
        let pinned = |plan: &Plan, shift: usize, pin: fn(Pin) -> bool| {
            plan.shifts[shift].iter().copied().filter(|job| pin(world.jobs[*job].pin)).collect::<Vec<_>>()
        };
        for shift in 0..world.shifts.len() {
            prop_assert_eq!(first.shifts[shift].first(), better.shifts[shift].first().filter(|_| !first.shifts[shift].is_empty()));
            let in_order = |pin| matches!(pin, Pin::Order | Pin::Frozen);
            prop_assert_eq!(pinned(&first, shift, in_order), pinned(&better, shift, in_order));
            for job in pinned(&better, shift, |pin| matches!(pin, Pin::Person(_))) {
                prop_assert_eq!(world.jobs[job].pin, Pin::Person(world.shifts[shift].person));
            }
        }
    }
}

/// Places in a row, a quarter of an hour apart.
fn row(jobs: Vec<Job>, shifts: Vec<Shift>) -> World {
    World { jobs, shifts, at: (0..8).map(|x| (x * 15, 0)).collect() }
}

fn at(place: usize) -> Job {
    Job { place, service: 1_800, ..Job::default() }
}

fn day(person: u32, start: usize) -> Shift {
    Shift {
        person,
        start: Some(start),
        end: Some(start),
        span: Some(Span::new(MORNING, MORNING + 8 * 3_600)),
        ..Shift::default()
    }
}

fn planned(world: &World) -> Plan {
    let problem = world.problem();
    improve(&problem, &Plan::empty(&problem), EFFORT, || true)
}

#[test]
fn the_shortest_way_goes_there_and_back() {
    let world = row(vec![at(3), at(1), at(2)], vec![day(0, 0)]);
    let (problem, plan) = (world.problem(), planned(&world));
    assert_eq!(plan.travel(&problem, 0), Some(6 * 900));
}

#[test]
fn whoever_is_preferred_does_it_unless_it_is_far() {
    let near = Job { needs: Needs { preferred: Some(1), ..Needs::default() }, ..at(3) };
    let world = row(vec![near.clone()], vec![day(0, 2), day(1, 3)]);
    assert_eq!(planned(&world).shifts, [vec![], vec![0]]);
    let world = row(vec![near], vec![day(0, 3), day(1, 7)]);
    assert_eq!(planned(&world).shifts, [vec![0], vec![]]);
}

#[test]
fn what_matters_more_goes_first_when_there_is_no_room_for_all() {
    let long = |priority| Job { service: 5 * 3_600, priority, ..at(1) };
    let world = row(vec![long(0), long(50), long(1)], vec![day(0, 0)]);
    assert_eq!(planned(&world).shifts, [vec![1]]);
}

#[test]
fn a_day_that_fits_no_more_keeps_what_is_pinned_and_others_take_the_rest() {
    let mut frozen = at(1);
    frozen.pin = Pin::Frozen;
    let work = Job { service: 2 * 3_600, spans: vec![Span::new(MORNING, MORNING + 2 * 3_600)], ..at(2) };
    let world = row(vec![frozen, work.clone(), work], vec![day(0, 0), day(1, 0)]);
    let problem = world.problem();
    let begun = Plan { shifts: vec![vec![0, 1, 2], vec![]], left_out: vec![] };
    assert_eq!(begun.visits(&problem, 0), None);
    let plan = improve(&problem, &begun, EFFORT, || true);
    assert!(plan.left_out.is_empty() && plan.shifts[0][0] == 0, "{plan:?}");
}

#[test]
fn faults_say_where() {
    let told = |jobs: Vec<Job>, shifts: Vec<Shift>| {
        let world = row(jobs, shifts);
        Problem::new(&world.jobs, &world.shifts, vec![world.legs()]).unwrap_err().to_string()
    };
    assert_eq!(told(vec![at(0), at(9)], vec![]), "job 1 is at place 9, but the table of legs has only 8");
    let backwards = Job { spans: vec![Span::new(9, 3)], ..at(0) };
    assert_eq!(
        told(vec![backwards], vec![]),
        "job 0: its spans of time must not be empty, overlap, or end before they begin"
    );
    assert_eq!(told(vec![Job { service: -1, ..at(0) }], vec![]), "job 0: a duration is between 0 and 604800 seconds");
    assert_eq!(
        told(vec![at(0); planning::limits::JOBS_MAX + 1], vec![]),
        "jobs: 5001 are too many, at most 5000 are taken"
    );
    let kinds = Job { amounts: vec![1, 2], ..at(0) };
    assert_eq!(told(vec![kinds], vec![day(0, 0)]), "job 0: 2 amounts, where other jobs and shifts have 0");
}
