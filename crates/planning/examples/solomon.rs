//! Plans vehicle routing problems with time windows (the format of Solomon), distances truncated to 0.1.
//!
//! `solomon whole SECONDS FILE…` plans each as a whole; `solomon one MILLISECONDS FILE…` books its customers one at a time in ten random
//! orders and improves for so long after each. Seconds are the processor's, as Linux counts them. Prints a line for each file: its name, distance (the mean of ten), jobs left out.

#![expect(clippy::print_stdout, reason = "who runs it is told its figures")]
use planning::{Effort, Job, Leg, Legs, Plan, Problem, Shift, Span, improve};

/// Seconds of processor time of this thread.
fn spent() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
    told.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).expect("a number") / 1e9
}

struct Instance {
    name: String,
    jobs: Vec<Job>,
    shifts: Vec<Shift>,
    legs: Legs,
}

/// Ten times the distance, truncated; so are all times.
fn read(text: &str) -> Option<Instance> {
    let numbers = |line: &str| line.split_whitespace().map(str::parse).collect::<Result<Vec<i64>, _>>().ok();
    let rows: Vec<Vec<i64>> = text.lines().filter_map(numbers).filter(|row| !row.is_empty()).collect();
    let (fleet, places) = rows.split_first()?;
    let depot = places.first()?;
    let job = |(place, row): (usize, &Vec<i64>)| Job {
        place,
        service: row[6] * 10,
        spans: vec![Span::new(row[4] * 10, row[5] * 10)],
        amounts: vec![row[3]],
        ..Job::default()
    };
    let shift = Shift {
        start: Some(0),
        end: Some(0),
        span: Some(Span::new(depot[4] * 10, depot[5] * 10)),
        room: vec![fleet[1]],
        ..Shift::default()
    };
    let between = |(from, to): (&Vec<i64>, &Vec<i64>)| {
        let far = (((from[1] - to[1]).pow(2) + (from[2] - to[2]).pow(2)) as f64).sqrt() * 10.0;
        Leg { seconds: far as i32, cost: far as i32 }
    };
    let cells: Vec<Leg> = places.iter().flat_map(|from| places.iter().map(move |to| between((from, to)))).collect();
    Some(Instance {
        name: text.lines().next()?.trim().to_owned(),
        jobs: places.iter().enumerate().skip(1).map(job).collect(),
        shifts: vec![shift; fleet[0] as usize],
        legs: Legs::new(places.len(), &cells).ok()?,
    })
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [mode, long, files @ ..] = &args[..] else { return println!("whole|one SECONDS|MILLISECONDS FILE…") };
    let long: f64 = long.parse().expect("a number");
    for file in files {
        let text = std::fs::read_to_string(file).expect("the file is there");
        let instance = read(&text).expect("an instance");
        let (cost, left_out) = if mode == "one" { one_at_a_time(&instance, long) } else { whole(&instance, long) };
        println!("{} {:.1} {left_out}", instance.name, cost / 10.0);
    }
}

fn distance(problem: &Problem, plan: &Plan) -> f64 {
    (0..plan.shifts.len()).map(|shift| plan.travel(problem, shift).expect("it fits")).sum::<i64>() as f64
}

/// About as many steps as fit, so that it cools down in time.
fn steps_in(seconds: f64, problem: &Problem) -> u32 {
    let begun = spent();
    let steps = 2_000;
    let _ = improve(problem, &Plan::empty(problem), Effort { steps, seed: 1 }, || true);
    (f64::from(steps) * seconds / (spent() - begun)) as u32
}

fn whole(instance: &Instance, seconds: f64) -> (f64, usize) {
    let problem = Problem::new(&instance.jobs, &instance.shifts, vec![instance.legs.clone()]).expect("sound");
    let end = spent() + seconds;
    let steps = steps_in(seconds * 0.95, &problem);
    let plan = improve(&problem, &Plan::empty(&problem), Effort { steps, seed: 7 }, || spent() < end);
    (distance(&problem, &plan), plan.left_out.len())
}

fn one_at_a_time(instance: &Instance, milliseconds: f64) -> (f64, usize) {
    let (mut sum, mut left_out) = (0.0, 0);
    let whole = Problem::new(&instance.jobs, &instance.shifts, vec![instance.legs.clone()]).expect("sound");
    let per_millisecond = f64::from(steps_in(0.1, &whole)) / 100.0;
    for order in 0..10_u64 {
        let jobs = instance.jobs.len();
        let mut by: Vec<usize> = (0..jobs).collect();
        by.sort_by_key(|job| {
            (*job as u64 + 1)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15 ^ (order << 17))
                .rotate_left(31)
                .wrapping_mul(0xD134_2543_DE82_EF95)
        });
        let mut booked: Vec<Job> = Vec::new();
        let mut plan = Plan { shifts: vec![Vec::new(); instance.shifts.len()], left_out: Vec::new() };
        let mut last = None;
        for (at, job) in by.into_iter().enumerate() {
            booked.push(instance.jobs[job].clone());
            let problem = Problem::new(&booked, &instance.shifts, vec![instance.legs.clone()]).expect("sound");
            plan.left_out.push(at);
            let end = spent() + milliseconds / 1_000.0;
            let steps = (milliseconds * per_millisecond) as u32;
            plan = improve(&problem, &plan, Effort { steps, seed: order * 1_000 + at as u64 }, || spent() < end);
            last = Some(problem);
        }
        let problem = last.expect("there are jobs");
        sum += distance(&problem, &plan);
        left_out += plan.left_out.len();
    }
    (sum / 10.0, left_out)
}
