use jiff::Timestamp;
use journey::Definition;
use words::{Customer, TouchpointId};

use crate::ahead::{Ahead, What};
use crate::turn::Turn;
use crate::{ObjectRef, Setting, State};

/// Something that stands in the future of a run, as far as is known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// When.
    pub moment: Timestamp,
    /// What.
    pub kind: PendingKind,
    /// Of which touchpoint, when of one.
    pub touchpoint: Option<TouchpointId>,
    /// About which object, when about one.
    pub object: Option<ObjectRef>,
}

/// The kinds of things that stand ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PendingKind {
    /// A touchpoint's moment; whether it then fires, its condition says.
    Touchpoint,
    /// An end by the clock.
    End,
    /// Without a next contact the run dropped off here.
    DropOff,
    /// A promise that nothing has kept will be called broken.
    Promise,
    /// It listens no longer.
    Deaf,
}

/// What stands in the future of a run, earliest first. A moment whose effect was asked for already, because a newer version or
/// a newer fact put it into the future again, is not among it: nothing happens then.
pub fn plan(definition: &Definition, run: &State, customer: &Customer, setting: Setting<'_>) -> Vec<Pending> {
    let mut state = run.clone();
    let now = state.stepped;
    let turn = Turn::new(definition, setting, customer, &mut state, now);
    let mut all: Vec<Pending> = turn
        .ahead()
        .into_iter()
        .filter(|ahead| !turn.is_repeated(ahead))
        .map(|ahead| {
            let moment = ahead.moment;
            let (kind, touchpoint, object) = match ahead.what {
                What::Fire { touchpoint, object, .. } => {
                    (PendingKind::Touchpoint, Some(definition.touchpoints[touchpoint].id.clone()), object)
                }
                What::Tick { touchpoint, .. } => {
                    (PendingKind::Touchpoint, Some(definition.touchpoints[touchpoint].id.clone()), None)
                }
                What::End(_) => (PendingKind::End, None, None),
                What::DropOff(id) => (PendingKind::DropOff, Some(id), None),
                What::Promise(index) => {
                    let told = &turn.state.promises[index];
                    (PendingKind::Promise, Some(told.touchpoint.clone()), told.offer.object.clone())
                }
                What::Deaf => (PendingKind::Deaf, None, None),
            };
            Pending { moment, kind, touchpoint, object }
        })
        .collect();
    all.sort_by(|a, b| (a.moment, a.kind, &a.touchpoint, &a.object).cmp(&(b.moment, b.kind, &b.touchpoint, &b.object)));
    all
}

impl Turn<'_> {
    /// Whether the effect of a moment was asked for before.
    fn is_repeated(&self, ahead: &Ahead) -> bool {
        let What::Fire { touchpoint, occurrence, .. } = &ahead.what else { return false };
        self.state.effect(&self.definition.touchpoints[*touchpoint].id, occurrence).is_some()
    }
}
