//! A disk that is full: nothing is taken that cannot be kept, and all goes on when there is room (R5).

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A small disk in memory, until the test ends.
struct Disk(PathBuf);

impl Disk {
    /// `None` where mounting is not allowed.
    #[expect(clippy::print_stderr, reason = "that it was skipped is said")]
    fn small() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("klantreis-full-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut mount = Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(&folder).stderr(Stdio::null()).status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        std::fs::remove_dir_all(&folder).unwrap();
        eprintln!("mounting is not allowed here: a full disk is not tested");
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// The process, what it says, and its address.
struct Serving(
    Child,
    #[expect(dead_code, reason = "who nobody listens to ends")] Lines<BufReader<ChildStdout>>,
    String,
);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &Path) -> Serving {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
    command.args(["serve", "--port", "0", "--data"]).arg(data).env_remove("KLANTREIS_STORE").stderr(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.unwrap().split_once("http://").map(|(_, address)| address.to_owned()));
    Serving(child, lines, address.expect("an address"))
}

/// The answer to a request, with its headers.
fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

fn get(address: &str, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"))
}

fn post(address: &str, number: usize) -> String {
    let filler = "x".repeat(500);
    let body = format!(
        r#"{{"id":"e{number}","name":"repair.reported","time":"2026-11-24T09:00:00Z","customer":"k{number}","properties":{{"note":"{filler}"}}}}"#
    );
    let head =
        "POST /v1/events HTTP/1.1\r\nx-write-key: sleutel\r\nContent-Type: application/json\r\nConnection: close";
    ask(address, &format!("{head}\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

async fn with_key(data: &Path) {
    use store::{Durability, Health, Key, KeyKind, Keys, OpenMode, OrganisationRow, Organisations, Sqlite};
    let path = data.join("klantreis.db");
    let store = Sqlite::open(&path, OpenMode::Create, Durability::Full).await.unwrap();
    let (organisation, created) = (words::OrganisationId::new("rijnoever"), jiff::Timestamp::UNIX_EPOCH);
    let text = service::reference::organisation();
    store.save_organisation(OrganisationRow { id: organisation.clone(), text, created }).await.unwrap();
    let kind = KeyKind::Write { source: "website".into() };
    let hash = service::token::hash("sleutel");
    let key = Key { hash, organisation, kind, name: "Website".into(), created, last_used: None, revoked: None };
    store.save_key(key).await.unwrap();
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_for_a_while_and_loses_nothing() {
    let Some(disk) = Disk::small() else { return };
    with_key(&disk.0).await;
    let serving = serve(&disk.0);
    let address = serving.2.clone();
    let first = post(&address, 0);
    assert!(first.starts_with("HTTP/1.1 200") && first.contains("\"received\":1"), "{first}");
    // Somebody else fills the disk.
    let hog = disk.0.join("hog");
    let mut file = std::fs::File::create(&hog).unwrap();
    while file.write_all(&[0; 65_536]).is_ok() {}
    let _ = file.flush();
    let (mut taken, mut refused) = (1, None);
    for number in 1..2_000 {
        let answer = post(&address, number);
        if !answer.starts_with("HTTP/1.1 200") {
            refused = Some((number, answer));
            break;
        }
        taken += 1;
    }
    let (number, answer) = refused.expect("it is full at last");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.to_lowercase().contains("retry-after: 5"), "{answer}");
    assert!(get(&address, "/health/ready").starts_with("HTTP/1.1 503"));
    assert!(get(&address, "/health").starts_with("HTTP/1.1 200"));
    drop(file);
    std::fs::remove_file(&hog).unwrap();
    // It heals by itself.
    let healed = (0..100).any(|_| {
        let is_taken = post(&address, number).starts_with("HTTP/1.1 200");
        if !is_taken {
            std::thread::park_timeout(Duration::from_millis(100));
        }
        is_taken
    });
    assert!(healed, "within ten seconds");
    drop(serving);
    let store =
        store::Sqlite::open(&disk.0.join("klantreis.db"), store::OpenMode::Existing, store::Durability::Full).await;
    let store = store.unwrap();
    assert_eq!(store::Gauging::condition(&store).await.unwrap().faults, Vec::<String>::new());
    assert_eq!(store::Health::stats(&store).await.unwrap()["events"], taken + 1, "all that was answered, and no more");
    drop(store);
}
