use crate::limits::ROWS_MAX;

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Rows to leave out in front.
    pub offset: u32,
    /// Rows to give at most; never more than [`ROWS_MAX`].
    pub limit: u32,
}

impl Paging {
    /// The first rows.
    pub const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }

    /// The limit, lowered to what a store gives.
    pub fn rows(self) -> u32 {
        self.limit.min(ROWS_MAX)
    }
}

/// Part of a list, and how long the whole is.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// The rows of this part.
    pub rows: Vec<T>,
    /// Rows in the whole list.
    pub total: u64,
}
