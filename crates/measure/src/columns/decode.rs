use words::{Ending, RunId};

use super::{
    Answer, Columns, Exit, Recommendation, Runs,
    build::{CHANNELS_MAX, NAMES_MAX, PERSONAS_MAX},
    bytes::Reader,
    combined_scores,
    encode::{FORM, MAGIC},
};
use crate::{MeasureError, Names, sparse::Sparse};

type Result<T> = std::result::Result<T, MeasureError>;

impl Columns {
    /// Reads what [`Columns::encode`] gave. Every count, code and order is checked.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let (body, check) = bytes.split_last_chunk::<4>().ok_or(MeasureError::Damaged("cut off"))?;
        let mut reader = Reader::new(body);
        if reader.array()? != *MAGIC {
            return Err(MeasureError::Damaged("no columns at all"));
        }
        let form = u16::from_le_bytes(reader.array()?);
        if form != FORM {
            return Err(MeasureError::Form(form));
        }
        if crc32fast::hash(body) != u32::from_le_bytes(*check) {
            return Err(MeasureError::Damaged("the check sum differs"));
        }
        let mut columns = Self {
            touchpoints: names(&mut reader, "touchpoints", NAMES_MAX)?,
            channels: names(&mut reader, "channels", CHANNELS_MAX)?,
            reasons: names(&mut reader, "reasons", NAMES_MAX)?,
            questions: names(&mut reader, "questions", NAMES_MAX)?,
            versions: names(&mut reader, "versions", NAMES_MAX)?,
            personas: names(&mut reader, "personas", PERSONAS_MAX)?,
            ..Self::default()
        };
        columns.decode_runs(&mut reader)?;
        columns.decode_contacts(&mut reader)?;
        if !reader.is_empty() {
            return Err(MeasureError::Damaged("something follows"));
        }
        Ok(columns)
    }

    fn decode_runs(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let count = reader.count()?;
        let mut runs = Runs::default();
        let mut offset = 0_u32;
        self.offsets.push(0);
        for _ in 0..count {
            let id = RunId::from_u128(u128::from_le_bytes(reader.array()?));
            if runs.ids.last().is_some_and(|last| *last >= id) {
                return Err(MeasureError::Damaged("runs out of order"));
            }
            runs.ids.push(id);
            let before = runs.started.last().copied().unwrap_or(0);
            runs.started.push(before.wrapping_add(reader.signed()?));
            runs.endings.push(match reader.array()? {
                [0] => None,
                [1] => Some(Ending::Done),
                [2] => Some(Ending::Left),
                [3] => Some(Ending::Stopped),
                _ => return Err(MeasureError::Damaged("an unknown ending")),
            });
            runs.versions.push(reader.code(self.versions.len())?);
            runs.personas.push(reader.unsigned()?);
            let length = u32::try_from(reader.unsigned()?).ok();
            offset = length
                .and_then(|length| offset.checked_add(length))
                .ok_or(MeasureError::Damaged("too many contacts"))?;
            self.offsets.push(offset);
        }
        let (touchpoints, reasons) = (self.touchpoints.len(), self.reasons.len());
        let mut exits = || {
            sparse(reader, count, |reader| {
                Ok(Exit { time: reader.signed()?, after: reader.code(touchpoints)?, reason: reader.code(reasons)? })
            })
        };
        runs.exits = exits()?;
        runs.drops = exits()?;
        runs.goals = sparse(reader, count, |reader| reader.signed())?;
        self.runs = runs;
        Ok(())
    }

    fn decode_contacts(&mut self, reader: &mut Reader<'_>) -> Result<()> {
        let contacts = self.offsets.last().copied().unwrap_or(0) as usize;
        for run in 0..self.run_count() {
            let mut before = self.runs.started[run];
            for row in self.offsets[run]..self.offsets[run + 1] {
                let code = reader.code(self.touchpoints.len())?;
                let time = before.wrapping_add(reader.signed()?);
                if code == Names::NONE || row > self.offsets[run] && time < before {
                    return Err(MeasureError::Damaged("a contact out of order or without touchpoint"));
                }
                self.codes.push(code);
                self.times.push(time);
                before = time;
            }
        }
        self.channel = reader.take(contacts)?.to_vec();
        let channels = self.channels.len();
        let known = |channel: &u8| *channel == Self::NO_CHANNEL || usize::from(*channel) < channels;
        if !self.channel.iter().all(known) {
            return Err(MeasureError::Damaged("a channel without a name"));
        }
        while self.flags.len() < contacts {
            let [flags] = reader.array()?;
            let length = usize::try_from(reader.unsigned()?).unwrap_or(usize::MAX);
            if length == 0 || length > contacts - self.flags.len() {
                return Err(MeasureError::Damaged("marks for more contacts than there are"));
            }
            self.flags.resize(self.flags.len() + length, flags);
        }
        self.sequences = sparse(reader, contacts, |reader| {
            u32::try_from(reader.unsigned()?).map_err(|_| MeasureError::Damaged("a sequence is too large"))
        })?;
        let (reasons, questions) = (self.reasons.len(), self.questions.len());
        self.reason = sparse(reader, contacts, |reader| reader.code(reasons))?;
        self.answers = sparse(reader, contacts, |reader| {
            Ok(Answer {
                question: reader.code(questions)?,
                time: reader.signed()?,
                score: score(f32::from_le_bytes(reader.array()?))?,
            })
        })?;
        self.recommended = sparse(reader, contacts, |reader| {
            let (question, time) = (reader.code(questions)?, reader.signed()?);
            let [answer] = reader.array()?;
            match answer {
                0..=10 => Ok(Recommendation { question, time, answer }),
                _ => Err(MeasureError::Damaged("a recommendation outside 0..10")),
            }
        })?;
        self.scores = combined_scores(&self.answers);
        Ok(())
    }
}

fn score(value: f32) -> Result<f32> {
    (-2.0..=2.0).contains(&value).then_some(value).ok_or(MeasureError::Damaged("a score outside −2..+2"))
}

fn names(reader: &mut Reader<'_>, what: &'static str, limit: usize) -> Result<Names> {
    let mut names = Names::default();
    for place in 0..reader.count()? {
        if usize::from(names.code(reader.text()?, what, limit)?) != place {
            return Err(MeasureError::Damaged("a name stands twice"));
        }
    }
    Ok(names)
}

fn sparse<T: Copy>(
    reader: &mut Reader<'_>,
    rows: usize,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T>,
) -> Result<Sparse<T>> {
    let mut column = Sparse::default();
    let mut row = 0_u32;
    for _ in 0..reader.count()? {
        let step = u32::try_from(reader.unsigned()?).ok();
        row = step
            .and_then(|step| row.checked_add(step))
            .filter(|row| (*row as usize) < rows)
            .ok_or(MeasureError::Damaged("a value for no row"))?;
        column.push(row, read(reader)?);
    }
    Ok(column)
}
