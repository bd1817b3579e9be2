//! Where the map comes from: owner, version, window, numbers.

use words::{Evidence, ShowAs};

use crate::canvas::{Canvas, Pen};
use crate::format;
use crate::frame::Frame;
use crate::text::Style;

const PITCH: f64 = 4.1;
const FIRST: f64 = 3.5;
const WIDEST: f64 = 42.0;

/// Rows of a label and a value.
pub(super) struct Info {
    rows: Vec<(&'static str, Vec<String>)>,
    labels: f64,
}

impl Info {
    pub(super) fn of(frame: &Frame<'_>) -> Self {
        let rows: Vec<_> =
            rows(frame).into_iter().map(|(label, value)| (label, frame.wrap(&value, Style::BODY, WIDEST))).collect();
        let labels = rows.iter().map(|(label, _)| Style::BODY.width(label)).fold(0.0, f64::max);
        Self { rows, labels }
    }

    pub(super) fn width(&self) -> f64 {
        let values = self.rows.iter().flat_map(|(_, lines)| lines);
        self.labels + 4.0 + values.map(|line| Style::BODY.width(line)).fold(0.0, f64::max)
    }

    pub(super) fn depth(&self) -> f64 {
        let rows = self.rows.iter().map(|(_, lines)| PITCH + Style::BODY.drop(lines.len()));
        FIRST + rows.sum::<f64>() - PITCH + 2.0
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, (x, top): (f64, f64)) {
        let mut baseline = top + FIRST;
        for (label, lines) in &self.rows {
            canvas.lines.write(Pen::second(Style::BODY), (x, baseline), *label);
            let value = (x + self.labels + 4.0, baseline);
            canvas.lines.write_lines(Pen::ink(Style::BODY), value, lines);
            baseline += PITCH + Style::BODY.drop(lines.len());
        }
    }
}

fn rows(frame: &Frame<'_>) -> Vec<(&'static str, String)> {
    let (header, terms, language) = (&frame.sheet.header, frame.terms, frame.language());
    let mut rows = Vec::new();
    rows.extend(header.owner.clone().map(|owner| (terms.owner(), owner)));
    let number = header.version.map(|version| match header.published {
        Some(date) => terms.version_of(version, &format::day(date, language)),
        None => version.to_string(),
    });
    let number = number.or_else(|| header.draft.then(|| terms.concept().to_owned()));
    rows.extend(number.map(|version| (terms.version(), version)));
    let data = header.window.map(|window| format::window(window, language));
    rows.push((terms.data(), data.unwrap_or_else(|| terms.no_data().to_owned())));
    let n = |count| format!("n\u{a0}{}", format::count(count, language));
    rows.extend(frame.sheet.totals.runs.map(|runs| (terms.runs(), n(runs))));
    if let Some(answers) = frame.sheet.totals.answers {
        let moments = measured_moments(frame);
        let text = match moments {
            0 => n(answers),
            _ => format!("{}, {}", n(answers), terms.over_moments(moments)),
        };
        rows.push((terms.answers(), text));
    }
    let goal = frame.sheet.goal.as_ref().filter(|goal| goal.touchpoint.is_none());
    if let Some(share) = goal.and_then(|goal| goal.share) {
        rows.push((terms.goal_reached_label(), format::share(share, language)));
    }
    rows.extend(header.estimated_by.clone().map(|by| (terms.estimated_by(), by)));
    if frame.number.1 > 1 {
        let (nth, of) = frame.number;
        rows.push((terms.sheet(), format!("{nth} {} {of}", terms.of())));
    }
    rows
}

fn measured_moments(frame: &Frame<'_>) -> usize {
    let shown = |n: u64| !matches!(Evidence(n).show_as(), ShowAs::Hidden { .. });
    let measured = frame.sheet.touchpoints.iter().filter_map(|touchpoint| touchpoint.experience.measured);
    measured.filter(|measurement| shown(measurement.n)).count()
}
