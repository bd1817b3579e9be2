//! Tokens in links and keys: bits that nobody can guess, of which only the hash is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::Random;

/// Letters and digits that nobody confuses.
pub const TYPED: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Letters of a token on paper.
const TYPED_LETTERS: usize = 16;

/// Makes a token of 128 bits: 22 characters that may stand in an address.
pub fn token(random: &dyn Random) -> String {
    URL_SAFE_NO_PAD.encode(random.bytes16())
}

/// Makes a token of 80 bits that a person types over from paper: `K7QX-2M9P-RSTU-VWXY`.
pub fn on_paper(random: &dyn Random) -> String {
    let letters = random.bytes16().map(|byte| char::from(TYPED[usize::from(byte % 32)]));
    grouped(letters.into_iter())
}

fn grouped(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for (place, letter) in letters.enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push('-');
        }
        out.push(letter);
    }
    out
}

/// A token as it was given out: of one from paper, small letters and dashes in other places are forgiven.
pub fn as_given(text: &str) -> String {
    let letters: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| c.to_ascii_uppercase()).collect();
    let is_typed = |c: &char| u8::try_from(*c).is_ok_and(|byte| TYPED.contains(&byte));
    if letters.len() == TYPED_LETTERS && letters.iter().all(is_typed) {
        return grouped(letters.into_iter());
    }
    text.to_owned()
}

/// What the store keeps of a token.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_from_paper_survives_being_typed_carelessly() {
        let token = on_paper(&crate::drive::SameBytes(7));
        assert_eq!(token, "HHHH-HHHH-HHHH-HHHH");
        for typed in ["hhhhhhhhhhhhhhhh", "HHHH HHHH HHHH HHHH", "hh-hh-hhhhHHHHHHHH"] {
            assert_eq!(as_given(typed), token);
        }
        let long = super::token(&crate::drive::SameBytes(7));
        assert_eq!(as_given(&long), long, "a token from a link is as it is");
        assert_eq!(as_given("hhhhhhhhhhhhhhh"), "hhhhhhhhhhhhhhh");
    }
}
