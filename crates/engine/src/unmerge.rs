use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value};
use words::{Customer, RunId};

use crate::apply::Applied;
use crate::merge::settle;
use crate::{Profile, Traveller, World};

/// What was kept of a merge.
#[derive(Clone, Copy, Debug)]
pub struct Parting<'a> {
    /// The winner as it was before.
    pub before: &'a Customer,
    /// The winner as it was made.
    pub joined: &'a Customer,
    /// The loser as it was before.
    pub loser: &'a Profile,
    /// The loser's runs that were moved; those that were folded into another, or into which one was, are not told apart any
    /// more and stay.
    pub runs: &'a BTreeSet<RunId>,
}

/// What came of taking two customers apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Parted {
    /// The one who was merged away, with the runs that went back.
    pub loser: Traveller,
    /// To save and to do for the winner.
    pub of_winner: Applied,
    /// To save and to do for the loser.
    pub of_loser: Applied,
}

/// Takes two customers apart who were merged by mistake. What was learnt of the winner since stays the winner's; what the
/// merge brought goes back. Neither is ever merged with the other again.
pub fn part(world: &World<'_>, winner: &mut Traveller, parting: Parting<'_>, now: Timestamp) -> Parted {
    let Parting { before, joined, loser, runs } = parting;
    let mut loser = Traveller { profile: loser.clone(), runs: Vec::new() };
    let [one, other] = [winner.profile.customer.id, loser.profile.customer.id];
    winner.profile.customer = without(before, joined, &winner.profile.customer);
    let waits = |waiting: &crate::Waiting, among: &[crate::Waiting]| {
        let same = |one: &crate::Waiting| {
            (&one.event.source, &one.event.id, &one.journey)
                == (&waiting.event.source, &waiting.event.id, &waiting.journey)
        };
        among.iter().any(same)
    };
    loser.profile.waiting.retain(|waiting| waits(waiting, &winner.profile.waiting));
    winner.profile.waiting.retain(|waiting| !waits(waiting, &loser.profile.waiting));
    winner.profile.apart.insert(other);
    loser.profile.apart.insert(one);
    let (mut back, stay): (Vec<_>, Vec<_>) =
        std::mem::take(&mut winner.runs).into_iter().partition(|run| runs.contains(&run.run.id));
    winner.runs = stay;
    back.iter_mut().for_each(|run| run.run.customer = other);
    loser.runs = back;
    let all = |traveller: &Traveller| traveller.runs.iter().map(|run| run.run.id).collect::<BTreeSet<_>>();
    let [theirs, own] = [all(winner), all(&loser)];
    let of_winner = settle(world, winner, &theirs, now);
    let of_loser = settle(world, &mut loser, &own, now);
    Parted { loser, of_winner, of_loser }
}

/// What is now, without what the merge brought: per property, what is still as the merge made it becomes what it was before.
fn without(before: &Customer, joined: &Customer, now: &Customer) -> Customer {
    let json = |customer: &Customer| serde_json::to_value(customer).ok();
    let (Some(before), Some(joined), Some(current)) = (json(before), json(joined), json(now)) else {
        return now.clone();
    };
    serde_json::from_value(back(&before, &joined, current)).unwrap_or_else(|_| now.clone())
}

fn back(before: &Value, joined: &Value, now: Value) -> Value {
    match (before, joined, now) {
        (_, joined, now) if *joined == now => before.clone(),
        (Value::Object(before), Value::Object(joined), Value::Object(now)) => {
            let keys: BTreeSet<String> = before.keys().chain(now.keys()).cloned().collect();
            let mut made = Map::new();
            for key in keys {
                let value = match (before.get(&key), joined.get(&key), now.get(&key)) {
                    // The merge brought it, and nobody said it again.
                    (None, Some(joined), Some(now)) if joined == now => None,
                    (Some(before), Some(joined), Some(now)) => Some(back(before, joined, now.clone())),
                    (_, _, now) => now.cloned(),
                };
                made.extend(value.map(|value| (key, value)));
            }
            Value::Object(made)
        }
        (_, _, now) => now,
    }
}
