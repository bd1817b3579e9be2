/// How many days data of each class is kept; `None`: without an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// What applied events said.
    pub events: Option<u32>,
    /// Messages as they were sent, with the address.
    pub messages: Option<u32>,
    /// What could not be used, as it came.
    pub quarantine: Option<u32>,
    /// Why something was sent or not.
    pub decisions: Option<u32>,
    /// Who did what.
    pub audit: Option<u32>,
    /// What the engine remembers of runs that ended: objects, facts, effects.
    pub runs: Option<u32>,
    /// Which rows of a table that is fetched were seen, by their digests.
    pub fetched: Option<u32>,
    /// What other systems were told.
    pub deliveries: Option<u32>,
    /// Visitors who never said who they are and did not come back.
    pub anonymous: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            events: Some(395),
            messages: Some(180),
            quarantine: Some(30),
            decisions: Some(395),
            audit: Some(731),
            runs: Some(395),
            fetched: Some(395),
            deliveries: Some(30),
            anonymous: Some(90),
        }
    }
}
