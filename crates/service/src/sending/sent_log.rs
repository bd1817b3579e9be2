//! What was handed to a provider, written beside the store, so that it is known when the store is lost and restored from a
//! backup. A line is a moment, a sign and the digest of a message's key; nothing in it tells whose it is.
//!
//! `=` the log begins here, `~` it goes on here from an earlier file, `>` handed over (on the disk before it is), `+` the
//! provider took it, `-` the provider definitely refused it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use store::{CarriedBefore, Digest};
use words::{EffectKey, OrganisationId};

/// A file that is larger is put away, and the log goes on in a new one.
const FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;
/// Files put away longer ago than this are removed: no backup that old is restored to send from.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 62);
/// Clocks of what wrote the backup and the log may differ by so much.
const CLOCKS: SignedDuration = SignedDuration::from_hours(24);

/// Names a message in the log.
pub fn digest(organisation: &OrganisationId, key: &EffectKey) -> Digest {
    let whole =
        Sha256::new().chain_update(organisation.as_str()).chain_update([0]).chain_update(key.as_str()).finalize();
    let mut digest = Digest::default();
    digest.copy_from_slice(&whole[..16]);
    digest
}

/// A log that is being written.
pub struct SentLog {
    path: PathBuf,
    open: Mutex<File>,
}

impl SentLog {
    /// Where it stands beside a store's file: `klantreis.sent.log` beside `klantreis.db`.
    pub fn beside(store: &Path) -> PathBuf {
        store.with_extension("sent.log")
    }

    /// Goes on with a log, or begins one.
    pub fn open(path: &Path, now: Timestamp) -> io::Result<Self> {
        let is_new = !path.try_exists()?;
        let mut file = File::options().create(true).append(true).open(path)?;
        // What a power cut left of a last line ends here.
        let first = if is_new { format!("{now} =\n") } else { "\n".to_owned() };
        file.write_all(first.as_bytes())?;
        file.sync_all()?;
        Ok(Self { path: path.to_owned(), open: Mutex::new(file) })
    }

    /// These are going to be handed over. When it answers, that is on the disk.
    pub async fn hand_over(self: &Arc<Self>, messages: Vec<Digest>, now: Timestamp) -> io::Result<()> {
        let log = self.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut file = log.open.lock().unwrap_or_else(PoisonError::into_inner);
            if file.metadata()?.len() > FILE_BYTES_MAX {
                *file = log.put_away(now)?;
            }
            file.write_all(lines(&messages, '>', now).as_bytes())?;
            file.sync_data()
        });
        written.await.map_err(io::Error::other)?
    }

    /// What a provider said. A line that is lost makes a person look, no more.
    pub fn told(&self, message: Digest, is_accepted: bool, now: Timestamp) {
        let line = lines(&[message], if is_accepted { '+' } else { '-' }, now);
        let mut file = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(line.as_bytes()) {
            tracing::warn!(%error, "what a provider said could not be written into the sent log");
        }
    }

    /// A new file; the full one gets the moment in its name.
    fn put_away(&self, now: Timestamp) -> io::Result<File> {
        std::fs::rename(&self.path, self.path.with_extension(format!("{}.log", now.as_millisecond())))?;
        let mut file = File::options().create(true).append(true).open(&self.path)?;
        file.write_all(format!("{now} ~\n").as_bytes())?;
        for (old, until) in put_away(&self.path) {
            if until < now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN) {
                std::fs::remove_file(old)?;
            }
        }
        Ok(file)
    }
}

fn lines(messages: &[Digest], sign: char, now: Timestamp) -> String {
    let hex = |message: &Digest| message.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    messages.iter().map(|message| format!("{now} {sign} {}\n", hex(message))).collect()
}

/// Full files of a log, oldest first, with the moment at which each was put away.
fn put_away(log: &Path) -> Vec<(PathBuf, Timestamp)> {
    let folder = log.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let stem = log.with_extension("");
    let until = |path: &Path| {
        let name = path.file_name()?.to_str()?.strip_prefix(stem.file_name()?.to_str()?)?.strip_prefix('.')?;
        Timestamp::from_millisecond(name.strip_suffix(".log")?.parse().ok()?).ok()
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> =
        entries.filter_map(|entry| until(&entry.path()).map(|until| (entry.path(), until))).collect();
    files.sort_by_key(|(_, until)| *until);
    files
}

/// What logs tell of the time since a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What became of each message that was handed over.
    pub messages: BTreeMap<Digest, (Timestamp, CarriedBefore)>,
    /// Times that each was handed over and nothing was said of it.
    open: BTreeMap<Digest, u32>,
    /// Whether every one of the logs was there all the time.
    pub is_whole: bool,
}

