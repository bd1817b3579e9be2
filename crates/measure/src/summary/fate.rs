use words::Ending;

use crate::{Columns, Names, columns::RunSlice};

/// What became of a run at a touchpoint that it had. Exactly one per run and touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Something came after it, or the run went away elsewhere.
    WentOn,
    /// It is the last contact of an open run.
    Open,
    /// Nothing came in the time the touchpoint gives (`next_within`).
    Dropped,
    /// The run came to its end here.
    Done,
    /// The customer left here.
    Left,
    /// We stopped it here.
    Stopped,
}

impl Fate {
    /// How many there are.
    pub(crate) const COUNT: usize = 6;

    /// Whether the customer went away without reaching the end.
    pub const fn is_exit(self) -> bool {
        matches!(self, Self::Dropped | Self::Left | Self::Stopped)
    }
}

/// Where and why a run went away, or where it stands. Codes; `Names::NONE` for nowhere and unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) fate: Fate,
    pub(crate) after: u16,
    pub(crate) reason: u16,
}

impl Columns {
    /// Neither ended nor dropped off.
    pub(crate) fn is_open(&self, index: usize) -> bool {
        self.runs.endings[index].is_none() && self.runs.drops.get(index as u32).is_none()
    }
}

/// A run that dropped off and was ended later counts as dropped off. Without a reason of its own an exit has the last
/// reason that a contact of its touchpoint gave.
pub(crate) fn outcome(columns: &Columns, run: &RunSlice<'_>) -> Outcome {
    let index = run.index as u32;
    let ended = columns.runs.endings[run.index].map(|ending| match ending {
        Ending::Done => Fate::Done,
        Ending::Left => Fate::Left,
        Ending::Stopped => Fate::Stopped,
    });
    let dropped = columns.runs.drops.get(index).map(|exit| (Fate::Dropped, exit));
    let Some((fate, exit)) = dropped.or_else(|| ended.zip(columns.runs.exits.get(index))) else {
        return Outcome {
            fate: Fate::Open,
            after: run.codes.last().copied().unwrap_or(Names::NONE),
            reason: Names::NONE,
        };
    };
    let reason = if exit.reason == Names::NONE {
        let (rows, reasons) = columns.reason.within(run.rows());
        let here = |row: u32| columns.codes[row as usize] == exit.after;
        let last = rows.iter().zip(reasons).rev().find(|(row, _)| here(**row));
        last.map_or(Names::NONE, |(_, reason)| *reason)
    } else {
        exit.reason
    };
    Outcome { fate, after: exit.after, reason }
}
