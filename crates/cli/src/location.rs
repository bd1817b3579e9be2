//! Where a store is.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use store::{Durability, OpenMode, PoolSize, Postgres, SqlStore, Sqlite};

use crate::house::Trouble;

/// A store as it is named on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// The URL of a PostgreSQL database; holds a password.
    Server(String),
}

impl FromStr for Location {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_server = ["postgres://", "postgresql://"].iter().any(|start| text.starts_with(start));
        Ok(if is_server { Self::Server(text.to_owned()) } else { Self::File(text.into()) })
    }
}

/// Without user, password and options.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(url) => {
                let url = url.split_once('?').map_or(url.as_str(), |(place, _)| place);
                let (scheme, place) = url.split_once("://").unwrap_or_default();
                let place = place.rsplit_once('@').map_or(place, |(_, place)| place);
                write!(f, "{scheme}://{place}")
            }
        }
    }
}

impl Location {
    /// Opens it. `mode` and `durability` are of files; a server keeps what it answered.
    pub(crate) async fn open(&self, mode: OpenMode, durability: Durability) -> Result<SqlStore, Trouble> {
        let opened = match self {
            Self::File(path) => Sqlite::open(path, mode, durability).await,
            Self::Server(url) => Postgres::open(url, PoolSize::default()).await,
        };
        Ok(opened.map_err(|error| format!("{self} cannot be opened: {error}"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_without_its_password() {
        let shown = |text: &str| text.parse::<Location>().unwrap().to_string();
        assert_eq!(
            shown("postgres://anne:ge@heim@db.rijnoever.nl/klantreis?sslkey=x"),
            "postgres://db.rijnoever.nl/klantreis"
        );
        assert_eq!(shown("postgresql:///klantreis"), "postgresql:///klantreis");
        assert_eq!(shown("data/klantreis.db"), "data/klantreis.db");
        assert_eq!("data/k.db".parse(), Ok(Location::File("data/k.db".into())));
    }
}