/// Reads logs, each with the files that it put away. `taken`: when the backup was made.
pub fn read_logs(logs: &[PathBuf], taken: Timestamp) -> io::Result<Told> {
    let mut told = Told { is_whole: !logs.is_empty(), ..Told::default() };
    for log in logs {
        let mut begins = Vec::new();
        let files = put_away(log).into_iter().map(|(file, _)| file).chain([log.clone()]);
        for file in files {
            for line in BufReader::new(File::open(&file)?).split(b'\n') {
                let line = String::from_utf8_lossy(&line?).into_owned();
                let Some((time, sign, message)) = parsed(&line) else { continue };
                match (sign, message) {
                    ("=" | "~", None) => begins.push((sign == "=", time)),
                    (_, Some(message)) if time >= taken.saturating_sub(CLOCKS).unwrap_or(Timestamp::MIN) => {
                        told.hear(message, sign, time);
                    }
                    _ => {}
                }
            }
        }
        let reaches_back = begins.first().is_some_and(|(_, time)| *time <= taken);
        let began_anew = begins.iter().any(|(is_new, time)| *is_new && *time > taken);
        told.is_whole &= reaches_back && !began_anew;
    }
    Ok(told)
}

impl Told {
    fn hear(&mut self, message: Digest, sign: &str, time: Timestamp) {
        let open = self.open.entry(message).or_default();
        let outcome = match sign {
            ">" => {
                *open += 1;
                CarriedBefore::HandedOver
            }
            "+" => CarriedBefore::Accepted,
            "-" => {
                *open = open.saturating_sub(1);
                // A no to one attempt says nothing of an earlier one that was not answered.
                if *open > 0 { CarriedBefore::HandedOver } else { CarriedBefore::Refused }
            }
            _ => return,
        };
        let is_sent = matches!(self.messages.get(&message), Some((_, CarriedBefore::Accepted)));
        if !is_sent {
            self.messages.insert(message, (time, outcome));
        }
    }
}

fn parsed(line: &str) -> Option<(Timestamp, &str, Option<Digest>)> {
    let mut words = line.split(' ');
    let (time, sign) = (words.next()?.parse().ok()?, words.next()?);
    let message = match words.next() {
        None => None,
        Some(hex) if hex.len() == 32 && hex.is_ascii() => {
            let mut digest = Digest::default();
            for (byte, at) in digest.iter_mut().zip((0..32).step_by(2)) {
                *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
            }
            Some(digest)
        }
        Some(_) => return None,
    };
    Some((time, sign, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("klantreis-sent-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[tokio::test]
    async fn a_log_tells_what_became_of_each_message() {
        let folder = folder("tells");
        let path = SentLog::beside(&folder.join("klantreis.db"));
        let log = Arc::new(SentLog::open(&path, at(0)).unwrap());
        let [lost, sent, refused] = [[1; 16], [2; 16], [3; 16]];
        log.hand_over(vec![lost, sent, refused], at(10)).await.unwrap();
        log.told(sent, true, at(11));
        log.told(refused, false, at(12));
        *log.open.lock().unwrap() = log.put_away(at(20)).unwrap();
        log.hand_over(vec![refused], at(21)).await.unwrap();
        log.told(refused, true, at(22));
        // A power cut in the middle of a line, and a start after it.
        log.open.lock().unwrap().write_all(b"2027-01-15T08:00:40Z > 0102").unwrap();
        drop(log);
        drop(SentLog::open(&path, at(30)).unwrap());
        let told = read_logs(std::slice::from_ref(&path), at(5)).unwrap();
        assert!(told.is_whole);
        let expected = [
            (lost, (at(10), CarriedBefore::HandedOver)),
            (sent, (at(11), CarriedBefore::Accepted)),
            (refused, (at(22), CarriedBefore::Accepted)),
        ];
        assert_eq!(told.messages, BTreeMap::from(expected));
        assert!(!read_logs(std::slice::from_ref(&path), at(-5)).unwrap().is_whole, "it begins after the backup");
        std::fs::remove_file(&path).unwrap();
        drop(SentLog::open(&path, at(40)).unwrap());
        assert!(!read_logs(&[path], at(5)).unwrap().is_whole, "it was lost in between");
        assert!(!read_logs(&[], at(5)).unwrap().is_whole, "nothing tells nothing");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn a_no_does_not_take_away_the_doubt_of_an_earlier_attempt() {
        let folder = folder("doubt");
        let path = SentLog::beside(&folder.join("klantreis.db"));
        let log = Arc::new(SentLog::open(&path, at(0)).unwrap());
        let [unanswered, refused] = [[1; 16], [2; 16]];
        log.hand_over(vec![unanswered, refused], at(10)).await.unwrap();
        log.told(refused, false, at(11));
        log.hand_over(vec![unanswered, refused], at(20)).await.unwrap();
        // Given back, or refused.
        log.told(unanswered, false, at(21));
        log.told(refused, false, at(21));
        let told = read_logs(&[path], at(5)).unwrap().messages;
        assert_eq!(told[&unanswered].1, CarriedBefore::HandedOver);
        assert_eq!(told[&refused].1, CarriedBefore::Refused);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_digest_is_of_one_message_of_one_organisation() {
        let of = |organisation: &str, key: &str| digest(&OrganisationId::new(organisation), &EffectKey::stored(key));
        assert_ne!(of("a", "bc"), of("ab", "c"));
        assert_eq!(of("a", "bc"), of("a", "bc"));
    }
}
