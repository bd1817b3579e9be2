//! The two pictures of a report: messages per day as bars, tasks per hour of the week as a table of shades.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::{Value, context};
use serde::Serialize;
use sim::rehearse::{MessagesOnDay, Side, TasksInHour};
use words::Channel;

use crate::{language::Speech, pages::naming, views::data};

const HEIGHT: f64 = 120.0;
const STEP: f64 = 12.0;
const BAR: f64 = 9.0;
/// Fewer bars are not drawn over the whole width.
const MANY_DAYS: usize = 21;
/// Shades of the table.
const SHADES: u64 = 5;

#[derive(Serialize)]
struct Part {
    /// The place of its channel in the legend.
    class: usize,
    y: f64,
    height: f64,
}

#[derive(Serialize)]
struct Bar {
    x: f64,
    day: String,
    parts: Vec<Part>,
    messages: u64,
    /// Where the live version stands.
    live: Option<f64>,
    live_messages: Option<u64>,
    /// By channel, in the order of the legend.
    counts: Vec<u64>,
}

/// One bar per day from the first with a message to the last, its channels on top of each other; a line where the live version
/// stands. Heights against the busiest day of either.
pub(super) fn bars(done: &Side, before: Option<&Side>, speech: &Speech) -> Value {
    let by_day = |days: &[MessagesOnDay]| -> BTreeMap<Date, BTreeMap<Channel, u64>> {
        let mut by: BTreeMap<Date, BTreeMap<Channel, u64>> = BTreeMap::new();
        for one in days {
            *by.entry(one.day).or_default().entry(one.channel.clone()).or_default() += one.messages;
        }
        by
    };
    let now = by_day(&done.days);
    let live = before.map(|before| by_day(&before.days));
    let all = |side: &BTreeMap<Date, BTreeMap<Channel, u64>>, day: Date| {
        side.get(&day).map_or(0, |channels| channels.values().sum::<u64>())
    };
    let days: BTreeSet<Date> = now.keys().chain(live.iter().flat_map(BTreeMap::keys)).copied().collect();
    let channels: BTreeSet<&Channel> = done.days.iter().map(|one| &one.channel).collect();
    let channels: Vec<&Channel> = channels.into_iter().collect();
    let busiest = |side: &BTreeMap<Date, BTreeMap<Channel, u64>>| days.iter().map(|day| all(side, *day)).max();
    let most = busiest(&now).max(live.as_ref().and_then(busiest)).unwrap_or(0).max(1);
    let height = |count: u64| count as f64 / most as f64 * (HEIGHT - 4.0);
    let mut drawn = Vec::new();
    let mut day = days.first().copied();
    while let Some(one) = day.filter(|day| days.last().is_some_and(|last| day <= last)) {
        let counts: Vec<u64> =
            channels.iter().map(|channel| now.get(&one).and_then(|by| by.get(channel)).copied().unwrap_or(0)).collect();
        let mut y = HEIGHT;
        let parts = counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(class, count)| {
            y -= height(*count);
            Part { class, y, height: height(*count) }
        });
        let parts = parts.collect();
        let live_messages = live.as_ref().map(|live| all(live, one));
        drawn.push(Bar {
            x: drawn.len() as f64 * STEP,
            day: one.to_string(),
            parts,
            messages: counts.iter().sum(),
            live: live_messages.map(|count| HEIGHT - height(count)),
            live_messages,
            counts,
        });
        day = one.checked_add(1.day()).ok();
    }
    context! {
        width => STEP * drawn.len() as f64,
        few => drawn.len() < MANY_DAYS,
        height => HEIGHT,
        bar => BAR,
        most,
        messages => done.days.iter().map(|one| one.messages).sum::<u64>(),
        with_live => live.is_some(),
        channels => channels.iter().map(|channel| naming::channel(speech, channel.as_str())).collect::<Vec<_>>(),
        bars => data(drawn),
    }
}

#[derive(Serialize)]
struct Cell {
    day: String,
    /// The most in this hour of any week.
    most: u64,
    shade: u64,
}

