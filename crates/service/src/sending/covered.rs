//! Which messages a halt is about, counted for staff before they make it and while it stands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use journey::Organisation;
use store::{OutboxFilter, OutboxRow, Paging, Store};
use words::{Customer, CustomerId, Halt, OrganisationId};

use super::{message::zone, notice::notice_of};
use crate::Result;

/// Messages of one filter that are looked at, at most: beyond it a count is a least.
const LOOKED_AT_MAX: u32 = 5_000;
/// Messages that are read at once.
const READ: u32 = 1_000;

/// Messages that one halt is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// How many.
    pub messages: u64,
    /// To whom.
    pub customers: BTreeSet<CustomerId>,
}

/// What several halts are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// For each halt, in the order given; a message counts for the first that holds it back, as when it is decided.
    pub halts: Vec<Covered>,
    /// There were more messages than are looked at.
    pub cut: bool,
}

/// Counts the messages of these filters that halts hold back at a moment.
pub async fn coverage(
    store: &dyn Store,
    (id, organisation): (&OrganisationId, &Organisation),
    halts: &[Halt],
    filters: &[OutboxFilter],
    now: Timestamp,
) -> Result<Coverage> {
    let mut coverage = Coverage { halts: vec![Covered::default(); halts.len()], cut: false };
    for filter in filters {
        for offset in (0..LOOKED_AT_MAX).step_by(READ as usize) {
            let listed = store.messages(id, filter, Paging { offset, limit: READ }).await?;
            coverage.cut |= listed.total > u64::from(LOOKED_AT_MAX);
            coverage.count(store, (id, organisation), halts, &listed.rows, now).await?;
            if listed.rows.len() < READ as usize {
                break;
            }
        }
    }
    Ok(coverage)
}

impl Coverage {
    async fn count(
        &mut self,
        store: &dyn Store,
        (id, organisation): (&OrganisationId, &Organisation),
        halts: &[Halt],
        rows: &[OutboxRow],
        now: Timestamp,
    ) -> Result<()> {
        let customers: BTreeSet<CustomerId> = rows.iter().map(|row| row.customer).collect();
        let customers: Vec<CustomerId> = customers.into_iter().collect();
        let found = store.customers_by_id(id, &customers).await?.into_iter();
        let found: BTreeMap<CustomerId, Customer> = found.map(|stored| (stored.customer.id, stored.customer)).collect();
        for row in rows.iter().filter(|row| notice_of(row).is_none()) {
            let Some(customer) = found.get(&row.customer) else { continue };
            let zone = zone(customer, organisation);
            let halt = engine::halted(halts, &row.journey, customer, &row.send.facts, &zone, now);
            let place = halt.and_then(|halt| halts.iter().position(|one| one.id == halt.id));
            if let Some(covered) = place.and_then(|place| self.halts.get_mut(place)) {
                covered.messages += 1;
                covered.customers.insert(row.customer);
            }
        }
        Ok(())
    }
}
