use std::mem::take;

use jiff::Timestamp;
use serde_json::Value;
use words::{Event, EventId, Identity, Properties, limits};

use super::super::naming::{Names, Sequence};
use super::super::{ImportError, ImportReport};
use super::parse::Attribute;
use super::{CaseIs, Lifecycle, XesMapping};
use crate::intake::{Code, Reason, Receipt, id_text, micros, slug, within_limits};

/// Makes events out of the pieces of a log.
pub(super) struct Builder {
    mapping: XesMapping,
    receipt: Receipt,
    names: Names,
    sequence: Sequence,
    pub(super) report: ImportReport,
    trace: Vec<Attribute>,
    event: Vec<Attribute>,
    /// The events of this trace that are good so far, with the number of each in the file. Their case may come after them.
    good: Vec<(u64, Event)>,
}

impl Builder {
    pub(super) fn new(mapping: XesMapping, receipt: Receipt, reasons_max: usize) -> Result<Self, ImportError> {
        let names = Names::new(&mapping.object)
            .ok_or_else(|| ImportError::BadMapping { field: "object", value: mapping.object.clone() })?;
        Ok(Self {
            mapping,
            receipt,
            names,
            sequence: Sequence::default(),
            report: ImportReport::new(reasons_max),
            trace: Vec::new(),
            event: Vec::new(),
            good: Vec::new(),
        })
    }

    pub(super) fn begin_trace(&mut self) {
        self.trace.clear();
        self.good.clear();
    }

    pub(super) fn begin_event(&mut self) {
        self.event.clear();
    }

    pub(super) fn of_trace(&mut self, attribute: Attribute) {
        push(&mut self.trace, attribute);
    }

    pub(super) fn of_event(&mut self, attribute: Attribute) {
        push(&mut self.event, attribute);
    }

    pub(super) fn waiting(&self) -> usize {
        self.good.len()
    }

    pub(super) fn end_event(&mut self) {
        self.report.read += 1;
        let place = self.report.read;
        let attributes = take(&mut self.event);
        match self.read(&attributes) {
            Ok(Some(event)) => self.good.push((place, event)),
            Ok(None) => {}
            Err(reason) => self.report.skip(place, reason),
        }
        self.event = attributes;
    }

    /// The events of the trace, now that its case is known.
    pub(super) fn end_trace(&mut self) -> Vec<Event> {
        let attributes = take(&mut self.trace);
        let good = take(&mut self.good);
        let named = text(&attributes, "concept:name").ok_or(Reason::from(Code::NoCase));
        let case = match named.and_then(|case| id_text(&case)) {
            Ok(case) => case,
            Err(reason) => {
                good.iter().for_each(|(place, _)| self.report.skip(*place, reason.clone()));
                return Vec::new();
            }
        };
        let mut of_trace = self.properties(&attributes);
        let mut events = Vec::with_capacity(good.len());
        let first = self.sequence.take(&case, good.len());
        for (number, (place, mut event)) in (first..).zip(good) {
            if events.is_empty() {
                for (name, value) in take(&mut of_trace) {
                    event.properties.entry(name).or_insert(value);
                }
            }
            self.belongs(&mut event, &case, number);
            match within_limits(&event.properties) {
                Ok(()) => events.push(event),
                Err(reason) => self.report.skip(place, reason),
            }
        }
        self.report.accepted += events.len() as u64;
        events
    }

    /// One event, still without its case; `None` when the mapping leaves it out.
    fn read(&mut self, attributes: &[Attribute]) -> Result<Option<Event>, Reason> {
        let step = text(attributes, "concept:name").ok_or(Reason::from(Code::NoName))?;
        let transition = text(attributes, "lifecycle:transition").map(|transition| transition.to_lowercase());
        let name = match (self.mapping.lifecycle, &transition) {
            (Lifecycle::Complete, Some(transition)) if transition != "complete" => return Ok(None),
            (Lifecycle::InName, Some(transition)) => self.names.of(&format!("{step} {transition}"))?,
            _ => self.names.of(&step)?,
        };
        let stated = text(attributes, "time:timestamp").unwrap_or_default();
        let time = micros(stated.parse::<Timestamp>().map_err(|_| Reason::new(Code::BadTime, &stated))?);
        if time > self.receipt.received {
            return Err(Reason::new(Code::FutureTime, stated));
        }
        let mut properties = self.properties(attributes);
        properties.insert("step".into(), Value::String(step));
        if let Some(transition) = transition {
            properties.insert("lifecycle".into(), Value::String(transition));
        }
        Ok(Some(Event {
            id: EventId::new(""),
            source: self.receipt.source.clone(),
            name,
            time,
            received: self.receipt.received,
            identity: Identity::default(),
            properties,
            imported: true,
        }))
    }

    /// Gives an event its case: its id, its customer, its object.
    fn belongs(&self, event: &mut Event, case: &str, number: u64) {
        event.id = EventId::new(format!("{case}:{number:06}"));
        if self.mapping.case != CaseIs::Object {
            event.identity.customer = Some(case.to_owned());
        }
        if self.mapping.case != CaseIs::Customer {
            let own = event.name.object() == self.mapping.object;
            let property = if own { "id".to_owned() } else { format!("{}_id", self.mapping.object) };
            event.properties.insert(property, Value::String(case.to_owned()));
        }
    }

    /// The attributes that no field of the event takes.
    fn properties(&self, attributes: &[Attribute]) -> Properties {
        let mut properties = Properties::new();
        for (key, value) in attributes {
            let name = match (self.mapping.properties.get(key), key.as_str()) {
                (Some(name), _) => name.clone(),
                (None, "concept:name" | "time:timestamp" | "lifecycle:transition") => continue,
                (None, "org:resource") => "staff".into(),
                // The object's own id is the case.
                (None, "id") => "id_in_log".into(),
                (None, key) => slug(key),
            };
            if !name.is_empty() {
                properties.insert(name, value.clone());
            }
        }
        properties
    }
}

fn push(attributes: &mut Vec<Attribute>, attribute: Attribute) {
    // One more than an event may have is enough to see that it has too many; the fields' own keys come on top.
    if attributes.len() < limits::PROPERTIES_MAX + 8 {
        attributes.push(attribute);
    }
}

fn text(attributes: &[Attribute], key: &str) -> Option<String> {
    let (_, value) = attributes.iter().find(|(found, _)| found == key)?;
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        other => Some(other.to_string()),
    }
}
