//! Names of things. Ids of rows are made by the caller; ids that must come out the same on a replay are digests.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text; the caller has checked it where it came in.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id!(
    /// An organisation (tenant): a short name in lower case, the first part of every key.
    OrganisationId
);
text_id!(
    /// A journey within an organisation, as its definition names it.
    JourneyId
);
text_id!(
    /// A phase within a journey.
    PhaseId
);
text_id!(
    /// A touchpoint within a journey. It keeps its id over versions; `was` carries it over a renaming.
    TouchpointId
);
text_id!(
    /// An event within its source. The pair (source, id) is refused the second time.
    EventId
);
text_id!(
    /// The digest of a whole journey folder: 64 hexadecimal digits.
    VersionHash
);

text_id!(
    /// In whose name an organisation writes: its own (empty), or that of one for whom it works, by a short name in lower case.
    PrincipalId
);

impl PrincipalId {
    /// The organisation itself.
    pub fn own() -> Self {
        Self::new("")
    }

    /// Whether it is the organisation itself.
    pub fn is_own(&self) -> bool {
        self.as_str().is_empty()
    }
}

impl Default for PrincipalId {
    fn default() -> Self {
        Self::own()
    }
}

impl VersionHash {
    /// The first seven digits, as printed on a map.
    pub fn short(&self) -> &str {
        self.0.get(..7).unwrap_or(&self.0)
    }
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id made elsewhere.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The id that these parts always give: [`derived_id`].
            pub fn derived(parts: &[&str]) -> Self {
                Self(derived_id(parts))
            }

            /// Reads an id from its 128 bits.
            pub const fn from_u128(bits: u128) -> Self {
                Self(Uuid::from_u128(bits))
            }

            /// Its 128 bits.
            pub const fn as_u128(self) -> u128 {
                self.0.as_u128()
            }

            /// The bare id.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

uuid_id!(
    /// A customer, for us alone: what other systems call this customer is an alias of it.
    CustomerId
);
uuid_id!(
    /// One customer going through one journey once. Derived, so that a replay names the same run.
    RunId
);

uuid_id!(
    /// A time in which staff hold messages back.
    HaltId
);

/// SHA-256 over the parts, each led by its length, so that no two lists of parts share a digest by accident.
pub fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}

/// The id that these parts always give: the first 16 bytes of their digest.
pub fn derived_id(parts: &[&str]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest(parts)[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The share of the work that a row belongs to, 0..1024; leads every key in a store.
///
/// A customer's bucket is fixed at birth. Named hash: SHA-256 over (organisation, customer), first two bytes, modulo 1024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bucket(u16);

impl Bucket {
    /// How many there are.
    pub const COUNT: u16 = 1024;

    /// The bucket of a customer, or of anything else that has a place of its own (an object, an anonymous id).
    pub fn of(organisation: &OrganisationId, name: &str) -> Self {
        let bytes = digest(&[organisation.as_str(), name]);
        Self(u16::from_be_bytes([bytes[0], bytes[1]]) % Self::COUNT)
    }

    /// Reads a stored bucket; `None` outside 0..1024.
    pub fn new(number: u16) -> Option<Self> {
        (number < Self::COUNT).then_some(Self(number))
    }

    /// 0..1024.
    pub const fn number(self) -> u16 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }

    #[test]
    fn a_bucket_never_changes() {
        // Changing this number would lose every row ever stored.
        assert_eq!(Bucket::of(&OrganisationId::new("rijnoever"), "devries").number(), 1011);
    }
}
