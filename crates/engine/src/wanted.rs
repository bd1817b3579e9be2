use jiff::Timestamp;
use journey::{Anchor, Definition, Side, When};
use words::{Customer, EffectKey, Event, Refusal};

use crate::expression::{Scope, Truth};
use crate::state::Progress;
use crate::{Setting, State, civil};

/// Whether a message that was asked for is still wanted: the run lives, nothing took it back, its condition still holds
/// and what it comes before has not passed. `Err` says why not.
pub fn still_wanted(
    definition: &Definition,
    run: &State,
    customer: &Customer,
    key: &EffectKey,
    now: Timestamp,
    setting: Setting<'_>,
) -> Result<(), Refusal> {
    let (id, index) = run.by_key(key.as_str()).ok_or(Refusal::NotWanted)?;
    let touchpoint = definition.touchpoint(id).ok_or(Refusal::NotWanted)?;
    let asked = run.asked.get(id).and_then(|all| all.get(index)).ok_or(Refusal::NotWanted)?;
    if asked.progress != Progress::Open || !(run.hears(now) || run.hears(asked.time)) {
        return Err(Refusal::NotWanted);
    }
    let object = asked.object.as_ref();
    let event: Option<&Event> = asked.event.as_deref();
    let scope = Scope { definition, state: run, customer, event, focus: object };
    let judged_on_event = touchpoint.only_if.as_ref().is_some_and(|only| only.source().contains("event"));
    if let Some(only_if) = touchpoint.only_if.as_ref().filter(|_| event.is_some() || !judged_on_event)
        && scope.judge(only_if) != Truth::Holds
    {
        return Err(Refusal::NotWanted);
    }
    if let Some(When::Moment(moment)) = &touchpoint.when
        && let (Side::Before, Anchor::Fact(path), Some(object)) = (moment.side, &moment.anchor, object)
        && let Some(value) =
            run.objects.get(object).and_then(|known| known.fact(&path.property)).and_then(|v| v.as_str())
    {
        let zone = setting.zone(customer);
        let date = || value.parse().ok().and_then(|date| civil::end_of(date, &zone));
        if value.parse::<Timestamp>().ok().or_else(date).is_some_and(|anchor| anchor <= now) {
            return Err(Refusal::TooLate);
        }
    }
    Ok(())
}
