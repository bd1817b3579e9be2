//! When an event can come: nobody collects a book on the day of the reservation. As the journey's own rehearsal says, step by
//! step from what happened; where nothing is said, after every moment that stands before it in the text.

use std::collections::BTreeMap;

use engine::{Pending, PendingKind, State as RunState};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use journey::{Anchor, Definition, EndOn, FactPath, Side, When};
use words::{Ending, EventName};

use super::likely::{Follows, Later, Likely};

/// Steps that are looked ahead.
const STEPS_MAX: usize = 12;

/// What is known of a run when it is asked what can come.
pub(super) struct Timing<'a> {
    pub(super) definition: &'a Definition,
    pub(super) likely: &'a Likely,
    /// Events and touchpoints that happened, with the newest time of each.
    pub(super) happened: BTreeMap<String, Timestamp>,
    pub(super) run: Option<&'a RunState>,
    /// What stands ahead of the run.
    pub(super) planned: Vec<Pending>,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

impl Timing<'_> {
    /// When each event mostly comes; what is not in it nothing says.
    pub(super) fn expected(&self) -> BTreeMap<EventName, Timestamp> {
        let mut front = self.headings();
        let mut found: BTreeMap<EventName, Timestamp> = BTreeMap::new();
        for _ in 0..STEPS_MAX {
            let mut next = Vec::new();
            for (heading, time) in &front {
                for rule in self.likely.follow(heading) {
                    let Some(at) = self.at(rule, *time).filter(|_| !found.contains_key(&rule.event)) else { continue };
                    found.insert(rule.event.clone(), at);
                    next.push((rule.event.as_str().to_owned(), at));
                }
            }
            if next.is_empty() {
                break;
            }
            front = next;
        }
        found
    }

    /// When an event can come, never before now.
    pub(super) fn of(&self, expected: &BTreeMap<EventName, Timestamp>, event: &EventName) -> Timestamp {
        let at = expected.get(event).copied().or_else(|| self.by_the_text(event));
        at.unwrap_or(self.now).max(self.now)
    }

    /// Newest first, then what stands ahead, earliest first.
    fn headings(&self) -> Vec<(String, Timestamp)> {
        let mut past: Vec<_> = self.happened.iter().map(|(name, time)| (name.clone(), *time)).collect();
        past.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        let ahead = self.planned.iter().filter(|pending| pending.kind == PendingKind::Touchpoint);
        past.extend(ahead.filter_map(|pending| Some((pending.touchpoint.as_ref()?.to_string(), pending.moment))));
        past
    }

    fn at(&self, rule: &Follows, from: Timestamp) -> Option<Timestamp> {
        let after = |from: Timestamp, seconds| from.checked_add(SignedDuration::from_secs(seconds)).ok();
        let at = match &rule.when {
            Later::After(seconds) => after(from, *seconds)?,
            Later::At { object, property, seconds } => after(self.fact(object, property)?, *seconds)?,
        };
        Some(self.open(rule, at.max(from)))
    }

    /// The newest moment that the run's facts know under this name.
    fn fact(&self, object: &str, property: &str) -> Option<Timestamp> {
        let facts = self.run?.facts().filter(|(of, name, _)| of.kind == object && *name == property);
        facts.filter_map(|(_, _, value)| value.as_str()?.parse().ok()).max()
    }

    /// Within the times in which it happens.
    fn open(&self, rule: &Follows, at: Timestamp) -> Timestamp {
        let mut local = at.to_zoned(self.zone.clone());
        let opens = |day: &jiff::Zoned| match rule.hours {
            Some((from, _)) => day.date().to_datetime(from).to_zoned(self.zone.clone()).ok(),
            None => Some(day.clone()),
        };
        if let Some((from, until)) = rule.hours {
            let tomorrow = if local.time() >= until { 1.day() } else { 0.days() };
            if local.time() < from || local.time() >= until {
                local = opens(&local.saturating_add(tomorrow)).unwrap_or(local);
            }
        }
        while !rule.weekend && local.weekday().to_monday_zero_offset() >= 5 {
            local = opens(&local.saturating_add(1.day())).unwrap_or_else(|| local.saturating_add(1.day()));
        }
        local.timestamp()
    }

    /// After every moment ahead of touchpoints that the text names before the one that sees this event; a goal or a good end
    /// comes after all of them.
    fn by_the_text(&self, event: &EventName) -> Option<Timestamp> {
        let touchpoints = &self.definition.touchpoints;
        let sees = touchpoints.iter().position(|touchpoint| touchpoint.seen.iter().any(|seen| seen.event == *event));
        let place = sees.or_else(|| self.is_aim(event).then_some(touchpoints.len()))?;
        let before = self.planned.iter().filter(|pending| pending.kind == PendingKind::Touchpoint);
        let before = before.filter_map(|pending| {
            let id = pending.touchpoint.as_ref()?;
            let at = touchpoints.iter().position(|touchpoint| touchpoint.id == *id).filter(|at| *at < place)?;
            Some(self.hangs_on(&touchpoints[at], pending).unwrap_or(pending.moment).max(pending.moment))
        });
        before.max()
    }

    /// A reminder of a day before stands for that day.
    fn hangs_on(&self, touchpoint: &journey::Touchpoint, pending: &Pending) -> Option<Timestamp> {
        let Some(When::Moment(moment)) = &touchpoint.when else { return None };
        let (Side::Before, Anchor::Fact(FactPath { object, property })) = (moment.side, &moment.anchor) else {
            return None;
        };
        let mut facts = self.run?.facts();
        let of = |kind: &engine::ObjectRef| pending.object.as_ref().map_or(kind.kind == *object, |one| one == kind);
        facts.find(|(of_kind, name, _)| of(of_kind) && name == property).and_then(|(_, _, value)| {
            let text = value.as_str()?;
            let date = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(self.zone.clone()).ok();
            text.parse().ok().or_else(|| date().map(|day| day.timestamp()))
        })
    }

    fn is_aim(&self, event: &EventName) -> bool {
        let goal = self.definition.goal.iter().flat_map(|goal| &goal.on);
        let ends = self.definition.ends.iter().filter(|end| end.counts_as == Ending::Done);
        let ends = ends.flat_map(|end| match &end.on {
            EndOn::Events(events) => events.as_slice(),
            EndOn::After { .. } => &[],
        });
        goal.chain(ends).any(|on| on.event == *event)
    }
}

