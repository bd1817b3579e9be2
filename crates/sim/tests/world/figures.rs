//! What thirteen days of customers come to: printed to be looked at, and held to what a map needs.

use std::collections::BTreeMap;

use sim::{Life, Staged};
use store::{SendState, TaskState};
use words::{Ending, Lesson, Status};

use crate::support::{JOURNEYS, lives, scene, staged};

/// Answers below which a figure is no full point on a map.
const FULL: usize = 10;

#[test]
fn every_touchpoint_that_is_asked_about_has_answers_to_show() {
    let scene = scene();
    let mut text = String::new();
    for id in JOURNEYS {
        let staged = staged(&scene, id);
        // A seventh of ninety days.
        let many = (staged.behaviour.arrivals.per_day * 13.0) as u32;
        let lives = lives(&scene, id, 1..=many, "2026-09-01T08:30:00Z", "2026-11-30T09:00:00Z");
        let figures = Figures::of(&lives);
        text.push_str(&figures.told(id, staged));
        for about in staged.definition().touchpoints.iter().flat_map(|t| &t.ask).flat_map(|ask| &ask.about) {
            let answers = figures.answers.get(about.as_str()).map_or(0, Vec::len);
            assert!(7 * answers >= FULL, "{id}: {about} would have {answers} answers in thirteen days");
        }
        assert!(figures.goal > 0.05 && figures.goal < 0.99, "{id}: {}", figures.goal);
    }
    insta::assert_snapshot!("figures", text);
}

#[derive(Default)]
struct Figures {
    people: usize,
    runs: usize,
    goal: f64,
    endings: BTreeMap<String, usize>,
    dropped: BTreeMap<String, usize>,
    contacts: BTreeMap<String, usize>,
    messages: BTreeMap<String, usize>,
    tasks: BTreeMap<String, usize>,
    answers: BTreeMap<String, Vec<f64>>,
    promises: BTreeMap<String, usize>,
}

impl Figures {
    fn of(lives: &[Life]) -> Self {
        let mut figures = Self { people: lives.len(), ..Self::default() };
        for life in lives {
            figures.add(life);
        }
        figures.goal /= figures.runs as f64;
        figures
    }

    fn add(&mut self, life: &Life) {
        let count = |map: &mut BTreeMap<String, usize>, name: String| *map.entry(name).or_default() += 1;
        let mut touchpoints = BTreeMap::new();
        for contact in &life.change.contacts {
            touchpoints.insert((contact.run, contact.sequence), contact.touchpoint.to_string());
            count(&mut self.contacts, contact.touchpoint.to_string());
        }
        for stored in &life.change.runs {
            let run = &stored.run;
            self.runs += 1;
            self.goal += f64::from(u8::from(run.goal.is_some()));
            let ending = match &run.status {
                Status::Open if run.dropped.is_some() => "dropped off",
                Status::Open => "open",
                Status::Ended { ending: Ending::Done, .. } => "done",
                Status::Ended { ending: Ending::Left, .. } => "left",
                Status::Ended { ending: Ending::Stopped, .. } => "stopped",
            };
            count(&mut self.endings, ending.to_owned());
            if let Some(after) = run.dropped.as_ref().and_then(|exit| exit.after.as_ref()) {
                count(&mut self.dropped, after.to_string());
            }
        }
        for row in &life.change.outbox {
            let state = match &row.state {
                SendState::Refused { reason } => format!("refused {reason:?}"),
                state => state.name().to_owned(),
            };
            count(&mut self.messages, format!("{} {state}", row.touchpoint));
        }
        let closed = &life.change.closed_tasks;
        for row in &life.change.tasks {
            let done = row.state != TaskState::Open || closed.iter().any(|(key, _)| *key == row.key);
            count(&mut self.tasks, format!("{} {}", row.touchpoint, if done { "done" } else { "open" }));
        }
        for learnt in &life.change.learnt {
            let touchpoint = touchpoints[&(learnt.run, learnt.sequence)].clone();
            match &learnt.lesson {
                Lesson::Answered { score, .. } => self.answers.entry(touchpoint).or_default().push(score.value()),
                Lesson::PromiseKept => count(&mut self.promises, format!("{touchpoint} kept")),
                Lesson::PromiseBroken => count(&mut self.promises, format!("{touchpoint} broken")),
                Lesson::Overdue => count(&mut self.promises, format!("{touchpoint} overdue")),
                _ => {}
            }
        }
    }

    fn told(&self, id: &str, staged: &Staged) -> String {
        let mut text = format!("{id}: {} people, {} runs, goal {:.0} %\n", self.people, self.runs, 100.0 * self.goal);
        let line = |text: &mut String, what: &str, map: &BTreeMap<String, usize>| {
            let list: Vec<String> = map.iter().map(|(name, count)| format!("{name} {count}")).collect();
            text.push_str(&format!("  {what}: {}\n", list.join(", ")));
        };
        line(&mut text, "ended", &self.endings);
        line(&mut text, "dropped off after", &self.dropped);
        for touchpoint in &staged.definition().touchpoints {
            let name = touchpoint.id.as_str();
            let contacts = self.contacts.get(name).copied().unwrap_or(0);
            let answers = self.answers.get(name).map_or(&[][..], Vec::as_slice);
            let mean = answers.iter().sum::<f64>() / answers.len() as f64;
            let felt = if answers.is_empty() { String::new() } else { format!(", {mean:+.1} of {}", answers.len()) };
            text.push_str(&format!("  {name}: {contacts}{felt}\n"));
        }
        line(&mut text, "messages", &self.messages);
        line(&mut text, "tasks", &self.tasks);
        line(&mut text, "promises", &self.promises);
        text
    }
}
