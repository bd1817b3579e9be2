use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Cursor;
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::import::{Limits, Skipped};
use crate::intake::Code;

fn receipt() -> Receipt {
    Receipt::new("log", "2027-03-01T00:00:00Z".parse().unwrap())
}

fn reader(bytes: impl Into<Vec<u8>>, mapping: XesMapping) -> XesReader {
    XesReader::new(Source::new(Cursor::new(bytes.into()), Limits::default()).unwrap(), mapping, receipt()).unwrap()
}

fn all(reader: &mut XesReader) -> Vec<Vec<Event>> {
    std::iter::from_fn(|| reader.next_trace().unwrap()).collect()
}

const LOG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="concept:name" value="the log itself"><int key="nested" value="1"/></string>
  <trace>
    <int key="AMOUNT_REQ" value="20000"/>
    <event>
      <string key="org:resource" value="112"/>
      <string key="lifecycle:transition" value="COMPLETE"/>
      <string key="concept:name" value="A_SUBMITTED"><string key="concept:name" value="an attribute of an attribute"/></string>
      <date key="time:timestamp" value="2011-10-01T00:38:44.546+02:00"/>
      <boolean key="new" value="true"/>
    </event>
    <event>
      <string key="lifecycle:transition" value="START"/>
      <string key="concept:name" value="W_Completeren aanvraag"/>
      <date key="time:timestamp" value="2011-10-01T00:38:44.546+02:00"/>
    </event>
    <event/>
    <event>
      <string key="concept:name" value="A &amp; B"/>
      <date key="time:timestamp" value="yesterday"/>
    </event>
    <event>
      <string key="concept:name" value="A"/>
      <date key="time:timestamp" value="2030-01-01T00:00:00Z"/>
    </event>
    <string key="concept:name" value="173688"/>
  </trace>
  <trace><event><string key="concept:name" value="A"/><date key="time:timestamp" value="2011-10-01T00:00:00Z"/></event></trace>
  <trace/>
</log>"#;

#[test]
fn a_trace_becomes_events_of_one_case() {
    let mut reader = reader(LOG, XesMapping::new("application"));
    let traces = all(&mut reader);
    let lines: Vec<_> = traces[0].iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(traces.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0, 0]);
}

#[test]
fn what_is_skipped_is_told_with_its_place_and_reason() {
    let mut reader = reader(LOG, XesMapping::new("application"));
    all(&mut reader);
    let report = reader.report();
    let place = |skipped: &Skipped| (skipped.place, skipped.reason.code);
    assert_eq!((report.read, report.accepted), (6, 2));
    assert_eq!(
        report.skipped.iter().map(place).collect::<Vec<_>>(),
        [(3, Code::NoName), (4, Code::BadTime), (5, Code::FutureTime), (6, Code::NoCase)]
    );
    assert_eq!(reader.progress().bytes(), LOG.len() as u64);
}

#[test]
fn transitions_are_kept_left_out_or_named() {
    let names = |lifecycle| {
        let mapping = XesMapping { lifecycle, ..XesMapping::new("application") };
        all(&mut reader(LOG, mapping)).concat().iter().map(|event| event.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(Lifecycle::All), ["application.a_submitted", "application.w_completeren_aanvraag"]);
    assert_eq!(names(Lifecycle::Complete), ["application.a_submitted"]);
    assert_eq!(
        names(Lifecycle::InName),
        ["application.a_submitted_complete", "application.w_completeren_aanvraag_start"]
    );
}

#[test]
fn the_mapping_says_what_a_case_is_and_renames_attributes() {
    let mapping = XesMapping {
        case: CaseIs::Object,
        properties: BTreeMap::from([("AMOUNT_REQ".into(), "amount".into()), ("org:resource".into(), String::new())]),
        ..XesMapping::new("application")
    };
    let first = all(&mut reader(LOG, mapping)).remove(0).remove(0);
    assert_eq!((first.identity.customer.clone(), first.text("id").as_deref()), (None, Some("173688")));
    assert_eq!(first.text("amount").as_deref(), Some("20000"));
    assert!(!first.properties.contains_key("staff"));
    let customer = XesMapping { case: CaseIs::Customer, ..XesMapping::new("application") };
    assert_eq!(all(&mut reader(LOG, customer)).remove(0).remove(0).text("id"), None);
    let source = Source::new(Cursor::new(LOG), Limits::default()).unwrap();
    assert!(matches!(
        XesReader::new(source, XesMapping::new("No object"), receipt()),
        Err(ImportError::BadMapping { .. })
    ));
}

#[test]
fn a_file_that_stops_or_is_something_else_ends_the_import() {
    let error = |text: &str| {
        let mut reader = reader(text, XesMapping::new("case"));
        loop {
            match reader.next_trace() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("read to the end"),
                Err(error) => return error,
            }
        }
    };
    assert!(matches!(error(&LOG[..LOG.len() - 30]), ImportError::BrokenXml { event: 6, .. }));
    assert!(matches!(error("<html></html>"), ImportError::WrongKind("XES")));
    assert!(matches!(error("klant;naam\n"), ImportError::WrongKind("XES")));
    assert!(matches!(error("<log><trace></event></log>"), ImportError::BrokenXml { .. }));
    let deep = format!("<log><trace>{}", "<string key='a' value='b'>".repeat(1_000));
    assert!(matches!(error(&deep), ImportError::BrokenXml { .. }));
    let long = format!("<log><trace><string key='a' value='{}'/></trace></log>", "x".repeat(2 << 20));
    assert!(matches!(error(&long), ImportError::TooMuch { what: TooMuch::Item(_), .. }));
    let event = "<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2011-10-01T00:00:00Z'/></event>";
    let many = format!("<log><trace>{}</trace></log>", event.repeat(XesReader::TRACE_EVENTS_MAX + 1));
    assert!(matches!(error(&many), ImportError::TooMuch { what: TooMuch::Trace(_), .. }));
}

