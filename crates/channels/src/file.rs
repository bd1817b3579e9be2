use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;

use crate::checked::check;
use crate::mime::digest;
use crate::{Outcome, Outgoing, Reason, Transport};

/// Writes every message of every channel as one JSON file into a folder: for a demo, and to try things out.
///
/// The file's name is the digest of the key, so that a repeat finds the message there and changes nothing.
#[derive(Clone, Debug)]
pub struct FileTransport {
    folder: Arc<PathBuf>,
    // One writer at a time: two calls with one key must not write the same temporary file.
    writing: Arc<Mutex<()>>,
}

impl FileTransport {
    /// Writes into this folder, which is made when the first message comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Arc::new(folder.into()), writing: Arc::default() }
    }

    /// Where the message with this key is, or will be.
    pub fn path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{}.json", digest(key)))
    }
}

#[async_trait]
impl Transport for FileTransport {
    async fn send(&self, message: &Outgoing) -> Outcome {
        if let Err(reason) = check(message) {
            return Outcome::refused_for_good(reason);
        }
        let path = self.path(&message.key);
        let reference = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let written = match serde_json::to_vec_pretty(message) {
            Ok(json) => {
                let _writing = self.writing.lock().await;
                tokio::task::spawn_blocking(move || write_once(&path, &json))
                    .await
                    .unwrap_or_else(|e| Err(io::Error::other(e)))
            }
            Err(error) => Err(error.into()),
        };
        match written {
            Ok(()) => Outcome::Accepted { reference },
            Err(error) => Outcome::refused_for_now(Reason::Disk { detail: error.to_string() }),
        }
    }
}

/// Whole or not at all: to a temporary file, to the disk, then to its name. What is there stays as it is.
fn write_once(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.try_exists()? {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let temporary = path.with_extension("part");
    let mut file = std::fs::File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)
}

#[cfg(test)]
mod tests {
    use words::Channel;

    use super::*;
    use crate::outgoing::tests::mail;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("klantreis-file-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        folder
    }

    #[tokio::test]
    async fn a_message_is_one_file_and_a_repeat_changes_nothing() {
        let folder = folder("repeat");
        let transport = FileTransport::new(folder.join("messages"));
        let first = transport.send(&mail("k")).await;
        assert!(matches!(first, Outcome::Accepted { .. }), "{first:?}");
        let changed = Outgoing { subject: "Anders".into(), ..mail("k") };
        assert_eq!(transport.send(&changed).await, first);
        let read: Outgoing = serde_json::from_slice(&std::fs::read(transport.path("k")).unwrap()).unwrap();
        assert_eq!(read, mail("k"), "the first stays");
        assert_eq!(std::fs::read_dir(folder.join("messages")).unwrap().count(), 1, "no temporary file stays");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn it_serves_every_channel() {
        let folder = folder("channels");
        let transport = FileTransport::new(&folder);
        for (channel, to) in [
            ("sms", "+31612345678"),
            ("whatsapp", "+31612345678"),
            ("post", "Dorpsstraat 1, 1234 AB Arnhem"),
            ("push", "device-1"),
        ] {
            let message = Outgoing { channel: Channel::new(channel), to: to.into(), ..mail(channel) };
            assert!(matches!(transport.send(&message).await, Outcome::Accepted { .. }), "{channel}");
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 4);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_tried_again_later() {
        let folder = folder("blocked");
        std::fs::write(&folder, "a file where the folder should be").unwrap();
        let outcome = FileTransport::new(folder.join("messages")).send(&mail("k")).await;
        assert!(
            matches!(outcome, Outcome::Refused { permanent: false, reason: Reason::Disk { .. }, .. }),
            "{outcome:?}"
        );
        std::fs::remove_file(folder).unwrap();
    }
}
