use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock};
use std::task::Poll;

use jiff::SignedDuration;
use service::sending::Transports;
use service::working::{Sharing, Worker};
use service::{Catalog, Service};
use store::SqlStore;

use crate::link::{Link, Stands, ToProvider, ToStore};
use crate::outside::{Drawn, Machine, Provider, Time};

/// What whoever founded the organisation has read. Reading definitions in every process takes most of the time, and gives the
/// same.
pub(crate) static READ: OnceLock<Arc<Catalog>> = OnceLock::new();

/// Everything of the shell, as one process holds it.
pub(crate) fn service(
    store: &SqlStore,
    link: &Arc<Link>,
    provider: &Arc<Provider>,
    time: &Arc<Time>,
    skew: SignedDuration,
) -> Service {
    let clock = Arc::new(Machine { time: time.clone(), skew });
    let random = Arc::new(Drawn(AtomicU64::new(link.who << 32)));
    let transport = ToProvider { link: link.clone(), provider: provider.clone() };
    let store = store.with(ToStore::new(link.clone()));
    let service =
        Service::new(Arc::new(store), clock, random, Transports::only(Arc::new(transport)), "https://k.example");
    if let Some(before) = READ.get() {
        service.catalog.learn_from(before);
    }
    service
}

/// Work that goes on only when it is driven, and of which nothing is left when it is dropped.
pub(crate) struct Process<T> {
    pub(crate) link: Arc<Link>,
    future: Pin<Box<dyn Future<Output = T>>>,
}

/// How far a process came.
pub(crate) enum Came<T> {
    Stands(Stands),
    Done(T),
}

impl<T> Process<T> {
    pub(crate) fn new(link: Arc<Link>, future: impl Future<Output = T> + 'static) -> Self {
        Self { link, future: Box::pin(future) }
    }

    /// Lets it go on until its next call, its rest, its end or its death.
    pub(crate) async fn step(&mut self) -> Came<T> {
        self.link.go_on();
        let Self { link, future } = self;
        poll_fn(|context| {
            link.driven_by(context.waker());
            if link.stands() == Stands::Dead {
                return Poll::Ready(Came::Stands(Stands::Dead));
            }
            match future.as_mut().poll(context) {
                Poll::Ready(done) => Poll::Ready(Came::Done(done)),
                Poll::Pending if link.stands() == Stands::Works => Poll::Pending,
                Poll::Pending => Poll::Ready(Came::Stands(link.stands())),
            }
        })
        .await
    }
}

/// A process that works for ever, as `klantreis worker` does.
pub(crate) fn worker(service: Service, link: Arc<Link>, sharing: Sharing) -> Process<()> {
    let own = link.clone();
    Process::new(link, async move {
        let mut worker = Worker::new(service, sharing, "0.1.0").await;
        loop {
            let is_idle = match worker.turn().await {
                Ok(is_idle) => is_idle,
                Err(error) => {
                    own.tell(format!("a round failed: {error}"));
                    false
                }
            };
            own.rest(is_idle).await;
        }
    })
}
