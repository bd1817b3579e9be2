//! Everything that is known of one customer, read at once for a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Setting, State};
use journey::Definition;
use service::{Published, Service, running::Surroundings, sending::notice_of};
use store::{
    OutboxFilter, OutboxRow, Paging, StoredCustomer, StoredDecision, StoredEvent, StoredRun, TaskFilter, TaskRow,
};
use words::{Contact, CustomerId, Decision, EffectKey, HaltId, Learnt, OrganisationId, Run, RunId};

use crate::{pages::message, problem::Problem};

/// Events, messages and tasks that a page looks back at.
const ROWS_MAX: u32 = 200;
/// Customers who turned out to be this one, of whom events are looked for.
const MERGED_MAX: usize = 20;

/// A customer with the whole story.
pub(crate) struct Portrait {
    pub(crate) stored: StoredCustomer,
    pub(crate) surroundings: Surroundings,
    /// Newest start first.
    pub(crate) runs: Vec<RunSeen>,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) learnt: Vec<Learnt>,
    pub(crate) decisions: Vec<StoredDecision>,
    pub(crate) messages: Vec<OutboxRow>,
    /// The halts that notices among the messages tell of.
    pub(crate) halts: BTreeMap<HaltId, String>,
    pub(crate) tasks: Vec<TaskRow>,
    pub(crate) events: Vec<StoredEvent>,
}

/// A run with the version that it follows.
pub(crate) struct RunSeen {
    pub(crate) state: State,
    pub(crate) published: Arc<Published>,
}

impl RunSeen {
    pub(crate) fn run(&self) -> &Run {
        &self.state.run
    }

    pub(crate) fn definition(&self) -> &Definition {
        &self.published.definition
    }
}

impl Portrait {
    /// Reads it; `None` when there is no such customer. Someone who turned out to be another is shown as that other.
    pub(crate) async fn load(
        service: &Service,
        organisation: &OrganisationId,
        id: CustomerId,
    ) -> Result<Option<Self>, Problem> {
        let store = service.store.as_ref();
        let Some(traveller) = store.load(organisation, &[id]).await?.into_iter().next() else { return Ok(None) };
        let id = traveller.forwards_to.unwrap_or(id);
        let Some(stored) = store.customer(organisation, id).await? else { return Ok(None) };
        let loaded = store.load(organisation, &[id]).await?.into_iter().next();
        let runs = loaded.map(|traveller| traveller.runs).unwrap_or_default();
        let surroundings = Surroundings::load(store, &service.catalog, organisation).await?;
        let mut surroundings = surroundings.ok_or(Problem::NotFound)?;
        surroundings.with_pinned(&service.catalog, &runs).await?;
        let (contacts, learnt) = store.story_of(organisation, id).await?;
        let of = OutboxFilter { customer: Some(id), ..OutboxFilter::default() };
        let tasks_of = TaskFilter { customer: Some(id), ..TaskFilter::default() };
        let messages = store.messages(organisation, &of, Paging::first(ROWS_MAX)).await?.rows;
        Ok(Some(Self {
            stored,
            runs: seen(runs, &surroundings),
            surroundings,
            contacts,
            learnt,
            decisions: store.decisions_of(organisation, id).await?,
            halts: message::halts(store, organisation, messages.iter().filter_map(notice_of).collect()).await?,
            messages,
            tasks: store.tasks(organisation, &tasks_of, Paging::first(ROWS_MAX)).await?.rows,
            events: events(store, organisation, id).await?,
        }))
    }

    /// The run that the page is about: the one asked for, else the newest open one, else the newest.
    pub(crate) fn chosen(&self, asked: Option<RunId>) -> Option<&RunSeen> {
        let by_id = asked.and_then(|id| self.runs.iter().find(|seen| seen.run().id == id));
        by_id.or_else(|| self.runs.iter().find(|seen| seen.state.is_open())).or_else(|| self.runs.first())
    }

    pub(crate) fn run(&self, id: RunId) -> Option<&RunSeen> {
        self.runs.iter().find(|seen| seen.run().id == id)
    }

    pub(crate) fn setting(&self) -> Setting<'_> {
        self.surroundings.setting()
    }

    /// Decisions about messages of one run, oldest first.
    pub(crate) fn decisions_in(&self, run: RunId) -> Vec<Decision> {
        let of = self.decisions.iter().filter(|stored| stored.run == run);
        of.map(|stored| stored.decision.clone()).collect()
    }

    /// The newest decision about a message.
    pub(crate) fn decision(&self, key: &EffectKey) -> Option<&Decision> {
        self.decisions.iter().rev().map(|stored| &stored.decision).find(|decision| decision.key == *key)
    }
}

/// Events of a customer and of those who turned out to be this one, newest first.
async fn events(
    store: &dyn store::Store,
    organisation: &OrganisationId,
    id: CustomerId,
) -> Result<Vec<StoredEvent>, Problem> {
    let mut all = Vec::new();
    let mut looked_at = std::collections::BTreeSet::new();
    let mut wanted = vec![id];
    while let Some(next) = wanted.pop().filter(|_| looked_at.len() < MERGED_MAX) {
        if looked_at.insert(next) {
            all.extend(store.events_of(organisation, next, ROWS_MAX).await?);
            wanted.extend(store.merged_into(organisation, next).await?.iter().map(|merge| merge.loser));
        }
    }
    all.sort_by_key(|stored| std::cmp::Reverse((stored.event.time, stored.arrival)));
    all.truncate(ROWS_MAX as usize);
    Ok(all)
}

/// The runs with their versions, newest start first. A run of a journey that is no longer live, or whose state cannot be
/// read, has nothing to explain and is left out; its contacts still stand in the story.
fn seen(runs: Vec<StoredRun>, surroundings: &Surroundings) -> Vec<RunSeen> {
    let mut seen: Vec<RunSeen> =
        runs.into_iter()
            .filter_map(|stored| {
                let state: State = serde_json::from_slice(&stored.state).ok()?;
                let run = &state.run;
                let older = surroundings.older.iter().find(|published| {
                    published.definition.id == run.journey && published.definition.hash == run.version
                });
                let live = surroundings.live.iter().find(|live| live.row.id == run.journey).map(|live| &live.published);
                let published = older.or(live)?.clone();
                Some(RunSeen { state, published })
            })
            .collect();
    seen.sort_by_key(|seen| std::cmp::Reverse(seen.run().started));
    seen
}
