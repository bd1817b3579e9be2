//! The checker can fail: a good database, damaged in one way for each invariant, and exactly that is found.

use std::path::PathBuf;

use checker::{Asked, Database, Logs, Violation, check};
use rusqlite::Connection;
use store::{Durability, Health, OpenMode, Sqlite};

/// A database with the product's tables and one customer, written by hand.
struct Good {
    path: PathBuf,
    provider: String,
    accepted: String,
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
    (1, 'o', 'klantreis', 'k1:message.sent', 4, 0, 0, 'message.sent', '{}', x'c1', 'applied');
INSERT INTO day_counts VALUES (1, 'o', 'j', 't', '2027-01-01', 7);
INSERT INTO contacts (bucket, organisation, customer, run, sequence, seq, journey, version, touchpoint, visit, time, recorded, event)
    VALUES (1, 'o', x'c1', x'a1', 1, 1, 'j', 'v', 't', 1, 0, 0, 'e1'),
           (1, 'o', x'c1', x'a1', 2, 2, 'j', 'v', 't', 2, 0, 0, 'k1:message.sent');
INSERT INTO outbox (bucket, organisation, customer, key, run, journey, touchpoint, decided, send, rank, claim_at, state, reason,
    moment, tried, attempts)
    VALUES (1, 'o', x'c1', 'k1', x'a1', 'j', 't', 0, '{\"class\":\"marketing\"}', 1, 0, 'sent', '', 1, '[]', 1);
INSERT INTO salts VALUES (1, 'o', x'00');
INSERT INTO tombstones VALUES
    (1, 'o', x'0000000000000000000000000000000000000000000000000000000000000001', x'ee');
";

impl Good {
    async fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("klantreis-checker-{}-{name}.db", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let store = Sqlite::open(&path, OpenMode::Create, Durability::Off).await.expect("a store");
        store.close().await;
        let good = Self {
            path,
            provider: call("2026-12-31T00:00:00Z", "k1:sms", "sms", "a@example.org"),
            accepted: [answer("e1"), answer("e2")].concat(),
        };
        good.change(ROWS);
        // Who was erased is not what most damage is about.
        good.change("DELETE FROM tombstones");
        good
    }

    fn change(&self, statements: &str) {
        Connection::open(&self.path).expect("the file").execute_batch(statements).expect("it is changed");
    }

    async fn judged(&self) -> Vec<Violation> {
        let database = Database::read(&self.path.to_string_lossy()).await.expect("the tables");
        let logs = Logs::read(&self.provider, &self.accepted).expect("the logs");
        check(&database, &logs, Asked { drained: Some("2027-06-01T00:00:00Z".parse().expect("a moment")) })
    }
}

impl Drop for Good {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", self.path.display()));
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

#[tokio::test]
async fn each_damage_is_found_and_nothing_else() {
    let damages = [
        ("I1", "DELETE FROM events WHERE event = 'e1'", "is not there"),
        ("I1", "UPDATE events SET state = 'new' WHERE event = 'e1'", "is not applied"),
        ("I1", "INSERT INTO events SELECT 2, organisation, source, event, 9, time, received, body, customer, state,
            waits_for, until, reason, detail, name FROM events WHERE event = 'e1'", "is there 2 times"),
        ("I1", "UPDATE contacts SET event = 'e1'", "applied more than once"),
        ("I2", "DELETE FROM outbox", "nobody asked for it"),
        ("I3", "DELETE FROM events WHERE event = 'k1:message.sent'", "its run is not told"),
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
        ("I9", "UPDATE day_counts SET count = 8", "8 are counted"),
    ];
    for (place, (invariant, damage, what)) in damages.into_iter().enumerate() {
        let mut good = Good::new(&format!("damage-{place}")).await;
        good.change(damage);
        if invariant == "I6" {
            // Its message never went.
            good.provider.clear();
        }
        told_alone(&good.judged().await, invariant, what, damage);
    }
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
        good.provider = calls.concat();
        told_alone(&good.judged().await, invariant, what, &calls.concat());
    };
    let sms = |time| call(time, "k1:sms", "sms", "a@example.org");
    judged(&[sms(before), sms(before)], "I2", "was taken 2 times by sms").await;
    judged(&[sms(before), call(before, "k1:email", "email", "a@example.org")], "I2", "was taken by email and sms")
        .await;
    judged(&[sms(before), sms(before).replace("k1:", "k9:")], "I2", "nobody asked for it").await;
    judged(&[call(before, "k1:sms", "sms", "a").replace("accepted", "failed")], "I2", "no provider took it").await;
    judged(&[sms(after)], "I7", "after the consent was withdrawn").await;
    // The same e-mail again under its key is the same e-mail.
    good.provider = [call(before, "k1:email", "email", "a"), call(before, "k1:email", "email", "a")].concat();
    assert_eq!(good.judged().await, []);
}

#[tokio::test]
async fn what_goes_to_somebody_who_was_erased_is_found() {
    let mut good = Good::new("erased").await;
    good.change(&format!("INSERT INTO tombstones VALUES (1, 'o', x'{}', x'ee')", address_digest("a@example.org")));
    good.accepted += "{\"time\":\"2026-01-01T00:00:00Z\",\"organisation\":\"o\",\"erasure\":\"ee\"}\n";
    told_alone(&good.judged().await, "I7", "went to somebody who was erased", "a call after the erasure");
    good.change("UPDATE customers SET erased = 1; UPDATE outbox SET state = 'held', moment = 9000000000000000");
    good.provider.clear();
    told_alone(&good.judged().await, "I7", "waits to go to somebody who was erased", "a message that waits");
}

fn address_digest(address: &str) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for part in ["00", "address", address] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
