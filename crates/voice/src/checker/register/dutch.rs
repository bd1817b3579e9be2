//! Dutch: u beside je, and the ge of Flanders. Pronouns after the ANS, chapters 5.2 and 5.5.

use super::{Cue, Side, Weight, traps};
use crate::checker::{passage::Owner, phrase::Phrases, word::Word};

const FORMAL: &[&str] = &[
    "u",
    "uw",
    "uwe",
    "uws",
    "uwer",
    "uzelf",
    "uzelve",
    "uwerzijds",
    "uwentwege",
    "alstublieft",
    "alstublief",
    "astublieft",
    "dankuwel",
    "hoogachtend",
    "geachte",
];
const INFORMAL: &[&str] = &[
    "je",
    "jij",
    "jou",
    "jouw",
    "jouwe",
    "jouwen",
    "jezelf",
    "jouzelf",
    "jijzelf",
    "dankjewel",
    "dankje",
    "alsjeblieft",
    "alsjeblief",
    "asjeblieft",
    "asjeblief",
];
/// Of these the form of address has worn off: many who say u thank with "dankjewel".
const INTERJECTIONS: &[&str] = &[
    "alstublieft",
    "alstublief",
    "astublieft",
    "dankuwel",
    "dankjewel",
    "dankje",
    "alsjeblieft",
    "alsjeblief",
    "asjeblieft",
    "asjeblief",
];
const REGIONAL: &[&str] = &["ge", "gij", "gijzelf", "gijlie"];

pub(super) fn cues(text: &str, words: &[Word<'_>]) -> Vec<Cue> {
    let idioms = idioms(words);
    let flemish = regional_sentences(words);
    let mut cues = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some((side, regional)) = side(&word.lower) else { continue };
        if matches!(word.owner, Owner::Data | Owner::Code) || traps::is_none(text, words, index) {
            continue;
        }
        // "Ge moogt uw jas ophangen": there u and uw belong to ge.
        if side == Side::Formal && flemish.binary_search(&word.sentence).is_ok() && word.lower.starts_with('u') {
            continue;
        }
        let weight = match word.owner {
            Owner::Quoted => Weight::Quoted,
            _ if idioms.get(index) == Some(&true) => Weight::Idiom,
            _ if word.lower == "jullie" => Weight::Plural,
            _ if INTERJECTIONS.contains(&word.lower.as_str()) => Weight::Interjection,
            _ => Weight::Strong,
        };
        cues.push(Cue { at: word.at.clone(), side, weight, regional });
    }
    cues
}

fn side(lower: &str) -> Option<(Side, bool)> {
    if FORMAL.contains(&lower) {
        return Some((Side::Formal, false));
    }
    if INFORMAL.contains(&lower) || lower == "jullie" {
        return Some((Side::Informal, false));
    }
    REGIONAL.contains(&lower).then_some((Side::Informal, true))
}

/// Which words stand in a set phrase.
fn idioms(words: &[Word<'_>]) -> Vec<bool> {
    let mut within = vec![false; words.len()];
    let phrases = Phrases::of(include_str!("../lists/idioms.nl.txt"));
    for index in 0..words.len() {
        let length = phrases.longest_at(words, index).map_or(0, |(length, _)| length);
        within[index..index + length].fill(true);
    }
    within
}

/// Sentences that say ge or gij, ascending.
fn regional_sentences(words: &[Word<'_>]) -> Vec<usize> {
    let regional = |word: &&Word<'_>| (word.first || !word.is_capital()) && REGIONAL.contains(&word.lower.as_str());
    let mut sentences: Vec<usize> = words.iter().filter(regional).map(|word| word.sentence).collect();
    sentences.dedup();
    sentences
}
