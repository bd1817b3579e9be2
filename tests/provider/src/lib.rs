//! A mail server for tests and measurements that writes down every message it was given, and misbehaves as it is told. And a
//! line that can be cut. And a provider that is called over HTTP.

mod called;
mod conversation;
mod link;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use called::{Answer, Asked, Called};
pub use link::Link;

/// What the server does with one message, or with one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Takes it.
    None,
    /// Says that it is out of service (421), and hangs up.
    Unavailable,
    /// Takes it, and hangs up without an answer.
    TakenAndGone,
    /// Takes it, and never answers.
    TakenAndSilent,
    /// Says that it took it, a byte a second.
    TakenAndSlow,
    /// The connection stands, and nobody speaks.
    HalfOpen,
}

impl Fault {
    /// Whether the message is taken all the same.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::None | Self::TakenAndGone | Self::TakenAndSilent | Self::TakenAndSlow)
    }
}

/// One message that was given to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its Message-ID, with its brackets.
    pub id: String,
    /// The recipient.
    pub to: String,
    /// What became of it.
    pub fault: Fault,
}

/// Which fault the message, or the connection, of this number meets; from 0.
type Faults = dyn Fn(u64) -> Fault + Send + Sync;

struct Server {
    on_connect: Box<Faults>,
    on_message: Box<Faults>,
    latency: Duration,
    is_logged: bool,
    connections: AtomicU64,
    messages: AtomicU64,
    calls: Mutex<Vec<Call>>,
}

/// The server; it ends when this is dropped.
pub struct Provider {
    /// Where it listens.
    pub address: SocketAddr,
    server: Arc<Server>,
    serving: JoinHandle<()>,
}

impl Provider {
    /// Takes everything, and answers after this time.
    pub async fn good(latency: Duration) -> std::io::Result<Self> {
        Self::start(latency, true, |_| Fault::None, |_| Fault::None).await
    }

    /// Only counts: for measurements.
    pub async fn counting(latency: Duration) -> std::io::Result<Self> {
        Self::start(latency, false, |_| Fault::None, |_| Fault::None).await
    }

    /// Meets connections and messages with faults.
    pub async fn faulty(
        on_connect: impl Fn(u64) -> Fault + Send + Sync + 'static,
        on_message: impl Fn(u64) -> Fault + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        Self::start(Duration::ZERO, true, on_connect, on_message).await
    }

    async fn start(
        latency: Duration,
        is_logged: bool,
        on_connect: impl Fn(u64) -> Fault + Send + Sync + 'static,
        on_message: impl Fn(u64) -> Fault + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let server = Arc::new(Server {
            on_connect: Box::new(on_connect),
            on_message: Box::new(on_message),
            latency,
            is_logged,
            connections: AtomicU64::new(0),
            messages: AtomicU64::new(0),
            calls: Mutex::default(),
        });
        let serving = tokio::spawn(serve(listener, server.clone()));
        Ok(Self { address, server, serving })
    }

    /// Messages that were given to it.
    pub fn count(&self) -> u64 {
        self.server.messages.load(Ordering::Relaxed)
    }

    /// Every message that was given to it, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.server.calls().clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Server {
    fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a message down before anybody hears what became of it.
    fn take(&self, id: String, to: String) -> Fault {
        let fault = (self.on_message)(self.messages.fetch_add(1, Ordering::Relaxed));
        if self.is_logged {
            self.calls().push(Call { id, to, fault });
        }
        fault
    }
}

async fn serve(listener: TcpListener, server: Arc<Server>) {
    let mut lines = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            Ok((line, _)) = listener.accept() => {
                let server = server.clone();
                lines.spawn(async move {
                    let fault = (server.on_connect)(server.connections.fetch_add(1, Ordering::Relaxed));
                    // A client that goes away is what some tests are about.
                    let _ = conversation::hold(line, fault, &server).await;
                });
            }
            Some(_) = lines.join_next() => {}
        }
    }
}
