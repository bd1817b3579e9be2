//! Draws a sheet: `cargo run -p map --example draw -- sheet.json out [print|screen] [path,of,ids]`, or a journey's folder
//! in place of `sheet.json` (with `organisation.yaml` beside the folder).

use std::error::Error;
use std::fs;
use std::path::Path;

use journey::{Folder, Organisation, parse};
use map::{Edition, Links, Options, Sheet, from, svg};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, rest @ ..] = arguments.as_slice() else {
        return Err("draw SHEET.json|JOURNEY OUT [print|screen] [path,of,ids]".into());
    };
    let mut options = Options::print();
    if rest.first().is_some_and(|look| look == "screen") {
        let link = |part: &str| Some(format!("/{part}/{{id}}"));
        options = Options::screen(Links {
            touchpoint: link("touchpoint"),
            reached: link("reached"),
            entering: link("entering"),
            exit: link("exit"),
            looped: Some("/loop/{id}/{to}".to_owned()),
            goal: Some("/goal".to_owned()),
            complaints: None,
        });
    }
    if let Some(path) = rest.get(1) {
        options.path = path.split(',').map(Into::into).collect();
        options.selected = options.path.last().cloned();
    }
    for (nth, page) in svg(&read(Path::new(input))?, &options).iter().enumerate() {
        fs::write(format!("{output}-{}.svg", nth + 1), page)?;
    }
    Ok(())
}

fn read(input: &Path) -> Result<Sheet, Box<dyn Error>> {
    if input.is_file() {
        return Ok(serde_json::from_str(&fs::read_to_string(input)?)?);
    }
    let organisation = input.parent().map(|parent| parent.join("organisation.yaml"));
    let organisation = organisation.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let (organisation, _) = Organisation::parse(&organisation);
    let folder = Folder::of_definition(fs::read_to_string(input.join(Folder::DEFINITION))?);
    let definition = parse(&folder, &organisation).definition.ok_or("the definition cannot be read")?;
    Ok(from(&definition, &organisation, Edition::default(), None))
}
