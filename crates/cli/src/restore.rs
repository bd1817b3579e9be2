//! Puts a backup into an empty store, and sees to it that nothing that went out since is sent once more.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::Timestamp;
use service::erasing::Logged;
use service::sending::{SentLog, Told, doubtful_until, read_logs};
use store::{Backups, Durability, Error, Health, OpenMode, Restored, SqlStore, copy_store};
use words::Language;

use crate::alone::Alone;
use crate::args::Restore;
use crate::house::{self, Trouble};
use crate::location::Location;
use crate::progress::Progress;

/// How a SQLite file begins.
const BEGINS: &[u8; 16] = b"SQLite format 3\0";

/// Restores, and says what is known of the time since the backup.
pub(crate) async fn run(restore: Restore) -> Result<ExitCode, Trouble> {
    let location = house::location(&restore.data, &restore.kept);
    house::make(&restore.data)?;
    is_backup(&restore.file)?;
    let _alone = match &location {
        Location::File(_) => Some(Alone::or_say_so(&location)?),
        Location::Server(_) => None,
    };
    let store = filled(&restore, &location).await?;
    let told = noted(&store, &restore, &location).await;
    let erased = match &told {
        Ok((restored, _)) => erased_again(&store, &restore, restored.taken).await,
        Err(_) => Ok(0),
    };
    let rows: u64 = store.stats().await?.values().sum();
    store.close().await;
    let (restored, told) = told?;
    println!("{}", said(&restored, &told, rows, restore.language));
    match erased? {
        0 => {}
        1 => println!("{}", restore.language.pick("Eén klant is opnieuw gewist.", "One customer was erased again.")),
        count => match restore.language {
            Language::Nl => println!("{count} klanten zijn opnieuw gewist."),
            Language::En => println!("{count} customers were erased again."),
        },
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever was erased since the backup is erased once more: the log of erasures beside the store knows them.
async fn erased_again(store: &SqlStore, restore: &Restore, taken: Timestamp) -> Result<usize, Trouble> {
    let logged = Logged::read(&restore.data.join(house::ERASURES), taken)?;
    if logged.is_empty() {
        return Ok(0);
    }
    let service = house::service(Arc::new(store.clone()), &restore.data, "");
    Ok(service.eraser.reapply(&logged, service.clock.now()).await?)
}

fn is_backup(file: &Path) -> Result<(), Trouble> {
    let mut begin = [0; 16];
    File::open(file)
        .and_then(|mut open| open.read_exact(&mut begin))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    if begin != *BEGINS {
        return Err(format!("{} is not a backup of klantreis", file.display()).into());
    }
    Ok(())
}

/// The store with everything of the backup in it. The backup itself stays as it is.
async fn filled(restore: &Restore, location: &Location) -> Result<SqlStore, Trouble> {
    if let Location::File(path) = location
        && !path.try_exists()?
    {
        copied(&restore.file, path)?;
        let store = location.open(OpenMode::Existing, Durability::Full).await?;
        if store.backup_taken().await?.is_none() {
            store.close().await;
            drop(store);
            remove(path);
            return Err(format!("{} is not a backup of klantreis", restore.file.display()).into());
        }
        return Ok(store);
    }
    let beside = restore.data.join("klantreis.restoring.db");
    remove(&beside);
    copied(&restore.file, &beside)?;
    let from = Location::File(beside.clone()).open(OpenMode::Existing, Durability::Off).await?;
    let bar = Progress::of(restore.language.pick("terugzetten", "restoring"));
    let filled = match from.backup_taken().await? {
        None => Err(format!("{} is not a backup of klantreis", restore.file.display()).into()),
        Some(_) => {
            let to = location.open(OpenMode::Create, Durability::Full).await?;
            let copied = copy_store(&from, to, |progress| bar.at(progress.copied, progress.total, progress.copied));
            copied.await.map_err(|error| unfilled(&error, location, restore.language))
        }
    };
    bar.finish();
    from.close().await;
    drop(from);
    remove(&beside);
    filled?;
    location.open(OpenMode::Existing, Durability::Full).await
}

fn unfilled(error: &Error, location: &Location, language: Language) -> Trouble {
    let (dutch, english) = match error {
        Error::NotEmpty { .. } => (
            format!("{location} is niet leeg; er is niets teruggezet. Kies een lege opslag"),
            format!("{location} is not empty; nothing was restored. Choose an empty store"),
        ),
        other => (
            format!("{other}. Maak {location} leeg en probeer het opnieuw"),
            format!("{other}. Empty {location} and try again"),
        ),
    };
    language.pick(&dutch, &english).into()
}

/// Whole and on the disk before it has its name.
fn copied(from: &Path, to: &Path) -> Result<(), Trouble> {
    let aside = to.with_extension("restoring");
    let copied = std::fs::copy(from, &aside)
        .and_then(|_| File::open(&aside)?.sync_all())
        .and_then(|()| std::fs::rename(&aside, to));
    Ok(copied.map_err(|error| format!("{}: {error}", to.display()))?)
}

fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        // Most are not there.
        let _ = std::fs::remove_file(name);
    }
}

/// The sent log beside a store.
pub(crate) fn sent_log(location: &Location, data: &Path) -> PathBuf {
    match location {
        Location::File(path) => SentLog::beside(path),
        Location::Server(_) => SentLog::beside(&data.join("klantreis.db")),
    }
}

async fn noted(store: &SqlStore, restore: &Restore, location: &Location) -> Result<(Restored, Told), Trouble> {
    let taken = store.backup_taken().await?.ok_or("the backup does not say when it was taken")?;
    let mut logs = restore.sent_logs.clone();
    let own = sent_log(location, &restore.data);
    if own.try_exists()? && !logs.contains(&own) {
        logs.push(own);
    }
    let mut told = read_logs(&logs, taken)?;
    // Of several workers each has a log of its own, and nothing here knows how many there were.
    told.is_whole &= restore.all_logs || (matches!(location, Location::File(_)) && restore.sent_logs.is_empty());
    let now = house::clock().now();
    let doubtful_until = (!told.is_whole).then(|| doubtful_until(now));
    let restored = Restored { taken, restored: now, doubtful_until };
    let carried = told.messages.iter().map(|(message, (time, outcome))| (*message, *time, *outcome)).collect();
    store.note_restored(restored, carried).await?;
    Ok((restored, told))
}

fn said(restored: &Restored, told: &Told, rows: u64, language: Language) -> String {
    let (taken, messages) = (restored.taken, told.messages.len());
    let (dutch, english) = if told.is_whole {
        (
            "Het verzendlog is heel: wat sindsdien verstuurd is, gaat niet nog eens.".to_owned(),
            "The sent log is whole: what was sent since does not go once more.".to_owned(),
        )
    } else {
        let until = restored.doubtful_until.unwrap_or(restored.restored);
        (
            format!(
                "Het verzendlog is er niet of niet heel: wat tot {until} verstuurd zou worden, wacht als 'onzeker' op een \
                 medewerker (Berichten)."
            ),
            format!(
                "The sent log is not there or not whole: what would be sent until {until} waits for staff as 'unsure' \
                 (Messages)."
            ),
        )
    };
    match language {
        Language::Nl => {
            format!("{rows} rijen van {taken} teruggezet; {messages} berichten uit het verzendlog gelezen. {dutch}")
        }
        Language::En => {
            format!("{rows} rows of {taken} restored; {messages} messages read from the sent log. {english}")
        }
    }
}
