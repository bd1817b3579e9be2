use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{
    passage::{Owner, Passage},
    sentence,
};

/// One word of a passage.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) lower: String,
    pub(crate) at: Range<usize>,
    pub(crate) owner: Owner,
    /// What stands between the word before and this one.
    pub(crate) gap: &'a str,
    /// Index of its sentence.
    pub(crate) sentence: usize,
    /// Whether a capital means nothing here: the first word of a sentence, or of what follows a colon or an opening sign.
    pub(crate) first: bool,
}

impl Word<'_> {
    pub(crate) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// More than one letter, all of them capitals.
    pub(crate) fn is_shouted(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !self.text.chars().any(char::is_lowercase)
    }

    pub(crate) fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether nothing but space stands between the word before and this one.
    pub(crate) fn follows(&self) -> bool {
        !self.gap.is_empty() && self.gap.chars().all(char::is_whitespace)
    }
}

/// Every word of a passage, in order, with its sentences.
pub(crate) fn words(passage: &Passage) -> (Vec<Word<'_>>, Vec<Range<usize>>) {
    let text = passage.text.as_str();
    let sentences = sentence::sentences(text);
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut sentence = 0;
    let mut before = 0;
    for (at, word) in text.unicode_word_indices() {
        let mut first = words.is_empty();
        while sentences.get(sentence).is_some_and(|range| at >= range.end) && sentence + 1 < sentences.len() {
            sentence += 1;
            first = true;
        }
        let gap = &text[before..at];
        let first = first || gap.contains([':', '(', '“', '„', '‘', '«', '"', '[', '–', '—', '•', '\n', '*']);
        before = at + word.len();
        words.push(Word {
            text: word,
            lower: word.to_lowercase(),
            at: at..before,
            owner: passage.owner(at),
            gap,
            sentence,
            first,
        });
    }
    (words, sentences)
}
