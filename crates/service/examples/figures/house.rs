//! An organisation with one journey that runs, in a store of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use journey::Folder;
use serde_json::Value;
use service::drive::{SameBytes, VirtualClock};
use service::sending::Transports;
use service::{Clock, Service, reference};
use store::{Durability, JourneyRow, Mode, OpenMode, OrganisationRow, PoolSize, Postgres, Sender, Sqlite, Store};
use words::{Channel, OrganisationId};

pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// When everything happens that does not say otherwise.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap_or_default()
}

/// Where a store is.
pub(crate) enum Place {
    File(PathBuf),
    Server(String),
}

impl Place {
    /// The empty PostgreSQL that `KLANTREIS_STORE` names, else a file among the temporary ones.
    pub(crate) fn named(name: &str) -> Self {
        match std::env::var("KLANTREIS_STORE") {
            Ok(url) => Self::Server(url),
            Err(_) => Self::File(std::env::temp_dir().join(format!("klantreis-{name}.db"))),
        }
    }

    /// Makes room: nothing is there yet.
    pub(crate) fn clear(&self) {
        if let Self::File(file) = self {
            for end in ["db", "db-wal", "db-shm"] {
                // The first time there is nothing to remove.
                let _ = std::fs::remove_file(file.with_extension(end));
            }
        }
    }

    pub(crate) async fn open(&self, durability: Durability) -> Result<Arc<dyn Store>, Trouble> {
        Ok(match self {
            Self::File(file) => Arc::new(Sqlite::open(file, OpenMode::Create, durability).await?),
            Self::Server(url) => Arc::new(Postgres::open(url, PoolSize::default()).await?),
        })
    }

    fn sent(&self) -> &Path {
        match self {
            Self::File(file) => file,
            Self::Server(_) => Path::new("/nonexistent"),
        }
    }
}

pub(crate) struct House {
    pub(crate) service: Service,
    pub(crate) organisation: OrganisationId,
    pub(crate) clock: Arc<VirtualClock>,
}

impl House {
    /// A new one, in which this journey runs. Its clock stands still until it is moved.
    pub(crate) async fn new(place: &Place, folder: &Folder) -> Result<Self, Trouble> {
        place.clear();
        Self::with(place, Durability::Full, folder).await
    }

    /// The same, in which what is written need not survive a power cut.
    pub(crate) async fn to_fill(place: &Place, folder: &Folder) -> Result<Self, Trouble> {
        place.clear();
        Self::with(place, Durability::Off, folder).await
    }

    async fn with(place: &Place, durability: Durability, folder: &Folder) -> Result<Self, Trouble> {
        let house = Self::again(place, durability).await?;
        let (service, organisation) = (&house.service, &house.organisation);
        let text = reference::organisation();
        service.store.save_organisation(OrganisationRow { id: organisation.clone(), text, created: start() }).await?;
        service.store.save_sender(sender(organisation)).await?;
        service.publisher.publish(organisation, folder, None, "", start()).await?;
        for row in service.store.journeys(organisation).await? {
            service.store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await?;
        }
        Ok(house)
    }

    /// One that was made before.
    pub(crate) async fn again(place: &Place, durability: Durability) -> Result<Self, Trouble> {
        let clock = Arc::new(VirtualClock::at(start()));
        let service = serving(place, durability, clock.clone()).await?;
        Ok(Self { service, organisation: OrganisationId::new("rijnoever"), clock })
    }
}

/// The shell over a store that was filled before, on any clock.
pub(crate) async fn serving(place: &Place, durability: Durability, clock: Arc<dyn Clock>) -> Result<Service, Trouble> {
    let transports = Transports::new(place.sent().with_extension("sent"));
    Ok(Service::new(place.open(durability).await?, clock, Arc::new(SameBytes(7)), transports, "https://k.example"))
}

fn sender(organisation: &OrganisationId) -> Sender {
    Sender {
        organisation: organisation.clone(),
        channel: Channel::email(),
        principal: words::PrincipalId::own(),
        transport: "file".into(),
        config: Value::Null,
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(start()),
        per_minute: None,
        catch_up: None,
    }
}

/// Seconds of processor time that this program has used, and the PostgreSQL of `KLANTREIS_STORE` with it.
pub(crate) fn cpu_seconds() -> f64 {
    let own: f64 = stat("self").iter().skip(OWN).take(2).sum();
    (own + server_ticks().unwrap_or_default()) / 100.0
}

/// Where the processor times stand in what the system tells of a process: its own two, then those of its ended children.
const OWN: usize = 11;

fn stat(process: &str) -> Vec<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().map(|field| field.parse().unwrap_or_default()).collect()
}

/// Of a server on this machine that is reached by a socket in its folder; `None` where it is another.
fn server_ticks() -> Option<f64> {
    let url = std::env::var("KLANTREIS_STORE").ok()?;
    let folder = url.split_once('@')?.1.split('/').next()?.replace("%2F", "/");
    let pid = std::fs::read_to_string(Path::new(&folder).join("data/postmaster.pid")).ok()?;
    let pid = pid.lines().next()?.to_owned();
    let ended: f64 = stat(&pid).iter().skip(OWN).take(4).sum();
    let processes = std::fs::read_dir("/proc").ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let parent: f64 = pid.parse().ok()?;
    let children = processes.map(|process| stat(&process)).filter(|fields| fields.get(1) == Some(&parent));
    Some(ended + children.map(|fields| fields.iter().skip(OWN).take(2).sum::<f64>()).sum::<f64>())
}
