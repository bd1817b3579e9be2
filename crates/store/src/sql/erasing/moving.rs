//! The facts of a customer become nobody's, and everything else of the customer goes.
//!
//! The rows keep their numbers (`seq`): a reader who has seen them does not see them again, and their order tells nobody when
//! somebody was erased. Bucket, customer, run and every key are new, made with a secret that is forgotten afterwards.

use std::collections::BTreeSet;

use words::{Customer, CustomerId, EffectKey, JourneyId, OrganisationId, RunId, Verdict};

use super::{
    super::{
        driver::{Conn, Row},
        facts::read_contact,
        merges, message_rows,
        read::Read,
        sql::{Sql, sql},
        task_rows,
    },
    log::{at_home, hold},
    quiet::quieten,
    whom::{self, of},
};
use crate::{Complaint, Erasure, ErasureStep, Kept, OutboxRow, Result, SendState, TaskRow, TaskState, customer_bucket};

const RUNS: &str = "SELECT run, journey, key, started, ended_reason, dropped_reason FROM runs
    WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const RUN: &str =
    "UPDATE runs SET bucket = $5, customer = $6, run = $7, key = $8, ended_reason = $9, dropped_reason = $10,
        due = NULL, state = $11
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const CONTACTS: &str = "SELECT * FROM contacts WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const CONTACT: &str =
    "UPDATE contacts SET bucket = $6, customer = $7, run = $8, place = NULL, staff = NULL, object = NULL,
        outcome = $9, reason = $10, event = $11
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4 AND sequence = $5";
const LEARNT: &str = "UPDATE learnt SET bucket = $5, customer = $6, run = $7
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4";
const DECISIONS: &str = "SELECT run, seq, place, decision FROM decisions
    WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const DECISION: &str = "UPDATE decisions SET bucket = $7, customer = $8, run = $9, decision = $10
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND run = $4 AND seq = $5 AND place = $6";
const MESSAGES: &str = "SELECT * FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const MESSAGE: &str = "UPDATE outbox SET bucket = $5, customer = $6, key = $7, run = $8, send = $9, reason = $10,
        reference = NULL, address = NULL, last_error = NULL, rendered = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";
const TASKS: &str = "SELECT * FROM tasks WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const TASK: &str = "UPDATE tasks SET bucket = $5, customer = $6, key = $7, run = $8, facts = '{}', object = NULL,
        state = $9, note = $10, complaint = $11, title = $12
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4";
const LINKS: &str = "DELETE FROM links WHERE bucket = $1 AND organisation = $2
    AND purpose IN ('ask', 'unsubscribe', 'preferences', 'follow', 'message') AND subject_key = $3";
const GONE: [&str; 3] = [
    "DELETE FROM customers WHERE bucket = $1 AND organisation = $2 AND customer = $3",
    "DELETE FROM customer_words WHERE bucket = $1 AND organisation = $2 AND customer = $3",
    "DELETE FROM removed_runs WHERE bucket = $1 AND organisation = $2 AND customer = $3",
];
/// Of any bucket: names, things and events live where they came in.
const GONE_ANYWHERE: [&str; 5] = [
    "DELETE FROM aliases WHERE organisation = $1 AND customer = $2",
    "DELETE FROM objects WHERE organisation = $1 AND customer = $2",
    "DELETE FROM events WHERE organisation = $1 AND customer = $2",
    "DELETE FROM merges WHERE organisation = $1 AND loser = $2",
    "DELETE FROM merges WHERE bucket = $3 AND organisation = $1 AND winner = $2",
];
const NOBODY: &str = "INSERT INTO customers
    (bucket, organisation, customer, revision, created, updated, profile, memory, erased)
    VALUES ($1, $2, $3, 1, $4, $4, $5, NULL, 1)";
const MOVED: &str = "UPDATE erasures SET step = 'moved', customer = NULL
    WHERE bucket = $1 AND organisation = $2 AND erasure = $3";

/// New names for old ones.
struct Renaming<'a> {
    secret: String,
    organisation: &'a OrganisationId,
    old: CustomerId,
    new: CustomerId,
    kept: &'a Kept,
}

