use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Notify;

/// Simulated customers do something this often.
const TICK: Duration = Duration::from_secs(5);
/// They are kept after so many ticks, so that a start after a power cut goes on near where it was.
const KEPT_AFTER: u32 = 24;

/// Lets simulated customers live on beside the product.
pub(crate) struct Living {
    pub(super) living: sim::Living,
    pub(super) service: Service,
    pub(super) file: PathBuf,
}

impl Living {
    /// Until `stop` is told; then it is kept for the next start.
    pub(crate) async fn run(mut self, stop: Arc<Notify>) {
        let stopped = stop.notified();
        tokio::pin!(stopped);
        for tick in 1_u32.. {
            tokio::select! {
                () = &mut stopped => break,
                () = tokio::time::sleep(TICK) => self.tick().await,
            }
            if tick.is_multiple_of(KEPT_AFTER) {
                self.keep();
            }
        }
        self.keep();
    }

    /// Written aside first: a half-written file would lose everyone.
    fn keep(&self) {
        let aside = self.file.with_extension("new");
        let kept = std::fs::write(&aside, self.living.save()).and_then(|()| std::fs::rename(&aside, &self.file));
        if let Err(error) = kept {
            tracing::warn!(%error, "the simulated customers could not be kept");
        }
    }

    async fn tick(&mut self) {
        let store = self.service.store.clone();
        let lived = self.living.tick(store.as_ref(), self.service.clock.now()).await;
        let handed = match lived {
            Ok(lived) if lived.is_empty() => return,
            Ok(lived) => lived.hand_over(store.as_ref()).await,
            Err(error) => Err(error),
        };
        if let Err(error) = handed {
            tracing::warn!(%error, "the simulated customers stumbled");
        }
        self.service.wake();
    }
}
