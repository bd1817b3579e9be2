use crate::Error;

/// Primary result codes of SQLite after which the same call may succeed later: busy, locked, read-only, input/output, full,
/// cannot open.
const TEMPORARY: [i32; 6] = [5, 6, 8, 10, 13, 14];
/// The same of PostgreSQL, by the beginnings of its codes: no connection, no means (memory, disk, connections), stopped by an
/// operator, a server that only reads (a standby).
const TEMPORARY_SERVER: [&str; 4] = ["08", "53", "57", "25006"];
/// Others wrote at the same time: could not be put in one order, deadlock, waited too long for them, the same key.
const CONTENDED: [&str; 4] = ["40001", "40P01", "55P03", "23505"];

/// What an error of the driver means to a caller.
pub(in super::super) fn of(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(inner) => of_code(inner.code().as_deref().unwrap_or_default(), inner.message()),
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_) => Error::Unavailable(error.to_string()),
        sqlx::Error::ColumnDecode { index, source } => {
            Error::Unreadable { what: "column", detail: format!("{index}: {source}") }
        }
        _ => Error::Database(error.to_string()),
    }
}

/// The same for a file.
pub(super) fn of_embedded(error: rusqlite::Error) -> Error {
    match &error {
        rusqlite::Error::SqliteFailure(code, message) => {
            let message = message.clone().unwrap_or_else(|| error.to_string());
            of_code(&code.extended_code.to_string(), &message)
        }
        _ => Error::Database(error.to_string()),
    }
}

/// SQLite's codes are numbers of one to four digits; PostgreSQL's have five signs.
fn of_code(code: &str, message: &str) -> Error {
    let is_temporary = match code.len() {
        5 => TEMPORARY_SERVER.iter().any(|start| code.starts_with(start)),
        _ => code.parse().is_ok_and(|code: i32| TEMPORARY.contains(&(code & 0xff))),
    };
    if is_temporary {
        Error::Unavailable(message.to_owned())
    } else if CONTENDED.contains(&code) {
        Error::Contended(message.to_owned())
    } else {
        Error::Database(message.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_have_a_meaning() {
        let kind = |code| match of_code(code, "") {
            Error::Unavailable(_) => "later",
            Error::Contended(_) => "again",
            _ => "never",
        };
        // Busy, full, input/output while reading, no such table, a key that exists.
        assert_eq!(["5", "13", "266", "1", "1555"].map(kind), ["later", "later", "later", "never", "never"]);
        // Connection lost, disk full, shut down, deadlock, a lock not given, a key that exists, no such table.
        let server = ["08006", "53100", "57P01", "40P01", "55P03", "23505", "42P01"];
        assert_eq!(server.map(kind), ["later", "later", "later", "again", "again", "again", "never"]);
    }
}
