//! What directly followed what, as a picture: touchpoints below each other in the order of the definition, the next step as a
//! line between two, jumps ahead as arcs on the right, ways back on the left.

use measure::Edge;
use serde::Serialize;
use words::TouchpointId;

/// Left side and width of a touchpoint's box.
const BOX: (f64, f64) = (366.0, 330.0);
const BOX_HEIGHT: f64 = 42.0;
/// From one box to the next.
const PITCH: f64 = 84.0;
/// Room for the name of a phase above its first box.
const PHASE: f64 = 30.0;
/// From a box to the first arc beside it, and from arc to arc.
const FIRST_LANE: f64 = 52.0;
const LANE: f64 = 106.0;
/// Arcs beside each other on one side; what does not fit stands in the table alone.
const LANES: usize = 3;
const WIDTH: f64 = 1064.0;
const CORNER: f64 = 12.0;
/// From a line to its label.
const BESIDE: f64 = 6.0;
/// From the middle of a box to where its arcs leave and arrive.
const ASIDE: f64 = 10.0;
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
    /// Where its label begins; on the left side, where it ends.
    pub label: (f64, f64),
    /// Whether it goes back.
    pub back: bool,
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
    let most = edges.iter().map(|edge| edge.count.n).max().unwrap_or(1).max(1) as f64;
    let mut lanes = Lanes::default();
    let mut lines = Vec::new();
    for (nth, edge) in edges.iter().enumerate() {
        let (Some(from), Some(to)) = (place(&edge.from), place(&edge.to)) else { continue };
        let width = 1.2 + (THICKEST - 1.2) * edge.count.n as f64 / most;
        let ends = (from, to);
        let drawn = if to == from + 1 { Some(next(&nodes, ends)) } else { lanes.arc(&nodes, ends) };
        if let Some((path, tip, label)) = drawn {
            let (width, back) = ((width * 10.0).round() / 10.0, to <= from);
            let beside = (width / 2.0 + BESIDE) * if back { -1.0 } else { 1.0 };
            let label = (((label.0 + beside) * 10.0).round() / 10.0, label.1);
            lines.push(FlowLine { edge: nth, path, width, tip, label, back });
        }
    }
    let height = nodes.last().map_or(0.0, |node| node.y + BOX_HEIGHT + 8.0);
    let left_out = edges.len() - lines.len();
    Flow { size: (WIDTH, height), node: (BOX.0, BOX.1, BOX_HEIGHT), nodes, lines, left_out }
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

type Drawn = (String, String, (f64, f64));

/// Straight down to the box below.
fn next(nodes: &[FlowNode], (from, to): Ends) -> Drawn {
    let x = BOX.0 + BOX.1 / 2.0;
    let (top, bottom) = (nodes[from].y + BOX_HEIGHT, nodes[to].y);
    let tip = format!("{} {} {} {} {x} {}", x - 7.0, bottom - 10.0, x + 7.0, bottom - 10.0, bottom - 1.0);
    // Beside the line, above the name of a phase that may follow.
    (format!("M{x} {top}V{}", bottom - 9.0), tip, (x, top + (PITCH - BOX_HEIGHT) / 2.0 + 4.0))
}

/// Which stretches of which lanes are taken, right and left.
#[derive(Default)]
struct Lanes {
    right: [Vec<(f64, f64)>; LANES],
    left: [Vec<(f64, f64)>; LANES],
}

impl Lanes {
    /// An arc in the first lane that is free there; none when all are taken.
    fn arc(&mut self, nodes: &[FlowNode], (from, to): Ends) -> Option<Drawn> {
        let back = to <= from;
        let middle = |at: usize| nodes[at].y + BOX_HEIGHT / 2.0;
        // Leaving on one side of the middle and arriving on the other, so that the two stay apart.
        let apart = if back && from != to { -ASIDE } else { ASIDE };
        let (start, end) = (middle(from) + apart, middle(to) - apart);
        let (high, low) = (start.min(end), start.max(end));
        let lanes = if back { &mut self.left } else { &mut self.right };
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|(top, bottom)| low < *top || *bottom < high);
        let lane = lanes.iter().position(free)?;
        lanes[lane].push((high, low));
        Some(shape((start, end), lane, back))
    }
}

fn shape((start, end): (f64, f64), lane: usize, back: bool) -> Drawn {
    let outward = if back { -1.0 } else { 1.0 };
    let side = if back { BOX.0 } else { BOX.0 + BOX.1 };
    let x = side + outward * (FIRST_LANE + LANE * lane as f64);
    let down = if end > start { 1.0 } else { -1.0 };
    let turn = CORNER.min((end - start).abs() / 2.0);
    let near = x - outward * turn;
    let arrive = side + outward * 9.0;
    let path = format!(
        "M{side} {start}H{near}Q{x} {start} {x} {}V{}Q{x} {end} {near} {end}H{arrive}",
        start + down * turn,
        end - down * turn,
    );
    let tip = format!("{} {} {} {} {} {end}", arrive, end - 6.0, arrive, end + 6.0, side + outward);
    (path, tip, (x, (start + end) / 2.0 + 4.0))
}
