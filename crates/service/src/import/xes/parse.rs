use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::{Error, Reader, XmlVersion};
use serde_json::{Number, Value};

use super::super::{ImportError, Source};

/// An attribute of a log: its key as written, and its value by its type.
pub(super) type Attribute = (String, Value);

/// What the file says next.
#[derive(Debug)]
pub(super) enum Piece {
    TraceBegins,
    OfTrace(Attribute),
    EventBegins,
    OfEvent(Attribute),
    EventEnds,
    TraceEnds,
    End,
}

/// Where in the log we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    Log,
    Trace,
    Event,
    After,
}

/// Turns XML into the pieces of a log. Attributes of attributes, and what stands outside traces, are passed over.
pub(super) struct Parser {
    reader: Reader<Source>,
    buffer: Vec<u8>,
    place: Place,
    /// Open elements that are passed over.
    ignored: usize,
    /// An element without content, `<event/>`, ends after it began.
    ends: bool,
    events: u64,
}

impl Parser {
    /// Elements within elements.
    const DEPTH_MAX: usize = 64;

    pub(super) fn new(reader: Reader<Source>) -> Self {
        Self { reader, buffer: Vec::new(), place: Place::Before, ignored: 0, ends: false, events: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Piece, ImportError> {
        if std::mem::take(&mut self.ends)
            && let Some(piece) = self.close()
        {
            return Ok(piece);
        }
        loop {
            self.buffer.clear();
            self.reader.get_mut().begin_item();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event.into_owned(),
                Err(error) => return Err(self.broken(&error)),
            };
            match event {
                Xml::Start(element) => {
                    if let Some(piece) = self.open(&element, false)? {
                        return Ok(piece);
                    }
                }
                Xml::Empty(element) => {
                    if let Some(piece) = self.open(&element, true)? {
                        return Ok(piece);
                    }
                }
                Xml::End(_) if self.ignored > 0 => self.ignored -= 1,
                Xml::End(_) => {
                    if let Some(piece) = self.close() {
                        return Ok(piece);
                    }
                }
                Xml::Eof if self.place == Place::After => return Ok(Piece::End),
                Xml::Eof if self.place == Place::Before => return Err(ImportError::WrongKind("XES")),
                Xml::Eof => return Err(self.broken_off("…")),
                _ => {}
            }
        }
    }

    /// What an opening element means here. An element that holds others and means nothing is passed over whole.
    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<Option<Piece>, ImportError> {
        let name = element.local_name().into_inner().to_owned();
        let piece = match (self.place, name.as_str()) {
            _ if self.ignored > 0 => None,
            (Place::Before, "log") => {
                self.place = if empty { Place::After } else { Place::Log };
                return Ok(None);
            }
            (Place::Before, _) => return Err(ImportError::WrongKind("XES")),
            (Place::Log, "trace") => {
                self.place = Place::Trace;
                self.ends = empty;
                return Ok(Some(Piece::TraceBegins));
            }
            (Place::Trace, "event") => {
                self.place = Place::Event;
                self.ends = empty;
                self.events += 1;
                return Ok(Some(Piece::EventBegins));
            }
            (Place::Trace, _) => attribute(&name, element).map_err(|error| self.broken(&error))?.map(Piece::OfTrace),
            (Place::Event, _) => attribute(&name, element).map_err(|error| self.broken(&error))?.map(Piece::OfEvent),
            (Place::Log | Place::After, _) => None,
        };
        if !empty {
            self.ignored += 1;
            if self.ignored > Self::DEPTH_MAX {
                return Err(self.broken_off("depth"));
            }
        }
        Ok(piece)
    }

    /// What the end of an element that is not passed over means.
    fn close(&mut self) -> Option<Piece> {
        let (place, piece) = match self.place {
            Place::Event => (Place::Trace, Some(Piece::EventEnds)),
            Place::Trace => (Place::Log, Some(Piece::TraceEnds)),
            Place::Log => (Place::After, None),
            Place::Before | Place::After => (self.place, None),
        };
        self.place = place;
        piece
    }

    fn broken(&self, error: &Error) -> ImportError {
        match error {
            Error::Io(io) => ImportError::from_io(io, self.events),
            other => self.broken_off(&other.to_string()),
        }
    }

    fn broken_off(&self, detail: &str) -> ImportError {
        ImportError::BrokenXml { event: self.events, detail: detail.to_owned() }
    }
}

/// Reads an attribute of one of the six simple types; a value that is not of its type stays text.
fn attribute(kind: &str, element: &BytesStart<'_>) -> Result<Option<Attribute>, Error> {
    if !matches!(kind, "string" | "date" | "int" | "float" | "boolean" | "id") {
        return Ok(None);
    }
    let read = |name: &str| -> Result<Option<String>, Error> {
        let Some(attribute) = element.try_get_attribute(name)? else { return Ok(None) };
        Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()))
    };
    let (Some(key), Some(text)) = (read("key")?, read("value")?) else { return Ok(None) };
    let value = match kind {
        "int" => text.parse::<i64>().ok().map(Value::from),
        "float" => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        "boolean" => text.parse::<bool>().ok().map(Value::Bool),
        _ => None,
    };
    Ok(Some((key, value.unwrap_or(Value::String(text)))))
}
