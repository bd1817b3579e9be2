use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use service::import::xes::XesMapping;
use service::import::{Limits, Source, Table, guess_customers, guess_events};
use service::importing::{Imported, Mapping, import};
use service::{Publication, Service};
use store::{Durability, OrganisationRow, Store};
use words::OrganisationId;

use crate::args::Import;
use crate::check::read_folder;
use crate::house::{self, Trouble};

/// Brings a file in and applies it, with progress and a report.
pub(crate) async fn run(args: Import) -> Result<ExitCode, Trouble> {
    let store = house::open(&args.data, Durability::Full).await?;
    let organisation = organisation(store.as_ref(), &args).await?;
    let service = house::service(store, &args.data, "");
    if let Some(folder) = &args.journey {
        publish(&service, &organisation, folder).await?;
    }
    let mapping = mapping(&args)?;
    let file = std::fs::File::open(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let bar = ProgressBar::new(file.metadata()?.len());
    bar.set_style(ProgressStyle::with_template("{bar:40} {percent} %  {msg}")?);
    let name = args.file.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
    let told = |bytes, events| {
        bar.set_position(bytes);
        bar.set_message(format!("{events} gebeurtenissen"));
    };
    let now = service.clock.now();
    let imported = import(&service, &organisation, &name, file, (mapping, Limits::default()), now, told).await?;
    bar.finish_and_clear();
    apply(&service, imported.received).await?;
    report(&imported);
    Ok(ExitCode::SUCCESS)
}

/// The organisation that is meant; on an empty file one is made, so that one command shows a log.
async fn organisation(store: &dyn Store, args: &Import) -> Result<OrganisationId, Trouble> {
    if store.organisations().await?.is_empty() {
        let id = OrganisationId::new(args.organisation.as_deref().unwrap_or("import"));
        let text = format!("name: {}\n", serde_json::Value::from(id.as_str()));
        store.save_organisation(OrganisationRow { id: id.clone(), text, created: house::clock().now() }).await?;
        return Ok(id);
    }
    Ok(house::organisation(store, args.organisation.as_deref()).await?.id)
}

/// Puts the journey live that the events are for. History sends nothing, so it may stay in proof.
async fn publish(service: &Service, organisation: &OrganisationId, folder: &Path) -> Result<(), Trouble> {
    let read = read_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let published =
        service.publisher.publish(organisation, &read, None, "klantreis import", service.clock.now()).await?;
    match published {
        Publication::Live { .. } => Ok(()),
        _ => Err(format!("{} cannot go live yet: klantreis check {0}", folder.display()).into()),
    }
}

fn mapping(args: &Import) -> Result<Mapping, Trouble> {
    if let Some(path) = &args.mapping {
        return Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?);
    }
    let name = args.file.to_string_lossy().to_lowercase();
    if name.ends_with(".xes") || name.ends_with(".xes.gz") {
        return Ok(Mapping::Xes(XesMapping::new(args.object.as_str())));
    }
    let source = Source::new(std::fs::File::open(&args.file)?, Limits::default())?;
    let table = Table::open(source)?;
    let headers = table.headers().to_vec();
    if let Some(events) = guess_events(&headers, &args.object) {
        return Ok(Mapping::Events(events));
    }
    let customers = guess_customers(&headers);
    if customers.fields.is_empty() {
        return Err(format!("the columns say nothing: {}. Give --mapping FILE", headers.join(", ")).into());
    }
    Ok(Mapping::Customers(customers))
}

/// Applies everything that was accepted; counts down.
async fn apply(service: &Service, events: u64) -> Result<(), Trouble> {
    let bar = ProgressBar::new(events);
    bar.set_style(ProgressStyle::with_template("{bar:40} {percent} %  toegepast")?);
    loop {
        let round = service.runner.round().await?;
        bar.inc(round.events as u64);
        if round.is_idle() {
            bar.finish_and_clear();
            return Ok(());
        }
    }
}

fn report(imported: &Imported) {
    let report = &imported.report;
    println!(
        "gelezen {}, nieuw {}, al bekend {}, overgeslagen {}",
        report.read,
        imported.received,
        imported.duplicate,
        report.read.saturating_sub(report.accepted)
    );
    for (reason, count) in &report.by_reason {
        println!("  {count} × {}", reason.as_str());
    }
    for skipped in &report.skipped {
        println!("  regel {}: {}", skipped.place, skipped.reason.say(words::Language::Nl));
    }
}
