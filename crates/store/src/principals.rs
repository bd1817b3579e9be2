use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use words::{OrganisationId, PrincipalId};

use crate::Result;

/// What customers see of who writes to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Face {
    /// As customers know it.
    pub name: String,
    /// What the data of other systems calls it, beside its name.
    pub known_as: Vec<String>,
    /// Where it is found by post, line by line.
    pub lines: Vec<String>,
    /// Where it is called.
    pub phone: Option<String>,
    /// The team that answers what customers write back.
    pub team: Option<String>,
    /// The colour of links and buttons: `#254a80`.
    pub accent: Option<String>,
    /// The host of the links in its messages: `klant.woonstede.nl`.
    pub host: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// A picture, by what it is called: the bytes are read apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// The SHA-256 of its bytes, in hexadecimal.
    pub hash: String,
    /// `png` or `jpeg`.
    pub kind: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// In whose name an organisation writes, with what customers see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Which organisation writes.
    pub organisation: OrganisationId,
    /// In whose name.
    pub id: PrincipalId,
    /// What customers see.
    pub face: Face,
}

/// In whose name organisations write.
#[async_trait]
pub trait Principals {
    /// All of which something is kept: the organisation itself first, the others by id.
    async fn principals(&self, organisation: &OrganisationId) -> Result<Vec<Principal>>;
    /// Adds or replaces. `logo`: the bytes of a new one; without them those that are kept stay as long as the face names a logo.
    async fn save_principal(&self, principal: Principal, logo: Option<Vec<u8>>) -> Result<()>;
    /// Removes, with the senders in its name; what was to go in its name goes in the organisation's own.
    async fn delete_principal(&self, organisation: &OrganisationId, id: &PrincipalId) -> Result<bool>;
    /// The bytes of a logo.
    async fn logo(&self, organisation: &OrganisationId, hash: &str) -> Result<Option<Vec<u8>>>;
}
