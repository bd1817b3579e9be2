//! What an import says at its end: a few lines, in the language that was asked for.

use std::path::Path;

use crate::location::Location;
use jiff::Timestamp;
use measure::Selection;
use service::Service;
use service::importing::Imported;
use words::{Figure, JourneyId, Language, OrganisationId, Window};

use crate::house::Trouble;

/// Skipped rows that are listed one by one; the page of the import lists more.
const LISTED: usize = 10;

/// A whole number with the sign between thousands of the language.
pub(super) fn number(n: u64, language: Language) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(language.pick(".", ","));
        }
        text.push(digit);
    }
    text
}

/// What became of the rows.
pub(super) fn file(name: &str, imported: &Imported, language: Language) {
    let report = &imported.report;
    let n = |n| number(n, language);
    let skipped = report.read.saturating_sub(report.accepted);
    let (read, new, known, gone) = (n(report.read), n(imported.received), n(imported.duplicate), n(skipped));
    let dutch = format!("{name}: {read} gelezen, {new} nieuw, {known} al bekend, {gone} overgeslagen");
    let english = format!("{name}: {read} read, {new} new, {known} known already, {gone} skipped");
    println!("{}", language.pick(&dutch, &english));
    let listed = report.skipped.iter().chain(&report.noted).take(LISTED);
    for skipped in listed {
        println!("  {} {}: {}", language.pick("regel", "row"), skipped.place, skipped.reason.say(language));
    }
    let found: u64 = report.by_reason.values().sum();
    if found > LISTED as u64 {
        println!("  {}", language.pick("Alles bij elkaar:", "All together:"));
        for (code, count) in &report.by_reason {
            println!("  {:>9} × {}", n(*count), code.as_str());
        }
    }
}

/// What the journey looks like with it.
pub(super) async fn journey(
    service: &Service,
    organisation: &OrganisationId,
    journey: &JourneyId,
    language: Language,
) -> Result<(), Trouble> {
    let live = service.catalog.live(organisation).await?;
    let Some(live) = live.iter().find(|live| live.row.id == *journey) else { return Ok(()) };
    let definition = &live.published.definition;
    let now = service.clock.now();
    let columns = service.figures.columns(organisation, journey, now).await?;
    let window = Window { from: Timestamp::MIN, until: now };
    let summary = measure::summary(&columns, definition, &Selection::all(window, now))?;
    let contacts: u64 = summary.touchpoints.iter().map(|touchpoint| touchpoint.contacts.n).sum();
    let of = |figure: &Figure| number(figure.n, language);
    let (runs, contacts) = (of(&summary.started), number(contacts, language));
    let zone = service.catalog.organisation(organisation).await?.map(|shared| shared.zone.clone());
    let days = columns.span().zip(zone).map_or_else(String::new, |((first, last), zone)| {
        let day = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
        format!(" ({} – {})", day(first), day(last))
    });
    let dutch = format!("{}: {runs} keer begonnen{days}, {contacts} contacten", definition.title);
    let english = format!("{}: started {runs} times{days}, {contacts} contacts", definition.title);
    println!("{}", language.pick(&dutch, &english));
    let fates = [
        (&summary.done, "klaar", "done"),
        (&summary.left, "weggegaan", "left"),
        (&summary.stopped, "door ons gestopt", "stopped by us"),
        (&summary.dropped, "afgehaakt", "dropped off"),
        (&summary.open, "nog onderweg", "still under way"),
    ];
    let fates = fates.iter().filter(|(figure, ..)| figure.n > 0);
    let fates: Vec<_> = fates.map(|(figure, nl, en)| format!("{} {}", of(figure), language.pick(nl, en))).collect();
    println!("  {}", fates.join(", "));
    Ok(())
}

/// How to look at it.
pub(super) fn next(data: &Path, store: Option<&Location>, language: Language) {
    let store = store.map_or_else(String::new, |location| format!(" --store {location}"));
    let command = format!("klantreis serve --data {}{store}", data.display());
    println!("{}", language.pick(&format!("Bekijk het met: {command}"), &format!("Look at it with: {command}")));
}
