use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::intake::{Code, Reason};

/// Something in a file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The line of a CSV file, the number of the event in an XES file; from 1.
    pub place: u64,
    /// Why.
    pub reason: Reason,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Rows or events that were read.
    pub read: u64,
    /// Events that came out of them.
    pub accepted: u64,
    /// Rows or events that gave nothing; the first ones.
    pub skipped: Vec<Skipped>,
    /// Rows that were taken without a value that could not be read; the first ones.
    pub noted: Vec<Skipped>,
    /// How often each reason occurred, noted ones too; all of them.
    pub by_reason: BTreeMap<Code, u64>,
    /// How many of `skipped` and of `noted` are kept.
    reasons_max: usize,
}

impl ImportReport {
    pub(super) fn new(reasons_max: usize) -> Self {
        Self { read: 0, accepted: 0, skipped: Vec::new(), noted: Vec::new(), by_reason: BTreeMap::new(), reasons_max }
    }

    pub(super) fn skip(&mut self, place: u64, reason: Reason) {
        *self.by_reason.entry(reason.code).or_default() += 1;
        if self.skipped.len() < self.reasons_max {
            self.skipped.push(Skipped { place, reason });
        }
    }

    pub(super) fn note(&mut self, place: u64, reason: Reason) {
        *self.by_reason.entry(reason.code).or_default() += 1;
        if self.noted.len() < self.reasons_max {
            self.noted.push(Skipped { place, reason });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_reasons_are_listed_and_all_are_counted() {
        let mut report = ImportReport::new(2);
        (1..=5).for_each(|place| report.skip(place, Code::NoName.into()));
        report.note(6, Code::BadValue.into());
        assert_eq!(report.skipped.iter().map(|skipped| skipped.place).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(report.by_reason, BTreeMap::from([(Code::NoName, 5), (Code::BadValue, 1)]));
        let kept = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<ImportReport>(&kept).unwrap(), report);
    }
}
