use std::ops::Range;

use jiff::Timestamp;
use words::{Ending, RunId};

use crate::{Names, sparse::Sparse};

/// What became known of a contact, one bit each.
pub(crate) mod flag {
    pub(crate) const DELIVERED: u8 = 1;
    pub(crate) const READ: u8 = 2;
    pub(crate) const ANSWERED: u8 = 4;
    pub(crate) const PROMISE_KEPT: u8 = 8;
    pub(crate) const PROMISE_BROKEN: u8 = 16;
    pub(crate) const PROMISE_REPLACED: u8 = 32;
    pub(crate) const OVERDUE: u8 = 64;
}

/// How a run went away: codes of touchpoint and reason, `Names::NONE` for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exit {
    pub(crate) time: i64,
    pub(crate) after: u16,
    pub(crate) reason: u16,
}

/// The newest answer to one question about a contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) question: u16,
    pub(crate) time: i64,
    pub(crate) score: f32,
}

/// The newest answer to one question whether one would recommend us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Recommendation {
    pub(crate) question: u16,
    pub(crate) time: i64,
    /// 0..=10.
    pub(crate) answer: u8,
}

/// One row per run, sorted by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Runs {
    pub(crate) ids: Vec<RunId>,
    pub(crate) started: Vec<i64>,
    pub(crate) endings: Vec<Option<Ending>>,
    pub(crate) versions: Vec<u16>,
    /// One bit per persona.
    pub(crate) personas: Vec<u64>,
    pub(crate) exits: Sparse<Exit>,
    pub(crate) drops: Sparse<Exit>,
    pub(crate) goals: Sparse<i64>,
}

/// Contacts of many runs, one array per property, sorted by (run, time, sequence); the runs themselves beside them.
/// Times are microseconds since 1970 UTC. About 16 bytes a contact and 35 a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub(crate) touchpoints: Names,
    pub(crate) channels: Names,
    pub(crate) reasons: Names,
    pub(crate) questions: Names,
    pub(crate) versions: Names,
    pub(crate) personas: Names,
    pub(crate) runs: Runs,
    /// Run `i` has rows `offsets[i]..offsets[i + 1]`.
    pub(crate) offsets: Vec<u32>,
    pub(crate) codes: Vec<u16>,
    pub(crate) times: Vec<i64>,
    pub(crate) channel: Vec<u8>,
    pub(crate) flags: Vec<u8>,
    /// Only where it is not the place within the run, counted from 1.
    pub(crate) sequences: Sparse<u32>,
    pub(crate) reason: Sparse<u16>,
    pub(crate) answers: Sparse<Answer>,
    pub(crate) recommended: Sparse<Recommendation>,
    /// Derived: the mean of a contact's answers.
    pub(crate) scores: Sparse<f32>,
}

/// One run with its contacts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunSlice<'a> {
    pub(crate) index: usize,
    pub(crate) first: u32,
    pub(crate) codes: &'a [u16],
    pub(crate) times: &'a [i64],
}

impl RunSlice<'_> {
    pub(crate) fn rows(&self) -> Range<u32> {
        self.first..self.first + self.codes.len() as u32
    }
}

impl Columns {
    /// The code that stands for "no channel".
    pub(crate) const NO_CHANNEL: u8 = u8::MAX;

    /// How many runs.
    pub fn run_count(&self) -> usize {
        self.runs.ids.len()
    }

    /// How many contacts.
    pub fn contact_count(&self) -> usize {
        self.codes.len()
    }

    /// The names of touchpoints.
    pub fn touchpoints(&self) -> &Names {
        &self.touchpoints
    }

    /// The codes and times (microseconds since 1970 UTC) of each run's contacts, in order.
    pub fn sequences(&self) -> impl Iterator<Item = (&[u16], &[i64])> {
        self.iter().map(|run| (run.codes, run.times))
    }

    /// When a run started; `None` for a run that is not here.
    pub fn started(&self, run: RunId) -> Option<Timestamp> {
        let index = self.runs.ids.binary_search(&run).ok()?;
        Timestamp::from_microsecond(self.runs.started[index]).ok()
    }

    /// The earliest and latest start of a run.
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        let first = *self.runs.started.iter().min()?;
        let last = *self.runs.started.iter().max()?;
        let moment = |micros| Timestamp::from_microsecond(micros).ok();
        Some((moment(first)?, moment(last)?))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = RunSlice<'_>> {
        (0..self.run_count()).map(|index| self.run(index))
    }

    pub(crate) fn run(&self, index: usize) -> RunSlice<'_> {
        let first = self.offsets[index];
        let rows = first as usize..self.offsets[index + 1] as usize;
        RunSlice { index, first, codes: &self.codes[rows.clone()], times: &self.times[rows] }
    }

    /// The sequence of a row of this run.
    pub(crate) fn sequence(&self, run: &RunSlice<'_>, row: u32) -> u32 {
        self.sequences.get(row).unwrap_or(row - run.first + 1)
    }
}

/// The mean of each contact's answers.
pub(crate) fn combined_scores(answers: &Sparse<Answer>) -> Sparse<f32> {
    let mut scores = Sparse::default();
    let mut current: Option<(u32, f64, u32)> = None;
    let mut close = |group: Option<(u32, f64, u32)>| {
        if let Some((row, sum, n)) = group {
            scores.push(row, (sum / f64::from(n)) as f32);
        }
    };
    for (row, answer) in answers.iter() {
        let score = f64::from(answer.score);
        current = match current {
            Some((same, sum, n)) if same == row => Some((row, sum + score, n + 1)),
            other => {
                close(other);
                Some((row, score, 1))
            }
        };
    }
    close(current);
    scores
}
