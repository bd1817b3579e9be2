//! Backups in a folder, by the moments in their names.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The name of a backup made at a moment; names are in the order of time.
pub fn name(now: Timestamp) -> String {
    format!("klantreis-{}.db", now.strftime("%Y%m%dT%H%M%SZ"))
}

/// The backups in a folder, oldest first. One from the future was made before the clock was set back, and does not count.
pub fn in_folder(folder: &Path, now: Timestamp) -> io::Result<Vec<(PathBuf, Timestamp)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let moment = path.file_name().and_then(|name| name.to_str()).and_then(moment);
        found.extend(moment.filter(|moment| *moment <= now).map(|moment| (path, moment)));
    }
    found.sort_by_key(|(_, moment)| *moment);
    Ok(found)
}

fn moment(name: &str) -> Option<Timestamp> {
    let time = name.strip_prefix("klantreis-")?.strip_suffix(".db")?;
    let civil = DateTime::strptime("%Y%m%dT%H%M%SZ", time).ok()?;
    Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_moment() {
        let now: Timestamp = "2027-10-31T01:30:05Z".parse().unwrap();
        assert_eq!(name(now), "klantreis-20271031T013005Z.db");
        assert_eq!(moment(&name(now)), Some(now));
        assert_eq!(["klantreis.db", "klantreis-x.db", "klantreis-20271031T013005Z.db.part"].map(moment), [None; 3]);
    }
}
