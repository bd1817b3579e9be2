//! A routing problem in VROOM's language, planned by us.

use std::io::Read;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use channels::fetch::Fetcher;
use planning::vroom::{Asked, Input, Output};
use planning::{Effort, Fault, improve};
use service::Clock;
use travel::{Osrm, Place, Steady, StraightLine, TravelTimes, Valhalla, When};

use crate::args::PlanProblem;
use crate::house::Trouble;
use crate::real::RealClock;

/// Bytes of a problem.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
/// More steps than fit in ten minutes.
const STEPS_MAX: u32 = 50_000_000;

/// Reads, plans, and writes the answer to standard output.
pub(crate) async fn run(plan: PlanProblem) -> Result<ExitCode, Trouble> {
    let input: Input =
        serde_json::from_str(&read(&plan)?).map_err(|error| format!("{}: {error}", plan.file.display()))?;
    let asked = asked(&plan, &input).await?;
    let end = after(Duration::from_secs_f64(plan.seconds.clamp(0.0, 600.0)));
    let found = cooled(&asked, &plan, end);
    println!("{}", serde_json::to_string_pretty(&Output::of(&input, &asked.problem, &found))?);
    Ok(ExitCode::SUCCESS)
}

fn read(plan: &PlanProblem) -> Result<String, Trouble> {
    let mut text = String::new();
    let source: Box<dyn Read> = if plan.file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(&plan.file).map_err(|error| format!("{}: {error}", plan.file.display()))?)
    };
    source.take(BYTES_MAX).read_to_string(&mut text)?;
    Ok(text)
}

/// The problem, its ways asked of whoever is to say them.
async fn asked(plan: &PlanProblem, input: &Input) -> Result<Asked, Trouble> {
    let mut places = Vec::new();
    let first = input.asked(|_, asked| {
        places = asked.to_vec();
        Ok::<_, Fault>(vec![0; asked.len() * asked.len()])
    })?;
    if places.is_empty() {
        return Ok(first);
    }
    let places: Vec<Place> =
        places.iter().filter_map(|[longitude, latitude]| Place::new(*latitude, *longitude)).collect();
    let now = RealClock.now();
    let when = When { now, leaving: now.to_zoned(jiff::tz::TimeZone::system()).datetime() };
    let table = ways(plan)?.table(&places, &places, when).await?;
    // A way that is not there takes longer than any day.
    let seconds = |way: &Option<travel::Way>| way.map_or(7 * 24 * 3_600, |way| way.seconds.round() as i32);
    let seconds: Vec<i32> = table.ways().iter().map(seconds).collect();
    Ok(input.asked(|_, _| Ok::<_, Fault>(seconds.clone()))?)
}

fn ways(plan: &PlanProblem) -> Result<Steady, Trouble> {
    let engine: Option<Arc<dyn TravelTimes>> = match (&plan.osrm, &plan.valhalla) {
        (Some(address), _) => Some(Arc::new(Osrm::new(fetcher(address)?, address, "driving"))),
        (None, Some(address)) => Some(Arc::new(Valhalla::new(fetcher(address)?, address, "auto"))),
        (None, None) => None,
    };
    // Nobody waits for a page: the engine has all the time that a call has.
    Ok(Steady::new(engine, StraightLine::default()).patient(Duration::from_secs(60)))
}

/// Who types an address here may go there, also within their own network.
fn fetcher(address: &str) -> Result<Fetcher, Trouble> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next().unwrap_or_default();
    Ok(Fetcher::new(vec![host.parse()?]))
}

#[expect(clippy::disallowed_methods, reason = "how long it may take is measured")]
fn after(long: Duration) -> Instant {
    Instant::now() + long
}

/// As many steps as fit, found out with a few, so that the search has cooled down when time is up.
fn cooled(asked: &Asked, plan: &PlanProblem, end: Instant) -> planning::Plan {
    let goes_on = || after(Duration::ZERO) < end;
    let begun = after(Duration::ZERO);
    let few = Effort { steps: 500, seed: plan.seed };
    let found = improve(&asked.problem, &asked.plan, few, goes_on);
    let took = (after(Duration::ZERO) - begun).as_secs_f64().max(1e-6);
    let left = end.saturating_duration_since(after(Duration::ZERO)).as_secs_f64();
    let steps = (f64::from(few.steps) * left / took).min(f64::from(STEPS_MAX)) as u32;
    improve(&asked.problem, &found, Effort { steps, seed: plan.seed }, goes_on)
}
