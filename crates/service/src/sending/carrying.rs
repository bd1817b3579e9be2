//! Carrying beside applying: every lane in which something is ready goes by itself, so that a slow provider holds up nobody
//! else.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use store::Lane;
use tokio::sync::{Notify, watch};
use tokio::task::{Id, JoinSet};

use super::lane::Run;
use crate::Service;

/// When it stops, messages that a provider has not answered by then are left behind.
const LEAVING_MAX: Duration = Duration::from_secs(8);

/// The lanes that go.
#[derive(Default)]
struct Going {
    runs: JoinSet<usize>,
    lanes: BTreeMap<Lane, Arc<Notify>>,
    names: BTreeMap<Id, Lane>,
}

/// Lets lanes go until `stopping` says so, then waits for what is under way. `idle_for`: how long it sleeps when nobody wakes
/// it.
pub(crate) async fn carry_on(service: Service, idle_for: Duration, mut stopping: watch::Receiver<bool>) {
    let mut going = Going::default();
    while !*stopping.borrow() {
        service.note_carried();
        going.look(&service, &stopping).await;
        loop {
            tokio::select! {
                biased;
                stopped = stopping.changed() => {
                    if stopped.is_err() {
                        return;
                    }
                    break;
                }
                Some(ended) = going.runs.join_next_with_id() => {
                    // After one that carried something more may be ready; one that could not claim waits its time.
                    if going.ended(ended) > 0 {
                        break;
                    }
                }
                () = service.woken_to_carry() => break,
                () = tokio::time::sleep(idle_for) => break,
            }
        }
    }
    let all = async { while going.runs.join_next().await.is_some() {} };
    if tokio::time::timeout(LEAVING_MAX, all).await.is_err() {
        tracing::warn!(lanes = going.runs.len(), "a provider does not answer; what it was given is taken up later");
    }
}

impl Going {
    /// Starts lanes in which something is ready, and tells those that go.
    async fn look(&mut self, service: &Service, stopping: &watch::Receiver<bool>) {
        let Some(carrier) = service.carrier().filter(|carrier| carrier.may_send()) else { return };
        let now = carrier.clock.now();
        let ready = match carrier.lanes_to_carry(now).await {
            Ok(ready) => ready,
            Err(error) => {
                tracing::warn!(%error, "what is ready could not be looked for and will be again");
                return;
            }
        };
        for lane in ready {
            if let Some(hungry) = self.lanes.get(&lane) {
                hungry.notify_one();
            } else if !carrier.lanes.is_open(&lane, now) {
                let hungry: Arc<Notify> = Arc::default();
                let run = Run::new(service.clone(), lane.clone(), carrier.clone(), hungry.clone(), stopping.clone());
                let id = self.runs.spawn(run.go()).id();
                self.names.insert(id, lane.clone());
                self.lanes.insert(lane, hungry);
            }
        }
    }

    /// Forgets a lane that came to its end; how many messages it took.
    fn ended(&mut self, ended: Result<(Id, usize), tokio::task::JoinError>) -> usize {
        let (id, taken) = match ended {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(panicked = error.is_panic(), "a lane failed; what was under way is taken up later");
                (error.id(), 0)
            }
        };
        if let Some(lane) = self.names.remove(&id) {
            self.lanes.remove(&lane);
        }
        taken
    }
}
