mod report;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use service::import::xes::XesMapping;
use service::import::{Limits, Source, Table, guess_customers, guess_events};
use service::importing::{Mapping, import};
use service::{Publication, Service};
use store::{Durability, OrganisationRow, Store};
use words::{JourneyId, Language, OrganisationId};

use crate::args::Import;
use crate::check::read_folder;
use crate::house::{self, Trouble};
use crate::location::Location;
use crate::progress::Progress;
use crate::work::Place;

/// Events that wait, as far as the progress counts them; and how long others are given to apply some.
const LOOKED_AT: u32 = store::limits::PENDING_MAX;
const LOOKED_AFTER: Duration = Duration::from_millis(200);

/// What a file is about when nothing says so.
const OBJECT: &str = "application";

/// Brings a file in and applies it, with progress, a report, and what became of it.
pub(crate) async fn run(args: Import) -> Result<ExitCode, Trouble> {
    let language = args.of.language;
    let file = std::fs::File::open(&args.file).map_err(|error| format!("{}: {error}", args.file.display()))?;
    let length = file.metadata()?.len();
    let store = house::open(&args.of.data, &args.of.kept, Durability::Full).await?;
    let organisation = organisation(store.as_ref(), &args).await?;
    let service = house::service(store.clone(), &args.of.data, "");
    let journey = match &args.journey {
        Some(folder) => Some(publish(&service, &organisation, folder, language).await?),
        None => None,
    };
    let how = (mapping(&args, object(&service, &organisation, journey.as_ref(), &args).await?)?, Limits::default());
    let name = args.file.file_name().map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
    let bar = Progress::of(language.pick("lezen", "reading"));
    let told = |bytes, events| bar.at(bytes, length, events);
    let imported = import(&service, &organisation, &name, file, how, service.clock.now(), told).await?;
    bar.finish();
    apply(&service, &house::location(&args.of.data, &args.of.kept), imported.received, language).await?;
    report::file(&name, &imported, language);
    if let Some(journey) = &journey {
        report::journey(&service, &organisation, journey, language).await?;
    }
    report::next(&args.of.data, args.of.kept.store.as_ref(), language);
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The organisation that is meant; on an empty file one is made, so that one command shows a log.
async fn organisation(store: &dyn Store, args: &Import) -> Result<OrganisationId, Trouble> {
    if store.organisations().await?.is_empty() {
        let id = OrganisationId::new(args.of.organisation.as_deref().unwrap_or("import"));
        let text = format!("name: {}\nlanguage: {}\n", serde_json::Value::from(id.as_str()), args.of.language.tag());
        store.save_organisation(OrganisationRow { id: id.clone(), text, created: house::clock().now() }).await?;
        return Ok(id);
    }
    Ok(house::organisation(store, args.of.organisation.as_deref()).await?.id)
}

/// Puts the journey live that the events are for. History sends nothing, so it may stay in proof.
async fn publish(
    service: &Service,
    organisation: &OrganisationId,
    folder: &Path,
    language: Language,
) -> Result<JourneyId, Trouble> {
    let read = read_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let published =
        service.publisher.publish(organisation, &read, None, "klantreis import", service.clock.now()).await?;
    match published {
        Publication::Live { .. } => {}
        _ => {
            let dutch = format!("{} kan nog niet live; zie klantreis check {0}", folder.display());
            let english = format!("{} cannot go live yet; see klantreis check {0}", folder.display());
            return Err(language.pick(&dutch, &english).into());
        }
    }
    let shared = service.catalog.organisation(organisation).await?.ok_or("the organisation is gone")?;
    let reading = service::workbench::read(&read, &shared);
    Ok(reading.definition.ok_or("the journey cannot be read")?.id)
}

/// What happened to what: as asked, else the object of the journey's runs.
async fn object(
    service: &Service,
    organisation: &OrganisationId,
    journey: Option<&JourneyId>,
    args: &Import,
) -> Result<String, Trouble> {
    if let Some(object) = &args.object {
        return Ok(object.clone());
    }
    let live = service.catalog.live(organisation).await?;
    let meant = live.iter().find(|live| Some(&live.row.id) == journey);
    let key = meant.and_then(|live| live.published.definition.run_per.as_ref());
    Ok(key.map_or_else(|| OBJECT.to_owned(), |key| key.object.clone()))
}

fn mapping(args: &Import, object: String) -> Result<Mapping, Trouble> {
    if let Some(path) = &args.mapping {
        let read = || -> Result<Mapping, Trouble> { Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?) };
        return read().map_err(|error| format!("{}: {error}", path.display()).into());
    }
    let name = args.file.to_string_lossy().to_lowercase();
    if name.ends_with(".xes") || name.ends_with(".xes.gz") {
        return Ok(Mapping::Xes(XesMapping::new(object.as_str())));
    }
    let source = Source::new(std::fs::File::open(&args.file)?, Limits::default())?;
    let table = Table::open(source)?;
    let headers = table.headers().to_vec();
    if let Some(events) = guess_events(&headers, &object) {
        return Ok(Mapping::Events(events));
    }
    let customers = guess_customers(&headers);
    if customers.fields.is_empty() {
        let columns = headers.join(", ");
        let dutch = format!("wat in deze kolommen staat is niet te raden: {columns}. Zeg het met --mapping BESTAND");
        let english = format!("what these columns hold cannot be guessed: {columns}. Say so with --mapping FILE");
        return Err(args.of.language.pick(&dutch, &english).into());
    }
    Ok(Mapping::Customers(customers))
}

/// Applies everything that was accepted, unless others work on the same store: then it waits for them. Messages are left to
/// others in any case.
async fn apply(service: &Service, location: &Location, events: u64, language: Language) -> Result<(), Trouble> {
    let bar = Progress::of(language.pick("toepassen", "applying"));
    let mut working = None;
    loop {
        if working.is_none()
            && let Some(place) = Place::take_if_free(location, service).await?
        {
            working = Some((place.worker(service).await, place));
        }
        let is_idle = match &mut working {
            Some((worker, _)) => worker.apply().await?,
            None => true,
        };
        let left = service.store.pending(LOOKED_AT).await?.len() as u64;
        let done = events.saturating_sub(left);
        bar.at(done, events, done);
        if is_idle && left == 0 {
            break;
        }
        if is_idle {
            // The rest is for others.
            tokio::time::sleep(LOOKED_AFTER).await;
        }
    }
    if let Some((mut worker, _)) = working {
        worker.leave().await?;
    }
    bar.finish();
    Ok(())
}
