//! The flow: what directly followed what, and the paths that customers took most.

use axum::extract::{Path, Query, State};
use journey::Definition;
use measure::{Edge, Variant, follows, for_definition, variants};
use serde::Serialize;
use words::{Starter, TouchpointId};

use super::{
    choice::Asked,
    head::Head,
    moment::figures,
    open::{Measured, Opened},
    said::Sayer,
};
use crate::{
    App,
    drawing::{Flow, flow, happens},
    problem::Answer,
    session::Viewer,
    views::data,
};

/// Pairs in the picture and the table.
const EDGES: usize = 80;
/// Letters on a line of a box.
const BOX_CHARS: usize = 33;
/// Paths shown, and steps of each.
const VARIANTS: usize = 10;
const STEPS: usize = 40;

/// A touchpoint with what came next.
#[derive(Serialize)]
struct Step {
    number: usize,
    title: String,
    /// The title in its box: one line or two.
    lines: Vec<String>,
    phase: String,
    href: String,
    /// `customer` or `us`.
    from: &'static str,
    runs: u64,
    customers: String,
    selected: bool,
    next: Vec<Next>,
}

#[derive(Serialize)]
struct Next {
    title: String,
    number: usize,
    count: u64,
    median: String,
    back: bool,
}

/// What a line says.
#[derive(Serialize)]
struct Label {
    count: u64,
    median: String,
}

/// One path with its customers.
#[derive(Serialize)]
struct Strip {
    runs: u64,
    share: String,
    steps: Vec<Chip>,
    more: usize,
}

#[derive(Serialize)]
struct Chip {
    number: usize,
    title: String,
    from: &'static str,
    again: bool,
}

#[derive(Serialize)]
struct Page {
    head: Head,
    flow: Option<Flow>,
    labels: Vec<Label>,
    steps: Vec<Step>,
    strips: Vec<Strip>,
    /// Different paths in all.
    distinct: usize,
    /// Pairs beyond those in the table.
    beyond: usize,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let say = Sayer(viewer.speech.language);
    let page = match opened.filled() {
        Some(measured) => filled(&viewer, &opened, measured, say),
        None => Page {
            head: Head::of(&viewer, &opened, "stroom"),
            flow: None,
            labels: Vec::new(),
            steps: Vec::new(),
            strips: Vec::new(),
            distinct: 0,
            beyond: 0,
        },
    };
    viewer.render("journey/flow.html", data(&page))
}

fn filled(viewer: &Viewer, opened: &Opened, measured: &Measured, say: Sayer) -> Page {
    let (definition, window) = (&opened.definition, measured.selection.window);
    let chosen = for_definition(&measured.columns, definition, &measured.selection);
    let counted = follows(&chosen);
    let edges = counted.edges(EDGES, window);
    let found = variants(&chosen);
    let order = in_order(definition);
    let steps: Vec<(TouchpointId, String)> =
        order.iter().map(|touchpoint| (touchpoint.id.clone(), phase(definition, touchpoint))).collect();
    Page {
        head: Head::of(viewer, opened, "stroom"),
        flow: Some(flow(&steps, &edges)),
        labels: edges.iter().map(|edge| label(edge, say)).collect(),
        steps: order.iter().map(|touchpoint| step(opened, measured, touchpoint, &edges, say)).collect(),
        strips: found.top(VARIANTS, window).iter().map(|variant| strip(definition, variant, say)).collect(),
        distinct: found.distinct(),
        beyond: counted.pair_count() - edges.len(),
    }
}

/// The touchpoints that a run can have, in the order of the phases.
fn in_order(definition: &Definition) -> Vec<&journey::Touchpoint> {
    let mut order: Vec<&journey::Touchpoint> =
        definition.touchpoints.iter().filter(|touchpoint| happens(touchpoint)).collect();
    order.sort_by_key(|touchpoint| definition.phases.iter().position(|phase| phase.id == touchpoint.phase));
    order
}

fn phase(definition: &Definition, touchpoint: &journey::Touchpoint) -> String {
    definition.phase(&touchpoint.phase).map(|phase| phase.title.clone()).unwrap_or_default()
}

/// Its place in the journey, from 1, as everywhere else; 0 for one that the journey has no more.
fn number(definition: &Definition, id: &TouchpointId) -> usize {
    definition.touchpoints.iter().position(|touchpoint| touchpoint.id == *id).map_or(0, |at| at + 1)
}

fn label(edge: &Edge, say: Sayer) -> Label {
    Label { count: edge.count.n, median: say.time(&edge.median).value }
}

fn starter(touchpoint: &journey::Touchpoint) -> &'static str {
    match (touchpoint.from, &touchpoint.sent_by) {
        (_, Some(_)) => "later",
        (Starter::Customer, None) => "customer",
        (Starter::Us, None) => "we",
    }
}

fn step(opened: &Opened, measured: &Measured, touchpoint: &journey::Touchpoint, edges: &[Edge], say: Sayer) -> Step {
    let (id, definition) = (touchpoint.id.as_str(), &opened.definition);
    let here = number(definition, &touchpoint.id);
    let next = edges.iter().filter(|edge| edge.from == touchpoint.id).map(|edge| {
        let to = number(definition, &edge.to);
        Next {
            title: definition.touchpoint(&edge.to).map(|other| other.title.clone()).unwrap_or_default(),
            number: to,
            count: edge.count.n,
            median: say.time(&edge.median).value,
            back: to <= here,
        }
    });
    Step {
        number: here,
        title: touchpoint.title.clone(),
        lines: in_box(&touchpoint.title),
        phase: phase(&opened.definition, touchpoint),
        href: opened.link("stroom", &[("moment", id)]),
        from: starter(touchpoint),
        runs: figures(&measured.summary.touchpoints, touchpoint).map_or(0, |figures| figures.runs.n),
        customers: opened.customers("geweest", &[("moment", id)]),
        selected: opened.choice.moment.as_ref() == Some(&touchpoint.id),
        next: next.collect(),
    }
}

/// A title on one line, or on two when it is long; what does not fit then ends in "…".
fn in_box(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= BOX_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(BOX_CHARS).collect()),
        }
    }
    if lines.len() > 2 {
        lines.truncate(2);
        lines[1].push('…');
    }
    lines
}

fn strip(definition: &Definition, variant: &Variant, say: Sayer) -> Strip {
    let chip = |(at, id): (usize, &TouchpointId)| {
        let touchpoint = definition.touchpoint(id);
        Chip {
            number: number(definition, id),
            title: touchpoint.map_or_else(|| id.to_string(), |touchpoint| touchpoint.title.clone()),
            from: touchpoint.map_or("later", starter),
            again: variant.touchpoints[..at].contains(id),
        }
    };
    Strip {
        runs: variant.runs,
        share: say.share(&variant.share).value,
        steps: variant.touchpoints.iter().take(STEPS).enumerate().map(chip).collect(),
        more: variant.touchpoints.len().saturating_sub(STEPS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_stands_on_two_lines_in_its_box() {
        assert_eq!(in_box("Ik meld een reparatie"), ["Ik meld een reparatie"]);
        let long = in_box("Er wordt opgeschreven waarom ik moet wachten");
        assert_eq!(long, ["Er wordt opgeschreven waarom ik", "moet wachten"]);
        let longer = in_box(&"heel lang ".repeat(20));
        assert!(longer.len() == 2 && longer[1].ends_with('…') && longer[1].chars().count() <= BOX_CHARS + 1);
    }
}
