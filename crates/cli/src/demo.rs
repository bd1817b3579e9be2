mod complaints;
mod furnish;
mod living;

use std::path::Path;
use std::process::ExitCode;

use store::Durability;

use crate::args::Demo;
use crate::house::{self, Trouble};
use crate::serve;
use crate::work::Place;

/// Starts the demo: fills it the first time, goes on with the same file afterwards, and lets the customers live on.
pub(crate) async fn run(demo: Demo) -> Result<ExitCode, Trouble> {
    let listener = serve::bind(&demo.listen).await?;
    let url = serve::address(&listener, &demo.listen)?;
    house::make(&demo.data)?;
    let place = Place::take(&house::location(&demo.data, &demo.kept))?;
    if !furnish::is_furnished(&demo.data, &demo.kept) {
        // Nobody relies on the file before it is whole: a half-filled one is thrown away at the next start.
        if demo.kept.store.is_none() {
            remove(&demo.data)?;
        }
        let store = house::open(&demo.data, &demo.kept, Durability::Off).await?;
        if !store.organisations().await?.is_empty() {
            return Err("the store holds something already; give the demo an empty one".into());
        }
        furnish::furnish(store.clone(), &demo, &url).await?;
        store.close().await;
    }
    let store = house::open(&demo.data, &demo.kept, Durability::Full).await?;
    let service = house::service(store, &demo.data, &url);
    let log_in = furnish::log_in(&demo.data)?;
    house::tell(&format!("klantreis demo\n  address   {url}\n  log in    {} / {}\n", log_in.email, log_in.password));
    let living = furnish::living(&demo.data, &service, &url).await?;
    let data = demo.data.clone();
    let settings = web::Settings {
        behind_proxy: false,
        uploads: data.join("uploads"),
        metrics_token: None,
        installation: None,
        public_url: url,
    };
    serve::until_stopped(service, listener, settings, Some(place), move |stop| living.run(stop)).await
}

fn remove(data: &Path) -> Result<(), Trouble> {
    for name in ["klantreis.db", "klantreis.db-wal", "klantreis.db-shm"] {
        match std::fs::remove_file(data.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
