//! R3: many seeds, each a world of its own, judged by the checker and, where the definition allows it, by a world in which
//! nothing went wrong. I8: one seed is one world, to the byte.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use checker::{Asked, Database, Logs};
use jiff::Timestamp;
use sim::Draws;

use crate::dump;
use crate::fate::Fates;
use crate::plan::{Kind, Plan};
use crate::report;
use crate::world::{Place, Setting, World, founded, open};

/// Worlds that `./test` lives.
const SEEDS: u64 = 200;
/// Of so many worlds one is lived twice.
const TWICE_EACH: u64 = 16;

/// What is left of a world.
struct Lived {
    place: Place,
    provider: String,
    answered: String,
    end: Timestamp,
    calls: usize,
    struck: usize,
    deaths: usize,
    steps: String,
    /// What was seen on the way.
    wrong: Vec<String>,
}

/// Lives a plan to its end. An error tells the last steps.
fn live(plan: &Plan, name: &str) -> Result<Lived, String> {
    let place = Place::new(name);
    std::fs::write(place.file(), founded()).expect("a copy");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let last = plan.happenings.iter().map(|happening| happening.time).max().unwrap_or(plan.start);
    let fates = if plan.chances.dies > 0.0 {
        Fates::Drawn(Box::new(Draws::of(&["fate", &plan.seed.to_string()])), plan.chances)
    } else {
        Fates::Kind
    };
    let mut world = runtime.block_on(async {
        let setting = Setting {
            seed: plan.seed.to_string(),
            start: plan.start,
            workers: plan.workers,
            sharing: plan.sharing,
            fates,
            moods: plan.moods,
            is_mixed: plan.kind != Kind::Faults,
        };
        World::new(open(&place.file()).await, Some(place.file()), setting)
    });
    let lived = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(world.live(&plan.happenings, last + plan.afterwards));
    }));
    let steps = world.fate().last_steps();
    if let Err(panicked) = lived {
        std::mem::forget(runtime);
        return Err(format!("{}\n{steps}", report::said(panicked.as_ref())));
    }
    let (provider, answered, end) = (world.provider.log(), world.answered.log(), world.time.told());
    let (calls, struck, wrong) = {
        let mut fate = world.fate();
        (fate.calls.len(), fate.struck, std::mem::take(&mut fate.wrong))
    };
    let deaths = world.deaths;
    runtime.block_on(async { store::Health::close(&world.store).await });
    drop(world);
    drop(runtime);
    Ok(Lived { place, provider, answered, end, calls, struck, deaths, steps, wrong })
}

/// What the checker says.
fn judged(lived: &Lived) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let path = lived.place.file();
    let database = runtime.block_on(Database::read(&path.to_string_lossy())).expect("the tables");
    let logs = Logs::read(Some(&lived.provider), &lived.answered).expect("the logs");
    let asked = Asked { drained: Some(lived.end) };
    checker::check(&database, &logs, asked).into_iter().map(|violation| violation.to_string()).collect()
}

/// Lives one seed; what is wrong with it.
fn prove(seed: u64, figures: &report::Figures) -> Result<(), String> {
    let plan = Plan::of(seed);
    let lived = live(&plan, &format!("{seed}"))?;
    let given = lived.provider.lines().count();
    figures.add([plan.happenings.len(), lived.calls, lived.struck, lived.deaths, given]);
    let mut wrong = judged(&lived);
    wrong.extend_from_slice(&lived.wrong);
    let found = dump::look(&lived.place.file());
    if plan.kind != Kind::Wild {
        let reference = live(&plan.in_order(), &format!("{seed}-in-order"))?;
        let expected = dump::look(&reference.place.file());
        wrong.extend(match plan.kind {
            Kind::Order => dump::differences(&dump::commutative(&expected), &dump::commutative(&found)),
            Kind::Faults | Kind::Wild => dump::differences(&dump::outcome(&expected), &dump::outcome(&found)),
        });
    }
    if seed.is_multiple_of(TWICE_EACH) {
        let again = live(&plan, &format!("{seed}-again"))?;
        if dump::everything(&found) != dump::everything(&dump::look(&again.place.file())) {
            wrong.push("I8: the same seed came to another end".to_owned());
        }
        if again.provider != lived.provider {
            wrong.push("I8: the same seed sent otherwise".to_owned());
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n    ")) }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn every_seed_keeps_what_was_promised() {
    let figures = report::Figures::default();
    if let Some(seed) = number("KLANTREIS_SEED") {
        let plan = Plan::of(seed);
        eprintln!("seed {seed}: {:?}, {} workers, {:?}", plan.kind, plan.workers, plan.sharing);
        if let (Some(keep), Ok(lived)) = (std::env::var_os("KLANTREIS_KEEP"), live(&plan, "kept")) {
            std::fs::copy(lived.place.file(), &keep).expect("a copy of the file");
            std::fs::write(format!("{}.provider", keep.to_string_lossy()), &lived.provider)
                .expect("the provider's log");
            std::fs::write(format!("{}.accepted", keep.to_string_lossy()), &lived.answered).expect("the client's log");
            eprintln!("until {}, last steps:\n{}", lived.end, lived.steps);
        }
        let told = prove(seed, &figures);
        assert!(told.is_ok(), "seed {seed}:\n    {}", told.unwrap_err());
        return;
    }
    let seeds = number("KLANTREIS_SEEDS").unwrap_or(SEEDS);
    let (next, failed, done) = (AtomicU64::new(0), Mutex::new(Vec::new()), AtomicUsize::new(0));
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let threads = number("KLANTREIS_THREADS").unwrap_or(cores);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        return;
                    }
                    if let Err(wrong) = prove(seed, &figures) {
                        eprintln!("seed {seed} ({:?}):\n    {wrong}", Plan::of(seed).kind);
                        eprintln!("    again: KLANTREIS_SEED={seed} cargo test -p proof seed");
                        failed.lock().expect("the list").push(seed);
                    }
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    eprintln!("{} seeds: {figures}", done.into_inner());
    let failed = failed.into_inner().expect("the list");
    assert!(figures.given() as u64 >= seeds, "most worlds hand nothing over: nothing was proven");
    assert!(failed.is_empty(), "{} seeds failed: {failed:?}", failed.len());
}
