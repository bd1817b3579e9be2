//! Words that push, and dates and numbers that were typed where a fact belongs.
//!
//! A deadline that is true for this reader, from data, is information; the same words with a date that somebody typed are not
//! true for most. After the classes scarcity, urgency and social proof of Mathur et al. (2019); the Dutch phrases are our own.

use super::{
    examine::Setting,
    lists::{HOURS, MONTHS, NUMBERS, WEEKDAYS},
    passage::{Owner, Passage, Tongue},
    phrase::Phrases,
    remark::Remark,
    rule::Rule,
    word::Word,
};

pub(super) fn remarks(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Vec<Remark> {
    let list = match passage.tongue() {
        Tongue::Dutch => include_str!("lists/pressure.nl.txt"),
        Tongue::English => include_str!("lists/pressure.en.txt"),
        Tongue::German => include_str!("lists/pressure.de.txt"),
    };
    let phrases = Phrases::of(list);
    let mut remarks = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let word = &words[index];
        let numbers = if is_number(word) { phrases.beginning("#") } else { &[] };
        let those = phrases.beginning(&word.lower).iter().chain(numbers).filter(|_| word.owner == Owner::Writer);
        let found = those.filter_map(|(phrase, _)| matched(words, index, phrase)).max_by_key(|(length, ..)| *length);
        let Some((length, rule, typed)) = found else {
            index += 1;
            continue;
        };
        if typed && (rule == Rule::Pressure || setting.template) {
            let at = words[index].at.start..words[index + length - 1].at.end;
            let found = passage.text[at.clone()].to_owned();
            remarks.push(Remark { rule, found, at, against: String::new(), rewrite: None });
        }
        index += length;
    }
    remarks
}

/// How many words a phrase takes, what it is, and whether its number or date was typed. `#` is a number, `@` a date.
fn matched(words: &[Word<'_>], index: usize, phrase: &str) -> Option<(usize, Rule, bool)> {
    let (mut taken, mut rule, mut typed) = (0, Rule::Pressure, true);
    for part in phrase.split(' ') {
        let word = words.get(index + taken)?;
        if taken > 0 && !word.gap.chars().all(|c| c.is_whitespace() || "=-/".contains(c)) {
            return None;
        }
        taken += match part {
            "#" if is_number(word) => 1,
            "@" => {
                rule = Rule::Literal;
                date(words, index + taken)?
            }
            _ if word.lower == part => 1,
            _ => return None,
        };
        if matches!(part, "#" | "@") {
            typed &= word.owner == Owner::Writer;
        }
    }
    Some((taken, rule, typed))
}

fn is_number(word: &Word<'_>) -> bool {
    word.is_number() || HOURS.contains(&word.lower.as_str()) || NUMBERS.contains(&word.lower.as_str())
}

/// How many words a date takes: "vrijdag 3 mei 2027", "3-5", "3 mei", "May 3", "vrijdag".
fn date(words: &[Word<'_>], index: usize) -> Option<usize> {
    let word = |offset: usize| words.get(index + offset);
    let month = |word: &Word<'_>| MONTHS.contains(&word.lower.as_str());
    if WEEKDAYS.contains(&word(0)?.lower.as_str()) {
        let rest = date(words, index + 1).filter(|_| word(1).is_some_and(|next| next.is_number() && next.follows()));
        return Some(1 + rest.unwrap_or(0));
    }
    let year = |offset: usize| {
        usize::from(word(offset).is_some_and(|word| word.is_number() && word.text.len() == 4 && word.follows()))
    };
    if word(0)?.is_number() && word(1).is_some_and(month) {
        return Some(2 + year(2));
    }
    if month(word(0)?) && word(1).is_some_and(Word::is_number) && word(0)?.is_capital() {
        return Some(2 + year(2));
    }
    let joined = |offset: usize| word(offset).is_some_and(|word| word.is_number() && matches!(word.gap, "-" | "/"));
    if word(0)?.is_number() && joined(1) {
        return Some(if joined(2) { 3 } else { 2 });
    }
    // What came from data is whatever it says.
    (word(0)?.owner == Owner::Data).then_some(1)
}
