//! Codes that people type over, and digests. Tokens in links, cookies and keys are those of `service::token`: only their
//! hash is kept, and looking one up by its hash takes the same time for every wrong guess.

use service::{Random, token::TYPED};
use sha2::{Digest, Sha256};

/// A code of 40 bits that a person types over: `K7QX-2M9P`.
pub(crate) fn code(random: &dyn Random) -> String {
    let bytes = random.bytes16();
    let letter = |byte: &u8| char::from(TYPED[usize::from(byte % 32)]);
    let first: String = bytes[..4].iter().map(letter).collect();
    let last: String = bytes[4..8].iter().map(letter).collect();
    format!("{first}-{last}")
}

/// A code as typed, in the form in which it was given out.
pub(crate) fn as_given(typed: &str) -> String {
    let letters: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    match letters.split_at_checked(4) {
        Some((first, last)) => format!("{first}-{last}"),
        None => letters,
    }
}

pub(crate) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn a_code_survives_being_typed_carelessly() {
        let code = code(&Counting::default());
        assert_eq!(code.len(), 9);
        assert_eq!(as_given(&code.to_lowercase().replace('-', " ")), code);
        assert_eq!(as_given("é"), "");
    }
}
