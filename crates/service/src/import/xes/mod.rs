//! Event logs in XES (IEEE 1849), plain or gzipped: the form in which process mining exchanges them.
//!
//! | in the log | in the event |
//! |---|---|
//! | the trace's `concept:name` | the customer, the object's `id`, or both ([`CaseIs`]) |
//! | `concept:name` | the name, by the rule of the mapping's object; as it stands in property `step` |
//! | `time:timestamp` | the time |
//! | `lifecycle:transition` | property `lifecycle`, in lower case; see [`Lifecycle`] |
//! | `org:resource` | property `staff` |
//! | other attributes | properties, names in snake case; those of the trace on its first event |
//!
//! **Order.** Events of one moment keep the order of the file: the id of an event is `<case>:<number within the case>`, the
//! number with leading zeros. So the same log read again gives the same ids.

mod build;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use quick_xml::Reader;
use serde::{Deserialize, Serialize};
use words::Event;

use self::build::Builder;
use self::parse::{Parser, Piece};
use super::{ImportError, ImportReport, Progress, Source, TooMuch};
use crate::intake::Receipt;

/// What a trace's name stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseIs {
    /// A customer going through once: the customer's id and the object's id.
    #[default]
    Both,
    /// A customer.
    Customer,
    /// An object whose customer is unknown.
    Object,
}

/// What becomes of the transitions of a step (scheduled, started, completed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// Every transition is an event with the step's name, as process mining counts by default.
    #[default]
    All,
    /// Only completions; the others are left out, and not reported as skipped.
    Complete,
    /// Every transition is an event with a name of its own: `application.w_nabellen_offertes_start`.
    InName,
}

/// How a log becomes events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct XesMapping {
    /// The object of the names: `application` makes `application.a_submitted`.
    pub object: String,
    /// What a trace's name stands for.
    #[serde(default)]
    pub case: CaseIs,
    /// What becomes of transitions.
    #[serde(default)]
    pub lifecycle: Lifecycle,
    /// Attributes (as they are written in the log) under another property; an empty one leaves the attribute out.
    #[serde(default)]
    pub properties: BTreeMap<String, String>,
}

impl XesMapping {
    /// The usual mapping, with this object.
    pub fn new(object: impl Into<String>) -> Self {
        Self { object: object.into(), case: CaseIs::Both, lifecycle: Lifecycle::All, properties: BTreeMap::new() }
    }
}

/// Reads a log trace by trace.
pub struct XesReader {
    parser: Parser,
    builder: Builder,
    progress: Progress,
}

impl XesReader {
    /// Events of one trace; memory holds no more.
    pub const TRACE_EVENTS_MAX: usize = 20_000;

    /// Begins. `receipt` is the moment of the import and the source's name.
    pub fn new(source: Source, mapping: XesMapping, receipt: Receipt) -> Result<Self, ImportError> {
        let progress = source.progress();
        let builder = Builder::new(mapping, receipt, source.limits.reasons_max)?;
        Ok(Self { parser: Parser::new(Reader::from_reader(source)), builder, progress })
    }

    /// The events of the next trace, in the order of the file; `None` at the end.
    pub fn next_trace(&mut self) -> Result<Option<Vec<Event>>, ImportError> {
        loop {
            match self.parser.next()? {
                Piece::TraceBegins => self.builder.begin_trace(),
                Piece::OfTrace(attribute) => self.builder.of_trace(attribute),
                Piece::EventBegins => self.builder.begin_event(),
                Piece::OfEvent(attribute) => self.builder.of_event(attribute),
                Piece::EventEnds => {
                    if self.builder.waiting() >= Self::TRACE_EVENTS_MAX {
                        let what = TooMuch::Trace(Self::TRACE_EVENTS_MAX as u64);
                        return Err(ImportError::TooMuch { what, place: self.builder.report.read });
                    }
                    self.builder.end_event();
                }
                Piece::TraceEnds => return Ok(Some(self.builder.end_trace())),
                Piece::End => return Ok(None),
            }
        }
    }

    /// What became of the file so far.
    pub fn report(&self) -> &ImportReport {
        &self.builder.report
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }
}
