//! The stored form: `KRCO`, the form's number (u16), sections, and the CRC-32 of all before it. Times are differences:
//! of a run's start with that of the run before, of a contact with the one before it in the run.

use words::Ending;

use super::{Columns, Exit, bytes::Writer};
use crate::{Names, sparse::Sparse};

pub(super) const MAGIC: &[u8; 4] = b"KRCO";
pub(super) const FORM: u16 = 2;

impl Columns {
    /// Compact bytes for a store to keep. Same columns, same bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.bytes.extend_from_slice(MAGIC);
        out.bytes.extend_from_slice(&FORM.to_le_bytes());
        for names in [&self.touchpoints, &self.channels, &self.reasons, &self.questions, &self.versions, &self.personas]
        {
            out.unsigned(names.len() as u64);
            names.iter().for_each(|name| out.text(name));
        }
        self.encode_runs(&mut out);
        self.encode_contacts(&mut out);
        let check = crc32fast::hash(&out.bytes);
        out.bytes.extend_from_slice(&check.to_le_bytes());
        out.bytes
    }

    fn encode_runs(&self, out: &mut Writer) {
        let runs = &self.runs;
        out.unsigned(self.run_count() as u64);
        let mut before = 0_i64;
        for index in 0..self.run_count() {
            out.bytes.extend_from_slice(&runs.ids[index].as_u128().to_le_bytes());
            out.signed(runs.started[index].wrapping_sub(before));
            before = runs.started[index];
            out.bytes.push(match runs.endings[index] {
                None => 0,
                Some(Ending::Done) => 1,
                Some(Ending::Left) => 2,
                Some(Ending::Stopped) => 3,
            });
            code(out, runs.versions[index]);
            out.unsigned(runs.personas[index]);
            out.unsigned(u64::from(self.offsets[index + 1] - self.offsets[index]));
        }
        for exits in [&runs.exits, &runs.drops] {
            sparse(out, exits, |out, exit: Exit| {
                out.signed(exit.time);
                code(out, exit.after);
                code(out, exit.reason);
            });
        }
        sparse(out, &runs.goals, Writer::signed);
    }

    fn encode_contacts(&self, out: &mut Writer) {
        for run in self.iter() {
            let mut before = self.runs.started[run.index];
            for (&touchpoint, &time) in run.codes.iter().zip(run.times) {
                code(out, touchpoint);
                out.signed(time.wrapping_sub(before));
                before = time;
            }
        }
        out.bytes.extend_from_slice(&self.channel);
        for same in self.flags.chunk_by(|a, b| a == b) {
            out.bytes.push(same[0]);
            out.unsigned(same.len() as u64);
        }
        sparse(out, &self.sequences, |out, sequence| out.unsigned(u64::from(sequence)));
        sparse(out, &self.reason, code);
        sparse(out, &self.answers, |out, answer| {
            code(out, answer.question);
            out.signed(answer.time);
            out.bytes.extend_from_slice(&answer.score.to_le_bytes());
        });
        sparse(out, &self.recommended, |out, said| {
            code(out, said.question);
            out.signed(said.time);
            out.bytes.push(said.answer);
        });
    }
}

/// A code, or none, as one number.
fn code(out: &mut Writer, code: u16) {
    out.unsigned(if code == Names::NONE { 0 } else { u64::from(code) + 1 });
}

fn sparse<T: Copy>(out: &mut Writer, column: &Sparse<T>, mut write: impl FnMut(&mut Writer, T)) {
    out.unsigned(column.len() as u64);
    let mut before = 0;
    for (row, value) in column.iter() {
        out.unsigned(u64::from(row - before));
        before = row;
        write(out, value);
    }
}
