//! What this process did, counted in memory: for whoever watches it. Nothing here is kept, and nothing decides by it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// Series that are kept at most; what comes new beyond it is not counted.
const SERIES_MAX: usize = 5_000;
/// Upper ends of what takes time, in seconds.
pub const SECONDS: &[f64] = &[0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Upper ends of what comes in numbers.
pub const NUMBERS: &[f64] = &[1.0, 4.0, 16.0, 64.0, 256.0, 1_024.0, 4_096.0];

type Series = (&'static str, String);

enum Meter {
    Count(u64),
    Spread { ends: &'static [f64], below: Vec<u64>, sum: f64, count: u64 },
}

static METERS: Mutex<BTreeMap<Series, Meter>> = Mutex::new(BTreeMap::new());

/// A name and a value that tell one series from another. Never personal data.
pub type Label<'a> = (&'static str, &'a str);

/// Adds to a counter.
pub fn count(name: &'static str, labels: &[Label<'_>], by: u64) {
    measure(
        name,
        labels,
        |meter| {
            if let Meter::Count(count) = meter {
                *count += by
            }
        },
        || Meter::Count(0),
    );
}

/// Adds a value to a histogram.
pub fn observe(name: &'static str, labels: &[Label<'_>], ends: &'static [f64], value: f64) {
    let add = |meter: &mut Meter| {
        if let Meter::Spread { ends, below, sum, count } = meter {
            for (end, below) in ends.iter().zip(below) {
                *below += u64::from(value <= *end);
            }
            *sum += value;
            *count += 1;
        }
    };
    measure(name, labels, add, || Meter::Spread { ends, below: vec![0; ends.len()], sum: 0.0, count: 0 });
}

fn measure(name: &'static str, labels: &[Label<'_>], add: impl FnOnce(&mut Meter), new: impl FnOnce() -> Meter) {
    let series = (name, written(labels));
    let mut meters = METERS.lock().unwrap_or_else(PoisonError::into_inner);
    if meters.len() < SERIES_MAX || meters.contains_key(&series) {
        add(meters.entry(series).or_insert_with(new));
    }
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Timer(Instant);

impl Timer {
    /// From now on.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since.
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Labels as Prometheus reads them, without braces.
pub fn written(labels: &[Label<'_>]) -> String {
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect::<Vec<_>>().join(",")
}

/// Everything that was counted, as Prometheus reads it.
pub fn told() -> String {
    let meters = METERS.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut text, mut last) = (String::new(), "");
    for ((name, labels), meter) in meters.iter() {
        if *name != last {
            let kind = if matches!(meter, Meter::Count(_)) { "counter" } else { "histogram" };
            line(&mut text, format_args!("# TYPE {name} {kind}"));
            last = name;
        }
        match meter {
            Meter::Count(count) => line(&mut text, format_args!("{name}{} {count}", braced(labels, ""))),
            Meter::Spread { ends, below, sum, count } => {
                for (end, below) in ends.iter().zip(below) {
                    line(&mut text, format_args!("{name}_bucket{} {below}", braced(labels, &format!("le=\"{end}\""))));
                }
                line(&mut text, format_args!("{name}_bucket{} {count}", braced(labels, "le=\"+Inf\"")));
                line(&mut text, format_args!("{name}_sum{} {sum}", braced(labels, "")));
                line(&mut text, format_args!("{name}_count{} {count}", braced(labels, "")));
            }
        }
    }
    text
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("a text takes every line");
}

fn braced(labels: &str, more: &str) -> String {
    match (labels, more) {
        ("", "") => String::new(),
        ("", only) | (only, "") => format!("{{{only}}}"),
        (labels, more) => format!("{{{labels},{more}}}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told_as_prometheus_reads_it() {
        count("test_total", &[("reason", "a \"quoted\" one")], 2);
        count("test_total", &[("reason", "a \"quoted\" one")], 3);
        observe("test_seconds", &[("route", "/")], SECONDS, 0.03);
        observe("test_seconds", &[("route", "/")], SECONDS, 60.0);
        let told = told();
        for line in [
            "# TYPE test_total counter\ntest_total{reason=\"a \\\"quoted\\\" one\"} 5\n",
            "# TYPE test_seconds histogram\ntest_seconds_bucket{route=\"/\",le=\"0.001\"} 0\n",
            "test_seconds_bucket{route=\"/\",le=\"0.05\"} 1\n",
            "test_seconds_bucket{route=\"/\",le=\"+Inf\"} 2\ntest_seconds_sum{route=\"/\"} 60.03\n",
            "test_seconds_count{route=\"/\"} 2\n",
        ] {
            assert!(told.contains(line), "{line} in {told}");
        }
    }
}
