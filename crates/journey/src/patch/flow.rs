//! Keys between braces.

use std::ops::Range;

use super::{Written, goes_behind, render, splice};
use crate::yaml::{Entry, Node};

/// Adds a key behind the last one that goes before it in the language's order; a free name at the end.
pub(super) fn insert(text: &str, map: &Node, entries: &[Entry], key: &str, value: &Written, order: &[&str]) -> String {
    let written = format!("{}: {}", render::scalar(key), render::flow(value));
    let before = goes_behind(entries, key, order);
    match (before, entries.first()) {
        (Some(entry), _) => {
            let at = entry.span().end;
            splice(text, at..at, &format!(", {written}"))
        }
        (None, Some(first)) => {
            let at = first.key_span.start;
            splice(text, at..at, &format!("{written}, "))
        }
        (None, None) => splice(text, map.span.clone(), &format!("{{ {written} }}")),
    }
}

/// The bytes to take away with a key, one comma included.
pub(super) fn range(entries: &[Entry], index: usize) -> Option<Range<usize>> {
    let entry = entries[index].span();
    match (entries.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => Some(entry.start..next.key_span.start),
        (None, Some(before)) => Some(entries[before].span().end..entry.end),
        (None, None) => Some(entry),
    }
}
