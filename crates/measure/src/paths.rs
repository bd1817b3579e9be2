use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::{HashTable, hash_table::Entry};
use words::{Figure, TouchpointId, Window};

use crate::{Columns, MeasureError, Names, definitions, estimate::share};

/// The deepest path tree. Eight codes fit in one 128-bit key, exactly.
pub const PATH_DEPTH_MAX: usize = 8;

const CODE_BITS: usize = 16;

/// What runs did after their first contact of one touchpoint: the next `depth` contacts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathTree {
    names: Names,
    depth: usize,
    /// The path (first step in the highest bits, each step code + 1, 0 where the run had no further contact) and its runs;
    /// sorted.
    leaves: Vec<(u128, u64)>,
}

/// A node of the tree: the runs whose path begins so.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PathNode {
    /// The steps to it; `None` at the end: no further contact.
    pub path: Vec<Option<TouchpointId>>,
    /// How many runs.
    pub runs: u64,
    /// As a share of all runs that had the touchpoint: `path.share`.
    pub share: Figure,
}

/// The tree after `start`; a depth beyond [`PATH_DEPTH_MAX`] is cut to it.
pub fn path_tree(columns: &Columns, start: &TouchpointId, depth: usize) -> PathTree {
    let depth = depth.min(PATH_DEPTH_MAX);
    let mut tree = PathTree { names: columns.touchpoints().clone(), depth, leaves: Vec::new() };
    let Some(code) = tree.names.find(start.as_str()) else {
        return tree;
    };
    let mut index: HashTable<u32> = HashTable::new();
    let leaves = &mut tree.leaves;
    let hash = |key: u128| FixedState::default().hash_one(key);
    for run in columns.iter() {
        let Some(first) = run.codes.iter().position(|other| *other == code) else {
            continue;
        };
        let next = &run.codes[first + 1..];
        let mut path = 0;
        for step in 0..depth {
            let code = next.get(step).map_or(0, |code| u128::from(*code) + 1);
            path = path << CODE_BITS | code;
        }
        match index.entry(hash(path), |at| leaves[*at as usize].0 == path, |at| hash(leaves[*at as usize].0)) {
            Entry::Occupied(entry) => leaves[*entry.get() as usize].1 += 1,
            Entry::Vacant(entry) => {
                entry.insert(leaves.len() as u32);
                leaves.push((path, 1));
            }
        }
    }
    tree.leaves.sort_unstable();
    tree
}

impl PathTree {
    /// Runs that had the touchpoint.
    pub fn runs(&self) -> u64 {
        self.leaves.iter().map(|(_, runs)| runs).sum()
    }

    /// Per depth, from 1, how many different paths of that length there are; a run that ended earlier goes on as ended.
    pub fn widths(&self) -> Vec<usize> {
        (1..=self.depth)
            .map(|length| self.leaves.chunk_by(|a, b| self.head(a.0, length) == self.head(b.0, length)).count())
            .collect()
    }

    /// The runs on the most frequent whole path.
    pub fn largest(&self) -> u64 {
        self.leaves.iter().map(|(_, runs)| *runs).max().unwrap_or(0)
    }

    fn head(&self, path: u128, length: usize) -> u128 {
        path >> (CODE_BITS * (self.depth - length))
    }

    /// Adds the runs of another tree after the same touchpoint, of the same depth.
    pub fn merge(&mut self, other: &Self) -> Result<(), MeasureError> {
        let recode = self.names.absorb(&other.names, "touchpoints", usize::from(Names::NONE))?;
        for (path, runs) in &other.leaves {
            let mut mine = 0;
            for code in other.steps(*path) {
                let code = code.map_or(0, |code| u128::from(recode[usize::from(code)]) + 1);
                mine = mine << CODE_BITS | code;
            }
            self.leaves.push((mine, *runs));
        }
        self.leaves.sort_unstable();
        self.leaves.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Ok(())
    }

    fn steps(&self, path: u128) -> impl Iterator<Item = Option<u16>> {
        let depth = self.depth;
        (0..depth).map(move |step| ((path >> (CODE_BITS * (depth - 1 - step))) as u16).checked_sub(1))
    }

    /// The nodes with at least `runs_min` runs, each before the nodes below it; brothers in order of their codes, the end first.
    pub fn nodes(&self, runs_min: u64, window: Window) -> Vec<PathNode> {
        let mut nodes = Vec::new();
        self.below(&self.leaves, 1, runs_min, window, &mut nodes);
        nodes
    }

    fn below(&self, leaves: &[(u128, u64)], length: usize, runs_min: u64, window: Window, nodes: &mut Vec<PathNode>) {
        if length > self.depth {
            return;
        }
        for same in leaves.chunk_by(|a, b| self.head(a.0, length) == self.head(b.0, length)) {
            let runs: u64 = same.iter().map(|(_, runs)| runs).sum();
            if runs < runs_min {
                continue;
            }
            let codes: Vec<Option<u16>> = self.steps(same[0].0).take(length).collect();
            let name = |code: u16| TouchpointId::from(self.names.get(code).unwrap_or_default());
            nodes.push(PathNode {
                path: codes.iter().map(|code| code.map(name)).collect(),
                runs,
                share: share(runs, self.runs(), definitions::PATH_SHARE, window),
            });
            if codes.last().is_some_and(Option::is_some) {
                self.below(same, length + 1, runs_min, window, nodes);
            }
        }
    }
}
