//! Whole maps, byte for byte. `GOLDEN=write cargo test -p map --test golden` writes them anew.

use std::fs;
use std::path::PathBuf;

use map::{Links, Options, Sheet, svg};

fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn sheet(name: &str) -> Sheet {
    let path = tests().join("sheets").join(format!("{name}.json"));
    let text = fs::read_to_string(path).expect("the sheet is there");
    serde_json::from_str(&text).expect("the sheet is read")
}

/// The embedded fonts are left out of the golden files: they are the same in each.
fn without_fonts(svg: &str) -> String {
    let (before, rest) = svg.split_once("<style>").expect("a print sheet has fonts");
    let (_, after) = rest.split_once("</style>").expect("and ends them");
    format!("{before}<style/>{after}")
}

fn check(name: &str, pages: &[String]) {
    for (nth, page) in pages.iter().enumerate() {
        let path = tests().join("golden").join(format!("{name}-{}.svg", nth + 1));
        if std::env::var("GOLDEN").is_ok_and(|value| value == "write") {
            fs::write(&path, page).expect("writes");
        }
        let golden = fs::read_to_string(&path).expect("the golden file is there");
        assert!(golden == *page, "{name} is drawn differently from {}", path.display());
    }
}

fn check_print(name: &str, count: usize) {
    let pages = svg(&sheet(name), &Options::print());
    assert_eq!(pages.len(), count, "sheets of {name}");
    assert_eq!(pages, svg(&sheet(name), &Options::print()), "same input, same bytes");
    let pages: Vec<String> = pages.iter().map(|page| without_fonts(page)).collect();
    check(name, &pages);
}

#[test]
fn a_measured_repair_journey() {
    check_print("reparatie", 1);
}

#[test]
fn an_estimated_library_journey() {
    check_print("bibliotheek", 1);
}

#[test]
fn an_empty_draft() {
    check_print("leeg", 1);
}

#[test]
fn an_english_journey() {
    check_print("webshop-en", 1);
}

#[test]
fn one_customers_path_on_the_screen() {
    let path = ["melding", "tijdvak", "bevestiging", "komt", "niet-gelukt", "bevestiging", "komt", "gerepareerd"];
    let link = |part: &str| Some(format!("/{part}/{{id}}"));
    let options = Options {
        path: path.map(Into::into).to_vec(),
        selected: Some("komt".into()),
        ..Options::screen(Links {
            touchpoint: link("moment"),
            reached: link("bereik"),
            exit: link("uit"),
            ..Links::default()
        })
    };
    check("pad", &svg(&sheet("reparatie"), &options));
}

#[test]
fn a_crowded_journey_on_two_sheets() {
    check_print("dicht", 2);
}
