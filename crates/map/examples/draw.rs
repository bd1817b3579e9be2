//! Draws a sheet: `cargo run -p map --example draw -- sheet.json out [screen] [path,of,ids]`.

use std::error::Error;
use std::fs;

use map::{Links, Options, Sheet, svg};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, rest @ ..] = arguments.as_slice() else {
        return Err("draw SHEET.json OUT [screen] [path,of,ids]".into());
    };
    let sheet: Sheet = serde_json::from_str(&fs::read_to_string(input)?)?;
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
        });
    }
    if let Some(path) = rest.get(1) {
        options.path = path.split(',').map(Into::into).collect();
        options.selected = options.path.last().cloned();
    }
    for (nth, page) in svg(&sheet, &options).iter().enumerate() {
        fs::write(format!("{output}-{}.svg", nth + 1), page)?;
    }
    Ok(())
}
