//! What a person reads: the script of a task, the questions of an ask.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{OutboxRow, Rendered, TaskRow};
use words::{Channel, Customer};

use super::message::{Making, Unmakeable, Who};
use crate::{Catalog, Live, Published, Result};

/// What a person says while doing a task, with this customer's own data and that person's first name, or why it cannot be made;
/// `None` when the task has none. As the first channel of its touchpoint that a person uses has it, else as at a desk.
pub async fn script(
    journey: Option<&Live>,
    row: &TaskRow,
    customer: &Customer,
    (catalog, staff): (&Catalog, &str),
    now: Timestamp,
) -> Result<Option<std::result::Result<Rendered, Unmakeable>>> {
    let (Some(journey), Some(name)) = (journey, &row.script) else { return Ok(None) };
    let Some(organisation) = catalog.organisation(&row.organisation).await? else { return Ok(None) };
    let touchpoint = journey.published.definition.touchpoint(&row.touchpoint);
    let channels = touchpoint.map(|touchpoint| touchpoint.channels.as_slice()).unwrap_or_default();
    let by_hand = |channel: &&Channel| channel.is_spoken() || channel.is_paper();
    let channel = channels.iter().find(by_hand).cloned().unwrap_or_else(|| Channel::new("desk"));
    let (faces, principal) = catalog.whose(&row.organisation, &journey.published, &row.facts).await?;
    let making = Making {
        published: Some(&journey.published),
        organisation: &organisation,
        customer,
        channel: &channel,
        now,
        staff: staff.split_whitespace().next(),
        who: Who { faces: &faces, principal: &principal, base: "" },
    };
    Ok(Some(making.text(name, &row.touchpoint, &row.facts, BTreeMap::new())))
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
    let (faces, principal) = catalog.whose(&row.organisation, published, &row.send.facts).await?;
    let who = Who { faces: &faces, principal: &principal, base: "" };
    let published = Some(published);
    let making = Making { published, organisation: &organisation, customer, channel: &channel, now, staff: None, who };
    Ok(making.questions(&row.send.message, &row.touchpoint, &row.send.facts))
}
