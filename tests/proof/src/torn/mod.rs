//! R4: the power fails. A process lives a world on a file with full durability while `strace` writes down what it asks of its
//! files; then the disk is made as it may stand at any moment of that record, with what was not synced lost, torn or garbled.
//! What was answered by then is there, and whoever starts on it comes to a good end.
//!
//! It proves that the store syncs what it answers for, and in the right order. It does not prove that a disk keeps what it said
//! was synced.

mod disk;
mod recorded;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use service::working::Sharing;
use sim::Draws;
use store::{Durability, Erasures, Health, OpenMode, SqlStore, Sqlite};

use self::disk::Unsynced;
use crate::fate::Fates;
use crate::happening::{Happening, Happens};
use crate::plan::Plan;
use crate::world::{Place, Setting, World, founded};

/// Names the folder to a process that is recorded, how durable it is, and the seed.
const RECORDED: &str = "KLANTREIS_TORN";
/// Worlds in which everything happens.
const SEEDS: [u64; 4] = [0, 1, 4, 5];
/// What others know: the client, the provider, and how far the world is.
const OUTSIDE: [&str; 3] = ["answered", "provider", "begun"];
/// Of so many cuts one is lived on to the end.
const LIVED_ON_EACH: usize = 4;
/// The log is written back into the file after so many happenings.
const WRITTEN_BACK_EACH: usize = 3;

fn happenings(seed: u64) -> (Plan, Vec<Happening>) {
    let plan = Plan::of(seed);
    let alone = |what: &Happens| !matches!(what, Happens::PowerCut | Happens::ClockOff(_) | Happens::StandStill(_));
    let happenings = plan.happenings.iter().filter(|happening| alone(&happening.what)).cloned().collect();
    (plan, happenings)
}

fn world(store: SqlStore, plan: &Plan, start: Timestamp) -> World {
    let setting = Setting {
        seed: format!("torn {}", plan.seed),
        start,
        workers: 1,
        sharing: Sharing::Alone,
        fates: Fates::Kind,
        moods: plan.moods,
        is_mixed: false,
    };
    World::new(store, None, setting)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime")
}

/// The process that is recorded: this test, begun again.
#[test]
fn is_recorded() {
    let Ok(told) = std::env::var(RECORDED) else { return };
    let (folder, rest) = told.split_once(':').expect("a folder");
    let (durability, seed) = rest.split_once(':').expect("how durable");
    let durability = if durability == "full" { Durability::Full } else { Durability::Off };
    let (plan, happenings) = happenings(seed.parse().expect("a seed"));
    let added = |name| OpenOptions::new().append(true).create(true).open(Path::new(folder).join(name)).expect("a log");
    let mut begun = added("begun");
    runtime().block_on(async {
        let file = Path::new(folder).join("store.db");
        let store = Sqlite::open(&file, OpenMode::Existing, durability).await.expect("a store");
        let mut world = world(store, &plan, plan.start);
        world.provider.tell(added("provider"));
        world.answered.tell(added("answered"));
        for (number, happening) in happenings.iter().enumerate() {
            world.until(happening.time).await;
            writeln!(begun, "{{\"time\":\"{}\"}}", world.time.really()).expect("it is written");
            world.happens(happening).await;
            if number % WRITTEN_BACK_EACH == WRITTEN_BACK_EACH - 1 {
                world.settle().await;
                assert!(world.store.sweep().await.expect("it is written back"), "nobody reads");
            }
        }
        world.until(world.time.really() + SignedDuration::from_hours(1)).await;
    });
    // Nothing is closed: that would write everything back.
    std::process::exit(0);
}

/// A world that was recorded.
struct Record {
    plan: Plan,
    happenings: Vec<Happening>,
    asked: Vec<recorded::Asked>,
}

impl Record {
    /// `None` where nobody can be traced.
    fn new(seed: u64, durability: &str) -> Option<Self> {
        let place = Place::new(&format!("torn-{seed}-{durability}"));
        std::fs::write(place.file(), founded()).expect("a copy");
        let log = place.0.join("record");
        let mut strace = Command::new("strace");
        strace.args(["-f", "-y", "-xx", "-s", "10000000", "-o"]).arg(&log);
        strace.args(["-e", "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,ftruncate"]);
        for name in ["store.db", "store.db-wal"].iter().chain(&OUTSIDE) {
            File::options().append(true).create(true).open(place.0.join(name)).expect("a file");
            strace.arg("-P").arg(place.0.join(name));
        }
        strace.arg(std::env::current_exe().expect("this test")).args(["torn::is_recorded", "--exact"]);
        strace.env(RECORDED, format!("{}:{durability}:{seed}", place.0.display()));
        let Ok(output) = strace.output() else {
            assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "strace is required (Debian: strace)");
            eprintln!("left out: no strace here");
            return None;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let (plan, happenings) = happenings(seed);
        Some(Self { plan, happenings, asked: recorded::read(&log) })
    }