impl Renaming<'_> {
    fn run(&self, run: RunId) -> RunId {
        RunId::derived(&[&self.secret, "run", &run.to_string()])
    }

    fn text(&self, kind: &str, text: &str) -> String {
        words::digest(&[&self.secret, kind, text])[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Led by the run, as every key is.
    fn key(&self, run: RunId, key: &EffectKey) -> EffectKey {
        EffectKey::stored(format!("{}:{}", self.run(run), self.text("key", key.as_str())))
    }

    /// A text of a fact, when its journey lists it.
    fn listed(&self, journey: &JourneyId, text: Option<String>) -> Option<String> {
        text.filter(|text| self.kept.texts.get(journey).is_some_and(|listed| listed.contains(text)))
    }

    fn bucket(&self) -> i64 {
        i64::from(customer_bucket(self.organisation, self.new).number())
    }

    fn at(&self, text: &'static str) -> Sql {
        of(text, self.organisation, self.old)
    }

    fn to(&self, statement: Sql) -> Sql {
        statement.int(self.bucket()).id(self.new.uuid())
    }
}

pub(super) async fn anonymise(conn: &mut Conn, erasure: &Erasure, secret: &[u8; 32], kept: &Kept) -> Result<bool> {
    let Some(held) = hold(conn, erasure).await? else { return Ok(true) };
    let (Some(customer), true) = (held.customer, held.step < ErasureStep::Moved) else { return Ok(true) };
    let organisation = &held.organisation;
    if quieten(conn, organisation, customer).await? > 0 {
        return Ok(false);
    }
    let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    for member in merges::members(conn, organisation, customer).await? {
        let new = CustomerId::derived(&[&secret, "customer", &member.to_string()]);
        let renaming = Renaming { secret: secret.clone(), organisation, old: member, new, kept };
        let profile = whom::profile(conn, organisation, member).await?.map(|(profile, _)| profile);
        let started = runs(conn, &renaming).await?;
        contacts(conn, &renaming).await?;
        decisions(conn, &renaming).await?;
        messages(conn, &renaming).await?;
        tasks(conn, &renaming).await?;
        gone(conn, &renaming).await?;
        if let Some(started) = started {
            let personas = profile.map(|profile| profile.personas).unwrap_or_default();
            nobody(conn, &renaming, started, personas).await?;
        }
    }
    at_home(MOVED, organisation).id(held.id).run(conn).await?;
    Ok(true)
}

/// Moves the runs with their lessons; when the first began.
async fn runs(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<Option<i64>> {
    let mut first = None;
    for row in renaming.at(RUNS).rows(conn).await? {
        let read = Read::new(&row, "run");
        let (run, journey) = (RunId::new(read.id("run")?), JourneyId::new(read.text("journey")?));
        let started = read.int("started")?;
        first = Some(first.map_or(started, |first: i64| first.min(started)));
        let new = renaming.run(run).uuid();
        let key = read.text_if("key")?.map(|key| renaming.text("run key", &key));
        let ended = renaming.listed(&journey, read.text_if("ended_reason")?);
        let dropped = renaming.listed(&journey, read.text_if("dropped_reason")?);
        let moved = renaming.to(renaming.at(RUN).id(run.uuid())).id(new).text_if(key.as_deref());
        moved.text_if(ended.as_deref()).text_if(dropped.as_deref()).bytes(&[]).run(conn).await?;
        renaming.to(renaming.at(LEARNT).id(run.uuid())).id(new).run(conn).await?;
    }
    Ok(first)
}

async fn contacts(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<()> {
    for row in renaming.at(CONTACTS).rows(conn).await? {
        let contact = read_contact(&row)?;
        let at = renaming.at(CONTACT).id(contact.run.uuid()).int(contact.sequence.into());
        let moved = renaming.to(at).id(renaming.run(contact.run).uuid());
        let outcome = renaming.listed(&contact.journey, contact.outcome);
        let reason = renaming.listed(&contact.journey, contact.reason);
        let event = renaming.text("event", contact.event.as_str());
        moved.text_if(outcome.as_deref()).text_if(reason.as_deref()).text(&event).run(conn).await?;
    }
    Ok(())
}

async fn decisions(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<()> {
    for row in renaming.at(DECISIONS).rows(conn).await? {
        let read = Read::new(&row, "decision");
        let run = RunId::new(read.id("run")?);
        let mut decision: words::Decision = read.json("decision")?;
        decision.key = renaming.key(run, &decision.key);
        if let Verdict::Send { to, .. } = &mut decision.verdict {
            to.clear();
        }
        decision.checks.iter_mut().for_each(|check| check.seen.clear());
        let at = renaming.at(DECISION).id(run.uuid()).int(read.int("seq")?).int(read.int("place")?);
        renaming.to(at).id(renaming.run(run).uuid()).json(&decision).run(conn).await?;
    }
    Ok(())
}

async fn messages(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<()> {
    for row in renaming.at(MESSAGES).rows(conn).await? {
        let mut message = message_rows::read(&row)?;
        message.send.facts = serde_json::json!({});
        let reason = reason(&message, &row)?;
        let moved = renaming.to(renaming.at(MESSAGE).text(message.key.as_str()));
        let moved = moved.text(renaming.key(message.run, &message.key).as_str());
        moved.id(renaming.run(message.run).uuid()).json(&message.send).text(&reason).run(conn).await?;
        forget_links(conn, renaming, &message.key).await?;
    }
    Ok(())
}

/// What a provider said in its own words may repeat the address.
fn reason(message: &OutboxRow, row: &Row) -> Result<String> {
    let said = Read::new(row, "message").text("reason")?;
    let ours = matches!(message.state, SendState::Refused { .. } | SendState::Withdrawn { .. });
    Ok(if ours { said } else { String::new() })
}

async fn tasks(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<()> {
    for row in renaming.at(TASKS).rows(conn).await? {
        let task = task_rows::read(&row)?;
        let (state, note) = match &task.state {
            TaskState::Open => ("withdrawn", "erased"),
            TaskState::Withdrawn { reason } => ("withdrawn", reason.as_str()),
            TaskState::Done { .. } => ("done", ""),
        };
        let moved = renaming.to(renaming.at(TASK).text(task.key.as_str()));
        let moved = moved.text(renaming.key(task.run, &task.key).as_str());
        let moved = moved.id(renaming.run(task.run).uuid()).text(state).text(note);
        let complaint = task.complaint.clone().map(Complaint::nobodys);
        let nobodys = TaskRow { complaint, ..task.clone() };
        // Of a thread it repeats what somebody wrote above a mail.
        let title = if is_thread(&task) { "" } else { task.title.as_str() };
        task_rows::bind_complaint(moved, &nobodys).text(title).run(conn).await?;
        forget_links(conn, renaming, &task.key).await?;
    }
    Ok(())
}

fn is_thread(task: &TaskRow) -> bool {
    task.object.as_ref().is_some_and(|object| object.starts_with("thread:"))
}

async fn forget_links(conn: &mut Conn, renaming: &Renaming<'_>, key: &EffectKey) -> Result<()> {
    at_home(LINKS, renaming.organisation).text(key.as_str()).run(conn).await.map(|_| ())
}

async fn gone(conn: &mut Conn, renaming: &Renaming<'_>) -> Result<()> {
    for text in GONE {
        renaming.at(text).run(conn).await?;
    }
    let bucket = i64::from(customer_bucket(renaming.organisation, renaming.old).number());
    for text in GONE_ANYWHERE {
        let anywhere = sql(text).text(renaming.organisation.as_str()).id(renaming.old.uuid());
        let names_the_bucket = text.contains("$3");
        if names_the_bucket { anywhere.int(bucket) } else { anywhere }.run(conn).await?;
    }
    Ok(())
}

/// Someone of whom only the personas are known, so that figures by persona stay what they are.
async fn nobody(conn: &mut Conn, renaming: &Renaming<'_>, started: i64, personas: BTreeSet<String>) -> Result<()> {
    let profile = Customer { personas, ..Customer::unknown(renaming.new) };
    let at = sql(NOBODY).place(customer_bucket(renaming.organisation, renaming.new), renaming.organisation);
    at.id(renaming.new.uuid()).int(started).json(&profile).run(conn).await.map(|_| ())
}
