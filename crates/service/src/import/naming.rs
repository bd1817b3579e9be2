//! Names of imported events, and the places of events within their case.

use std::collections::BTreeMap;

use jiff::Timestamp;
use words::EventName;

use crate::intake::{Code, Reason, slug};

/// Gives the steps of a log their event names.
///
/// A step that has our form already (`application.submitted`) keeps its name. Any other becomes `<object>.<slug>`, with the
/// object that the mapping chose: `A_SUBMITTED` is `application.a_submitted`. Two steps whose slugs are the same stay two:
/// the later one gets the digest of its text behind it.
#[derive(Debug)]
pub(super) struct Names {
    object: String,
    by_step: BTreeMap<String, EventName>,
    taken: BTreeMap<EventName, String>,
}

impl Names {
    /// Different steps in one file.
    const STEPS_MAX: usize = 10_000;
    /// Characters of a slug: leaves room in a name for the object and a digest.
    const SLUG_CHARS_MAX: usize = 50;

    pub(super) fn new(object: &str) -> Option<Self> {
        let fits = object.len() <= 30 && EventName::parse(&format!("{object}.x")).is_some();
        fits.then(|| Self { object: object.to_owned(), by_step: BTreeMap::new(), taken: BTreeMap::new() })
    }

    pub(super) fn of(&mut self, step: &str) -> Result<EventName, Reason> {
        if let Some(name) = self.by_step.get(step) {
            return Ok(name.clone());
        }
        let name = self.make(step)?;
        if EventName::RESERVED.contains(&name.as_str()) || name.object() == "message" {
            return Err(Reason::new(Code::ReservedName, name.as_str()));
        }
        self.by_step.insert(step.to_owned(), name.clone());
        self.taken.insert(name.clone(), step.to_owned());
        Ok(name)
    }

    fn make(&self, step: &str) -> Result<EventName, Reason> {
        if step.trim().is_empty() {
            return Err(Code::NoName.into());
        }
        let bad = || Reason::new(Code::BadName, step);
        if step.len() > 500 || self.by_step.len() >= Self::STEPS_MAX {
            return Err(bad());
        }
        if let Some(name) = EventName::parse(step) {
            return Ok(name);
        }
        let mut slug = slug(step);
        if slug.is_empty() {
            return Err(bad());
        }
        if !slug.starts_with(|c: char| c.is_ascii_lowercase()) {
            slug.insert_str(0, "step_");
        }
        let whole = slug.len() <= Self::SLUG_CHARS_MAX;
        slug.truncate(Self::SLUG_CHARS_MAX);
        let plain = EventName::parse(&format!("{}.{slug}", self.object)).ok_or_else(bad)?;
        if whole && !self.taken.contains_key(&plain) {
            return Ok(plain);
        }
        let digest = words::digest(&[step]);
        EventName::parse(&format!("{plain}_{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2])).ok_or_else(bad)
    }
}

/// Counts the events of each case, over all its appearances in a file.
#[derive(Debug, Default)]
pub(super) struct Sequence(BTreeMap<u64, u64>);

impl Sequence {
    /// The first of the next `count` numbers of a case; a case begins at 1.
    pub(super) fn take(&mut self, case: &str, count: usize) -> u64 {
        let next = self.0.entry(short(&[case])).or_insert(1);
        let first = *next;
        *next += count as u64;
        first
    }
}

/// Counts, per case, the rows of one moment that say the same, so that they stay apart. What stands beside them does not
/// matter: in the file of another night that may be something else.
#[derive(Debug, Default)]
pub(super) struct Ties(BTreeMap<u64, (Timestamp, Vec<u64>)>);

impl Ties {
    /// Rows of one case and moment that are told apart.
    const ROWS_MAX: usize = 1_000;

    /// 1 for the first row of a case that says this at a moment, 2 for the next, and so on.
    pub(super) fn next(&mut self, case: &str, time: Timestamp, said: u64) -> usize {
        let (last, rows) = self.0.entry(short(&[case])).or_insert((time, Vec::new()));
        if *last != time {
            rows.clear();
            *last = time;
        }
        if rows.len() < Self::ROWS_MAX {
            rows.push(said);
        }
        rows.iter().filter(|row| **row == said).count()
    }
}

/// Eight bytes of a digest, as a number.
pub(super) fn short(parts: &[&str]) -> u64 {
    words::digest(parts)[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_a_log_become_names_of_events() {
        let mut names = Names::new("application").unwrap();
        let mut of = |step: &str| names.of(step).map(|name| name.to_string()).map_err(|reason| reason.code);
        assert_eq!(of("A_SUBMITTED").unwrap(), "application.a_submitted");
        assert_eq!(of("W_Completeren aanvraag").unwrap(), "application.w_completeren_aanvraag");
        assert_eq!(of("order.placed").unwrap(), "order.placed");
        assert_eq!(of("2e herinnering").unwrap(), "application.step_2e_herinnering");
        assert_eq!(of("A submitted").unwrap(), "application.a_submitted_3ba73e", "another step with the same slug");
        assert_eq!(of("A_SUBMITTED").unwrap(), "application.a_submitted");
        assert!(of(&"lang ".repeat(30)).unwrap().len() <= 100);
        assert_eq!(of("task.done"), Err(Code::ReservedName));
        assert_eq!(of(" "), Err(Code::NoName));
        assert_eq!(of("日本"), Err(Code::BadName));
        assert!(Names::new("Application").is_none() && Names::new("").is_none());
    }

    #[test]
    fn what_says_the_same_twice_is_counted_per_case() {
        let mut ties = Ties::default();
        let (one, two) = (Timestamp::UNIX_EPOCH, Timestamp::from_second(9).unwrap());
        let rows = [("a", one, 7), ("a", one, 8), ("a", one, 7), ("b", one, 7), ("a", two, 7), ("a", two, 7)];
        assert_eq!(rows.map(|(case, time, said)| ties.next(case, time, said)), [1, 1, 2, 1, 1, 2]);
    }
}
