//! Progress of long work: one line on the terminal, written over as it grows. Nothing when the output is not a terminal.

use std::cell::Cell;
use std::io::{IsTerminal, Write, stderr};

/// How far something is.
pub(crate) struct Progress {
    doing: &'static str,
    is_shown: bool,
    /// Percent and count that were written last, so that the same line is not written twice.
    last: Cell<Option<(u64, u64)>>,
}

impl Progress {
    /// Of what is called so.
    pub(crate) fn of(doing: &'static str) -> Self {
        Self { doing, is_shown: stderr().is_terminal(), last: Cell::new(None) }
    }

    /// So much of all, with a count that says more than a share.
    pub(crate) fn at(&self, done: u64, all: u64, count: u64) {
        let now = (percent(done, all), count);
        if self.is_shown && self.last.replace(Some(now)) != Some(now) {
            // A terminal that is gone does not stop the work.
            let _ = write!(stderr(), "\r{:10} {:>3} %  {count}", self.doing, now.0).and_then(|()| stderr().flush());
        }
    }

    /// Takes the line away.
    pub(crate) fn finish(&self) {
        if self.is_shown && self.last.take().is_some() {
            let _ = write!(stderr(), "\r\u{1b}[2K").and_then(|()| stderr().flush());
        }
    }
}

/// Whole percent; a hundred only when all is done.
fn percent(done: u64, all: u64) -> u64 {
    done.min(all).saturating_mul(100).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_hundred_percent_means_all() {
        assert_eq!(
            [percent(0, 0), percent(1, 3), percent(999, 1000), percent(7, 7), percent(9, 7)],
            [0, 33, 99, 100, 100]
        );
    }
}
