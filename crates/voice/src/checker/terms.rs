//! The organisation's own words: what it says, what it never says, its name.

use std::ops::Range;

use super::{
    examine::Setting,
    passage::{Owner, Passage},
    phrase,
    remark::Remark,
    rule::Rule,
    word::Word,
};

/// Letters from which on a name that differs by one letter is that name spelt wrong.
const NAME_LETTERS_MIN: usize = 6;

pub(super) fn remarks(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (said, instead) in &setting.voice.say {
        for term in instead {
            let found = places(words, term).into_iter();
            remarks.extend(found.map(|(at, first)| {
                let rewrite = Some(like(said, first));
                Remark {
                    rule: Rule::Term,
                    found: passage.text[at.clone()].to_owned(),
                    at,
                    against: said.clone(),
                    rewrite,
                }
            }));
        }
    }
    for term in &setting.voice.avoid {
        let found = places(words, term).into_iter();
        remarks.extend(found.map(|(at, _)| Remark {
            rule: Rule::Avoided,
            found: passage.text[at.clone()].to_owned(),
            at,
            against: String::new(),
            rewrite: None,
        }));
    }
    remarks.extend(names(passage, words, setting.organisation));
    remarks
}

/// Where a term stands in the writer's words, with its first word.
fn places<'a>(words: &'a [Word<'a>], term: &str) -> Vec<(Range<usize>, &'a Word<'a>)> {
    let term = split(term).join(" ");
    if term.is_empty() {
        return Vec::new();
    }
    let starts = (0..words.len()).filter(|index| words[*index].owner == Owner::Writer);
    let found = starts.filter_map(|index| {
        let length = phrase::length_at(words, index, &term)?;
        Some((words[index].at.start..words[index + length - 1].at.end, &words[index]))
    });
    found.collect()
}

/// The words of a term as the text is split.
fn split(term: &str) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    term.unicode_words().map(str::to_lowercase).collect()
}

/// With a capital where the other has one.
fn like(said: &str, first: &Word<'_>) -> String {
    let mut letters = said.chars();
    match letters.next() {
        Some(letter) if first.is_capital() => letter.to_uppercase().chain(letters).collect(),
        _ => said.to_owned(),
    }
}

/// The name of the organisation, in other letters than its own.
fn names(passage: &Passage, words: &[Word<'_>], name: &str) -> Vec<Remark> {
    let parts = split(name);
    let mut remarks = Vec::new();
    if parts.is_empty() || parts.iter().map(String::len).sum::<usize>() < 3 {
        return remarks;
    }
    for index in 0..words.len() {
        let Some(run) = words.get(index..index + parts.len()) else { break };
        if run.iter().any(|word| word.owner != Owner::Writer)
            || run[1..].iter().any(|word| word.gap != " " && word.gap != "-")
        {
            continue;
        }
        let at = run[0].at.start..run[parts.len() - 1].at.end;
        let found = &passage.text[at.clone()];
        let same = run.iter().zip(&parts).all(|(word, part)| word.lower == *part);
        let misspelt = || {
            let one = parts.len() == 1 && run[0].is_capital() && parts[0].chars().count() >= NAME_LETTERS_MIN;
            one && is_one_off(&run[0].lower, &parts[0])
        };
        // All small or all capital letters may be a word of the language, or a head in capitals.
        let otherwise = same
            && found != name
            && !run.iter().all(Word::is_shouted)
            && (found != found.to_lowercase() || parts[0].len() >= NAME_LETTERS_MIN);
        if otherwise && !is_address(passage, &at) || misspelt() {
            remarks.push(Remark {
                rule: Rule::Name,
                found: found.to_owned(),
                at,
                against: name.to_owned(),
                rewrite: Some(name.to_owned()),
            });
        }
    }
    remarks
}

/// Within "rijnoever.nl".
fn is_address(passage: &Passage, at: &Range<usize>) -> bool {
    let mut after = passage.text[at.end..].chars();
    after.next().is_some_and(|c| matches!(c, '.' | '-' | '@')) && after.next().is_some_and(char::is_alphabetic)
}

/// Whether two words differ by one letter: another, one more or one less; not by a genitive s.
fn is_one_off(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let (short, long) = if left.len() <= right.len() { (&left, &right) } else { (&right, &left) };
    if left == right
        || long.len() - short.len() > 1
        || long.len() > short.len() && long.last() == Some(&'s') && long.starts_with(short)
    {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let skip = usize::from(long.len() == short.len());
    short[(same + skip).min(short.len())..] == long[same + 1..]
}
