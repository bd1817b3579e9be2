//! Arrival windows that are offered can be kept, and where there are none it says why.

mod worlds;

use planning::offer::{Grading, Hindrance, IDEAL, Offered, OpenDay, offers};
use planning::{Effort, Job, Leg, Needs, Plan, Problem, Shift, Span, improve, insert};
use proptest::prelude::*;
use worlds::{MORNING, World, world};

const GRADING: Grading = Grading::new(MORNING - 3_600, 14 * 24 * 3_600);

fn windows() -> Vec<Span> {
    (0..4).map(|part| Span::new(MORNING + part * 7_200, MORNING + (part + 1) * 7_200)).collect()
}

/// What a plan of the world offers for one more job.
fn offered(world: &World, problem: &Problem, plan: &Plan, job: &Job) -> Offered {
    let places: Vec<usize> = (0..world.at.len()).collect();
    let open = |shift| OpenDay::new(problem, plan, shift, &world.shifts[shift].skills, &places).expect("it fits");
    let days: Vec<OpenDay<'_>> = (0..world.shifts.len()).map(open).collect();
    let to: Vec<Leg> = places.iter().map(|place| world.leg(*place, job.place)).collect();
    let from: Vec<Leg> = places.iter().map(|place| world.leg(job.place, *place)).collect();
    offers(&days, job, &windows(), (&to, &from), GRADING)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_offer_fits_where_it_says_and_costs_what_it_says(mut world in world()) {
        let job = world.jobs.pop().filter(|_| !world.jobs.is_empty());
        prop_assume!(job.is_some());
        let mut job = job.unwrap();
        job.setup = 0;
        let problem = world.problem();
        let plan = improve(&problem, &Plan::empty(&problem), Effort { steps: 30, seed: 1 }, || true);
        let offered = offered(&world, &problem, &plan, &job);
        for offer in &offered.offers {
            let mut after = world.clone();
            after.jobs.push(Job { spans: vec![offer.window], ..job.clone() });
            let mut booked = plan.clone();
            let new = after.jobs.len() - 1;
            let breaks_before = plan.visits(&problem, offer.day).unwrap()[..offer.position].iter().filter(|v| v.job.is_none()).count();
            booked.shifts[offer.day].insert(offer.position - breaks_before, new);
            let problem = after.problem();
            let visits = booked.visits(&problem, offer.day).expect("it fits");
            prop_assert!(visits.iter().any(|visit| visit.job == Some(new) && offer.window.holds(visit.begins)));
            let before = plan.cost(&world.problem()).unwrap() - plan_left(&world, &plan);
            let left: i64 = plan_left(&after, &plan);
            prop_assert_eq!(booked.cost(&problem).unwrap() - left - before, offer.extra);
        }
        // Whatever window is not offered has a reason.
        let missing = windows().into_iter().filter(|window| offered.offers.iter().all(|offer| offer.window != *window));
        for window in missing {
            prop_assert!(offered.why_not.of(window).next().is_some());
        }
    }
}

/// What is left out costs in this world; it is the same before and after.
fn plan_left(world: &World, plan: &Plan) -> i64 {
    let nothing = Plan { shifts: vec![Vec::new(); world.shifts.len()], left_out: plan.left_out.clone() };
    nothing.cost(&world.problem()).unwrap()
}

fn row(shifts: Vec<Shift>, jobs: Vec<Job>) -> World {
    World { jobs, shifts, at: (0..8).map(|x| (x * 15, 0)).collect() }
}

fn day(person: u32, skills: &[u32]) -> Shift {
    let span = Some(Span::new(MORNING, MORNING + 4 * 3_600));
    Shift { person, start: Some(0), end: Some(0), span, skills: skills.to_vec(), room: vec![2], ..Shift::default() }
}

fn job(place: usize, hours: i64) -> Job {
    Job { place, service: hours * 3_600, amounts: vec![1], ..Job::default() }
}

fn hurdles(world: &World, wanted: &Job) -> Vec<(Hindrance, usize)> {
    let problem = world.problem();
    let plan = insert(&problem, &Plan::empty(&problem));
    offered(world, &problem, &plan, wanted).why_not.last_hurdles().into_iter().collect()
}

#[test]
fn it_says_why_there_is_no_window() {
    let gas = Job { needs: Needs { all_of: vec![1], ..Needs::default() }, ..job(1, 1) };
    let world = row(vec![day(0, &[])], vec![]);
    assert_eq!(hurdles(&world, &gas), [(Hindrance::NobodyWorks, 1), (Hindrance::NotSkilled, 3)]);
    let full = row(vec![day(0, &[1])], vec![job(2, 3)]);
    assert_eq!(hurdles(&full, &gas), [(Hindrance::NobodyWorks, 1), (Hindrance::Full, 3)]);
    let three = Job { amounts: vec![3], ..job(1, 1) };
    assert_eq!(hurdles(&world, &three), [(Hindrance::NobodyWorks, 1), (Hindrance::NothingLeft, 3)]);
    let later = Job { spans: vec![Span::new(MORNING + 86_400, MORNING + 90_000)], ..job(1, 1) };
    assert_eq!(hurdles(&world, &later), [(Hindrance::TooEarly, 4)]);
}

#[test]
fn where_somebody_is_already_is_recommended_first() {
    let near_noon = Job { spans: vec![Span::new(MORNING + 2 * 3_600, MORNING + 3 * 3_600)], ..job(6, 0) };
    let mut long = day(0, &[]);
    long.span = Some(Span::new(MORNING, MORNING + 8 * 3_600));
    let world = row(vec![long], vec![near_noon]);
    let problem = world.problem();
    let plan = insert(&problem, &Plan::empty(&problem));
    let offered = offered(&world, &problem, &plan, &job(6, 0));
    let best = offered.ranked(2);
    assert_eq!(
        best[0].window,
        Span::new(MORNING, MORNING + 7_200),
        "on the way, and sooner than the other at no extra way"
    );
    assert!(best[0].grade >= IDEAL && best[0].extra == 0);
    assert!(offered.offers.iter().all(|offer| offer.grade <= best[0].grade));
}
