//! The plays that are going on, by a name that nobody can guess. Few, and not for long.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::stage::Play;

/// Plays at one time; the one that was not touched for longest makes room.
const PLAYS_MAX: usize = 24;
/// Plays of one account at one time.
const OWN_MAX: usize = 3;
/// How long a play that nobody touches stays.
const IDLE_HOURS: i64 = 2;

/// The plays that are going on.
#[derive(Default)]
pub(crate) struct Plays(Mutex<BTreeMap<String, (Timestamp, Arc<Play>)>>);

impl Plays {
    /// Adds one, and lets go of those that are too many or too old.
    pub(super) fn put(&self, play: Play, now: Timestamp) -> Arc<Play> {
        let play = Arc::new(play);
        let mut all = self.all(now);
        let own = |all: &BTreeMap<String, (Timestamp, Arc<Play>)>| {
            all.values().filter(|(_, other)| other.account == play.account).count()
        };
        while own(&all) >= OWN_MAX {
            drop_oldest(&mut all, |other| other.account == play.account);
        }
        while all.len() >= PLAYS_MAX {
            drop_oldest(&mut all, |_| true);
        }
        all.insert(play.id.clone(), (now, play.clone()));
        play
    }

    /// The play of this name, when it is this account's; it is touched by that.
    pub(super) fn get(&self, id: &str, account: Uuid, now: Timestamp) -> Option<Arc<Play>> {
        let mut all = self.all(now);
        let (touched, play) = all.get_mut(id).filter(|(_, play)| play.account == account)?;
        *touched = now;
        Some(play.clone())
    }

    fn all(&self, now: Timestamp) -> MutexGuard<'_, BTreeMap<String, (Timestamp, Arc<Play>)>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = SignedDuration::from_hours(IDLE_HOURS);
        all.retain(|_, (touched, _)| now.duration_since(*touched) < idle);
        all
    }
}

fn drop_oldest(all: &mut BTreeMap<String, (Timestamp, Arc<Play>)>, which: impl Fn(&Play) -> bool) {
    let oldest = all.iter().filter(|(_, (_, play))| which(play)).min_by_key(|(_, (touched, _))| *touched);
    let Some(oldest) = oldest.map(|(id, _)| id.clone()) else { return };
    all.remove(&oldest);
}
