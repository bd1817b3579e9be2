use jiff::civil::Date;
use journey::Definition;
use words::{Event, JourneyId, TouchpointId, Value};

/// A daily count of an audience without identity: how often something was seen, never by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DailyCount {
    /// Of which journey.
    pub journey: JourneyId,
    /// Of which touchpoint.
    pub touchpoint: TouchpointId,
    /// On which civil day, as the source counts days.
    pub date: Date,
    /// How often. What several events tell of one day adds up.
    pub count: u64,
}

/// The counts that an event brings. An event that is `counted` somewhere is never about a customer and makes no run; the
/// caller asks this first. `Err`: it is such an event, but its `date` or `count` cannot be read.
pub fn counted(definitions: &[&Definition], event: &Event) -> Option<Result<Vec<DailyCount>, CountUnreadable>> {
    let all = definitions.iter().flat_map(|definition| definition.touchpoints.iter().map(move |t| (definition, t)));
    let counted: Vec<_> = all.filter(|(_, touchpoint)| touchpoint.counted.as_ref() == Some(&event.name)).collect();
    if counted.is_empty() {
        return None;
    }
    let date = event.text("date").and_then(|date| date.parse::<Date>().ok());
    let count = event.properties.get("count").and_then(Value::as_u64);
    let Some((date, count)) = date.zip(count) else { return Some(Err(CountUnreadable)) };
    let of = |(definition, touchpoint): (&&Definition, &journey::Touchpoint)| DailyCount {
        journey: definition.id.clone(),
        touchpoint: touchpoint.id.clone(),
        date,
        count,
    };
    Some(Ok(counted.into_iter().map(of).collect()))
}

/// A count without a `date` (`2027-01-11`) or without a whole `count`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a daily count needs a date (2027-01-11) and a whole number as count")]
pub struct CountUnreadable;
