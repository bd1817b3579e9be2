//! Backups: one by hand, or one every so often beside the work.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use service::kept_backups;
use store::{Durability, Health, OpenMode, SqlStore, backup_store};
use tokio::sync::Notify;

use crate::args::{Backup, Backups};
use crate::house::{self, Trouble};
use crate::progress::Progress;

/// How often it is looked whether one is due.
const LOOKED_EVERY: Duration = Duration::from_secs(10);

/// Makes one backup, and says what is in it.
pub(crate) async fn run(backup: Backup) -> Result<ExitCode, Trouble> {
    let language = backup.language;
    if backup.to.try_exists()? {
        let (dutch, english) = ("bestaat al; kies een andere naam", "exists already; choose another name");
        return Err(format!("{} {}", backup.to.display(), language.pick(dutch, english)).into());
    }
    let store = house::location(&backup.data, &backup.kept).open(OpenMode::Existing, Durability::Full).await?;
    let bar = Progress::of(language.pick("reservekopie", "backup"));
    let made = backup_store(&store, &backup.to, house::clock().now(), |done, all| bar.at(done, all, done)).await;
    bar.finish();
    store.close().await;
    let made = made?;
    let (rows, megabytes) = (made.rows.values().sum::<u64>(), made.bytes / 1_000_000);
    let name = backup.to.display();
    let dutch = format!("{name}: {rows} rijen, {megabytes} MB, nagekeken. Terugzetten: klantreis restore {name}");
    let english = format!("{name}: {rows} rows, {megabytes} MB, checked. To restore: klantreis restore {name}");
    println!("{}", language.pick(&dutch, &english));
    Ok(ExitCode::SUCCESS)
}

/// Makes backups beside the work until `stop` is told. One that fails is tried again at the next look.
pub(crate) async fn keep_making(backups: Backups, store: SqlStore, stop: Arc<Notify>) {
    let Some(folder) = backups.to.clone() else { return };
    let stopped = stop.notified();
    tokio::pin!(stopped);
    loop {
        let made = tokio::select! {
            () = &mut stopped => return,
            made = make_when_due(&backups, &folder, &store) => made,
        };
        if let Err(error) = made {
            tracing::error!(%error, backup.folder = %folder.display(), "a backup could not be made and will be tried again");
        }
        tokio::select! {
            () = &mut stopped => return,
            () = tokio::time::sleep(LOOKED_EVERY) => {}
        }
    }
}

async fn make_when_due(backups: &Backups, folder: &Path, store: &SqlStore) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let now = house::clock().now();
    let last = kept_backups::in_folder(folder, now)?.pop().map(|(_, moment)| moment);
    if last.is_some_and(|last| now.duration_since(last) < backups.every) {
        return Ok(());
    }
    let made = backup_store(store, &folder.join(kept_backups::name(now)), now, |_, _| {}).await;
    let made = made.map_err(std::io::Error::other)?;
    tracing::info!(backup.bytes = made.bytes, "a backup was made");
    let mut all = kept_backups::in_folder(folder, now)?;
    all.truncate(all.len().saturating_sub(backups.keep.into()));
    for (old, _) in all {
        std::fs::remove_file(old)?;
    }
    Ok(())
}

/// A span as it is typed: `1h`, `30m`, `1d`.
pub(crate) fn span(text: &str) -> Result<SignedDuration, String> {
    let span = match text.strip_suffix('d') {
        Some(days) => days.parse().ok().map(|days: i64| SignedDuration::from_hours(24 * days)),
        None => text.parse().ok(),
    };
    span.filter(|span| *span >= SignedDuration::from_secs(1)).ok_or_else(|| "a span such as 15m, 1h or 1d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_typed_as_people_say_them() {
        let seconds = ["15m", "1h", "2d", "0s", "een uur"].map(|text| span(text).ok().map(|span| span.as_secs()));
        assert_eq!(seconds, [Some(900), Some(3_600), Some(172_800), None, None]);
    }
}
