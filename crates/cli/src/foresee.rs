//! What publishing would change and whom it would touch.

use std::process::ExitCode;

use journey::{Definition, Folder, Severity};
use service::{Impact, Service, Touch, workbench};
use store::OrganisationRow;
use words::{Customer, Language};

use crate::args::Publish;
use crate::house::Trouble;

/// Compares with the live version and tells; 1 when the gate would refuse it.
pub(crate) async fn tell(
    service: &Service,
    organisation: &OrganisationRow,
    folder: &Folder,
    publish: &Publish,
) -> Result<ExitCode, Trouble> {
    let language = publish.of.language;
    let shared = service.catalog.organisation(&organisation.id).await?;
    let shared = shared.ok_or_else(|| format!("there is no organisation {}", organisation.id))?;
    let reading = workbench::read(folder, &shared);
    for found in reading.found.iter().filter(|found| found.severity() != Severity::Warning) {
        println!("{}/{}", publish.folder.display(), found.line_for_terminal(language));
    }
    let Some(new) = reading.definition.as_ref().filter(|_| reading.publishable()) else { return Ok(ExitCode::from(1)) };
    let row = service.store.journey(&organisation.id, &new.id).await?;
    let Some(hash) = row.and_then(|row| row.live) else {
        println!(
            "{}",
            language.pick("nog niets staat live; het raakt niemand", "nothing is live yet; it touches nobody")
        );
        return Ok(ExitCode::SUCCESS);
    };
    let live = service.catalog.version(&organisation.id, &new.id, &hash).await?;
    let live = live.ok_or_else(|| format!("the live version {} is not there", hash.short()))?;
    let impact = service.publisher.foresee(&organisation.id, &live.definition, new, service.clock.now()).await?;
    print!("{}", changes((&live.definition, &live.folder), (new, folder), language));
    print!("{}", whom(&impact, language));
    if let Some(path) = &publish.list {
        let bytes = impact.file(language, name).ok_or("the list cannot be written")?;
        std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn name(customer: &Customer) -> String {
    [&customer.name.salutation, &customer.name.first, &customer.name.last]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(" ")
}

fn changes(live: (&Definition, &Folder), new: (&Definition, &Folder), language: Language) -> String {
    let mut changes = journey::compare(live.0, new.0);
    changes.extend(journey::compare_messages(live.1, new.1));
    if changes.is_empty() {
        return format!("{}\n", language.pick("er verandert niets", "nothing changes"));
    }
    changes.iter().map(|change| format!("{}\n", change.sentence(language))).collect()
}

/// A line for the whole, and one for each touchpoint at which somebody is touched.
fn whom(impact: &Impact, language: Language) -> String {
    let Impact { open, pinned, ending, .. } = impact;
    let mut text = match language {
        Language::Nl => format!("{open} lopende klantreizen, {pinned} blijven op hun versie, {ending} eindigen\n"),
        Language::En => format!("{open} open runs, {pinned} stay on their version, {ending} end\n"),
    };
    if impact.more {
        text +=
            language.pick("er zijn er meer; de nieuwste zijn bekeken\n", "there are more; the newest were looked at\n");
    }
    for (id, title) in &impact.touchpoints {
        let said = [Touch::Waiting, Touch::Now, Touch::Leaving]
            .map(|touch| format!("{} {}", impact.count(id, touch), touch.said(language)));
        text += &format!("{title} ({id}): {}\n", said.join(", "));
    }
    text
}
