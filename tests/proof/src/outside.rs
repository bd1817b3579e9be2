//! What stands outside of the processes: the time, the provider, and the client that keeps what it was answered.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use channels::{Outcome, Outgoing, Reason, Stage};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use service::{Clock, Random};
use sim::Draws;

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The time as it is, and how far the clocks of the machines are off.
pub(crate) struct Time(Mutex<(Timestamp, SignedDuration)>);

impl Time {
    pub(crate) fn at(start: Timestamp) -> Arc<Self> {
        Arc::new(Self(Mutex::new((start, SignedDuration::ZERO))))
    }

    pub(crate) fn really(&self) -> Timestamp {
        held(&self.0).0
    }

    /// As the machines see it.
    pub(crate) fn told(&self) -> Timestamp {
        let (really, off) = *held(&self.0);
        really + off
    }

    pub(crate) fn move_to(&self, moment: Timestamp) {
        let mut time = held(&self.0);
        time.0 = time.0.max(moment);
    }

    /// The clocks of all machines are so far off from now on.
    pub(crate) fn be_off(&self, off: SignedDuration) {
        held(&self.0).1 = off;
    }
}

/// The clock of one machine.
pub(crate) struct Machine {
    pub(crate) time: Arc<Time>,
    pub(crate) skew: SignedDuration,
}

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        self.time.told() + self.skew
    }
}

/// Every process draws others.
pub(crate) struct Drawn(pub(crate) AtomicU64);

impl Random for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        bytes.fill(0);
        bytes[..8].copy_from_slice(&count.to_be_bytes());
    }
}

/// How a provider misbehaves: chances of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moods {
    /// 5xx or 429: not now.
    pub(crate) busy: f64,
    /// Takes the message and does not answer.
    pub(crate) silent_after: f64,
    /// Neither takes it nor answers.
    pub(crate) silent_before: f64,
    /// Never.
    pub(crate) refuses: f64,
    /// E-mail alone is met with silence: what other channels do then is told to staff, and ends there.
    pub(crate) only_mail: bool,
}

/// A provider that knows idempotency keys for e-mail and none elsewhere, and writes down what it did.
pub(crate) struct Provider {
    seed: String,
    moods: Mutex<Moods>,
    time: Arc<Time>,
    state: Mutex<(BTreeMap<String, u32>, Vec<String>)>,
    file: Mutex<Option<File>>,
}

impl Provider {
    pub(crate) fn new(seed: &str, moods: Moods, time: Arc<Time>) -> Arc<Self> {
        Arc::new(Self {
            seed: seed.to_owned(),
            moods: Mutex::new(moods),
            time,
            state: Mutex::default(),
            file: Mutex::default(),
        })
    }

    /// From now on it takes everything.
    pub(crate) fn be_kind(&self) {
        self.be(Moods::default());
    }

    /// From now on it is so.
    pub(crate) fn be(&self, moods: Moods) {
        *held(&self.moods) = moods;
    }

    /// From now on what it writes down stands in a file too.
    pub(crate) fn tell(&self, file: File) {
        *held(&self.file) = Some(file);
    }

    /// What it wrote down: a line of JSON per call.
    pub(crate) fn log(&self) -> String {
        held(&self.state).1.concat()
    }

    pub(crate) fn take(&self, message: &Outgoing) -> Outcome {
        let (calls, log) = &mut *held(&self.state);
        let calls = calls.entry(message.key.clone()).or_default();
        *calls += 1;
        let mut draws = Draws::of(&["provider", &self.seed, &message.key, &calls.to_string()]);
        let moods = *held(&self.moods);
        let mail = message.channel.as_str() == "email" || !moods.only_mail;
        let mut left = draws.unit();
        let mut within = |chance: f64| {
            left -= chance;
            left < 0.0
        };
        let answered = |code, text: &str| Reason::Answered { stage: Stage::Recipient, code, text: text.to_owned() };
        let silence = || Outcome::Unknown { reason: Reason::Silence { stage: Stage::Message, waited_ms: 30_000 } };
        let (accepts, outcome) = if within(moods.busy) {
            let code = if draws.happens(0.3) { 429 } else { 503 };
            (false, Outcome::Refused { reason: answered(code, "later"), permanent: false, suppress: false })
        } else if within(if mail { moods.silent_after } else { 0.0 }) {
            (true, silence())
        } else if within(if mail { moods.silent_before } else { 0.0 }) {
            (false, silence())
        } else if within(moods.refuses) {
            let suppress = draws.happens(0.3);
            (false, Outcome::Refused { reason: answered(550, "no"), permanent: true, suppress })
        } else {
            (true, Outcome::Accepted { reference: message.key.clone() })
        };
        let line = json!({
            "time": self.time.really(), "key": message.key, "channel": message.channel, "to": message.to,
            "outcome": if accepts { "accepted" } else { "failed" },
        });
        let line = format!("{line}\n");
        write(&self.file, &line);
        log.push(line);
        outcome
    }
}

/// What the client was answered: only what got a 2xx.
pub(crate) struct Answered {
    time: Arc<Time>,
    log: Mutex<String>,
    file: Mutex<Option<File>>,
}

/// By one call of the operating system.
fn write(file: &Mutex<Option<File>>, line: &str) {
    if let Some(file) = held(file).as_mut() {
        file.write_all(line.as_bytes()).expect("it is written");
    }
}

impl Answered {
    pub(crate) fn new(time: Arc<Time>) -> Self {
        Self { time, log: Mutex::default(), file: Mutex::default() }
    }

    /// From now on what it is answered stands in a file too.
    pub(crate) fn tell(&self, file: File) {
        *held(&self.file) = Some(file);
    }

    pub(crate) fn event(&self, organisation: &str, event: &words::Event) {
        self.line(json!({
            "time": self.time.really(), "organisation": organisation, "source": event.source, "event": event.id,
            "customer": event.identity.customer, "previous": event.properties.get("previous_id"),
            "anonymous": event.identity.anonymous, "objects": event.objects(),
        }));
    }

    pub(crate) fn erasure(&self, organisation: &str, erasure: uuid::Uuid) {
        self.line(json!({ "time": self.time.really(), "organisation": organisation, "erasure": erasure }));
    }

    fn line(&self, line: serde_json::Value) {
        let line = format!("{line}\n");
        write(&self.file, &line);
        held(&self.log).push_str(&line);
    }

    pub(crate) fn log(&self) -> String {
        held(&self.log).clone()
    }
}
