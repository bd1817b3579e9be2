use thiserror::Error;

/// Why nothing was fetched. Nothing of what the other side said stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FetchError {
    /// No address that can be asked.
    #[error("this is no address")]
    BadAddress,
    /// Not https, and the host is not trusted.
    #[error("the address is not https")]
    NotHttps,
    /// The host has an address that is not of the open internet, and is not trusted.
    #[error("{0} has a private address")]
    Private(String),
    /// The name of the host leads nowhere.
    #[error("{0} is not found")]
    Unknown(String),
    /// No connection, or one that broke.
    #[error("no connection: {0}")]
    Broken(String),
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// It led on and on.
    #[error("it leads on too often")]
    LedOn,
    /// The other side said no.
    #[error("the answer was {0}")]
    Status(u16),
    /// More bytes than may come.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// What is sent along cannot stand in a header.
    #[error("what is sent along cannot stand in a header")]
    BadHeader,
}
