//! The checker can fail: a good database, damaged in one way for each invariant, and exactly that is found.

use std::path::PathBuf;

use checker::{Asked, Database, Logs, Violation, check};
use rusqlite::Connection;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use store::{Durability, Health, OpenMode, PoolSize, Postgres, Sqlite};

/// A database with the product's tables and one customer, written by hand.
struct Good {
    place: Place,
    provider: Option<String>,
    accepted: String,
}

/// Where it is.
enum Place {
    File(PathBuf),
    Server(String),
}

/// A customer with one run, two contacts, a message that was sent, an event that says so, and a daily count.
const ROWS: &str = "
INSERT INTO journeys VALUES (1, 'o', 'j', 'J', 0, 'v', 'live', 0);
INSERT INTO customers (bucket, organisation, customer, revision, created, updated, profile) VALUES (1, 'o', x'c1', 3, 0, 0, '{}');
INSERT INTO runs (bucket, organisation, customer, run, journey, version, generation, started, status, revision, seq, state)
    VALUES (1, 'o', x'c1', x'a1', 'j', 'v', 1, 0, 'open', 3, 1, x'');
INSERT INTO events (bucket, organisation, source, event, arrival, time, received, name, body, customer, state) VALUES
    (1, 'o', 's', 'e1', 1, 0, 0, 'a.b', '{}', x'c1', 'applied'),
    (1, 'o', 's', 'e2', 2, 0, 0, 'customer.identified',
     '{\"time\":\"2027-01-01T00:00:00Z\",\"properties\":{\"consents\":{\"marketing\":false}}}', x'c1', 'applied'),
    (1, 'o', 's', 'e3', 3, 0, 0, 'ad.shown', '{\"properties\":{\"count\":7,\"date\":\"2027-01-01\"}}', NULL, 'applied'),
    (1, 'o', 'klantreis', 'a1:k1:message.sent', 4, 0, 0, 'message.sent', '{}', x'c1', 'applied');
INSERT INTO day_counts VALUES (1, 'o', 'j', 't', '2027-01-01', 7);
INSERT INTO contacts (bucket, organisation, customer, run, sequence, seq, journey, version, touchpoint, visit, time, recorded, event)
    VALUES (1, 'o', x'c1', x'a1', 1, 1, 'j', 'v', 't', 1, 0, 0, 'e1'),
           (1, 'o', x'c1', x'a1', 2, 2, 'j', 'v', 't', 2, 0, 0, 'a1:k1:message.sent');
INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank, claim_at, state, reason,
    moment, tried, attempts)
    VALUES (1, 'o', x'c1', 'a1:k1', x'a1', 'j', 't', 0, '{\"class\":\"marketing\"}', 1, 0, 'sent', '', 1, '[]', 1);
INSERT INTO salts VALUES (1, 'o', x'00');
INSERT INTO tombstones VALUES
    (1, 'o', x'0000000000000000000000000000000000000000000000000000000000000001', x'ee');
";

/// Every table that is filled here.
const TABLES: [&str; 11] = [
    "journeys",
    "customers",
    "runs",
    "events",
    "day_counts",
    "contacts",
    "learnt",
    "outbox",
    "tasks",
    "salts",
    "tombstones",
];

impl Place {
    async fn file(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("klantreis-checker-{}-{name}.db", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let store = Sqlite::open(&path, OpenMode::Create, Durability::Off).await.expect("a store");
        store.close().await;
        Self::File(path)
    }

    /// `None` where there is no PostgreSQL.
    async fn server() -> Option<Self> {
        let url = postgres_for_tests::schema().await?;
        let store = Postgres::open(&url, PoolSize { writers: 1, readers: 1 }).await.expect("a store");
        store.close().await;
        Some(Self::Server(url))
    }

    fn address(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Server(url) => url.clone(),
        }
    }

    async fn change(&self, statements: &str) {
        match self {
            Self::File(path) => {
                Connection::open(path).expect("the file").execute_batch(statements).expect("it is changed")
            }
            Self::Server(url) => {
                let mut server = PgConnection::connect(url).await.expect("the server");
                let statements = AssertSqlSafe(bytes_of_a_server(statements));
                sqlx::raw_sql(statements).execute(&mut server).await.expect("it is changed");
            }
        }
    }
}

/// Bytes are written otherwise there: `x'c1'` is `'\xc1'::bytea`.
fn bytes_of_a_server(statements: &str) -> String {
    let mut pieces = statements.split("x'");
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (bytes, rest) = piece.split_once('\'').expect("a closing quote");
        written.push_str(&format!("'\\x{bytes}'::bytea{rest}"));
    }
    written
}

impl Good {
    async fn new(name: &str) -> Self {
        Self::at(Place::file(name).await).await
    }

    async fn at(place: Place) -> Self {
        let mut good = Self { place, provider: None, accepted: String::new() };
        good.anew().await;
        good
    }

