use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::token;

/// How far the clock of a sender may be from ours.
const CLOCK_MAX: SignedDuration = SignedDuration::from_mins(5);
/// Signatures of one delivery that are looked at: senders sign with the old and the new secret while they change it.
const SIGNATURES_MAX: usize = 10;
/// How a secret of Standard Webhooks begins.
const PREFIX: &str = "whsec_";

/// How a delivery proves that it is its source's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Standard Webhooks: HMAC over id, time and body, so that an old delivery cannot be sent again.
    #[default]
    Standard,
    /// HMAC-SHA256 over the body, in a header, in hexadecimal or base64, with or without `sha256=` before it.
    Hmac,
    /// A secret in a header; of `Authorization` what follows `Bearer`.
    Bearer,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Hmac, Self::Bearer];

    /// As forms say it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Hmac => "hmac",
            Self::Bearer => "bearer",
        }
    }

    /// From a form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }

    /// The header that most senders use.
    pub const fn usual_header(self) -> &'static str {
        match self {
            Self::Standard => "webhook-signature",
            Self::Hmac => "x-hub-signature-256",
            Self::Bearer => "authorization",
        }
    }
}

/// How the deliveries of one source prove that they are its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// Which way.
    pub way: Way,
    /// The header that carries the proof, in small letters; of [`Way::Standard`] the standard says which.
    pub header: String,
    /// What only the sender and we know. Of [`Way::Standard`] `whsec_` and base64.
    pub secret: String,
}

impl Signing {
    /// A new secret for this way, of 16 bytes or more that nobody can guess.
    pub fn fresh_secret(way: Way, random: &dyn crate::Random) -> String {
        let bytes = [random.bytes16(), random.bytes16()].concat();
        match way {
            Way::Standard => format!("{PREFIX}{}", STANDARD.encode(bytes)),
            Way::Hmac | Way::Bearer => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// Whether the secret can be one: long enough and, where the standard says so, base64.
    pub fn can_be_secret(way: Way, secret: &str) -> bool {
        let fits = (16..=200).contains(&secret.len()) && secret.bytes().all(|byte| byte.is_ascii_graphic());
        fits && (way != Way::Standard || standard_key(secret).is_some_and(|key| key.len() >= 16))
    }

    /// Whether a delivery proves that it is the source's; its id, where the way gives one. `header` looks one up.
    pub fn proven<'h>(
        &self,
        header: impl Fn(&str) -> Option<&'h str>,
        body: &[u8],
        now: Timestamp,
    ) -> Option<Option<String>> {
        match self.way {
            Way::Standard => self.standard(header, body, now).map(Some),
            Way::Hmac => {
                let given = header(&self.header)?.trim();
                let given = bytes(given.strip_prefix("sha256=").unwrap_or(given))?;
                signature(self.secret.as_bytes(), &[body])?.verify_slice(&given).ok().map(|()| None)
            }
            Way::Bearer => {
                let given = header(&self.header)?.trim();
                let given = match given.split_once(' ') {
                    Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
                    _ => given,
                };
                // Digests of the same length: how long it takes tells nothing of the secret.
                (token::hash(given) == token::hash(&self.secret)).then_some(None)
            }
        }
    }

    /// What a delivery of ours carries in `webhook-signature`, after Standard Webhooks; `None`: this can be no secret of it.
    pub(crate) fn signature(secret: &str, id: &str, at: Timestamp, body: &[u8]) -> Option<String> {
        let signed = standard_signature(secret, id, &at.as_second().to_string(), body)?;
        Some(format!("v1,{}", STANDARD.encode(signed.finalize().into_bytes())))
    }

    fn standard<'h>(&self, header: impl Fn(&str) -> Option<&'h str>, body: &[u8], now: Timestamp) -> Option<String> {
        // The names that were usual before there was a standard.
        let either = |name: &str| header(&format!("webhook-{name}")).or_else(|| header(&format!("svix-{name}")));
        let (id, stated, given) = (either("id")?, either("timestamp")?, either("signature")?);
        let sent = Timestamp::from_second(stated.parse().ok()?).ok()?;
        if now.duration_since(sent).abs() > CLOCK_MAX || id.is_empty() || id.len() > 150 {
            return None;
        }
        let signed = standard_signature(&self.secret, id, stated, body)?;
        let holds = given
            .split(' ')
            .filter_map(|one| one.strip_prefix("v1,"))
            .take(SIGNATURES_MAX)
            .filter_map(|one| STANDARD.decode(one).ok())
            .any(|one| signed.clone().verify_slice(&one).is_ok());
        holds.then(|| id.to_owned())
    }
}

