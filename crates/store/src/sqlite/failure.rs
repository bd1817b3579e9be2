use crate::Error;

/// Primary result codes of SQLite after which the same call may succeed later: busy, locked, read-only, input/output, full,
/// cannot open.
const TEMPORARY: [i32; 6] = [5, 6, 8, 10, 13, 14];

/// What an error of the driver means to a caller.
pub(super) fn of(error: sqlx::Error) -> Error {
    match &error {
        sqlx::Error::Database(inner) => {
            let code: Option<i32> = inner.code().and_then(|code| code.parse().ok());
            let primary = code.map(|code| code & 0xff);
            if primary.is_some_and(|code| TEMPORARY.contains(&code)) {
                Error::Unavailable(inner.message().to_owned())
            } else {
                Error::Database(inner.message().to_owned())
            }
        }
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::Io(_) => {
            Error::Unavailable(error.to_string())
        }
        sqlx::Error::ColumnDecode { index, source } => {
            Error::Unreadable { what: "column", detail: format!("{index}: {source}") }
        }
        _ => Error::Database(error.to_string()),
    }
}