#[test]
fn a_case_that_comes_back_goes_on_counting() {
    let trace = "<trace><string key='concept:name' value='c'/><event><string key='concept:name' value='a'/><date key='time:timestamp' value='2011-10-01T00:00:00Z'/></event></trace>";
    let events = all(&mut reader(format!("<log>{trace}{trace}</log>"), XesMapping::new("x"))).concat();
    assert_eq!(events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>(), ["c:000001", "c:000002"]);
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0..LOG.len()) {
        let mut mixed = LOG.as_bytes().to_vec();
        mixed.splice(at..(at + bytes.len() / 4).min(LOG.len()), bytes.clone());
        for text in [bytes, mixed] {
            if let Ok(source) = Source::new(Cursor::new(text), Limits::default()) {
                let mut reader = XesReader::new(source, XesMapping::new("x"), receipt()).unwrap();
                while let Ok(Some(_)) = reader.next_trace() {}
            }
        }
    }
}

// The real logs. They are not part of the project; their facts are published with them.

/// A log of `KLANTREIS_DATA`, or of the folder beside the checkout; `None`, with a note, where it is absent.
fn real(name: &str) -> Option<Facts> {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = std::env::var_os("KLANTREIS_DATA").map_or(beside, PathBuf::from).join("logs").join(name);
    let Ok(file) = File::open(&path) else {
        note(&format!("skipped: {name} is absent; set KLANTREIS_DATA to the folder that holds logs/{name}"));
        return None;
    };
    let source = Source::new(file, Limits::default()).unwrap();
    let mut reader = XesReader::new(source, XesMapping::new("application"), receipt()).unwrap();
    let mut facts = Facts::default();
    while let Some(trace) = reader.next_trace().unwrap() {
        facts.count(&trace);
    }
    assert_eq!(reader.report().skipped, []);
    assert_eq!(reader.report().accepted, facts.events as u64);
    Some(facts)
}

#[derive(Default)]
struct Facts {
    cases: usize,
    events: usize,
    ties: usize,
    names: BTreeSet<String>,
    transitions: BTreeSet<(String, Option<String>)>,
    variants: BTreeSet<Vec<String>>,
    pairs: BTreeMap<(String, String), usize>,
}

impl Facts {
    fn count(&mut self, trace: &[Event]) {
        assert!(trace.windows(2).all(|pair| pair[0].id < pair[1].id), "ids keep the order of the file");
        let names: Vec<_> = trace.iter().map(|event| event.name.to_string()).collect();
        self.cases += 1;
        self.events += trace.len();
        self.ties += trace.windows(2).filter(|pair| pair[0].time == pair[1].time).count();
        self.names.extend(names.iter().cloned());
        self.transitions.extend(trace.iter().map(|event| (event.name.to_string(), event.text("lifecycle"))));
        for pair in names.windows(2) {
            *self.pairs.entry((pair[0].clone(), pair[1].clone())).or_default() += 1;
        }
        self.variants.insert(names);
    }

    fn sizes(&self) -> (usize, usize, usize, usize, usize) {
        (self.cases, self.events, self.names.len(), self.variants.len(), self.pairs.len())
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn note(text: &str) {
    eprintln!("{text}");
}

#[test]
fn thirteen_thousand_loans_come_in_whole() {
    let Some(facts) = real("bpic2012.xes.gz") else { return };
    assert_eq!(facts.sizes(), (13_087, 262_200, 24, 4_366, 125));
    let calls = "application.w_completeren_aanvraag".to_owned();
    assert_eq!(facts.pairs[&(calls.clone(), calls)], 38_004);
    assert_eq!(facts.transitions.len(), 36, "names with their transitions");
}

#[test]
fn the_permits_the_service_desk_and_the_claims_come_in_whole() {
    for (name, cases, events, names, variants, pairs) in [
        ("receipt.xes.gz", 1_434, 8_577, 27, 116, 99),
        ("bpic2013_closed.xes.gz", 1_487, 6_660, 4, 183, 10),
        ("teleclaims.xes.gz", 3_512, 46_138, 11, 12, 30),
    ] {
        let Some(facts) = real(name) else { return };
        assert_eq!(facts.sizes(), (cases, events, names, variants, pairs), "{name}");
    }
}
