/// What can go wrong in a store.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The store cannot take work now (locked, full, stopping); the same call may succeed later.
    #[error("the store cannot be written at this moment: {0}")]
    Unavailable(String),
    /// Others wrote the same at the same time, again and again; the same call may succeed later.
    #[error("others wrote the same at the same time: {0}")]
    Contended(String),
    /// More was offered than one call takes.
    #[error("too much at once: {what}, at most {max}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// The limit.
        max: usize,
    },
    /// What is stored cannot be read back.
    #[error("a stored {what} cannot be read: {detail}")]
    Unreadable {
        /// The noun.
        what: &'static str,
        /// What was wrong with it.
        detail: String,
    },
    /// A store that is to be filled holds something already.
    #[error("the store is not empty: {table} has rows")]
    NotEmpty {
        /// The first table that has rows.
        table: &'static str,
    },
    /// A copy does not have as many rows as what it was made of.
    #[error("of {from} rows of {table} {to} were copied")]
    Uneven {
        /// Which table.
        table: &'static str,
        /// Rows that it has.
        from: u64,
        /// Rows of the copy.
        to: u64,
    },
    /// Written under a lease that somebody took over; nothing was written.
    #[error("another process took over this work")]
    LeaseEnded,
    /// A secret cannot be saved: there is no key to seal it with.
    #[error("a secret cannot be saved without a key: set KLANTREIS_SECRET, on every process that shares this store")]
    NoKey,
    /// A newer version of the program works on this store, or did; what it keeps would be lost.
    #[error(
        "a newer version of klantreis works with this store (format {stored}, this one knows {format}): update this one"
    )]
    Outdated {
        /// What this one knows.
        format: u32,
        /// What is stored.
        stored: u64,
    },
    /// Anything else the database says.
    #[error("the database refused: {0}")]
    Database(String),
}

impl Error {
    /// Whether the same call may succeed later.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Contended(_))
    }
}

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;
