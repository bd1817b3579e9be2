//! Signing mail (DKIM, RFC 6376): RSA-SHA256 over relaxed headers and a relaxed body. The same message has the same signature, so that
//! a repeat is the same to the byte.

use std::fmt::{self, Write};
use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey};
use rsa::rand_core::{CryptoRng, Error, RngCore};
use sha2::{Digest, Sha256};

/// Bits of a key: what every receiver checks, and fits a DNS record.
const BITS: usize = 2048;
/// Characters of a line of the signature.
const LINE_CHARS: usize = 70;
/// The headers that are signed, as far as a message has them. From stands twice: no second one can be added.
const SIGNED: [&str; 14] = [
    "from",
    "from",
    "to",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// A new key.
pub struct NewKey {
    /// The private key: PKCS #8 in base64. To be kept sealed.
    pub private: String,
    /// What is published in the DNS: `v=DKIM1; k=rsa; p=…`.
    pub record: String,
}

/// Why there is no signing with a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is no key, or none of RSA of 2048 bits and more.
    #[error("the DKIM key cannot be read")]
    Unreadable,
    /// The selector or the domain cannot stand in the DNS.
    #[error("{0:?} cannot be the name of a DKIM key")]
    Name(String),
}

struct Drawn<'a>(&'a mut dyn FnMut(&mut [u8]));

impl RngCore for Drawn<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        (self.0)(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        (self.0)(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        (self.0)(bytes);
        Ok(())
    }
}

impl CryptoRng for Drawn<'_> {}

/// Makes a key; takes about a second. `fill`: bytes that nobody can guess.
pub fn generate(fill: &mut dyn FnMut(&mut [u8])) -> Result<NewKey, KeyError> {
    let key = rsa::RsaPrivateKey::new(&mut Drawn(fill), BITS).map_err(|_| KeyError::Unreadable)?;
    let private = key.to_pkcs8_der().map_err(|_| KeyError::Unreadable)?;
    let public = key.to_public_key().to_public_key_der().map_err(|_| KeyError::Unreadable)?;
    Ok(NewKey {
        private: STANDARD.encode(private.as_bytes()),
        record: format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public.as_bytes())),
    })
}

/// Whether a TXT record publishes the same key as another. Spaces and the order of what it says make no difference.
pub fn same_key(one: &str, other: &str) -> bool {
    let key = |record: &str| {
        let said = record.split(';').filter_map(|part| part.split_once('='));
        let mut keys = said.filter(|(name, _)| name.trim().eq_ignore_ascii_case("p"));
        keys.next().map(|(_, key)| key.split_whitespace().collect::<String>()).filter(|key| !key.is_empty())
    };
    key(one).is_some() && key(one) == key(other)
}

/// Signs for one domain.
#[derive(Clone)]
pub struct Signer {
    domain: String,
    selector: String,
    key: Arc<RsaKeyPair>,
    /// The key as it was given, to tell one signer from another.
    given: String,
}

impl PartialEq for Signer {
    fn eq(&self, other: &Self) -> bool {
        (&self.domain, &self.selector, &self.given) == (&other.domain, &other.selector, &other.given)
    }
}

impl Eq for Signer {}

impl fmt::Debug for Signer {
    // A key must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

impl Signer {
    /// With the private key of [`NewKey`], whose record stands at `<selector>._domainkey.<domain>`.
    pub fn new(domain: &str, selector: &str, private: &str) -> Result<Self, KeyError> {
        for name in [domain, selector] {
            let fits = !name.is_empty()
                && name.len() <= 200
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
            if !fits {
                return Err(KeyError::Name(name.chars().take(80).collect()));
            }
        }
        let bytes = STANDARD.decode(private).map_err(|_| KeyError::Unreadable)?;
        let key = RsaKeyPair::from_pkcs8(&bytes).map_err(|_| KeyError::Unreadable)?;
        let (domain, selector, given) = (domain.to_lowercase(), selector.to_owned(), private.to_owned());
        Ok(Self { domain, selector, key: Arc::new(key), given })
    }

