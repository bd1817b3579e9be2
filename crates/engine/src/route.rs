//! Which run of a customer takes an event in: by key or part; else the one open keyless run; else a start, as `again`
//! allows; else the run that last listened.

use jiff::Timestamp;
use journey::{Again, Anchor, Definition, EndOn, EventMatch, Promise, When};
use words::{Customer, Event, EventName, JourneyId, Run, RunId, Status, TouchpointId};

use crate::expression::Scope;
use crate::{ObjectRef, Setting, State, civil, facts};

/// Where an event goes within one journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// To this run, by its place.
    Run(usize),
    /// It opens a run.
    Start { key: Option<String>, generation: u32 },
    /// It is about an object that no run knows: wait for one.
    Wait(ObjectRef),
    /// It is none of this journey's business, or its run has ended.
    None,
}

/// The value of the journey's key in an event.
pub(crate) fn key_in(definition: &Definition, event: &Event) -> Option<String> {
    let key = definition.run_per.as_ref()?;
    match key.property.as_str() {
        "id" => event.object_id(&key.object),
        property if event.name.object() == key.object => event.text(property),
        property => event.text(&format!("{}_{property}", key.object)),
    }
}

/// Finds the run of one customer for an event. `runs`: all of this customer's runs of this journey, with their places.
pub(crate) fn route(
    definition: &Definition,
    runs: &[(usize, &State)],
    customer: &Customer,
    event: &Event,
    now: Timestamp,
    setting: Setting<'_>,
) -> Route {
    if is_ours(&event.name) || event.properties.contains_key("key") && is_reserved(&event.name) {
        let known = outcome_route(definition, runs, event);
        if known != Route::None || !is_reply(&event.name) {
            return known;
        }
    }
    if !concerns(definition, event) {
        return Route::None;
    }
    let starts = || starts(definition, customer, event, now);
    if let Some(key) = key_in(definition, event) {
        return key_route(definition, runs, event, key, now, starts());
    }
    if let Some(route) = part_route(definition, runs, event, now) {
        return route;
    }
    if let Some(place) = reserved_route(runs, event, now) {
        return Route::Run(place);
    }
    let keyless = runs.iter().filter(|(_, run)| run.run.key.is_none() && run.is_open());
    if let Some((place, _)) = keyless.max_by_key(|(place, run)| (run.heard, *place)) {
        return Route::Run(*place);
    }
    if starts() && again(definition, runs, event, customer, setting) {
        let generation = if definition.run_per.is_some() { 1 } else { count(runs.len()) };
        return Route::Start { key: None, generation };
    }
    let own = ObjectRef::own(event);
    if definition.run_per.is_some() && definition.parts.contains(&own.kind) && !own.id.is_empty() {
        return Route::Wait(own);
    }
    let hearing = runs.iter().filter(|(_, run)| run.hears(now) || run.remembers(event.time));
    hearing.max_by_key(|(place, run)| (run.hears(now), run.heard, *place)).map_or(Route::None, |(p, _)| Route::Run(*p))
}

fn count(runs: usize) -> u32 {
    u32::try_from(runs).unwrap_or(u32::MAX).saturating_add(1)
}

/// A new run, named by what started it.
pub(crate) fn opened(
    definition: &Definition,
    customer: &Customer,
    event: &Event,
    (key, generation): (Option<String>, u32),
    now: Timestamp,
) -> State {
    let parts = [&customer.id.to_string(), definition.id.as_str(), &event.source, event.id.as_str()];
    let run = Run {
        id: RunId::derived(&parts),
        customer: customer.id,
        journey: JourneyId::new(definition.id.as_str()),
        version: definition.hash.clone(),
        key,
        generation,
        started: event.time,
        status: Status::Open,
        goal: None,
        dropped: None,
        at: None,
        due: None,
        revision: 0,
    };
    State::new(run, now)
}

fn key_route(
    definition: &Definition,
    runs: &[(usize, &State)],
    event: &Event,
    key: String,
    now: Timestamp,
    starts: bool,
) -> Route {
    let with_key = runs.iter().filter(|(_, run)| run.run.key.as_ref() == Some(&key));
    let newest = with_key.clone().max_by_key(|(_, run)| run.run.generation);
    if let Some((place, run)) = newest {
        let reopens = starts && !run.is_open() && !run.remembers(event.time);
        if reopens {
            return Route::Start { key: Some(key), generation: run.run.generation.saturating_add(1) };
        }
        return if run.hears(now) || run.remembers(event.time) { Route::Run(*place) } else { Route::None };
    }
    let keyless = runs.iter().filter(|(_, run)| run.run.key.is_none() && run.is_open());
    if let Some((place, _)) = keyless.max_by_key(|(place, run)| (run.heard, *place)) {
        return Route::Run(*place);
    }
    if starts {
        return Route::Start { key: Some(key), generation: 1 };
    }
    let kind = definition.run_per.as_ref().map(|run_per| run_per.object.clone()).unwrap_or_default();
    Route::Wait(ObjectRef::new(kind, key))
}

