//! Rehearsals that go on behind the pages, and what came of those that ended. Only in the memory of this process: a report
//! holds customers by their ids alone, and is gone with the process.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use minijinja::{Value, context};
use sim::rehearse::{Plan, Progress, Rehearsal, Report, Stage, rehearse};
use store::JourneyRow;
use words::{JourneyId, OrganisationId};

use super::{super::opened::Opened, filled::Filled};
use crate::{
    App, format,
    jobs::{Busy, Jobs},
    language::Speech,
    problem::Problem,
};

/// Rehearsals that go on at one time, of all organisations together.
const AT_ONCE_MAX: usize = 2;
/// What is kept at one time, of all organisations together; the oldest makes room.
const KEPT_MAX: usize = 100;

/// A rehearsal that goes on.
#[derive(Clone)]
pub(crate) struct UnderWay {
    pub(super) journey: JourneyId,
    pub(super) title: String,
    progress: Progress,
    /// When the first customer was lived through.
    living_since: Option<Timestamp>,
}

/// What became of the newest rehearsal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Came {
    /// It is what the report tells, or there was none yet.
    #[default]
    Through,
    CalledOff,
    Failed,
}

/// What is kept of one journey.
struct Kept {
    touched: Timestamp,
    /// What was typed last, as it was typed.
    typed: Filled,
    /// Of the newest that came to its end.
    report: Option<Arc<Report>>,
    came: Came,
}

/// Rehearsals of all organisations: one of each at a time.
#[derive(Default)]
pub(crate) struct Rehearsals {
    jobs: Jobs<OrganisationId, UnderWay>,
    kept: Mutex<BTreeMap<(OrganisationId, JourneyId), Kept>>,
}

fn key(row: &JourneyRow) -> (OrganisationId, JourneyId) {
    (row.organisation.clone(), row.id.clone())
}

/// Tells the log what went wrong; the page says that something did.
pub(super) fn told(error: &sim::Error) -> Problem {
    tracing::error!(%error, "a rehearsal did not come to its end");
    Problem::Broken
}

impl Rehearsals {
    fn all(&self) -> MutexGuard<'_, BTreeMap<(OrganisationId, JourneyId), Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, row: &JourneyRow, now: Timestamp, change: impl FnOnce(&mut Kept)) {
        let mut all = self.all();
        let new = || Kept { touched: now, typed: Filled::default(), report: None, came: Came::Through };
        let kept = all.entry(key(row)).or_insert_with(new);
        kept.touched = now;
        change(kept);
        if all.len() > KEPT_MAX {
            let oldest = all.iter().min_by_key(|(_, kept)| kept.touched).map(|(key, _)| key.clone());
            oldest.map(|oldest| all.remove(&oldest));
        }
    }

    pub(super) fn type_in(&self, row: &JourneyRow, typed: Filled, now: Timestamp) {
        self.keep(row, now, |kept| kept.typed = typed);
    }

    pub(super) fn typed(&self, row: &JourneyRow) -> Filled {
        self.all().get(&key(row)).map(|kept| kept.typed.clone()).unwrap_or_default()
    }

    /// The newest report, and what became of the newest rehearsal.
    pub(super) fn kept(&self, row: &JourneyRow) -> (Option<Arc<Report>>, Came) {
        self.all().get(&key(row)).map(|kept| (kept.report.clone(), kept.came)).unwrap_or_default()
    }

    pub(super) fn under_way(&self, organisation: &OrganisationId) -> Option<UnderWay> {
        self.jobs.progress(organisation)
    }

    pub(super) fn call_off(&self, organisation: &OrganisationId) {
        self.jobs.call_off(organisation);
    }

    /// Begins one, unless the organisation has one already or enough are going on.
    pub(super) fn begin(&self, app: &App, opened: &Opened, plan: Plan) -> Result<(), Busy> {
        let organisation = opened.row.organisation.clone();
        let under_way = UnderWay {
            journey: opened.row.id.clone(),
            title: opened.title().to_owned(),
            progress: Progress::default(),
            living_since: None,
        };
        self.jobs.begin(organisation.clone(), under_way, AT_ONCE_MAX)?;
        let (row, draft) = (opened.row.clone(), opened.folder.clone());
        let rehearsal = Rehearsal { organisation: organisation.clone(), row: row.clone(), draft, plan };
        let own = app.clone();
        let begun = service::behind::begin("rehearsal", move || async move {
            let _ending = own.rehearsals.jobs.ending(&row.organisation);
            own.rehearsals.keep(&row, own.clock.now(), |kept| kept.came = Came::Failed);
            let (report, came) = run(&own, rehearsal).await;
            own.rehearsals.keep(&row, own.clock.now(), |kept| {
                kept.came = came;
                kept.report = report.map(Arc::new).or(kept.report.take());
            });
        });
        if let Err(error) = begun {
            tracing::error!(%error, "a rehearsal could not begin");
            self.jobs.end(&organisation);
            return Err(Busy::Full);
        }
        Ok(())
    }
}

async fn run(app: &App, rehearsal: Rehearsal) -> (Option<Report>, Came) {
    let organisation = rehearsal.organisation.clone();
    let now = app.clock.now();
    let told = |progress: Progress| {
        let goes_on = app.rehearsals.jobs.tell(&organisation, |under_way| {
            under_way.progress = progress;
            if progress.stage == Stage::Living && under_way.living_since.is_none() {
                under_way.living_since = Some(app.clock.now());
            }
        });
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match rehearse(app.store.as_ref(), &app.service.catalog, rehearsal, now, &told).await {
        Ok(Some(report)) => (Some(report), Came::Through),
        Ok(None) => (None, Came::CalledOff),
        Err(error) => {
            tracing::error!(%error, "a rehearsal did not come to its end");
            (None, Came::Failed)
        }
    }
}

impl UnderWay {
    /// How far it is, in words and as a bar.
    pub(super) fn shown(&self, speech: &Speech) -> Value {
        let Progress { stage, done, all } = self.progress;
        context! {
            living => stage == Stage::Living,
            done,
            all => all.max(1),
            left => self.left(speech.now).map(|left| format::span(speech.language, left)),
        }
    }

    /// As long as it took so far for each customer; `None` while too few were lived through to say.
    fn left(&self, now: Timestamp) -> Option<SignedDuration> {
        /// Customers after which one may guess.
        const FEW: u64 = 10;
        let Progress { done, all, .. } = self.progress;
        let took = now.duration_since(self.living_since?).as_secs_f64();
        let left = took / done as f64 * all.saturating_sub(done) as f64;
        (done >= FEW).then(|| SignedDuration::try_from_secs_f64(left).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_as_long_as_it_took_so_far() {
        let at = |second: i64| Timestamp::from_second(1_000 + second).unwrap();
        let under_way = |done, since| UnderWay {
            journey: JourneyId::new("x"),
            title: String::new(),
            progress: Progress { stage: Stage::Living, done, all: 400 },
            living_since: since,
        };
        let left = under_way(100, Some(at(0))).left(at(60));
        assert_eq!(left, Some(SignedDuration::from_secs(180)));
        assert_eq!(under_way(2, Some(at(0))).left(at(60)), None, "too early to say");
        assert_eq!(under_way(100, None).left(at(60)), None);
    }
}
