use std::any::Any;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What was lived through, over all worlds.
#[derive(Default)]
pub(crate) struct Figures([AtomicUsize; 4]);

impl Figures {
    pub(crate) fn add(&self, happenings: usize, calls: usize, struck: usize, deaths: usize) {
        for (sum, more) in self.0.iter().zip([happenings, calls, struck, deaths]) {
            sum.fetch_add(more, Ordering::Relaxed);
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [happenings, calls, struck, deaths] =
            [0, 1, 2, 3].map(|place: usize| self.0[place].load(Ordering::Relaxed));
        write!(f, "{happenings} happenings, {calls} calls, {struck} of them went wrong, {deaths} processes died")
    }
}

/// With what something panicked.
pub(crate) fn said(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}
