use journey::Organisation;
use map::{ChannelOn, Exit, Experiences, Measurement, Reached, Touchpoint};
use measure::{Summary, TouchpointFigures};
use words::{Channel, Experience, Figure, Rail};

use super::{Drawing, backstage};

/// Every touchpoint, in the order of the phases.
pub(super) fn all(drawing: &Drawing<'_>, summary: Option<&Summary>) -> Vec<Touchpoint> {
    let definition = drawing.definition;
    let place = |touchpoint: &&journey::Touchpoint| {
        definition.phases.iter().position(|phase| phase.id == touchpoint.phase).unwrap_or(usize::MAX)
    };
    let mut ordered: Vec<&journey::Touchpoint> = definition.touchpoints.iter().collect();
    ordered.sort_by_key(place);
    ordered.into_iter().map(|touchpoint| of(touchpoint, drawing, summary)).collect()
}

fn of(touchpoint: &journey::Touchpoint, drawing: &Drawing<'_>, summary: Option<&Summary>) -> Touchpoint {
    let figures = summary.and_then(|summary| summary.touchpoints.iter().find(|figures| figures.id == touchpoint.id));
    let followed = figures.filter(|_| happens(touchpoint));
    Touchpoint {
        id: touchpoint.id.clone(),
        phase: touchpoint.phase.clone(),
        title: touchpoint.title.clone(),
        need: touchpoint.need.clone(),
        quote: touchpoint.quote.clone(),
        category: touchpoint.category,
        from: touchpoint.from,
        by: touchpoint.by,
        channels: touchpoint.channels.iter().map(|channel| on(channel, drawing.organisation)).collect(),
        reach: touchpoint.reach,
        attention: touchpoint.attention,
        moment_of_truth: touchpoint.moment_of_truth,
        sent_by: touchpoint.sent_by.clone(),
        experience: experiences(touchpoint, figures),
        reached: followed.and_then(reached),
        audience: summary.filter(|_| touchpoint.counted.is_some()).map(|_| drawing.audiences.at(&touchpoint.id)),
        wait_seconds_median: followed.and_then(|figures| seconds(&figures.since_previous)),
        note: None,
        exit: followed.and_then(exit),
        backstage: backstage::of(touchpoint, drawing.definition),
    }
}

/// Whether a run can have it at all: it is recognised, made to happen, or a task whose completion is it.
fn happens(touchpoint: &journey::Touchpoint) -> bool {
    !touchpoint.seen.is_empty() || touchpoint.when.is_some() || touchpoint.task.is_some()
}

/// A channel that nobody knows the rail of is taken as offline; `check` refuses it before it runs.
fn on(channel: &Channel, organisation: &Organisation) -> ChannelOn {
    let own = organisation.channels.get(channel.as_str()).copied();
    ChannelOn {
        channel: channel.clone(),
        rail: own.or_else(|| channel.known_rail()).unwrap_or(Rail::Offline),
        label: None,
    }
}

fn experiences(touchpoint: &journey::Touchpoint, figures: Option<&TouchpointFigures>) -> Experiences {
    let stated = |value: Option<f64>| value.and_then(Experience::new);
    Experiences {
        expected: stated(touchpoint.expected),
        assumed: stated(touchpoint.assumed),
        asked: stated(touchpoint.asked),
        desired: stated(touchpoint.desired),
        measured: figures.and_then(|figures| measurement(&figures.experience)),
    }
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

/// Everyone who dropped off, left or was stopped here, of those who came here or farther (`flow.runs`).
fn exit(figures: &TouchpointFigures) -> Option<Exit> {
    let count: u64 = figures.exits.iter().map(|exit| exit.runs).sum();
    let entering = figures.flow.n.max(count);
    (count > 0).then(|| Exit {
        count,
        share: count as f64 / entering as f64,
        reason: figures.exits.iter().find_map(|exit| exit.reason.as_deref()).map(readable),
    })
}

/// A reason as people read it: `not_home` is "not home".
pub(super) fn readable(reason: &str) -> String {
    reason.replace('_', " ")
}
