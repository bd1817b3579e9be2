//! The key under which the store keeps secrets: from the environment, else in a file beside the store's file.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use store::{Erasures, Sealing, SealingKey, Secrets, SqlStore};

use crate::house::{self, Trouble};
use crate::location::Location;

/// The variable that holds the key, and the one that holds those before it, with commas between.
const CURRENT: &str = "KLANTREIS_SECRET";
const OLD: &str = "KLANTREIS_SECRET_OLD";
/// Shorter ones are guessed.
const CHARS_MIN: usize = 32;

/// Where the key of a file stands: `klantreis.key` beside `klantreis.db`.
pub(crate) fn beside(store: &Path) -> PathBuf {
    store.with_extension("key")
}

/// The store with what its secrets are sealed with. `makes`: a file that has no key gets one.
pub(crate) fn with_keys(store: &SqlStore, location: &Location, makes: bool) -> Result<SqlStore, Trouble> {
    let given = |name: &str| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
    let current = given(CURRENT);
    let mut old: Vec<String> =
        given(OLD).iter().flat_map(|all| all.split(',')).map(|one| one.trim().to_owned()).collect();
    let file = match location {
        Location::File(path) if !path.as_os_str().is_empty() => Some(beside(path)),
        _ => None,
    };
    let current = match (current, file) {
        (Some(current), file) => {
            // It may have been the key until now.
            old.extend(file.map(|file| kept(&file)).transpose()?.flatten());
            Some(current.trim().to_owned())
        }
        (None, Some(file)) if makes => Some(kept_or_made(&file)?),
        (None, Some(file)) => kept(&file)?,
        (None, None) => None,
    };
    for key in current.iter().chain(&old) {
        if key.chars().count() < CHARS_MIN {
            return Err(
                format!("{CURRENT} and {OLD} need {CHARS_MIN} characters or more: openssl rand -base64 32").into()
            );
        }
    }
    let old = old.iter().map(|old| SealingKey::of(old)).collect();
    Ok(store.sealing(match current {
        Some(current) => Sealing::under(SealingKey::of(&current), old),
        None => Sealing::demanded(old),
    }))
}

/// Seals what stands in clear or under an older key, and says what cannot be read.
pub(crate) async fn seal(store: &SqlStore) -> Result<(), Trouble> {
    let seen = store.seal_secrets().await?;
    if seen.rewritten > 0 {
        // As they stood before they are in no file any more.
        store.sweep().await?;
        tracing::info!(secrets = seen.rewritten, "secrets were sealed");
    }
    if seen.unopened > 0 {
        tracing::error!(
            secrets = seen.unopened,
            "secrets were sealed under a key that is not there; see docs/OPERATION.md"
        );
    }
    if seen.plain > 0 {
        tracing::warn!(secrets = seen.plain, "secrets stand in clear: set KLANTREIS_SECRET; see docs/OPERATION.md");
    }
    Ok(())
}

fn kept(file: &Path) -> Result<Option<String>, Trouble> {
    let mut text = String::new();
    match File::open(file).and_then(|mut open| open.read_to_string(&mut text)) {
        Ok(_) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("the key {} cannot be read: {error}", file.display()).into()),
    }
}

fn kept_or_made(file: &Path) -> Result<String, Trouble> {
    if let Some(kept) = kept(file)? {
        return Ok(kept);
    }
    let random = house::random();
    let bytes = [random.bytes16(), random.bytes16()].concat();
    let key: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(file).and_then(|mut open| {
        open.write_all(format!("{key}\n").as_bytes())?;
        open.sync_all()
    });
    match made {
        Ok(()) => Ok(key),
        // Another command was first.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(kept(file)?.unwrap_or(key)),
        Err(error) => Err(format!("the key {} cannot be written: {error}", file.display()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = std::env::temp_dir().join(format!("klantreis-key-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = beside(&folder.join("klantreis.db"));
        assert!(file.ends_with("klantreis.key"));
        assert_eq!(kept(&file).unwrap(), None);
        let key = kept_or_made(&file).unwrap();
        assert_eq!((key.len(), kept_or_made(&file).unwrap(), kept(&file).unwrap()), (64, key.clone(), Some(key)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
