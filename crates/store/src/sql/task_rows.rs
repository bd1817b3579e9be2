//! Tasks as rows.

use words::{Channel, CustomerId, EffectKey, JourneyId, RunId, TouchpointId};

use super::{driver::Row, read::Read, sql::Sql};
use crate::{Result, TaskRow, TaskState, customer_bucket};

pub(super) const INSERT: (&str, usize, &str) = (
    "INSERT INTO tasks (bucket, organisation, customer, key, run, journey, touchpoint, team, title, due, script, facts,
        object, made, complaint, state, done, done_by, channel, note) VALUES",
    20,
    "ON CONFLICT (bucket, organisation, customer, key) DO NOTHING",
);
/// An open task takes on another state.
pub(super) const END: &str = "UPDATE tasks SET state = $5, done = $6, done_by = $7, channel = $8, note = $9
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state = 'open'";

pub(super) fn bind(row: Sql, task: &TaskRow) -> Sql {
    let row = row
        .place(customer_bucket(&task.organisation, task.customer), &task.organisation)
        .id(task.customer.uuid())
        .text(task.key.as_str())
        .id(task.run.uuid())
        .text(task.journey.as_str())
        .text(task.touchpoint.as_str())
        .text(&task.team)
        .text(&task.title)
        .time_if(task.due)
        .text_if(task.script.as_deref())
        .json(&task.facts)
        .text_if(task.object.as_deref())
        .time(task.made);
    bind_state(bind_complaint(row, task), &task.state)
}

/// What a task turned out to be.
pub(super) const RETELL: &str = "UPDATE tasks SET team = $5, title = $6, due = $7, complaint = $8
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";

pub(super) fn bind_complaint(row: Sql, task: &TaskRow) -> Sql {
    let complaint = task.complaint.as_ref().and_then(|complaint| serde_json::to_string(complaint).ok());
    row.text_if(complaint.as_deref())
}

/// state, done, done_by, channel, note.
pub(super) fn bind_state(row: Sql, state: &TaskState) -> Sql {
    match state {
        TaskState::Open => row.text("open").time_if(None).id_if(None).text_if(None).text(""),
        TaskState::Withdrawn { reason } => row.text("withdrawn").time_if(None).id_if(None).text_if(None).text(reason),
        TaskState::Done { time, by, channel, note } => {
            let channel = channel.as_ref().map(Channel::as_str);
            row.text("done").time(*time).id_if(*by).text_if(channel).text(note)
        }
    }
}

pub(super) fn read(row: &Row) -> Result<TaskRow> {
    let read = Read::new(row, "task");
    let state = match read.text("state")?.as_str() {
        "open" => TaskState::Open,
        "withdrawn" => TaskState::Withdrawn { reason: read.text("note")? },
        "done" => TaskState::Done {
            time: read.time("done")?,
            by: read.id_if("done_by")?,
            channel: read.text_if("channel")?.map(Channel::new),
            note: read.text("note")?,
        },
        other => return Err(read.unreadable(format!("state {other}"))),
    };
    Ok(TaskRow {
        key: EffectKey::stored(read.text("key")?),
        organisation: read.organisation()?,
        customer: CustomerId::new(read.id("customer")?),
        run: RunId::new(read.id("run")?),
        journey: JourneyId::new(read.text("journey")?),
        touchpoint: TouchpointId::new(read.text("touchpoint")?),
        team: read.text("team")?,
        title: read.text("title")?,
        due: read.time_if("due")?,
        script: read.text_if("script")?,
        facts: read.json("facts")?,
        object: read.text_if("object")?,
        made: read.time("made")?,
        complaint: match read.text_if("complaint")? {
            Some(text) => Some(serde_json::from_str(&text).map_err(|_| read.unreadable("complaint"))?),
            None => None,
        },
        state,
    })
}
