use std::collections::HashMap;

use foldhash::fast::FixedState;
use words::{Ending, Experience, Learnt, Lesson, RunId};

use super::{Answer, Columns, Exit, ExitRow, Recommendation, Row, RunRow, flag};
use crate::{MeasureError, Names};

pub(super) const NAMES_MAX: usize = Names::NONE as usize;
pub(super) const CHANNELS_MAX: usize = Columns::NO_CHANNEL as usize;
pub(super) const PERSONAS_MAX: usize = 64;
pub(super) const ROWS_MAX: usize = u32::MAX as usize;

/// What is rare in a run.
#[derive(Clone, Copy, Default)]
pub(super) struct Fate {
    pub(super) ended: Option<(Ending, Exit)>,
    pub(super) dropped: Option<Exit>,
    pub(super) goal: Option<i64>,
}

pub(super) struct RunEntry {
    pub(super) id: RunId,
    /// `None`: only contacts came, no run yet.
    pub(super) started: Option<i64>,
    pub(super) version: u16,
    pub(super) personas: u64,
    pub(super) fate: Option<Box<Fate>>,
}

/// What is to be attached to the contact (run, sequence).
pub(super) enum Attachment {
    Flag(u8),
    Answer(Answer),
    Recommendation(Recommendation),
}

/// Takes runs, contacts and what was learnt in any order and makes columns of them.
#[derive(Default)]
pub struct Builder {
    /// Names and, while building, nothing else.
    pub(super) names: Columns,
    pub(super) runs: Vec<RunEntry>,
    places: HashMap<RunId, u32, FixedState>,
    pub(super) run: Vec<u32>,
    pub(super) sequence: Vec<u32>,
    pub(super) code: Vec<u16>,
    pub(super) time: Vec<i64>,
    pub(super) channel: Vec<u8>,
    pub(super) reason: Vec<u16>,
    pub(super) attachments: Vec<(u32, u32, Attachment)>,
}

impl Builder {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a run, or puts a newer state of it in place of what was known.
    pub fn run(&mut self, row: &RunRow<'_>) -> Result<(), MeasureError> {
        let version = self.names.versions.code(row.version, "versions", NAMES_MAX)?;
        let mut personas = 0;
        for persona in row.personas {
            personas |= 1_u64 << self.names.personas.code(persona, "personas", PERSONAS_MAX)?;
        }
        let ended = match &row.ended {
            Some((ending, exit)) => Some((*ending, self.exit(exit)?)),
            None => None,
        };
        let dropped = row.dropped.as_ref().map(|exit| self.exit(exit)).transpose()?;
        let goal = row.goal.map(|time| time.as_microsecond());
        let rare = ended.is_some() || dropped.is_some() || goal.is_some();
        let place = self.place(row.id)?;
        self.runs[place as usize] = RunEntry {
            id: row.id,
            started: Some(row.started.as_microsecond()),
            version,
            personas,
            fate: rare.then(|| Box::new(Fate { ended, dropped, goal })),
        };
        Ok(())
    }

    /// Adds a contact. Of two with the same run, time and sequence the first is kept.
    pub fn contact(&mut self, row: &Row<'_>) -> Result<(), MeasureError> {
        if self.code.len() >= ROWS_MAX {
            return Err(MeasureError::TooMany { what: "contacts", limit: ROWS_MAX });
        }
        let code = self.names.touchpoints.code(row.touchpoint, "touchpoints", NAMES_MAX)?;
        let channel = match row.channel {
            Some(name) => self.names.channels.code(name, "channels", CHANNELS_MAX)? as u8,
            None => Columns::NO_CHANNEL,
        };
        let reason = self.reason_code(row.reason)?;
        let time = row.time.as_microsecond();
        let place = self.place(row.run)?;
        if let Some(score) = row.score {
            self.answer(place, row.sequence, "", time, score)?;
        }
        self.run.push(place);
        self.sequence.push(row.sequence);
        self.code.push(code);
        self.time.push(time);
        self.channel.push(channel);
        self.reason.push(reason);
        Ok(())
    }

    /// Adds what was learnt of a contact; it may come before the contact. About a contact that never comes it is left out.
    pub fn learnt(&mut self, learnt: &Learnt) -> Result<(), MeasureError> {
        let place = self.place(learnt.run)?;
        let bit = match &learnt.lesson {
            Lesson::Delivered => flag::DELIVERED,
            Lesson::Read => flag::READ,
            Lesson::PromiseKept => flag::PROMISE_KEPT,
            Lesson::PromiseBroken => flag::PROMISE_BROKEN,
            Lesson::PromiseReplaced => flag::PROMISE_REPLACED,
            Lesson::Overdue => flag::OVERDUE,
            Lesson::Answered { question, score } => {
                let time = learnt.time.as_microsecond();
                self.answer(place, learnt.sequence, question, time, *score)?;
                flag::ANSWERED
            }
            Lesson::Recommended { question, answer } => {
                let question = self.names.questions.code(question, "questions", NAMES_MAX)?;
                let time = learnt.time.as_microsecond();
                let said = Attachment::Recommendation(Recommendation { question, time, answer: *answer });
                self.attachments.push((place, learnt.sequence, said));
                flag::ANSWERED
            }
        };
        self.attachments.push((place, learnt.sequence, Attachment::Flag(bit)));
        Ok(())
    }

    fn answer(
        &mut self,
        place: u32,
        sequence: u32,
        question: &str,
        time: i64,
        score: Experience,
    ) -> Result<(), MeasureError> {
        let question = self.names.questions.code(question, "questions", NAMES_MAX)?;
        let score = score.value() as f32;
        self.attachments.push((place, sequence, Attachment::Answer(Answer { question, time, score })));
        Ok(())
    }

    fn exit(&mut self, row: &ExitRow<'_>) -> Result<Exit, MeasureError> {
        let after = match row.after {
            Some(name) => self.names.touchpoints.code(name, "touchpoints", NAMES_MAX)?,
            None => Names::NONE,
        };
        Ok(Exit { time: row.time.as_microsecond(), after, reason: self.reason_code(row.reason)? })
    }

    fn reason_code(&mut self, reason: Option<&str>) -> Result<u16, MeasureError> {
        match reason {
            Some(name) => self.names.reasons.code(name, "reasons", NAMES_MAX),
            None => Ok(Names::NONE),
        }
    }

    /// The place of a run; contacts mostly come run by run.
    pub(super) fn place(&mut self, id: RunId) -> Result<u32, MeasureError> {
        if let Some(&last) = self.run.last()
            && self.runs[last as usize].id == id
        {
            return Ok(last);
        }
        if let Some(&place) = self.places.get(&id) {
            return Ok(place);
        }
        if self.runs.len() >= ROWS_MAX {
            return Err(MeasureError::TooMany { what: "runs", limit: ROWS_MAX });
        }
        let place = self.runs.len() as u32;
        self.runs.push(RunEntry { id, started: None, version: Names::NONE, personas: 0, fate: None });
        self.places.insert(id, place);
        Ok(place)
    }

    /// Sorts once and gives the columns.
    pub fn finish(mut self) -> Result<Columns, MeasureError> {
        self.places = HashMap::default();
        Ok(super::sort::sorted(self))
    }
}