#[cfg(test)]
mod tests {
    use journey::{Folder, Organisation};
    use words::TouchpointId;

    use super::*;

    const SIMULATION: &str = "then:
  hold.placed:
    - { chance: .2, do: hold.cancelled, delay: 1h }
    - { chance: .8, do: hold.available, delay: [2d, 11d, 25d], hours: \"09:00-18:00\" }
  hold.available:
    - { chance: 1, do: hold.collected, delay: 2d }
";

    const JOURNEY: &str = "journey: les
title: Les
language: nl
starts: lesson.booked
goal: { event: lesson.followed }
facts: { lesson: { start: time } }
phases: [{ id: p, title: P, band: during }]
touchpoints:
  - { id: boeken, phase: p, title: Boeken, channel: web, category: interaction, from: customer, by: human, need: N, seen: lesson.booked }
  - { id: herinnering, phase: p, title: Herinnering, channel: email, category: message, by: automatic, class: service, need: N, when: { before: lesson.start, by: 1d, at: \"10:00\" }, send: herinnering }
  - { id: volgen, phase: p, title: Volgen, channel: desk, category: interaction, from: customer, by: human, need: N, seen: lesson.followed }
";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn timing<'a>(definition: &'a Definition, likely: &'a Likely, happened: &[(&str, &str)]) -> Timing<'a> {
        Timing {
            definition,
            likely,
            happened: happened.iter().map(|(name, time)| ((*name).to_owned(), at(time))).collect(),
            run: None,
            planned: Vec::new(),
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            now: at("2026-11-24T09:00:00Z"),
        }
    }

    fn definition() -> Definition {
        let parsed = journey::parse(&Folder::of_definition(JOURNEY), &Organisation::parse("").0);
        parsed.definition.unwrap_or_else(|| panic!("{:?}", parsed.findings))
    }

    #[test]
    fn what_follows_comes_as_much_later_as_the_behaviour_says_step_by_step() {
        let mut folder = Folder::of_definition("");
        folder.put(Folder::SIMULATION, SIMULATION);
        let (definition, likely) = (definition(), Likely::read(&folder));
        let timing = timing(&definition, &likely, &[("hold.placed", "2026-11-24T09:00:00Z")]);
        let expected = timing.expected();
        let of = |name: &str| timing.of(&expected, &EventName::parse(name).unwrap());
        assert_eq!(of("hold.cancelled"), at("2026-11-24T10:00:00Z"));
        assert_eq!(of("hold.available"), at("2026-12-05T09:00:00Z"), "after eleven days");
        assert_eq!(of("hold.collected"), at("2026-12-07T09:00:00Z"), "and two more");
        assert_eq!(of("hold.unknown"), timing.now, "nothing says when: now");
    }

    #[test]
    fn outside_the_hours_it_waits_for_them() {
        let mut folder = Folder::of_definition("");
        let text = "then:\n  a.b:\n    - { chance: 1, do: a.c, delay: 12h, hours: \"09:00-18:00\", weekend: false }\n";
        folder.put(Folder::SIMULATION, text);
        let (definition, likely) = (definition(), Likely::read(&folder));
        // Friday at ten: twelve hours later it is closed, and then it is weekend.
        let timing = timing(&definition, &likely, &[("a.b", "2026-11-27T09:00:00Z")]);
        let monday = at("2026-11-30T08:00:00Z");
        assert_eq!(timing.expected()[&EventName::parse("a.c").unwrap()], monday);
    }

    #[test]
    fn where_nothing_is_said_it_comes_after_what_the_text_names_before_it() {
        let (definition, likely) = (definition(), Likely::default());
        let mut timing = timing(&definition, &likely, &[]);
        let reminder = at("2026-11-28T09:00:00Z");
        timing.planned.push(Pending {
            moment: reminder,
            kind: PendingKind::Touchpoint,
            touchpoint: Some(TouchpointId::new("herinnering")),
            object: None,
        });
        let of = |name: &str| timing.of(&timing.expected(), &EventName::parse(name).unwrap());
        assert_eq!(of("lesson.followed"), reminder);
        assert_eq!(of("lesson.booked"), timing.now);
    }
}
