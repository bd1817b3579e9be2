//! I4: what fell due was done. I5: a customer's story has no gap, and everything hangs on a run that is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, violation};
use crate::Violation;

type Named<'a> = (&'a str, &'a str, &'a str);

pub(super) fn check(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    if let Some(now) = judged.drained {
        let runs = judged.database.runs.iter().filter(|run| run.due.is_some_and(|due| due <= now));
        for run in runs.filter(|run| !judged.rests(&run.organisation, &run.journey)) {
            let whose = (run.organisation.as_str(), run.customer.as_str());
            found.push(violation("I4", whose, &run.run, "something in this run is due and nobody did it"));
        }
    }
    gaps(judged, found);
    hangs_on_runs(judged, found);
    customers(judged, found);
}

/// Contacts of a run count 1, 2, 3 …, and visits of a touchpoint in it too.
fn gaps(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let mut sequences: BTreeMap<Named<'_>, Vec<i64>> = BTreeMap::new();
    let mut visits: BTreeMap<(Named<'_>, &str), Vec<i64>> = BTreeMap::new();
    for contact in &judged.database.contacts {
        let run = (contact.organisation.as_str(), contact.customer.as_str(), contact.run.as_str());
        sequences.entry(run).or_default().push(contact.sequence);
        visits.entry((run, &contact.touchpoint)).or_default().push(contact.visit);
    }
    for ((organisation, customer, run), numbers) in sequences {
        if !rises(numbers) {
            let whose = (organisation, customer);
            found.push(violation("I5", whose, run, "its contacts do not count 1, 2, 3 …"));
        }
    }
    for (((organisation, customer, run), touchpoint), numbers) in visits {
        if !rises(numbers) {
            let what = format!("visits of {touchpoint} do not count 1, 2, 3 …");
            found.push(violation("I5", (organisation, customer), run, what));
        }
    }
}

fn rises(mut numbers: Vec<i64>) -> bool {
    numbers.sort_unstable();
    numbers.into_iter().zip(1..).all(|(number, place)| number == place)
}

fn hangs_on_runs(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let database = judged.database;
    let runs: BTreeSet<Named<'_>> =
        database.runs.iter().map(|run| (run.organisation.as_str(), run.customer.as_str(), run.run.as_str())).collect();
    let contacts: BTreeSet<(Named<'_>, i64)> = database
        .contacts
        .iter()
        .map(|one| ((one.organisation.as_str(), one.customer.as_str(), one.run.as_str()), one.sequence))
        .collect();
    let mut hangs = |kind: &str, run: Named<'_>, key: &str| {
        if !runs.contains(&run) {
            found.push(violation("I5", (run.0, run.1), key, format!("this {kind} hangs on no run of its customer")));
        }
    };
    for one in &database.contacts {
        hangs("contact", (&one.organisation, &one.customer, &one.run), &one.event);
    }
    for one in &database.messages {
        hangs("message", (&one.organisation, &one.customer, &one.run), &one.key);
    }
    for one in &database.tasks {
        hangs("task", (&one.organisation, &one.customer, &one.run), &one.key);
    }
    for one in &database.lessons {
        let run = (one.organisation.as_str(), one.customer.as_str(), one.run.as_str());
        if !contacts.contains(&(run, one.sequence)) {
            let what = format!("something was learnt of contact {}, which is not there", one.sequence);
            found.push(violation("I5", (run.0, run.1), run.2, what));
        }
    }
}

/// Each was saved at least once; who turned out to be another keeps nothing.
fn customers(judged: &Judged<'_>, found: &mut Vec<Violation>) {
    let mut known: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for customer in &judged.database.customers {
        let whose = (customer.organisation.as_str(), customer.customer.as_str());
        known.insert(whose, customer.forwards_to.is_some());
        if customer.revision < 1 {
            found.push(violation("I5", whose, whose.1, "was never saved"));
        }
    }
    for run in &judged.database.runs {
        let whose = (run.organisation.as_str(), run.customer.as_str());
        match known.get(&whose) {
            Some(true) => found.push(violation("I5", whose, &run.run, "belongs to somebody who is another by now")),
            // Of somebody who was erased the facts stay, of one whom nobody knows.
            None => found.push(violation("I5", whose, &run.run, "belongs to nobody")),
            Some(false) => {}
        }
    }
}