    /// The power fails after so much of it; what is wrong then.
    fn cut(&self, length: usize, unsynced: Unsynced, lives_on: bool, name: &str) -> Vec<String> {
        let seed = self.plan.seed;
        let mut draws = Draws::of(&["torn", &seed.to_string(), &length.to_string(), &format!("{unsynced:?}")]);
        let before = BTreeMap::from([("store.db".to_owned(), founded())]);
        let files = disk::after(&self.asked[..length], before, &OUTSIDE, unsynced, &mut draws);
        let place = Place::new(name);
        disk::put(&files, &place.0);
        let text = |name: &str| String::from_utf8_lossy(files.get(name).map_or(&[][..], Vec::as_slice)).into_owned();
        let (mut provider, mut answered, begun) = (text("provider"), text("answered"), text("begun"));
        let wrong = runtime().block_on(async {
            let store = match Sqlite::open(&place.file(), OpenMode::Existing, Durability::Full).await {
                Ok(store) => store,
                Err(error) => return vec![format!("it cannot be opened: {error}")],
            };
            let mut wrong = sound(&place);
            wrong.extend(judged(&place, &provider, &answered, None).await);
            if lives_on && wrong.is_empty() {
                let now = newest(&[&provider, &answered, &begun]).unwrap_or(self.plan.start);
                let mut world = world(store.clone(), &self.plan, now);
                // The last that was begun may not have been answered: whoever asked asks again.
                let from = begun.lines().count().saturating_sub(1);
                let last = self.happenings.last().map_or(now, |happening| happening.time).max(now);
                world.live(&self.happenings[from..], last + self.plan.afterwards).await;
                provider.push_str(&world.provider.log());
                answered.push_str(&world.answered.log());
                wrong.extend(judged(&place, &provider, &answered, Some(world.time.told())).await);
            }
            store.close().await;
            wrong
        });
        wrong.into_iter().map(|wrong| format!("seed {seed} after {length}, {unsynced:?}: {wrong}")).collect()
    }
}

fn sound(place: &Place) -> Vec<String> {
    let conn = crate::dump::look(&place.file());
    let told = crate::dump::rows(&conn, "PRAGMA integrity_check");
    if told == ["ok"] { Vec::new() } else { told }
}

async fn judged(place: &Place, provider: &str, answered: &str, drained: Option<Timestamp>) -> Vec<String> {
    let database = Database::read(&place.file().to_string_lossy()).await.expect("the tables");
    let logs = Logs::read(Some(provider), answered).expect("the logs");
    let found = checker::check(&database, &logs, Asked { drained });
    found.into_iter().map(|violation| violation.to_string()).collect()
}

/// The latest time that somebody wrote down.
fn newest(logs: &[&str]) -> Option<Timestamp> {
    let lines = logs.iter().flat_map(|log| log.lines());
    lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()?.get("time")?.as_str()?.parse().ok()).max()
}

fn cuts() -> usize {
    let asked = std::env::var("KLANTREIS_CUTS").ok().and_then(|cuts| cuts.parse().ok());
    asked.unwrap_or(if std::env::var_os("KLANTREIS_LONG").is_some() { 10_000 } else { 500 })
}

#[test]
fn whenever_the_power_fails_what_was_answered_is_there() {
    let each = cuts() / SEEDS.len();
    let proofs = SEEDS.map(|seed| {
        std::thread::spawn(move || {
            let record = Record::new(seed, "full")?;
            let mut draws = Draws::of(&["cuts", &seed.to_string()]);
            let mut wrong = Vec::new();
            for number in 0..each {
                let length = 1 + draws.below(record.asked.len());
                let unsynced = Unsynced::ALL[number % Unsynced::ALL.len()];
                let lives_on = number % LIVED_ON_EACH == 0;
                wrong.extend(record.cut(length, unsynced, lives_on, &format!("cut-{seed}-{number}")));
            }
            let syncs = record.asked.iter().filter(|asked| matches!(asked, recorded::Asked::Synced { .. })).count();
            Some((record.asked.len(), syncs, wrong))
        })
    });
    let mut told = Vec::new();
    for proof in proofs {
        let Some((asked, syncs, wrong)) = proof.join().expect("the cuts of a world") else { return };
        assert!(wrong.is_empty(), "{wrong:#?}");
        told.push((asked, syncs));
    }
    eprintln!("{} power cuts in {} worlds (writes and syncs of each: {told:?})", each * SEEDS.len(), SEEDS.len());
}

/// That it would notice: a store that answers before the disk does.
#[test]
fn a_store_that_does_not_wait_for_the_disk_is_seen_to_lose() {
    let Some(record) = Record::new(0, "off") else { return };
    let wrong = record.cut(record.asked.len(), Unsynced::Lost, false, "cut-off");
    assert!(wrong.iter().any(|wrong| wrong.contains("was answered as accepted and is not there")), "{wrong:#?}");
}
