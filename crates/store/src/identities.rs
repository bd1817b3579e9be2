use async_trait::async_trait;
use words::{CustomerId, OrganisationId, RunId};

use crate::{AliasKind, Result};

/// Whose an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The customer.
    pub customer: CustomerId,
    /// The run it is bound to, when it is a part or a key.
    pub run: Option<RunId>,
}

/// Who is who. Rows come into being by [`crate::Travellers::commit`].
#[async_trait]
pub trait Identities {
    /// The customers behind these names; per name, in this order. A merged customer is followed to the one that it forwards to.
    async fn by_alias(
        &self,
        organisation: &OrganisationId,
        aliases: &[(AliasKind, String)],
    ) -> Result<Vec<Option<CustomerId>>>;
    /// The owners of these objects (type, id); per object, in this order.
    async fn by_object(
        &self,
        organisation: &OrganisationId,
        objects: &[(String, String)],
    ) -> Result<Vec<Option<Owner>>>;
    /// Every object of a customer (type, id).
    async fn objects_of(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<(String, String)>>;
    /// Every name of a customer.
    async fn aliases_of(&self, organisation: &OrganisationId, customer: CustomerId)
    -> Result<Vec<(AliasKind, String)>>;
}
