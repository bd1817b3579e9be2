use axum::http::HeaderName;
use serde::{Deserialize, Serialize};
use service::{
    Random,
    intake::webhook::{Signing, Way},
};

use crate::form::Remarks;

/// How deliveries prove themselves, as a form says it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Proof {
    way: String,
    #[serde(default)]
    header: String,
    /// Typed anew, else empty: what is kept is never shown.
    #[serde(default, skip_serializing)]
    secret: String,
    /// A button that asks for a new secret.
    #[serde(default, skip_serializing)]
    fresh: Option<String>,
}

impl Proof {
    pub(super) fn of(signing: &Signing) -> Self {
        let header = if signing.way == Way::Standard { String::new() } else { signing.header.clone() };
        Self { way: signing.way.as_str().into(), header, ..Self::default() }
    }

    /// What to keep, and the secret to show when we made it.
    pub(super) fn read(&self, old: &Signing, random: &dyn Random) -> Result<(Signing, Option<String>), Remarks> {
        let mut remarks = Remarks::default();
        let way = Way::parse(&self.way);
        remarks.expect(way.is_some(), "way", "webhook-remark-way");
        let way = way.unwrap_or_default();
        let header = match self.header.trim() {
            "" => way.usual_header().to_owned(),
            typed => typed.to_ascii_lowercase(),
        };
        let is_header = header.len() <= 100 && HeaderName::from_bytes(header.as_bytes()).is_ok();
        remarks.expect(is_header, "header", "webhook-remark-header");
        let typed = self.secret.trim();
        remarks.expect(typed.is_empty() || Signing::can_be_secret(way, typed), "secret", "webhook-remark-secret");
        if !remarks.is_empty() {
            return Err(remarks);
        }
        let keeps = typed.is_empty() && self.fresh.is_none() && way == old.way;
        let (secret, shown) = match (keeps, typed.is_empty() || self.fresh.is_some()) {
            (true, _) => (old.secret.clone(), None),
            (false, true) => {
                let fresh = Signing::fresh_secret(way, random);
                (fresh.clone(), Some(fresh))
            }
            (false, false) => (typed.to_owned(), None),
        };
        Ok((Signing { way, header, secret }, shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    fn proof(way: &str, header: &str, secret: &str) -> Proof {
        Proof { way: way.into(), header: header.into(), secret: secret.into(), fresh: None }
    }

    fn old() -> Signing {
        Signing { way: Way::Hmac, header: "x-sig".into(), secret: "een-lang-genoeg-geheim".into() }
    }

    #[test]
    fn a_secret_stays_until_it_is_changed() {
        let read = |proof: Proof| proof.read(&old(), &Counting::default()).unwrap();
        let (same, shown) = read(proof("hmac", "X-Sig", ""));
        assert_eq!((same, shown), (old(), None));
        let (typed, shown) = read(proof("hmac", "", "een-ander-lang-geheim"));
        assert_eq!((typed.secret.as_str(), typed.header.as_str()), ("een-ander-lang-geheim", "x-hub-signature-256"));
        assert_eq!(shown, None, "who typed it knows it");
        let (other, shown) = read(proof("standard", "", ""));
        assert!(other.secret.starts_with("whsec_") && shown == Some(other.secret));
        let fresh = Proof { fresh: Some("1".into()), ..proof("hmac", "", "") };
        assert!(read(fresh).1.is_some());
    }

    #[test]
    fn what_cannot_be_is_remarked_and_no_secret_is_written_out() {
        let wrong = proof("hmac", "geen kop", "kort").read(&old(), &Counting::default()).unwrap_err();
        assert!(wrong.mentions("header") && wrong.mentions("secret"));
        assert!(proof("zomaar", "", "").read(&old(), &Counting::default()).is_err());
        assert!(!serde_json::to_string(&proof("hmac", "", "een-lang-genoeg-geheim")).unwrap().contains("geheim"));
    }
}
