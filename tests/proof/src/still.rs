//! Workers that stand still, and what is looked at meanwhile.

use checker::{Asked, Database, Logs};
use jiff::{SignedDuration, Timestamp};

use crate::world::World;

/// The others go on by so much at a time.
const MEANWHILE: SignedDuration = SignedDuration::from_secs(2);
/// Steps that a worker takes before it stands still.
const STEPS_MAX: usize = 60;

impl World {
    pub(crate) fn is_still(&self, place: usize) -> bool {
        self.still.is_some_and(|(still, _)| still == place)
    }

    /// One worker goes on a little, and then no further for so long. Nobody else would go on if it were the only one.
    pub(crate) async fn stand_still(&mut self, long: SignedDuration) {
        if self.still.is_some() || self.workers.len() < 2 {
            return;
        }
        let place = self.draws.below(self.workers.len());
        for _ in 0..self.draws.below(STEPS_MAX) {
            self.step(place).await;
        }
        self.still = Some((place, self.time.really() + long));
    }

    /// The others go on until whoever stands still does too.
    pub(crate) async fn outlast(&mut self) {
        while let Some((_, until)) = self.still {
            let now = self.time.really();
            if now >= until {
                self.still = None;
                return;
            }
            self.rest().await;
            let left = until.duration_since(now);
            self.time.move_to(now + MEANWHILE.max(left / 8).min(left));
        }
    }

    /// What may never be is not so on the way either.
    pub(crate) async fn look(&mut self) {
        let Some(file) = &self.path else { return };
        let database = Database::read(&file.to_string_lossy()).await.expect("the tables");
        let (provider, answered) = (self.provider.log(), self.answered.log());
        let logs = Logs::read(Some(&provider), &answered).expect("the logs");
        let found = checker::check(&database, &logs, Asked::default());
        let now: Timestamp = self.time.really();
        let told = found.into_iter().map(|violation| format!("at {now}: {violation}"));
        self.fate().wrong.extend(told);
    }
}
