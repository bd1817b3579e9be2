use jiff::{SignedDuration, Timestamp, civil::Date};
use journey::{Definition, Organisation, Saying, Touchpoint};
use map::{AtTouchpoint, Exit, GoalReached, Loop, Measured, Measurement, Reached};
use measure::{LoopFigures, Summary, TouchpointFigures};
use words::{Experience, Figure, Language, Window};

use super::{Audiences, notes};
use crate::language::Text;

/// What was measured, as the map takes it.
pub fn measured(
    definition: &Definition,
    organisation: &Organisation,
    summary: &Summary,
    audiences: &Audiences,
    language: Language,
) -> Measured {
    let saying = Saying::of(definition, language);
    let at = |touchpoint: &Touchpoint| {
        let figures = summary.touchpoints.iter().find(|figures| figures.id == touchpoint.id);
        (touchpoint.id.clone(), at_touchpoint(saying, touchpoint, figures, audiences))
    };
    Measured {
        window: Some(days(summary.window, organisation)),
        runs: summary.started.n,
        answers: summary.answers.n,
        touchpoints: definition.touchpoints.iter().map(at).collect(),
        loops: summary.loops.iter().filter_map(way_back).collect(),
        goal: summary.goal.as_ref().and_then(|figure| {
            let share = figure.value?;
            Some(GoalReached { count: (share * figure.n as f64).round() as u64, share })
        }),
    }
}

/// First and last civil day of a window in the organisation's zone.
fn days(window: Window, organisation: &Organisation) -> (Date, Date) {
    let date = |moment: Timestamp| moment.to_zoned(organisation.zone.clone()).date();
    let last = window.until.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(window.until);
    (date(window.from), date(last))
}

fn at_touchpoint(
    saying: Saying<'_>,
    touchpoint: &Touchpoint,
    figures: Option<&TouchpointFigures>,
    audiences: &Audiences,
) -> AtTouchpoint {
    let followed = figures.filter(|_| happens(touchpoint));
    AtTouchpoint {
        experience: figures.and_then(|figures| measurement(&figures.experience)),
        reached: followed.and_then(reached),
        audience: touchpoint.counted.is_some().then(|| audiences.at(&touchpoint.id)),
        wait_seconds_median: followed.and_then(|figures| seconds(&figures.since_previous)),
        exit: followed.and_then(|figures| exit(saying, figures)),
        note: None,
    }
}

/// Whether a run can have it at all: it is recognised, made to happen, or a task whose completion is it.
pub fn happens(touchpoint: &Touchpoint) -> bool {
    !touchpoint.seen.is_empty() || touchpoint.when.is_some() || touchpoint.task.is_some()
}

/// Under five answers a figure has no value; only how many there are is drawn then.
fn measurement(figure: &Figure) -> Option<Measurement> {
    let mean = Experience::new(figure.value.unwrap_or(0.0))?;
    (figure.n > 0).then_some(Measurement { mean, interval: figure.interval, n: figure.n })
}

fn reached(figures: &TouchpointFigures) -> Option<Reached> {
    Some(Reached { count: figures.runs.n, share: figures.reach.value? })
}

fn seconds(figure: &Figure) -> Option<i64> {
    figure.value.map(|seconds| seconds.round() as i64)
}

/// `exit.share`, as everywhere.
fn exit(saying: Saying<'_>, figures: &TouchpointFigures) -> Option<Exit> {
    let count = figures.fates.exits();
    (count > 0).then_some(Exit { count, share: figures.left.value?, reason: reason(saying, figures) })
}

/// The reason named most; "mostly" where some had another or none is known.
fn reason(saying: Saying<'_>, figures: &TouchpointFigures) -> Option<String> {
    let named = figures.exits.iter().find_map(|exit| exit.reason.as_deref())?;
    let said = saying.value(named);
    let only = figures.exits.iter().all(|exit| exit.reason.as_deref() == Some(named));
    if only {
        Some(said)
    } else {
        Some(notes::said(&Text::new("drawing-mostly").with("reason", said), saying.language()))
    }
}

/// A way back that nobody took is not drawn.
fn way_back(figures: &LoopFigures) -> Option<Loop> {
    Some(Loop {
        from: figures.from.clone(),
        to: figures.to.clone(),
        count: (figures.runs > 0).then_some(figures.runs)?,
        share: figures.share.value?,
        label: None,
    })
}