    /// As it was, whatever was done to it.
    async fn anew(&mut self) {
        let emptied: String = TABLES.iter().map(|table| format!("DELETE FROM {table};")).collect();
        self.place.change(&format!("{emptied}{ROWS}")).await;
        self.provider = Some(call("2026-12-31T00:00:00Z", "a1:k1:sms", "sms", "a@example.org"));
        self.accepted = [answer("e1"), answer("e2")].concat();
    }

    async fn change(&self, statements: &str) {
        self.place.change(statements).await;
    }

    async fn judged(&self) -> Vec<Violation> {
        let database = Database::read(&self.place.address()).await.expect("the tables");
        let logs = Logs::read(self.provider.as_deref(), &self.accepted).expect("the logs");
        check(&database, &logs, Asked { drained: Some("2027-06-01T00:00:00Z".parse().expect("a moment")) })
    }
}

impl Drop for Good {
    fn drop(&mut self) {
        let Place::File(path) = &self.place else { return };
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
        }
    }
}

fn call(time: &str, key: &str, channel: &str, to: &str) -> String {
    format!(
        "{{\"time\":\"{time}\",\"key\":\"{key}\",\"channel\":\"{channel}\",\"to\":\"{to}\",\"outcome\":\"accepted\"}}\n"
    )
}

fn answer(event: &str) -> String {
    format!(
        "{{\"time\":\"2027-01-01T00:00:00Z\",\"organisation\":\"o\",\"source\":\"s\",\"event\":\"{event}\",\"customer\":\"k\",\"anonymous\":null,\"objects\":[]}}\n"
    )
}

#[tokio::test]
async fn a_good_database_is_good() {
    let found = Good::new("good").await.judged().await;
    assert_eq!(found, [], "{found:#?}");
}

