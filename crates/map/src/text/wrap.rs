//! Breaking a text into balanced lines.

use words::Language;

use super::hyphen::{bare, part};
use super::style::Style;

/// A word, or a piece of one, with whether the line must end after it.
struct Piece {
    text: String,
    width: f64,
    ends_line: bool,
}

/// Breaks a text into lines no wider than `width` (mm). A word is parted only when it exceeds the width on its own. Lines
/// are balanced: the narrowest measure with the same number of lines and no further hyphen.
pub(crate) fn wrap(text: &str, style: Style, width: f64, language: Language) -> Vec<String> {
    let pieces = pieces(text, style, width, language);
    let space = style.width(" ");
    let lines = fill(&pieces, space, width);
    if lines.len() < 2 {
        return join(&pieces, &lines);
    }
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f64::max);
    let (mut low, mut high) = (widest, width);
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if fill(&pieces, space, middle).len() > lines.len() {
            low = middle;
        } else {
            high = middle;
        }
    }
    join(&pieces, &fill(&pieces, space, high))
}

/// At most so many lines; what is cut off shows as "…" after the last word that leaves room for it.
pub(crate) fn cut(mut lines: Vec<String>, most: usize, style: Style, width: f64) -> Vec<String> {
    if lines.len() <= most {
        return lines;
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        let mut end = last.trim_end_matches([',', '.', ';', ':', '-', ' ']).len();
        while style.width(&last[..end]) + style.width("…") > width {
            let Some(space) = last[..end].rfind(' ') else { break };
            end = space;
        }
        last.truncate(end);
        last.push('…');
    }
    lines
}

fn pieces(text: &str, style: Style, width: f64, language: Language) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // A Dutch "'s" belongs to the word after it: "'s avonds".
    let text = text.replace("'s ", "'s\u{a0}").replace("’s ", "’s\u{a0}");
    for word in text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()) {
        let parts = match style.width(&bare(word)) <= width {
            true => vec![bare(word)],
            false => part(word, style, width, language),
        };
        let last = parts.len() - 1;
        pieces.extend(parts.into_iter().enumerate().map(|(nth, text)| Piece {
            width: style.width(&text),
            ends_line: nth < last,
            text,
        }));
    }
    pieces
}

/// Fills lines greedily: the ranges of pieces on each.
fn fill(pieces: &[Piece], space: f64, width: f64) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut used = 0.0;
    for (nth, piece) in pieces.iter().enumerate() {
        let must = nth > start && pieces[nth - 1].ends_line;
        if nth > start && (must || used + space + piece.width > width + 1e-9) {
            lines.push(start..nth);
            start = nth;
        }
        used = if nth == start { piece.width } else { used + space + piece.width };
    }
    if start < pieces.len() {
        lines.push(start..pieces.len());
    }
    lines
}

fn join(pieces: &[Piece], lines: &[std::ops::Range<usize>]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let texts: Vec<&str> = pieces[line.clone()].iter().map(|piece| piece.text.as_str()).collect();
            texts.join(" ")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f64) -> Vec<String> {
        wrap(text, Style::BODY, width, Language::Nl)
    }

    #[test]
    fn lines_are_balanced() {
        assert_eq!(
            lines("Zeker weten wanneer iemand komt, en zelf kunnen wijzigen", 27.5),
            ["Zeker weten wanneer", "iemand komt, en zelf", "kunnen wijzigen"]
        );
    }

    #[test]
    fn what_is_cut_off_shows() {
        let long = lines("zodra de afspraak is gemaakt of de afspraak is verzet door de huurder zelf", 24.0);
        let short = cut(long.clone(), 2, Style::BODY, 24.0);
        assert_eq!(short.len(), 2);
        assert!(short[1].ends_with('…') && Style::BODY.width(&short[1]) <= 24.0);
        assert_eq!(cut(long.clone(), 9, Style::BODY, 24.0), long);
    }

    #[test]
    fn nothing_gives_no_lines() {
        assert!(lines("  \n ", 20.0).is_empty());
    }

    #[test]
    fn a_no_break_space_holds() {
        assert_eq!(lines("doel bereikt 77\u{a0}%", 15.0).last().map(String::as_str), Some("77\u{a0}%"));
    }

    #[test]
    fn a_dutch_article_holds_on_to_its_word() {
        assert!(
            lines("wanneer het mij uitkomt, ook 's avonds", 20.0).iter().any(|line| line.contains("'s\u{a0}avonds"))
        );
    }

    #[test]
    fn only_a_word_that_exceeds_the_column_is_parted() {
        let found = lines("het klantcontactcentrum belt", 20.0);
        assert_eq!(found, ["het", "klantcontact-", "centrum belt"]);
        assert!(lines("het klantcontactcentrum belt", 26.0).iter().all(|line| !line.ends_with('-')));
    }
}
