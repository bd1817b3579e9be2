use std::{
    collections::BTreeMap,
    fs::File,
    sync::{Mutex, PoisonError},
};

use service::{
    import::Limits,
    importing::{Mapping, import},
    intake::slug,
};
use store::{ImportJob, ImportState};
use uuid::Uuid;

use super::{report, upload};
use crate::{App, problem::Problem};

/// Imports that are being read now: bytes of the file and events so far. What is here is gone when the server stops; an
/// import can then be done again without doubling anything.
#[derive(Default)]
pub(crate) struct Running(Mutex<BTreeMap<Uuid, (u64, u64)>>);

impl Running {
    pub(super) fn progress(&self, id: Uuid) -> Option<(u64, u64)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn set(&self, id: Uuid, progress: (u64, u64)) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, progress);
    }

    fn end(&self, id: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}

/// Starts reading in the background.
pub(super) async fn start(app: &App, job: ImportJob, mapping: Mapping) -> Result<(), Problem> {
    let job = ImportJob { state: ImportState::Reading, ..job };
    app.store.save_import(job.clone()).await?;
    app.imports.set(job.id, (0, 0));
    let app = app.clone();
    tokio::spawn(async move { run(&app, job, mapping).await });
    Ok(())
}

async fn run(app: &App, job: ImportJob, mapping: Mapping) {
    let id = job.id;
    let told = |bytes, events| app.imports.set(id, (bytes, events));
    let source = match slug(job.file_name.split('.').next().unwrap_or_default()) {
        name if name.is_empty() => "bestand".to_owned(),
        name => name,
    };
    let ended = match File::open(upload::path(id)) {
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
    let (read_bytes, _) = app.imports.progress(id).unwrap_or_default();
    let finished = Some(app.clock.now());
    if let Err(error) = app.store.save_import(ImportJob { state, report, read_bytes, finished, ..job }).await {
        tracing::error!(%error, "the report of an import could not be kept");
    }
    app.imports.end(id);
    upload::forget(id).await;
}
