//! Where it stands: how it was started, the database, the disk, backups.

use jiff::SignedDuration;

use super::{Area, Findings, Installation};
use crate::{Result, Service, kept_backups, space};

const MEGABYTE: u64 = 1_000_000;
/// Less room than this keeps us from working, or will soon.
const ROOM_FAULT: u64 = 100 * MEGABYTE;
const ROOM_WARNING: u64 = 1_000 * MEGABYTE;
/// A log of the database that is larger is not being written back.
const LOG_MAX: u64 = 512 * MEGABYTE;
/// So much that is free within the file, and more than a third of it, is worth giving back.
const FREE_MAX: u64 = 500 * MEGABYTE;

pub(super) fn configuration(findings: &mut Findings, installation: &Installation) {
    let Some(url) = &installation.url else { return };
    let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let is_here = ["localhost", "127.", "[::1]"].iter().any(|start| host.starts_with(start));
    if is_here {
        findings.warn(
            Area::Configuration,
            (
                &format!("het adres is {url}: links in berichten werken alleen op deze machine"),
                &format!("the address is {url}: links in messages work on this machine alone"),
            ),
            (
                "zet een server met https ervoor en start met --url https://…",
                "put a server with https in front and start with --url https://…",
            ),
        );
    } else if url.starts_with("https://") {
        findings.fine(Area::Configuration, (&format!("het adres is {url}"), &format!("the address is {url}")));
    } else {
        findings.fault(
            Area::Configuration,
            (
                &format!("het adres {url} is zonder https: wachtwoorden gaan onversleuteld over het net"),
                &format!("the address {url} has no https: passwords travel unencrypted"),
            ),
            (
                "zet een server met https ervoor en start met --url https://…",
                "put a server with https in front and start with --url https://…",
            ),
        );
    }
}

pub(super) async fn store(findings: &mut Findings, service: &Service, installation: &Installation) -> Result<()> {
    if let Err(error) = service.store.ready().await {
        findings.fault(
            Area::Store,
            (&format!("er kan niet geschreven worden: {error}"), &format!("nothing can be written: {error}")),
            ("kijk of de schijf vol is of de database draait", "see whether the disk is full or the database runs"),
        );
    }
    let condition = service.store.condition().await?;
    let megabytes = condition.bytes / MEGABYTE;
    if condition.faults.is_empty() {
        findings.fine(
            Area::Store,
            (&format!("gaaf, {megabytes} MB, tabellen bij"), &format!("sound, {megabytes} MB, tables up to date")),
        );
    } else {
        let faults = condition.faults.join("; ");
        findings.fault(
            Area::Store,
            (&format!("het bestand is beschadigd: {faults}"), &format!("the file is damaged: {faults}")),
            (
                "stop klantreis, bewaar het bestand, en zet de laatste reservekopie terug: klantreis restore",
                "stop klantreis, keep the file, and restore the last backup: klantreis restore",
            ),
        );
    }
    if condition.free_bytes > FREE_MAX && condition.free_bytes > condition.bytes / 3 {
        let free = condition.free_bytes / MEGABYTE;
        findings.warn(
            Area::Store,
            (&format!("{free} MB van het bestand is leeg"), &format!("{free} MB of the file is empty")),
            (
                "maak een reservekopie en zet die terug: het bestand is dan zo groot als wat erin staat",
                "make a backup and restore it: the file is then as large as what is in it",
            ),
        );
    }
    let log = installation.file.as_ref().map(|file| {
        let mut name = file.as_os_str().to_owned();
        name.push("-wal");
        std::fs::metadata(name).map_or(0, |about| about.len())
    });
    if let Some(log) = log.filter(|log| *log > LOG_MAX) {
        let log = log / MEGABYTE;
        findings.warn(
            Area::Store,
            (&format!("het logboek van de database is {log} MB"), &format!("the database's log is {log} MB")),
            (
                "een ander programma houdt het bestand lang open; sluit dat, of start klantreis opnieuw",
                "another program keeps the file open for long; close it, or restart klantreis",
            ),
        );
    }
    Ok(())
}

