//! What differs between two lives of one customer: one with the draft, one with the live version.

use std::collections::BTreeMap;

use journey::Definition;
use store::{Change, OutboxRow, SendState};
use words::{EffectKey, JourneyId, Refusal, TouchpointId, Window};

use super::count::sent;
use super::report::{Differences, Kind, Report, Row, TouchpointDifference, Who};

/// What differed so far.
pub(super) struct Differing<'a> {
    draft: &'a Definition,
    live: &'a Definition,
    window: Window,
    of: BTreeMap<TouchpointId, Differences>,
    others: Differences,
    rows: Vec<Row>,
    rows_of: u64,
}

/// What was found in the end: by touchpoint, in other journeys, row by row, and how many rows there are.
pub(super) type Differed = (Vec<TouchpointDifference>, Differences, Vec<Row>, u64);

impl<'a> Differing<'a> {
    pub(super) fn new(draft: &'a Definition, live: &'a Definition, window: Window) -> Self {
        Self { draft, live, window, of: BTreeMap::new(), others: Differences::default(), rows: Vec::new(), rows_of: 0 }
    }

    /// Two lives of one customer.
    pub(super) fn add(&mut self, who: Who, draft: &Change, live: &Change) {
        let with_draft: BTreeMap<EffectKey, &OutboxRow> =
            draft.outbox.iter().map(|row| (self.key(&row.key, &row.touchpoint), row)).collect();
        let with_live: BTreeMap<&EffectKey, &OutboxRow> = live.outbox.iter().map(|row| (&row.key, row)).collect();
        for (key, row) in &with_draft {
            let before = with_live.get(key).copied();
            self.message(who, Some(row), before);
        }
        for (_, row) in with_live.iter().filter(|(key, _)| !with_draft.contains_key(**key)) {
            self.message(who, None, Some(row));
        }
        self.tasks(draft, live);
    }

    /// The key that a message has with the live version: a touchpoint may have been renamed since.
    fn key(&self, key: &EffectKey, touchpoint: &TouchpointId) -> EffectKey {
        let was = self.draft.touchpoint(touchpoint).and_then(|touchpoint| touchpoint.was.as_ref());
        let was = was.filter(|was| self.live.touchpoints.iter().any(|one| one.id == **was));
        match was {
            Some(was) => EffectKey::stored(key.as_str().replacen(&format!(":{touchpoint}:"), &format!(":{was}:"), 1)),
            None => key.clone(),
        }
    }

    fn message(&mut self, who: Who, draft: Option<&OutboxRow>, live: Option<&OutboxRow>) {
        let Some(row) = draft.or(live) else { return };
        let went = |row: Option<&OutboxRow>| {
            row.and_then(sent)
                .map(|(time, channel)| (time, channel.clone()))
                .filter(|(time, _)| self.window.contains(*time))
        };
        let (with_draft, with_live) = (went(draft), went(live));
        let kind = match (&with_draft, &with_live) {
            (None, None) => return,
            (Some(_), None) => Kind::New,
            (None, Some(_)) => Kind::Gone,
            (Some((_, now)), Some((_, before))) if now != before => Kind::Channel,
            (Some((now, _)), Some((before, _))) if now != before => Kind::Time,
            _ if text(draft) != text(live) => Kind::Text,
            _ => return,
        };
        let (differences, title) = self.place(&row.journey, &row.touchpoint);
        differences.count(kind);
        self.rows_of += 1;
        if self.rows.len() < Report::ROWS_MAX {
            let refused = match kind {
                Kind::New => live.and_then(refused),
                Kind::Gone => draft.and_then(refused),
                _ => None,
            };
            let (journey, touchpoint) = (row.journey.clone(), row.touchpoint.clone());
            self.rows.push(Row { who, journey, touchpoint, title, kind, with_draft, with_live, refused });
        }
    }

    fn place(&mut self, journey: &JourneyId, touchpoint: &TouchpointId) -> (&mut Differences, String) {
        if *journey != self.draft.id {
            return (&mut self.others, touchpoint.to_string());
        }
        // In the draft's words, under a former id too.
        let found = self.draft.touchpoint(touchpoint).or_else(|| self.live.touchpoint(touchpoint));
        let (id, title) = found.map_or_else(
            || (touchpoint.clone(), touchpoint.to_string()),
            |found| (found.id.clone(), found.title.clone()),
        );
        (self.of.entry(id).or_default(), title)
    }

    fn tasks(&mut self, draft: &Change, live: &Change) {
        let own = |change: &Change| -> Vec<(EffectKey, TouchpointId)> {
            let tasks =
                change.tasks.iter().filter(|task| task.journey == self.draft.id && self.window.contains(task.made));
            tasks.map(|task| (self.key(&task.key, &task.touchpoint), task.touchpoint.clone())).collect()
        };
        let (now, before) = (own(draft), own(live));
        let not_in = |all: &[(EffectKey, TouchpointId)], key: &EffectKey| all.iter().all(|(other, _)| other != key);
        for (_, touchpoint) in now.iter().filter(|(key, _)| not_in(&before, key)) {
            self.place(&self.draft.id.clone(), touchpoint).0.tasks_new += 1;
        }
        for (_, touchpoint) in before.iter().filter(|(key, _)| not_in(&now, key)) {
            self.place(&self.draft.id.clone(), touchpoint).0.tasks_gone += 1;
        }
    }

    /// Touchpoint by touchpoint in the order of the draft, then what only the live version has.
    pub(super) fn finish(mut self) -> Differed {
        let gone = self.live.touchpoints.iter().filter(|one| self.draft.touchpoint(&one.id).is_none());
        let all = self.draft.touchpoints.iter().chain(gone);
        let found = all.map(|touchpoint| TouchpointDifference {
            id: touchpoint.id.to_string(),
            title: touchpoint.title.clone(),
            differs: self.of.remove(&touchpoint.id).unwrap_or_default(),
        });
        let touchpoints = found.collect();
        (touchpoints, self.others, self.rows, self.rows_of)
    }
}

fn text(row: Option<&OutboxRow>) -> Option<&store::Rendered> {
    row.and_then(|row| row.rendered.as_ref())
}

fn refused(row: &OutboxRow) -> Option<Refusal> {
    match row.state {
        SendState::Refused { reason } => Some(reason),
        _ => None,
    }
}
