//! Several processes of the real binary.

mod chaos;
mod load;
mod log;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use store::{
    AliasKind, Customers, Identities, Inbox, Leases, NewEvent, OrganisationRow, Organisations, PoolSize, Postgres,
    SqlStore,
};
use words::{Event, EventId, EventName, Identity, OrganisationId, Properties};

/// Ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn klantreis(words: &[&str], data: &Path) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
    command.args(words).arg("--data").arg(data).env_remove("KLANTREIS_STORE").env("KLANTREIS_LOG", "warn");
    Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

impl Running {
    /// Reads what it says until a line begins so; the rest of that.
    fn says(&mut self, start: &str) -> String {
        let mut lines = BufReader::new(self.0.stdout.take().unwrap()).lines();
        let rest =
            |line: std::io::Result<String>| Some(line.unwrap().trim_start().strip_prefix(start)?.trim().to_owned());
        lines.find_map(rest).unwrap_or_else(|| panic!("it never said {start}"))
    }

    /// The address that it says it serves under, when it is ready and nobody has an account yet.
    fn address(&mut self) -> String {
        let mut address = None;
        for line in BufReader::new(self.0.stdout.take().unwrap()).lines().map(Result::unwrap) {
            address = address.or_else(|| Some(line.split_once("http://")?.1.trim().to_owned()));
            if line.trim_start().starts_with("begin") {
                break;
            }
        }
        address.unwrap()
    }

    /// Gives it a signal.
    fn told(&self, signal: &str) {
        let told = Command::new("kill").args(["-s", signal, &self.0.id().to_string()]).status();
        assert!(told.unwrap().success());
    }

    /// Whether it ended well, and what it complained of.
    fn ended(mut self) -> (bool, String) {
        let well = self.0.wait().unwrap().success();
        let mut said = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (well, said)
    }
}

/// What it answers to a question by HTTP.
fn answer(url: &str, path: &str) -> String {
    let mut line = std::net::TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    write!(line, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut said = String::new();
    line.read_to_string(&mut said).unwrap();
    said
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("klantreis-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

const SERVE: [&str; 3] = ["serve", "--port", "0"];

#[test]
fn a_second_server_of_a_file_says_so_and_a_killed_one_is_followed_up_at_once() {
    let data = folder("second");
    let mut first = klantreis(&SERVE, &data);
    first.says("begin");
    let (well, said) = klantreis(&SERVE, &data).ended();
    assert!(!well && said.contains("klantreis.db is being worked on by another klantreis"), "{said}");
    // Killed, not asked to end.
    drop(first);
    klantreis(&SERVE, &data).says("begin");
    std::fs::remove_dir_all(&data).unwrap();
}

#[test]
fn what_shares_the_work_says_that_a_file_cannot_be_shared() {
    let data = folder("shares");
    for words in [vec!["web"], vec!["worker", "--url", "https://k.example"]] {
        let (well, said) = klantreis(&words, &data).ended();
        assert!(!well && said.contains("--store postgres://"), "{said}");
    }
}

#[test]
fn a_file_that_is_being_served_is_not_moved() {
    let data = folder("moved");
    let mut first = klantreis(&SERVE, &data);
    first.says("begin");
    let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
    command.arg("move-store").args([data.join("klantreis.db"), data.join("copy.db")]);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("klantreis.db is being worked on"), "{said}");
    drop(first);
    assert!(command.output().unwrap().status.success());
    std::fs::remove_dir_all(&data).unwrap();
}

fn output(words: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
    let output = command.args(words).args(["--language", "en"]).env_remove("KLANTREIS_STORE").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_backup_is_made_while_it_is_served_and_restored_elsewhere() {
    let (data, other) = (folder("backed-up"), folder("restored"));
    let kept = data.join("kept");
    let words = ["serve", "--port", "0", "--backup-to", kept.to_str().unwrap(), "--backup-every", "1h"];
    let mut serving = klantreis(&words, &data);
    serving.says("begin");
    let (file, data_text, other_text) = (data.join("one.db"), data.to_str().unwrap(), other.to_str().unwrap());
    let file = file.to_str().unwrap();
    let (well, said, complaint) = output(&["backup", "--to", file, "--data", data_text]);
    assert!(well && said.contains("checked"), "{complaint}");
    assert!(!output(&["backup", "--to", file, "--data", data_text]).0, "it writes over nothing");
    let (well, said, complaint) = output(&["restore", file, "--data", other_text]);
    assert!(well && said.contains("not whole"), "another machine has no sent log: {said}{complaint}");
    let (well, _, complaint) = output(&["restore", file, "--data", data_text]);
    assert!(!well && complaint.contains("is being worked on"), "{complaint}");
    let mut waited = std::iter::repeat_with(|| std::thread::park_timeout(Duration::from_millis(50))).take(200);
    let own = |()| {
        std::fs::read_dir(&kept).is_ok_and(|files| files.flatten().any(|f| f.path().extension() == Some("db".as_ref())))
    };
    assert!(waited.any(own), "one is made beside the work");
    drop(serving);
    std::fs::remove_file(data.join("klantreis.db")).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("klantreis.db{end}")));
    }
    let (well, said, complaint) = output(&["restore", file, "--data", data_text]);
    assert!(well && said.contains("The sent log is whole"), "{said}{complaint}");
    let (well, _, complaint) = output(&["restore", file, "--data", data_text]);
    assert!(!well && !complaint.is_empty(), "it holds a restored store now");
    klantreis(&SERVE, &data).says("begin");
    std::fs::remove_dir_all(&data).unwrap();
    std::fs::remove_dir_all(&other).unwrap();
}

