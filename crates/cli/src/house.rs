//! What every command that touches the store begins with.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use service::sending::{SentLog, Transports};
use service::{Clock, Random, Service};
use store::{Durability, OpenMode, OrganisationRow, SqlStore, Store};

use crate::args::Kept;
use crate::location::Location;
use crate::real::{RealClock, RealRandom};
use crate::sealing;

/// The log of erasures in the data folder; what is restored from a backup is erased once more by it.
pub(crate) const ERASURES: &str = "erasures.log";

/// What goes wrong is said to the person who typed the command.
pub(crate) type Trouble = Box<dyn std::error::Error>;

/// Runs a command to its end.
pub(crate) fn block_on<T>(command: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// Tells whoever started it. Nobody may be reading any more, which is no reason to stop.
pub(crate) fn tell(said: &str) {
    let _ = writeln!(std::io::stdout(), "{said}");
}

/// The real clock.
pub(crate) fn clock() -> Arc<dyn Clock> {
    Arc::new(RealClock)
}

/// The real randomness.
pub(crate) fn random() -> Arc<dyn Random> {
    Arc::new(RealRandom)
}

/// The store that was asked for, else the one file in the data folder.
pub(crate) async fn open(data: &Path, kept: &Kept, durability: Durability) -> Result<Arc<dyn Store>, Trouble> {
    Ok(Arc::new(open_to_back_up(data, kept, durability).await?))
}

/// The same, for who makes backups of it.
pub(crate) async fn open_to_back_up(data: &Path, kept: &Kept, durability: Durability) -> Result<SqlStore, Trouble> {
    make(data)?;
    let location = location(data, kept);
    let store = location.open(OpenMode::Create, durability).await?;
    let store = sealing::with_keys(&store, &location, true)?;
    sealing::seal(&store).await?;
    Ok(store)
}

/// The sent log beside the store.
pub(crate) fn sent_log(data: &Path, location: &Location) -> Result<Arc<SentLog>, Trouble> {
    let path = crate::restore::sent_log(location, data);
    let log = SentLog::open(&path, clock().now());
    Ok(Arc::new(log.map_err(|error| format!("{} cannot be written: {error}", path.display()))?))
}

/// The data folder.
pub(crate) fn make(data: &Path) -> Result<(), Trouble> {
    Ok(std::fs::create_dir_all(data)
        .map_err(|error| format!("the folder {} cannot be made: {error}", data.display()))?)
}

/// Where it is.
pub(crate) fn location(data: &Path, kept: &Kept) -> Location {
    kept.store.clone().unwrap_or_else(|| Location::File(data.join("klantreis.db")))
}

/// Why a command that shares the work does not begin.
pub(crate) fn only_on_a_server(command: &str) -> String {
    format!(
        "`klantreis {command}` shares a PostgreSQL with others: --store postgres://user:password@host/database. \
         On a file `klantreis serve` does everything"
    )
}

/// The shell around a store. `url`: where customers reach our pages.
pub(crate) fn service(store: Arc<dyn Store>, data: &Path, url: &str) -> Service {
    Service::new(store, clock(), random(), transports(data), url).noting_erasures_in(data.join(ERASURES))
}

/// What carries messages; the file transport writes below the data folder.
pub(crate) fn transports(data: &Path) -> Transports {
    Transports::new(data.join("sent"))
}

/// The organisation that is meant: the one named, or the only one.
pub(crate) async fn organisation(store: &dyn Store, named: Option<&str>) -> Result<OrganisationRow, Trouble> {
    let mut all = store.organisations().await?;
    if let Some(named) = named {
        let found = all.into_iter().find(|row| row.id.as_str() == named);
        return found.ok_or_else(|| format!("there is no organisation {named}").into());
    }
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only),
        (None, _) => Err("there is no organisation yet: start `klantreis serve` and make the first account".into()),
        (Some(last), false) => {
            let names: Vec<_> = all.iter().chain([&last]).map(|row| row.id.to_string()).collect();
            Err(format!("which organisation? Add --organisation with one of: {}", names.join(", ")).into())
        }
    }
}
