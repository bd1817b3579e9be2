//! Systems that deliver over HTTP, as many at one time as they like, and remember what they were answered.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

/// Customers of one delivery; three events of each.
pub(super) const CUSTOMERS: u64 = 10;
/// Events of one delivery.
pub(super) const EVENTS: u64 = CUSTOMERS * 3;
/// Deliveries that may be under way at one time: many more than are let in.
const UNDER_WAY_MAX: usize = 400;
/// How often what is to be begun by now is looked at.
const TICK: Duration = Duration::from_millis(5);

/// What somebody who delivers was answered.
struct Answer {
    status: u16,
    says_when: bool,
}

/// A line that is used again and again.
struct Line(BufReader<TcpStream>);

impl Line {
    async fn to(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    async fn ask(&mut self, request: &str) -> io::Result<(Answer, String)> {
        self.0.write_all(request.as_bytes()).await?;
        let (mut answer, mut length, mut line) = (Answer { status: 0, says_when: false }, 0, String::new());
        loop {
            line.clear();
            if self.0.read_line(&mut line).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let told = line.trim_end().to_ascii_lowercase();
            if told.is_empty() {
                break;
            }
            if let Some(rest) = told.strip_prefix("http/1.1 ") {
                answer.status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or_default();
            }
            answer.says_when |= told.starts_with("retry-after:");
            if let Some(rest) = told.strip_prefix("content-length:") {
                length = rest.trim().parse().unwrap_or_default();
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok((answer, String::from_utf8_lossy(&body).into_owned()))
    }
}

/// One figure that the server tells of itself, summed over its lines.
pub(super) async fn figure(address: &str, name: &str) -> Option<f64> {
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let (_, text) = Line::to(address).await.ok()?.ask(&request).await.ok()?;
    let values =
        text.lines().filter(|line| line.starts_with(name)).filter_map(|line| line.rsplit(' ').next()?.parse().ok());
    let values: Vec<f64> = values.collect();
    (!values.is_empty()).then(|| values.iter().sum())
}

/// Everyone who delivers to one server.
pub(super) struct Clients {
    pub(super) address: String,
    lines: Mutex<Vec<Line>>,
    next: AtomicU64,
    /// Deliveries that were answered with success, and when.
    answered: Mutex<BTreeMap<u64, Timestamp>>,
    waits: Mutex<Vec<Duration>>,
    /// Deliveries that were answered with 429 or 503; of those, how many were not told when to come again.
    pub(super) refused: AtomicU64,
    pub(super) not_told_when: AtomicU64,
    /// Deliveries that were not answered.
    pub(super) broken: AtomicU64,
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the processes live in real time too")]
    Timestamp::now()
}

fn instant() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
    Instant::now()
}

/// The address of a customer who is written to: one of ten makes an appointment.
pub(super) fn written_to(delivery: u64) -> String {
    format!("k{}@example.org", delivery * CUSTOMERS)
}

impl Clients {
    pub(super) fn of(address: &str) -> Arc<Self> {
        Arc::new(Self {
            address: address.to_owned(),
            lines: Mutex::default(),
            next: AtomicU64::new(0),
            answered: Mutex::default(),
            waits: Mutex::default(),
            refused: AtomicU64::new(0),
            not_told_when: AtomicU64::new(0),
            broken: AtomicU64::new(0),
        })
    }

    /// The same, of the server that follows.
    pub(super) fn follow(&self, address: &str) -> Arc<Self> {
        let next = Self::of(address);
        next.next.store(self.next.load(Ordering::Relaxed), Ordering::Relaxed);
        *held(&next.answered) = held(&self.answered).clone();
        next
    }

    /// The three events of each customer of a delivery; one customer of ten makes an appointment, of which a letter comes.
    fn body(delivery: u64, now: Timestamp) -> String {
        let mut events = Vec::with_capacity(EVENTS as usize);
        let start = now + SignedDuration::from_hours(72);
        for customer in delivery * CUSTOMERS..(delivery + 1) * CUSTOMERS {
            let booked = customer % CUSTOMERS == 0;
            for step in 0..3 {
                let (name, properties) = match step {
                    0 => (
                        "customer.identified",
                        json!({ "email": format!("k{customer}@example.org"), "last_name": "de Vries" }),
                    ),
                    1 => ("repair.reported", json!({ "id": format!("R-{customer}"), "kind": "lekkage" })),
                    _ if booked => (
                        "appointment.booked",
                        json!({ "id": format!("A-{customer}"), "repair_id": format!("R-{customer}"), "start": start,
                                "status": "booked", "end": start + SignedDuration::from_hours(2) }),
                    ),
                    _ => ("customer.identified", json!({ "last_name": "Jansen" })),
                };
                events
                    .push(json!({ "id": format!("{customer}-{step}"), "time": now, "customer": format!("k{customer}"),
                                    "name": name, "properties": properties }));
            }
        }
        serde_json::Value::from(events).to_string()
    }

    /// Delivers once; whether it was taken.
    pub(super) async fn deliver(&self, delivery: u64) -> bool {
        let (address, body) = (&self.address, Self::body(delivery, now()));
        let request = format!(
            "POST /v1/events HTTP/1.1\r\nHost: {address}\r\nx-write-key: sleutel\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let begun = instant();
        let line = held(&self.lines).pop();
        let asked = async {
            let mut line = match line {
                Some(line) => line,
                None => Line::to(address).await?,
            };
            let (answer, text) = line.ask(&request).await?;
            held(&self.lines).push(line);
            io::Result::Ok((answer, text))
        };
        let Ok((answer, text)) = asked.await else {
            self.broken.fetch_add(1, Ordering::Relaxed);
            return false;
        };
        match answer.status {
            200 => {
                assert!(text.contains("\"quarantined\":[]"), "{text}");
                held(&self.waits).push(begun.elapsed());
                held(&self.answered).insert(delivery, now());
                true
            }
            429 | 503 => {
                self.refused.fetch_add(1, Ordering::Relaxed);
                self.not_told_when.fetch_add(u64::from(!answer.says_when), Ordering::Relaxed);
                false
            }
            // It took too long; nobody knows what came of it.
            504 => {
                self.broken.fetch_add(1, Ordering::Relaxed);
                false
            }
            other => panic!("{other}: {text}"),
        }
    }

    /// So many clients, each as fast as it is answered, until so much was delivered or so long went by.
    pub(super) async fn as_fast_as_answered(self: &Arc<Self>, clients: usize, deliveries: u64, most: Duration) {
        let (last, begun) = (self.next.load(Ordering::Relaxed) + deliveries, instant());
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..clients {
            let own = self.clone();
            tasks.spawn(async move {
                while begun.elapsed() < most {
                    let delivery = own.next.fetch_add(1, Ordering::Relaxed);
                    if delivery >= last {
                        return;
                    }
                    while !own.deliver(delivery).await {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
            });
        }
        tasks.join_all().await;
    }

    /// So many deliveries a second, whoever is answered or not, for so long. What is refused does not come again.
    pub(super) async fn at_a_rate(self: &Arc<Self>, per_second: f64, long: Duration) -> u64 {
        let (begun, places) = (instant(), Arc::new(Semaphore::new(UNDER_WAY_MAX)));
        let mut offered = 0;
        let mut tasks = tokio::task::JoinSet::new();
        while begun.elapsed() < long {
            let by_now = (begun.elapsed().as_secs_f64() * per_second) as u64;
            while offered < by_now {
                // Whoever finds no line to begin on gives up: that one was offered too.
                if let Ok(place) = places.clone().try_acquire_owned() {
                    let (own, delivery) = (self.clone(), self.next.fetch_add(1, Ordering::Relaxed));
                    tasks.spawn(async move {
                        own.deliver(delivery).await;
                        drop(place);
                    });
                }
                offered += 1;
            }
            while tasks.try_join_next().is_some() {}
            tokio::time::sleep(TICK).await;
        }
        tasks.join_all().await;
        offered
    }

    /// What was answered so far.
    pub(super) fn answered(&self) -> BTreeMap<u64, Timestamp> {
        held(&self.answered).clone()
    }

    /// How long those waited who were answered since this was asked the last time: half, 99 of 100, the longest; in milliseconds.
    pub(super) fn waited(&self) -> [u128; 3] {
        let mut waits = std::mem::take(&mut *held(&self.waits));
        waits.sort_unstable();
        let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).map_or(0, Duration::as_millis);
        [at(0.5), at(0.99), waits.last().map_or(0, Duration::as_millis)]
    }
}

/// What was answered as the checker reads it.
pub(super) fn lines(answered: &BTreeMap<u64, Timestamp>) -> String {
    let mut lines = String::new();
    for (delivery, time) in answered {
        for customer in delivery * CUSTOMERS..(delivery + 1) * CUSTOMERS {
            for step in 0..3 {
                lines.push_str(&format!(
                    "{{\"time\":\"{time}\",\"organisation\":\"rijnoever\",\"source\":\"website\",\"event\":\"{customer}-{step}\",\"customer\":\"k{customer}\"}}\n"
                ));
            }
        }
    }
    lines
}
