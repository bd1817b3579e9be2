//! A file of history brought in: read in the background, accepted piece by piece, reported whole.

use std::io::Read;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Source as StoredSource;
use tokio::sync::mpsc::Sender;
use words::{Event, OrganisationId};

use crate::Service;
use crate::import::customers::{CustomersMapping, CustomersReader};
use crate::import::events::{EventsMapping, EventsReader};
use crate::import::xes::{XesMapping, XesReader};
use crate::import::{ImportError, ImportReport, Limits, Progress, Source, Table};
use crate::intake::{Receipt, Rejected};

/// Events accepted in one transaction.
const EVENTS_AT_ONCE: usize = 5_000;

/// What kind of file it is, and how it becomes events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Mapping {
    /// An event log in XES.
    Xes(XesMapping),
    /// A table of events.
    Events(EventsMapping),
    /// A table of customers with their consents.
    Customers(CustomersMapping),
}

/// Why an import ended early. What was accepted before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailed {
    /// The file.
    #[error(transparent)]
    File(#[from] ImportError),
    /// The store.
    #[error(transparent)]
    Service(#[from] crate::Error),
    /// The reader stopped without an answer.
    #[error("reading the file stopped unexpectedly")]
    Stopped,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// What became of the rows.
    pub report: ImportReport,
    /// Events that are new.
    pub received: u64,
    /// Events that had come before: importing a file twice changes nothing.
    pub duplicate: u64,
}

/// What one row, or one trace, became.
pub(crate) type Row = Result<Vec<Event>, Rejected>;

/// A file on its way to become events.
pub(crate) enum Reader {
    Xes(Box<XesReader>),
    Events(Box<EventsReader>),
    Customers(Box<CustomersReader>),
}

impl Reader {
    pub(crate) fn open(source: Source, mapping: Mapping, receipt: Receipt) -> Result<Self, ImportError> {
        match mapping {
            Mapping::Xes(mapping) => Ok(Self::Xes(Box::new(XesReader::new(source, mapping, receipt)?))),
            mapping => Self::of_table(Table::open(source)?, mapping, receipt),
        }
    }

    /// Of a table that was opened; an event log is none.
    pub(crate) fn of_table(table: Table, mapping: Mapping, receipt: Receipt) -> Result<Self, ImportError> {
        match mapping {
            Mapping::Xes(_) => Err(ImportError::WrongKind("XES")),
            Mapping::Events(mapping) => Ok(Self::Events(Box::new(EventsReader::new(table, mapping, receipt)?))),
            Mapping::Customers(mapping) => {
                Ok(Self::Customers(Box::new(CustomersReader::new(table, &mapping, receipt)?)))
            }
        }
    }

    /// The next piece. History is lived through at its own time: within a trace events come in the order of their times, and
    /// in the order of the file where those are equal.
    pub(crate) fn next(&mut self) -> Result<Option<Row>, ImportError> {
        match self {
            Self::Xes(reader) => Ok(reader.next_trace()?.map(|mut trace| {
                trace.sort_by_key(|event| event.time);
                Ok(trace)
            })),
            Self::Events(reader) => Ok(reader.next_taken()?.map(|taken| taken.map(|event| vec![event]))),
            Self::Customers(reader) => reader.next_row(),
        }
    }

    /// Reads to the end and hands over piece by piece, until nobody listens any more.
    pub(crate) fn read_all(mut self, pieces: &Sender<Vec<Row>>) -> Result<ImportReport, ImportError> {
        let (mut piece, mut events) = (Vec::new(), 0);
        while let Some(row) = self.next()? {
            events += row.as_ref().map_or(1, Vec::len);
            piece.push(row);
            if events >= EVENTS_AT_ONCE {
                events = 0;
                if pieces.blocking_send(std::mem::take(&mut piece)).is_err() {
                    return Ok(self.report());
                }
            }
        }
        // Nobody listens any more only when the store failed; that error is told then.
        let _ = pieces.blocking_send(piece);
        Ok(self.report())
    }

    fn report(&self) -> ImportReport {
        match self {
            Self::Xes(reader) => reader.report().clone(),
            Self::Events(reader) => reader.report().clone(),
            Self::Customers(reader) => reader.report().clone(),
        }
    }
}

/// Brings a file in. `told` hears how many bytes of the file were read and how many events are kept. Applying what was
/// accepted is the loop's work.
pub async fn import(
    service: &Service,
    organisation: &OrganisationId,
    source: &str,
    file: impl Read + Send + 'static,
    (mapping, limits): (Mapping, Limits),
    now: Timestamp,
    mut told: impl FnMut(u64, u64),
) -> Result<Imported, ImportFailed> {
    announce(service, organisation, source, now).await?;
    let (pieces, mut arriving) = tokio::sync::mpsc::channel::<Vec<Row>>(1);
    let opened = Source::new(file, limits)?;
    let progress: Progress = opened.progress();
    let receipt = Receipt::new(source, now);
    let reading = tokio::task::spawn_blocking(move || Reader::open(opened, mapping, receipt)?.read_all(&pieces));
    let (mut received, mut duplicate) = (0, 0);
    while let Some(piece) = arriving.recv().await {
        // What was not taken stands in the report.
        let taken = piece.into_iter().flatten().flatten().map(Ok).collect();
        let delivered = service.intake.accept(organisation, source, taken, now).await?;
        received += u64::from(delivered.received);
        duplicate += u64::from(delivered.duplicate);
        told(progress.bytes(), received + duplicate);
        service.wake();
    }
    let report = reading.await.map_err(|_| ImportFailed::Stopped)??;
    Ok(Imported { report, received, duplicate })
}

async fn announce(
    service: &Service,
    organisation: &OrganisationId,
    source: &str,
    now: Timestamp,
) -> Result<(), crate::Error> {
    if service.store.source(organisation, source).await?.is_none() {
        let source = StoredSource {
            organisation: organisation.clone(),
            id: source.to_owned(),
            name: source.to_owned(),
            kind: "file".to_owned(),
            created: now,
            last_received: None,
            usual_gap_seconds: None,
            received: 0,
            refused: 0,
            duplicate: 0,
        };
        service.store.save_source(source).await?;
    }
    Ok(())
}
