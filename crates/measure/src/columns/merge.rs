use std::collections::BTreeSet;

use words::RunId;

use super::{
    Builder, Columns, Exit,
    build::{Attachment, CHANNELS_MAX, Fate, NAMES_MAX, PERSONAS_MAX, ROWS_MAX, RunEntry},
};
use crate::{MeasureError, Names};

/// One set of columns out of two. A run that stands in both gets the contacts of both and the state of the `newer`.
pub fn merge(older: &Columns, newer: &Columns) -> Result<Columns, MeasureError> {
    let mut builder = Builder::reopen(older)?;
    builder.append(newer)?;
    builder.finish()
}

/// Codes of the one as codes of the other.
struct Recoding {
    touchpoints: Vec<u16>,
    channels: Vec<u16>,
    reasons: Vec<u16>,
    questions: Vec<u16>,
    versions: Vec<u16>,
    personas: Vec<u16>,
}

fn through(codes: &[u16], code: u16) -> u16 {
    codes.get(usize::from(code)).copied().unwrap_or(Names::NONE)
}

impl Builder {
    /// A builder that already holds these columns, to add what came since.
    pub fn reopen(columns: &Columns) -> Result<Self, MeasureError> {
        Self::reopen_without(columns, &BTreeSet::new())
    }

    /// The same, without the runs that are no more.
    pub fn reopen_without(columns: &Columns, removed: &BTreeSet<RunId>) -> Result<Self, MeasureError> {
        let mut builder = Self::new();
        builder.append_all_but(columns, removed)?;
        Ok(builder)
    }

    /// Adds all runs and contacts of other columns.
    pub fn append(&mut self, other: &Columns) -> Result<(), MeasureError> {
        self.append_all_but(other, &BTreeSet::new())
    }

    fn append_all_but(&mut self, other: &Columns, removed: &BTreeSet<RunId>) -> Result<(), MeasureError> {
        if self.code.len() + other.contact_count() > ROWS_MAX {
            return Err(MeasureError::TooMany { what: "contacts", limit: ROWS_MAX });
        }
        let names = &mut self.names;
        let codes = Recoding {
            touchpoints: names.touchpoints.absorb(&other.touchpoints, "touchpoints", NAMES_MAX)?,
            channels: names.channels.absorb(&other.channels, "channels", CHANNELS_MAX)?,
            reasons: names.reasons.absorb(&other.reasons, "reasons", NAMES_MAX)?,
            questions: names.questions.absorb(&other.questions, "questions", NAMES_MAX)?,
            versions: names.versions.absorb(&other.versions, "versions", NAMES_MAX)?,
            personas: names.personas.absorb(&other.personas, "personas", PERSONAS_MAX)?,
        };
        for index in (0..other.run_count()).filter(|index| !removed.contains(&other.runs.ids[*index])) {
            let place = self.append_run(other, index, &codes)?;
            self.append_rows(other, index, place, &codes);
        }
        Ok(())
    }

    fn append_run(&mut self, other: &Columns, index: usize, codes: &Recoding) -> Result<u32, MeasureError> {
        let runs = &other.runs;
        let id: RunId = runs.ids[index];
        let place = self.place(id)?;
        let row = index as u32;
        let exit = |exit: Exit| Exit {
            after: through(&codes.touchpoints, exit.after),
            reason: through(&codes.reasons, exit.reason),
            ..exit
        };
        let fate = Fate {
            ended: runs.endings[index].zip(runs.exits.get(row).map(exit)),
            dropped: runs.drops.get(row).map(exit),
            goal: runs.goals.get(row),
        };
        let rare = fate.ended.is_some() || fate.dropped.is_some() || fate.goal.is_some();
        let nameless = runs.versions[index] == Names::NONE && !rare;
        let known = &mut self.runs[place as usize];
        if let Some(started) = known.started.filter(|_| nameless) {
            // Only contacts came there: what is known of the run stays.
            if known.version == Names::NONE {
                known.started = Some(started.min(runs.started[index]));
            }
            return Ok(place);
        }
        let mut personas = 0;
        for (bit, code) in codes.personas.iter().enumerate() {
            if runs.personas[index] >> bit & 1 == 1 {
                personas |= 1_u64 << code;
            }
        }
        self.runs[place as usize] = RunEntry {
            id,
            started: Some(runs.started[index]),
            version: through(&codes.versions, runs.versions[index]),
            personas,
            fate: rare.then(|| Box::new(fate)),
        };
        Ok(place)
    }

    fn append_rows(&mut self, other: &Columns, index: usize, place: u32, codes: &Recoding) {
        let run = other.run(index);
        for row in run.rows() {
            let at = row as usize;
            let sequence = other.sequence(&run, row);
            self.run.push(place);
            self.sequence.push(sequence);
            self.code.push(through(&codes.touchpoints, other.codes[at]));
            self.time.push(other.times[at]);
            let channel = through(&codes.channels, u16::from(other.channel[at]));
            self.channel.push(u8::try_from(channel).unwrap_or(Columns::NO_CHANNEL));
            let reason = other.reason.get(row).unwrap_or(Names::NONE);
            self.reason.push(through(&codes.reasons, reason));
            if other.flags[at] != 0 {
                self.attachments.push((place, sequence, Attachment::Flag(other.flags[at])));
            }
            let (_, answers) = other.answers.within(row..row + 1);
            for answer in answers {
                let question = through(&codes.questions, answer.question);
                self.attachments.push((place, sequence, Attachment::Answer(super::Answer { question, ..*answer })));
            }
            for said in other.recommended.within(row..row + 1).1 {
                let question = through(&codes.questions, said.question);
                let said = super::Recommendation { question, ..*said };
                self.attachments.push((place, sequence, Attachment::Recommendation(said)));
            }
        }
    }
}