fn part_route(definition: &Definition, runs: &[(usize, &State)], event: &Event, now: Timestamp) -> Option<Route> {
    for (kind, id) in event.objects() {
        if !definition.parts.contains(&kind) {
            continue;
        }
        let object = ObjectRef { kind, id };
        let bound = runs.iter().filter(|(_, run)| run.objects.contains_key(&object));
        if let Some((place, run)) = bound.max_by_key(|(place, run)| (run.hears(now), run.run.started, *place)) {
            let takes = run.hears(now) || run.remembers(event.time);
            return Some(if takes { Route::Run(*place) } else { Route::None });
        }
    }
    None
}

/// Answers and ticks go to the run in which the touchpoint was last asked or done.
fn reserved_route(runs: &[(usize, &State)], event: &Event, now: Timestamp) -> Option<usize> {
    if !is_reserved(&event.name) {
        return None;
    }
    let touchpoint = TouchpointId::new(event.text("touchpoint")?);
    let asked = |run: &State| run.asked.get(&touchpoint).and_then(|all| all.last()).map(|asked| asked.time);
    let with = runs.iter().filter_map(|(place, run)| Some((run.hears(now), asked(run)?, *place)));
    with.max().map(|(_, _, place)| place)
}

/// An outcome carries the key of its effect, which names the run.
fn outcome_route(definition: &Definition, runs: &[(usize, &State)], event: &Event) -> Route {
    let key = event.text("key").unwrap_or_default();
    let of = |run: &State| run.run.journey == definition.id && run.by_key(&key).is_some();
    runs.iter().find(|(_, run)| of(run)).map_or(Route::None, |(place, _)| Route::Run(*place))
}

fn is_ours(name: &EventName) -> bool {
    name.object() == "message"
}

/// What a customer writes back belongs to the run of the message that it answers; one that answers none goes where any event goes.
pub(crate) fn is_reply(name: &EventName) -> bool {
    name.as_str() == "message.replied"
}

fn is_reserved(name: &EventName) -> bool {
    matches!(name.as_str(), "task.done" | "answer.given")
}

/// Whether the journey has anything to do with an event: it names it, or keeps facts of its object, or is bound to it.
pub(crate) fn concerns(definition: &Definition, event: &Event) -> bool {
    if is_reserved(&event.name) {
        let touchpoint = event.text("touchpoint").map(TouchpointId::new);
        return touchpoint.is_some_and(|id| definition.touchpoint(&id).is_some());
    }
    keeps(definition, &event.name) || event.objects().iter().any(|(kind, _)| binds(definition, kind))
}

/// Whether a run keeps what happens to the event's own object.
pub(crate) fn keeps(definition: &Definition, name: &EventName) -> bool {
    let kind = name.object();
    definition.facts.contains_key(kind) || binds(definition, kind) || names(definition, name)
}

fn binds(definition: &Definition, kind: &str) -> bool {
    definition.parts.iter().any(|part| part == kind)
        || definition.run_per.as_ref().is_some_and(|key| key.object == kind)
}

fn names(definition: &Definition, name: &EventName) -> bool {
    let any = |events: &[EventMatch]| events.iter().any(|wanted| wanted.event == *name);
    let hangs_on = |anchor: &Anchor| matches!(anchor, Anchor::Event(event) if event == name);
    let ends = definition.ends.iter().any(|end| match &end.on {
        EndOn::Events(events) => any(events),
        EndOn::After { anchor, .. } => hangs_on(anchor),
    });
    any(&definition.starts)
        || ends
        || definition.goal.as_ref().is_some_and(|goal| any(&goal.on))
        || definition.touchpoints.iter().any(|touchpoint| {
            any(&touchpoint.seen)
                || match &touchpoint.when {
                    Some(When::Events(events)) => any(events),
                    Some(When::Moment(moment)) => hangs_on(&moment.anchor),
                    Some(When::Every(_) | When::Becomes(_)) | None => false,
                }
                || touchpoint.task.as_ref().is_some_and(|task| any(&task.done))
                || touchpoint.promise.as_ref().map(Promise::kept_by).is_some_and(any)
        })
}

fn starts(definition: &Definition, customer: &Customer, event: &Event, now: Timestamp) -> bool {
    let named = || definition.starts.iter().filter(|start| start.event == event.name);
    if named().any(|start| start.only.is_none()) {
        return true;
    }
    if named().next().is_none() {
        return false;
    }
    let mut state = opened(definition, customer, event, (None, 1), now);
    facts::take_in(&mut state, definition, event);
    let scope = Scope { definition, state: &state, customer, event: Some(event), focus: None };
    named().any(|start| start.only.as_ref().is_some_and(|only| scope.judge(only).holds()))
}

/// Whether a start without a key may open another run beside or after those there are.
fn again(
    definition: &Definition,
    runs: &[(usize, &State)],
    event: &Event,
    customer: &Customer,
    setting: Setting<'_>,
) -> bool {
    match definition.again {
        Again::ByKey => true,
        Again::Never => runs.is_empty(),
        Again::AfterEnd => runs.iter().all(|(_, run)| !run.is_open()),
        Again::After(span) => {
            let newest = runs.iter().map(|(_, run)| run.run.started).max();
            let zone = setting.zone(customer);
            newest.is_none_or(|started| civil::after(started, span, &zone).is_some_and(|from| from <= event.time))
        }
    }
}
