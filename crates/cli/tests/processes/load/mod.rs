//! The real binary under load over HTTP: more than it can take (R10), for long (R15), and a backup and a restore meanwhile (R12).
//! Part of `./test --long` alone. `KLANTREIS_SOAK` (seconds; `KLANTREIS_RATE`
//! events a second instead of half), `KLANTREIS_OVERLOAD` (seconds) and `KLANTREIS_EVENTS` say how much.

#![expect(clippy::print_stderr, reason = "who runs it is told its figures")]

mod client;
mod watched;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use checker::{Asked, Database, Logs};
use provider_for_tests::Provider;
use service::drive::SameBytes;
use service::sending::Transports;
use service::{Clock, Service};
use store::{Durability, Key, KeyKind, OpenMode, Sqlite, Store};

use self::client::{Clients, EVENTS, figure, lines, written_to};
use self::watched::{Most, Watched};
use super::chaos::{Now, asked, found};
use super::{Running, folder, output, within};

/// Who deliver when as much as possible is to be taken.
const CLIENTS: usize = 8;
/// What is due is done within so many seconds after the load.
const DRAINED_SECONDS: u64 = 3_600;

fn instant() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
    Instant::now()
}

/// A folder with an organisation that mails, a mail server, and whoever serves it.
struct Served {
    data: PathBuf,
    mail: Provider,
    running: Option<Running>,
    clients: Arc<Clients>,
}

impl Served {
    async fn new(name: &str) -> Option<Self> {
        std::env::var_os("KLANTREIS_LONG")?;
        let data = folder(name);
        std::fs::create_dir_all(&data).unwrap();
        let mail = Provider::good(Duration::ZERO).await.unwrap();
        let store = Sqlite::open(&data.join("klantreis.db"), OpenMode::Create, Durability::Full).await.unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        let service = Service::new(store.clone(), Arc::new(Now), Arc::new(SameBytes(7)), Transports::new("unused"), "");
        let organisation = found(&service, mail.address).await;
        let (hash, kind) = (service::token::hash("sleutel"), KeyKind::Write { source: "website".into() });
        let created = Now.now();
        let key = Key { hash, organisation, kind, name: "Website".into(), created, last_used: None, revoked: None };
        store.save_key(key).await.unwrap();
        store.close().await;
        drop((service, store));
        let mut served = Self { data, mail, running: None, clients: Clients::of("") };
        served.start();
        Some(served)
    }

    /// Serves it, and says how long it took until it was there.
    fn start(&mut self) -> Duration {
        let begun = instant();
        let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
        command.args(["serve", "--port", "0", "--data"]).arg(&self.data);
        command.env_remove("KLANTREIS_STORE").env("KLANTREIS_LOG", "warn");
        let said = std::fs::File::options().append(true).create(true).open(self.data.join("said")).unwrap();
        let mut running = Running(command.stdout(Stdio::piped()).stderr(said).spawn().unwrap());
        let address = running.address();
        self.running = Some(running);
        self.clients = self.clients.follow(&address);
        begun.elapsed()
    }

    fn process(&self) -> u32 {
        self.running.as_ref().map(|running| running.0.id()).unwrap()
    }

    fn watch(&self) -> Watched {
        Watched::process(self.process(), &self.data.join("klantreis.db-wal"))
    }

    async fn figure(&self, name: &str) -> f64 {
        figure(&self.clients.address, name).await.unwrap_or(f64::NAN)
    }

    /// Until everything is applied and everybody has a letter; how long that took.
    async fn drained(&self) -> Duration {
        let begun = instant();
        let is_done = async || {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let letters = self.clients.answered().len() as u64;
            self.mail.count() >= letters && self.figure("klantreis_events_unapplied").await == 0.0
        };
        within(DRAINED_SECONDS, "a letter for everyone", is_done).await;
        begun.elapsed()
    }

    /// How many deliveries a second it takes, applied and carried, for so long.
    async fn sustains(&self, long: Duration) -> f64 {
        let (begun, before) = (instant(), self.clients.answered().len());
        self.clients.as_fast_as_answered(CLIENTS, u64::MAX / 2, long).await;
        self.drained().await;
        (self.clients.answered().len() - before) as f64 / begun.elapsed().as_secs_f64()
    }

