use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use channels::dns::Resolver;
use service::Service;
use service::doctor::Installation;
use store::Durability;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::args::{Backups, Kept, Listen, Serve};
use crate::backup;
use crate::house::{self, Trouble};
use crate::location::Location;
use crate::work::{self, Place};

/// The port that is tried first.
const PORT: u16 = 8030;

/// Serves until it is told to stop.
pub(crate) async fn run(serve: Serve) -> Result<ExitCode, Trouble> {
    house::make(&serve.data)?;
    let place = Place::take(&house::location(&serve.data, &serve.kept))?;
    pages(serve, Some(place)).await
}

/// `klantreis web`: serves, and leaves the work to others.
pub(crate) async fn pages_only(serve: Serve) -> Result<ExitCode, Trouble> {
    if matches!(house::location(&serve.data, &serve.kept), Location::File(_)) {
        return Err(house::only_on_a_server("web").into());
    }
    pages(serve, None).await
}

async fn pages(serve: Serve, place: Option<Place>) -> Result<ExitCode, Trouble> {
    let listener = bind(&serve.listen).await?;
    let url = address(&listener, &serve.listen)?;
    let store = house::open_to_back_up(&serve.data, &serve.kept, Durability::Full).await?;
    let service = house::service(Arc::new(store.clone()), &serve.data, &url);
    let mut service = serve.fetched.for_work_of(service, &serve.data);
    if place.is_some() {
        let location = house::location(&serve.data, &serve.kept);
        service = service.logging_sends(house::sent_log(&serve.data, &location)?);
    }
    house::tell(&format!("klantreis\n  address   {url}\n  data      {}", serve.data.display()));
    if let Some(location) = &serve.kept.store {
        house::tell(&format!("  store     {location}"));
    }
    if web::nobody_yet(&store).await? {
        house::tell("  begin     open the address and make the first account");
    }
    let backups = serve.backups;
    let settings = web::Settings {
        behind_proxy: false,
        uploads: serve.data.join("uploads"),
        metrics_token: serve.metrics_token,
        installation: Some(installation(&serve.data, &serve.kept, &url, &backups)),
        public_url: url,
    };
    until_stopped(service, listener, settings, place, |stop| async move {
        backup::keep_making(backups, store.clone(), stop).await;
    })
    .await
}

/// What it is told of itself.
pub(crate) fn installation(data: &Path, kept: &Kept, url: &str, backups: &Backups) -> Installation {
    Installation {
        url: Some(url.to_owned()),
        data: data.to_owned(),
        file: match house::location(data, kept) {
            Location::File(path) => Some(path),
            Location::Server(_) => None,
        },
        backups: backups.to.clone().map(|folder| (folder, backups.every)),
        names: Some(Arc::new(Resolver::of_system())),
    }
}

/// A port: the one that was asked for, else the usual one, else any.
pub(crate) async fn bind(listen: &Listen) -> Result<TcpListener, Trouble> {
    if let Some(port) = listen.port {
        let at = SocketAddr::new(listen.listen, port);
        return Ok(TcpListener::bind(at).await.map_err(|error| format!("{at} cannot be listened on: {error}"))?);
    }
    match TcpListener::bind(SocketAddr::new(listen.listen, PORT)).await {
        Ok(listener) => Ok(listener),
        Err(_) => Ok(TcpListener::bind(SocketAddr::new(listen.listen, 0)).await?),
    }
}

/// The address that people type.
pub(crate) fn address(listener: &TcpListener, listen: &Listen) -> Result<String, Trouble> {
    match &listen.url {
        Some(url) => Ok(url.trim_end_matches('/').to_owned()),
        None => Ok(format!("http://{}", listener.local_addr()?)),
    }
}

/// Serves the pages and works where there is a place to, with `beside` next to them, until Ctrl-C or a request to end.
pub(crate) async fn until_stopped<B: Future<Output = ()> + Send + 'static>(
    service: Service,
    listener: TcpListener,
    settings: web::Settings,
    place: Option<Place>,
    beside: impl FnOnce(Arc<Notify>) -> B,
) -> Result<ExitCode, Trouble> {
    let (stop, store) = (Arc::new(Notify::new()), service.store.clone());
    let working = match &place {
        Some(place) => Some(work::begin(place.worker(&service).await, stop.clone())),
        None => {
            service.leave_work_to_others().await;
            None
        }
    };
    let beside = tokio::spawn(beside(stop.clone()));
    let transports = service.transports();
    let app = web::App::new(service, transports, settings);
    web::resume_imports(&app).await?;
    web::serve(app, listener, told_to_stop()).await?;
    stop.notify_waiters();
    let worked = match working {
        Some(working) => working.await?,
        None => Ok(()),
    };
    beside.await?;
    store.close().await;
    worked?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn told_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
