use std::ops::Range;

/// A column in which few rows have something: (row, value) sorted by row. A row may have several values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sparse<T> {
    rows: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), values: Vec::new() }
    }
}

impl<T: Copy> Sparse<T> {
    /// Rows must come in ascending order.
    pub(crate) fn push(&mut self, row: u32, value: T) {
        debug_assert!(self.rows.last().is_none_or(|last| *last <= row));
        self.rows.push(row);
        self.values.push(value);
    }

    /// The first value of a row.
    pub(crate) fn get(&self, row: u32) -> Option<T> {
        if self.rows.is_empty() {
            return None;
        }
        let at = self.rows.partition_point(|other| *other < row);
        (self.rows.get(at) == Some(&row)).then(|| self.values[at])
    }

    /// The rows and values within a span of rows.
    pub(crate) fn within(&self, rows: Range<u32>) -> (&[u32], &[T]) {
        if self.rows.is_empty() {
            return (&[], &[]);
        }
        let from = self.rows.partition_point(|row| *row < rows.start);
        let until = from + self.rows[from..].partition_point(|row| *row < rows.end);
        (&self.rows[from..until], &self.values[from..until])
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, T)> + '_ {
        self.rows.iter().copied().zip(self.values.iter().copied())
    }
}
