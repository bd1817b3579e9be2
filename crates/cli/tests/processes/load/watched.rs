//! A process watched from outside: its memory, its open files, the log of its store.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

/// Between two looks.
const EVERY: Duration = Duration::from_millis(500);

/// The most that was seen of each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Most {
    resident_kib: u64,
    pub(super) files: usize,
    pub(super) log_mib: u64,
}

impl Most {
    pub(super) fn resident_mib(&self) -> u64 {
        self.resident_kib >> 10
    }

    fn with(self, other: Self) -> Self {
        Self {
            resident_kib: self.resident_kib.max(other.resident_kib),
            files: self.files.max(other.files),
            log_mib: self.log_mib.max(other.log_mib),
        }
    }
}

impl fmt::Display for Most {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MiB, {} files, log {} MiB", self.resident_mib(), self.files, self.log_mib)
    }
}

/// Looks until it is dropped.
pub(super) struct Watched {
    seen: Arc<Mutex<Vec<Most>>>,
    watching: JoinHandle<()>,
}

fn look(process: u32, log: &PathBuf) -> Option<Most> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let resident_kib = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count();
    let log_mib = std::fs::metadata(log).map_or(0, |log| log.len() >> 20);
    Some(Most { resident_kib, files, log_mib })
}

impl Watched {
    pub(super) fn process(process: u32, log: &Path) -> Self {
        let (seen, log) = (Arc::new(Mutex::new(Vec::new())), log.to_owned());
        let own = seen.clone();
        let watching = tokio::spawn(async move {
            while let Some(most) = look(process, &log) {
                own.lock().unwrap_or_else(PoisonError::into_inner).push(most);
                tokio::time::sleep(EVERY).await;
            }
        });
        Self { seen, watching }
    }

    fn seen(&self) -> Vec<Most> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The most since it was asked the last time.
    pub(super) fn so_far(&self) -> Most {
        let seen = std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        seen.into_iter().fold(Most::default(), Most::with)
    }

    /// The most of each part of the time.
    pub(super) fn parts(&self, parts: usize) -> Vec<Most> {
        let seen = self.seen();
        let long = seen.len().div_ceil(parts).max(1);
        seen.chunks(long).map(|part| part.iter().copied().fold(Most::default(), Most::with)).collect()
    }

    /// How much memory grew, by least squares, in MiB a minute.
    pub(super) fn slope_of_second_half(&self) -> f64 {
        let seen = self.seen();
        let half = &seen[seen.len() / 2..];
        let points: Vec<(f64, f64)> = half
            .iter()
            .enumerate()
            .map(|(place, most)| (place as f64 * EVERY.as_secs_f64() / 60.0, most.resident_kib as f64 / 1_024.0))
            .collect();
        let count = points.len().max(1) as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), (a, b)| (x + a / count, y + b / count));
        let spread: f64 = points.iter().map(|(a, _)| (a - x).powi(2)).sum();
        points.iter().map(|(a, b)| (a - x) * (b - y)).sum::<f64>() / spread.max(f64::MIN_POSITIVE)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.watching.abort();
    }
}