    /// It is told to end, and the checker reads what is left. Nobody got more than one letter.
    async fn judge(mut self) {
        let running = self.running.take().unwrap();
        running.told("TERM");
        let mut running = running;
        assert!(running.0.wait().unwrap().success());
        let answered = self.clients.answered();
        let database = Database::read(&self.data.join("klantreis.db").to_string_lossy()).await.unwrap();
        let logs = Logs::read(None, &lines(&answered)).unwrap();
        let found = checker::check(&database, &logs, Asked { drained: Some(Now.now()) });
        assert!(found.is_empty(), "{} violations, such as {:#?}", found.len(), &found[..found.len().min(10)]);
        let letters = letters(&self.mail);
        let twice: Vec<_> = letters.iter().filter(|(_, ids)| ids.len() > 1).collect();
        assert!(twice.is_empty(), "{} got more than one letter, such as {:?}", twice.len(), twice[0]);
        let without = answered.keys().find(|delivery| !letters.contains_key(&written_to(**delivery)));
        assert_eq!(without, None, "nobody is without a letter");
        std::fs::remove_dir_all(&self.data).unwrap();
    }
}

/// Per recipient the letters that were taken, by their Message-ID.
fn letters(mail: &Provider) -> BTreeMap<String, BTreeSet<String>> {
    let mut letters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for call in mail.calls().into_iter().filter(|call| call.fault.is_taken()) {
        letters.entry(call.to).or_default().insert(call.id);
    }
    letters
}

fn events_per_second(deliveries: f64) -> u64 {
    (deliveries * EVENTS as f64) as u64
}

