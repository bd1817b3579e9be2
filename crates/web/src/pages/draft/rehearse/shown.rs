//! A report as the page shows it: first what to look at, then pictures, then tables.

use minijinja::{Value, context};
use serde::Serialize;
use sim::rehearse::{Differences, Report, TouchpointCount, Way, findings, refusal};

use super::super::opened::Opened;
use super::{drawn, listed};
use crate::{
    language::{Speech, Text},
    pages::naming,
    problem::Problem,
    session::Staff,
    views::data,
};

/// One finding.
#[derive(Serialize)]
struct Look {
    warns: bool,
    text: String,
}

/// One touchpoint.
#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    gone: bool,
    happened: u64,
    asked: u64,
    sent: u64,
    by: Vec<(String, u64)>,
    held: u64,
    /// The times until which they waited, the usual first.
    until: Vec<(String, u64)>,
    refused: Vec<(String, u64)>,
    withdrawn: u64,
    waiting: u64,
    tasks: u64,
    /// What differs, each as a phrase.
    differs: Vec<String>,
}

/// Everything of a report.
pub(super) async fn shown(staff: &Staff, report: &Report, opened: &Opened) -> Result<Value, Problem> {
    let speech = &staff.speech;
    let looks = findings(report)
        .into_iter()
        .map(|finding| Look { warns: finding.warns(), text: finding.said(speech.language, &speech.customer) });
    let (way, asked) = match &report.plan.way {
        Way::Recorded { .. } => ("recorded", 0),
        Way::Simulated { customers, .. } => ("simulated", *customers),
    };
    let seed = match report.plan.way {
        Way::Simulated { seed, .. } => Some(seed),
        Way::Recorded { .. } => None,
    };
    let [done, left, stopped] = report.done.ended;
    Ok(context! {
        way,
        days => report.plan.days,
        seed,
        asked,
        made => report.made.to_string(),
        from => report.window.from.to_string(),
        until => report.window.until.to_string(),
        customers => report.customers,
        sampled => report.customers_of > u64::from(sim::rehearse::Plan::CUSTOMERS_MAX),
        customers_of => report.customers_of,
        cut => report.cut,
        runs => report.done.runs,
        done,
        left,
        stopped,
        goal => report.done.goal,
        older => report.draft != opened.folder.hash(),
        other_live => report.live != opened.row.live,
        with_live => report.before.is_some(),
        same => report.is_same(),
        looks => data(looks.collect::<Vec<_>>()),
        bars => drawn::bars(&report.done, report.before.as_ref(), speech),
        heat => drawn::heat(&report.done, report.before.as_ref(), speech),
        rows => data(rows(report, speech)),
        groups => data(listed::groups(staff, report).await?),
        rows_of => report.rows_of,
        rows_cut => report.rows_of > report.rows.len() as u64,
    })
}

/// What sends, asks or works, in the order of the draft; then what only the live version has.
fn rows(report: &Report, speech: &Speech) -> Vec<Row> {
    let differs = |id: &str| {
        let found = report.touchpoints.iter().find(|one| one.id == id);
        found.map(|one| phrases(&one.differs, speech)).unwrap_or_default()
    };
    let busy =
        |count: &&TouchpointCount| count.sends || count.asked + count.tasks > 0 || !differs(&count.id).is_empty();
    let mut rows: Vec<Row> =
        report.done.touchpoints.iter().filter(busy).map(|count| row(count, differs(&count.id), speech)).collect();
    let gone = report.touchpoints.iter().filter(|one| report.done.touchpoints.iter().all(|count| count.id != one.id));
    for one in gone.filter(|one| !one.differs.is_none()) {
        let count = TouchpointCount { id: one.id.clone(), title: one.title.clone(), ..TouchpointCount::default() };
        rows.push(Row { gone: true, ..row(&count, phrases(&one.differs, speech), speech) });
    }
    rows
}

fn row(count: &TouchpointCount, differs: Vec<String>, speech: &Speech) -> Row {
    let mut until: Vec<(String, u64)> = count
        .held_until
        .iter()
        .map(|(time, many)| (format!("{:02}:{:02}", time.hour(), time.minute()), *many))
        .collect();
    until.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
    Row {
        id: count.id.clone(),
        title: count.title.clone(),
        gone: false,
        happened: count.happened,
        asked: count.asked,
        sent: count.all_sent(),
        by: count.sent.iter().map(|(channel, many)| (naming::channel(speech, channel.as_str()), *many)).collect(),
        held: count.held,
        until,
        refused: count
            .refused
            .iter()
            .map(|(reason, many)| (refusal(*reason, speech.language).to_owned(), *many))
            .collect(),
        withdrawn: count.withdrawn,
        waiting: count.waiting,
        tasks: count.tasks,
        differs,
    }
}

/// "12 meer", "3 op een ander moment".
fn phrases(differs: &Differences, speech: &Speech) -> Vec<String> {
    let Differences { new, gone, time, channel, text, tasks_new, tasks_gone } = *differs;
    let all = [
        (new, Text::new("rehearse-differs-new")),
        (gone, Text::new("rehearse-differs-gone")),
        (channel, Text::new("rehearse-differs-channel")),
        (time, Text::new("rehearse-differs-time")),
        (text, Text::new("rehearse-differs-text")),
        (tasks_new, Text::new("rehearse-differs-tasks-new")),
        (tasks_gone, Text::new("rehearse-differs-tasks-gone")),
    ];
    let some = all.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, text)| speech.say(&text.with("count", count))).collect()
}
