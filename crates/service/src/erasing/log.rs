//! The log of erasures beside the store: a line each, with digests and no names. A store that is restored from a backup does
//! not know of erasures that came later; this file does.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Erasure;
use uuid::Uuid;
use words::OrganisationId;

/// Why the log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogTrouble {
    /// The file.
    #[error("the log of erasures cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// A line of it.
    #[error("line {line} of the log of erasures cannot be read: {detail}")]
    Line {
        /// From 1.
        line: usize,
        /// What was wrong.
        detail: String,
    },
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The erasure.
    pub id: Uuid,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// When it was asked.
    pub asked: Timestamp,
    /// The digest of the customer's id, with `salt`.
    pub digest: [u8; 32],
    /// The organisation's salt.
    pub salt: [u8; 32],
}

impl Logged {
    pub(super) fn of(erasure: &Erasure, salt: &[u8; 32]) -> Self {
        let Erasure { id, organisation, asked, digest, .. } = erasure.clone();
        Self { id, organisation, asked, digest, salt: *salt }
    }

    /// The lines since a moment. A file that is not there has none; a last line that was cut off by a crash is left out.
    pub fn read(path: &Path, since: Timestamp) -> Result<Vec<Self>, LogTrouble> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            text => text?,
        };
        let mut logged = Vec::new();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let Some(whole) = line.strip_suffix('\n') else { break };
            if whole.is_empty() {
                continue;
            }
            let read: Self = serde_json::from_str(whole)
                .map_err(|error| LogTrouble::Line { line: number + 1, detail: error.to_string() })?;
            logged.push(read);
        }
        logged.retain(|line| line.asked >= since);
        Ok(logged)
    }
}

/// On the disk before it returns.
pub(super) fn append(path: &Path, logged: &Logged) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    // A line that a crash cut off ends here.
    let line = serde_json::to_string(logged).map_err(std::io::Error::other)?;
    let starts_anew = std::fs::read(path)?.last().is_some_and(|last| *last != b'\n');
    let line = if starts_anew { format!("\n{line}\n") } else { format!("{line}\n") };
    file.write_all(line.as_bytes())?;
    file.sync_all()
}