/// One customer of one organisation, in a store on a file.
fn somebody(data: &std::path::Path) {
    let kept = async {
        let file = data.join("klantreis.db");
        let store = store::Sqlite::open(&file, store::OpenMode::Create, store::Durability::Full).await.unwrap();
        let store: std::sync::Arc<dyn store::Store> = std::sync::Arc::new(store);
        let now = "2027-10-01T10:00:00Z".parse().unwrap();
        let transports = service::sending::Transports::new(data.join("sent"));
        let drive = service::drive::Drive::new(
            store.clone(),
            std::sync::Arc::new(service::drive::SameBytes(7)),
            transports,
            "",
            now,
        );
        let id = words::OrganisationId::new("rijnoever");
        let text = "name: Rijnoever\n".to_owned();
        store.save_organisation(store::OrganisationRow { id: id.clone(), text, created: now }).await.unwrap();
        let event = words::Event {
            id: words::EventId::new("1"),
            source: "balie".into(),
            name: words::EventName::parse("customer.identified").unwrap(),
            time: now,
            received: now,
            identity: words::Identity { customer: Some("anna".into()), anonymous: None },
            properties: [("email".to_owned(), "anna@example.nl".into())].into(),
            imported: false,
        };
        store.accept(vec![store::NewEvent::from_outside(id, event)]).await.unwrap();
        drive.settle().await.unwrap();
        store.close().await;
    };
    tokio::runtime::Runtime::new().unwrap().block_on(kept);
}

#[test]
fn whoever_was_erased_since_a_backup_is_erased_again() {
    let data = folder("erased-again");
    std::fs::create_dir_all(&data).unwrap();
    somebody(&data);
    let text = data.to_str().unwrap();
    let (file, out) = (data.join("one.db"), data.join("out"));
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    let export = || output(&["customer", "export", "anna", "--to", out, "--data", text]);
    assert!(export().0, "{:?}", export());
    assert!(output(&["backup", "--to", file, "--data", text]).0);
    let (well, said, complaint) = output(&["customer", "erase", "anna", "--yes", "--data", text]);
    assert!(well, "{said}{complaint}");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("klantreis.db{end}")));
    }
    let (well, said, complaint) = output(&["restore", file, "--data", text]);
    assert!(well && said.contains("One customer was erased again"), "{said}{complaint}");
    assert!(!export().0, "nobody is there any more");
    let bytes = std::fs::read(data.join("klantreis.db")).unwrap();
    assert!(!bytes.windows(15).any(|some| some == b"anna@example.nl"));
    std::fs::remove_dir_all(&data).unwrap();
}

#[test]
fn the_doctor_finds_what_is_wrong_and_says_what_to_do() {
    let data = folder("doctor");
    let mut serving = klantreis(&SERVE, &data);
    serving.says("begin");
    let data_text = data.to_str().unwrap();
    let doctor = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
        command.args(["doctor", "--language", "en", "--data", data_text]).args(more).env_remove("KLANTREIS_STORE");
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    // It says that one may begin a moment before it begins its work.
    let mut looks = std::iter::repeat_with(|| doctor(&["--url", "https://k.example"])).take(100);
    let (code, said) = looks.find(|(_, said)| !said.contains("nobody works")).unwrap();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("no backups are made") && said.contains("→ start with --backup-to"), "{said}");
    assert!(said.contains("sound,") && said.contains("nothing is behind"), "{said}");
    let (code, said) = doctor(&["--url", "http://k.example", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &found[0]["severity"], &found[0]["area"]), (Some(2), &"fault".into(), &"configuration".into()));
    let (code, said) = doctor(&["--url", "https://k.example", "--backup-to", data_text]);
    assert!(code == Some(2) && said.contains("there is none in"), "{said}");
    drop(serving);
    std::fs::remove_dir_all(&data).unwrap();
}

