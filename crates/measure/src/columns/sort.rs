//! From rows in any order to columns: a counting sort by run, then a sort within each run that is not in order already.

use words::RunId;

use super::{
    Answer, Columns, Exit, Recommendation, Runs,
    build::{Attachment, Builder, RunEntry},
    combined_scores,
};
use crate::{Names, sparse::Sparse};

pub(super) fn sorted(mut builder: Builder) -> Columns {
    let mut columns = std::mem::take(&mut builder.names);
    let rank = rank_runs(&builder.runs);
    let (offsets, order) = order_rows(&builder, &rank);
    columns.offsets = offsets;
    builder.run = Vec::new();
    columns.codes = gather(std::mem::take(&mut builder.code), &order);
    columns.times = gather(std::mem::take(&mut builder.time), &order);
    columns.channel = gather(std::mem::take(&mut builder.channel), &order);
    columns.flags = vec![0; order.len()];
    for (row, &from) in order.iter().enumerate() {
        let reason = builder.reason[from as usize];
        if reason != Names::NONE {
            columns.reason.push(row as u32, reason);
        }
    }
    for run in 0..rank.len() {
        let first = columns.offsets[run];
        for row in first..columns.offsets[run + 1] {
            let sequence = builder.sequence[order[row as usize] as usize];
            if sequence != row - first + 1 {
                columns.sequences.push(row, sequence);
            }
        }
    }
    columns.runs = sort_runs(std::mem::take(&mut builder.runs), &rank, &columns);
    attach(&mut columns, &builder.attachments, &rank);
    columns
}

/// For every run the place it gets: by id.
fn rank_runs(runs: &[RunEntry]) -> Vec<u32> {
    let mut by_id: Vec<(RunId, u32)> = (0..).zip(runs).map(|(place, run)| (run.id, place)).collect();
    by_id.sort_unstable();
    let mut rank = vec![0; runs.len()];
    for (new, (_, old)) in (0..).zip(by_id) {
        rank[old as usize] = new;
    }
    rank
}

/// Offsets per run, and for every row of the result the row it comes from. Doubles are left out.
fn order_rows(builder: &Builder, rank: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; rank.len() + 1];
    for &run in &builder.run {
        starts[rank[run as usize] as usize + 1] += 1;
    }
    for run in 0..rank.len() {
        starts[run + 1] += starts[run];
    }
    let mut order = vec![0_u32; builder.run.len()];
    let mut next = starts.clone();
    for (row, &run) in (0..).zip(&builder.run) {
        let place = &mut next[rank[run as usize] as usize];
        order[*place as usize] = row;
        *place += 1;
    }
    let key = |row: u32| (builder.time[row as usize], builder.sequence[row as usize]);
    let mut kept = 0;
    let mut offsets = next;
    for run in 0..rank.len() {
        let (first, last) = (starts[run] as usize, starts[run + 1] as usize);
        let rows = &mut order[first..last];
        if !rows.is_sorted_by_key(|row| key(*row)) {
            rows.sort_by_key(|row| key(*row));
        }
        offsets[run] = kept as u32;
        let begin = kept;
        for from in first..last {
            if kept == begin || key(order[kept - 1]) != key(order[from]) {
                order[kept] = order[from];
                kept += 1;
            }
        }
    }
    offsets[rank.len()] = kept as u32;
    order.truncate(kept);
    (offsets, order)
}

fn gather<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
    order.iter().map(|row| column[*row as usize]).collect()
}

/// Puts the runs in order and fills in what only their contacts tell: an unknown start, an exit after the last contact.
fn sort_runs(entries: Vec<RunEntry>, rank: &[u32], columns: &Columns) -> Runs {
    let mut order = vec![0_u32; rank.len()];
    for (old, &new) in (0..).zip(rank) {
        order[new as usize] = old;
    }
    let mut runs = Runs::default();
    for (new, old) in (0_u32..).zip(order) {
        let entry = &entries[old as usize];
        let rows = columns.offsets[new as usize] as usize..columns.offsets[new as usize + 1] as usize;
        let last = columns.codes[rows.clone()].last().copied().unwrap_or(Names::NONE);
        let first_time = columns.times[rows].first().copied().unwrap_or(0);
        let located = |exit: Exit| Exit { after: if exit.after == Names::NONE { last } else { exit.after }, ..exit };
        runs.ids.push(entry.id);
        runs.started.push(entry.started.unwrap_or(first_time));
        runs.versions.push(entry.version);
        runs.personas.push(entry.personas);
        let fate = entry.fate.as_deref().copied().unwrap_or_default();
        runs.endings.push(fate.ended.map(|(ending, _)| ending));
        if let Some((_, exit)) = fate.ended {
            runs.exits.push(new, located(exit));
        }
        if let Some(exit) = fate.dropped {
            runs.drops.push(new, located(exit));
        }
        if let Some(time) = fate.goal {
            runs.goals.push(new, time);
        }
    }
    runs
}

/// Finds the contact of each attachment; per question the newest answer stays.
fn attach(columns: &mut Columns, attachments: &[(u32, u32, Attachment)], rank: &[u32]) {
    let mut answers: Vec<(u32, Answer)> = Vec::new();
    let mut recommended: Vec<(u32, Recommendation)> = Vec::new();
    for (place, sequence, attachment) in attachments {
        let Some(row) = row_of(columns, rank[*place as usize] as usize, *sequence) else {
            continue;
        };
        match attachment {
            Attachment::Flag(bit) => columns.flags[row as usize] |= bit,
            Attachment::Answer(answer) => answers.push((row, *answer)),
            Attachment::Recommendation(answer) => recommended.push((row, *answer)),
        }
    }
    answers.sort_by_key(|(row, answer)| (*row, answer.question, answer.time));
    columns.answers = newest(&answers, |answer| answer.question);
    columns.scores = combined_scores(&columns.answers);
    recommended.sort_by_key(|(row, answer)| (*row, answer.question, answer.time));
    columns.recommended = newest(&recommended, |answer| answer.question);
}

/// Of sorted answers the last per row and question.
fn newest<T: Copy>(sorted: &[(u32, T)], question: impl Fn(&T) -> u16) -> Sparse<T> {
    let mut newest = Sparse::default();
    for (at, (row, answer)) in sorted.iter().enumerate() {
        let replaces = |(next, other): &(u32, T)| next == row && question(other) == question(answer);
        if !sorted.get(at + 1).is_some_and(replaces) {
            newest.push(*row, *answer);
        }
    }
    newest
}

fn row_of(columns: &Columns, run: usize, sequence: u32) -> Option<u32> {
    let run = columns.run(run);
    let mut rows = run.rows();
    let likely = run.first.checked_add(sequence.checked_sub(1)?)?;
    if rows.contains(&likely) && columns.sequence(&run, likely) == sequence {
        return Some(likely);
    }
    rows.find(|row| columns.sequence(&run, *row) == sequence)
}
