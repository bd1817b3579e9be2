use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;
use words::Bucket;

use crate::{Result, Store};

/// Who wants to work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLease {
    /// Its own for ever: a lease that ended never comes back under the same id, so the id is what fences.
    pub id: Uuid,
    /// Of what it remembers of customers. Workers of a lower one would lose what it writes, and are ended.
    pub format: u32,
    /// Of the program, for people.
    pub version: String,
}

/// What a lease holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which lease.
    pub lease: Uuid,
    /// Its buckets, rising.
    pub buckets: Vec<Bucket>,
}

impl Share {
    /// Whether nobody else holds any.
    pub fn is_all(&self) -> bool {
        self.buckets.len() == usize::from(Bucket::COUNT)
    }

    /// Whether a bucket is among its own.
    pub fn holds(&self, bucket: Bucket) -> bool {
        self.buckets.binary_search_by_key(&bucket.number(), |own| own.number()).is_ok()
    }
}

/// A lease as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseRow {
    /// Which.
    pub id: Uuid,
    /// Until when, unless it is renewed.
    pub until: Timestamp,
    /// See [`NewLease`].
    pub format: u32,
    /// Of the program.
    pub version: String,
    /// How many buckets it holds.
    pub buckets: u32,
}

/// Who works for which buckets. Work that was accepted is taken up by the one that holds its bucket: an event by the bucket
/// it was accepted in, what is due and what is sent by the customer's.
#[async_trait]
pub trait Leases {
    /// Begins a lease until `until`. Leases that ended by `now`, and those of a lower format, are taken away first, after
    /// what they are writing at this moment. Takes buckets as [`Leases::balance`] does. [`crate::Error::Outdated`]: somebody
    /// with a higher format works or worked here.
    async fn begin_lease(&self, lease: NewLease, now: Timestamp, until: Timestamp) -> Result<Share>;
    /// Begins a lease without an end on all buckets, and ends every other: for the only process of a store.
    async fn begin_only_lease(&self, lease: NewLease) -> Result<Share>;
    /// Prolongs a lease; `false`: somebody took over, and nothing can be written under it any more.
    async fn renew_lease(&self, lease: Uuid, until: Timestamp) -> Result<bool>;
    /// Gives back what is more than a fair share (1024 over the leases there are, rounded up), or takes free buckets up to
    /// it. Only between two rounds of work: what was taken up and not written would be taken up by another. `None`: somebody
    /// took over.
    async fn balance(&self, lease: Uuid, now: Timestamp) -> Result<Option<Share>>;
    /// Ends a lease in good order: its buckets are free at once.
    async fn end_lease(&self, lease: Uuid) -> Result<()>;
    /// Every lease, also one that ran out and that nobody took away yet.
    async fn leases(&self) -> Result<Vec<LeaseRow>>;
    /// This store under a lease: asked for work it gives only what lies in buckets of the lease, and all that is written
    /// through it is refused with [`crate::Error::LeaseEnded`] once somebody took over. The look at the lease and the write
    /// are one transaction, and a take-over waits for it. Good until the next [`Leases::balance`].
    fn held(&self, share: &Share) -> Arc<dyn Store>;
}
