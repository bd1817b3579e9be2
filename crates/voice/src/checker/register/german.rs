//! German: Sie beside du. The capital tells "Sie" from "sie", except at the head of a sentence.

use super::{Cue, Side, Weight};
use crate::checker::{passage::Owner, word::Word};

const FORMAL: &[&str] =
    &["sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "ihrerseits", "ihretwegen"];
const INFORMAL: &[&str] = &[
    "du",
    "dich",
    "dir",
    "dein",
    "deine",
    "deinen",
    "deinem",
    "deiner",
    "deines",
    "deins",
    "deinerseits",
    "deinetwegen",
];
const PLURAL: &[&str] = &["euch", "euer", "eure", "euren", "eurem", "eurer", "eures"];

pub(super) fn cues(words: &[Word<'_>]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some((side, weight)) = judged(word, words.get(index + 1)) else { continue };
        let weight = match word.owner {
            Owner::Data | Owner::Code => continue,
            Owner::Quoted => Weight::Quoted,
            Owner::Writer => weight,
        };
        cues.push(Cue { at: word.at.clone(), side, weight, regional: false });
    }
    cues
}

fn judged(word: &Word<'_>, after: Option<&Word<'_>>) -> Option<(Side, Weight)> {
    let lower = word.lower.as_str();
    if INFORMAL.contains(&lower) {
        return Some((Side::Informal, Weight::Strong));
    }
    if PLURAL.contains(&lower) {
        return Some((Side::Informal, Weight::Plural));
    }
    if lower == "geehrte" || lower == "geehrter" || lower == "hochachtungsvoll" {
        return Some((Side::Formal, Weight::Strong));
    }
    if !FORMAL.contains(&lower) || !word.is_capital() {
        return None;
    }
    if !word.first {
        return Some((Side::Formal, Weight::Strong));
    }
    // "Sie hat", "Sie ist": she. "Sie haben": you, or they.
    let singular = after.is_some_and(|after| {
        let after = after.lower.as_str();
        lower == "sie"
            && (after.ends_with('t') || ["war", "kann", "will", "soll", "muss", "wird", "darf", "mag"].contains(&after))
    });
    (!singular).then_some((Side::Formal, Weight::Ambiguous))
}