/// Waits for what other processes do: a killed one is followed up when its lease of fifteen seconds runs out.
async fn until<R: Future<Output = bool>>(what: &str, holds: impl Fn() -> R) {
    within(60, what, holds).await;
}

/// The same, for what takes its time.
async fn within<R: Future<Output = bool>>(seconds: u64, what: &str, holds: impl Fn() -> R) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(seconds), waiting)
        .await
        .unwrap_or_else(|_| panic!("it never came to {what}"));
}

/// How many buckets each worker holds, the one with most first.
async fn shares(store: &SqlStore) -> Vec<u32> {
    let mut shares: Vec<u32> = store.leases().await.unwrap().iter().map(|lease| lease.buckets).collect();
    shares.sort_by(|one, other| other.cmp(one));
    shares
}

/// A customer's name; the later one stays.
fn named(organisation: &OrganisationId, number: usize) -> NewEvent {
    let properties: Properties =
        serde_json::from_value(serde_json::json!({ "first_name": format!("N{number}") })).unwrap();
    let event = Event {
        id: EventId::new(format!("e{number}")),
        source: "bron".into(),
        name: EventName::parse("customer.identified").unwrap(),
        time: Timestamp::UNIX_EPOCH,
        received: Timestamp::UNIX_EPOCH,
        identity: Identity { customer: Some(format!("klant-{}", number % 100)), anonymous: None },
        properties,
        imported: false,
    };
    NewEvent::from_outside(organisation.clone(), event)
}

#[tokio::test]
async fn of_workers_on_a_server_one_is_stopped_one_killed_and_one_ends() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let store = Postgres::open(&url, PoolSize { writers: 1, readers: 2 }).await.unwrap();
    let organisation = OrganisationId::new("rijnoever");
    let row = OrganisationRow {
        id: organisation.clone(),
        text: service::reference::organisation(),
        created: Timestamp::UNIX_EPOCH,
    };
    store.save_organisation(row).await.unwrap();
    let data = folder("workers");
    let [stopped, killed, mut ending] =
        [(); 3].map(|()| klantreis(&["worker", "--url", "https://k.example", "--store", &url], &data));
    let accept = async |numbers: std::ops::Range<usize>| {
        store.accept(numbers.map(|number| named(&organisation, number)).collect()).await.unwrap();
    };
    let is_done = async || store.pending(1).await.unwrap().is_empty();

    until("three shares", async || shares(&store).await == [342, 342, 340]).await;
    accept(0..300).await;
    stopped.told("STOP");
    drop(killed);
    accept(300..600).await;
    until("one that does the work of all", is_done).await;
    until("one that holds everything", async || shares(&store).await == [1024]).await;

    stopped.told("CONT");
    until("two halves", async || shares(&store).await == [512, 512]).await;
    ending.told("TERM");
    assert!(ending.0.wait().unwrap().success());
    assert_eq!(shares(&store).await.len(), 1, "it gave back what it held");
    accept(600..900).await;
    until("one that was stopped and does it all", is_done).await;
    drop(stopped);
    // Applied in the order in which they came, whoever did it.
    let names: Vec<_> = (0..100).map(|number| (AliasKind::User, format!("klant-{number}"))).collect();
    for (number, id) in store.by_alias(&organisation, &names).await.unwrap().into_iter().enumerate() {
        let found = store.customer(&organisation, id.unwrap()).await.unwrap().unwrap();
        assert_eq!(found.customer.name.first, Some(format!("N{}", 800 + number)));
    }
    std::fs::remove_dir_all(&data).unwrap();
}

#[tokio::test]
async fn a_worker_tells_whether_it_lives_when_it_is_asked_to() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let data = folder("watched");
    let words = ["worker", "--url", "https://k.example", "--store", &url, "--watch", "127.0.0.1:0"];
    let mut worker = klantreis(&words, &data);
    let told = worker.says("watch");
    let address = told.strip_suffix("/health").unwrap();
    assert!(answer(address, "/health").ends_with("ok\n"));
    assert!(answer(address, "/health/ready").contains(r#"{"ready":true"#));
    assert!(answer(address, "/metrics").contains("klantreis_lag_seconds 0"));
    for page in ["/", "/inloggen", "/api/v1/batch"] {
        assert!(answer(address, page).starts_with("HTTP/1.1 404"), "it has no pages: {page}");
    }
    worker.told("TERM");
    assert!(worker.0.wait().unwrap().success());
}
