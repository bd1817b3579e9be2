//! How a message ends, and whether it leads to a person.
//!
//! The end weighs most in what is remembered (Kahneman et al. 1993, peak and end), so bad news does not have the last word.

use std::ops::Range;

use super::{
    lists::{BAD_NEWS, CLOSINGS, EXITS, FORMAL_CLOSINGS, FRIENDLY_CLOSINGS, WAY_ON},
    passage::{Owner, Passage},
    phrase,
    remark::Remark,
    rule::Rule,
    word::Word,
};

pub(super) fn remarks(passage: &Passage, words: &[Word<'_>], sentences: &[Range<usize>]) -> Vec<Remark> {
    low(passage, words, sentences).into_iter().chain(no_exit(passage, words)).collect()
}

/// The last sentence before the closing, when it is bad news without a way on.
fn low(passage: &Passage, words: &[Word<'_>], sentences: &[Range<usize>]) -> Option<Remark> {
    let is_closing = |index: usize| {
        [CLOSINGS, FORMAL_CLOSINGS, FRIENDLY_CLOSINGS]
            .iter()
            .any(|list| list.iter().any(|closing| phrase::at(words, index, closing)))
    };
    let first = |sentence: usize| {
        let index = words.partition_point(|word| word.sentence < sentence);
        words.get(index).is_some_and(|word| word.sentence == sentence).then_some(index)
    };
    let own = |sentence: usize| {
        let all = words[first(sentence).unwrap_or(words.len())..].iter();
        all.take_while(move |word| word.sentence == sentence).filter(|word| word.owner == Owner::Writer)
    };
    let end = (0..sentences.len())
        .find(|sentence| *sentence > 0 && first(*sentence).is_some_and(is_closing))
        .unwrap_or(sentences.len());
    let last = (0..end).rev().find(|sentence| own(*sentence).count() >= 3)?;
    let said = |list: &[&str]| own(last).any(|word| list.contains(&word.lower.as_str()));
    if !said(BAD_NEWS) || said(WAY_ON) || passage.text[sentences[last].clone()].ends_with('?') {
        return None;
    }
    let at = sentences[last].clone();
    let found = passage.text[at.clone()].to_owned();
    Some(Remark { rule: Rule::LowEnding, found, at, against: String::new(), rewrite: None })
}

/// No word, number or address that leads to a person.
fn no_exit(passage: &Passage, words: &[Word<'_>]) -> Option<Remark> {
    let named = words.iter().any(|word| EXITS.contains(&word.lower.as_str()));
    let last = words.last()?;
    if named || passage.text.contains('@') || has_phone(&passage.text) {
        return None;
    }
    let at = last.at.clone();
    let found = last.text.to_owned();
    Some(Remark { rule: Rule::NoExit, found, at, against: String::new(), rewrite: None })
}

/// Ten digits or more in a row, with what one writes between them: a telephone number.
fn has_phone(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => digits += 1,
            ' ' | '-' | '(' | ')' | '+' | '.' => {}
            _ => digits = 0,
        }
        if digits >= 10 {
            return true;
        }
    }
    false
}
