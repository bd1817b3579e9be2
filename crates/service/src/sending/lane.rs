//! One lane on its way: what a sender carries, apart from what others do.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use channels::Outcome as Told;
use jiff::SignedDuration;
use store::Lane;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinSet};

use super::carrier::{Carrier, Ready, Taken};
use super::noting::Done;
use crate::{Error, Result, Service};

/// What was claimed and could not be handed over for so long is given back.
const WAITED_MAX: SignedDuration = SignedDuration::from_mins(5);
/// The pause before what came of messages is written down once more; doubled up to the second.
const NOTED_AGAIN: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));
/// Outcomes that the store refused for themselves so often are put aside.
const REFUSED_MAX: u32 = 5;

/// What goes on beside the calls, one of each at a time.
enum Chore {
    Taken(Result<Taken>),
    Noted(usize),
}

/// A lane from the first message that is ready until nothing more is.
pub(super) struct Run {
    service: Service,
    lane: Lane,
    /// Of the lease that it goes under.
    carrier: Arc<Carrier>,
    /// More may be ready.
    hungry: Arc<Notify>,
    stopping: watch::Receiver<bool>,
    /// Claimed and made, not handed over.
    waiting: VecDeque<Ready>,
    calls: JoinSet<(Ready, Told)>,
    /// Calls that the transport takes at one time.
    at_once: usize,
    done: Vec<Done>,
    chores: JoinSet<Chore>,
    is_taking: bool,
    noting: usize,
    /// Nothing more was ready.
    is_dry: bool,
    is_stopping: bool,
    taken: usize,
}

impl Run {
    pub(super) fn new(
        service: Service,
        lane: Lane,
        carrier: Arc<Carrier>,
        hungry: Arc<Notify>,
        stopping: watch::Receiver<bool>,
    ) -> Self {
        Self {
            service,
            lane,
            carrier,
            hungry,
            stopping,
            waiting: VecDeque::new(),
            calls: JoinSet::new(),
            at_once: 1,
            done: Vec::new(),
            chores: JoinSet::new(),
            is_taking: false,
            noting: 0,
            is_dry: false,
            is_stopping: false,
            taken: 0,
        }
    }

    /// Goes until nothing is under way and nothing more may be claimed; how many were.
    pub(super) async fn go(mut self) -> usize {
        loop {
            self.hand_over();
            self.note();
            self.take();
            if self.under_way() == 0 && !self.is_taking {
                return self.taken;
            }
            tokio::select! {
                Some(called) = self.calls.join_next() => self.hear(called).await,
                Some(chore) = self.chores.join_next() => self.finish(chore),
                () = self.hungry.notified() => self.is_dry = false,
                stopped = self.stopping.changed(), if !self.is_stopping => {
                    // Whoever could stop it is gone, or did.
                    self.is_stopping = stopped.is_err() || *self.stopping.borrow();
                }
            }
        }
    }

    /// Claimed, and not yet noted.
    fn under_way(&self) -> usize {
        self.waiting.len() + self.calls.len() + self.done.len() + self.noting
    }

    /// Gives the transport what it takes at one time. What is not to go now is given back.
    fn hand_over(&mut self) {
        let now = self.carrier.clock.now();
        let is_open = self.carrier.lanes.is_open(&self.lane, now);
        while let Some(ready) = self.waiting.pop_front() {
            if !self.carrier.may_send() {
                // Who took over finds it as if this one had crashed.
                continue;
            }
            if self.is_stopping || is_open || now.duration_since(ready.claimed) > WAITED_MAX {
                let reason = self.why_not_now(&ready);
                self.done.push(self.carrier.give_back(ready, reason));
                continue;
            }
            if self.calls.len() >= self.at_once {
                self.waiting.push_front(ready);
                return;
            }
            let carrier = self.carrier.clone();
            self.calls.spawn(async move {
                let told = carrier.hand_over(&ready).await;
                (ready, told)
            });
        }
    }

    /// Why a message that was claimed does not go now, for staff.
    fn why_not_now(&self, ready: &Ready) -> String {
        let (nl, en) = if self.is_stopping {
            ("het versturen stopte even", "sending stopped for a moment")
        } else {
            (
                "de aanbieder had problemen voordat dit bericht aan de beurt was",
                "the provider was in trouble before it was its turn",
            )
        };
        ready.language.pick(nl, en).to_owned()
    }

