//! Counts what the product did in one life after the other.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use journey::{Budget, Definition};
use store::{Change, OutboxRow, SendState};
use words::{Attention, Channel, EffectKey, Ending, Status, TouchpointId, Verdict, Waits, Window};

use super::report::{MessagesOnDay, Side, TasksInHour, TouchpointCount};

/// What one version did so far.
pub(super) struct Counting<'a> {
    definition: &'a Definition,
    /// Every definition of its world.
    all: &'a [&'a Definition],
    window: Window,
    zone: TimeZone,
    budget: Option<Budget>,
    side: Side,
    places: BTreeMap<TouchpointId, usize>,
    days: BTreeMap<(Date, Channel), u64>,
    hours: BTreeMap<(DateTime, String), u64>,
}

impl<'a> Counting<'a> {
    pub(super) fn new(
        definition: &'a Definition,
        all: &'a [&'a Definition],
        window: Window,
        zone: &TimeZone,
        budget: Option<Budget>,
    ) -> Self {
        let touchpoints = definition.touchpoints.iter().map(|touchpoint| TouchpointCount {
            id: touchpoint.id.to_string(),
            title: touchpoint.title.clone(),
            sends: touchpoint.sends(),
            ..TouchpointCount::default()
        });
        let side = Side { touchpoints: touchpoints.collect(), ..Side::default() };
        let places = definition.touchpoints.iter().enumerate().map(|(place, one)| (one.id.clone(), place)).collect();
        let (days, hours) = (BTreeMap::new(), BTreeMap::new());
        Self { definition, all, window, zone: zone.clone(), budget, side, places, days, hours }
    }

    /// One life.
    pub(super) fn add(&mut self, change: &Change) {
        let own = |journey: &words::JourneyId| *journey == self.definition.id;
        let window = self.window;
        for run in change.runs.iter().map(|stored| &stored.run).filter(|run| own(&run.journey)) {
            if window.contains(run.started) {
                self.run(run);
            }
        }
        for contact in change.contacts.iter().filter(|one| own(&one.journey) && window.contains(one.time)) {
            if let Some(count) = at(&mut self.side, &self.places, &contact.touchpoint) {
                count.happened += 1;
            }
        }
        let held = held(change);
        for row in change.outbox.iter().filter(|row| window.contains(row.decided)) {
            if own(&row.journey) {
                self.message(row, held.get(&row.key));
            } else if sent(row).is_some() {
                self.side.other_messages += 1;
            }
        }
        for task in change.tasks.iter().filter(|task| own(&task.journey) && window.contains(task.made)) {
            if let Some(count) = at(&mut self.side, &self.places, &task.touchpoint) {
                count.tasks += 1;
            }
            *self.hours.entry((hour(task.made, &self.zone), task.team.clone())).or_default() += 1;
        }
        self.weigh(change);
    }

    fn run(&mut self, run: &words::Run) {
        self.side.runs += 1;
        self.side.goal += u64::from(run.goal.is_some());
        if let Status::Ended { ending, .. } = run.status {
            let place = match ending {
                Ending::Done => 0,
                Ending::Left => 1,
                Ending::Stopped => 2,
            };
            self.side.ended[place] += 1;
        }
    }

    fn message(&mut self, row: &OutboxRow, held: Option<&Timestamp>) {
        let Some(count) = at(&mut self.side, &self.places, &row.touchpoint) else { return };
        count.asked += 1;
        if let Some(until) = held {
            count.held += 1;
            *count.held_until.entry(until.to_zoned(self.zone.clone()).time()).or_default() += 1;
        }
        match &row.state {
            SendState::Refused { reason } => *count.refused.entry(*reason).or_default() += 1,
            SendState::Withdrawn { .. } => count.withdrawn += 1,
            SendState::Held { .. } => count.waiting += 1,
            _ => {}
        }
        if let Some((time, channel)) = sent(row) {
            *count.sent.entry(channel.clone()).or_default() += 1;
            let day = time.to_zoned(self.zone.clone()).date();
            *self.days.entry((day, channel.clone())).or_default() += 1;
        }
    }

    /// Whether this customer got more than the budget within its days, messages of other systems included.
    fn weigh(&mut self, change: &Change) {
        let Some(budget) = self.budget else { return };
        let mut got: Vec<(Timestamp, u32)> = change
            .outbox
            .iter()
            .filter_map(|row| Some((sent(row)?.0, Attention::weight(row.send.attention))))
            .collect();
        for contact in &change.contacts {
            let definition = self.all.iter().find(|definition| definition.id == contact.journey);
            let touchpoint = definition.and_then(|definition| definition.touchpoint(&contact.touchpoint));
            let theirs = touchpoint.filter(|touchpoint| touchpoint.written_by_other().is_some());
            got.extend(theirs.map(|touchpoint| (contact.time, Attention::weight(touchpoint.attention))));
        }
        got.sort_unstable();
        let days = SignedDuration::from_hours(24 * i64::from(budget.days));
        let most =
            got.iter().enumerate().filter(|(_, (time, _))| self.window.contains(*time)).map(|(place, (time, _))| {
                let recent = got[..=place].iter().rev().take_while(|(before, _)| time.duration_since(*before) < days);
                recent.map(|(_, weight)| weight).sum::<u32>()
            });
        let most = most.max().unwrap_or(0);
        if most > budget.messages {
            self.side.over_budget += 1;
            self.side.over_budget_most = self.side.over_budget_most.max(most);
        }
    }

    pub(super) fn finish(mut self) -> Side {
        let days = self.days.into_iter();
        self.side.days = days.map(|((day, channel), messages)| MessagesOnDay { day, channel, messages }).collect();
        let hours = self.hours.into_iter();
        self.side.hours = hours.map(|((hour, team), tasks)| TasksInHour { hour, team, tasks }).collect();
        self.side
    }
}

fn at<'s>(
    side: &'s mut Side,
    places: &BTreeMap<TouchpointId, usize>,
    touchpoint: &TouchpointId,
) -> Option<&'s mut TouchpointCount> {
    places.get(touchpoint).and_then(|place| side.touchpoints.get_mut(*place))
}

/// When a message went, and by which channel.
pub(super) fn sent(row: &OutboxRow) -> Option<(Timestamp, &Channel)> {
    match (&row.state, &row.channel) {
        (SendState::Sent { time, .. }, Some(channel)) => Some((*time, channel)),
        _ => None,
    }
}

/// Until when each message waited for the end of quiet hours: the first time that it did.
fn held(change: &Change) -> BTreeMap<&EffectKey, Timestamp> {
    let mut held = BTreeMap::new();
    for decision in &change.decisions {
        if let Verdict::Hold { until, why: Waits::QuietHours } = &decision.verdict {
            held.entry(&decision.key).or_insert(*until);
        }
    }
    held
}

fn hour(moment: Timestamp, zone: &TimeZone) -> DateTime {
    let local = moment.to_zoned(zone.clone());
    local.date().at(local.hour(), 0, 0, 0)
}
