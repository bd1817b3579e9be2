use crate::Span;

/// One person's working day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// Whose it is. A person may have several, one for each day.
    pub person: u32,
    /// Where it begins; wherever the first job is when not given.
    pub start: Option<usize>,
    /// Where it ends; wherever the last job is when not given.
    pub end: Option<usize>,
    /// From leaving the start until being at the end.
    pub span: Option<Span>,
    /// Pauses that all have to be taken.
    pub breaks: Vec<Break>,
    /// What this person can do.
    pub skills: Vec<u32>,
    /// What is taken along, one number for each kind.
    pub room: Vec<i64>,
    /// How many jobs at most.
    pub jobs_max: Option<usize>,
    /// How many seconds of travel at most.
    pub travel_max: Option<i64>,
    /// What it costs that this shift does anything at all.
    pub fixed_cost: i32,
    /// Which table of legs holds for it.
    pub profile: usize,
}

/// A pause. It is taken where the job before it was, before the way to the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// How long.
    pub seconds: i64,
    /// When it may begin, in order of time.
    pub spans: Vec<Span>,
}
