//! Values are masked while Markdown is read: every byte of a value becomes one character of a private range, which Markdown
//! takes for a letter. So a book title such as `*x* <b>` can be no emphasis, no HTML and no link, and stays what it is.

const VALUE: u32 = 0xF_0000;
const LINK: u32 = 0xF_0100;
const END: char = '\u{F0200}';

/// A part of a filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The writer's.
    Words(String),
    /// A value.
    Value(String),
    /// The address of a link that we made.
    Link(String),
}

/// Whether a character is part of a mask.
pub(crate) fn is_mask(c: char) -> bool {
    ('\u{F0000}'..='\u{F02FF}').contains(&c)
}

/// Masks a value.
pub(super) fn value(text: &str) -> String {
    mask(&clean(text), VALUE)
}

/// Masks the address of a link that we made.
pub(super) fn link(url: &str) -> String {
    mask(&clean(url), LINK)
}

fn mask(text: &str, base: u32) -> String {
    let masked = text.bytes().filter_map(|byte| char::from_u32(base + u32::from(byte)));
    masked.chain([END]).collect()
}

/// One line, without control characters and without marks that turn the reading direction around.
fn clean(text: &str) -> String {
    let visible = text.chars().filter(
        |c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'),
    );
    let spaced: String = visible.map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes the masks off again.
pub(crate) fn pieces(masked: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut bytes = Vec::new();
    let mut is_link = false;
    for c in masked.chars() {
        let code = c as u32;
        if c == END {
            let text = String::from_utf8_lossy(&std::mem::take(&mut bytes)).into_owned();
            pieces.push(if is_link { Piece::Link(text) } else { Piece::Value(text) });
        } else if is_mask(c) {
            if !words.is_empty() {
                pieces.push(Piece::Words(std::mem::take(&mut words)));
            }
            is_link = code >= LINK;
            bytes.push((code & 0xFF) as u8);
        } else {
            words.push(c);
        }
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// Everything as one text.
pub(crate) fn plain(masked: &str) -> String {
    let texts = pieces(masked).into_iter().map(|piece| match piece {
        Piece::Words(text) | Piece::Value(text) | Piece::Link(text) => text,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_as_it_was() {
        let masked = format!(
            "Je boek {} ligt klaar: {}{}.",
            value("*é* <b>\u{F0041}"),
            link("https://x.nl/a"),
            link("https://x.nl/b")
        );
        let words = |text: &str| Piece::Words(text.into());
        assert_eq!(
            pieces(&masked),
            [
                words("Je boek "),
                Piece::Value("*é* <b>\u{F0041}".into()),
                words(" ligt klaar: "),
                Piece::Link("https://x.nl/a".into()),
                Piece::Link("https://x.nl/b".into()),
                words("."),
            ]
        );
    }

    #[test]
    fn a_value_is_one_clean_line() {
        assert_eq!(plain(&value(" a\r\nBcc: x\u{202E}\u{7} b ")), "a Bcc: x b");
    }
}
