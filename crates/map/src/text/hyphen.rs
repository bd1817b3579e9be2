//! Parting a word that is wider than its column.

use hypher::Lang;
use words::Language;

use super::compounds::seams;
use super::style::Style;

const SOFT_HYPHEN: char = '\u{ad}';
/// Bytes that a part after a hyphen has at least, where there is a choice.
const TAIL_MIN: usize = 4;

/// A word without the soft hyphens an author put in it.
pub(crate) fn bare(word: &str) -> String {
    word.replace(SOFT_HYPHEN, "")
}

/// Parts a word into pieces that each fit `width`. All but the last end where a line must end, with a hyphen where the
/// word has none of its own. A word that fits comes back whole.
pub(crate) fn part(word: &str, style: Style, width: f64, language: Language) -> Vec<String> {
    let soft = soft_breaks(word);
    let word = bare(word);
    let breaks = Breaks::of(&word, soft, language);
    let mut pieces = Vec::new();
    let mut start = 0;
    while style.width(&word[start..]) > width {
        let at = breaks.next(&word, start, style, width);
        pieces.push(with_hyphen(&word[start..at]));
        start = at;
    }
    pieces.push(word[start..].to_owned());
    pieces
}

fn with_hyphen(piece: &str) -> String {
    if piece.ends_with(|c: char| c.is_alphabetic()) { format!("{piece}-") } else { piece.to_owned() }
}

/// Where the author put soft hyphens, as byte positions in the bare word.
fn soft_breaks(word: &str) -> Vec<usize> {
    word.match_indices(SOFT_HYPHEN).enumerate().map(|(count, (at, _))| at - count * SOFT_HYPHEN.len_utf8()).collect()
}

/// Break positions of one word, best kind first: the author's, after signs, seams of a compound, syllables.
struct Breaks {
    kinds: [Vec<usize>; 4],
}

impl Breaks {
    fn of(word: &str, soft: Vec<usize>, language: Language) -> Self {
        let signs = word
            .char_indices()
            .filter(|(_, c)| matches!(c, '-' | '/' | '_' | '.' | '@' | '–' | '&' | '='))
            .map(|(at, c)| at + c.len_utf8())
            .filter(|at| *at < word.len())
            .collect();
        let compound = match language {
            Language::Nl => seams(word),
            Language::En => Vec::new(),
        };
        Self { kinds: [soft, signs, compound, syllables(word, language)] }
    }

    /// The last good position that fits, from the best kind that has one; else as many letters as fit, at least one.
    fn next(&self, word: &str, start: usize, style: Style, width: f64) -> usize {
        let fits = |at: &usize| *at > start && style.width(&with_hyphen(&word[start..*at])) <= width;
        // A tail of two or three letters on a line of its own reads badly, so those breaks come last.
        let long_tail = |at: &usize| word.len() - at >= TAIL_MIN;
        let find = |tail: &dyn Fn(&usize) -> bool| {
            let kinds = self.kinds.iter();
            kinds.filter_map(|kind| kind.iter().copied().filter(|at| fits(at) && tail(at)).max()).next()
        };
        let best = find(&long_tail).or_else(|| find(&|_| true));
        best.unwrap_or_else(|| letters(word, start, fits))
    }
}

fn syllables(word: &str, language: Language) -> Vec<usize> {
    if !word.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let language = match language {
        Language::Nl => Lang::Dutch,
        Language::En => Lang::English,
    };
    hypher::hyphenate(word, language)
        .scan(0, |at, syllable| {
            *at += syllable.len();
            Some(*at)
        })
        .filter(|at| *at < word.len())
        .collect()
}

fn letters(word: &str, start: usize, fits: impl Fn(&usize) -> bool) -> usize {
    let ends = word[start..].char_indices().map(|(at, c)| start + at + c.len_utf8());
    let first = ends.clone().next().unwrap_or(word.len());
    ends.filter(fits).max().unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(word: &str, width: f64) -> Vec<String> {
        part(word, Style::BODY, width, Language::Nl)
    }

    #[test]
    fn a_word_that_fits_stays_whole() {
        assert_eq!(parted("klantcontactcentrum", 40.0), ["klantcontactcentrum"]);
    }

    #[test]
    fn a_compound_parts_at_its_seam() {
        assert_eq!(parted("klantcontactcentrum", 20.0), ["klantcontact-", "centrum"]);
    }

    #[test]
    fn other_words_part_between_syllables() {
        assert_eq!(parted("verantwoordelijkheid", 16.0).concat().replace('-', ""), "verantwoordelijkheid");
        assert!(parted("verantwoordelijkheid", 16.0).len() > 1);
    }

    #[test]
    fn the_author_decides_first() {
        assert_eq!(parted("klant\u{ad}contactcentrum", 20.0)[0], "klant-");
    }

    #[test]
    fn no_piece_is_wider_than_the_column_as_long_as_a_letter_fits() {
        for piece in parted("https://www.voorbeeld.nl/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 12.0) {
            assert!(Style::BODY.width(&piece) <= 12.0, "{piece}");
        }
    }
}
