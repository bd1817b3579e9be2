use std::fs::File;

use service::{
    import::Limits,
    importing::{Mapping, import},
    intake::slug,
};
use store::{ImportJob, ImportState};
use uuid::Uuid;

use super::{Kind, mapping, report, upload};
use crate::{App, jobs::Jobs, problem::Problem};

/// Imports of one organisation among which those that were stopped are looked for.
const RESUMED_MAX: u32 = 100;

/// Imports that are being read now: bytes of the file and events so far. A stopped server leaves them; see [`resume`].
pub(crate) type Running = Jobs<Uuid, (u64, u64)>;

/// Goes on with what a stopped server was reading: rows that were taken before are known again by their ids. Where several
/// processes serve pages, each goes on with the files that it has.
pub async fn resume(app: &App) -> store::Result<()> {
    for organisation in app.store.organisations().await? {
        let jobs = app.store.imports(&organisation.id, RESUMED_MAX).await?;
        for job in jobs.into_iter().filter(|job| job.state == ImportState::Reading) {
            if app.service.is_shared() && !upload::path(app, job.id).exists() {
                continue;
            }
            match Kind::parse(&job.kind).and_then(|kind| mapping::read(kind, &job.mapping)) {
                Some(mapping) => begin(app, job, mapping),
                None => tracing::warn!(import = %job.id, "the mapping of an import cannot be read any more"),
            }
        }
    }
    Ok(())
}

/// Starts reading in the background.
pub(super) async fn start(app: &App, job: ImportJob, mapping: Mapping) -> Result<(), Problem> {
    let job = ImportJob { state: ImportState::Reading, ..job };
    app.store.save_import(job.clone()).await?;
    begin(app, job, mapping);
    Ok(())
}

fn begin(app: &App, job: ImportJob, mapping: Mapping) {
    if app.imports.begin(job.id, (0, 0), usize::MAX).is_ok() {
        let app = app.clone();
        tokio::spawn(async move { run(&app, job, mapping).await });
    }
}

async fn run(app: &App, job: ImportJob, mapping: Mapping) {
    let id = job.id;
    let told = |bytes, events| {
        app.imports.tell(&id, |progress| *progress = (bytes, events));
    };
    let source = match slug(job.file_name.split('.').next().unwrap_or_default()) {
        name if name.is_empty() => "bestand".to_owned(),
        name => name,
    };
    let ended = match File::open(upload::path(app, id)) {
        Ok(file) => {
            let limits = Limits::default();
            import(&app.service, &job.organisation, &source, file, (mapping, limits), app.clock.now(), told)
                .await
                .map_err(|error| report::of_failure(&error))
        }
        Err(error) => Err(report::of_lost_file(&error)),
    };
    let (state, report) = match ended {
        Ok(imported) => (ImportState::Done, report::of(&imported)),
        Err(report) => (ImportState::Failed, report),
    };
    let (read_bytes, _) = app.imports.progress(&id).unwrap_or_default();
    let finished = Some(app.clock.now());
    if let Err(error) = app.store.save_import(ImportJob { state, report, read_bytes, finished, ..job }).await {
        tracing::error!(%error, "the report of an import could not be kept");
    }
    app.imports.end(&id);
    upload::forget(app, id).await;
}
