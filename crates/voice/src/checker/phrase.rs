//! Set phrases, word for word.

use super::word::Word;

/// Whether the words from `index` on are those of a phrase (lower case, by spaces). `*` stands for any one word.
pub(super) fn at(words: &[Word<'_>], index: usize, phrase: &str) -> bool {
    length_at(words, index, phrase).is_some()
}

/// How many words the phrase takes that begins at `index`, when it does.
pub(super) fn length_at(words: &[Word<'_>], index: usize, phrase: &str) -> Option<usize> {
    let mut taken = 0;
    for part in phrase.split(' ') {
        let word = words.get(index + taken)?;
        let joined = taken == 0 || word.gap.chars().all(|c| c.is_whitespace() || "=-,'’".contains(c));
        if !joined || (part != "*" && word.lower != part) {
            return None;
        }
        taken += 1;
    }
    Some(taken)
}

/// The phrases of a list file: one to a line; what begins with `#` is for the reader.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Many phrases, found by their first word.
pub(super) struct Phrases {
    /// The phrase, and what stands behind it after a tab.
    sorted: Vec<(&'static str, &'static str)>,
}

impl Phrases {
    /// Those of a list file.
    pub(super) fn of(list: &'static str) -> Self {
        let mut sorted: Vec<_> = lines(list).map(|line| line.split_once('\t').unwrap_or((line, ""))).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Those that begin with a word.
    pub(super) fn beginning(&self, word: &str) -> &[(&'static str, &'static str)] {
        let first = |phrase: &str| phrase.split(' ').next().unwrap_or_default().cmp(word);
        let from = self.sorted.partition_point(|(phrase, _)| first(phrase).is_lt());
        let to = from + self.sorted[from..].partition_point(|(phrase, _)| first(phrase).is_eq());
        &self.sorted[from..to]
    }

    /// The longest that stands at `index`: its words, and what stands behind it.
    pub(super) fn longest_at(&self, words: &[Word<'_>], index: usize) -> Option<(usize, &'static str)> {
        let those = self.beginning(&words.get(index)?.lower).iter();
        those
            .filter_map(|(phrase, more)| Some((length_at(words, index, phrase)?, *more)))
            .max_by_key(|(length, _)| *length)
    }
}
