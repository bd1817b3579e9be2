//! What a journey's folder would do before it is put live.

use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use journey::Folder;
use serde_json::json;
use service::{Service, new_row, workbench};
use sim::rehearse::{
    Differences, Finding, Habits, Plan, Rehearsal, Report, TouchpointCount, Way, findings, recorded_habits, refusal,
    rehearse,
};
use store::{Durability, OpenMode, OrganisationRow};
use words::{CustomerWord, Language};

use crate::args::Rehearse;
use crate::check::read_folder;
use crate::house::{self, Trouble};
use crate::progress::Progress;

/// What a program that was interrupted gives.
const INTERRUPTED: u8 = 130;

/// Rehearses and tells; 1 when the folder cannot be read, 130 when it was interrupted.
pub(crate) async fn run(asked: Rehearse) -> Result<ExitCode, Trouble> {
    let folder = read_folder(&asked.folder).map_err(|error| format!("{}: {error}", asked.folder.display()))?;
    let location = house::location(&asked.of.data, &asked.of.kept);
    let store = location.open(OpenMode::Existing, Durability::Full).await?;
    let store: Arc<dyn store::Store> = Arc::new(store);
    let told = tell(&store, folder, &asked).await;
    store.close().await;
    told
}

async fn tell(store: &Arc<dyn store::Store>, folder: Folder, asked: &Rehearse) -> Result<ExitCode, Trouble> {
    let organisation = house::organisation(store.as_ref(), asked.of.organisation.as_deref()).await?;
    let service = house::service(store.clone(), &asked.of.data, "");
    let shared = service.catalog.organisation(&organisation.id).await?;
    let shared = shared.ok_or_else(|| format!("there is no organisation {}", organisation.id))?;
    let reading = workbench::read(&folder, &shared);
    let Some(definition) = reading.definition.as_ref().filter(|_| reading.sound()) else {
        for found in &reading.found {
            println!("{}/{}", asked.folder.display(), found.line_for_terminal(asked.of.language));
        }
        return Ok(ExitCode::from(1));
    };
    let now = service.clock.now();
    let row = store.journey(&organisation.id, &definition.id).await?;
    let row = row.unwrap_or_else(|| new_row(&organisation.id, &definition.id, now));
    let habits = habits(&service, &organisation, &folder, definition).await?;
    let way = match asked.customers {
        Some(customers) => Way::Simulated { customers, seed: asked.seed, habits },
        None => Way::Recorded { customers: Plan::CUSTOMERS_MAX },
    };
    let plan = Plan { days: asked.days, way };
    let rehearsal = Rehearsal { organisation: organisation.id, row, draft: folder, plan };
    let Some(report) = watched(&service, rehearsal, asked.of.language).await? else {
        eprintln!("{}", asked.of.language.pick("afgebroken; er is niets bewaard", "interrupted; nothing was kept"));
        return Ok(ExitCode::from(INTERRUPTED));
    };
    let (one, many) = &shared.customer_word;
    let word = CustomerWord::new(one, many);
    if asked.json {
        let said = |finding: &Finding| json!({ "finding": finding, "said": finding.said(asked.of.language, &word) });
        let found: Vec<_> = findings(&report).iter().map(said).collect();
        println!("{}", serde_json::to_string_pretty(&json!({ "findings": found, "report": report }))?);
    } else {
        print!("{}", text(&report, asked.of.language, &word));
    }
    Ok(ExitCode::SUCCESS)
}

/// How simulated customers behave, of a journey that does not say so itself.
async fn habits(
    service: &Service,
    organisation: &OrganisationRow,
    folder: &Folder,
    definition: &journey::Definition,
) -> Result<Option<Habits>, Trouble> {
    if folder.get(Folder::SIMULATION).is_some() {
        return Ok(None);
    }
    let since = jiff::Timestamp::MIN;
    Ok(recorded_habits(service.store.as_ref(), &organisation.id, definition, since).await?)
}

/// With its progress on the terminal, until it is done or Ctrl-C is pressed.
async fn watched(service: &Service, rehearsal: Rehearsal, language: Language) -> Result<Option<Report>, Trouble> {
    let called_off = Arc::new(AtomicBool::new(false));
    let heard = called_off.clone();
    let listening = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            heard.store(true, Ordering::Relaxed);
        }
    });
    let progress = std::sync::Mutex::new(Progress::of(language.pick("proef", "rehearsing")));
    let told = |at: sim::rehearse::Progress| {
        if let Ok(progress) = progress.lock() {
            progress.at(at.done, at.all, at.done);
        }
        if called_off.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let now = service.clock.now();
    let report = rehearse(service.store.as_ref(), &service.catalog, rehearsal, now, &told).await;
    listening.abort();
    if let Ok(progress) = progress.lock() {
        progress.finish();
    }
    Ok(report?)
}

/// First what to look at, then touchpoint by touchpoint.
fn text(report: &Report, language: Language, word: &CustomerWord) -> String {
    let word = word.on_page(language);
    let runs = report.done.runs;
    let mut text = match language {
        Language::Nl => format!("{}: {} {}, {runs} keer begonnen\n", report.title, report.customers, word.many),
        Language::En => format!("{}: {} {}, begun {runs} times\n", report.title, report.customers, word.many),
    };
    for finding in findings(report) {
        let mark = if finding.warns() { "!" } else { "✓" };
        text += &format!("{mark} {}\n", finding.said(language, &word));
    }
    let busy = |count: &&TouchpointCount| count.sends || count.asked + count.tasks > 0;
    for count in report.done.touchpoints.iter().filter(busy) {
        let differs = report.touchpoints.iter().find(|one| one.id == count.id).map(|one| one.differs);
        text += &format!("{} ({}): {}\n", count.title, count.id, line(count, differs, language));
    }
    text
}

fn line(count: &TouchpointCount, differs: Option<Differences>, language: Language) -> String {
    let mut parts = Vec::new();
    let mut tell = |many: u64, dutch: &str, english: &str| {
        if many > 0 {
            parts.push(format!("{many} {}", language.pick(dutch, english)));
        }
    };
    tell(count.all_sent(), "verstuurd", "sent");
    tell(count.held, "wachtten op de stille uren", "waited for quiet hours");
    count.refused.iter().for_each(|(reason, many)| {
        tell(*many, refusal(*reason, Language::Nl), refusal(*reason, Language::En));
    });
    tell(count.withdrawn, "ingetrokken", "withdrawn");
    tell(count.waiting, "wachten nog", "still wait");
    tell(count.tasks, "taken", "tasks");
    if let Some(differs) = differs {
        tell(differs.new, "meer dan nu live", "more than live now");
        tell(differs.gone, "minder dan nu live", "fewer than live now");
        tell(differs.channel, "langs een ander kanaal", "by another channel");
        tell(differs.time, "op een ander moment", "at another moment");
        tell(differs.text, "met een andere tekst", "with another text");
        tell(differs.tasks_new, "taken meer", "tasks more");
        tell(differs.tasks_gone, "taken minder", "tasks fewer");
    }
    if parts.is_empty() {
        return language.pick("niets", "nothing").to_owned();
    }
    parts.join(", ")
}
