//! Invariants, over generated variations of the four traces.

use std::collections::BTreeSet;

use engine::{Cause, PendingKind, plan};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::json;
use words::{Event, EventId};

use crate::support::{Shell, definition, event, organisation, trace};

const JOURNEYS: [&str; 4] = ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];

/// What becomes of one event of a trace.
#[derive(Clone, Copy, Debug)]
struct Fate {
    dropped: bool,
    twice: bool,
    late_minutes: i64,
}

fn fate() -> impl Strategy<Value = Fate> {
    let late = prop_oneof![4 => Just(0), 2 => 0..120_i64, 1 => 0..4_000_i64];
    (prop::bool::weighted(0.1), prop::bool::weighted(0.2), late).prop_map(|(dropped, twice, late_minutes)| Fate {
        dropped,
        twice,
        late_minutes,
    })
}

fn variation() -> impl Strategy<Value = (&'static str, Vec<Event>)> {
    (prop::sample::select(JOURNEYS.to_vec()), prop::collection::vec(fate(), 60)).prop_map(|(id, fates)| {
        let mut events = Vec::new();
        for (event, fate) in trace(id).into_iter().zip(fates) {
            let received = event.received + SignedDuration::from_mins(fate.late_minutes);
            let event = Event { received, ..event };
            if fate.twice {
                events.push(Event { received: received + SignedDuration::from_mins(7), ..event.clone() });
            }
            if !fate.dropped {
                events.push(event);
            }
        }
        events.sort_by_key(|event| event.received);
        (id, events)
    })
}

fn replay(id: &str, events: &[Event]) -> Shell {
    let mut shell = Shell::new(vec![definition(id)], organisation());
    shell.hear_all(events.iter().cloned());
    let last = events.last().map_or(Timestamp::UNIX_EPOCH, |event| event.received);
    shell.wait_until(last + SignedDuration::from_hours(24 * 60));
    shell
}