/// The invariant that is broken, how, and what is told of it.
const DAMAGES: [(&str, &str, &str); 20] = [
    ("I1", "DELETE FROM events WHERE event = 'e1'", "is not there"),
    ("I1", "UPDATE events SET state = 'new' WHERE event = 'e1'", "is not applied"),
    ("I1", "INSERT INTO events SELECT 2, organisation, source, event, 9, time, received, body, customer, state,
        waits_for, until, reason, detail, name FROM events WHERE event = 'e1'", "is there 2 times"),
    ("I1", "UPDATE contacts SET event = 'e1'", "applied more than once"),
    ("I2", "DELETE FROM outbox", "nobody asked for it"),
    ("I3", "DELETE FROM events WHERE event = 'a1:k1:message.sent'", "its run is not told"),
    ("I3", "UPDATE outbox SET state = 'ready'", "nobody carries it"),
    ("I3", "UPDATE outbox SET state = 'sending', moment = 1", "nobody carries it"),
    ("I4", "UPDATE runs SET due = 1", "is due and nobody did it"),
    ("I4", "INSERT INTO customers SELECT 2, organisation, x'c2', revision, forwards_to, created, updated, profile, memory,
            erased FROM customers;
        INSERT INTO runs (bucket, organisation, customer, run, journey, version, generation, started, status, revision,
            seq, state) VALUES (2, 'o', x'c2', x'a2', 'j', 'v', 1, 0, 'open', 3, 1, x'');
        INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank, claim_at,
            state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt, last_error,
            rendered) SELECT 2, organisation, x'c2', key, x'a2', journey, touchpoint, decided, send, rank, claim_at,
            state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt, last_error,
            rendered FROM outbox", "2 customers have this message"),
    ("I5", "UPDATE customers SET revision = 0", "was never saved"),
    ("I5", "UPDATE contacts SET sequence = 5 WHERE sequence = 2", "do not count 1, 2, 3"),
    ("I5", "UPDATE outbox SET run = x'ff'", "hangs on no run"),
    ("I5", "INSERT INTO learnt VALUES (1, 'o', x'c1', x'a1', 1, 0, 9, 'j', 0, '{}')", "which is not there"),
    ("I5", "UPDATE customers SET forwards_to = x'c9'", "is another by now"),
    ("I6", "UPDATE outbox SET key = 'r:1:t:a:A=1', state = 'held', moment = 9000000000000000;
        INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank, claim_at,
            state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt, last_error,
            rendered) SELECT bucket, organisation, customer, 'r:1:t:a:A=2', run, journey, touchpoint, decided, send,
            rank, claim_at, state, reason, moment, reference, attempt, channel, address, tried, attempts, next_attempt,
            last_error, rendered FROM outbox", "different times of one thing"),
    ("I3", "UPDATE runs SET listens_until = 1; UPDATE outbox SET state = 'held', moment = 9000000000000000",
        "waits to go, and its run is over"),
    ("I3", "UPDATE runs SET listens_until = 1;
        INSERT INTO tasks (bucket, organisation, customer, key, run, journey, touchpoint, team, title, facts, made, state,
            note) VALUES (1, 'o', x'c1', 'a1:t', x'a1', 'j', 't', 'team', 'T', '{}', 0, 'open', '')",
        "is still to be done, and its run is over"),
    ("I5", "DELETE FROM customers", "belongs to nobody"),
    ("I9", "UPDATE day_counts SET count = 8", "8 are counted"),
];

async fn each_is_found(good: &mut Good) {
    for (invariant, damage, what) in DAMAGES {
        good.anew().await;
        good.change(damage).await;
        if invariant == "I6" {
            // Its message never went.
            good.provider = Some(String::new());
        }
        told_alone(&good.judged().await, invariant, what, damage);
    }
}

#[tokio::test]
async fn each_damage_is_found_and_nothing_else() {
    each_is_found(&mut Good::new("damage").await).await;
}

#[tokio::test]
async fn on_a_server_too() {
    let Some(place) = Place::server().await else { return };
    let mut good = Good::at(place).await;
    assert_eq!(good.judged().await, []);
    each_is_found(&mut good).await;
}

/// A log in which nothing stands says that nothing went; no log says nothing.
#[tokio::test]
async fn what_is_said_to_be_sent_is_looked_for_in_an_empty_log_too() {
    let mut good = Good::new("empty").await;
    good.provider = Some(String::new());
    told_alone(&good.judged().await, "I2", "no provider took it", "an empty log");
    good.provider = None;
    assert_eq!(good.judged().await, []);
}

fn told_alone(found: &[Violation], invariant: &str, what: &str, damage: &str) {
    assert!(found.iter().any(|one| one.invariant == invariant && one.what.contains(what)), "{damage}: {found:#?}");
    assert!(found.iter().all(|one| one.invariant == invariant), "{damage}: {found:#?}");
}

#[tokio::test]
async fn what_a_provider_took_twice_or_against_the_customers_will_is_found() {
    let mut good = Good::new("calls").await;
    let (before, after) = ("2026-12-31T00:00:00Z", "2027-01-02T00:00:00Z");
    let mut judged = async |calls: &[String], invariant: &str, what: &str| {
        good.provider = Some(calls.concat());
        told_alone(&good.judged().await, invariant, what, &calls.concat());
    };
    let sms = |time| call(time, "a1:k1:sms", "sms", "a@example.org");
    judged(&[sms(before), sms(before)], "I2", "was taken 2 times by sms").await;
    judged(&[sms(before), call(before, "a1:k1:email", "email", "a@example.org")], "I2", "was taken by email and sms")
        .await;
    judged(&[sms(before), sms(before).replace("a1:k1:", "a1:k9:")], "I2", "nobody asked for it").await;
    judged(&[call(before, "a1:k1:sms", "sms", "a").replace("accepted", "failed")], "I2", "no provider took it").await;
    judged(&[sms(after)], "I7", "after the consent was withdrawn").await;
    // Who never said a word of it is not written to either.
    good.change("UPDATE events SET body = '{}' WHERE event = 'e2'; UPDATE customers SET created = 1900000000000000")
        .await;
    good.provider = Some(sms(before));
    told_alone(&good.judged().await, "I7", "nobody ever said yes", "no word of a consent");
    good.anew().await;
    // The same e-mail again under its key is the same e-mail.
    good.provider =
        Some([call(before, "a1:k1:email", "email", "a"), call(before, "a1:k1:email", "email", "a")].concat());
    assert_eq!(good.judged().await, []);
}

#[tokio::test]
async fn what_goes_to_somebody_who_was_erased_is_found() {
    let mut good = Good::new("erased").await;
    good.change(&format!(
        "INSERT INTO tombstones VALUES (1, 'o', x'{}', x'ee')",
        digest(["00", "address", "a@example.org"])
    ))
    .await;
    good.accepted += "{\"time\":\"2026-01-01T00:00:00Z\",\"organisation\":\"o\",\"erasure\":\"ee\"}\n";
    told_alone(&good.judged().await, "I7", "went to somebody who was erased", "a call after the erasure");
    good.change("UPDATE customers SET erased = 1; UPDATE outbox SET state = 'held', moment = 9000000000000000").await;
    good.provider = Some(String::new());
    told_alone(&good.judged().await, "I7", "waits to go to somebody who was erased", "a message that waits");
}

#[tokio::test]
async fn who_was_erased_does_not_come_back() {
    let good = Good::new("back").await;
    let bury = format!("INSERT INTO tombstones VALUES (1, 'o', x'{}', x'ee')", digest(["00", "customer", "c1"]));
    good.change(&bury).await;
    told_alone(&good.judged().await, "I7", "is there of somebody who was erased", "a customer with a tombstone");
}

fn digest<const N: usize>(parts: [&str; N]) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
