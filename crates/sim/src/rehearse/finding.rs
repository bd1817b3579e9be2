use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};
use words::{Channel, Refusal};

use super::{Differences, Report, Side, TouchpointCount};

/// Something in a report that one should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// Nobody went through the journey.
    Nobody,
    /// Draft and live version did the same.
    Same,
    /// Messages that only the draft sends, to so many of those who are listed.
    More {
        /// How many.
        messages: u64,
    },
    /// Messages that only the live version sends.
    Fewer {
        /// How many.
        messages: u64,
    },
    /// Messages of other journeys that do not go, or do go, because of the draft.
    Others {
        /// No longer.
        gone: u64,
        /// Only now.
        new: u64,
    },
    /// One team gets many tasks within an hour.
    BusyHour {
        /// Which team.
        team: String,
        /// When the hour begins, local.
        hour: DateTime,
        /// How many then.
        tasks: u64,
        /// How many in an hour with any, on average.
        usual: f64,
    },
    /// Customers get more than the message budget.
    OverBudget {
        /// How many.
        customers: u64,
        /// The most that one gets.
        most: u32,
        /// The budget.
        budget: u32,
        /// Within so many days.
        days: u32,
        /// How many do with the live version.
        live: Option<u64>,
    },
    /// Messages wait for the end of quiet hours.
    Quiet {
        /// How many.
        messages: u64,
        /// Of all that were asked for.
        of: u64,
        /// Until when most of them wait.
        until: Option<Time>,
    },
    /// A message does not go to a good part of the customers.
    Refused {
        /// Of which touchpoint.
        title: String,
        /// Why.
        reason: Refusal,
        /// How many.
        messages: u64,
        /// Of all that were asked for.
        of: u64,
    },
    /// A message was never sent.
    Never {
        /// Of which touchpoint.
        title: String,
    },
    /// The sender of a channel is not ready.
    Untested {
        /// Which channel.
        channel: Channel,
        /// Messages by it.
        messages: u64,
    },
}

/// Tasks in one hour below which nobody is surprised.
const BUSY_TASKS: u64 = 5;
/// Times the usual number that make an hour busy.
const BUSY_TIMES: f64 = 2.0;
/// Share of a message's customers from which a refusal is told; what cannot be made is always told.
const REFUSED_SHARE: f64 = 0.1;
/// Messages that do not go below which it is not told either.
const REFUSED_LEAST: u64 = 3;

/// What to look at, the most telling first.
pub fn findings(report: &Report) -> Vec<Finding> {
    let done = &report.done;
    if done.runs == 0 && done.touchpoints.iter().all(|one| one.happened + one.asked + one.tasks == 0) {
        return vec![Finding::Nobody];
    }
    let mut found = Vec::new();
    differences(report, &mut found);
    found.extend(busy_hours(done));
    if let (Some((budget, days)), 1..) = (report.rules.budget, done.over_budget) {
        let live = report.before.as_ref().map(|before| before.over_budget);
        found.push(Finding::OverBudget {
            customers: done.over_budget,
            most: done.over_budget_most,
            budget,
            days,
            live,
        });
    }
    found.extend(quiet(done));
    for count in &done.touchpoints {
        found.extend(refused(count));
        if count.sends && count.asked == 0 {
            found.push(Finding::Never { title: count.title.clone() });
        }
    }
    for channel in &report.rules.untested {
        let messages = done.touchpoints.iter().filter_map(|count| count.sent.get(channel)).sum();
        found.push(Finding::Untested { channel: channel.clone(), messages });
    }
    found
}

fn differences(report: &Report, found: &mut Vec<Finding>) {
    if report.before.is_none() {
        return;
    }
    if report.is_same() {
        found.push(Finding::Same);
        return;
    }
    let sum = |of: fn(&Differences) -> u64| report.touchpoints.iter().map(|one| of(&one.differs)).sum::<u64>();
    let (new, gone) = (sum(|one| one.new), sum(|one| one.gone));
    found.extend((new > 0).then_some(Finding::More { messages: new }));
    found.extend((gone > 0).then_some(Finding::Fewer { messages: gone }));
    let (new, gone) = (report.others.new, report.others.gone);
    found.extend((new + gone > 0).then_some(Finding::Others { gone, new }));
}

/// The busiest hour of each team, when it is far above the usual.
fn busy_hours(done: &Side) -> Vec<Finding> {
    let mut teams: Vec<&str> = done.hours.iter().map(|hour| hour.team.as_str()).collect();
    teams.sort_unstable();
    teams.dedup();
    let busiest = teams.into_iter().filter_map(|team| {
        let hours: Vec<_> = done.hours.iter().filter(|hour| hour.team == team).collect();
        let usual = hours.iter().map(|hour| hour.tasks).sum::<u64>() as f64 / hours.len() as f64;
        // Of two as busy the first.
        let most = hours.iter().rev().max_by_key(|hour| hour.tasks)?;
        let is_busy = most.tasks >= BUSY_TASKS && most.tasks as f64 >= BUSY_TIMES * usual;
        is_busy.then(|| Finding::BusyHour { team: team.to_owned(), hour: most.hour, tasks: most.tasks, usual })
    });
    busiest.collect()
}

fn quiet(done: &Side) -> Option<Finding> {
    let held: u64 = done.touchpoints.iter().map(|count| count.held).sum();
    let dropped: u64 = done.touchpoints.iter().filter_map(|count| count.refused.get(&Refusal::QuietHours)).sum();
    let untils = done.touchpoints.iter().flat_map(|count| &count.held_until);
    let until = untils.max_by_key(|(_, count)| **count).map(|(time, _)| *time);
    let of = done.touchpoints.iter().map(|count| count.asked).sum();
    (held + dropped > 0).then_some(Finding::Quiet { messages: held + dropped, of, until })
}

fn refused(count: &TouchpointCount) -> Vec<Finding> {
    let told = count.refused.iter().filter(|(reason, messages)| match reason {
        Refusal::Unrenderable => true,
        // Meant so, or told apart.
        Refusal::NotWanted | Refusal::Holdout | Refusal::QuietHours => false,
        _ => **messages >= REFUSED_LEAST && **messages as f64 >= REFUSED_SHARE * count.asked as f64,
    });
    let (title, of) = (&count.title, count.asked);
    told.map(|(reason, messages)| Finding::Refused { title: title.clone(), reason: *reason, messages: *messages, of })
        .collect()
}
