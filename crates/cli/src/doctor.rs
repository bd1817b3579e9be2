//! Says what is wrong and what to do.

use std::process::ExitCode;

use service::doctor::{Finding, Installation, Severity, examine};
use store::{Durability, Health, OpenMode};
use words::Language;

use crate::args::Doctor;
use crate::house::{self, Trouble};
use crate::location::Location;
use crate::sealing;

/// 0: nothing, 1: something that somebody has to look at, 2: something does not work.
pub(crate) async fn run(doctor: Doctor) -> Result<ExitCode, Trouble> {
    let location = house::location(&doctor.data, &doctor.kept);
    let store = location.open(OpenMode::Existing, Durability::Full).await?;
    let store = sealing::with_keys(&store, &location, false)?;
    let url = doctor.url.clone().unwrap_or_default();
    let service = house::service(std::sync::Arc::new(store.clone()), &doctor.data, &url);
    let backups = doctor.backups.to.clone().map(|folder| (folder, doctor.backups.every));
    let installation = Installation {
        url: doctor.url,
        data: doctor.data,
        file: match location {
            Location::File(path) => Some(path),
            Location::Server(_) => None,
        },
        backups,
        names: Some(std::sync::Arc::new(channels::dns::Resolver::of_system())),
    };
    let findings = examine(&service, &installation, doctor.language).await;
    store.close().await;
    let findings = findings?;
    if doctor.json {
        println!("{}", serde_json::to_string_pretty(&findings)?);
    } else {
        findings.iter().for_each(|finding| println!("{}", line(finding, doctor.language)));
    }
    Ok(match findings.iter().map(|finding| finding.severity).max() {
        None | Some(Severity::Fine) => ExitCode::SUCCESS,
        Some(Severity::Warning) => ExitCode::from(1),
        Some(Severity::Fault) => ExitCode::from(2),
    })
}

fn line(finding: &Finding, language: Language) -> String {
    let mark = match finding.severity {
        Severity::Fine => "✓",
        Severity::Warning => "!",
        Severity::Fault => "✗",
    };
    let said = format!("{mark} {:15} {}", finding.area.said(language), finding.what);
    if finding.advice.is_empty() { said } else { format!("{said}\n  {:15} → {}", "", finding.advice) }
}
