/// What can go wrong while contacts become columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// More than the columns can hold.
    #[error("more than {limit} {what}; measure a smaller window")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many at most.
        limit: usize,
    },
    /// Stored columns that were cut off or changed; make them anew from the contacts.
    #[error("the stored columns are damaged ({0}); make them anew from the contacts")]
    Damaged(&'static str),
    /// Stored columns of another version of this program; make them anew from the contacts.
    #[error("the stored columns have form {0}, which this version does not read; make them anew from the contacts")]
    Form(u16),
}
