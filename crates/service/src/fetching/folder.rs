use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use jiff::{SignedDuration, Timestamp};
use words::OrganisationId;

use super::Trouble;

/// Files that are read in one night.
const FILES_MAX: usize = 100;
/// Files of a folder that are looked at.
const LOOKED_MAX: usize = 10_000;
/// A file that was written so short a time ago may not be whole yet.
const AT_REST: SignedDuration = SignedDuration::from_secs(60);

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// When it was written, in microseconds since 1970.
    pub(super) written: i64,
}

/// Whether a name can be that of files in a folder: no way out of it, not hidden.
pub(super) fn is_name(name: &str) -> bool {
    let is_long = name.chars().count() > 200;
    let leads_out = name.contains(['/', '\\', '\0']) || name.starts_with('.');
    !name.is_empty() && !is_long && !leads_out && !name.chars().any(char::is_control)
}

/// The files of this name in the organisation's folder that were written after `place`, the oldest first. Links are left out:
/// they may lead out of the folder.
pub(super) fn newer(
    folder: &Path,
    organisation: &OrganisationId,
    name: &str,
    place: Option<&str>,
    now: Timestamp,
) -> Result<Vec<File>, Trouble> {
    // The folder is named after the organisation; one that could lead out of it has none.
    if !is_name(organisation.as_str()) || !is_name(name) {
        return Err(Trouble::NoFolder);
    }
    let read = std::fs::read_dir(folder.join(organisation.as_str())).map_err(|_| Trouble::NoFolder)?;
    let mut found: Vec<File> = read
        .take(LOOKED_MAX)
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let fits = entry.file_name().to_str().is_some_and(|file| is_called(file, name));
            if !fits || !entry.file_type().ok()?.is_file() {
                return None;
            }
            let written = entry.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some(File { path: entry.path(), written: i64::try_from(written.as_micros()).ok()? })
        })
        .collect();
    if found.is_empty() {
        return Err(Trouble::NoFile(name.to_owned()));
    }
    let last = place.and_then(|place| place.parse::<i64>().ok()).unwrap_or(i64::MIN);
    found.retain(|file| file.written > last);
    found.sort_by(|one, two| (one.written, &one.path).cmp(&(two.written, &two.path)));
    found.truncate(FILES_MAX);
    let Some(newest) = found.last() else { return Err(Trouble::NoNewFile(name.to_owned())) };
    if newest.written > (now - AT_REST).as_microsecond() {
        let file = newest.path.file_name().map(|file| file.to_string_lossy().into_owned());
        return Err(Trouble::BeingWritten(file.unwrap_or_default()));
    }
    Ok(found)
}

/// Whether a file has this name, in which `*` is anything.
fn is_called(file: &str, name: &str) -> bool {
    let mut parts = name.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = file.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_leave_parts_open() {
        for (file, name, fits) in [
            ("leden.csv", "leden.csv", true),
            ("leden.csv.bak", "leden.csv", false),
            ("leden-2027-03-01.csv", "leden-*.csv", true),
            ("leden-.csv", "leden-*.csv", true),
            ("leden.csv", "*", true),
            ("a-b-c.csv", "a*b*.csv", true),
            ("a-c.csv", "a*b*.csv", false),
            ("aba", "ab*ba", false),
        ] {
            assert_eq!(is_called(file, name), fits, "{file} {name}");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for name in ["", "../x.csv", "a/b.csv", "a\\b.csv", "..", ".hidden", "a\0b", "a\nb", &"x".repeat(201)] {
            assert!(!is_name(name), "{name}");
            let found = newer(Path::new("/"), &OrganisationId::new(name), "x.csv", None, Timestamp::UNIX_EPOCH);
            assert_eq!(found, Err(Trouble::NoFolder));
        }
        assert!(is_name("leden-*.csv"));
    }
}
