//! Times the kernels on a log of raw little-endian columns, sorted by customer and time: `events.cust.u32`, `events.ts.i64`
//! (ms since 1970), `events.code.u16`, `names.txt` (the name of code 0, 1, 2, …).
//!
//! `cargo run --release -p measure --example kernels -- DIR [--start NAME] [--steps A,B,C] [--repeat 3]`
//!
//! One JSON line a question: CPU seconds of the only thread, peak resident MiB, and the answer.
#![expect(clippy::print_stdout, reason = "this is its purpose")]

use std::{fs, path::Path, process::ExitCode};

use jiff::Timestamp;
use journey::{Definition, Folder, Funnel, Order, Organisation, Span, parse};
use measure::{Builder, Columns, Row, Selection, follows, funnel, path_tree, summary, variants};
use words::{RunId, TouchpointId, Window};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1).map(String::as_str)
    };
    let Some(log) = arguments.first().and_then(|folder| Log::read(Path::new(folder))) else {
        println!("give the folder of a log: events.cust.u32, events.ts.i64, events.code.u16, names.txt");
        return ExitCode::FAILURE;
    };
    let steps = option("--steps").unwrap_or("step1,step2,step3,step4,step5");
    let start = TouchpointId::from(option("--start").unwrap_or("step1"));
    let repeat: u32 = option("--repeat").and_then(|text| text.parse().ok()).unwrap_or(1);

    let count = log.customers.len();
    let mut columns = Columns::default();
    time("ingest, in order", 1, || {
        columns = log.columns(0..count);
        format!("[{}, {}]", columns.contact_count(), columns.run_count())
    });
    // A stride that shares no factor with the count visits every event once, far from its neighbours.
    let stride = (count / 2 + 1..).find(|stride| common_divisor(*stride, count) == 1).unwrap_or(1);
    time("ingest, scattered", 1, || {
        columns = Columns::default();
        columns = log.columns((0..count).map(|place| place * stride % count));
        format!("[{}, {}]", columns.contact_count(), columns.run_count())
    });
    drop(log);

    let window = Window { from: Timestamp::MIN, until: Timestamp::MAX };
    let question = Funnel {
        id: "funnel".to_owned(),
        title: None,
        steps: steps.split(',').map(TouchpointId::from).collect(),
        within: Some(Span::Days(7)),
        order: Order::Loose,
    };
    time("funnel", repeat, || {
        let tally = funnel(&columns, &question, Timestamp::MAX);
        tally.map_or_else(|error| error.to_string(), |tally| format!("{:?}", tally.reached()))
    });
    time("dfg", repeat, || {
        let found = follows(&columns);
        let edges = found.edges(usize::MAX, window);
        let total: u64 = edges.iter().map(|edge| edge.count.n).sum();
        let medians: f64 = edges.iter().take(50).filter_map(|edge| edge.median.value).sum();
        format!("[{}, {total}, {:.1}]", found.pair_count(), medians * 1000.0)
    });
    time("variants", repeat, || {
        let found = variants(&columns);
        let top: u64 = found.top(100, window).iter().map(|variant| variant.runs).sum();
        format!("[{}, {top}]", found.distinct())
    });
    time("paths", repeat, || {
        let tree = path_tree(&columns, &start, 3);
        let widths: Vec<String> = tree.widths().iter().map(usize::to_string).collect();
        format!("[{}, {}, {}]", tree.runs(), widths.join(", "), tree.largest())
    });
    let journey = everything_as_a_journey(&columns);
    let selection = Selection::all(window, Timestamp::MAX);
    time("summary", repeat, || {
        let made = journey.as_ref().map(|journey| summary(&columns, journey, &selection));
        let Some(Ok(made)) = made else { return "null".to_owned() };
        let contacts: u64 = made.touchpoints.iter().map(|touchpoint| touchpoint.contacts.n).sum();
        format!("[{}, {}, {contacts}]", made.started.n, made.touchpoints.len())
    });
    time("encode", 1, || columns.encode().len().to_string());
    ExitCode::SUCCESS
}

/// A journey with every name as a touchpoint, in the order of the codes.
fn everything_as_a_journey(columns: &Columns) -> Option<Definition> {
    let mut text =
        "journey: alles\ntitle: Alles\nphases: [{ id: p, title: P, band: during }]\ntouchpoints:\n".to_owned();
    for name in columns.touchpoints().iter() {
        let id = name.replace('_', "-");
        text +=
            &format!("  - {{ id: {id}, was: {name}, phase: p, title: {id}, channel: web, category: interaction }}\n");
    }
    parse(&Folder::of_definition(text), &Organisation::named("bench")).definition
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

struct Log {
    customers: Vec<u32>,
    sequences: Vec<u32>,
    times: Vec<i64>,
    codes: Vec<u16>,
    names: Vec<String>,
}

impl Log {
    fn read(folder: &Path) -> Option<Self> {
        let bytes = |name: &str| fs::read(folder.join(name)).ok();
        let customers: Vec<u32> =
            bytes("events.cust.u32")?.as_chunks().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let sequences = customers.chunk_by(|a, b| a == b).flat_map(|same| 1..=same.len() as u32).collect();
        Some(Self {
            customers,
            sequences,
            times: bytes("events.ts.i64")?.as_chunks().0.iter().map(|eight| i64::from_le_bytes(*eight)).collect(),
            codes: bytes("events.code.u16")?.as_chunks().0.iter().map(|two| u16::from_le_bytes(*two)).collect(),
            names: String::from_utf8(bytes("names.txt")?).ok()?.lines().map(str::to_owned).collect(),
        })
    }

    fn columns(&self, places: impl Iterator<Item = usize>) -> Columns {
        let mut builder = Builder::new();
        for place in places {
            let added = builder.contact(&Row {
                run: RunId::from_u128(u128::from(self.customers[place])),
                sequence: self.sequences[place],
                touchpoint: &self.names[usize::from(self.codes[place])],
                time: Timestamp::from_millisecond(self.times[place]).unwrap_or_default(),
                channel: None,
                reason: None,
                score: None,
            });
            assert!(added.is_ok(), "event {place} does not fit");
        }
        builder.finish().unwrap_or_default()
    }
}

/// Best of `repeat` by CPU time.
fn time(question: &str, repeat: u32, mut answer: impl FnMut() -> String) {
    let mut best: Option<(f64, u64, String)> = None;
    for _ in 0..repeat.max(1) {
        // Resets the peak; without the right to do so the peak is that of all questions so far.
        fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
        let before = cpu_seconds();
        let found = answer();
        let spent = cpu_seconds() - before;
        if best.as_ref().is_none_or(|(least, ..)| spent < *least) {
            best = Some((spent, peak_mib(), found));
        }
    }
    if let Some((cpu, peak, answer)) = best {
        println!(r#"{{"q": "{question}", "cpu_s": {cpu:.3}, "peak_rss_mib": {peak}, "answer": {answer}}}"#);
    }
}

fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0.0);
    nanoseconds / 1e9
}

fn peak_mib() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().split(' ').next()?.parse::<u64>().ok()).map_or(0, |kib| kib / 1024)
}