    /// Hears an answer, and those that came meanwhile.
    async fn hear(&mut self, called: std::result::Result<(Ready, Told), JoinError>) {
        let mut next = Some(called);
        while let Some(called) = next {
            match called {
                Ok((ready, told)) => self.done.push(self.carrier.heard(&self.lane, ready, told).await),
                // Its row stays in Sending, and is taken up like one that a crash left.
                Err(error) => {
                    tracing::error!(panicked = error.is_panic(), "a transport failed in the middle of a message")
                }
            }
            next = self.calls.try_join_next();
        }
    }

    /// Writes down what came of messages: all that there is by now, in one transaction.
    fn note(&mut self) {
        if self.noting > 0 || self.done.is_empty() {
            return;
        }
        let (carrier, done) = (self.carrier.clone(), std::mem::take(&mut self.done));
        self.noting = done.len();
        self.chores.spawn(async move {
            let count = done.len();
            note_for_certain(&carrier, done).await;
            Chore::Noted(count)
        });
    }

    /// Claims more before the transport runs out of work.
    fn take(&mut self) {
        if self.is_taking || self.is_dry || self.is_stopping {
            return;
        }
        let room = self.carrier.lanes.room(&self.lane, self.under_way(), self.carrier.clock.now());
        // Many at one time, and the next ones while these are carried.
        if self.waiting.len() >= self.at_once && room < self.under_way() {
            return;
        }
        // The share of the lease may have changed since.
        let Some(carrier) = self.service.carrier().filter(|carrier| carrier.is_of(&self.carrier)) else { return };
        if room == 0 || !carrier.may_send() {
            return;
        }
        self.carrier = carrier.clone();
        self.is_taking = true;
        let lane = self.lane.clone();
        self.chores.spawn(async move { Chore::Taken(carrier.take(&lane, room).await) });
    }

    fn finish(&mut self, chore: std::result::Result<Chore, JoinError>) {
        match chore {
            Ok(Chore::Taken(Ok(taken))) => {
                self.is_taking = false;
                self.is_dry = taken.count == 0;
                self.taken += taken.count;
                self.at_once = taken.ready.first().map_or(self.at_once, |ready| ready.transport.at_once().max(1));
                self.waiting.extend(taken.ready);
                self.done.extend(taken.done);
            }
            Ok(Chore::Taken(Err(error))) => {
                self.is_taking = false;
                self.is_dry = true;
                if !matches!(error, Error::Store(store::Error::LeaseEnded)) {
                    tracing::warn!(%error, "messages could not be claimed; they wait");
                }
            }
            Ok(Chore::Noted(count)) => self.noting -= count.min(self.noting),
            Err(error) => {
                tracing::error!(panicked = error.is_panic(), "a lane stumbled; what was under way is taken up later");
                (self.is_taking, self.noting, self.is_dry) = (false, 0, true);
            }
        }
    }
}

/// What a provider said is not lost because the store is away for a moment: it is written down when that is back, or somebody
/// took over. What the store refuses again and again for a reason of its own is put aside.
async fn note_for_certain(carrier: &Carrier, mut done: Vec<Done>) {
    let (mut pause, most) = NOTED_AGAIN;
    let mut refusals = 0;
    loop {
        let noted = match carrier.note_what_goes(&mut done).await {
            Ok(None) => return,
            Ok(Some(why)) if refusals + 1 >= REFUSED_MAX => carrier.put_aside(&mut done, &why).await.map(|_| ()),
            Ok(Some(_)) => {
                tracing::warn!(messages = done.len(), "what came of messages is refused and offered again");
                refusals += 1;
                Ok(())
            }
            Err(error) => Err(error),
        };
        match noted {
            Ok(()) if done.is_empty() => return,
            Ok(()) => {}
            Err(Error::Store(store::Error::LeaseEnded)) => {
                tracing::info!(messages = done.len(), "another worker took over; it takes these messages up");
                return;
            }
            Err(error) => tracing::warn!(%error, "what came of messages is written down later"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(most);
    }
}