/// R10: ten times what it can take.
#[tokio::test(flavor = "multi_thread")]
async fn ten_times_the_load_is_put_off_and_nothing_that_was_answered_is_lost() {
    let Some(served) = Served::new("overload").await else { return };
    let seconds = Duration::from_secs(asked("KLANTREIS_OVERLOAD", 60) as u64);
    let watched = served.watch();
    let sustained = served.sustains(Duration::from_secs(15)).await;
    // With a backlog it takes up as much at one time as it ever does.
    let full = watched.so_far();
    served.clients.waited();
    served.clients.at_a_rate(sustained * 0.8, seconds / 2).await;
    served.drained().await;
    let (steady, waited) = (watched.so_far(), served.clients.waited());
    let before = served.clients.answered().len();
    let offered = served.clients.at_a_rate(sustained * 10.0, seconds).await;
    let quarters = watched.parts(4).iter().map(Most::resident_mib).collect::<Vec<_>>();
    let overload = watched.so_far();
    let taken = served.clients.answered().len() - before;
    let unapplied = served.figure("klantreis_events_unapplied").await;
    let begun = instant();
    while !served.clients.deliver(u64::from(u32::MAX)).await {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let recovered = begun.elapsed();
    let drained = served.drained().await;
    let clients = &served.clients;
    let [refused, not_told, broken] =
        [&clients.refused, &clients.not_told_when, &clients.broken].map(|count| count.load(Ordering::Relaxed));
    eprintln!(
        "R10: {} events/s sustained (p50, p99, max {waited:?} ms at 80 %); {offered} deliveries of {EVENTS} events offered in {} s, \
         {taken} taken, {refused} put off, {broken} not answered; memory at most {} MiB (by quarters {quarters:?}), {} MiB at 80 %, {} MiB at full load; {unapplied} events to apply \
         at the end, answered again after {:.1} s, all done after {:.0} s",
        events_per_second(sustained),
        seconds.as_secs(),
        overload.resident_mib(),
        steady.resident_mib(),
        full.resident_mib(),
        recovered.as_secs_f64(),
        drained.as_secs_f64()
    );
    assert!(refused > 0 && not_told == 0, "{refused} were refused, {not_told} of them without a time");
    // What it needs within its means: as fast as it can, and long at four fifths of that.
    let (most, usual) = (overload.resident_mib(), full.resident_mib().max(steady.resident_mib()));
    assert!(most < usual + usual / 2, "memory stays below one and a half times what it was: {most} MiB, {usual} MiB");
    assert!(recovered < Duration::from_secs(10), "{recovered:?}");
    served.judge().await;
}

/// R15: half of what it can take, for long.
#[tokio::test(flavor = "multi_thread")]
async fn at_half_load_nothing_grows_for_hours() {
    let Some(served) = Served::new("soak").await else { return };
    let seconds = asked("KLANTREIS_SOAK", 3 * 3_600) as u64;
    let half = served.sustains(Duration::from_secs(20)).await / 2.0;
    // On a machine that does other work too, half of what it took at one time may be all of it at another.
    let rate = asked("KLANTREIS_RATE", events_per_second(half) as usize) as f64 / EVENTS as f64;
    let watched = served.watch();
    let mut waits = Vec::new();
    for _ in 0..6 {
        served.clients.waited();
        served.clients.at_a_rate(rate, Duration::from_secs(seconds / 6)).await;
        waits.push(served.clients.waited());
    }
    let sixths = watched.parts(6);
    let answered = served.clients.answered().len() as u64 * EVENTS;
    let size = std::fs::metadata(served.data.join("klantreis.db")).unwrap().len() >> 20;
    eprintln!(
        "R15: {} events/s for {seconds} s, {} is half of what it sustained before; {answered} events in the end, file {size} MiB; by sixths of \
         the time: {}; answered within (p50, p99, max, ms) {waits:?}; memory grew by {:.2} MiB/min over the second half",
        events_per_second(rate),
        events_per_second(half),
        sixths.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        watched.slope_of_second_half()
    );
    let (middle, last) = (&sixths[3], &sixths[5]);
    assert!(last.resident_mib() <= middle.resident_mib() * 11 / 10 + 4, "memory grows: {middle}, then {last}");
    assert!(last.files <= middle.files + 4, "open files grow: {middle}, then {last}");
    assert!(last.log_mib <= 512, "the log grows: {last}");
    served.drained().await;
    served.judge().await;
}

/// R12: a backup is made under load, the process is killed and its file is gone; what the backup holds is there, nobody gets a
/// second letter, and what was answered since is delivered again by those who sent it.
#[tokio::test(flavor = "multi_thread")]
async fn restored_under_load_nobody_gets_a_second_letter() {
    let Some(mut served) = Served::new("restored-under-load").await else { return };
    let deliveries = asked("KLANTREIS_EVENTS", 5_000_000) as u64 / EVENTS;
    let begun = instant();
    served.clients.as_fast_as_answered(CLIENTS, deliveries, Duration::from_secs(24 * 3_600)).await;
    served.drained().await;
    let filled = begun.elapsed();
    let load = tokio::spawn({
        let (clients, rate) = (served.clients.clone(), deliveries as f64 / filled.as_secs_f64() / 2.0);
        async move { clients.at_a_rate(rate, Duration::from_secs(24 * 3_600)).await }
    });
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (before, backup) = (served.clients.answered(), served.data.join("kept.db"));
    let begun = instant();
    let (well, said, complaint) = run(&["backup"], &["--to"], &backup, &served.data).await;
    assert!(well, "{said}{complaint}");
    let backed_up = begun.elapsed();
    tokio::time::sleep(Duration::from_secs(5)).await;
    // Killed, and its disk is gone but for the sent log and the backup.
    drop(served.running.take());
    load.abort();
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(served.data.join(format!("klantreis.db{end}")));
    }
    let answered = served.clients.answered();
    let begun = instant();
    let (well, said, complaint) = run(&["restore"], &[], &backup, &served.data).await;
    assert!(well && said.contains("The sent log is whole"), "{said}{complaint}");
    let restored = begun.elapsed();
    let started = served.start();
    assert!(served.clients.deliver(u64::from(u32::MAX)).await, "it takes events");
    let back = begun.elapsed();
    // Their sources tell the others once more.
    let again: Vec<u64> = answered.keys().filter(|delivery| !before.contains_key(delivery)).copied().collect();
    for delivery in &again {
        assert!(served.clients.deliver(*delivery).await);
    }
    served.drained().await;
    let size = std::fs::metadata(&backup).unwrap().len() >> 20;
    eprintln!(
        "R12: {} events in {:.0} s; a backup of {size} MiB beside half the load in {:.1} s; restored in {:.1} s, there in {:.1} s, \
         the first answer {:.1} s after the restore began; {} deliveries since the backup came again",
        before.len() as u64 * EVENTS,
        filled.as_secs_f64(),
        backed_up.as_secs_f64(),
        restored.as_secs_f64(),
        started.as_secs_f64(),
        back.as_secs_f64(),
        again.len()
    );
    served.judge().await;
}

async fn run(words: &[&str], option: &[&str], backup: &Path, data: &Path) -> (bool, String, String) {
    let words: Vec<String> = words.iter().chain(option).map(|word| (*word).to_owned()).collect();
    let (backup, data) = (backup.to_string_lossy().into_owned(), data.to_string_lossy().into_owned());
    let run = move || {
        let mut all: Vec<&str> = words.iter().map(String::as_str).collect();
        all.extend([backup.as_str(), "--data", data.as_str()]);
        output(&all)
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}