impl std::fmt::Debug for Signing {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signing").field("way", &self.way).field("header", &self.header).finish_non_exhaustive()
    }
}

fn standard_key(secret: &str) -> Option<Vec<u8>> {
    STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).ok()
}

fn standard_signature(secret: &str, id: &str, second: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    signature(&standard_key(secret)?, &[id.as_bytes(), b".", second.as_bytes(), b".", body])
}

fn signature(key: &[u8], parts: &[&[u8]]) -> Option<Hmac<Sha256>> {
    let mut signed = Hmac::<Sha256>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| signed.update(part));
    Some(signed)
}

/// Bytes in hexadecimal, else in base64.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex {
        return STANDARD.decode(text).ok();
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the standard's own text.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn holds(signing: &Signing, headers: &[(&str, &str)], body: &[u8], second: i64) -> Option<Option<String>> {
        let header = |name: &str| headers.iter().find(|(given, _)| *given == name).map(|(_, value)| *value);
        signing.proven(header, body, Timestamp::from_second(second).unwrap())
    }

    fn signing(way: Way, header: &str, secret: &str) -> Signing {
        Signing { way, header: header.into(), secret: secret.into() }
    }

    #[test]
    fn the_example_of_the_standard_holds_and_nothing_near_it() {
        let standard = signing(Way::Standard, "", SECRET);
        let said = |signature, time, body| {
            let headers = [("webhook-id", ID), ("webhook-timestamp", time), ("webhook-signature", signature)];
            holds(&standard, &headers, body, 1_614_265_330)
        };
        assert_eq!(said(SIGNATURE, "1614265330", BODY), Some(Some(ID.into())));
        let rotated = format!("v1,bm9uc2Vuc2U= v2,x {SIGNATURE}");
        assert!(said(&rotated, "1614265330", BODY).is_some(), "one of several");
        assert_eq!(said(SIGNATURE, "1614265330", b"{}"), None);
        assert_eq!(said(SIGNATURE, "1614265331", BODY), None);
        assert_eq!(said(&SIGNATURE[3..], "1614265330", BODY), None);
        let headers = [("webhook-id", ID), ("webhook-timestamp", "1614265330"), ("webhook-signature", SIGNATURE)];
        assert_eq!(holds(&standard, &headers, BODY, 1_614_265_330 + 301), None, "an old delivery sent again");
        assert_eq!(holds(&standard, &headers[..2], BODY, 1_614_265_330), None);
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        assert_eq!(Signing::signature(SECRET, ID, at, BODY).as_deref(), Some(SIGNATURE), "ours is the same");
        let old_names = [("svix-id", ID), ("svix-timestamp", "1614265330"), ("svix-signature", SIGNATURE)];
        assert!(holds(&standard, &old_names, BODY, 1_614_265_330).is_some());
    }

    #[test]
    fn a_signature_over_the_body_may_be_written_in_three_ways() {
        // RFC 4231, test case 2.
        let hmac = signing(Way::Hmac, "x-signature", "Jefe");
        let body = b"what do ya want for nothing?";
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let base64 = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        for given in [hex, base64, &format!("sha256={hex}")] {
            assert_eq!(holds(&hmac, &[("x-signature", given)], body, 0), Some(None), "{given}");
        }
        assert_eq!(holds(&hmac, &[("x-signature", hex)], b"{}", 0), None);
        assert_eq!(holds(&hmac, &[], body, 0), None);
    }

    #[test]
    fn a_secret_in_a_header_is_compared_whole() {
        let bearer = signing(Way::Bearer, "authorization", "een-lang-geheim");
        assert_eq!(holds(&bearer, &[("authorization", "Bearer een-lang-geheim")], b"", 0), Some(None));
        assert_eq!(holds(&bearer, &[("authorization", "een-lang-geheim")], b"", 0), Some(None));
        assert_eq!(holds(&bearer, &[("authorization", "Bearer een-lang")], b"", 0), None);
        assert_eq!(holds(&bearer, &[("authorization", "")], b"", 0), None);
    }

    #[test]
    fn a_secret_is_long_and_of_its_form() {
        assert!(Signing::can_be_secret(Way::Standard, SECRET));
        assert!(!Signing::can_be_secret(Way::Standard, "whsec_kort"));
        assert!(!Signing::can_be_secret(Way::Standard, "geen base64 maar lang"));
        assert!(Signing::can_be_secret(Way::Hmac, "een-lang-genoeg-geheim"));
        assert!(!Signing::can_be_secret(Way::Hmac, "kort") && !Signing::can_be_secret(Way::Bearer, &"x".repeat(201)));
    }
}
