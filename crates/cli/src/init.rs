use std::process::ExitCode;

use service::reference;

use crate::args::Init;
use crate::house::Trouble;

/// Makes a folder that `check` can read. Never writes over anything.
pub(crate) fn run(init: &Init) -> Result<ExitCode, Trouble> {
    let id = init.folder.file_name().and_then(|name| name.to_str()).unwrap_or("klantreis");
    let folder = match &init.from {
        Some(sample) => {
            let mut samples = reference::journeys();
            let names: Vec<_> = samples.keys().cloned().collect();
            let unknown = || format!("there is no sample {sample}; choose from: {}", names.join(", "));
            samples.remove(sample).ok_or_else(unknown)?
        }
        None => reference::empty(id, id),
    };
    if init.folder.exists() {
        return Err(format!("{} is there already; choose another name", init.folder.display()).into());
    }
    for (name, text) in folder.files() {
        let path = init.folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&init.folder))?;
        std::fs::write(&path, text)?;
    }
    println!("{} staat klaar. Nakijken: klantreis check {0}", init.folder.display());
    println!("Live zetten: klantreis publish {}", init.folder.display());
    Ok(ExitCode::SUCCESS)
}
