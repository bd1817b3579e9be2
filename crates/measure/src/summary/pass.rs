use journey::Definition;
use words::Rail;

use super::{
    Fate, outcome,
    scores::RunScores,
    tally::{GoalTally, LoopTally, Tally, TouchpointTally},
};
use crate::{
    Columns, Selection,
    choose::names_of,
    columns::{RunSlice, flag},
    estimate::{ClusterMean, Recommendations},
};

/// Reads columns whose codes are places in the definition, once.
pub(super) fn count(columns: &Columns, definition: &Definition, selection: &Selection) -> Tally {
    let mut pass = Pass::new(columns, definition, selection);
    for run in columns.iter() {
        pass.run(&run);
    }
    pass.tally
}

struct Pass<'a> {
    columns: &'a Columns,
    goal_within: Option<i64>,
    as_of: i64,
    /// By code of channel; the last for contacts without.
    rails: Vec<Option<Rail>>,
    /// By touchpoint, when all its channels run on one rail.
    usual_rails: Vec<Option<Rail>>,
    /// By touchpoint that asks: what it asks about.
    asks: Vec<(usize, Vec<usize>)>,
    tally: Tally,
    /// How often the run had each touchpoint; all zero between runs.
    seen: Vec<u32>,
    /// Which touchpoints of the run have an answer; all false between runs.
    answered: Vec<bool>,
    scores: RunScores,
}

impl<'a> Pass<'a> {
    fn new(columns: &'a Columns, definition: &Definition, selection: &Selection) -> Self {
        let names = names_of(definition);
        let place = |id: &words::TouchpointId| names.find(id.as_str()).map(usize::from);
        let touchpoints = &definition.touchpoints;
        let rails = columns.channels.iter().map(|name| selection.rail(name)).chain([None]);
        let usual = |touchpoint: &journey::Touchpoint| {
            let mut found = touchpoint.channels.iter().map(|channel| selection.rail(channel.as_str()));
            let first = found.next()??;
            found.all(|rail| rail == Some(first)).then_some(first)
        };
        let asks = touchpoints.iter().enumerate().filter(|(_, touchpoint)| !touchpoint.ask.is_empty());
        let loops = touchpoints.iter().enumerate().filter_map(|(from, touchpoint)| {
            let to = place(touchpoint.back_to.as_ref()?)?;
            Some(LoopTally { from, to, runs: 0, passes: 0 })
        });
        let within = definition.goal.as_ref().and_then(|goal| goal.within);
        Self {
            columns,
            goal_within: within.map(|span| span.seconds_about() as i64 * 1_000_000),
            as_of: selection.as_of.as_microsecond(),
            rails: rails.collect(),
            usual_rails: touchpoints.iter().map(usual).collect(),
            asks: asks
                .map(|(at, touchpoint)| {
                    (at, touchpoint.ask.iter().flat_map(|ask| ask.about.iter().filter_map(place)).collect())
                })
                .collect(),
            tally: Tally {
                runs: 0,
                fates: [0; Fate::COUNT],
                goal: GoalTally::default(),
                run_mean: ClusterMean::default(),
                run_peak_end: ClusterMean::default(),
                nps: Recommendations::default(),
                touchpoints: vec![TouchpointTally::default(); touchpoints.len()],
                loops: loops.collect(),
                funnels: Vec::new(),
            },
            seen: vec![0; touchpoints.len()],
            answered: vec![false; touchpoints.len()],
            scores: RunScores::default(),
        }
    }

    fn run(&mut self, run: &RunSlice<'_>) {
        self.tally.runs += 1;
        self.contacts(run);
        self.fate(run);
        self.goal(run);
        self.loops(run);
        self.asks();
        self.recommended(run);
        let mut scores = std::mem::take(&mut self.scores);
        scores.read(self.columns, run, |row| self.rail(row));
        scores.count_in(&mut self.tally);
        self.scores = scores;
        for code in run.codes {
            self.seen[usize::from(*code)] = 0;
            self.answered[usize::from(*code)] = false;
        }
    }

    fn rail(&self, row: u32) -> Option<Rail> {
        let channel = usize::from(self.columns.channel[row as usize]).min(self.rails.len() - 1);
        self.rails[channel].or(self.usual_rails[usize::from(self.columns.codes[row as usize])])
    }

