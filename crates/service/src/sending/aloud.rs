//! What a person reads: the script of a task, the questions of an ask.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{OutboxRow, Rendered, TaskRow};
use words::{Channel, Customer};

use super::message::Making;
use crate::{Catalog, Live, Published, Result};

/// The script or card of a task, as this customer's own words fill it; `None` when it has none or it cannot be made.
pub async fn script(
    journey: Option<&Live>,
    row: &TaskRow,
    customer: &Customer,
    catalog: &Catalog,
    now: Timestamp,
) -> Result<Option<Rendered>> {
    let (Some(journey), Some(name)) = (journey, &row.script) else { return Ok(None) };
    let Some(organisation) = catalog.organisation(&row.organisation).await? else { return Ok(None) };
    let channel = Channel::new("desk");
    let making =
        Making { published: &journey.published, organisation: &organisation, customer, channel: &channel, now };
    Ok(making.text(name, &row.touchpoint, &row.facts, BTreeMap::new()).ok())
}

/// The questions of a message by name, as its customer reads them.
pub async fn questions(
    published: &Published,
    row: &OutboxRow,
    customer: &Customer,
    catalog: &Catalog,
    now: Timestamp,
) -> Result<Vec<(String, String)>> {
    let Some(organisation) = catalog.organisation(&row.organisation).await? else { return Ok(Vec::new()) };
    let channel = Channel::email();
    let making = Making { published, organisation: &organisation, customer, channel: &channel, now };
    Ok(making.questions(&row.send.message, &row.touchpoint, &row.send.facts))
}
