//! The work of a store in this process: applying what comes in and what falls due, carrying messages.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use service::Service;
use service::working::{Sharing, Worker};
use store::{Durability, Health};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::alone::Alone;
use crate::args::Work;
use crate::backup;
use crate::house::{self, Trouble};
use crate::location::Location;
use crate::serve::told_to_stop;

/// A place to work: a file for oneself, or a server with others.
pub(crate) struct Place {
    sharing: Sharing,
    /// Kept until the process ends.
    _alone: Option<Alone>,
}

impl Place {
    /// Says so when a file has its worker already.
    pub(crate) fn take(location: &Location) -> Result<Self, Trouble> {
        Ok(match location {
            Location::File(_) => Self { sharing: Sharing::Alone, _alone: Some(Alone::or_say_so(location)?) },
            Location::Server(_) => Self::shared(),
        })
    }

    /// The same, unless somebody works there already: for who applies without carrying messages, which would wait meanwhile.
    pub(crate) async fn take_if_free(location: &Location, service: &Service) -> Result<Option<Self>, Trouble> {
        Ok(match location {
            Location::File(_) => {
                Alone::on(location)?.map(|alone| Self { sharing: Sharing::Alone, _alone: Some(alone) })
            }
            Location::Server(_) => {
                let (now, leases) = (service.clock.now(), service.store.leases().await?);
                leases.iter().all(|lease| lease.until <= now).then(Self::shared)
            }
        })
    }

    const fn shared() -> Self {
        Self { sharing: Sharing::Shared, _alone: None }
    }

    pub(crate) async fn worker(&self, service: &Service) -> Worker {
        Worker::new(service.clone(), self.sharing, env!("CARGO_PKG_VERSION")).await
    }
}

/// Works in the background until `stop` is told.
pub(crate) fn begin(worker: Worker, stop: Arc<Notify>) -> JoinHandle<service::Result<()>> {
    tokio::spawn(async move {
        let worked = worker.run(stop).await;
        if let Err(error) = &worked {
            tracing::error!(%error, "this process does not work any more; its pages go on");
        }
        worked
    })
}

/// `klantreis worker`: works without pages.
pub(crate) async fn run(work: Work) -> Result<ExitCode, Trouble> {
    let location = house::location(&work.data, &work.kept);
    if matches!(location, Location::File(_)) {
        return Err(house::only_on_a_server("worker").into());
    }
    let store = house::open_to_back_up(&work.data, &work.kept, Durability::Full).await?;
    let service = house::service(Arc::new(store.clone()), &work.data, work.url.trim_end_matches('/'));
    let service = work.fetched.for_work_of(service, &work.data);
    let service = service.logging_sends(house::sent_log(&work.data, &location)?);
    house::tell(&format!("klantreis worker\n  store     {location}"));
    let stop = Arc::new(Notify::new());
    let watched = match work.watch {
        Some(address) => Some(watch(&service, (address, work.metrics_token), &work.data, stop.clone()).await?),
        None => None,
    };
    let backing_up = tokio::spawn(backup::keep_making(work.backups, store.clone(), stop.clone()));
    let mut working = begin(Place::take(&location)?.worker(&service).await, stop.clone());
    let worked = tokio::select! {
        () = told_to_stop() => {
            stop.notify_waiters();
            working.await?
        }
        ended = &mut working => ended?,
    };
    stop.notify_waiters();
    backing_up.await?;
    if let Some(watched) = watched {
        watched.await??;
    }
    store.close().await;
    worked?;
    Ok(ExitCode::SUCCESS)
}

/// Answers those who watch over it, until `stop` is told.
async fn watch(
    service: &Service,
    (address, metrics_token): (SocketAddr, Option<String>),
    data: &Path,
    stop: Arc<Notify>,
) -> Result<JoinHandle<std::io::Result<()>>, Trouble> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| format!("{address} cannot be listened on: {error}"))?;
    let url = format!("http://{}", listener.local_addr()?);
    house::tell(&format!("  watch     {url}/health"));
    let settings = web::Settings {
        public_url: url,
        behind_proxy: false,
        uploads: data.join("uploads"),
        metrics_token,
        installation: None,
    };
    let app = web::App::new(service.clone(), service.transports(), settings);
    Ok(tokio::spawn(web::serve_watched(app, listener, async move { stop.notified().await })))
}
