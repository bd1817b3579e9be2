//! What is wrong with an installation, and what to do about it. It only looks.

mod domain;
mod mail;
mod place;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use channels::dns::Lookup;
pub use domain::of as domain_of;
use jiff::{SignedDuration, Timestamp};
pub use mail::{DomainFinding, domain_findings};
use serde::Serialize;
use words::{Language, OrganisationId};

use crate::{Result, Service};

/// How bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// As it should be.
    Fine,
    /// Will become trouble, or somebody has to look at it.
    Warning,
    /// Something does not work.
    Fault,
}

impl Severity {
    /// Its name: `fine`, `warning`, `fault`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// How it was started.
    Configuration,
    /// The database.
    Store,
    /// The time of this machine.
    Clock,
    /// Room.
    Disk,
    /// Backups.
    Backups,
    /// Applying, firing, sending.
    Work,
    /// Mail servers.
    Mail,
    /// What sends events.
    Sources,
    /// What is told of events.
    Webhooks,
}

impl Area {
    /// As people call it.
    pub const fn said(self, language: Language) -> &'static str {
        let (nl, en) = match self {
            Self::Configuration => ("instellingen", "configuration"),
            Self::Store => ("opslag", "store"),
            Self::Clock => ("klok", "clock"),
            Self::Disk => ("schijf", "disk"),
            Self::Backups => ("reservekopieën", "backups"),
            Self::Work => ("verwerking", "work"),
            Self::Mail => ("mail", "mail"),
            Self::Sources => ("bronnen", "sources"),
            Self::Webhooks => ("webhooks", "webhooks"),
        };
        language.pick(nl, en)
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub area: Area,
    /// How bad it is.
    pub severity: Severity,
    /// Of which organisation, when it is of one.
    pub organisation: Option<OrganisationId>,
    /// What is found.
    pub what: String,
    /// What to do; empty when nothing is to be done.
    pub advice: String,
}

/// What the installation does not know of itself.
#[derive(Clone, Debug)]
pub struct Installation {
    /// The address that people type; `None` where it is not known.
    pub url: Option<String>,
    /// Where everything is kept.
    pub data: PathBuf,
    /// The store's file, when it is one.
    pub file: Option<PathBuf>,
    /// Where backups are made, and how often.
    pub backups: Option<(PathBuf, SignedDuration)>,
    /// Who looks up the DNS of domains that mail comes from; `None`: that is not looked at.
    pub names: Option<Arc<dyn Lookup>>,
}

/// Findings as they are made.
struct Findings {
    language: Language,
    now: Timestamp,
    found: Vec<Finding>,
}

/// In Dutch and in English.
type Said<'a> = (&'a str, &'a str);

impl Findings {
    fn fine(&mut self, area: Area, what: Said<'_>) {
        self.add((area, Severity::Fine, None), what, ("", ""));
    }

    fn warn(&mut self, area: Area, what: Said<'_>, advice: Said<'_>) {
        self.add((area, Severity::Warning, None), what, advice);
    }

    fn fault(&mut self, area: Area, what: Said<'_>, advice: Said<'_>) {
        self.add((area, Severity::Fault, None), what, advice);
    }

    fn add(
        &mut self,
        (area, severity, organisation): (Area, Severity, Option<&OrganisationId>),
        what: Said<'_>,
        advice: Said<'_>,
    ) {
        self.found.push(Finding {
            area,
            severity,
            organisation: organisation.cloned(),
            what: self.language.pick(what.0, what.1).to_owned(),
            advice: self.language.pick(advice.0, advice.1).to_owned(),
        });
    }

    /// How long ago, in words.
    fn ago(&self, moment: Timestamp) -> String {
        let seconds = self.now.duration_since(moment).as_secs().max(0);
        match seconds {
            0..=119 => format!("{seconds} s"),
            120..=7_199 => format!("{} min", seconds / 60),
            7_200..=172_799 => format!("{} {}", seconds / 3_600, self.language.pick("uur", "hours")),
            _ => format!("{} {}", seconds / 86_400, self.language.pick("dagen", "days")),
        }
    }
}

/// Looks at everything, the worst first.
pub async fn examine(service: &Service, installation: &Installation, language: Language) -> Result<Vec<Finding>> {
    let mut findings = Findings { language, now: service.clock.now(), found: Vec::new() };
    place::configuration(&mut findings, installation);
    place::store(&mut findings, service, installation).await?;
    place::secrets(&mut findings, service).await?;
    place::disk(&mut findings, installation);
    place::backups(&mut findings, installation);
    work::clock_and_backlog(&mut findings, service).await?;
    work::leases(&mut findings, service).await?;
    work::messages(&mut findings, service).await?;
    work::put_aside(&mut findings, service).await?;
    mail::senders(&mut findings, service, installation.names.as_deref()).await?;
    work::sources(&mut findings, service).await?;
    work::endpoints(&mut findings, service).await?;
    findings.found.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.area));
    Ok(findings.found)
}