fn stories(shell: &Shell) -> Vec<Vec<String>> {
    shell.story.customers().into_iter().map(|(_, customer)| shell.story.of(customer)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// That nothing due stays behind, and that state round-trips through serde, the shell asserts after every input.
    #[test]
    fn same_input_same_output_and_no_effect_key_twice((id, events) in variation()) {
        let one = replay(id, &events);
        let other = replay(id, &events);
        prop_assert_eq!(stories(&one), stories(&other));
        prop_assert_eq!(&one.travellers, &other.travellers);
        prop_assert_eq!(&one.decisions, &other.decisions);
        let unique: BTreeSet<_> = one.keys.iter().collect();
        prop_assert_eq!(unique.len(), one.keys.len());
        for run in one.runs() {
            let own = one.contacts.iter().filter(|c| c.run == run.run.id).map(|c| c.sequence);
            let own: Vec<u32> = own.collect::<BTreeSet<_>>().into_iter().collect();
            let gapless: Vec<u32> = (1..=own.len() as u32).collect();
            prop_assert_eq!(own, gapless, "the sequence of contacts is gapless");
        }
    }

    /// The shell refuses duplicates; even one that slips through has no effect of its own.
    #[test]
    fn a_duplicate_that_slips_through_asks_for_nothing_new((id, events) in variation()) {
        let mut shell = Shell::new(vec![definition(id)], organisation());
        for event in &events {
            shell.hear(event.clone());
            let keys = shell.keys.len();
            if let Some(name) = event.identity.customer.as_deref() {
                let customer = shell.customer(name);
                shell.apply(customer, Cause::Event(event));
                let again = shell.keys[keys..].iter().any(|key| shell.keys[..keys].contains(key));
                prop_assert!(!again);
            }
        }
        let unique: BTreeSet<_> = shell.keys.iter().collect();
        prop_assert_eq!(unique.len(), shell.keys.len());
    }

    /// Facts, recognised contacts, goals and the start do not depend on the order of receipt, as long as nothing waits longer
    /// than 48 hours and nothing ends.
    #[test]
    fn the_order_of_receipt_changes_no_facts(order in Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let all = trace("woning-reparatie");
        let known = all.iter().filter(|event| event.name.object() == "customer").cloned();
        let known: Vec<Event> = known.collect();
        let ends = |event: &&Event| matches!(event.name.as_str(), "repair.closed" | "repair.cancelled");
        let rest: Vec<Event> = all
            .iter()
            .filter(|event| event.name.object() != "customer" && event.source != "klantreis" && !ends(event))
            .cloned()
            .collect();
        let base = rest.iter().map(|event| event.received).max().unwrap();
        let receive = |events: Vec<Event>| {
            let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
            shell.hear_all(known.iter().cloned());
            let timed = events.into_iter().enumerate();
            shell.hear_all(timed.map(|(n, event)| Event { received: base + SignedDuration::from_secs(n as i64), ..event }));
            shell
        };
        let mut shuffled: Vec<(usize, Event)> = order.into_iter().zip(rest.iter().cloned()).collect();
        shuffled.sort_by_key(|(place, _)| *place);
        let straight = receive(rest);
        let shuffled = receive(shuffled.into_iter().map(|(_, event)| event).collect());
        for name in ["devries", "yilmaz", "jansen", "bakker", "smit"] {
            let (a, b) = (straight.run(name), shuffled.run(name));
            prop_assert_eq!(a.facts().collect::<Vec<_>>(), b.facts().collect::<Vec<_>>());
            prop_assert_eq!((a.run.goal, a.run.started, &a.run.key), (b.run.goal, b.run.started, &b.run.key));
            let seen = |shell: &Shell, run: &engine::State| {
                let own = shell.contacts.iter().filter(|contact| contact.run == run.run.id);
                let seen = own.filter(|contact| !contact.event.as_str().starts_with("message."));
                seen.map(|contact| (contact.time, contact.touchpoint.clone(), contact.event.clone())).collect::<BTreeSet<_>>()
            };
            // The customers are the same, so the runs differ in nothing but who started them.
            prop_assert_eq!(seen(&straight, a), seen(&shuffled, b));
        }
    }

    /// After a move everything stands where it would have stood had the appointment been made so at once.
    #[test]
    fn a_moved_anchor_moves_every_pending_moment(first in 2..400_i64, second in 2..400_i64, hour in 0..24_i64) {
        let booked = |name: &str, minute: i64, days: i64| {
            let time = "2027-01-04T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minute);
            let start = time + SignedDuration::from_hours(24 * days + hour);
            let end = start + SignedDuration::from_hours(2);
            let mut event = event(json!({
                "id": format!("{name}-{days}"), "time": time.to_string(), "customer": "jansen", "name": name, "source": "test",
                "properties": { "id": "A-1", "repair_id": "R-1", "status": "booked", "start": start.to_string(),
                                "end": end.to_string() },
            }));
            event.id = EventId::new(format!("{name}-{days}"));
            event
        };
        let reported = event(json!({
            "id": "r", "time": "2027-01-04T08:00:00Z", "customer": "jansen", "name": "repair.reported", "source": "test",
            "properties": { "id": "R-1" },
        }));
        let stands = |events: Vec<Event>| {
            let mut shell = Shell::new(vec![definition("woning-reparatie")], organisation());
            shell.hear(reported.clone());
            shell.hear_all(events);
            let customer = &shell.traveller("jansen").profile.customer;
            let all = plan(&shell.definitions[0], shell.run("jansen"), customer, shell.setting());
            let touchpoints = all.into_iter().filter(|pending| pending.kind == PendingKind::Touchpoint);
            touchpoints.map(|pending| (pending.touchpoint, pending.object, pending.moment)).collect::<Vec<_>>()
        };
        let moved = stands(vec![booked("appointment.booked", 0, first), booked("appointment.moved", 1, second)]);
        let direct = stands(vec![booked("appointment.booked", 1, second)]);
        prop_assert_eq!(moved.len(), 1);
        prop_assert_eq!(moved, direct);
    }
}
