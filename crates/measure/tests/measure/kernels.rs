use journey::{Funnel, Order, Span};
use measure::{Builder, Columns, follows, funnel, merge, path_tree, variants};
use proptest::prelude::*;
use words::TouchpointId;

use super::{
    logs::{at, everything, row},
    naive::{self, Run},
};

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn columns(runs: &[Run], from: usize) -> Columns {
    let mut builder = Builder::new();
    for (place, run) in runs.iter().enumerate() {
        for (sequence, (touchpoint, seconds)) in (1..).zip(run) {
            let name = NAMES[usize::from(*touchpoint)];
            builder.contact(&row(&format!("run {}", from + place), sequence, name, *seconds)).unwrap();
        }
    }
    builder.finish().unwrap()
}

/// Few touchpoints and few moments, so that loops and ties are frequent.
fn some_runs(length: usize) -> impl Strategy<Value = Vec<Run>> {
    let contact = (0..5_u8, 0..8_i64);
    let run = prop::collection::vec(contact, 1..length).prop_map(|mut run| {
        run.sort_by_key(|contact| contact.1);
        run
    });
    prop::collection::vec(run, 0..12)
}

proptest! {
    #[test]
    fn pairs_and_their_medians_are_exact(runs in some_runs(12)) {
        let expected = naive::pairs(&runs);
        let found = follows(&columns(&runs, 0));
        prop_assert_eq!(found.pair_count(), expected.len());
        let mut before = u64::MAX;
        for edge in found.edges(usize::MAX, everything()) {
            let code = |id: &TouchpointId| NAMES.iter().position(|name| *name == id.as_str()).unwrap() as u8;
            let gaps = &expected[&(code(&edge.from), code(&edge.to))];
            prop_assert_eq!(edge.count.n, gaps.len() as u64);
            prop_assert_eq!(edge.median.value, Some(naive::median(gaps)));
            prop_assert!(edge.count.n <= before, "most frequent first");
            before = edge.count.n;
        }
    }

    #[test]
    fn variants_are_exact(runs in some_runs(5)) {
        let expected = naive::variants(&runs);
        let found = variants(&columns(&runs, 0));
        prop_assert_eq!(found.distinct(), expected.len());
        for variant in found.top(usize::MAX, everything()) {
            let codes: Vec<u8> = variant
                .touchpoints
                .iter()
                .map(|id| NAMES.iter().position(|name| *name == id.as_str()).unwrap() as u8)
                .collect();
            prop_assert_eq!(variant.runs, expected[&codes]);
        }
    }

    #[test]
    fn path_trees_are_exact(runs in some_runs(7), start in 0..5_u8, depth in 1..5_usize) {
        let expected = naive::paths(&runs, start, depth);
        let tree = path_tree(&columns(&runs, 0), &TouchpointId::from(NAMES[usize::from(start)]), depth);
        prop_assert_eq!(tree.runs(), expected.values().sum::<u64>());
        prop_assert_eq!(tree.largest(), expected.values().copied().max().unwrap_or(0));
        if !expected.is_empty() {
            prop_assert_eq!(*tree.widths().last().unwrap(), expected.len());
        }
        for node in tree.nodes(1, everything()) {
            let begins = |path: &Vec<Option<u8>>| {
                let names = path.iter().map(|code| code.map(|code| NAMES[usize::from(code)]));
                names.zip(&node.path).all(|(name, id)| name == id.as_ref().map(TouchpointId::as_str))
            };
            let same: u64 = expected.iter().filter(|(path, _)| begins(path)).map(|(_, runs)| runs).sum();
            prop_assert_eq!(node.runs, same);
        }
    }

    #[test]
    fn a_funnel_finds_the_best_choice_of_contacts(
        runs in some_runs(7),
        steps in prop::collection::vec(0..4_u8, 1..5),
        within in prop::option::of(0..8_u64),
        order in prop::sample::select(vec![Order::Loose, Order::Strict, Order::Any]),
    ) {
        let question = Funnel {
            id: "f".to_owned(),
            title: None,
            steps: steps.iter().map(|code| TouchpointId::from(NAMES[usize::from(*code)])).collect(),
            within: within.map(Span::Seconds),
            order,
        };
        let found = funnel(&columns(&runs, 0), &question, at(1_000)).unwrap().reached();
        let window = within.map_or(i64::MAX, |seconds| seconds as i64);
        let levels: Vec<usize> = runs.iter().map(|run| naive::funnel_level(run, &steps, window, order)).collect();
        for (step, reached) in found.iter().enumerate() {
            let expected = levels.iter().filter(|level| **level > step).count() as u64;
            prop_assert_eq!(*reached, expected, "step {}", step);
        }
    }

    #[test]
    fn tallies_of_two_halves_are_the_tally_of_the_whole(runs in some_runs(7), cut in 0..12_usize, start in 0..5_u8) {
        let cut = cut.min(runs.len());
        let (left, right) = (columns(&runs[..cut], 0), columns(&runs[cut..], cut));
        let whole = columns(&runs, 0);
        let start = TouchpointId::from(NAMES[usize::from(start)]);

        let mut tally = follows(&left);
        tally.merge(&follows(&right)).unwrap();
        let by_name = |mut edges: Vec<measure::Edge>| {
            edges.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
            edges
        };
        prop_assert_eq!(by_name(tally.edges(99, everything())), by_name(follows(&whole).edges(99, everything())));

        let mut tally = variants(&left);
        tally.merge(&variants(&right)).unwrap();
        prop_assert_eq!(tally.distinct(), variants(&whole).distinct());
        prop_assert_eq!(tally.runs(), variants(&whole).runs());

        let mut tree = path_tree(&left, &start, 3);
        tree.merge(&path_tree(&right, &start, 3)).unwrap();
        let expected = path_tree(&whole, &start, 3);
        prop_assert_eq!((tree.runs(), tree.widths(), tree.largest()), (expected.runs(), expected.widths(), expected.largest()));

        let merged = merge(&left, &right).unwrap();
        prop_assert_eq!(by_name(follows(&merged).edges(99, everything())), by_name(follows(&whole).edges(99, everything())));
    }
}
