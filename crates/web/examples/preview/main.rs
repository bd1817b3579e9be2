//! The pages on a clock that stands still, with rows one can believe: `cargo run -p web --example preview [port]`.
//! Log in as fatima@rijnoever.example with "fiets en regenjas"; with `empty` as second argument there is nobody yet.

mod rows;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use service::{Random, Service, sending::Transports};
use sha2::{Digest, Sha256};
use store::Sqlite;
use web::{App, Settings};

#[derive(Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..chunk.len()]);
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let port = args.next().unwrap_or_else(|| "8099".into());
    let is_empty = args.next().is_some_and(|word| word == "empty");
    let url = format!("http://127.0.0.1:{port}");
    let clock = Arc::new(service::drive::VirtualClock::at("2026-11-24T09:42:00Z".parse()?));
    let transports = Transports::new(std::env::temp_dir().join("klantreis-preview"));
    let store = Arc::new(Sqlite::in_memory().await?);
    let service = Service::new(store, clock, Arc::new(Counting::default()), transports.clone(), url.clone());
    let uploads = std::env::temp_dir().join("klantreis-preview-uploads");
    let app = App::new(
        service,
        transports,
        Settings { public_url: url, behind_proxy: false, uploads, metrics_token: None, installation: None },
    );
    if !is_empty {
        rows::fill(&app).await?;
    }
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, web::router(app)).await?;
    Ok(())
}
