//! The form of address of the writer's own words, as far as it is beyond doubt: pronouns and a few set phrases.

use unicode_segmentation::UnicodeSegmentation;
use words::{FormOfAddress, Language};

use crate::{Message, limits::FAULTS_MAX, template};

const FORMAL: &[&str] = &["u", "uw", "uwe", "uzelf", "alstublieft", "geachte", "hoogachtend"];
/// "jullie" is not among them: it is also the plural beside u.
const INFORMAL: &[&str] = &["je", "jij", "jou", "jouw", "jouwe", "jezelf", "jouzelf", "dankjewel", "alsjeblieft"];

/// A word that breaks the form of address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    pub(crate) field: crate::Field,
    pub(crate) line: usize,
    pub(crate) word: String,
}

/// Every slip, in the order of the fields. Only Dutch knows the difference.
pub(crate) fn slips(message: &Message, wanted: FormOfAddress) -> Vec<Slip> {
    if message.language != Language::Nl {
        return Vec::new();
    }
    let fields = message.fields().into_iter();
    let slips = fields.flat_map(|(field, text)| {
        let found = wrong_words(&template::own_words(&text.source), wanted);
        found.into_iter().take(FAULTS_MAX).map(move |(at, word)| Slip {
            field: field.clone(),
            line: text.line_at(at),
            word,
        })
    });
    slips.collect()
}

fn wrong_words(own: &str, wanted: FormOfAddress) -> Vec<(usize, String)> {
    let exempt = blanked(own);
    let wrong = match wanted {
        FormOfAddress::U => INFORMAL,
        FormOfAddress::Je => FORMAL,
    };
    let words = exempt.unicode_word_indices();
    let words =
        words.filter(|(at, word)| wrong.contains(&word.to_lowercase().as_str()) && !is_letter(&exempt, *at, word));
    words.map(|(at, word)| (at, word.to_owned())).collect()
}

/// "8 u", "U-bocht", "vitamine U": the letter or the hour, not the pronoun.
fn is_letter(text: &str, at: usize, word: &str) -> bool {
    if !word.eq_ignore_ascii_case("u") {
        return false;
    }
    let before = text[..at].trim_end();
    let after = &text[at + word.len()..];
    before.ends_with(|c: char| c.is_ascii_digit())
        || before.to_lowercase().ends_with("vitamine")
        || after.starts_with('-')
        || before.ends_with('-')
}

/// Blanks quotations, quoted lines and addresses: those are not the writer's words. Same length in bytes.
fn blanked(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    let mut blank =
        |from: usize, to: usize| out[from..to].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    for (open, close) in [('“', '”'), ('„', '”'), ('‘', '’'), ('«', '»'), ('"', '"'), ('`', '`')] {
        let mut at = 0;
        while let Some(from) = text[at..].find(open).map(|from| at + from) {
            let inner = from + open.len_utf8();
            // A quotation stays within its paragraph.
            let paragraph = text[inner..].find("\n\n").map_or(text.len(), |end| inner + end);
            let closed = closing(&text[inner..paragraph], close).filter(|_| !is_apostrophe(open, &text[inner..]));
            let Some(to) = closed else {
                at = inner;
                continue;
            };
            at = inner + to + close.len_utf8();
            blank(from, at);
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            blank(at, at + line.len());
        }
        at += line.len();
    }
    for opening in ["](", "http://", "https://", "mailto:", "www."] {
        let target = opening == "](";
        for (from, _) in text.match_indices(opening) {
            let end = |c: char| c == ')' || c == '\n' || (c.is_whitespace() && !target);
            let start = from + opening.len();
            let to = text[start..].find(end).map_or(text.len(), |to| start + to);
            blank(from + usize::from(target), to);
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The sign that closes a quotation; within a word it is an apostrophe ("zo’n").
fn closing(text: &str, close: char) -> Option<usize> {
    let ends = text.match_indices(close).map(|(at, _)| at);
    ends.into_iter().find(|at| !text[at + close.len_utf8()..].starts_with(char::is_alphabetic))
}

/// "‘s avonds", "‘t", "‘n": an apostrophe that a word processor turned around.
fn is_apostrophe(open: char, after: &str) -> bool {
    let mut chars = after.chars();
    open == '‘'
        && chars.next().is_some_and(|c| "stnk".contains(c))
        && chars.next().is_some_and(|c| c == ' ' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str, wanted: FormOfAddress) -> Vec<String> {
        wrong_words(&template::own_words(text), wanted).into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn finds_the_other_form() {
        assert_eq!(wrong("Komt het je niet uit? Bel ons, jij bent welkom.", FormOfAddress::U), ["je", "jij"]);
        assert_eq!(wrong("Uw boek ligt klaar, komt u het halen?", FormOfAddress::Je), ["Uw", "u"]);
        assert_eq!(wrong("Neem {{ x | default('je vakman') }} mee", FormOfAddress::U), ["je"]);
    }

    #[test]
    fn leaves_what_is_no_address_alone() {
        for text in [
            "Om 8 u of 20u bij de U-bocht, met vitamine U.",
            "{{ hold.title }} en {% if uw.je == 'u' %}x{% endif %}",
            "Zie https://x.nl/u/uw en [hier](https://x.nl/u uw).",
            "Zij zei: “Heeft u het gelezen?” en \"dank u\".",
            "> Dank u wel, schreef iemand.",
            "Jullie kunnen allebei komen.",
        ] {
            assert_eq!(wrong(text, FormOfAddress::Je), Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            wrong("Jullie kunnen allebei komen. “Hoe word je schrijver”", FormOfAddress::U),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_stray_quote_hides_nothing() {
        assert_eq!(wrong("‘s Avonds komt u langs, zo’n uur.", FormOfAddress::Je), ["u"]);
        assert_eq!(wrong("‘s-Avonds leest u ‘Uw zo’n huis’.", FormOfAddress::Je), ["u"]);
        assert_eq!(wrong("Een 19\" scherm.\n\nWilt u dat?", FormOfAddress::Je), ["u"]);
    }
}
