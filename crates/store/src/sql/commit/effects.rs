//! Messages and tasks: made, decided again, taken back, closed.

use words::EffectKey;

use super::{
    super::{
        bulk::bulk,
        driver::Conn,
        message_rows,
        sql::{Sql, sql},
        task_rows,
    },
    Written,
};
use crate::{Change, OutboxRow, Result, TaskRow, TaskState, customer_bucket};

const WITHDRAW: &str = "UPDATE outbox SET state = 'withdrawn', reason = $5, moment = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state IN ('held', 'ready', 'printed')";

#[cfg(test)]
pub(in super::super) const HOT: [&str; 4] = [message_rows::REDECIDE, task_rows::END, task_rows::RETELL, WITHDRAW];

pub(super) async fn save(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    let messages: Vec<&OutboxRow> = written.iter().flat_map(|one| &one.change.outbox).collect();
    bulk(conn, message_rows::INSERT, &messages, |row, message| message_rows::bind(row, message)).await?;
    let tasks: Vec<&TaskRow> = written.iter().flat_map(|one| &one.change.tasks).collect();
    bulk(conn, task_rows::INSERT, &tasks, |row, task| task_rows::bind(row, task)).await?;
    for one in written {
        redecide(conn, one.change).await?;
        withdraw(conn, one.change).await?;
        retell(conn, one.change).await?;
        close(conn, one.change).await?;
    }
    Ok(())
}

async fn redecide(conn: &mut Conn, change: &Change) -> Result<()> {
    for message in &change.redecided {
        let at = message_rows::bind_key(sql(message_rows::REDECIDE), message);
        message_rows::bind_progress(at, message).run(conn).await?;
    }
    Ok(())
}

fn at(text: &'static str, change: &Change, key: &EffectKey) -> Sql {
    let at = sql(text).place(customer_bucket(&change.organisation, change.customer), &change.organisation);
    at.id(change.customer.uuid()).text(key.as_str())
}

/// A key names a message or a task (or both: a task with a script); what is open of it is taken back.
async fn withdraw(conn: &mut Conn, change: &Change) -> Result<()> {
    for withdrawn in &change.withdrawn {
        at(WITHDRAW, change, &withdrawn.key).text(&withdrawn.reason).run(conn).await?;
        let state = TaskState::Withdrawn { reason: withdrawn.reason.clone() };
        task_rows::bind_state(at(task_rows::END, change, &withdrawn.key), &state).run(conn).await?;
    }
    Ok(())
}

async fn retell(conn: &mut Conn, change: &Change) -> Result<()> {
    for task in &change.retold {
        let told = at(task_rows::RETELL, change, &task.key).text(&task.team).text(&task.title).time_if(task.due);
        task_rows::bind_complaint(told, task).run(conn).await?;
    }
    Ok(())
}

async fn close(conn: &mut Conn, change: &Change) -> Result<()> {
    for (key, time) in &change.closed_tasks {
        let state = TaskState::Done { time: *time, by: None, channel: None, note: String::new() };
        task_rows::bind_state(at(task_rows::END, change, key), &state).run(conn).await?;
    }
    Ok(())
}
