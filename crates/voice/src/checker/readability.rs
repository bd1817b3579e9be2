//! How hard a text is: long sentences, hard words, and a formula.
//!
//! Dutch: Flesch-Douma (Douma 1960), 206.84 − 0.77 syllables per 100 words − 0.93 words per sentence. English: Flesch (1948),
//! 206.835 − 84.6 syllables per word − 1.015 words per sentence. German: Amstad (1978), 180 − 58.5 syllables per word − words
//! per sentence. Such a formula says little about one message, so no rule hangs on it and no level ("B1") is made of it.

use std::ops::Range;

use super::{
    examine::Setting,
    passage::{Owner, Passage, Tongue},
    phrase::Phrases,
    remark::Remark,
    rule::Rule,
    syllables::syllables,
    word::{Word, words},
};

/// Words from which on the formula says anything.
const WORDS_MIN: usize = 30;

/// How easy a text reads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ease {
    /// About 0 (hard) to 100 (easy); may lie outside.
    pub score: f64,
    /// Words.
    pub words: usize,
    /// Sentences.
    pub sentences: usize,
    /// Syllables.
    pub syllables: usize,
}

/// The ease of a passage; `None` for a text of fewer than 30 words.
pub fn ease(passage: &Passage) -> Option<Ease> {
    let (words, sentences) = words(passage);
    let counted: Vec<&Word<'_>> = words.iter().filter(|word| word.owner != Owner::Code).collect();
    if counted.len() < WORDS_MIN {
        return None;
    }
    let tongue = passage.tongue();
    let count: usize = counted.iter().map(|word| syllables(word.text, tongue)).sum();
    let per_word = count as f64 / counted.len() as f64;
    let per_sentence = counted.len() as f64 / sentences.len().max(1) as f64;
    let score = match tongue {
        Tongue::Dutch => 206.84 - 77.0 * per_word - 0.93 * per_sentence,
        Tongue::English => 206.835 - 84.6 * per_word - 1.015 * per_sentence,
        Tongue::German => 180.0 - 58.5 * per_word - per_sentence,
    };
    Some(Ease { score, words: counted.len(), sentences: sentences.len(), syllables: count })
}

pub(super) fn remarks(
    passage: &Passage,
    words: &[Word<'_>],
    sentences: &[Range<usize>],
    setting: &Setting<'_>,
) -> Vec<Remark> {
    let mut remarks = long(passage, words, sentences, setting.voice.sentence_words);
    remarks.extend(hard(passage, words));
    remarks
}

/// Sentences of more words than agreed; what came from data counts as one word for each value.
fn long(passage: &Passage, words: &[Word<'_>], sentences: &[Range<usize>], max: u32) -> Vec<Remark> {
    let mut counts = vec![0_u32; sentences.len()];
    let mut before = Owner::Writer;
    for word in words {
        let goes_on = matches!(word.owner, Owner::Data | Owner::Code) && word.owner == before;
        before = word.owner;
        if let Some(count) = counts.get_mut(word.sentence).filter(|_| !goes_on) {
            *count += 1;
        }
    }
    let long = counts.into_iter().zip(sentences).filter(|(count, _)| *count > max);
    long.map(|(_, at)| Remark {
        rule: Rule::LongSentence,
        at: at.clone(),
        found: passage.text[at.clone()].to_owned(),
        against: max.to_string(),
        rewrite: None,
    })
    .collect()
}

/// Words of the list; each line says the word, a tab and the plainer one (or nothing).
fn hard(passage: &Passage, words: &[Word<'_>]) -> Vec<Remark> {
    let list = match passage.tongue() {
        Tongue::Dutch => include_str!("lists/hard.nl.tsv"),
        Tongue::English => include_str!("lists/hard.en.tsv"),
        Tongue::German => include_str!("lists/hard.de.tsv"),
    };
    let phrases = Phrases::of(list);
    let mut remarks = Vec::new();
    for (index, word) in words.iter().enumerate().filter(|(_, word)| word.owner == Owner::Writer) {
        let Some((length, plain)) = phrases.longest_at(words, index) else { continue };
        let at = word.at.start..words[index + length - 1].at.end;
        let rewrite = (!plain.is_empty()).then(|| {
            let mut letters = plain.chars();
            match letters.next() {
                Some(first) if word.is_capital() => first.to_uppercase().chain(letters).collect(),
                _ => plain.to_owned(),
            }
        });
        remarks.push(Remark {
            rule: Rule::HardWord,
            found: passage.text[at.clone()].to_owned(),
            at,
            against: String::new(),
            rewrite,
        });
    }
    remarks
}
