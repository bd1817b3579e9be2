//! What directly followed what, as a picture: touchpoints below each other in the order of the definition, the next step as a
//! line between two, jumps ahead as arcs on the right, ways back on the left. No label lies over a line.

use measure::Edge;
use serde::Serialize;
use words::TouchpointId;

/// Width and height of a touchpoint's box.
const BOX: (f64, f64) = (300.0, 42.0);
/// From one box to the next.
const PITCH: f64 = 84.0;
/// Room for the name of a phase above its first box.
const PHASE: f64 = 30.0;
/// From a box to the first arc beside it, and from arc to arc: a label of two short lines stands between.
const FIRST_LANE: f64 = 40.0;
const LANE: f64 = 97.0;
/// Arcs beside each other on one side. The most frequent way into and out of each touchpoint is always drawn, and may take
/// more; what does not fit of the others stands in the table alone.
const LANES: usize = 3;
const LANES_MAX: usize = 18;
/// A side of a touchpoint, in or out, of which fewer than one in so many of its ways are needs no line of its own.
const ONE_IN: u64 = 5;
const CORNER: f64 = 12.0;
/// From a line to its label.
const BESIDE: f64 = 6.0;
/// From the middle of a box to where its arcs leave and arrive.
const ASIDE: f64 = 10.0;
/// Between the stretches of two arcs in one lane.
const APART: f64 = 6.0;
/// The thickest line.
const THICKEST: f64 = 12.0;

/// A touchpoint as it stands in the picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlowNode {
    /// Which.
    pub id: TouchpointId,
    /// The name of its phase, when it is the first there.
    pub phase: Option<String>,
    /// The top of its box.
    pub y: f64,
}

/// A line between two touchpoints.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlowLine {
    /// Its place in the list of edges that was given.
    pub edge: usize,
    /// The `d` of a path.
    pub path: String,
    /// How thick.
    pub width: f64,
    /// The tip: three points of a triangle.
    pub tip: String,
    /// Where its label begins, on the first baseline; on the left side, where it ends.
    pub label: (f64, f64),
    /// An arc's label has two lines, one beside a line straight down has one.
    pub is_arc: bool,
    /// Whether it goes back.
    pub back: bool,
    /// The line without its bends.
    #[serde(skip)]
    pub(super) corners: Vec<(f64, f64)>,
}

/// The picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flow {
    /// Width and height.
    pub size: (f64, f64),
    /// Left side, width and height of a box.
    pub node: (f64, f64, f64),
    /// In order.
    pub nodes: Vec<FlowNode>,
    /// Most frequent first.
    pub lines: Vec<FlowLine>,
    /// Edges that are not drawn.
    pub left_out: usize,
}

/// From which place of the order to which.
type Ends = (usize, usize);

/// Lays it out. `steps`: the touchpoints in order, each with the name of its phase; `edges`: most frequent first.
pub fn flow(steps: &[(TouchpointId, String)], edges: &[Edge]) -> Flow {
    let nodes = nodes(steps);
    let place = |id: &TouchpointId| steps.iter().position(|(step, _)| step == id);
    let ends: Vec<Option<Ends>> = edges.iter().map(|edge| Some((place(&edge.from)?, place(&edge.to)?))).collect();
    let lanes = Lanes::of(&nodes, edges, &ends);
    let most = edges.iter().map(|edge| edge.count.n).max().unwrap_or(1).max(1) as f64;
    let side = |back: bool| FIRST_LANE + LANE * lanes.used(back) as f64;
    let left = side(true);
    let drawn = ends.iter().enumerate().filter_map(|(edge, ends)| {
        let ends = (*ends)?;
        let width = 1.2 + (THICKEST - 1.2) * edges[edge].count.n as f64 / most;
        let width = (width * 10.0).round() / 10.0;
        match lanes.place[edge] {
            _ if is_next(ends) => Some(straight(&nodes, ends, (edge, width), left)),
            Some(lane) => Some(arc(&nodes, ends, lane, (edge, width), left)),
            None => None,
        }
    });
    let lines: Vec<FlowLine> = drawn.collect();
    let height = nodes.last().map_or(0.0, |node| node.y + BOX.1 + 8.0);
    let left_out = edges.len() - lines.len();
    Flow { size: (left + BOX.0 + side(false), height), node: (left, BOX.0, BOX.1), nodes, lines, left_out }
}

fn nodes(steps: &[(TouchpointId, String)]) -> Vec<FlowNode> {
    let mut y = 4.0;
    let mut before: Option<&str> = None;
    let node = |(id, phase): &'_ (TouchpointId, String), y: &mut f64, is_first: bool| {
        *y += if is_first { PHASE } else { 0.0 };
        let node = FlowNode { id: id.clone(), phase: is_first.then(|| phase.clone()), y: *y };
        *y += PITCH;
        node
    };
    steps
        .iter()
        .map(|step| {
            let is_first = before != Some(step.1.as_str());
            before = Some(&step.1);
            node(step, &mut y, is_first)
        })
        .collect()
}

/// Straight down to the box below.
const fn is_next((from, to): Ends) -> bool {
    to == from + 1
}

fn straight(nodes: &[FlowNode], (from, to): Ends, (edge, width): (usize, f64), left: f64) -> FlowLine {
    let x = left + BOX.0 / 2.0;
    let (top, bottom) = (nodes[from].y + BOX.1, nodes[to].y);
    FlowLine {
        edge,
        path: format!("M{x} {top}V{}", bottom - 9.0),
        width,
        tip: format!("{} {} {} {} {x} {}", x - 7.0, bottom - 10.0, x + 7.0, bottom - 10.0, bottom - 1.0),
        // Beside the line, above the name of a phase that may follow.
        label: (rounded(x + width / 2.0 + BESIDE), top + (PITCH - BOX.1) / 2.0 + 4.0),
        is_arc: false,
        back: false,
        corners: vec![(x, top), (x, bottom)],
    }
}

