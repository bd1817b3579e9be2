use journey::{Definition, EventMatch, Touchpoint};
use map::Goal;
use measure::Summary;

/// The goal with what was measured of it. Its flag stands at the touchpoint that is recognised by the goal's own event.
pub(super) fn of(definition: &Definition, summary: Option<&Summary>) -> Option<Goal> {
    let goal = definition.goal.as_ref()?;
    let touchpoint = definition.touchpoints.iter().max_by_key(|touchpoint| {
        let likeness = goal.on.iter().map(|wanted| likeness(touchpoint, wanted)).max().unwrap_or(0);
        // Of equals the first.
        (likeness, std::cmp::Reverse(definition.touchpoints.iter().position(|other| other.id == touchpoint.id)))
    });
    let touchpoint = touchpoint.filter(|found| goal.on.iter().any(|wanted| likeness(found, wanted) > 0));
    let share = summary.and_then(|summary| summary.goal.as_ref()).and_then(|figure| figure.value);
    Some(Goal {
        touchpoint: touchpoint.map(|touchpoint| touchpoint.id.clone()),
        share,
        count: summary.zip(share).map(|(summary, share)| (share * summary.started.n as f64).round() as u64),
        within_seconds: goal.within.and_then(|span| i64::try_from(span.seconds_about()).ok()),
    })
}

/// 0: another event; 1: the same event; 2: under the same condition too.
fn likeness(touchpoint: &Touchpoint, wanted: &EventMatch) -> u8 {
    let same = |seen: &EventMatch| {
        if seen.event != wanted.event {
            return 0;
        }
        1 + u8::from(condition(seen) == condition(wanted))
    };
    touchpoint.seen.iter().map(same).max().unwrap_or(0)
}

/// A condition with the event's properties written one way: `event.outcome` and `visit.outcome` are one at `visit.completed`.
fn condition(matched: &EventMatch) -> Option<String> {
    let object = matched.event.object();
    let source = matched.only.as_ref()?.source();
    Some(source.replace(&format!("{object}."), "event."))
}
