use map::{Sheet, rules};
use serde::Serialize;
use words::{Evidence, ShowAs};

/// How a point of a curve is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// At +0.5 or higher.
    Good,
    /// In between.
    Mid,
    /// At −0.5 or lower, or a pain.
    Bad,
    /// Five to nine answers.
    Hollow,
}

/// A measured point of a journey.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Which touchpoint, by its place on the sheet.
    pub at: usize,
    /// −2..+2.
    pub value: f64,
    /// Its colour.
    pub tone: Tone,
    /// On the line that most customers follow, with ten answers or more.
    pub on_line: bool,
}

/// Every point that may be shown, in order.
pub fn points(sheet: &Sheet) -> Vec<Point> {
    let branches = rules::branches(sheet);
    let found = rules::findings(sheet);
    let is_pain = |at: usize| {
        found.iter().any(|found| found.touchpoint == at && found.finding == rules::Finding::Pain && found.measured)
    };
    let shown = sheet.touchpoints.iter().enumerate().filter_map(|(at, touchpoint)| {
        let measured = touchpoint.experience.measured?;
        let value = measured.mean.value();
        let tone = match Evidence(measured.n).show_as() {
            ShowAs::Hidden { .. } => return None,
            ShowAs::Few => Tone::Hollow,
            ShowAs::Full if is_pain(at) || value <= rules::PAIN_AT => Tone::Bad,
            ShowAs::Full if value >= -rules::PAIN_AT => Tone::Good,
            ShowAs::Full => Tone::Mid,
        };
        Some(Point { at, value, tone, on_line: tone != Tone::Hollow && !branches[at] })
    });
    shown.collect()
}
