//! What is done: the clock it goes by, what waits, who works, what got stuck, who is silent, who cannot be told.

use jiff::{SignedDuration, Timestamp};
use store::{EndpointState, OutboxFilter, UNREADABLE, UNREADABLE_MESSAGE};

use super::{Area, Findings, Severity};
use crate::running::{POISON, STUCK};
use crate::{Result, Service};

/// What waits longer than this is not being worked on.
const WAITS_MAX: SignedDuration = SignedDuration::from_mins(5);
/// A clock that differs more is wrong.
const AHEAD_MAX: SignedDuration = SignedDuration::from_secs(60);
/// Longer than this no message is being carried.
const CARRIED_MAX: SignedDuration = SignedDuration::from_mins(30);
/// A source that is silent for so many times its usual pause, and at least so long.
const PAUSES_MAX: f64 = 5.0;
const SILENT_MIN: SignedDuration = SignedDuration::from_hours(1);
const LOOKED_AT: u32 = 100;

pub(super) async fn clock_and_backlog(findings: &mut Findings, service: &Service) -> Result<()> {
    let now = findings.now;
    let gauges = service.store.gauges(now).await?;
    match gauges.newest_event.filter(|newest| newest.duration_since(now) > AHEAD_MAX) {
        Some(newest) => findings.fault(
            Area::Clock,
            (
                &format!(
                    "het is hier {now}, maar de nieuwste gebeurtenis kwam binnen om {newest}: de klok is teruggezet"
                ),
                &format!("it is {now} here, but the newest event came in at {newest}: the clock was put back"),
            ),
            ("zet de klok gelijk (chrony of systemd-timesyncd)", "set the clock (chrony or systemd-timesyncd)"),
        ),
        None => {
            let now = now.strftime("%Y-%m-%d %H:%M:%S UTC");
            findings.fine(Area::Clock, (&format!("het is {now}"), &format!("it is {now}")));
        }
    }
    let waits = [
        (gauges.oldest_unapplied, gauges.unapplied, "gebeurtenissen wachten", "events wait"),
        (
            gauges.next_due.filter(|due| *due <= now),
            gauges.due,
            "momenten hadden al moeten komen",
            "moments are overdue",
        ),
        (
            gauges.oldest_ready,
            gauges.outbox.get("ready").copied().unwrap_or(0),
            "berichten staan klaar",
            "messages are ready",
        ),
    ];
    let mut is_behind = false;
    for (oldest, count, nl, en) in waits {
        let Some(oldest) = oldest.filter(|oldest| now.duration_since(*oldest) > WAITS_MAX) else { continue };
        is_behind = true;
        let ago = findings.ago(oldest);
        findings.fault(
            Area::Work,
            (&format!("{count} {nl}, al {ago}"), &format!("{count} {en}, for {ago} already")),
            (
                "draait klantreis serve of worker? Kijk in zijn log en op /health/ready",
                "does klantreis serve or worker run? See its log and /health/ready",
            ),
        );
    }
    if !is_behind {
        findings.fine(Area::Work, ("niets loopt achter", "nothing is behind"));
    }
    Ok(())
}

pub(super) async fn leases(findings: &mut Findings, service: &Service) -> Result<()> {
    let leases = service.store.leases().await?;
    let (over, working): (Vec<_>, Vec<_>) = leases.iter().partition(|lease| lease.until <= findings.now);
    if !over.is_empty() {
        let count = over.len();
        findings.warn(
            Area::Work,
            (
                &format!("{count} werkers zijn gestopt zonder af te melden"),
                &format!("{count} workers ended without saying so"),
            ),
            ("de anderen nemen het over; kijk waarom ze stopten", "the others take over; see why they ended"),
        );
    }
    if working.is_empty() {
        findings.fault(
            Area::Work,
            ("niemand werkt voor deze opslag", "nobody works for this store"),
            ("start klantreis serve, of klantreis worker", "start klantreis serve, or klantreis worker"),
        );
    }
    let mut versions: Vec<&str> = working.iter().map(|lease| lease.version.as_str()).collect();
    versions.sort_unstable();
    versions.dedup();
    if versions.len() > 1 {
        let versions = versions.join(", ");
        findings.warn(
            Area::Work,
            (
                &format!("werkers van verschillende versies: {versions}"),
                &format!("workers of several versions: {versions}"),
            ),
            ("werk ook de andere bij", "update the others too"),
        );
    }
    Ok(())
}

