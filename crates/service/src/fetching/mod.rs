//! Sources that do not send: we fetch. An API that answers in JSON is asked again and again for what is new; a table is read
//! every night, from an address or from a folder of the host.
//!
//! Nothing that comes is trusted: addresses and answers go through [`channels::fetch`], a row that cannot be an event goes to
//! quarantine by itself, and what goes wrong as a whole stands at the source as [`Trouble`] until it goes well again. What comes
//! twice is known by its id, so every fetch may be done again.

mod api;
mod cursor;
mod folder;
mod mailbox;
mod progress;
mod sample;
mod settings;
mod table;
mod taking;
mod trouble;
mod when;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use channels::fetch::Fetcher;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::{FetchState, Store};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use words::OrganisationId;

use self::when::Ended;
use crate::connections::{self, Fetch};
use crate::intake::Reading;
use crate::receiving::Receiving;
use crate::{Catalog, Intake, Result};

pub use cursor::Cursor;
pub use progress::{Counts, Progress};
pub use sample::Sample;
pub use settings::{Address, From, MailboxAt, Rows, Settings};
pub use trouble::Trouble;

/// Fetches at one moment in one process.
const AT_ONCE: usize = 4;
/// How long one fetch may take.
const LONGEST: Duration = Duration::from_secs(20 * 60);
/// Until when a fetch is claimed: longer than it may take. After a crash it is taken up then.
const CLAIM: SignedDuration = SignedDuration::from_mins(25);

/// Fetches that run. Whoever drops it ends them: what they took in stays, and the rest is fetched anew.
#[derive(Default)]
pub struct Running(JoinSet<()>);

/// Fetches.
pub struct Fetching {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) intake: Arc<Intake>,
    pub(crate) receiving: Receiving,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) fetcher: Fetcher,
    /// The folder of the host in which each organisation may have one of its own.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) wake: Arc<Notify>,
}

/// What is left after a fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Nothing,
    More,
    /// Staff changed the source meanwhile: what is kept of it is no longer ours to write.
    ToOthers,
}

impl Fetching {
    /// Whether an address can be asked at all.
    pub fn check(&self, address: &str) -> std::result::Result<(), Trouble> {
        Ok(self.fetcher.check(address)?)
    }

    /// Whether this can be the name of files in a folder.
    pub fn is_file_name(name: &str) -> bool {
        folder::is_name(name)
    }

    /// Where files of an organisation are put; `None`: the host has no such folder.
    pub fn folder_of(&self, organisation: &OrganisationId) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(organisation.as_str()))
    }

    /// Starts what is due; returns at once. For the loop, which calls it now and then.
    pub async fn tick(self: &Arc<Self>, now: Timestamp, running: &mut Running) -> Result<()> {
        while running.0.try_join_next().is_some() {}
        let free = AT_ONCE.saturating_sub(running.0.len());
        if free == 0 {
            return Ok(());
        }
        for (fetch, claimed) in self.claim(now, free).await? {
            let fetching = self.clone();
            running.0.spawn(async move { fetching.perform(fetch, claimed, now).await });
        }
        Ok(())
    }

    /// Does what is due and waits for it; how many that were. For tests and simulation.
    pub async fn fetch_due(&self, now: Timestamp) -> Result<usize> {
        let claimed = self.claim(now, AT_ONCE).await?;
        let count = claimed.len();
        for (fetch, claimed) in claimed {
            self.perform(fetch, claimed, now).await;
        }
        Ok(count)
    }

    /// Claims what is due, so that no other process does the same.
    async fn claim(&self, now: Timestamp, most: usize) -> Result<Vec<(Fetch, Timestamp)>> {
        let (mut taken, until) = (Vec::new(), now + CLAIM);
        for kept in self.store.due_fetches(now, u32::try_from(most).unwrap_or(u32::MAX)).await? {
            let Some(due) = kept.state.due else { continue };
            let (organisation, source) = (kept.organisation.clone(), kept.source.clone());
            let state = FetchState { due: Some(until), ..kept.state.clone() };
            if !self.store.step_fetch(&organisation, &source, due, state).await? {
                continue;
            }
            match connections::opened(kept).and_then(|fetch| fetch.is_open().map(|()| fetch)) {
                Ok(fetch) => taken.push((fetch, until)),
                // It stays claimed, so that the others are not kept waiting by it.
                Err(error) => tracing::error!(%error, "a source cannot be fetched"),
            }
        }
        Ok(taken)
    }

    async fn perform(&self, mut fetch: Fetch, claimed: Timestamp, now: Timestamp) {
        fetch.progress.tried = Some(now);
        fetch.progress.last = Counts::default();
        let done = tokio::time::timeout(LONGEST, self.once(&mut fetch, (claimed, now))).await;
        let ended = match done.unwrap_or(Err(Trouble::TimedOut)) {
            Ok(Left::ToOthers) => return,
            Ok(left) => {
                fetch.progress.trouble = None;
                fetch.progress.failures = 0;
                fetch.progress.went_well = Some(now);
                fetch.progress.has_caught_up |= left == Left::Nothing;
                if left == Left::More { Ended::Partly } else { Ended::Whole }
            }
            Err(trouble) => {
                tracing::info!(source = %fetch.source, ?trouble, "a source could not be fetched");
                fetch.progress.trouble = Some(trouble);
                fetch.progress.failures = fetch.progress.failures.saturating_add(1);
                Ended::Failed(fetch.progress.failures)
            }
        };
        // Without the store nothing can be kept anyway: the claim ends by itself.
        let zone = self.catalog.zone(&fetch.organisation).await.unwrap_or(TimeZone::UTC);
        let due = when::next(&fetch.settings, ended, now, &zone);
        if let Err(error) = self.step(&fetch, claimed, Some(due)).await {
            tracing::warn!(%error, source = %fetch.source, "a fetch is done and will be done again");
        }
    }

    async fn once(&self, fetch: &mut Fetch, moments: (Timestamp, Timestamp)) -> std::result::Result<Left, Trouble> {
        let settings = fetch.settings.clone();
        match (&settings, fetch.reading.clone()) {
            (Settings::Api { at, cursor, .. }, Some(Reading::Json(mapping))) => {
                self.poll(fetch, (at, cursor), &mapping, moments).await
            }
            (Settings::Table { from, .. }, Some(Reading::Table(mapping))) => {
                self.read_tables(fetch, from, &mapping, moments).await
            }
            (Settings::Mailbox(at), _) => self.read_mailbox(fetch, at, moments).await,
            _ => Err(Trouble::Ours),
        }
    }

    /// Keeps how far a fetch came; `false`: staff changed the source meanwhile.
    async fn step(&self, fetch: &Fetch, claimed: Timestamp, due: Option<Timestamp>) -> Result<bool> {
        let progress = connections::write(&fetch.source, &fetch.progress)?;
        let state = FetchState { due, place: fetch.place.clone(), progress };
        Ok(self.store.step_fetch(&fetch.organisation, &fetch.source, claimed, state).await?)
    }
}
