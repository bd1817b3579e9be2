//! Which points belong to one curve, and where a curve breaks.

use super::Chart;
use super::nodes::Node;
use crate::curve::Spline;

/// One curve, with what it passes through.
pub(super) struct Chain {
    pub(super) spline: Spline,
    /// Columns of its points.
    pub(super) columns: Vec<usize>,
    /// Per stretch between two points: both rest on ten answers or more.
    pub(super) full: Vec<bool>,
}

/// A margin between two curves.
pub(super) struct Band {
    pub(super) high: Spline,
    pub(super) low: Spline,
    pub(super) points: usize,
    pub(super) on_branch: bool,
}

/// Everything that is drawn as a curve.
pub(super) struct Chains {
    pub(super) expected: Vec<Chain>,
    pub(super) desired: Vec<Chain>,
    pub(super) estimated: Vec<Chain>,
    /// The main line, broken where nothing is measured.
    pub(super) measured: Vec<Chain>,
    /// Dips to moments off the main line.
    pub(super) branches: Vec<Chain>,
    pub(super) bands: Vec<Band>,
}

impl Chains {
    pub(super) fn of(nodes: &[Node], chart: Chart) -> Self {
        let by = |value: fn(&Node) -> Option<f64>| {
            let known = nodes.chunk_by(|a, b| value(a).is_some() == value(b).is_some());
            known.filter(|run| value(&run[0]).is_some()).map(|run| chain(run.iter(), value, chart)).collect()
        };
        let shown = |node: &Node| node.shown.map(|shown| shown.value);
        let main: Vec<&Node> = nodes.iter().filter(|node| node.branch.is_none()).collect();
        let runs = main.chunk_by(|a, b| a.shown.is_some() == b.shown.is_some());
        let runs: Vec<&[&Node]> = runs.filter(|run| run[0].shown.is_some()).collect();
        let branches = branches(nodes);
        let mut bands: Vec<Band> = runs.iter().flat_map(|run| bands(run, chart, false)).collect();
        bands.extend(branches.iter().flat_map(|run| bands_of(run, chart)));
        Self {
            expected: by(|node| node.expected),
            desired: by(|node| node.desired),
            estimated: by(|node| node.estimate.map(|(value, _)| value)),
            measured: runs.iter().map(|run| chain(run.iter().copied(), shown, chart)).collect(),
            branches: branches.iter().map(|run| chain(run.iter().copied(), shown, chart)).collect(),
            bands,
        }
    }

    /// The measured curve through a column.
    pub(super) fn through(&self, column: usize) -> Option<&Chain> {
        // A branch begins and ends on the main line, so the main line goes first.
        let all = self.measured.iter().chain(&self.branches);
        all.into_iter().find(|chain| chain.columns.contains(&column))
    }
}

fn chain<'a>(nodes: impl Iterator<Item = &'a Node>, value: impl Fn(&Node) -> Option<f64>, chart: Chart) -> Chain {
    let nodes: Vec<&Node> = nodes.collect();
    let points = nodes.iter().filter_map(|node| value(node).map(|value| (node.x, chart.y(value))));
    let full = |node: &Node| node.shown.is_some_and(|shown| shown.full);
    Chain {
        spline: Spline::through(points.collect()),
        columns: nodes.iter().map(|node| node.column).collect(),
        full: nodes.windows(2).map(|pair| full(pair[0]) && full(pair[1])).collect(),
    }
}

/// Runs of shown moments off the main line, each with the main moment before and after it where those are shown.
fn branches(nodes: &[Node]) -> Vec<Vec<&Node>> {
    let is_dip = |node: &Node| node.branch.is_some() && node.shown.is_some();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let length = nodes[at..].iter().take_while(|node| is_dip(node)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let main = |node: &&Node| node.branch.is_none();
        let before = nodes[..at].iter().rfind(main).filter(|node| node.shown.is_some());
        let after = nodes[at + length..].iter().find(main).filter(|node| node.shown.is_some());
        let run = before.into_iter().chain(&nodes[at..at + length]).chain(after);
        runs.push(run.collect());
        at += length;
    }
    runs
}

fn bands_of(run: &[&Node], chart: Chart) -> Vec<Band> {
    bands(run, chart, true)
}

/// Margins over stretches where every point is full and has an interval.
fn bands(run: &[&Node], chart: Chart, on_branch: bool) -> Vec<Band> {
    let interval = |node: &Node| node.shown.filter(|shown| shown.full).and_then(|shown| shown.interval);
    let known = run.chunk_by(|a, b| interval(a).is_some() == interval(b).is_some());
    let known = known.filter(|run| run.len() > 1 && interval(run[0]).is_some());
    known
        .map(|run| {
            let edge = |pick: fn((f64, f64)) -> f64| {
                let points = run.iter().filter_map(|node| interval(node).map(|found| (node.x, chart.y(pick(found)))));
                Spline::through(points.collect())
            };
            Band { high: edge(|interval| interval.1), low: edge(|interval| interval.0), points: run.len(), on_branch }
        })
        .collect()
}
