//! Texts as they are printed: what a printer cannot know is left out, what our letters lack is refused.

use faces::{Face, glyphs};
use unicode_normalization::UnicodeNormalization;
use words::paper::{Block, Inline, Letter, short_address};

use crate::Cause;

/// Signs that are told of at once.
const SIGNS_MAX: usize = 5;

/// A stretch of text in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) face: Face,
}

impl Run {
    pub(crate) fn new(text: &str, face: Face) -> Self {
        Self { text: clean(text), face }
    }
}

/// Accents together with their letters, without emoji and what only steers them; every kind of space is a plain one, a line end stays.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' => out.push('\n'),
            '\u{A0}' | '\u{202F}' => out.push('\u{A0}'),
            c if c.is_whitespace() => out.push(' '),
            c if is_left_out(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Emoji, pictures and the signs that join or colour them; marks of direction; soft hyphens.
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{20E3}' | '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{E0020}'..='\u{E007F}')
        || c.is_control() && c != '\n'
}

/// A paragraph as runs. An address behind words is printed behind them, as one types it.
pub(crate) fn runs(inlines: &[Inline], face: Face) -> Vec<Run> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push(Run::new(text, face)),
            Inline::Strong(inner) => out.extend(runs(inner, Face::SemiBold)),
            Inline::Emphasis(inner) => out.extend(runs(inner, Face::Italic)),
            Inline::Link { label, url } if label == url => out.push(Run::new(short_address(url), face)),
            Inline::Link { label, url } => out.push(Run::new(&format!("{label} ({})", short_address(url)), face)),
            Inline::Break => out.push(Run::new("\n", face)),
        }
    }
    out
}

/// Whether every sign of a letter has a shape.
pub(crate) fn printable(letter: &Letter) -> Result<(), Cause> {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(letter.from.iter().chain(&letter.to).chain(&letter.subject).map(String::as_str));
    texts.push(&letter.date);
    blocks(&letter.body, &mut texts);
    let mut signs = String::new();
    for text in texts {
        let text = clean(text);
        for glyph in glyphs(&text, Face::Regular).into_iter().filter(|glyph| glyph.id.is_none()) {
            let sign = &text[glyph.text];
            if sign != "\n" && !signs.contains(sign) && signs.chars().count() < SIGNS_MAX {
                signs.push_str(sign);
            }
        }
    }
    if signs.is_empty() { Ok(()) } else { Err(Cause::Unprintable { signs }) }
}

fn blocks<'a>(blocks_of: &'a [Block], texts: &mut Vec<&'a str>) {
    for block in blocks_of {
        match block {
            Block::Paragraph(inner) | Block::Heading(inner) => inlines(inner, texts),
            Block::Button { label, url } => texts.extend([label.as_str(), url]),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, texts)),
            Block::Quote(inner) => blocks(inner, texts),
            Block::Code(text) => texts.push(text),
            Block::Rule => {}
        }
    }
}

fn inlines<'a>(of: &'a [Inline], texts: &mut Vec<&'a str>) {
    for inline in of {
        match inline {
            Inline::Text(text) => texts.push(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) => inlines(inner, texts),
            Inline::Link { label, url } => texts.extend([label.as_str(), url]),
            Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_left_out_and_spaces_are_plain() {
        assert_eq!(clean("Fijn 🎉👍🏽!\u{2003}Tot\tmorgen\u{AD}\u{200B}"), "Fijn ! Tot morgen");
        assert_eq!(clean("Rene\u{301}"), "René");
    }

    #[test]
    fn a_link_is_printed_as_one_types_it() {
        let link = |label: &str| Inline::Link { label: label.into(), url: "https://mijn.nl/a/K7".into() };
        let text = |inline| runs(&[inline], Face::Regular).remove(0).text;
        assert_eq!(text(link("uw afspraak")), "uw afspraak (mijn.nl/a/K7)");
        assert_eq!(text(link("https://mijn.nl/a/K7")), "mijn.nl/a/K7");
    }
}
