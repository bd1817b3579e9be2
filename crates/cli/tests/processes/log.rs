//! What the log tells of whoever is served: nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use service::Clock;
use service::drive::{Drive, SameBytes};
use service::sending::Transports;
use store::{Durability, Health, Key, KeyKind, OpenMode, Sender, Sqlite, Store};

use super::chaos::{Now, found};
use super::{Running, answer, folder};

/// In every word that somebody says of a person.
const MARK: &str = "zqmerk";
const KEY: &str = "wk-geheim";
/// The key, as who sends by it says who they are.
const BASIC: &str = "d2stZ2VoZWltOg==";

/// An organisation with a journey that sends by a mail server which is not there, and a key for a source.
async fn prepared(data: &std::path::Path) {
    let file = data.join("klantreis.db");
    let store = Sqlite::open(&file, OpenMode::Create, Durability::Off).await.unwrap();
    let now = Now.now();
    let transports = Transports::new(data.join("sent"));
    let drive = Drive::new(Arc::new(store.clone()), Arc::new(SameBytes(7)), transports, "", now);
    let kept: &dyn Store = &store;
    let id = found(&drive.service, "127.0.0.1:1".parse().unwrap()).await;
    let sender = kept.senders(&id).await.unwrap().remove(0);
    let config =
        serde_json::json!({ "host": "127.0.0.1", "port": 1, "tls": "none", "password": format!("{MARK}wachtwoord") });
    kept.save_sender(Sender { config, ..sender }).await.unwrap();
    let kind = KeyKind::Write { source: "website".into() };
    let hash = service::token::hash(KEY);
    let key =
        Key { hash, organisation: id, kind, name: "website".into(), created: now, last_used: None, revoked: None };
    kept.save_key(key).await.unwrap();
    store.close().await;
}

fn post(url: &str, path: &str, body: &str) -> String {
    let mut line = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {BASIC}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    line.write_all(format!("{head}{body}").as_bytes()).unwrap();
    let mut said = String::new();
    line.read_to_string(&mut said).unwrap();
    said
}

/// What a person says who is marked wherever that can be.
fn events(number: usize) -> String {
    let user = format!("{MARK}-klant-{number}");
    let now = Now.now();
    let start = now + jiff::SignedDuration::from_hours(72);
    let end = start + jiff::SignedDuration::from_hours(2);
    let track = |event: &str, properties: serde_json::Value| {
        serde_json::json!({ "type": "track", "userId": user, "event": event, "messageId": format!("{MARK}-{event}-{number}"),
                            "timestamp": now.to_string(), "properties": properties })
    };
    let traits = serde_json::json!({ "email": format!("{MARK}{number}@example.org"), "last_name": format!("{MARK}naam"),
                                     "mobile": format!("+3161234{number:04}") });
    let identify =
        serde_json::json!({ "type": "identify", "userId": user, "traits": traits, "timestamp": now.to_string() });
    let id = format!("{MARK}-R{number}");
    serde_json::json!({ "batch": [
        identify,
        track("repair.reported", serde_json::json!({ "id": id, "kind": format!("{MARK}kraan") })),
        track("appointment.booked", serde_json::json!({ "id": format!("A{number}"), "repair_id": id, "start": start.to_string(),
                                                         "end": end.to_string(), "status": "booked" })),
        // Neither can be an event.
        { "type": "track", "userId": user, "event": "", "properties": { "text": format!("{MARK}tekst") } },
        { "type": format!("{MARK}soort"), "userId": user },
    ] })
    .to_string()
}

#[test]
fn the_log_holds_nothing_of_a_person() {
    let data = folder("log");
    std::fs::create_dir_all(&data).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(prepared(&data));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_klantreis"));
    command.args(["--log", "json", "serve", "--port", "0", "--data"]).arg(&data);
    command.env_remove("KLANTREIS_STORE").env("KLANTREIS_LOG", "debug");
    let piped = std::process::Stdio::piped;
    let mut serving = Running(command.stdout(piped()).stderr(piped()).spawn().unwrap());
    // It is read while it is written: nobody waits for a full pipe.
    let mut written = serving.0.stderr.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut log = String::new();
        written.read_to_string(&mut log).unwrap();
        log
    });
    let url = serving.address();
    for number in 0..7 {
        assert!(post(&url, "/v1/batch", &events(number)).starts_with("HTTP/1.1 200"));
    }
    let wrong = [
        post(&url, "/v1/batch", &format!("{{\"{MARK}")),
        post(&url, &format!("/v1/{MARK}?q={MARK}"), "{}"),
        post(&url, "/inloggen", &format!("email={MARK}@example.org&password={MARK}")),
        answer(&url, &format!("/klanten?q={MARK}")),
        answer(&url, &format!("/mijn/{MARK}")),
        answer(&url, &format!("/klanten/{MARK}")),
    ];
    assert!(wrong.iter().all(|said| !said.starts_with("HTTP/1.1 200")), "{wrong:?}");
    // The mail server is not there: after a few messages nothing goes for a while.
    let is_paused = || answer(&url, "/metrics").contains("klantreis_sender_pauses_total{channel=\"email\"} 1");
    let mut looks =
        std::iter::repeat_with(|| std::thread::park_timeout(std::time::Duration::from_millis(50))).take(600);
    assert!(looks.any(|()| is_paused()), "messages are handed over");
    let key = std::fs::metadata(data.join("klantreis.key")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&key.permissions()) & 0o777, 0o600);
    serving.told("TERM");
    assert!(serving.0.wait().unwrap().success());
    let log = reading.join().unwrap();
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
    assert!(log.contains("a provider is in trouble"), "it tells what goes on: {log}");
    let told: Vec<&str> = log.lines().filter(|line| line.contains(MARK) || line.contains("3161234")).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    for file in std::fs::read_dir(&data).unwrap().flatten().filter(|file| file.file_type().unwrap().is_file()) {
        let bytes = std::fs::read(file.path()).unwrap();
        let password = format!("{MARK}wachtwoord");
        let holds = bytes.windows(password.len()).any(|some| some == password.as_bytes());
        assert!(!holds, "a password stood in clear before, and does no more: {:?}", file.path());
    }
    std::fs::remove_dir_all(&data).unwrap();
}
