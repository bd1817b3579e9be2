//! What may never be, one file a group.

mod digest;
mod events;
mod messages;
mod privacy;
mod story;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{Database, Logs, Violation};

/// What is asked beside what always holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Everything that was due by this moment, by the clocks of the workers, is to be done. `None`: they are at work.
    pub drained: Option<Timestamp>,
}

/// Every violation, in order.
pub fn check(database: &Database, logs: &Logs, asked: Asked) -> Vec<Violation> {
    let judged = Judged { database, logs, drained: asked.drained.map(Timestamp::as_microsecond) };
    let mut found = Vec::new();
    events::check(&judged, &mut found);
    messages::check(&judged, &mut found);
    story::check(&judged, &mut found);
    privacy::check(&judged, &mut found);
    found.sort();
    found.dedup();
    found
}

struct Judged<'a> {
    database: &'a Database,
    logs: &'a Logs,
    /// Microseconds.
    drained: Option<i64>,
}

impl Judged<'_> {
    fn rests(&self, organisation: &str, journey: &str) -> bool {
        self.database.resting.iter().any(|(of, resting)| of == organisation && resting == journey)
    }

    /// Which erasure a name fell under.
    fn erased(&self, organisation: &str, name: &[String]) -> Option<&String> {
        let salt = self.database.salts.get(organisation)?;
        let parts: Vec<&str> = [salt.as_str()].into_iter().chain(name.iter().map(String::as_str)).collect();
        self.database.tombstones.get(&(organisation.to_owned(), digest::hexadecimal(&parts)))
    }

    /// Whether the run that leads a key may have been somebody's who was erased: it has another name by now.
    fn forgot_run(&self, key: &str) -> bool {
        let run = key.split(':').next().unwrap_or_default().replace('-', "");
        !self.database.tombstones.is_empty() && !self.database.runs.iter().any(|one| one.run == run)
    }
}

/// How often each key comes.
fn counted<K: Ord>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn violation(
    invariant: &'static str,
    (organisation, customer): (&str, &str),
    key: impl Into<String>,
    what: impl Into<String>,
) -> Violation {
    let (organisation, customer) = (organisation.to_owned(), customer.to_owned());
    Violation { invariant, organisation, customer, key: key.into(), what: what.into() }
}
