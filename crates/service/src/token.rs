//! Tokens in links and keys: 128 bits that nobody can guess, of which only the hash is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::Random;

/// Makes a token: 22 characters that may stand in an address.
pub fn token(random: &dyn Random) -> String {
    URL_SAFE_NO_PAD.encode(random.bytes16())
}

/// What the store keeps of a token.
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
