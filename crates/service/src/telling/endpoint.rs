use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Endpoint;

use super::Kind;
use crate::fetching::Trouble;
use crate::intake::webhook::{Signing, Way};
use crate::{Random, Result, connections};

/// Endpoints of one organisation at most.
pub const ENDPOINTS_MAX: usize = 10;
/// How long the secret of before still signs along, so that the other side can change over.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

/// What the deliveries to an endpoint are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    secret: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl std::fmt::Debug for Secrets {
    /// Without the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("until", &self.until).finish_non_exhaustive()
    }
}

impl Secrets {
    /// New ones.
    pub fn fresh(random: &dyn Random) -> Self {
        Self { secret: Signing::fresh_secret(Way::Standard, random), previous: None, until: None }
    }

    /// A new secret; the one of now signs along for a day.
    #[must_use]
    pub fn renewed(self, random: &dyn Random, now: Timestamp) -> Self {
        let until = now.saturating_add(OVERLAP).ok();
        Self { previous: Some(self.secret), until, ..Self::fresh(random) }
    }

    /// The one of now, to be shown once.
    pub fn current(&self) -> &str {
        &self.secret
    }

    /// Until when the one of before signs along; `None`: there is none any more.
    pub fn overlaps_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.until.filter(|until| self.previous.is_some() && now < *until)
    }

    /// The signatures of a delivery, the newest secret first; `None`: the secrets cannot be used.
    pub(super) fn signatures(&self, id: &str, now: Timestamp, body: &[u8]) -> Option<String> {
        let previous = self.previous.as_deref().filter(|_| self.overlaps_until(now).is_some());
        let signed = std::iter::once(self.secret.as_str()).chain(previous);
        let signed: Option<Vec<String>> = signed.map(|secret| Signing::signature(secret, id, now, body)).collect();
        Some(signed?.join(" "))
    }
}

/// The secrets of an endpoint, opened. What was sealed under a key that is not there is of no use to the other side.
pub fn opened(endpoint: &Endpoint) -> Result<Secrets> {
    let secrets: Secrets = connections::read(&endpoint.id, &endpoint.secrets)?;
    connections::is_open(&endpoint.id, &secrets.secret)?;
    Ok(secrets)
}

/// What went wrong last, as far as anything did.
pub fn read_trouble(trouble: Option<&str>) -> Option<Trouble> {
    serde_json::from_str(trouble?).ok()
}

/// Secrets as they are kept.
pub fn write_secrets(endpoint: &str, secrets: &Secrets) -> Result<String> {
    connections::write(endpoint, secrets)
}

/// The kinds among their names; one of an earlier version is none any more.
pub fn said_kinds(names: &BTreeSet<String>) -> BTreeSet<Kind> {
    names.iter().filter_map(|name| Kind::parse(name)).collect()
}

/// The id of a new endpoint.
pub fn fresh_id(random: &dyn Random) -> String {
    random.bytes16()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drive::SameBytes;

    #[test]
    fn the_secret_of_before_signs_along_for_a_day() {
        let at = |hours| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
        let old = Secrets::fresh(&SameBytes(1));
        let signed_by = |secrets: &Secrets, hours| secrets.signatures("msg_1", at(hours), b"{}").unwrap();
        let new = old.clone().renewed(&SameBytes(2), at(0));
        assert_ne!(new.current(), old.current());
        assert_eq!(new.overlaps_until(at(23)), Some(at(24)));
        let both = signed_by(&new, 23);
        assert_eq!(both.split(' ').nth(1), Some(signed_by(&old, 23).as_str()));
        assert_eq!(signed_by(&new, 24).split(' ').count(), 1);
        assert!(!format!("{new:?}").contains("whsec_"));
    }
}
