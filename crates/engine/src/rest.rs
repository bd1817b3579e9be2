use crate::state::{Happened, State};

impl State {
    /// What stays of an ended run once what it was told is let go of: what happened when, without objects, facts, effects and
    /// thoughts. Late contacts of before its end are still counted on.
    #[must_use]
    pub fn at_rest(self) -> Self {
        let happened = self.happened.into_iter();
        let happened = happened.map(|(id, happened)| (id, Happened { object: None, reason: None, ..happened }));
        Self {
            born: self.born,
            stepped: self.stepped,
            heard: self.heard,
            history_until: self.history_until,
            sequence: self.sequence,
            happened: happened.collect(),
            newest: self.newest,
            loops: self.loops,
            ..Self::new(self.run, self.born)
        }
    }
}
