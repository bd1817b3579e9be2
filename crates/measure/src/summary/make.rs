//! From counts to figures.

use std::cmp::Reverse;

use journey::{Ask, Definition};
use words::{Evidence, Figure, Scale, Window};

use super::{
    ExitFigures, Fate, FateFigures, LoopFigures, RailFigures, Summary, Tally, TouchpointFigures,
    tally::{LoopTally, RailTally, TouchpointTally},
};
use crate::{
    Selection, definitions as d,
    estimate::{count, normal_interval, share, shielded},
};

impl Tally {
    /// The counts as figures.
    pub fn figures(&self, definition: &Definition, selection: &Selection) -> Summary {
        let window = selection.window;
        let of_runs = |fate: Fate, name| count(self.fates[fate as usize], name, window);
        let goal = definition.goal.as_ref();
        let goal_of = |part, whole, name| goal.map(|_| share(part, whole, name, window));
        let decided = self.runs - self.goal.open;
        let answers = self.touchpoints.iter().map(|touchpoint| touchpoint.experience.mean.n);
        let chosen = |id: &_| selection.touchpoints.as_ref().is_none_or(|subset| subset.contains(id));
        let touchpoints = definition.touchpoints.iter().enumerate();
        let ends = |passed: &&LoopTally| [passed.from, passed.to].map(|at| &definition.touchpoints[at].id);
        let loops = self.loops.iter().filter(|passed| ends(passed).into_iter().all(chosen));
        let funnels = definition.funnels.iter().zip(&self.funnels);
        Summary {
            journey: definition.id.clone(),
            version: definition.hash.clone(),
            window,
            as_of: selection.as_of,
            started: count(self.runs, d::RUNS_STARTED, window),
            open: of_runs(Fate::Open, d::RUNS_OPEN),
            dropped: of_runs(Fate::Dropped, d::RUNS_DROPPED),
            done: of_runs(Fate::Done, d::RUNS_DONE),
            left: of_runs(Fate::Left, d::RUNS_LEFT),
            stopped: of_runs(Fate::Stopped, d::RUNS_STOPPED),
            goal: goal_of(self.goal.reached, self.runs, d::GOAL_SHARE),
            goal_within: goal_of(self.goal.within, decided, d::GOAL_WITHIN)
                .filter(|_| goal.is_some_and(|goal| goal.within.is_some())),
            goal_open: goal.map(|_| count(self.goal.open, d::GOAL_OPEN, window)),
            answers: count(answers.sum(), d::ANSWERS, window),
            mean: self.curve_mean(window),
            peak_end: self.curve_peak_end(window),
            end: self.curve_end(window),
            ends_at: self.end_at().map(|at| definition.touchpoints[at].id.clone()),
            run_mean: self.run_mean.figure(d::RUN_MEAN, window),
            run_peak_end: self.run_peak_end.figure(d::RUN_PEAK_END, window),
            nps: recommending(definition).next().map(|_| self.nps.figure(d::JOURNEY_NPS, window)),
            touchpoints: touchpoints
                .filter(|(_, touchpoint)| chosen(&touchpoint.id))
                .map(|(at, touchpoint)| TouchpointFigures {
                    nps: recommending(definition)
                        .any(|ask| ask.about.contains(&touchpoint.id))
                        .then(|| self.touchpoints[at].nps.figure(d::TOUCHPOINT_NPS, window)),
                    ..self.touchpoint(at, touchpoint, window)
                })
                .collect(),
            loops: loops.map(|passed| self.passed(passed, definition, window)).collect(),
            funnels: funnels
                .filter(|(funnel, _)| funnel.steps.iter().all(chosen))
                .map(|(funnel, tally)| tally.figures(funnel, window))
                .collect(),
        }
    }

    /// The points of the curve that rest on enough answers, in the order of the definition.
    fn curve(&self) -> impl DoubleEndedIterator<Item = (&TouchpointTally, f64)> {
        let full = self.touchpoints.iter().filter(|touchpoint| touchpoint.experience.mean.n >= Evidence::FULL);
        full.filter_map(|touchpoint| Some((touchpoint, touchpoint.experience.mean.mean()?)))
    }

    /// Every point counts the same. The points are taken as independent for the interval.
    fn curve_mean(&self, window: Window) -> Figure {
        let points = self.curve().count() as f64;
        let mean = self.curve().map(|(_, mean)| mean).sum::<f64>() / points;
        let errors = self.curve().map(|(touchpoint, _)| touchpoint.experience.mean.error_squared());
        let error: Option<f64> = errors.sum();
        self.of_curve(
            Some(mean).filter(|_| points > 0.0),
            error.map(|sum| sum / (points * points)),
            d::JOURNEY_MEAN,
            window,
        )
    }

    /// The mean of the extreme point (of equals the last) and the last point; no interval, since the extreme is chosen.
    fn curve_peak_end(&self, window: Window) -> Figure {
        let extreme =
            self.curve().map(|(_, mean)| mean).reduce(|peak, mean| if mean.abs() >= peak.abs() { mean } else { peak });
        let last = self.curve().next_back().map(|(_, mean)| mean);
        let value = extreme.zip(last).map(|(extreme, last)| f64::midpoint(extreme, last));
        self.of_curve(value, None, d::JOURNEY_PEAK_END, window)
    }

    /// The last point of the curve. It stands for the whole journey and is read beside others: told from 30 answers.
    fn curve_end(&self, window: Window) -> Figure {
        let answered = || self.touchpoints.iter().rfind(|touchpoint| touchpoint.experience.mean.n > 0);
        let last = self.curve().next_back().map(|(touchpoint, _)| touchpoint).or_else(answered);
        let mean = last.map(|touchpoint| touchpoint.experience.mean).unwrap_or_default();
        let figure = mean.figure(d::JOURNEY_END, window);
        if figure.evidence().comparable() { figure } else { Figure { value: None, interval: None, ..figure } }
    }

