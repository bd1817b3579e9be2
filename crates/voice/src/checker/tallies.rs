//! Emoji, exclamation marks, capitals: how many a message may have.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{
    examine::Setting,
    passage::{Owner, Passage},
    remark::Remark,
    rule::Rule,
    word::Word,
};

pub(super) fn remarks(passage: &Passage, words: &[Word<'_>], setting: &Setting<'_>) -> Vec<Remark> {
    let mut remarks = over(passage, Rule::Emoji, emoji(passage), setting.voice.emoji, "");
    remarks.extend(exclamations(passage, setting.voice.exclamations));
    remarks.extend(shouting(passage, words));
    remarks
}

/// Those beyond the budget.
fn over(passage: &Passage, rule: Rule, found: Vec<Range<usize>>, budget: u32, rewrite: &str) -> Vec<Remark> {
    let beyond = found.into_iter().skip(budget as usize);
    let remark = |at: Range<usize>| Remark {
        rule,
        found: passage.text[at.clone()].to_owned(),
        at,
        against: budget.to_string(),
        rewrite: Some(rewrite.to_owned()),
    };
    beyond.map(remark).collect()
}

fn emoji(passage: &Passage) -> Vec<Range<usize>> {
    let signs = passage.text.grapheme_indices(true);
    let own = signs.filter(|(at, sign)| passage.owner(*at) == Owner::Writer && is_emoji(sign));
    own.map(|(at, sign)| at..at + sign.len()).collect()
}

fn is_emoji(sign: &str) -> bool {
    sign.contains('\u{FE0F}')
        || sign.chars().any(|c| matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{26FF}' | '\u{2700}'..='\u{2712}' | '\u{2728}'..='\u{27BF}'))
}

fn exclamations(passage: &Passage, budget: u32) -> Vec<Remark> {
    let text = &passage.text;
    let mut remarks = Vec::new();
    let (mut at, mut count) = (0, 0);
    while let Some(found) = text[at..].find('!') {
        let start = at + found;
        let run = text[start..].bytes().take_while(|byte| *byte == b'!').count();
        at = start + run;
        if passage.owner(start) != Owner::Writer {
            continue;
        }
        count += 1;
        if count > budget || run > 1 {
            let rewrite = if count > budget { "." } else { "!" };
            remarks.push(Remark {
                rule: Rule::Exclamations,
                found: text[start..at].to_owned(),
                at: start..at,
                against: budget.to_string(),
                rewrite: Some(rewrite.to_owned()),
            });
        }
    }
    remarks
}

/// Three words in capitals, or two long ones: an abbreviation stands alone.
fn shouting(passage: &Passage, words: &[Word<'_>]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let loud = |word: &Word<'_>| word.owner == Owner::Writer && word.is_shouted() && !word.is_number();
        let run = words[index..]
            .iter()
            .enumerate()
            .take_while(|(at, word)| loud(word) && (*at == 0 || word.follows()))
            .count();
        let letters: usize = words[index..index + run].iter().map(|word| word.text.chars().count()).sum();
        if run >= 3 || run == 2 && letters >= 10 {
            let at = words[index].at.start..words[index + run - 1].at.end;
            let found = passage.text[at.clone()].to_owned();
            let mut letters = found.chars();
            let quiet: String = letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
            remarks.push(Remark { rule: Rule::Shouting, found, at, against: String::new(), rewrite: Some(quiet) });
        }
        index += run.max(1);
    }
    remarks
}