/// Per edge the lane of its arc.
struct Lanes {
    place: Vec<Option<usize>>,
    /// Which stretches of which lanes are taken: right, left.
    taken: [Vec<Vec<(f64, f64)>>; 2],
}

impl Lanes {
    /// The most frequent way into and out of each touchpoint first, short arcs inside long ones; then the others as long as
    /// there is room.
    fn of(nodes: &[FlowNode], edges: &[Edge], ends: &[Option<Ends>]) -> Self {
        let mut lanes = Self { place: vec![None; ends.len()], taken: Default::default() };
        let arcs = || ends.iter().enumerate().filter_map(|(edge, ends)| Some((edge, (*ends)?)));
        let ways = || arcs().filter(|(_, ends)| ends.0 != ends.1);
        let out_of = |at: usize| ways().filter(move |(_, ends)| ends.0 == at);
        let into = |at: usize| ways().filter(move |(_, ends)| ends.1 == at);
        let sum =
            |ways: &mut dyn Iterator<Item = (usize, Ends)>| ways.map(|(edge, _)| edges[edge].count.n).sum::<u64>();
        let first = |at: usize| {
            let (out, came) = (sum(&mut out_of(at)), sum(&mut into(at)));
            let counts = |side: u64| side * ONE_IN >= out.max(came);
            [out_of(at).next().filter(|_| counts(out)), into(at).next().filter(|_| counts(came))]
        };
        let needed = (0..nodes.len()).flat_map(first).flatten();
        let mut needed: Vec<(usize, Ends)> = needed.filter(|(_, ends)| !is_next(*ends)).collect();
        needed.sort_by_key(|(edge, (from, to))| (from.abs_diff(*to), *edge));
        needed.dedup();
        for (edge, ends) in needed {
            lanes.take(nodes, edge, ends, LANES_MAX);
        }
        for (edge, ends) in arcs().filter(|(_, ends)| !is_next(*ends)) {
            lanes.take(nodes, edge, ends, LANES);
        }
        lanes
    }

    fn take(&mut self, nodes: &[FlowNode], edge: usize, ends: Ends, most: usize) {
        if self.place[edge].is_some() {
            return;
        }
        let (start, end) = stops(nodes, ends);
        let label = label_at(nodes, ends);
        let (high, low) = (start.min(end).min(label - 16.0) - APART, start.max(end).max(label + 16.0) + APART);
        let side = &mut self.taken[usize::from(is_back(ends))];
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(top, bottom)| low < *top || *bottom < high);
        let lane = side.iter().position(free).unwrap_or(side.len());
        if lane >= most.max(side.len().min(LANES)) {
            return;
        }
        if lane == side.len() {
            side.push(Vec::new());
        }
        side[lane].push((high, low));
        self.place[edge] = Some(lane);
    }

    /// How many lanes a side has.
    fn used(&self, back: bool) -> usize {
        self.taken[usize::from(back)].len().max(1)
    }
}

const fn is_back((from, to): Ends) -> bool {
    to <= from
}

/// Where an arc leaves and arrives: on one side of the middle and on the other, so that the two stay apart.
fn stops(nodes: &[FlowNode], ends: Ends) -> (f64, f64) {
    let middle = |at: usize| nodes[at].y + BOX.1 / 2.0;
    let apart = if is_back(ends) && ends.0 != ends.1 { -ASIDE } else { ASIDE };
    (middle(ends.0) + apart, middle(ends.1) - apart)
}

/// The middle of an arc's label: between two boxes, where no line leaves or arrives; of all such places the one nearest to
/// the middle of the arc. A repetition has it above its box.
fn label_at(nodes: &[FlowNode], (from, to): Ends) -> f64 {
    let (first, last) = (from.min(to), from.max(to));
    let below = |at: usize| nodes[at].y + BOX.1 + (PITCH - BOX.1) / 2.0;
    if first == last {
        return nodes[first].y - (PITCH - BOX.1) / 2.0;
    }
    let middle = f64::midpoint(nodes[first].y, nodes[last].y) + BOX.1 / 2.0;
    let gaps = (first..last).map(below);
    gaps.min_by(|a, b| (a - middle).abs().total_cmp(&(b - middle).abs())).unwrap_or(middle)
}

fn arc(nodes: &[FlowNode], ends: Ends, lane: usize, (edge, width): (usize, f64), left: f64) -> FlowLine {
    let back = is_back(ends);
    let (start, end) = stops(nodes, ends);
    let outward = if back { -1.0 } else { 1.0 };
    let side = if back { left } else { left + BOX.0 };
    let x = side + outward * (FIRST_LANE + LANE * lane as f64);
    let down = if end > start { 1.0 } else { -1.0 };
    let turn = CORNER.min((end - start).abs() / 2.0);
    let near = x - outward * turn;
    let arrive = side + outward * 9.0;
    FlowLine {
        edge,
        path: format!(
            "M{side} {start}H{near}Q{x} {start} {x} {}V{}Q{x} {end} {near} {end}H{arrive}",
            start + down * turn,
            end - down * turn,
        ),
        width,
        tip: format!("{} {} {} {} {} {end}", arrive, end - 6.0, arrive, end + 6.0, side + outward),
        label: (rounded(x + outward * (width / 2.0 + BESIDE)), label_at(nodes, ends) - 3.0),
        is_arc: true,
        back,
        corners: vec![(side, start), (x, start), (x, end), (side, end)],
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