    /// The place of that point, when it is told.
    fn end_at(&self) -> Option<usize> {
        let full = |touchpoint: &TouchpointTally| touchpoint.experience.mean.n >= Evidence::FULL;
        let at = self.touchpoints.iter().rposition(full)?;
        Evidence(self.touchpoints[at].experience.mean.n).comparable().then_some(at)
    }

    fn of_curve(
        &self,
        value: Option<f64>,
        error_squared: Option<f64>,
        definition: &'static str,
        window: Window,
    ) -> Figure {
        let on_curve: u64 = self.curve().map(|(touchpoint, _)| touchpoint.experience.mean.n).sum();
        let answers = || self.touchpoints.iter().map(|touchpoint| touchpoint.experience.mean.n).sum();
        shielded(Figure {
            value,
            n: if value.is_some() { on_curve } else { answers() },
            interval: value.zip(error_squared).map(|(mean, error)| normal_interval(mean, error)),
            definition,
            window,
        })
    }

    fn touchpoint(&self, at: usize, touchpoint: &journey::Touchpoint, window: Window) -> TouchpointFigures {
        let here = &self.touchpoints[at];
        let flow = self.touchpoints[at..].iter().map(|touchpoint| touchpoint.farthest).sum();
        let experience = &here.experience;
        let of_answers = |part, name| shielded(share(part, experience.mean.n, name, window));
        let of_contacts = |part, name| touchpoint.sends().then(|| share(part, here.contacts, name, window));
        let marks = &here.marks;
        TouchpointFigures {
            id: touchpoint.id.clone(),
            contacts: count(here.contacts, d::REACH_CONTACTS, window),
            runs: count(here.runs, d::REACH_RUNS, window),
            reach: share(here.runs, self.runs, d::REACH_SHARE, window),
            again: share(here.again, here.runs, d::REACH_AGAIN, window),
            experience: experience.mean.figure(d::EXPERIENCE_MEAN, window),
            high: of_answers(experience.high, d::EXPERIENCE_HIGH),
            low: of_answers(experience.low, d::EXPERIENCE_LOW),
            since_previous: here.since_previous.figure(d::TIME_SINCE_PREVIOUS, window),
            flow: count(flow, d::FLOW_RUNS, window),
            fates: fates(here, window),
            left: share(here.gone(), here.decided(), d::EXIT_SHARE, window),
            exits: exits(here, window),
            online: rail(&here.rails[0], window),
            offline: rail(&here.rails[1], window),
            promise_kept: touchpoint
                .promise
                .as_ref()
                .map(|_| share(marks.kept, marks.kept + marks.broken, d::PROMISE_KEPT, window)),
            delivered: of_contacts(marks.delivered, d::MESSAGE_DELIVERED),
            read: of_contacts(marks.read, d::MESSAGE_READ),
            nps: None,
            response: (!touchpoint.ask.is_empty()).then(|| share(here.answered, here.asked, d::RESPONSE_SHARE, window)),
        }
    }

    fn passed(&self, passed: &LoopTally, definition: &Definition, window: Window) -> LoopFigures {
        let target = &self.touchpoints[passed.to];
        LoopFigures {
            from: definition.touchpoints[passed.from].id.clone(),
            to: definition.touchpoints[passed.to].id.clone(),
            runs: passed.runs,
            share: share(passed.runs, self.runs, d::LOOP_SHARE, window),
            of_visitors: share(passed.runs, self.touchpoints[passed.from].runs, d::LOOP_OF_VISITORS, window),
            passes: count(passed.passes, d::LOOP_PASSES, window),
            second_visits: share(target.again, target.runs, d::REACH_AGAIN, window),
        }
    }
}

/// The questions whether one would recommend something.
fn recommending(definition: &Definition) -> impl Iterator<Item = &Ask> {
    let asks = definition.touchpoints.iter().flat_map(|touchpoint| &touchpoint.ask);
    asks.filter(|ask| ask.scale == Scale::Nps)
}

fn fates(here: &TouchpointTally, window: Window) -> FateFigures {
    let of = |fate: Fate, name| count(here.fates[fate as usize], name, window);
    FateFigures {
        went_on: of(Fate::WentOn, d::FATE_WENT_ON),
        open: of(Fate::Open, d::FATE_OPEN),
        dropped: of(Fate::Dropped, d::FATE_DROPPED),
        done: of(Fate::Done, d::FATE_DONE),
        left: of(Fate::Left, d::FATE_LEFT),
        stopped: of(Fate::Stopped, d::FATE_STOPPED),
    }
}

/// Most frequent first; among equals dropped before left before stopped, then by reason.
fn exits(here: &TouchpointTally, window: Window) -> Vec<ExitFigures> {
    let mut exits: Vec<ExitFigures> = here
        .reasons
        .iter()
        .map(|((fate, reason), runs)| ExitFigures {
            fate: *fate,
            reason: reason.clone(),
            runs: *runs,
            share: share(*runs, here.decided(), d::EXIT_REASON, window),
        })
        .collect();
    exits.sort_by_key(|exit| Reverse(exit.runs));
    exits
}

fn rail(tally: &RailTally, window: Window) -> RailFigures {
    RailFigures {
        contacts: count(tally.contacts, d::RAIL_CONTACTS, window),
        experience: tally.mean.figure(d::RAIL_MEAN, window),
    }
}
