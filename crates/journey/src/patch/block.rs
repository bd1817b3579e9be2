//! Keys on lines of their own.

use std::ops::Range;

use super::{Written, goes_behind, indent_at, line_end, line_start, newline, next_line, render, splice};
use crate::yaml::Entry;

/// Adds a key below the last one that goes before it in the language's order; a free name at the end.
pub(super) fn insert(text: &str, entries: &[Entry], key: &str, value: &Written, order: &[&str]) -> String {
    let line = format!("{}: {}", render::scalar(key), render::flow(value));
    let newline = newline(text);
    let before = goes_behind(entries, key, order);
    match (before, entries.first()) {
        (Some(entry), Some(first)) => {
            let indent = indent_at(text, first.key_span.start);
            let at = line_end(text, entry.span().end);
            splice(text, at..at, &format!("{newline}{indent}{line}"))
        }
        (_, Some(first)) => {
            let at = first.key_span.start;
            splice(text, at..at, &format!("{line}{newline}{}", indent_at(text, at)))
        }
        (_, None) => format!("{line}{newline}{text}"),
    }
}

/// The bytes to take away with a key: its lines, or what stands behind the dash before it. `None` for the only key.
pub(super) fn range(text: &str, entries: &[Entry], index: usize) -> Option<Range<usize>> {
    let entry = &entries[index];
    let start = line_start(text, entry.key_span.start);
    let behind_dash = !text[start..entry.key_span.start].trim().is_empty();
    match (behind_dash, entries.get(index + 1)) {
        _ if entries.len() == 1 => None,
        (true, next) => Some(entry.key_span.start..next?.key_span.start),
        (false, _) => Some(start..next_line(text, entry.span().end)),
    }
}