    fn contacts(&mut self, run: &RunSlice<'_>) {
        let mut farthest = None;
        for (at, row) in run.rows().enumerate() {
            let place = usize::from(run.codes[at]);
            let rail = self.rail(row);
            let touchpoint = &mut self.tally.touchpoints[place];
            touchpoint.contacts += 1;
            self.seen[place] += 1;
            touchpoint.runs += u64::from(self.seen[place] == 1);
            touchpoint.again += u64::from(self.seen[place] == 2);
            farthest = farthest.max(Some(place));
            if at > 0 {
                touchpoint.since_previous.push(run.times[at] - run.times[at - 1]);
            }
            if let Some(rail) = rail {
                touchpoint.rails[rail as usize].contacts += 1;
            }
            let flags = self.columns.flags[row as usize];
            if flags != 0 {
                let has = |bit: u8| u64::from(flags & bit != 0);
                touchpoint.marks.delivered += has(flag::DELIVERED | flag::READ);
                touchpoint.marks.read += has(flag::READ);
                touchpoint.marks.kept += has(flag::PROMISE_KEPT);
                touchpoint.marks.broken += has(flag::PROMISE_BROKEN);
                self.answered[place] |= flags & flag::ANSWERED != 0;
            }
        }
        if let Some(place) = farthest {
            self.tally.touchpoints[place].farthest += 1;
        }
    }

    fn fate(&mut self, run: &RunSlice<'_>) {
        let outcome = outcome(self.columns, run);
        self.tally.fates[outcome.fate as usize] += 1;
        for (at, code) in run.codes.iter().enumerate() {
            // Once per touchpoint: at its first contact.
            let place = usize::from(*code);
            if self.seen[place] > 1 && run.codes[..at].contains(code) {
                continue;
            }
            let here = outcome.after == *code;
            let fate = if here { outcome.fate } else { Fate::WentOn };
            let touchpoint = &mut self.tally.touchpoints[place];
            touchpoint.fates[fate as usize] += 1;
            if fate.is_exit() {
                let reason = self.columns.reasons.get(outcome.reason).map(str::to_owned);
                *touchpoint.reasons.entry((fate, reason)).or_default() += 1;
            }
        }
    }

    fn goal(&mut self, run: &RunSlice<'_>) {
        let started = self.columns.runs.started[run.index];
        let deadline = self.goal_within.map_or(i64::MAX, |within| started.saturating_add(within));
        match self.columns.runs.goals.get(run.index as u32) {
            Some(time) => {
                self.tally.goal.reached += 1;
                self.tally.goal.within += u64::from(time <= deadline);
            }
            None if self.as_of <= deadline && self.columns.is_open(run.index) => self.tally.goal.open += 1,
            None => {}
        }
    }

    fn loops(&mut self, run: &RunSlice<'_>) {
        for passed in &mut self.tally.loops {
            if self.seen[passed.from] == 0 || self.seen[passed.to] == 0 {
                continue;
            }
            let (mut waiting, mut passes) = (false, 0);
            for code in run.codes {
                let place = usize::from(*code);
                if place == passed.to && waiting {
                    passes += 1;
                    waiting = false;
                }
                waiting |= place == passed.from;
            }
            passed.passes += passes;
            passed.runs += u64::from(passes > 0);
        }
    }

    fn recommended(&mut self, run: &RunSlice<'_>) {
        let (rows, answers) = self.columns.recommended.within(run.rows());
        for (row, said) in rows.iter().zip(answers) {
            self.tally.touchpoints[usize::from(self.columns.codes[*row as usize])].nps.add(said.answer);
        }
        if let Some(newest) = answers.iter().max_by_key(|said| said.time) {
            self.tally.nps.add(newest.answer);
        }
    }

    fn asks(&mut self) {
        for (place, about) in &self.asks {
            if self.seen[*place] > 0 {
                let touchpoint = &mut self.tally.touchpoints[*place];
                touchpoint.asked += 1;
                touchpoint.answered += u64::from(about.iter().any(|place| self.answered[*place]));
            }
        }
    }
}
