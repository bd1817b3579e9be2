//! Work that goes on behind the pages of this process: how far it is, and whether it was called off.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Work under way by its key, with how far it is. What is here is gone when the server stops.
pub(crate) struct Jobs<K, P>(Mutex<BTreeMap<K, Job<P>>>);

struct Job<P> {
    progress: P,
    called_off: bool,
}

/// Why work does not begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Busy {
    /// The same is under way already.
    Same,
    /// As much as may go on at one time is under way.
    Full,
}

impl<K, P> Default for Jobs<K, P> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord, P: Clone> Jobs<K, P> {
    fn all(&self) -> MutexGuard<'_, BTreeMap<K, Job<P>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless the same is under way or `max` others are.
    pub(crate) fn begin(&self, key: K, progress: P, max: usize) -> Result<(), Busy> {
        let mut all = self.all();
        if all.contains_key(&key) {
            return Err(Busy::Same);
        }
        if all.len() >= max {
            return Err(Busy::Full);
        }
        all.insert(key, Job { progress, called_off: false });
        Ok(())
    }

    /// How far it is; `None`: it is not under way.
    pub(crate) fn progress(&self, key: &K) -> Option<P> {
        self.all().get(key).map(|job| job.progress.clone())
    }

    /// Says how far it is; whether it is to go on.
    pub(crate) fn tell(&self, key: &K, change: impl FnOnce(&mut P)) -> bool {
        let mut all = self.all();
        let Some(job) = all.get_mut(key) else { return false };
        change(&mut job.progress);
        !job.called_off
    }

    /// Asks it to stop; whether it was under way.
    pub(crate) fn call_off(&self, key: &K) -> bool {
        self.all().get_mut(key).map(|job| job.called_off = true).is_some()
    }

    /// Ends it when what is given is dropped, also by a panic.
    pub(crate) fn ending<'a>(&'a self, key: &'a K) -> impl Drop + use<'a, K, P> {
        Ending { jobs: self, key }
    }

    /// It came to its end, whichever.
    pub(crate) fn end(&self, key: &K) {
        self.all().remove(key);
    }
}

struct Ending<'a, K: Ord, P: Clone> {
    jobs: &'a Jobs<K, P>,
    key: &'a K,
}

impl<K: Ord, P: Clone> Drop for Ending<'_, K, P> {
    fn drop(&mut self) {
        self.jobs.end(self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_kind_goes_on_until_it_ends_or_is_called_off() {
        let jobs: Jobs<&str, u32> = Jobs::default();
        assert_eq!(jobs.begin("a", 0, 2), Ok(()));
        assert_eq!(jobs.begin("a", 0, 2), Err(Busy::Same));
        assert_eq!(jobs.begin("b", 0, 2), Ok(()));
        assert_eq!(jobs.begin("c", 0, 2), Err(Busy::Full));
        assert!(jobs.tell(&"a", |progress| *progress = 7));
        assert_eq!(jobs.progress(&"a"), Some(7));
        assert!(jobs.call_off(&"a") && !jobs.call_off(&"c"));
        assert!(!jobs.tell(&"a", |progress| *progress = 8), "it hears that it was called off");
        jobs.end(&"a");
        assert_eq!((jobs.progress(&"a"), jobs.begin("a", 0, 2)), (None, Ok(())));
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ending = jobs.ending(&"a");
            panic!("in the middle");
        }));
        assert!(broken.is_err() && jobs.progress(&"a").is_none(), "a panic ends it too");
    }
}
