//! What is only ever appended: contacts, lessons, decisions.

use words::{Channel, Contact, CustomerId, Decision, EffectKey, Experience, Learnt, OrganisationId, RunId};

use super::{
    super::{bulk::bulk, driver::Conn, sql::Sql},
    Written,
};
use crate::{Error, Result, customer_bucket};

const CONTACTS: (&str, usize, &str) = (
    "INSERT INTO contacts (bucket, organisation, customer, run, sequence, seq, journey, version, touchpoint, visit,
        time, recorded, channel, place, staff, outcome, reason, score, event, object) VALUES",
    20,
    "ON CONFLICT (bucket, organisation, customer, run, sequence) DO NOTHING",
);
/// A lesson takes the journey of its run, which is saved before it.
const LEARNT: (&str, usize, &str) = (
    "WITH learning (bucket, organisation, customer, run, seq, place, sequence, time, lesson) AS (VALUES",
    9,
    ") INSERT INTO learnt (bucket, organisation, customer, run, seq, place, sequence, journey, time, lesson)
        SELECT learning.bucket, learning.organisation, learning.customer, learning.run, learning.seq, learning.place,
            learning.sequence, runs.journey, learning.time, learning.lesson
        FROM learning CROSS JOIN runs WHERE runs.bucket = learning.bucket AND runs.organisation = learning.organisation
            AND runs.customer = learning.customer AND runs.run = learning.run",
);
const DECISIONS: (&str, usize, &str) = (
    "INSERT INTO decisions (bucket, organisation, customer, run, seq, place, time, decision) VALUES",
    8,
    "ON CONFLICT (bucket, organisation, customer, run, seq, place) DO NOTHING",
);

#[cfg(test)]
pub(in super::super) const HOT: [(&str, usize, &str); 3] = [CONTACTS, LEARNT, DECISIONS];

pub(super) async fn append(conn: &mut Conn, written: &[Written<'_>]) -> Result<()> {
    let contacts: Vec<_> = written
        .iter()
        .flat_map(|one| one.change.contacts.iter().map(|contact| (&one.change.organisation, one.seq, contact)))
        .collect();
    bulk(conn, CONTACTS, &contacts, bind_contact).await?;
    let learnt: Vec<_> = written
        .iter()
        .flat_map(|one| one.change.learnt.iter().enumerate().map(move |(place, learnt)| (one, place, learnt)))
        .collect();
    bulk(conn, LEARNT, &learnt, bind_learnt).await?;
    let mut decisions = Vec::new();
    for one in written {
        for (place, decision) in one.change.decisions.iter().enumerate() {
            decisions.push((one, place, decision, run_of(&decision.key)?));
        }
    }
    bulk(conn, DECISIONS, &decisions, bind_decision).await?;
    Ok(())
}

/// The run that leads every effect key.
fn run_of(key: &EffectKey) -> Result<RunId> {
    let run = key.as_str().split(':').next().and_then(|run| run.parse().ok());
    run.ok_or_else(|| Error::Unreadable { what: "effect key", detail: key.to_string() })
}

fn at(row: Sql, organisation: &OrganisationId, customer: CustomerId, run: RunId) -> Sql {
    row.place(customer_bucket(organisation, customer), organisation).id(customer.uuid()).id(run.uuid())
}

fn bind_contact(row: Sql, (organisation, seq, contact): &(&OrganisationId, u64, &Contact)) -> Sql {
    at(row, organisation, contact.customer, contact.run)
        .int(contact.sequence.into())
        .count(*seq)
        .text(contact.journey.as_str())
        .text(contact.version.as_str())
        .text(contact.touchpoint.as_str())
        .int(contact.visit.into())
        .time(contact.time)
        .time(contact.recorded)
        .text_if(contact.channel.as_ref().map(Channel::as_str))
        .text_if(contact.place.as_deref())
        .text_if(contact.staff.as_deref())
        .text_if(contact.outcome.as_deref())
        .text_if(contact.reason.as_deref())
        .real_if(contact.score.map(Experience::value))
        .text(contact.event.as_str())
        .text_if(contact.object.as_deref())
}

fn bind_learnt(row: Sql, (one, place, learnt): &(&Written<'_>, usize, &Learnt)) -> Sql {
    at(row, &one.change.organisation, one.change.customer, learnt.run)
        .count(one.seq)
        .count(*place as u64)
        .int(learnt.sequence.into())
        .time(learnt.time)
        .json(&learnt.lesson)
}

fn bind_decision(row: Sql, (one, place, decision, run): &(&Written<'_>, usize, &Decision, RunId)) -> Sql {
    at(row, &one.change.organisation, one.change.customer, *run)
        .count(one.seq)
        .count(*place as u64)
        .time(decision.time)
        .json(decision)
}
