use jiff::{Timestamp, ToSpan};
use journey::{Definition, Organisation};
use map::Sheet;
use measure::{Builder, Columns, Row, RunRow, Selection, follows, for_definition, summary};
use proptest::prelude::*;
use words::{Experience, RunId, TouchpointId, Window};

use super::*;

fn example() -> Sheet {
    serde_json::from_str(include_str!("../../../map/tests/sheets/reparatie.json")).expect("the example is a sheet")
}

fn repair() -> (Definition, Organisation) {
    let organisation = Organisation::parse(&service::reference::organisation()).0;
    let folder = service::reference::journeys().remove("woning-reparatie").expect("a reference journey");
    let definition = journey::parse(&folder, &organisation).definition.expect("it is read");
    (definition, organisation)
}

fn start() -> Timestamp {
    "2026-11-01T09:00:00Z".parse().unwrap()
}

fn selection() -> Selection {
    let window = Window { from: start() - 24.hours(), until: start() + (24 * 40).hours() };
    Selection::all(window, window.until)
}

/// Runs that each go through these touchpoints, an hour apart, with a score at the last.
fn columns(paths: &[&[&str]], score: f64) -> Columns {
    let mut builder = Builder::new();
    for (number, path) in paths.iter().enumerate() {
        let run = RunId::from_u128(number as u128 + 1);
        builder
            .run(&RunRow {
                id: run,
                started: start(),
                version: "v",
                personas: &Default::default(),
                ended: None,
                dropped: None,
                goal: None,
            })
            .unwrap();
        for (at, touchpoint) in path.iter().enumerate() {
            builder
                .contact(&Row {
                    run,
                    sequence: at as u32 + 1,
                    touchpoint,
                    time: start() + (at as i64).hours(),
                    channel: None,
                    reason: None,
                    score: (at + 1 == path.len()).then(|| Experience::new(score).unwrap()),
                })
                .unwrap();
        }
    }
    builder.finish().unwrap()
}

fn drawn(columns: &Columns, audiences: &Audiences) -> Sheet {
    let (definition, organisation) = repair();
    let summary = summary(columns, &definition, &selection()).unwrap();
    sheet(&Drawing {
        definition: &definition,
        organisation: &organisation,
        summary: Some(&summary),
        version: Some(3),
        published: Some(start()),
        draft: false,
        persona: None,
        audiences,
        language: words::Language::Nl,
    })
}

#[test]
fn figures_stand_at_their_touchpoints() {
    let path: &[&str] = &["melding", "afspraak", "niet-gelukt"];
    let sheet = drawn(&columns(&[path; 12], -1.5), &Audiences::default());
    let found = sheet.touchpoint(&TouchpointId::new("niet-gelukt")).unwrap();
    assert_eq!(found.reached.map(|reached| (reached.count, reached.share)), Some((12, 1.0)));
    assert_eq!(found.experience.measured.map(|measured| (measured.mean.value(), measured.n)), Some((-1.5, 12)));
    assert_eq!(found.wait_seconds_median, Some(3_600));
    assert_eq!(found.note.as_deref(), Some("100 % geeft een 5 of lager"), "a pain says how many gave a low mark");
    assert_eq!(sheet.header.version, Some(3));
    assert_eq!(sheet.totals.runs, Some(12));
    let last = sheet.header.window.unwrap().1;
    assert_eq!(last, jiff::civil::date(2026, 12, 11), "the last day in it, in the organisation's zone");
}

#[test]
fn without_a_run_nothing_counts_as_measured() {
    let sheet = drawn(&columns(&[], 0.0), &Audiences::default());
    assert_eq!(sheet.totals.runs, None);
    assert!(sheet.touchpoints.iter().all(|touchpoint| touchpoint.reached.is_none()));
}

#[test]
fn a_small_curve_shows_the_worst_and_the_best() {
    let spark = spark(&example()).expect("a curve");
    assert!(spark.line.starts_with('M') && spark.line.contains('C'));
    let tones: Vec<Tone> = spark.dots.iter().map(|dot| dot.2).collect();
    assert_eq!(tones, [Tone::Bad, Tone::Good]);
    let (bad, good) = (spark.dots[0], spark.dots[1]);
    assert!(bad.1 > spark.zero && good.1 < spark.zero, "bad is below the neutral line");
    let mut unmeasured = example();
    for touchpoint in &mut unmeasured.touchpoints {
        touchpoint.experience.measured = None;
    }
    assert_eq!(super::spark(&unmeasured), None);
}

#[test]
fn the_curve_on_a_phone_has_a_dot_per_point_and_breaks_where_nothing_was_measured() {
    let sheet = example();
    let side = side(&sheet);
    assert_eq!(side.dots.len(), points(&sheet).len());
    assert_eq!(side.height, 100.0 * sheet.touchpoints.len() as f64);
    assert_eq!(side.lines.len(), 2, "before the reminder, of which too little is known, and after it");
    assert!(side.dots.iter().all(|(x, ..)| (0.0..=2.0 * side.half).contains(x)));
}

#[test]
fn the_flow_goes_down_and_back() {
    let path: &[&str] = &["melding", "afspraak", "niet-gelukt", "afspraak", "gerepareerd"];
    let (definition, _) = repair();
    let columns = columns(&[path; 3], 1.0);
    let chosen = for_definition(&columns, &definition, &selection());
    let edges = follows(&chosen).edges(10, selection().window);
    let steps: Vec<(TouchpointId, String)> = ["melding", "afspraak", "niet-gelukt", "gerepareerd"]
        .map(|id| (TouchpointId::new(id), "fase".to_owned()))
        .into();
    let flow = flow(&steps, &edges);
    assert_eq!((flow.lines.len(), flow.left_out), (4, 0));
    let back: Vec<bool> = flow.lines.iter().map(|line| line.back).collect();
    assert_eq!(back.iter().filter(|back| **back).count(), 1);
    assert_eq!(flow.nodes[0].phase.as_deref(), Some("fase"));
    assert_eq!(flow.nodes[1].phase, None, "a phase is named once");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn everything_of_a_flow_stays_on_its_picture(paths in prop::collection::vec(prop::collection::vec(0usize..9, 1..12), 1..20)) {
        let (definition, _) = repair();
        let ids: Vec<&str> = definition.touchpoints.iter().map(|touchpoint| touchpoint.id.as_str()).collect();
        let named: Vec<Vec<&str>> = paths.iter().map(|path| path.iter().map(|at| ids[*at]).collect()).collect();
        let columns = columns(&named.iter().map(Vec::as_slice).collect::<Vec<_>>(), 0.0);
        let edges = follows(&for_definition(&columns, &definition, &selection())).edges(80, selection().window);
        let steps: Vec<(TouchpointId, String)> =
            definition.touchpoints.iter().map(|touchpoint| (touchpoint.id.clone(), touchpoint.phase.to_string())).collect();
        let flow = flow(&steps, &edges);
        prop_assert_eq!(flow.lines.len() + flow.left_out, edges.len());
        for line in &flow.lines {
            prop_assert!((60.0..=flow.size.0 - 60.0).contains(&line.label.0) && (0.0..=flow.size.1).contains(&line.label.1));
            prop_assert!(line.width <= 12.0);
        }
        // Arcs in one lane never share a stretch: no two labels stand at one place.
        for (at, line) in flow.lines.iter().enumerate() {
            let same = |other: &&FlowLine| (other.label.0 - line.label.0).abs() < 20.0 && (other.label.1 - line.label.1).abs() < 8.0;
            prop_assert!(flow.lines[at + 1..].iter().find(same).is_none(), "{line:?}");
        }
    }
}
