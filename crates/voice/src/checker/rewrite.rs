//! How it reads in the other form of address: the pronoun, and the verb before it that agrees with it.

use std::ops::Range;

use words::FormOfAddress;

use super::{
    lists::{NO_NOUNS, STEMS},
    passage::{Passage, Tongue},
    register::Cue,
    word::Word,
};

/// The bytes to replace and what comes there; `None` when that takes a writer.
pub(super) fn to(
    passage: &Passage,
    words: &[Word<'_>],
    cue: &Cue,
    wanted: FormOfAddress,
) -> Option<(Range<usize>, String)> {
    if passage.tongue() != Tongue::Dutch {
        return None;
    }
    let index = words.binary_search_by_key(&cue.at.start, |word| word.at.start).ok()?;
    let word = &words[index];
    let verb = index.checked_sub(1).and_then(|before| words.get(before)).filter(|_| word.gap == " ");
    let pronoun = match wanted {
        FormOfAddress::U => formal(words, index)?,
        FormOfAddress::Je => informal(&word.lower)?,
    };
    let pair =
        verb.and_then(|verb| Some((verb, agreeing(&verb.lower, wanted)?))).filter(|_| matches!(pronoun, "u" | "je"));
    match pair {
        Some((verb, form)) if form != verb.lower => {
            Some((verb.at.start..word.at.end, format!("{} {}", cased(form, verb), cased(pronoun, word))))
        }
        _ => Some((word.at.clone(), cased(pronoun, word))),
    }
}

fn cased(text: &str, like: &Word<'_>) -> String {
    if like.is_shouted() {
        return text.to_uppercase();
    }
    let mut letters = text.chars();
    match letters.next().filter(|_| like.is_capital()) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text.to_owned(),
    }
}

/// The verb before the pronoun in its other form.
fn agreeing(verb: &str, wanted: FormOfAddress) -> Option<&'static str> {
    match wanted {
        FormOfAddress::U => STEMS.iter().find(|(stem, _)| *stem == verb).map(|(_, form)| *form),
        FormOfAddress::Je if verb == "heeft" => Some("heb"),
        FormOfAddress::Je => STEMS.iter().rfind(|(_, form)| *form == verb).map(|(stem, _)| *stem),
    }
}

fn informal(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "u" => "je",
        "uw" => "je",
        "uwe" => "jouwe",
        "uzelf" | "uzelve" => "jezelf",
        "alstublieft" | "alstublief" | "astublieft" => "alsjeblieft",
        "dankuwel" => "dankjewel",
        "geachte" => "beste",
        "hoogachtend" => "met vriendelijke groet",
        _ => return None,
    })
}

fn formal(words: &[Word<'_>], index: usize) -> Option<&'static str> {
    Some(match words[index].lower.as_str() {
        "jij" | "jou" | "jijzelf" => "u",
        "jouw" => "uw",
        "jouwe" => "uwe",
        "jezelf" | "jouzelf" => "uzelf",
        "dankjewel" | "dankje" => "dank u wel",
        "alsjeblieft" | "alsjeblief" | "asjeblieft" | "asjeblief" => "alstublieft",
        "je" if is_possessive(words, index) => "uw",
        "je" => "u",
        _ => return None,
    })
}

/// Whether "je" is "jouw": a thing follows, and no verb before it asks for a subject.
fn is_possessive(words: &[Word<'_>], index: usize) -> bool {
    const AFTER_THESE_A_SUBJECT: &[&str] = &[
        "dat", "als", "of", "omdat", "zodat", "wanneer", "waar", "die", "wat", "hoe", "totdat", "voordat", "nadat",
        "terwijl", "zoals", "waarom", "waarmee", "waarop", "toen", "dan", "dank", "welke",
    ];
    let before = index.checked_sub(1).and_then(|before| words.get(before)).filter(|_| words[index].follows());
    let Some(after) = words.get(index + 1).filter(|after| after.follows()) else { return false };
    let is_verb = |lower: &str| STEMS.iter().any(|(stem, form)| *stem == lower || *form == lower);
    if is_verb(&after.lower) || NO_NOUNS.contains(&after.lower.as_str()) || after.is_number() {
        return false;
    }
    match before {
        // "Wijzig je afspraak" commands, "kun je morgen" asks: only of the first is what follows a thing.
        Some(before) if is_verb(&before.lower) => {
            let modal = ["kun", "kan", "wil", "zul", "zal", "mag", "moet", "heb", "ben", "hoef", "krijg"]
                .contains(&before.lower.as_str());
            !modal && before.first
        }
        Some(before) => !AFTER_THESE_A_SUBJECT.contains(&before.lower.as_str()),
        None => true,
    }
}
