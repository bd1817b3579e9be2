use std::path::{Path, PathBuf};
use std::process::ExitCode;

use journey::{Folder, Organisation, Severity};
use service::workbench;
use words::Language;

use crate::args::Check;

/// Says what is wrong. 0: nothing, 1: something, 2: a folder cannot be read.
pub(crate) fn run(check: &Check) -> ExitCode {
    let mut wrong = 0_usize;
    for path in &check.folders {
        let folder = match read_folder(path) {
            Ok(folder) => folder,
            Err(error) => {
                eprintln!("klantreis: {}: {error}", path.display());
                return ExitCode::from(2);
            }
        };
        let organisation = organisation_of(path, check.organisation.as_deref(), check.language);
        let reading = workbench::read(&folder, &organisation);
        for found in &reading.found {
            if check.sketch && found.severity() == Severity::Gate {
                continue;
            }
            wrong += usize::from(found.severity() != Severity::Warning);
            println!("{}/{}", path.display(), found.line_for_terminal(check.language));
        }
    }
    let (count, folders) = (wrong, check.folders.len());
    match check.language {
        Language::Nl if count == 0 => println!("{folders} klantreizen nagekeken, niets in de weg."),
        Language::Nl => println!("{folders} klantreizen nagekeken, {count} punten te doen."),
        Language::En if count == 0 => println!("{folders} journeys checked, nothing in the way."),
        Language::En => println!("{folders} journeys checked, {count} points to mend."),
    }
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// A journey's folder: its YAML and Markdown, and the messages.
pub(crate) fn read_folder(path: &Path) -> std::io::Result<Folder> {
    let mut folder = Folder::default();
    for (below, entry) in ["", "messages"].into_iter().filter_map(|below| {
        let at = if below.is_empty() { path.to_owned() } else { path.join(below) };
        std::fs::read_dir(at).ok().map(|entries| (below, entries))
    }) {
        for file in entry {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            if Folder::is_part(&name) && file.file_type()?.is_file() {
                folder.put(name, std::fs::read_to_string(file.path())?);
            }
        }
    }
    if folder.get(Folder::DEFINITION).is_none() {
        let what = format!("there is no {} in it", Folder::DEFINITION);
        return Err(std::io::Error::new(std::io::ErrorKind::NotFound, what));
    }
    Ok(folder)
}

/// The organisation's file beside the journey, above it, or as given; without one what a new organisation has.
fn organisation_of(folder: &Path, given: Option<&Path>, language: Language) -> Organisation {
    let beside = [folder.join(Organisation::FILE), folder.join("..").join(Organisation::FILE)];
    let mut places = given.map(Path::to_owned).into_iter().chain(beside);
    let text = places.find_map(|place: PathBuf| std::fs::read_to_string(place).ok());
    let Some(text) = text else { return Organisation::named("") };
    let (organisation, findings) = Organisation::parse(&text);
    for finding in findings {
        println!("{}", finding.line(language));
    }
    organisation
}
