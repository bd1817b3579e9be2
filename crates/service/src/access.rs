//! Everything that is held of one customer, to be given to them: as one document, or as tables.
//!
//! The document has `format` (`klantreis.customer.1`), `organisation`, `made`, and a list per kind: `profile` (one row),
//! `names`, `objects`, `runs`, `contacts`, `lessons`, `messages`, `tasks`, `decisions`, `events`, `suppressions`,
//! `conversations`, `merges`, `deliveries`. Times
//! are ISO 8601 in UTC. Within a list every row has the same fields.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::{AliasKind, OutboxFilter, OutboxRow, Paging, Store, TaskFilter, TaskRow, limits::ROWS_MAX};
use words::{Channel, CustomerId, OrganisationId};

use crate::{Error, Result, harmless};

/// The form of the document.
const FORMAT: &str = "klantreis.customer.1";

/// Everything that is held of one customer.
pub struct Access {
    organisation: OrganisationId,
    made: Timestamp,
    kinds: Vec<(&'static str, Vec<Value>)>,
}

impl Access {
    /// Gathers it; `None`: there is no such customer. One who turned out to be another is that other.
    pub async fn gather(
        store: &dyn Store,
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Option<Self>> {
        let loaded = store.load(organisation, &[customer]).await?.pop();
        let Some(loaded) = loaded else { return Ok(None) };
        if let Some(winner) = loaded.forwards_to {
            return Box::pin(Self::gather(store, organisation, winner, now)).await;
        }
        let members = store.members(organisation, customer).await?;
        let mut kinds = vec![("profile", vec![value(&loaded.customer)?])];
        let (mut names, mut objects, mut events, mut merges) = (vec![], vec![], vec![], vec![]);
        let mut deliveries = Vec::new();
        for member in members {
            for (kind, name) in store.aliases_of(organisation, member).await? {
                names.push(
                    json!({ "kind": if kind == AliasKind::User { "customer" } else { "anonymous" }, "name": name }),
                );
            }
            let owned = store.objects_of(organisation, member).await?;
            objects.extend(owned.into_iter().map(|(kind, id)| json!({ "type": kind, "id": id })));
            events.extend(all_events(store, organisation, member).await?);
            let told = store.deliveries_of(organisation, member).await?;
            deliveries.extend(told.iter().map(delivery));
            for merge in store.merged_into(organisation, member).await? {
                merges.push(json!({ "time": merge.time, "source": merge.source, "event": merge.event }));
            }
        }
        kinds.extend([("names", names), ("objects", objects)]);
        let runs = store.runs_of(organisation, customer).await?;
        kinds.push(("runs", runs.iter().map(value).collect::<Result<_>>()?));
        let (contacts, lessons) = store.story_of(organisation, customer).await?;
        kinds.push(("contacts", contacts.iter().map(value).collect::<Result<_>>()?));
        kinds.push(("lessons", lessons.iter().map(value).collect::<Result<_>>()?));
        kinds.push(("messages", all_messages(store, organisation, customer).await?));
        kinds.push(("tasks", all_tasks(store, organisation, customer).await?));
        let decisions = store.decisions_of(organisation, customer).await?;
        kinds.push(("decisions", decisions.iter().map(|one| value(&one.decision)).collect::<Result<_>>()?));
        kinds.push(("events", events));
        let channels = Channel::SENDING.iter().map(|name| Channel::new(*name));
        let addresses: Vec<_> =
            channels.filter_map(|channel| Some((channel.clone(), loaded.customer.reached_by(&channel)?))).collect();
        let suppressed = store.suppressed(organisation, &addresses).await?.into_iter().map(
            |one| json!({ "channel": one.channel, "address": one.address, "reason": one.reason, "since": one.since }),
        );
        let heard = store.last_heard(organisation, &addresses).await?.into_iter();
        let heard = heard.map(|one| json!({ "channel": one.channel, "address": one.address, "time": one.time }));
        let (suppressed, heard) = (suppressed.collect(), heard.collect());
        kinds.extend([
            ("suppressions", suppressed),
            ("conversations", heard),
            ("merges", merges),
            ("deliveries", deliveries),
        ]);
        Ok(Some(Self { organisation: organisation.clone(), made: now, kinds }))
    }

    /// The whole document, readable.
    pub fn json(&self) -> String {
        let mut whole = Map::new();
        whole.insert("format".into(), FORMAT.into());
        whole.insert("organisation".into(), self.organisation.as_str().into());
        whole.insert("made".into(), self.made.to_string().into());
        whole.extend(self.kinds.iter().map(|(kind, rows)| ((*kind).to_owned(), Value::Array(rows.clone()))));
        format!("{:#}", Value::Object(whole))
    }

    /// A table per kind that has rows: its name and its CSV.
    pub fn tables(&self) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let filled = self.kinds.iter().filter(|(_, rows)| !rows.is_empty());
        filled.map(|(kind, rows)| Ok((*kind, table(rows)?))).collect()
    }

