use std::process::ExitCode;

use store::{Durability, Error, Health, OpenMode, copy_store};

use crate::alone::Alone;
use crate::args::MoveStore;
use crate::house::Trouble;
use crate::location::Location;
use crate::progress::Progress;

/// Copies everything, with progress and a count per table.
pub(crate) async fn run(stores: MoveStore) -> Result<ExitCode, Trouble> {
    let language = stores.language;
    let from = stores.from.open(OpenMode::Existing, Durability::Full).await?;
    let to = stores.to.open(OpenMode::Create, Durability::Full).await?;
    // What came in after the copy would be lost.
    let _alone = [&stores.from, &stores.to]
        .into_iter()
        .filter(|location| matches!(location, Location::File(_)))
        .map(Alone::or_say_so)
        .collect::<Result<Vec<_>, _>>()?;
    let bar = Progress::of(language.pick("kopiëren", "copying"));
    let copied = copy_store(&from, to, |progress| bar.at(progress.copied, progress.total, progress.copied)).await;
    bar.finish();
    from.close().await;
    let copied = copied.map_err(|error| match error {
        Error::NotEmpty { table } => {
            let dutch = format!("{} is niet leeg ({table}); er is niets gekopieerd", stores.to);
            let english = format!("{} is not empty ({table}); nothing was copied", stores.to);
            Trouble::from(language.pick(&dutch, &english))
        }
        other => {
            let dutch = format!("{other}. Maak {} leeg en probeer het opnieuw", stores.to);
            let english = format!("{other}. Empty {} and try again", stores.to);
            Trouble::from(language.pick(&dutch, &english))
        }
    })?;
    for table in copied.iter().filter(|table| table.rows > 0) {
        println!("{:16} {:>10}", table.table, table.rows);
    }
    let rows: u64 = copied.iter().map(|table| table.rows).sum();
    let dutch = format!("{rows} rijen gekopieerd en nageteld; start voortaan met --store {}", stores.to);
    let english = format!("{rows} rows copied and counted; start with --store {} from now on", stores.to);
    println!("{}", language.pick(&dutch, &english));
    Ok(ExitCode::SUCCESS)
}
