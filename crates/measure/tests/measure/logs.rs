//! Small logs and definitions to test with.

use std::collections::BTreeSet;

use jiff::Timestamp;
use journey::{Definition, Folder, Organisation, parse};
use measure::{Builder, Columns, ExitRow, Row, RunRow, Selection};
use words::{Ending, Experience, Learnt, Lesson, RunId, Window};

/// A moment: so many seconds after 1970.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

pub(crate) fn id(name: &str) -> RunId {
    RunId::derived(&[name])
}

pub(crate) fn everything() -> Window {
    Window { from: at(-1_000_000_000), until: at(100_000_000_000) }
}

/// All runs, long after everything.
pub(crate) fn all() -> Selection {
    Selection::all(everything(), at(99_000_000_000))
}

/// A contact with nothing but its place.
pub(crate) fn row<'a>(run: &str, sequence: u32, touchpoint: &'a str, seconds: i64) -> Row<'a> {
    Row { run: id(run), sequence, touchpoint, time: at(seconds), channel: None, reason: None, score: None }
}

/// Runs of (touchpoint, seconds), in the order of appending.
pub(crate) fn log(runs: &[(&str, &[(&str, i64)])]) -> Columns {
    log_from(runs, 1)
}

/// The same, with sequences from `first`.
pub(crate) fn log_from(runs: &[(&str, &[(&str, i64)])], first: u32) -> Columns {
    let mut builder = Builder::new();
    for (run, contacts) in runs {
        for (sequence, (touchpoint, seconds)) in (first..).zip(*contacts) {
            builder.contact(&row(run, sequence, touchpoint, *seconds)).unwrap();
        }
    }
    builder.finish().unwrap()
}

/// A run as tests describe it.
#[derive(Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) run: &'a str,
    pub(crate) started: i64,
    pub(crate) ended: Option<(Ending, &'a str, Option<&'a str>)>,
    pub(crate) dropped: Option<(&'a str, Option<&'a str>)>,
    pub(crate) goal: Option<i64>,
}

impl<'a> Told<'a> {
    pub(crate) fn open(run: &'a str, started: i64) -> Self {
        Self { run, started, ended: None, dropped: None, goal: None }
    }
}

pub(crate) fn tell(builder: &mut Builder, told: Told<'_>) {
    let exit = |after, reason| ExitRow { time: at(told.started), after, reason };
    let personas = BTreeSet::new();
    builder
        .run(&RunRow {
            id: id(told.run),
            started: at(told.started),
            version: "v1",
            personas: &personas,
            ended: told.ended.map(|(ending, after, reason)| (ending, exit(Some(after), reason))),
            dropped: told.dropped.map(|(after, reason)| exit(Some(after), reason)),
            goal: told.goal.map(at),
        })
        .unwrap();
}

pub(crate) fn answer(builder: &mut Builder, run: &str, sequence: u32, question: &str, seconds: i64, score: f64) {
    let lesson = Lesson::Answered { question: question.to_owned(), score: Experience::new(score).unwrap() };
    builder.learnt(&Learnt { run: id(run), sequence, time: at(seconds), lesson }).unwrap();
}

pub(crate) fn lesson(builder: &mut Builder, run: &str, sequence: u32, lesson: Lesson) {
    builder.learnt(&Learnt { run: id(run), sequence, time: at(0), lesson }).unwrap();
}

/// Reads the text of a definition; what is wrong with it for publishing does not matter here.
pub(crate) fn definition(yaml: &str) -> Definition {
    let parsed = parse(&Folder::of_definition(yaml), &Organisation::named("test"));
    parsed.definition.expect("a definition that can be read")
}
