//! An engine that may be slow or gone, with the straight line behind it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use crate::{Place, StraightLine, Table, TravelError, TravelTimes, Way, When, limits};

/// How long an engine may take before the straight line answers.
pub const PATIENCE: Duration = Duration::from_millis(300);
/// How long what an engine said is believed.
const BELIEVED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So many times in a row without an answer, and it is left alone for a while.
const TROUBLE_MAX: u32 = 3;
/// Seconds that it is left alone: after the first time, the second in a row, …
const PAUSES_SECONDS: [i64; 4] = [5, 30, 120, 300];

type Pair = ((i32, i32), (i32, i32), i8);

/// An engine, what it said, and the straight line for when it says nothing.
pub struct Steady {
    engine: Option<Arc<dyn TravelTimes>>,
    line: Mutex<Arc<StraightLine>>,
    kept: Mutex<Kept>,
    patience: Duration,
}

#[derive(Default)]
struct Kept {
    /// What was said lately, and what was said before that: when the first is full the second is forgotten.
    young: HashMap<Pair, (Option<Way>, Timestamp)>,
    old: HashMap<Pair, (Option<Way>, Timestamp)>,
    troubles: u32,
    pauses: usize,
    /// Since when and until when the engine is left alone.
    left_alone: Option<(Timestamp, Timestamp)>,
}

impl Kept {
    fn said(&self, pair: &Pair, now: Timestamp) -> Option<Option<Way>> {
        let (way, since) = self.young.get(pair).or_else(|| self.old.get(pair))?;
        (now.duration_since(*since).abs() < BELIEVED).then_some(*way)
    }

    fn keep(&mut self, pair: Pair, way: Option<Way>, now: Timestamp) {
        if self.young.len() >= limits::REMEMBERED_MAX / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(pair, (way, now));
    }

    fn is_left_alone(&self, now: Timestamp) -> bool {
        // Before it began: the clock was set back.
        self.left_alone.is_some_and(|(since, until)| since <= now && now < until)
    }

    fn trouble(&mut self, now: Timestamp) {
        self.troubles += 1;
        if self.troubles < TROUBLE_MAX && self.left_alone.is_none() {
            return;
        }
        let seconds = PAUSES_SECONDS[self.pauses.min(PAUSES_SECONDS.len() - 1)];
        self.pauses += 1;
        self.troubles = 0;
        let until = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
        self.left_alone = Some((now, until));
    }

    fn well(&mut self) {
        (self.troubles, self.pauses, self.left_alone) = (0, 0, None);
    }
}

impl Steady {
    /// With an engine, or with the straight line alone.
    #[must_use]
    pub fn new(engine: Option<Arc<dyn TravelTimes>>, line: StraightLine) -> Self {
        Self { engine, line: Mutex::new(Arc::new(line)), kept: Mutex::default(), patience: PATIENCE }
    }

    /// The same, which waits so long for the engine.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// From now on the straight line is this one.
    pub fn learnt(&self, line: StraightLine) {
        *self.line.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(line);
    }

    /// The straight line as it is now.
    #[must_use]
    pub fn line(&self) -> Arc<StraightLine> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn kept<T>(&self, with: impl FnOnce(&mut Kept) -> T) -> T {
        with(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is asked of the engine when not all is known: nothing when it is left alone.
    async fn ask(&self, from: &[Place], to: &[Place], when: When) -> Option<Table> {
        let engine = self.engine.as_ref()?;
        if self.kept(|kept| kept.is_left_alone(when.now)) {
            return None;
        }
        let asked = timeout(self.patience, engine.table(from, to, when)).await;
        let asked = asked.unwrap_or_else(|_| Err(TravelError::NoAnswer("it took too long".into())));
        match asked {
            Ok(table) => {
                self.kept(Kept::well);
                Some(table)
            }
            Err(error) => {
                tracing::warn!(%error, "the straight line answers for the routing engine");
                self.kept(|kept| kept.trouble(when.now));
                None
            }
        }
    }
}

#[async_trait]
impl TravelTimes for Steady {
    async fn table(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
        let line = self.line();
        if self.engine.is_none() {
            return line.table(from, to, when).await;
        }
        let most = from.len().max(to.len());
        if most > limits::PLACES_MAX {
            return Err(TravelError::TooMany(most));
        }
        let pair = |from: Place, to: Place| (from.rounded(), to.rounded(), when.leaving.hour());
        let mut table = Table::empty(from.len(), to.len());
        let mut rows = vec![false; from.len()];
        self.kept(|kept| {
            for (row, one) in from.iter().enumerate() {
                for (column, other) in to.iter().enumerate() {
                    match kept.said(&pair(*one, *other), when.now) {
                        Some(way) => table.set(row, column, way),
                        None => rows[row] = true,
                    }
                }
            }
        });
        let missing: Vec<usize> = (0..from.len()).filter(|row| rows[*row]).collect();
        if missing.is_empty() {
            return Ok(table);
        }
        let asked: Vec<Place> = missing.iter().map(|row| from[*row]).collect();
        let answered = self.ask(&asked, to, when).await;
        self.kept(|kept| {
            for (at, &row) in missing.iter().enumerate() {
                for (column, other) in to.iter().enumerate() {
                    let Some(answered) = &answered else {
                        let known = kept.said(&pair(from[row], *other), when.now);
                        table.set(
                            row,
                            column,
                            known.unwrap_or_else(|| Some(line.way(from[row], *other, when.leaving))),
                        );
                        continue;
                    };
                    let way = answered.way(at, column);
                    kept.keep(pair(from[row], *other), way, when.now);
                    table.set(row, column, way);
                }
            }
        });
        Ok(table)
    }
}
