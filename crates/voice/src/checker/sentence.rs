//! Sentences of a text, by the signs that end them.

use std::ops::Range;

use super::lists::ABBREVIATIONS;

/// The sentences, each without the space around it. Together they hold every word.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        let end = match c {
            '\n' if breaks_line(&text[next..]) => Some(next),
            '.' | '!' | '?' | '…' => stop(text, start, at),
            _ => None,
        };
        if let Some(end) = end {
            push(text, start..end, &mut sentences);
            start = end;
        }
        // A row of signs is looked at once.
        let row = text[next..].find(|c: char| !".!?…".contains(c)).unwrap_or(text.len() - next);
        at = end.unwrap_or(next + if ".!?…".contains(c) { row } else { 0 });
    }
    push(text, start..text.len(), &mut sentences);
    sentences
}

fn push(text: &str, range: Range<usize>, sentences: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let from = range.start + (piece.len() - piece.trim_start().len());
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        sentences.push(from..from + trimmed.len());
    }
}

/// A line ends a sentence unless the next goes on in the middle of one.
fn breaks_line(after: &str) -> bool {
    !after.trim_start_matches([' ', '\t']).starts_with(|c: char| c.is_lowercase())
}

/// Where the sentence ends whose sign stands at `at`; `None` when that sign ends nothing.
fn stop(text: &str, start: usize, at: usize) -> Option<usize> {
    let is_closing = |c: char| "\"'”’»)]".contains(c);
    let rest = &text[at..];
    let signs = rest.find(|c: char| !".!?…".contains(c)).unwrap_or(rest.len());
    let closed = rest[signs..].find(|c: char| !is_closing(c)).unwrap_or(rest.len() - signs);
    let end = at + signs + closed;
    let after = &text[end..];
    if after.is_empty() {
        return Some(end);
    }
    if !after.starts_with(char::is_whitespace) {
        return None;
    }
    if after.trim_start().starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    let is_point = &rest[..signs] == ".";
    let before = &text[start..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    (!is_point || !is_abbreviation(word)).then_some(end)
}

fn is_abbreviation(word: &str) -> bool {
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn ends_where_a_reader_ends() {
        assert_eq!(split("Dag! Komt u langs? Graag."), ["Dag!", "Komt u langs?", "Graag."]);
        assert_eq!(
            split("Mevr. De Vries en dhr. J. Jansen o.a. zijn er."),
            ["Mevr. De Vries en dhr. J. Jansen o.a. zijn er."]
        );
        assert_eq!(split("Beste Jan,\nUw boek\nligt klaar.\n\nGroet"), ["Beste Jan,", "Uw boek\nligt klaar.", "Groet"]);
        assert_eq!(split("“Kom je?” vroeg hij. (Ja.) Om 8.30 u."), ["“Kom je?” vroeg hij.", "(Ja.)", "Om 8.30 u."]);
        assert_eq!(split("… !?"), [""; 0]);
    }
}