/// Passwords and keys of other systems, as they stand in the store.
pub(super) async fn secrets(findings: &mut Findings, service: &Service) -> Result<()> {
    let seen = service.store.secrets().await?;
    let (all, unopened, plain) = (seen.secrets, seen.unopened, seen.plain);
    if unopened > 0 {
        findings.fault(
            Area::Store,
            (
                &format!("{unopened} van {all} geheimen (wachtwoorden, sleutels) zijn versleuteld met een sleutel die er niet is"),
                &format!("{unopened} of {all} secrets (passwords, keys) were sealed under a key that is not there"),
            ),
            (
                "zet KLANTREIS_SECRET of het .key-bestand terug zoals het was, noem een eerdere sleutel in KLANTREIS_SECRET_OLD, of typ de geheimen opnieuw",
                "put KLANTREIS_SECRET or the .key file back as it was, name an earlier key in KLANTREIS_SECRET_OLD, or type the secrets anew",
            ),
        );
    }
    if plain > 0 {
        findings.fault(
            Area::Store,
            (
                &format!("{plain} geheimen (wachtwoorden, sleutels) staan leesbaar in de opslag"),
                &format!("{plain} secrets (passwords, keys) stand in clear in the store"),
            ),
            (
                "zet KLANTREIS_SECRET op elk proces en start opnieuw: zij worden dan versleuteld",
                "set KLANTREIS_SECRET on every process and restart: they are sealed then",
            ),
        );
    }
    Ok(())
}

pub(super) fn disk(findings: &mut Findings, installation: &Installation) {
    let Some(space) = space::under(&installation.data) else { return };
    let free = space.free / MEGABYTE;
    let what = (format!("nog {free} MB vrij"), format!("{free} MB free"));
    let what = (what.0.as_str(), what.1.as_str());
    let advice = ("maak ruimte, of geef klantreis een grotere schijf", "make room, or give klantreis a larger disk");
    if space.free < ROOM_FAULT {
        findings.fault(Area::Disk, what, advice);
    } else if space.free < ROOM_WARNING {
        findings.warn(Area::Disk, what, advice);
    } else {
        findings.fine(Area::Disk, what);
    }
}

pub(super) fn backups(findings: &mut Findings, installation: &Installation) {
    let Some((folder, every)) = &installation.backups else {
        findings.warn(
            Area::Backups,
            ("er worden geen reservekopieën gemaakt, voor zover hier bekend", "no backups are made, as far as is known here"),
            (
                "start met --backup-to MAP (een andere schijf), of noem die map: klantreis doctor --backup-to MAP",
                "start with --backup-to FOLDER (another disk), or name that folder: klantreis doctor --backup-to FOLDER",
            ),
        );
        return;
    };
    let place = folder.display();
    let late = SignedDuration::from_secs(every.as_secs().saturating_mul(2)).max(SignedDuration::from_mins(10));
    let kept = kept_backups::in_folder(folder, findings.now).unwrap_or_default();
    let last = kept.last().map(|(_, moment)| *moment);
    match last {
        Some(last) if findings.now.duration_since(last) <= late => {
            let ago = findings.ago(last);
            findings.fine(
                Area::Backups,
                (&format!("de laatste is van {ago} geleden"), &format!("the last is of {ago} ago")),
            );
        }
        last => {
            let ago = last.map(|last| findings.ago(last));
            let what = match &ago {
                Some(ago) => (format!("de laatste is al {ago} oud"), format!("the last is {ago} old already")),
                None => (format!("er staat er geen in {place}"), format!("there is none in {place}")),
            };
            findings.fault(
                Area::Backups,
                (&what.0, &what.1),
                (
                    &format!("kijk in het log waarom het niet lukt, en of er ruimte is in {place}"),
                    &format!("see in the log why it fails, and whether there is room in {place}"),
                ),
            );
        }
    }
}
