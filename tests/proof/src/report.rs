use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was lived through, over all worlds.
#[derive(Default)]
pub(crate) struct Figures([AtomicUsize; 5]);

impl Figures {
    pub(crate) fn add(&self, more: [usize; 5]) {
        for (sum, more) in self.0.iter().zip(more) {
            sum.fetch_add(more, Ordering::Relaxed);
        }
    }

    /// What providers got.
    pub(crate) fn given(&self) -> usize {
        self.0[4].load(Ordering::Relaxed)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [happenings, calls, struck, deaths, given] =
            [0, 1, 2, 3, 4].map(|place: usize| self.0[place].load(Ordering::Relaxed));
        write!(
            f,
            "{happenings} happenings, {calls} calls, {struck} of them went wrong, {deaths} processes died, {given} messages handed over"
        )
    }
}

/// With what something panicked.
pub(crate) fn said(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}
