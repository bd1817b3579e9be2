use std::{cmp::Reverse, hash::BuildHasher};

use foldhash::fast::FixedState;
use hashbrown::{HashTable, hash_table::Entry};
use words::{Figure, TouchpointId, Window};

use crate::{Columns, MeasureError, Names, definitions, estimate::share};

/// How many runs went through exactly the same sequence of touchpoints. Grouped by hash, and every group verified
/// against the sequence itself, so that two sequences never share a count.
#[derive(Clone, Debug, Default)]
pub struct Variants {
    names: Names,
    /// The sequences, one after another.
    codes: Vec<u16>,
    groups: Vec<Group>,
    /// (hash, place in `groups`).
    index: HashTable<(u64, u32)>,
    runs: u64,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    from: usize,
    length: usize,
    runs: u64,
}

/// One sequence with its runs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Variant {
    /// In order of time.
    pub touchpoints: Vec<TouchpointId>,
    /// How many runs.
    pub runs: u64,
    /// As a share of all runs with a contact: `variant.share`.
    pub share: Figure,
}

/// Counts the sequences of all runs that have at least one contact.
pub fn variants(columns: &Columns) -> Variants {
    let mut found = Variants { names: columns.touchpoints().clone(), ..Variants::default() };
    for run in columns.iter().filter(|run| !run.codes.is_empty()) {
        found.add(run.codes, 1);
    }
    found
}

fn hash(codes: &[u16]) -> u64 {
    FixedState::default().hash_one(codes)
}

impl Variants {
    fn add(&mut self, codes: &[u16], runs: u64) {
        let (groups, kept) = (&mut self.groups, &mut self.codes);
        let hash = hash(codes);
        let same = |(other, at): &(u64, u32)| {
            let group = groups[*at as usize];
            *other == hash && kept[group.from..group.from + group.length] == *codes
        };
        match self.index.entry(hash, same, |(hash, _)| *hash) {
            Entry::Occupied(entry) => groups[entry.get().1 as usize].runs += runs,
            Entry::Vacant(entry) => {
                entry.insert((hash, groups.len() as u32));
                groups.push(Group { from: kept.len(), length: codes.len(), runs });
                kept.extend_from_slice(codes);
            }
        }
        self.runs += runs;
    }

    /// How many different sequences.
    pub fn distinct(&self) -> usize {
        self.groups.len()
    }

    /// How many runs.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// Adds the counts of other runs.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        let recode = self.names.absorb(&other.names, "touchpoints", usize::from(Names::NONE))?;
        let mut codes = Vec::new();
        for group in &other.groups {
            codes.clear();
            let sequence = &other.codes[group.from..group.from + group.length];
            codes.extend(sequence.iter().map(|code| recode[usize::from(*code)]));
            self.add(&codes, group.runs);
        }
        Ok(())
    }

    /// The `most` frequent sequences, most frequent first; among equals the shorter, then by the order of the names.
    pub fn top(&self, most: usize, window: Window) -> Vec<Variant> {
        let codes = |group: &Group| &self.codes[group.from..group.from + group.length];
        let key = |group: &Group| (Reverse(group.runs), group.length);
        let by_rank = |a: &&Group, b: &&Group| key(a).cmp(&key(b)).then_with(|| codes(a).cmp(codes(b)));
        let mut order: Vec<&Group> = self.groups.iter().collect();
        if most < order.len() {
            order.select_nth_unstable_by(most, by_rank);
            order.truncate(most);
        }
        order.sort_unstable_by(by_rank);
        let name = |code: &u16| TouchpointId::from(self.names.get(*code).unwrap_or_default());
        order
            .into_iter()
            .map(|group| Variant {
                touchpoints: codes(group).iter().map(name).collect(),
                runs: group.runs,
                share: share(group.runs, self.runs, definitions::VARIANT_SHARE, window),
            })
            .collect()
    }
}
