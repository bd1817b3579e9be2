//! What in a text is not the writer's own: quotations, quoted lines, addresses, code.

use std::ops::Range;

use super::{
    lists::{STEMS, TITLE_ENDS, TITLE_NOUNS, TITLE_QUESTIONS},
    passage::{Owner, Tongue},
};

/// A quotation is at most this long; a sign without its twin hides nothing.
const QUOTATION_BYTES_MAX: usize = 600;

const PAIRS: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('„', &['”', '“']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«']),
    ('"', &['"']),
    ('\'', &['\'']),
    ('`', &['`']),
];

/// Every such part, in no particular order; parts may overlap.
pub(super) fn found(text: &str, tongue: Tongue) -> Vec<(Range<usize>, Owner)> {
    let mut found = Vec::new();
    quotations(text, &mut found);
    lines(text, &mut found);
    addresses(text, &mut found);
    if tongue == Tongue::Dutch {
        titles(text, &mut found);
    }
    found
}

fn quotations(text: &str, found: &mut Vec<(Range<usize>, Owner)>) {
    // Up to where it is known that no sign of a kind closes, so that signs without a twin do not make it look again and again.
    let mut open_until = [0; PAIRS.len()];
    let mut at = 0;
    while let Some((open, sign)) = text[at..].char_indices().find(|(_, c)| PAIRS.iter().any(|(open, _)| open == c)) {
        let start = at + open;
        at = start + sign.len_utf8();
        let Some(kind) = PAIRS.iter().position(|(open, _)| *open == sign) else { continue };
        if !opens(text, start, sign) {
            continue;
        }
        let limit = text.ceil_char_boundary((at + QUOTATION_BYTES_MAX).min(text.len()));
        let from = at.max(open_until[kind]).min(limit);
        let end = match closing(text, at, from..limit, PAIRS[kind].1, sign) {
            Ok(end) => end,
            Err(until) => {
                open_until[kind] = until;
                continue;
            }
        };
        let owner = if sign == '`' { Owner::Code } else { Owner::Quoted };
        // A text that is one quotation as a whole is what the writer says.
        if !text[..start].trim().is_empty() || !text[end..].trim().is_empty() {
            found.push((start..end, owner));
        }
        at = end;
    }
}

/// Whether a sign begins a quotation: not an apostrophe, not the sign of inches.
fn opens(text: &str, start: usize, sign: char) -> bool {
    let before = text[..start].chars().next_back();
    let mut after = text[start + sign.len_utf8()..].chars();
    let (next, second) = (after.next(), after.next());
    if next.is_none_or(char::is_whitespace) {
        return false;
    }
    match sign {
        '\'' | '‘' | '’' => {
            // "'s avonds", "‘t", "'n": an apostrophe, whichever way it was turned.
            let elision = next.is_some_and(|c| "stnkmr".contains(c.to_ascii_lowercase()))
                && second.is_none_or(|c| c.is_whitespace() || c == '-');
            !elision && !before.is_some_and(char::is_alphanumeric)
        }
        '"' => !before.is_some_and(char::is_alphanumeric),
        '»' => before.is_none_or(char::is_whitespace),
        _ => true,
    }
}

/// Where the quotation ends, its sign included, or up to where none does. It stays within its paragraph; within a word the sign is
/// an apostrophe.
fn closing(text: &str, inner: usize, reach: Range<usize>, closes: &[char], sign: char) -> Result<usize, usize> {
    let (mut depth, mut seen) = (0, None);
    let part = &text[reach.clone()];
    let part = &part[..part.find("\n\n").unwrap_or(part.len())];
    for (at, c) in part.char_indices() {
        let at = reach.start + at;
        if c == sign && !closes.contains(&c) {
            depth += 1;
        }
        if !closes.contains(&c) {
            continue;
        }
        let end = at + c.len_utf8();
        let within_word = text[end..].starts_with(char::is_alphanumeric);
        let opens_again = c == sign && text[..at].ends_with(char::is_whitespace);
        if within_word || opens_again && matches!(c, '\'' | '"') || at == inner {
            continue;
        }
        if depth == 0 {
            return Ok(end);
        }
        depth -= 1;
        seen.get_or_insert(at);
    }
    Err(seen.unwrap_or(reach.start + part.len()))
}

/// Lines that quote what somebody wrote before.
fn lines(text: &str, found: &mut Vec<(Range<usize>, Owner)>) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('>') {
            found.push((at..at + line.len(), Owner::Quoted));
        }
        at += line.len();
    }
}

/// Addresses of sites and of mail, tags and names with an @.
fn addresses(text: &str, found: &mut Vec<(Range<usize>, Owner)>) {
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let lower = word.to_ascii_lowercase();
        let is_site = ["http://", "https://", "www.", "mailto:"].iter().find_map(|scheme| lower.find(scheme));
        let is_path = || {
            let name = word.trim_matches(|c: char| !c.is_alphanumeric());
            let host = name.split('/').next().unwrap_or_default();
            let (_, end) = host.rsplit_once('.')?;
            let is_domain = (2..=6).contains(&end.len()) && end.chars().all(|c| c.is_ascii_lowercase());
            (is_domain && name.contains('/')).then_some(0)
        };
        let is_name = || (word.contains('@') || word.starts_with(['#', '/', '\\'])).then_some(0);
        if let Some(from) = is_site.or_else(is_path).or_else(is_name) {
            found.push((at + from..at + word.len(), Owner::Code));
        }
        at += part.len();
    }
}

/// Titles without quotation marks after the word that says what they are: "het boek Hoe word je schrijver ligt klaar". At most
/// eight words, up to a word that seldom stands in a title or a sign.
fn titles(text: &str, found: &mut Vec<(Range<usize>, Owner)>) {
    use unicode_segmentation::UnicodeSegmentation;
    let words: Vec<_> = text.unicode_word_indices().collect();
    for (index, pair) in words.windows(2).enumerate() {
        let [(at, noun), (next, first)] = pair else { continue };
        let gap = &text[at + noun.len()..*next];
        let begins = first.chars().next().is_some_and(char::is_uppercase) && matches!(gap, " " | ": ");
        if !begins || !TITLE_NOUNS.contains(&noun.to_lowercase().as_str()) {
            continue;
        }
        let mut end = next + first.len();
        let asks = TITLE_QUESTIONS.contains(&first.to_lowercase().as_str());
        for (place, (at, word)) in words.iter().enumerate().skip(index + 2).take(7) {
            let lower = word.to_lowercase();
            // "Het boek De avonden kun je lenen": the sentence goes on with its verb.
            let verb = || STEMS.iter().any(|(stem, form)| *stem == lower || *form == lower);
            let addressed = || words.get(place + 1).is_some_and(|(_, next)| ["je", "jij", "u"].contains(next));
            if &text[end..*at] != " " || TITLE_ENDS.contains(&lower.as_str()) || !asks && addressed() && verb() {
                break;
            }
            end = at + word.len();
        }
        // A title of one word needs no rule.
        if end > next + first.len() {
            found.push((*next..end, Owner::Quoted));
        }
    }
}
