use std::collections::VecDeque;
use std::path::Path;

use rusqlite::Connection;
use sim::Draws;
use uuid::Uuid;

use crate::dump;

/// Steps that are told when a world fails.
const TOLD_MAX: usize = 60;

/// What becomes of a process's call to the store or to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// It is made and answered.
    Pass,
    /// It is not made; the caller gets an error.
    Fails,
    /// It is made; the caller gets an error and cannot know.
    IsUnanswered,
    /// The process dies before it is made.
    DiesBefore,
    /// The process dies when it is made.
    DiesAfter,
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    Read,
    Write,
    Provider,
}

/// Chances of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Chances {
    pub(crate) fails: f64,
    pub(crate) is_unanswered: f64,
    pub(crate) dies: f64,
}

/// Who decides.
pub(crate) enum Fates {
    /// Nothing ever happens; calls are only counted.
    Kind,
    /// By draws.
    Drawn(Box<Draws>, Chances),
    /// At the call of this number, once.
    At(usize, Stroke),
}

/// Decides over the calls of a world, and remembers the last steps.
pub(crate) struct Fate {
    fates: Fates,
    /// Every call so far, in order.
    pub(crate) calls: Vec<Point>,
    /// Calls that did not simply pass.
    pub(crate) struck: usize,
    /// What should never have been, as it was seen on the way.
    pub(crate) wrong: Vec<String>,
    /// Where leases are looked up, past the product.
    leases: Option<Connection>,
    told: VecDeque<String>,
}

impl Fate {
    pub(crate) fn new(fates: Fates) -> Self {
        Self { fates, calls: Vec::new(), struck: 0, wrong: Vec::new(), leases: None, told: VecDeque::new() }
    }

    /// From now on it looks whether whoever writes under a lease has it (R16).
    pub(crate) fn watch(&mut self, file: &Path) {
        self.leases = Some(dump::look(file));
    }

    /// A process wrote under a lease just now; whoever takes over takes that away first.
    pub(crate) fn written_under(&mut self, who: u64, lease: Uuid) {
        let Some(leases) = &self.leases else { return };
        let mut there = leases.prepare_cached("SELECT 1 FROM leases WHERE lease = ?1").expect("a statement");
        if !there.exists([lease.as_bytes().as_slice()]).expect("the file answers") {
            self.wrong.push(format!("R16: process {who} wrote under a lease that was taken over"));
        }
    }

    /// Of the next call of a process.
    pub(crate) fn next(&mut self, who: u64, point: Point) -> Stroke {
        let number = self.calls.len();
        self.calls.push(point);
        let stroke = match &mut self.fates {
            Fates::Kind => Stroke::Pass,
            Fates::At(at, stroke) => {
                if *at == number {
                    *stroke
                } else {
                    Stroke::Pass
                }
            }
            Fates::Drawn(draws, chances) => drawn(draws, *chances, point),
        };
        self.struck += usize::from(stroke != Stroke::Pass);
        self.tell(format!("{number} process {who} {point:?}: {stroke:?}"));
        stroke
    }

    /// From now on nothing is drawn any more. What is to happen at one call still does.
    pub(crate) fn be_kind(&mut self) {
        if matches!(self.fates, Fates::Drawn(..)) {
            self.fates = Fates::Kind;
        }
    }

    pub(crate) fn tell(&mut self, step: String) {
        if self.told.len() == TOLD_MAX {
            self.told.pop_front();
        }
        self.told.push_back(step);
    }

    pub(crate) fn last_steps(&self) -> String {
        self.told.iter().map(|step| format!("    {step}\n")).collect()
    }
}

fn drawn(draws: &mut Draws, chances: Chances, point: Point) -> Stroke {
    let mut left = draws.unit();
    let writes = point == Point::Write;
    let mut within = |chance: f64| {
        left -= chance;
        left < 0.0
    };
    if within(chances.dies / 2.0) {
        Stroke::DiesBefore
    } else if within(if point == Point::Read { 0.0 } else { chances.dies / 2.0 }) {
        Stroke::DiesAfter
    } else if within(if point == Point::Provider { 0.0 } else { chances.fails }) {
        Stroke::Fails
    } else if within(if writes { chances.is_unanswered } else { 0.0 }) {
        Stroke::IsUnanswered
    } else {
        Stroke::Pass
    }
}