    /// The story as CSV: every contact in time.
    pub fn story(&self) -> Result<Vec<u8>> {
        let rows = self.kinds.iter().find(|(kind, _)| *kind == "contacts").map_or(&[][..], |(_, rows)| rows);
        table(rows)
    }
}

fn value(row: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(row).map_err(|error| Error::Export(error.to_string()))
}

async fn all_events(store: &dyn Store, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<Value>> {
    let (mut all, mut offset) = (Vec::new(), 0);
    loop {
        let piece = store.events_from(organisation, customer, Paging { offset, limit: ROWS_MAX }).await?;
        for stored in &piece {
            all.push(value(&stored.event)?);
        }
        offset += ROWS_MAX;
        if piece.len() < ROWS_MAX as usize {
            return Ok(all);
        }
    }
}

async fn all_messages(store: &dyn Store, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<Value>> {
    let filter = OutboxFilter { customer: Some(customer), ..OutboxFilter::default() };
    let (mut all, mut offset) = (Vec::new(), 0);
    loop {
        let listed = store.messages(organisation, &filter, Paging { offset, limit: ROWS_MAX }).await?;
        all.extend(listed.rows.iter().map(message));
        offset += ROWS_MAX;
        if listed.total <= u64::from(offset) {
            return Ok(all);
        }
    }
}

fn message(row: &OutboxRow) -> Value {
    json!({
        "key": row.key, "run": row.run, "journey": row.journey, "touchpoint": row.touchpoint, "decided": row.decided,
        "message": row.send.message, "class": row.send.class, "facts": row.send.facts, "state": row.state.name(),
        "channel": row.channel, "to": row.to, "attempts": row.attempts,
        "subject": row.rendered.as_ref().and_then(|made| made.subject.clone()),
        "text": row.rendered.as_ref().map(|made| made.text.clone()),
    })
}

/// What another system was or is to be told.
fn delivery(row: &store::Delivery) -> Value {
    json!({
        "endpoint": row.endpoint, "id": row.id, "kind": row.kind, "time": row.time, "state": row.state.name(),
        "told": row.body,
    })
}

async fn all_tasks(store: &dyn Store, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<Value>> {
    let filter = TaskFilter { customer: Some(customer), ..TaskFilter::default() };
    let (mut all, mut offset) = (Vec::new(), 0);
    loop {
        let listed = store.tasks(organisation, &filter, Paging { offset, limit: ROWS_MAX }).await?;
        all.extend(listed.rows.iter().map(task));
        offset += ROWS_MAX;
        if listed.total <= u64::from(offset) {
            return Ok(all);
        }
    }
}

fn task(row: &TaskRow) -> Value {
    let (state, time, note) = match &row.state {
        store::TaskState::Open => ("open", None, None),
        store::TaskState::Done { time, note, .. } => ("done", Some(*time), Some(note.clone())),
        store::TaskState::Withdrawn { reason } => ("withdrawn", None, Some(reason.clone())),
    };
    json!({
        "key": row.key, "run": row.run, "journey": row.journey, "touchpoint": row.touchpoint, "team": row.team,
        "title": row.title, "made": row.made, "due": row.due, "object": row.object, "facts": row.facts,
        "state": state, "done": time, "note": note,
        "complaint": row.complaint.clone().map(|complaint| store::Complaint { taken: None, ..complaint }),
    })
}

/// The fields of all rows as columns; what is not plain stands there as JSON.
fn table(rows: &[Value]) -> Result<Vec<u8>> {
    let columns: BTreeSet<&String> = rows.iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let trouble = |error: csv::Error| Error::Export(error.to_string());
    writer.write_record(&columns).map_err(trouble)?;
    for row in rows {
        let cells = columns.iter().map(|column| match &row[column.as_str()] {
            Value::Null => String::new(),
            Value::String(text) => harmless(text),
            other => harmless(&other.to_string()),
        });
        writer.write_record(cells).map_err(trouble)?;
    }
    writer.into_inner().map_err(|error| Error::Export(error.to_string()))
}
