//! A selection makes narrower columns, so that every kernel reads contiguous arrays and knows no filter. Where everything
//! is in, the columns are lent.

use std::borrow::Cow;

use journey::Definition;
use words::TouchpointId;

use crate::{
    Columns, Names, Selection,
    columns::{Exit, RunSlice, combined_scores},
};

/// The columns that a selection leaves; touchpoints keep their names and codes.
pub fn select<'a>(columns: &'a Columns, selection: &Selection) -> Cow<'a, Columns> {
    let wanted = |name: &str| match &selection.touchpoints {
        Some(subset) => subset.contains(name),
        None => true,
    };
    let recode: Vec<u16> = (0..)
        .zip(columns.touchpoints.iter())
        .map(|(code, name)| if wanted(name) { code } else { Names::NONE })
        .collect();
    narrow(columns, selection, columns.touchpoints.clone(), &recode)
}

/// The same, with the codes of touchpoints as their place in the definition: old names (`was`) count as the new, and what
/// the definition does not have is left out.
pub fn for_definition<'a>(columns: &'a Columns, definition: &Definition, selection: &Selection) -> Cow<'a, Columns> {
    let names = names_of(definition);
    let recode: Vec<u16> = columns
        .touchpoints
        .iter()
        .map(|name| {
            let touchpoint = definition.touchpoint(&TouchpointId::from(name));
            let id = touchpoint.map(|touchpoint| &touchpoint.id);
            let wanted = id.filter(|id| selection.touchpoints.as_ref().is_none_or(|subset| subset.contains(*id)));
            wanted.and_then(|id| names.find(id.as_str())).unwrap_or(Names::NONE)
        })
        .collect();
    narrow(columns, selection, names, &recode)
}

/// The touchpoints of a definition; `check` has seen that no id stands twice, and that there are not too many.
pub(crate) fn names_of(definition: &Definition) -> Names {
    let ids = definition.touchpoints.iter().map(|touchpoint| touchpoint.id.as_str());
    Names::of(ids).unwrap_or_default()
}

fn narrow<'a>(columns: &'a Columns, selection: &Selection, names: Names, recode: &[u16]) -> Cow<'a, Columns> {
    let filter = Filter::new(columns, selection);
    let unchanged = columns.touchpoints == names && (0..).zip(recode).all(|(old, new)| old == *new);
    if unchanged && columns.iter().all(|run| filter.keeps(columns, &run)) {
        return Cow::Borrowed(columns);
    }
    let mut narrowed = Columns {
        touchpoints: names,
        channels: columns.channels.clone(),
        reasons: columns.reasons.clone(),
        questions: columns.questions.clone(),
        versions: columns.versions.clone(),
        personas: columns.personas.clone(),
        offsets: vec![0],
        ..Columns::default()
    };
    for run in columns.iter().filter(|run| filter.keeps(columns, run)) {
        narrowed.take_run(columns, run.index, recode);
        narrowed.take_contacts(columns, &run, recode);
    }
    narrowed.scores = combined_scores(&narrowed.answers);
    Cow::Owned(narrowed)
}

/// The part of a selection that is about runs, with names as codes. `Some(None)`: a name that no run has.
struct Filter {
    from: i64,
    until: i64,
    version: Option<Option<u16>>,
    persona: Option<Option<u16>>,
    channel: Option<Option<u8>>,
}

impl Filter {
    fn new(columns: &Columns, selection: &Selection) -> Self {
        let version = selection.version.as_ref();
        let persona = selection.persona.as_ref();
        let channel = selection.channel.as_ref();
        Self {
            from: selection.window.from.as_microsecond(),
            until: selection.window.until.as_microsecond(),
            version: version.map(|hash| columns.versions.find(hash.as_str())),
            persona: persona.map(|name| columns.personas.find(name)),
            channel: channel.map(|name| Some(columns.channels.find(name.as_str())? as u8)),
        }
    }

    fn keeps(&self, columns: &Columns, run: &RunSlice<'_>) -> bool {
        let started = columns.runs.started[run.index];
        let rows = run.first as usize..run.first as usize + run.codes.len();
        (self.from..self.until).contains(&started)
            && self.version.is_none_or(|code| code == Some(columns.runs.versions[run.index]))
            && self.persona.is_none_or(|code| code.is_some_and(|bit| columns.runs.personas[run.index] >> bit & 1 == 1))
            && self.channel.is_none_or(|code| code.is_some_and(|code| columns.channel[rows].contains(&code)))
    }
}

impl Columns {
    fn take_run(&mut self, from: &Columns, index: usize, recode: &[u16]) {
        let (old, new) = (index as u32, self.runs.ids.len() as u32);
        let exit =
            |exit: Exit| Exit { after: recode.get(usize::from(exit.after)).copied().unwrap_or(Names::NONE), ..exit };
        let (runs, source) = (&mut self.runs, &from.runs);
        runs.ids.push(source.ids[index]);
        runs.started.push(source.started[index]);
        runs.endings.push(source.endings[index]);
        runs.versions.push(source.versions[index]);
        runs.personas.push(source.personas[index]);
        if let Some(found) = source.exits.get(old) {
            runs.exits.push(new, exit(found));
        }
        if let Some(found) = source.drops.get(old) {
            runs.drops.push(new, exit(found));
        }
        if let Some(time) = source.goals.get(old) {
            runs.goals.push(new, time);
        }
    }

    fn take_contacts(&mut self, from: &Columns, run: &RunSlice<'_>, recode: &[u16]) {
        let first = self.codes.len() as u32;
        for row in run.rows() {
            let at = row as usize;
            let code = recode[usize::from(from.codes[at])];
            if code == Names::NONE {
                continue;
            }
            let new = self.codes.len() as u32;
            let sequence = from.sequence(run, row);
            if sequence != new - first + 1 {
                self.sequences.push(new, sequence);
            }
            self.codes.push(code);
            self.times.push(from.times[at]);
            self.channel.push(from.channel[at]);
            self.flags.push(from.flags[at]);
            if let Some(reason) = from.reason.get(row) {
                self.reason.push(new, reason);
            }
            for answer in from.answers.within(row..row + 1).1 {
                self.answers.push(new, *answer);
            }
            for said in from.recommended.within(row..row + 1).1 {
                self.recommended.push(new, *said);
            }
        }
        self.offsets.push(self.codes.len() as u32);
    }
}
