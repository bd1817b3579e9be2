use jiff::{Timestamp, ToSpan};
use journey::{Definition, Organisation};
use map::Sheet;
use measure::{Builder, Columns, Edge, Row, RunRow, Selection, follows, for_definition, summary};
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
fn the_map_says_the_drop_off_of_the_figures() {
    let mut builder = Builder::new();
    for number in 0..4_u128 {
        let run = RunId::from_u128(number + 1);
        let exit = measure::ExitRow { time: start(), after: Some("melding"), reason: Some("zelf-opgelost") };
        let went = (number == 1).then_some((words::Ending::Left, exit));
        let row = RunRow {
            id: run,
            started: start(),
            version: "v",
            personas: &Default::default(),
            ended: went,
            dropped: (number == 0).then_some(exit),
            goal: None,
        };
        builder.run(&row).unwrap();
        for (at, touchpoint) in ["melding", "afspraak"].into_iter().enumerate().take(if number == 2 { 2 } else { 1 }) {
            let (sequence, time) = (at as u32 + 1, start() + (at as i64).hours());
            let row = Row { run, sequence, touchpoint, time, channel: None, reason: None, score: None };
            builder.contact(&row).unwrap();
        }
    }
    let sheet = drawn(&builder.finish().unwrap(), &Audiences::default());
    let exit = sheet.touchpoint(&TouchpointId::new("melding")).unwrap().exit.clone().unwrap();
    assert_eq!((exit.count, exit.share), (2, 2.0 / 3.0), "one went silent, one left; one went on, and one waits");
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
            prop_assert!((0.0..=flow.size.0).contains(&line.label.0) && (0.0..=flow.size.1).contains(&line.label.1));
            prop_assert!(line.width <= 12.0);
        }
        for (at, line) in flow.lines.iter().enumerate() {
            let label = label(line);
            prop_assert!(label.0 >= 0.0 && label.2 <= flow.size.0, "{line:?} leaves the picture");
            for (other, crossed) in flow.lines.iter().enumerate() {
                prop_assert!(!crosses(crossed, label), "{line:?} has its label on {crossed:?}");
                prop_assert!(at == other || !overlap(label, self::label(crossed)), "{line:?} and {crossed:?}");
            }
            for node in &flow.nodes {
                let (left, width, height) = flow.node;
                prop_assert!(!overlap(label, (left, node.y, left + width, node.y + height)), "{line:?} on {node:?}");
            }
        }
        // Whoever came somewhere came from somewhere, and the picture says from where and where to.
        for node in &flow.nodes {
            let sides: [fn(&Edge) -> &TouchpointId; 2] = [|edge| &edge.from, |edge| &edge.to];
            let ways = |side: fn(&Edge) -> &TouchpointId| {
                edges.iter().enumerate().filter(move |(_, edge)| edge.from != edge.to && *side(edge) == node.id)
            };
            let sums = sides.map(|side| ways(side).map(|(_, edge)| edge.count.n).sum::<u64>());
            for (side, sum) in sides.into_iter().zip(sums) {
                let drawn = ways(side).any(|(at, _)| flow.lines.iter().any(|line| line.edge == at));
                prop_assert!(drawn || sum == 0 || sum * 5 < sums[0].max(sums[1]), "{node:?} has no line");
            }
        }
    }
}

type Box = (f64, f64, f64, f64);

/// The room that a label takes: left, top, right, bottom.
fn label(line: &FlowLine) -> Box {
    let (width, height) = if line.is_arc { (78.0, 27.0) } else { (130.0, 12.0) };
    let (x, baseline) = line.label;
    let left = if line.back { x - width } else { x };
    (left, baseline - 10.0, left + width, baseline - 10.0 + height)
}

fn overlap(a: Box, b: Box) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

/// Whether a line, as thick as it is, lies under a box.
fn crosses(line: &FlowLine, on: Box) -> bool {
    let half = line.width / 2.0;
    line.corners.windows(2).any(|ends| {
        let (a, b) = (ends[0], ends[1]);
        overlap((a.0.min(b.0) - half, a.1.min(b.1) - half, a.0.max(b.0) + half, a.1.max(b.1) + half), on)
    })
}
