use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Notify;

/// Simulated customers do something this often.
const TICK: Duration = Duration::from_secs(5);

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
        loop {
            tokio::select! {
                () = &mut stopped => break,
                () = tokio::time::sleep(TICK) => self.tick().await,
            }
        }
        if let Err(error) = std::fs::write(&self.file, self.living.save()) {
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
