use crate::Span;

/// Work at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// Where, as a row of the table of legs.
    pub place: usize,
    /// Seconds before the work itself, such as parking; not taken twice in a row at one place.
    pub setup: i64,
    /// Seconds that the work takes.
    pub service: i64,
    /// When it may begin: the promise. In order of time, apart from each other; none means at any time.
    pub spans: Vec<Span>,
    /// Who may do it.
    pub needs: Needs,
    /// What it takes of what a shift has along, one number for each kind.
    pub amounts: Vec<i64>,
    /// How much worse than another job it is to leave it out, 0 to 100.
    pub priority: u8,
    /// How far it may be moved.
    pub pin: Pin,
}

/// Who may do a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Skills that all must be there.
    pub all_of: Vec<u32>,
    /// Skills of which none may be there.
    pub none_of: Vec<u32>,
    /// The person who would rather do it, if that is not too far out of the way.
    pub preferred: Option<u32>,
}

/// How far a job may be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pin {
    /// To anyone, at any moment of its spans.
    #[default]
    Free,
    /// It stays with this person.
    Person(u32),
    /// It stays in the shift where it is and keeps its order among those that are kept so; others may come between.
    Order,
    /// It stays where it is, and nothing comes before it: it has begun, or somebody is on the way.
    Frozen,
}
