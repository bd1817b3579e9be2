//! The map on a page: links, labels, and nothing that a page has of its own.

use map::{Links, Options, Sheet, svg};

fn sheet(text: &str) -> Sheet {
    serde_json::from_str(text).expect("a sheet")
}

fn repair() -> Sheet {
    sheet(include_str!("sheets/reparatie.json"))
}

fn links() -> Links {
    Links {
        touchpoint: Some("?moment={id}".to_owned()),
        reached: Some("/klanten?bij={id}".to_owned()),
        looped: Some("/klanten?van={id}&naar={to}".to_owned()),
        ..Links::default()
    }
}

#[test]
fn a_column_is_one_link_with_a_label() {
    let page = &svg(&repair(), &Options::screen(links()))[0];
    assert_eq!(page.matches("<a href=\"?moment=").count(), 12);
    assert!(page.contains("aria-label=\"Ik meld de reparatie; telefoon; cijfer 7,2; bereik 100\u{a0}%\""));
    assert!(page.contains("href=\"/klanten?van=niet-gelukt&amp;naar=bevestiging\""));
    assert!(!page.contains("class=\"map-exit\" href") && page.contains("<g class=\"map-exit\""), "no pattern, no link");
}

#[test]
fn no_link_lies_inside_another() {
    let page = &svg(&repair(), &Options::screen(links()))[0];
    let mut open = 0;
    for (at, _) in
        page.match_indices("<a ").chain(page.match_indices("</a>")).collect::<std::collections::BTreeMap<_, _>>()
    {
        open += if page[at..].starts_with("</a>") { -1 } else { 1 };
        assert!((0..=1).contains(&open));
    }
}

#[test]
fn the_page_brings_fonts_and_size() {
    let page = &svg(&repair(), &Options::screen(links()))[0];
    assert!(!page.contains("@font-face") && !page.contains("mm\""));
    assert!(page.contains("role=\"group\"") && !page.contains(" style="), "fit for a strict content security policy");
}

#[test]
fn the_selected_column_is_marked() {
    let options = Options { selected: Some("melding".into()), ..Options::screen(links()) };
    let page = &svg(&repair(), &options)[0];
    assert_eq!(page.matches("aria-current=\"true\"").count(), 1);
}

#[test]
fn a_path_over_unknown_touchpoints_is_drawn_without_them() {
    let options = Options { path: vec!["melding".into(), "gone".into(), "komt".into()], ..Options::print() };
    let page = &svg(&repair(), &options)[0];
    assert!(page.contains(">1</text>") && page.contains(">3</text>"), "visits keep their numbers");
}

#[test]
fn text_from_a_definition_cannot_become_markup() {
    let mut sheet = repair();
    sheet.header.title = "<script>alert(1)</script>".to_owned();
    sheet.touchpoints[0].title = "\"><img src=x onerror=alert(1)>".to_owned();
    for options in [Options::print(), Options::screen(links())] {
        let page = &svg(&sheet, &options)[0];
        assert!(!page.contains("<script") && !page.contains("<img"));
    }
}

#[test]
fn a_privacy_limit_hides_a_mean_of_four_answers() {
    let mut sheet = repair();
    let found = sheet.touchpoints[2].experience.measured.as_mut().expect("measured");
    found.n = 4;
    let page = &svg(&sheet, &Options::print())[0];
    assert_eq!(
        page.matches(">7,2<").count(),
        2,
        "only the other moment's 7,2 is left, on the curve and in the figures"
    );
    assert!(page.contains("nog 1 nodig"));
}
