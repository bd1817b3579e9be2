//! What is known of each column, sorted by how it may be drawn.

use words::{Evidence, ShowAs};

use crate::frame::Frame;
use crate::glyphs::badge::Source;
use crate::rules::{self, Finding, Found};

/// A measured value that may be shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) value: f64,
    /// Ten answers or more.
    pub(super) full: bool,
    pub(super) interval: Option<(f64, f64)>,
}

/// One column with a touchpoint.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) column: usize,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) expected: Option<f64>,
    pub(super) desired: Option<f64>,
    /// Where nothing measured may be shown.
    pub(super) estimate: Option<(f64, Source)>,
    pub(super) shown: Option<Shown>,
    /// Answers still needed before anything shows; `None` when nobody was asked or enough have answered.
    pub(super) needed: Option<u64>,
    /// Less than half of the customers come here; with the share.
    pub(super) branch: Option<f64>,
    pub(super) found: Option<Found>,
    /// The last measured moment of the journey.
    pub(super) is_last: bool,
}

impl Node {
    /// A pain that was measured.
    pub(super) fn is_pain(&self) -> bool {
        self.found.is_some_and(|found| found.measured && found.finding == Finding::Pain)
    }
}

/// The nodes of a sheet.
pub(super) fn nodes(frame: &Frame<'_>) -> Vec<Node> {
    let all = &frame.sheet.touchpoints;
    let last = all.iter().rposition(|touchpoint| rules::measured(touchpoint).is_some());
    let node =
        |(column, slot, touchpoint): (usize, crate::frame::Slot<'_>, &crate::sheet::Touchpoint)| {
            let experience = &touchpoint.experience;
            let measured = experience.measured.map(|found| (found, Evidence(found.n).show_as()));
            let estimate = experience.asked.map(|value| (value, Source::Asked));
            let estimate = estimate.or_else(|| experience.assumed.map(|value| (value, Source::Assumed)));
            let shown = measured.filter(|(_, show)| !matches!(show, ShowAs::Hidden { .. })).map(|(found, show)| {
                Shown { value: found.mean.value(), full: show == ShowAs::Full, interval: found.interval }
            });
            let off = slot.touchpoint.is_some_and(|(index, _)| frame.branches[index]);
            let branch = touchpoint.reached.filter(|_| off);
            Node {
                column,
                x: slot.centre(),
                width: slot.width,
                expected: experience.expected.map(|value| value.value()),
                desired: experience.desired.map(|value| value.value()),
                estimate: estimate.filter(|_| shown.is_none()).map(|(value, source)| (value.value(), source)),
                shown,
                needed: measured.and_then(|(found, show)| match show {
                    ShowAs::Hidden { needed } if found.n > 0 => Some(needed),
                    _ => None,
                }),
                branch: branch.map(|reached| reached.share),
                found: frame.finding(&slot),
                is_last: slot.touchpoint.map(|(index, _)| index) == last && last.is_some(),
            }
        };
    frame.touchpoints().map(node).collect()
}
