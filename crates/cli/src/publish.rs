use std::process::ExitCode;

use journey::Severity;
use service::Publication;
use store::Durability;

use crate::args::Publish;
use crate::check::read_folder;
use crate::house::{self, Trouble};

/// Puts a folder live; 1 when the gate refuses it.
pub(crate) async fn run(publish: Publish) -> Result<ExitCode, Trouble> {
    let folder = read_folder(&publish.folder).map_err(|error| format!("{}: {error}", publish.folder.display()))?;
    let store = house::open(&publish.of.data, &publish.of.kept, Durability::Full).await?;
    let organisation = house::organisation(store.as_ref(), publish.of.organisation.as_deref()).await?;
    let service = house::service(store.clone(), &publish.of.data, "");
    if publish.dry_run {
        let told = crate::foresee::tell(&service, &organisation, &folder, &publish).await;
        store.close().await;
        return told;
    }
    let now = service.clock.now();
    let published = service.publisher.publish(&organisation.id, &folder, None, &publish.note, now).await?;
    store.close().await;
    match published {
        Publication::Live { number, hash, told } => {
            let dutch =
                format!("versie {number} ({}) staat live; {told} lopende klantreizen volgen haar", hash.short());
            let english = format!("version {number} ({}) is live; {told} open runs follow it", hash.short());
            println!("{}", publish.of.language.pick(&dutch, &english));
            Ok(ExitCode::SUCCESS)
        }
        Publication::Refused(reading) => {
            for found in reading.found.iter().filter(|found| found.severity() != Severity::Warning) {
                println!("{}/{}", publish.folder.display(), found.line_for_terminal(publish.of.language));
            }
            Ok(ExitCode::from(1))
        }
        Publication::NoOrganisation => Err(format!("there is no organisation {}", organisation.id).into()),
    }
}