    /// The message with its signature in front. `time`: when it was signed.
    pub(crate) fn signed(&self, message: &[u8], time: Timestamp) -> Vec<u8> {
        let (head, body) = halves(message);
        let headers = fields(&head);
        let mut unused: Vec<&(String, String)> = headers.iter().collect();
        let (mut names, mut hashed) = (Vec::new(), String::new());
        for name in SIGNED {
            // The last of a name first, as receivers read them.
            if let Some(at) = unused.iter().rposition(|(known, _)| known == name) {
                let (_, value) = unused.remove(at);
                write!(hashed, "{name}:{value}\r\n").unwrap_or_default();
                names.push(name);
            } else if name == "from" {
                names.push(name);
            }
        }
        let body_hash = STANDARD.encode(Sha256::digest(relaxed_body(body)));
        let bare = format!(
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d={}; s={};\r\n t={}; h={};\r\n bh={body_hash};\r\n b=",
            self.domain,
            self.selector,
            time.as_second().max(0),
            names.join(":").replace(":date", ":\r\n date").replace(":mime-version", ":\r\n mime-version"),
        );
        write!(hashed, "dkim-signature:{}", relaxed(&bare)).unwrap_or_default();
        let mut signature = vec![0; self.key.public().modulus_len()];
        // Of a signature of this kind nothing is drawn but what hides how long it took.
        if self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), hashed.as_bytes(), &mut signature).is_err() {
            return message.to_vec();
        }
        let encoded = STANDARD.encode(signature);
        let lines: Vec<&str> =
            encoded.as_bytes().chunks(LINE_CHARS).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        let mut signed = format!("DKIM-Signature: {bare}{}\r\n", lines.join("\r\n ")).into_bytes();
        signed.extend_from_slice(message);
        signed
    }
}

/// The head, with the end of its last line, and the body.
fn halves(message: &[u8]) -> (String, &[u8]) {
    let at = message.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = at.map_or((message, &[][..]), |at| (&message[..at + 2], &message[at + 4..]));
    (String::from_utf8_lossy(head).into_owned(), body)
}

/// Every header: its name in lower case, and its value, relaxed.
fn fields(head: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n").filter(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push_str(line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim_end().to_lowercase(), value.to_owned()));
        }
    }
    for (_, value) in &mut fields {
        *value = relaxed(value);
    }
    fields
}

/// On one line, each run of white space as one space, none at the ends.
fn relaxed(value: &str) -> String {
    let parts: Vec<&str> = value.split([' ', '\t', '\r', '\n']).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Each run of white space as one space, none at the end of a line, no empty lines at the end.
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let end = rest.windows(2).position(|two| two == b"\r\n");
        let (line, next) = end.map_or((rest, &[][..]), |end| (&rest[..end], &rest[end + 2..]));
        let kept = line.iter().rposition(|b| !matches!(b, b' ' | b'\t')).map_or(0, |last| last + 1);
        let mut is_space = false;
        for byte in &line[..kept] {
            let space = matches!(byte, b' ' | b'\t');
            if !(space && is_space) {
                out.push(if space { b' ' } else { *byte });
            }
            is_space = space;
        }
        out.extend_from_slice(b"\r\n");
        rest = next;
    }
    while out.ends_with(b"\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == b"\r\n" { Vec::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same bytes every time, and enough of them for a key.
    fn key() -> NewKey {
        let mut state = 7_u64;
        generate(&mut |bytes| {
            for byte in bytes {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = state.to_be_bytes()[0];
            }
        })
        .unwrap()
    }

    #[test]
    fn text_is_relaxed_as_the_standard_shows() {
        // RFC 6376, 3.4.5.
        assert_eq!(fields("A: X\r\nB : Y\t\r\n\tZ  \r\n"), [("a".into(), "X".into()), ("b".into(), "Y Z".into())]);
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        assert_eq!((relaxed_body(b""), relaxed_body(b"\r\n\r\n")), (vec![], vec![]));
        assert_eq!(relaxed_body(b"x"), b"x\r\n");
    }

    #[test]
    fn a_key_signs_covers_what_must_be_covered_and_is_the_same_to_the_byte() {
        let key = key();
        let signer = Signer::new("Rijnoever.example", "kr1", &key.private).unwrap();
        let mut mail = crate::outgoing::tests::mail("k");
        mail.headers.push(("List-Unsubscribe-Post".into(), "List-Unsubscribe=One-Click".into()));
        let written = crate::mime::email(&mail).unwrap().formatted();
        let signed = signer.signed(&written, mail.time);
        assert_eq!(signed, signer.signed(&written, mail.time));
        let head = String::from_utf8(signed[..signed.len() - written.len()].to_vec()).unwrap();
        let unfolded = relaxed(&head);
        for part in ["d=rijnoever.example;", "s=kr1;", "h=from:from:", "list-unsubscribe:list-unsubscribe-post;", "bh="]
        {
            assert!(unfolded.contains(part), "{part}: {unfolded}");
        }
        assert!(head.lines().all(|line| line.len() < 100));
        assert!(!format!("{signer:?}").contains(&key.private[..40]));
        assert!(
            key.record.starts_with("v=DKIM1; k=rsa; p=MIIB") && same_key(&key.record, &key.record.replace("; ", ";"))
        );
        assert!(!same_key(&key.record, "v=DKIM1; p=") && !same_key("v=DKIM1; p=", "v=DKIM1; p="));
    }

    #[test]
    fn what_cannot_sign_is_said_before_the_first_message() {
        assert_eq!(Signer::new("a.example", "kr1", "AAAA").unwrap_err(), KeyError::Unreadable);
        assert_eq!(Signer::new("a b", "kr1", "").unwrap_err(), KeyError::Name("a b".into()));
    }
}