pub(super) async fn messages(findings: &mut Findings, service: &Service) -> Result<()> {
    let before = findings.now.saturating_sub(CARRIED_MAX).unwrap_or(Timestamp::MIN);
    let left = service.store.left_sending(before, LOOKED_AT).await?.len();
    if left > 0 {
        findings.fault(
            Area::Work,
            (
                &format!("{left} berichten bleven halverwege het versturen steken"),
                &format!("{left} messages are stuck while being sent"),
            ),
            (
                "een werker die draait neemt ze na een kwartier weer op; draait er een?",
                "a worker that runs takes them up again after a quarter of an hour; does one run?",
            ),
        );
    }
    for organisation in service.store.organisations().await? {
        let filter = OutboxFilter { state: Some("unknown".to_owned()), ..OutboxFilter::default() };
        let unsure = service.store.messages(&organisation.id, &filter, store::Paging::first(1)).await?.total;
        if unsure > 0 {
            findings.add(
                (Area::Work, Severity::Warning, Some(&organisation.id)),
                (
                    &format!("van {unsure} berichten is onzeker of ze gingen"),
                    &format!("of {unsure} messages it is unsure whether they went"),
                ),
                ("een medewerker beslist: Berichten, staat 'onzeker'", "staff decide: Messages, state 'unsure'"),
            );
        }
    }
    Ok(())
}

/// What cannot be done, whatever is tried: kept apart so that the rest goes on, and somebody has to look at it.
pub(super) async fn put_aside(findings: &mut Findings, service: &Service) -> Result<()> {
    let kinds = [
        (UNREADABLE, "gebeurtenissen zijn niet te lezen", "events cannot be read"),
        (UNREADABLE_MESSAGE, "berichten zijn niet te lezen of te schrijven", "messages cannot be read or written"),
        (POISON, "gebeurtenissen konden niet worden verwerkt", "events could not be applied"),
        (
            STUCK,
            "klanten staan stil: wat aan de beurt is kan niet",
            "customers stand still: what is due cannot be done",
        ),
    ];
    for organisation in service.store.organisations().await? {
        for seen in service.store.quarantine_reasons(&organisation.id).await? {
            let Some((_, nl, en)) = kinds.iter().find(|(reason, ..)| *reason == seen.reason) else { continue };
            let count = seen.count;
            findings.add(
                (Area::Work, Severity::Fault, Some(&organisation.id)),
                (&format!("{count} {nl}; ze staan apart"), &format!("{count} {en}; they are put aside")),
                (
                    "zie de quarantaine bij Koppelingen, en het log van de werker",
                    "see the quarantine at Connections, and the worker's log",
                ),
            );
        }
    }
    Ok(())
}

pub(super) async fn sources(findings: &mut Findings, service: &Service) -> Result<()> {
    for organisation in service.store.organisations().await? {
        for source in service.store.sources(&organisation.id).await? {
            let (Some(last), Some(usual)) = (source.last_received, source.usual_gap_seconds) else { continue };
            let silent = findings.now.duration_since(last);
            if silent < SILENT_MIN || silent.as_secs_f64() < usual * PAUSES_MAX {
                continue;
            }
            let (name, ago) = (&source.name, findings.ago(last));
            findings.add(
                (Area::Sources, Severity::Warning, Some(&organisation.id)),
                (&format!("{name} stuurt al {ago} niets"), &format!("{name} has sent nothing for {ago}")),
                (
                    "vraag de beheerder van dat systeem; zie Koppelingen",
                    "ask whoever runs that system; see Connections",
                ),
            );
        }
    }
    Ok(())
}

/// Other systems that cannot be told what happens.
pub(super) async fn endpoints(findings: &mut Findings, service: &Service) -> Result<()> {
    for organisation in service.store.organisations().await? {
        for endpoint in service.store.endpoints(&organisation.id).await? {
            let name = &endpoint.name;
            let (what, advice) = match (endpoint.state, endpoint.health.failing_since) {
                (EndpointState::Failing, _) => (
                    (
                        format!("webhook {name} lukte dagen niet en wordt niet meer geprobeerd"),
                        format!("webhook {name} failed for days and is not tried any more"),
                    ),
                    (
                        "vraag de leverancier van dat systeem; daarna Koppelingen, Ga verder",
                        "ask the supplier of that system; then Connections, Go on",
                    ),
                ),
                (EndpointState::Gone, _) => (
                    (
                        format!("webhook {name} zegt dat het adres weg is"),
                        format!("webhook {name} says that its address is gone"),
                    ),
                    (
                        "vul het nieuwe adres in, of verwijder de webhook: Koppelingen",
                        "fill in the new address, or remove the webhook: Connections",
                    ),
                ),
                (EndpointState::Open, Some(since)) => {
                    let ago = findings.ago(since);
                    (
                        (format!("webhook {name} lukt al {ago} niet"), format!("webhook {name} has failed for {ago}")),
                        (
                            "het wordt vanzelf opnieuw geprobeerd; zie Koppelingen voor de reden",
                            "it is tried again by itself; see Connections for the reason",
                        ),
                    )
                }
                _ => continue,
            };
            findings.add((Area::Webhooks, Severity::Warning, Some(&organisation.id)), (&what.0, &what.1), advice);
        }
    }
    Ok(())
}
