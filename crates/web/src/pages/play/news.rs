//! What came of the last thing that the player did: the page begins with it, and the focus goes there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use minijinja::{Value, context};
use store::{SendState, TaskState};
use words::{EffectKey, EventName};

use super::stage::Play;
use crate::{
    format,
    pages::{
        customer::{self, Portrait},
        naming,
    },
    problem::Problem,
    shell::Shell,
    views::data,
};

/// The page's own place for it.
pub(super) const PLACE: &str = "#nieuw";

/// How a play stood before the player did something, and what that was.
#[derive(Clone, Debug)]
pub(super) struct Before {
    pub(super) time: Timestamp,
    pub(super) did: Did,
    pub(super) stood: Stood,
}

/// What the player did.
#[derive(Clone, Debug)]
pub(super) enum Did {
    /// Let something happen.
    Happened(EventName),
    /// Let time pass.
    Waited,
    /// Did a task of a colleague, by its title.
    Task(String),
    /// Answered a question.
    Answered,
}

/// What one can see of a play.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stood {
    messages: BTreeMap<EffectKey, &'static str>,
    tasks: BTreeSet<EffectKey>,
    contacts: usize,
    runs: usize,
    ended: usize,
    goals: usize,
}

impl Stood {
    /// How it stands now.
    pub(super) fn of(portrait: &Portrait) -> Self {
        let shown = |state: &SendState| match state {
            SendState::Ready | SendState::Sending { .. } | SendState::Printed { .. } => None,
            other => Some(other.name()),
        };
        let messages = portrait.messages.iter().filter_map(|row| Some((row.key.clone(), shown(&row.state)?)));
        let open = portrait.tasks.iter().filter(|row| row.state == TaskState::Open);
        Self {
            messages: messages.collect(),
            tasks: open.map(|row| row.key.clone()).collect(),
            contacts: portrait.contacts.len(),
            runs: portrait.runs.len(),
            ended: portrait.runs.iter().filter(|seen| !seen.state.is_open()).count(),
            goals: portrait.runs.iter().filter(|seen| seen.run().goal.is_some()).count(),
        }
    }

    /// Whether the message is new, or stands otherwise than before.
    pub(super) fn is_new(&self, key: &EffectKey, state: &str) -> bool {
        self.messages.get(key).is_none_or(|before| *before != state)
    }
}

impl Play {
    /// How the play stands now.
    pub(super) async fn stood(&self) -> Result<Stood, Problem> {
        let portrait = Portrait::load(&self.drive.service, &self.organisation, self.customer).await?;
        Ok(portrait.as_ref().map(Stood::of).unwrap_or_default())
    }

    /// Keeps how it stands, before the player does something.
    pub(super) async fn begins(&self, did: Did) -> Result<(), Problem> {
        let before = Before { time: self.drive.now(), did, stood: self.stood().await? };
        self.course.lock().await.before = Some(before);
        Ok(())
    }
}

/// What came of it, for the page.
pub(super) fn news(play: &Play, before: &Before, portrait: &Portrait, messages: &[Value], shell: &Shell) -> Value {
    let speech = &shell.speech;
    let passed = play.drive.now().duration_since(before.time);
    let later = (passed >= SignedDuration::from_mins(1)).then(|| format::span(speech.language, passed));
    let happened = match &before.did {
        Did::Happened(event) => Some(naming::capital(&naming::saying(&play.definition, speech).event(event))),
        _ => None,
    };
    let task = match &before.did {
        Did::Task(title) => Some(title.clone()),
        _ => None,
    };
    let open =
        portrait.tasks.iter().filter(|row| row.state == TaskState::Open && !before.stood.tasks.contains(&row.key));
    let tasks: Vec<String> = open.map(|row| row.title.clone()).collect();
    let new: Vec<Value> =
        messages.iter().filter(|message| message.get_attr("new").is_ok_and(|new| new.is_true())).cloned().collect();
    let now = Stood::of(portrait);
    let reached = now.goals > before.stood.goals;
    let nothing = new.is_empty() && tasks.is_empty() && !reached && now.ended == before.stood.ended;
    context! {
        later,
        happened,
        task,
        answered => matches!(before.did, Did::Answered),
        messages => new,
        tasks,
        reached,
        nothing,
        seen => data(now.contacts > before.stood.contacts),
    }
}

/// How the play ended, when it did, with what would come in real life.
pub(super) fn ending(play: &Play, portrait: &Portrait, can_happen: bool, next: bool, shell: &Shell) -> Option<Value> {
    let seen = portrait.chosen(None)?;
    let (now, speech) = (play.drive.now(), &shell.speech);
    let tasks = portrait.tasks.iter().any(|row| row.state == TaskState::Open);
    let run = seen.run();
    let goal = run.goal.map(|moment| moment.to_string());
    let (how, day, hears) = match &run.status {
        words::Status::Ended { ending, exit, listens_until } => {
            let how = match ending {
                words::Ending::Done => "done",
                words::Ending::Left => "left",
                words::Ending::Stopped => "stopped",
            };
            let hears = seen.state.hears(now).then(|| listens_until.to_string());
            (how, Some(exit.time.to_string()), hears)
        }
        // Nothing is left that moves it: that is an end too, though nobody wrote it down.
        words::Status::Open if !can_happen && !next && !tasks => ("stuck", None, None),
        words::Status::Open if run.dropped.is_some() => {
            ("dropped", run.dropped.as_ref().map(|exit| exit.time.to_string()), None)
        }
        words::Status::Open => return None,
    };
    let saying = naming::saying(&play.definition, speech);
    let starts: Vec<String> = play.definition.starts.iter().map(|on| saying.event(&on.event)).collect();
    Some(context! {
        how,
        day,
        goal,
        has_goal => play.definition.goal.is_some(),
        hears,
        ahead => data(customer::ahead(portrait, seen, speech)),
        tasks,
        starts,
    })
}
