use std::fmt;

use super::numbers::{Blocks, before};
use crate::{Error, Result};

/// Which numbers a reader of facts has seen: parts of the line of numbers, each from behind one number up to another, rising
/// and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen(Vec<(u64, u64)>);

/// A part that was not seen yet, within which numbers rise in the order of commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// From behind this number.
    pub(super) after: u64,
    /// Up to this.
    pub(super) until: u64,
    /// Whether something may still be added.
    pub(super) is_open: bool,
}

impl Seen {
    /// Reads what is written as `0-17,20-35`.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let unreadable = || Error::Unreadable { what: "cursor", detail: text.to_owned() };
        let part = |part: &str| {
            let (after, until) = part.split_once('-')?;
            Some((after.parse::<u64>().ok()?, until.parse::<u64>().ok()?))
        };
        let parts: Option<Vec<_>> = text.split(',').filter(|text| !text.is_empty()).map(part).collect();
        let parts = parts.ok_or_else(unreadable)?;
        let rises = parts.iter().all(|(after, until)| after < until) && parts.is_sorted_by(|one, two| one.1 < two.0);
        if rises { Ok(Self(parts)) } else { Err(unreadable()) }
    }

    /// Whether a number was seen.
    pub(super) fn has(&self, number: u64) -> bool {
        self.0.iter().any(|(after, until)| number > *after && number <= *until)
    }

    /// Adds a part.
    pub(super) fn add(&mut self, after: u64, until: u64) {
        if after >= until {
            return;
        }
        let (mut after, mut until) = (after, until);
        self.0.retain(|part| {
            let touches = part.0 <= until && after <= part.1;
            if touches {
                (after, until) = (after.min(part.0), until.max(part.1));
            }
            !touches
        });
        let place = self.0.partition_point(|part| part.1 < after);
        self.0.insert(place, (after, until));
    }

    /// What is left of all blocks. Each open block stands by itself; what lies between them is one.
    pub(super) fn unseen(&self, blocks: &Blocks) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut start = 0;
        for block in blocks.open.iter().copied().filter(|block| *block <= blocks.last) {
            self.rest(Span { after: start, until: before(block), is_open: false }, &mut spans);
            start = before(block + 1);
            self.rest(Span { after: before(block), until: start, is_open: true }, &mut spans);
        }
        self.rest(Span { after: start, until: before(blocks.last + 1), is_open: false }, &mut spans);
        spans
    }

    /// What is left of one part.
    fn rest(&self, whole: Span, spans: &mut Vec<Span>) {
        let mut after = whole.after;
        for part in self.0.iter().filter(|part| part.1 > whole.after && part.0 < whole.until) {
            if part.0 > after {
                spans.push(Span { after, until: part.0, ..whole });
            }
            after = part.1;
        }
        if after < whole.until {
            spans.push(Span { after, ..whole });
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (after, until)) in self.0.iter().enumerate() {
            write!(f, "{}{after}-{until}", if place == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str) -> Seen {
        Seen::parse(text).unwrap()
    }

    fn with(text: &str, after: u64, until: u64) -> String {
        let mut seen = seen(text);
        seen.add(after, until);
        seen.to_string()
    }

    #[test]
    fn parts_that_touch_become_one() {
        assert_eq!(with("", 0, 5), "0-5");
        assert_eq!(with("0-5", 5, 9), "0-9");
        assert_eq!(with("0-5,9-12", 5, 9), "0-12");
        assert_eq!(with("9-12", 0, 5), "0-5,9-12");
        assert_eq!(with("0-5,9-12", 20, 20), "0-5,9-12", "nothing is no part");
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["gisteren", "5", "5-3", "0-5,4-9", "0-5,5-9", "-"] {
            assert!(Seen::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn open_blocks_stand_by_themselves() {
        let blocks = Blocks { last: 4, open: vec![2, 4] };
        let span = |after, until, is_open| Span { after, until, is_open };
        let (two, three, four, end) = (before(2), before(3), before(4), before(5));
        let all = [span(0, two, false), span(two, three, true), span(three, four, false), span(four, end, true)];
        assert_eq!(Seen::default().unseen(&blocks), all);

        // Of the second block a little is seen, of the third everything; the fourth has nothing yet.
        let some = seen(&format!("0-{},{three}-{four}", two + 7));
        assert_eq!(some.unseen(&blocks), [span(two + 7, three, true), span(four, end, true)]);
        // The second was given back meanwhile: what is left of it is looked at once more.
        let later = Blocks { last: 4, open: vec![4] };
        assert_eq!(some.unseen(&later), [span(two + 7, three, false), span(four, end, true)]);
    }

    proptest! {
        #[test]
        fn what_was_added_is_seen_and_nothing_else(parts in prop::collection::vec((0_u64..60, 1_u64..20), 0..12)) {
            let mut seen = Seen::default();
            for (after, length) in &parts {
                seen.add(*after, after + length);
            }
            let again = Seen::parse(&seen.to_string()).unwrap();
            prop_assert_eq!(&again, &seen);
            let mut spans = Vec::new();
            seen.rest(Span { after: 0, until: 100, is_open: true }, &mut spans);
            for number in 1..=100_u64 {
                let added = parts.iter().any(|(after, length)| number > *after && number <= after + length);
                let is_left = spans.iter().any(|span| number > span.after && number <= span.until);
                prop_assert_eq!(added, !is_left, "{}", number);
            }
        }
    }
}