#[derive(Serialize)]
struct Hour {
    hour: i8,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Team {
    team: String,
    tasks: u64,
    most: u64,
    /// When the hour with the most begins: date and hour.
    day: String,
    hour: i8,
    live_tasks: Option<u64>,
}

/// The most tasks that came within an hour, for each hour of the week from the earliest with any to the latest; and what each
/// team got.
pub(super) fn heat(done: &Side, before: Option<&Side>, speech: &Speech) -> Value {
    let mut at_once: BTreeMap<jiff::civil::DateTime, u64> = BTreeMap::new();
    for one in &done.hours {
        *at_once.entry(one.hour).or_default() += one.tasks;
    }
    let mut cells: BTreeMap<(i8, i8), u64> = BTreeMap::new();
    for (hour, tasks) in &at_once {
        let day = hour.date().weekday().to_monday_zero_offset();
        let most = cells.entry((hour.hour(), day)).or_default();
        *most = (*most).max(*tasks);
    }
    let most = cells.values().copied().max().unwrap_or(0);
    let shade = |tasks: u64| if tasks == 0 { 0 } else { (tasks * SHADES).div_ceil(most.max(1)) };
    let hours = cells.keys().map(|(hour, _)| *hour);
    let (first, last) = (hours.clone().min().unwrap_or(0), hours.max().unwrap_or(-1));
    let monday = Date::constant(2026, 11, 23);
    let weekday = |offset: i8| {
        let day = monday.saturating_add(i64::from(offset).days()).weekday();
        speech.language.weekday(day).to_owned()
    };
    let row = |hour: i8| Hour {
        hour,
        cells: (0..7)
            .map(|day| {
                let tasks = cells.get(&(hour, day)).copied().unwrap_or(0);
                Cell { day: weekday(day), most: tasks, shade: shade(tasks) }
            })
            .collect(),
    };
    context! {
        most,
        weekdays => (0..7).map(weekday).collect::<Vec<_>>(),
        rows => data((first..=last).map(row).collect::<Vec<_>>()),
        teams => data(teams(&done.hours, before.map(|before| before.hours.as_slice()))),
    }
}

fn teams(done: &[TasksInHour], before: Option<&[TasksInHour]>) -> Vec<Team> {
    let names: BTreeSet<&str> = done.iter().chain(before.unwrap_or_default()).map(|one| one.team.as_str()).collect();
    let of = |hours: &[TasksInHour], team: &str| -> u64 {
        hours.iter().filter(|one| one.team == team).map(|one| one.tasks).sum()
    };
    let team = |team: &str| {
        let busiest = done.iter().filter(|one| one.team == team).rev().max_by_key(|one| one.tasks);
        Team {
            tasks: of(done, team),
            most: busiest.map_or(0, |one| one.tasks),
            day: busiest.map(|one| one.hour.date().to_string()).unwrap_or_default(),
            hour: busiest.map_or(0, |one| one.hour.hour()),
            live_tasks: before.map(|before| of(before, team)),
            team: team.to_owned(),
        }
    };
    names.into_iter().map(team).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use words::{CustomerWord, Language};

    use super::*;

    fn speech() -> Speech {
        Speech {
            language: Language::En,
            zone: TimeZone::UTC,
            customer: CustomerWord::new("tenant", "tenants"),
            now: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn side(days: &[(i8, &str, u64)], hours: &[(i8, i8, &str, u64)]) -> Side {
        let day = |(day, channel, messages): &(i8, &str, u64)| MessagesOnDay {
            day: date(2026, 11, *day),
            channel: Channel::new(*channel),
            messages: *messages,
        };
        let hour = |(day, hour, team, tasks): &(i8, i8, &str, u64)| TasksInHour {
            hour: date(2026, 11, *day).at(*hour, 0, 0, 0),
            team: (*team).to_owned(),
            tasks: *tasks,
        };
        Side { days: days.iter().map(day).collect(), hours: hours.iter().map(hour).collect(), ..Side::default() }
    }

    fn json(value: Value) -> serde_json::Value {
        serde_json::to_value(value).unwrap()
    }

    #[test]
    fn every_day_between_the_first_and_the_last_has_a_bar() {
        let done = side(&[(2, "email", 30), (2, "sms", 10), (4, "email", 20)], &[]);
        let before = side(&[(3, "email", 80)], &[]);
        let drawn = json(bars(&done, Some(&before), &speech()));
        let bars = drawn["bars"].as_array().unwrap();
        assert_eq!(bars.len(), 3);
        assert_eq!((drawn["most"].as_u64(), drawn["messages"].as_u64()), (Some(80), Some(60)), "of either version");
        assert_eq!(bars[0]["parts"][1]["height"].as_f64(), Some(10.0 / 80.0 * 116.0));
        assert_eq!((bars[1]["messages"].as_u64(), bars[1]["live"].as_f64()), (Some(0), Some(4.0)));
        assert_eq!(bars[0]["counts"], serde_json::json!([30, 10]));
        assert_eq!(json(super::bars(&Side::default(), None, &speech()))["bars"], serde_json::json!([]));
    }

    #[test]
    fn an_hour_of_the_week_shows_its_worst_week() {
        let done = side(&[], &[(2, 9, "desk", 43), (2, 9, "planning", 2), (9, 9, "desk", 7), (4, 11, "desk", 9)]);
        let drawn = json(heat(&done, Some(&Side::default()), &speech()));
        assert_eq!(drawn["rows"].as_array().unwrap().len(), 3, "nine to eleven");
        let monday = &drawn["rows"][0]["cells"][0];
        assert_eq!((monday["most"].as_u64(), monday["shade"].as_u64()), (Some(45), Some(5)), "all teams together");
        assert_eq!(drawn["rows"][2]["cells"][2]["shade"], 1);
        let desk = &drawn["teams"][0];
        assert_eq!(
            (desk["tasks"].as_u64(), desk["most"].as_u64(), desk["live_tasks"].as_u64()),
            (Some(59), Some(43), Some(0))
        );
    }
}
