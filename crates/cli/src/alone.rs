//! A SQLite file is worked on by one process. Which one is said by a lock of the operating system beside the file, that is
//! gone with the process however it ends.

use std::fs::{File, TryLockError};

use crate::house::Trouble;
use crate::location::Location;

/// That no other process works on a file; kept as long as this one does.
pub(crate) struct Alone(#[expect(dead_code, reason = "the lock lasts as long as it is held")] File);

impl Alone {
    /// The lock of a file; `None` when another process has it.
    pub(crate) fn on(location: &Location) -> Result<Option<Self>, Trouble> {
        let Location::File(path) = location else { return Err("only a file is worked on alone".into()) };
        let mut beside = path.clone().into_os_string();
        beside.push(".lock");
        let file = File::options().create(true).truncate(false).write(true).open(&beside);
        let file = file.map_err(|error| format!("{} cannot be made: {error}", beside.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(format!("{} cannot be locked: {error}", beside.display()).into()),
        }
    }

    /// The same for who cannot do without.
    pub(crate) fn or_say_so(location: &Location) -> Result<Self, Trouble> {
        let taken = || {
            format!(
                "{location} is being worked on by another klantreis (serve, demo or import). Stop that one first, or let \
                 several share a PostgreSQL: --store postgres://user:password@host/database"
            )
        };
        Self::on(location)?.ok_or_else(|| taken().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_works_on_a_file() {
        let folder = std::env::temp_dir().join(format!("klantreis-alone-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = Location::File(folder.join("klantreis.db"));
        let first = Alone::or_say_so(&file).unwrap();
        assert!(Alone::on(&file).unwrap().is_none());
        let told = Alone::or_say_so(&file).err().unwrap().to_string();
        assert!(told.contains("klantreis.db is being worked on by another klantreis"), "{told}");
        drop(first);
        assert!(Alone::on(&file).unwrap().is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
