//! A store as one SQLite file, as it is at one moment, while it is being worked on. Whatever database the store is in, the
//! backup is of one kind and can be restored into either.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::{
    Durability, OpenMode, SqlStore, Sqlite, copy_store,
    driver::{Conn, Row},
    migrations::tables,
    sql::sql,
};
use crate::{Error, Health, Result, Stats};

/// How often it is told how far it is.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// Readers of a file refuse to write anything, another file included.
const MAY_WRITE: &str = "PRAGMA query_only = 0";
const MAY_READ: &str = "PRAGMA query_only = 1";
const SIZE: &str = "SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
const MARK: &str = "INSERT INTO backup.backups (bucket, organisation, taken) VALUES (0, '', $1)";
const CHECK: &str = "PRAGMA backup.quick_check(1)";

/// A backup that was made and looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Rows of each table in it.
    pub rows: Stats,
    /// How large it is.
    pub bytes: u64,
}

/// Writes everything that the store holds now into a new file; `taken`: this moment. `told` hears bytes done of all. The file
/// is whole or not there: it is written beside, looked at from end to end, counted, and put in its place.
pub async fn backup_store(
    from: &SqlStore,
    file: &Path,
    taken: Timestamp,
    mut told: impl FnMut(u64, u64),
) -> Result<Backup> {
    let (aside, copy) = (beside(file, "part"), beside(file, "copy"));
    remove([&aside, &copy]);
    let made = async {
        if from.reader().await?.is_shared() {
            let server = Sqlite::open(&copy, OpenMode::Create, Durability::Off).await?;
            copy_store(from, server, |progress| told(progress.copied, progress.total)).await?;
            let copied = Sqlite::open(&copy, OpenMode::Existing, Durability::Off).await?;
            let made = snapshot(&copied, &aside, taken, &mut told).await;
            copied.close().await;
            made
        } else {
            snapshot(from, &aside, taken, &mut told).await
        }
    };
    let made = made.await;
    let made = match made {
        Ok(made) => placed(&aside, file).map(|()| made),
        Err(error) => Err(error),
    };
    remove([&aside, &copy]);
    made
}

fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

/// What an attempt before this one left, and what this one needs no more.
fn remove(files: [&Path; 2]) {
    for file in files {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = file.as_os_str().to_owned();
            name.push(end);
            // Most are not there.
            let _ = std::fs::remove_file(name);
        }
    }
}

/// On the disk first, then under its name.
fn placed(aside: &Path, file: &Path) -> Result<()> {
    let placed = std::fs::File::open(aside).and_then(|written| written.sync_all()).and_then(|()| {
        std::fs::rename(aside, file)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder)?.sync_all()
    });
    placed.map_err(|error| Error::Unavailable(format!("{}: {error}", file.display())))
}

async fn snapshot(from: &SqlStore, file: &Path, taken: Timestamp, told: &mut impl FnMut(u64, u64)) -> Result<Backup> {
    let name = file.to_str().ok_or_else(|| Error::Unavailable(format!("{} is no text", file.display())))?;
    let mut conn = from.reader().await?;
    let all = sql(SIZE).number(&mut conn).await?;
    sql(MAY_WRITE).run(&mut conn).await?;
    let made = async {
        let writing = sql("VACUUM INTO $1").text(name).run(&mut conn);
        tokio::pin!(writing);
        loop {
            tokio::select! {
                written = &mut writing => break written,
                () = tokio::time::sleep(TOLD_EVERY) => {
                    let done = std::fs::metadata(file).map_or(0, |about| about.len());
                    told(done.min(all), all);
                }
            }
        }
    };
    let made = made.await;
    let looked = match made {
        Ok(_) => looked_at(&mut conn, name, taken).await,
        Err(error) => Err(error),
    };
    sql(MAY_READ).run(&mut conn).await?;
    let rows = looked?;
    let bytes = std::fs::metadata(file).map_or(0, |about| about.len());
    told(bytes, bytes);
    Ok(Backup { rows, bytes })
}

/// Opens it, marks it, looks whether it is sound, and counts.
async fn looked_at(conn: &mut Conn, file: &str, taken: Timestamp) -> Result<Stats> {
    sql("ATTACH $1 AS backup").text(file).run(conn).await?;
    let looked = async {
        sql(MARK).time(taken).run(conn).await?;
        let said = sql(CHECK).row(conn).await?.as_ref().map(Row::first::<String>).transpose()?;
        if said.as_deref() != Some("ok") {
            return Err(Error::Unreadable { what: "backup", detail: said.unwrap_or_default() });
        }
        let mut rows = Stats::new();
        for table in tables() {
            let count = sql(format!("SELECT count(*) FROM backup.{}", table.name));
            rows.insert(table.name.to_owned(), count.number(conn).await?);
        }
        Ok(rows)
    };
    let looked = looked.await;
    sql("DETACH backup").run(conn).await?;
    looked
}
