use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use channels::MemoryTransport;
use jiff::Timestamp;
use service::Service;
use service::connections::{self, Fetch};
use service::drive::VirtualClock;
use service::fetching::{Progress, Settings};
use service::intake::Reading;
use service::sending::Transports;
use store::{OrganisationRow, Paging, QuarantineFilter, Quarantined, Sqlite, StoredEvent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use words::OrganisationId;

/// The other side: paths with what is answered there, to be changed during a story.
#[derive(Clone, Default)]
pub(crate) struct Other {
    answers: Arc<Mutex<BTreeMap<String, String>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Other {
    pub(crate) fn says(&self, path: &str, body: impl AsRef<str>) {
        let body = body.as_ref();
        self.answers(path, format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
    }

    /// The whole answer, with its head.
    pub(crate) fn answers(&self, path: &str, answer: impl Into<String>) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer.into());
    }

    /// The requests since the last call.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// The paths of these.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
        self.asked().iter().map(path).collect()
    }

    async fn serve(self, listener: TcpListener) {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 8_192];
            let read = stream.read(&mut request).await.unwrap();
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            self.asked.lock().unwrap().push(request);
            let known = self.answers.lock().unwrap().get(&path).cloned();
            let answer = known.unwrap_or_else(|| "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".into());
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }
}

/// The shell with one organisation, one source and the other side.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) other: Other,
    pub(crate) base: String,
    pub(crate) folder: PathBuf,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn rijnoever() -> OrganisationId {
    OrganisationId::new("rijnoever")
}

pub(crate) async fn world() -> World {
    static WORLDS: AtomicU64 = AtomicU64::new(0);
    let number = WORLDS.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("klantreis-fetching-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("rijnoever")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let other = Other::default();
    tokio::spawn(other.clone().serve(listener));

    let store = Arc::new(Sqlite::in_memory().await.unwrap());
    let start = at("2027-03-01T00:00:00Z");
    let row = OrganisationRow { id: rijnoever(), text: "name: Rijnoever\n".into(), created: start };
    store::Organisations::save_organisation(store.as_ref(), row).await.unwrap();
    let transports = Transports::only(Arc::new(MemoryTransport::new()));
    let clock = Arc::new(VirtualClock::at(start));
    let service = Service::new(store, clock, Arc::new(service::drive::SameBytes(7)), transports, "https://k.example")
        .fetching_from(vec![host.parse().unwrap()], Some(folder.clone()));
    World { service, other, base: format!("http://{host}"), folder }
}

impl World {
    pub(crate) async fn connect(&self, settings: Settings, reading: Reading) {
        let fetch = Fetch {
            organisation: rijnoever(),
            source: "planpakket".into(),
            settings,
            secret: Some("Bearer geheim".into()),
            reading: Some(reading),
            due: Some(at("2027-03-01T00:00:00Z")),
            place: None,
            progress: Progress::default(),
        };
        connections::save_fetch(self.service.store.as_ref(), &fetch).await.unwrap();
    }

    pub(crate) async fn kept(&self) -> Fetch {
        connections::fetch(self.service.store.as_ref(), &rijnoever(), "planpakket").await.unwrap().unwrap()
    }

    /// Fetches what is due at a moment; what is kept afterwards.
    pub(crate) async fn fetch_at(&self, moment: &str) -> Fetch {
        self.service.fetching.fetch_due(at(moment)).await.unwrap();
        self.kept().await
    }

    /// Events that were taken in, the oldest arrival first.
    pub(crate) async fn events(&self) -> Vec<StoredEvent> {
        let mut events = self.service.store.recent_events(&rijnoever(), None, 1_000).await.unwrap();
        events.reverse();
        events
    }

    pub(crate) async fn names(&self) -> Vec<String> {
        self.events().await.iter().map(|one| one.event.name.to_string()).collect()
    }

    pub(crate) async fn refused(&self) -> Vec<Quarantined> {
        let listed = self.service.store.quarantine(&rijnoever(), QuarantineFilter::default(), Paging::first(100)).await;
        listed.unwrap().rows
    }

    /// Puts a file into the organisation's folder, written at a moment.
    pub(crate) fn put(&self, name: &str, text: &str, written: &str) {
        let path = self.folder.join("rijnoever").join(name);
        std::fs::write(&path, text).unwrap();
        self.touch(&path, written);
    }

    fn touch(&self, path: &Path, written: &str) {
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(at(written).into()).unwrap();
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
