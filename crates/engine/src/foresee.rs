use std::collections::BTreeSet;

use jiff::Timestamp;
use journey::Definition;
use words::{Customer, Effect, TouchpointId};

use crate::plan::{PendingKind, plan};
use crate::{Input, Setting, State, step};

/// What a new version would do to one open run at this moment. Touchpoints by their id in the new version; those that are
/// gone by their old one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// The run stays on its version.
    pub pinned: bool,
    /// Touchpoints whose moment still lies ahead.
    pub waiting: BTreeSet<TouchpointId>,
    /// Touchpoints that happen at once.
    pub now: BTreeSet<TouchpointId>,
    /// Touchpoints that were ahead, or under way, and no longer are.
    pub leaving: BTreeSet<TouchpointId>,
    /// Whether the run ends.
    pub ends: bool,
}

/// Looks what publishing `new` in place of `old` would do: the run itself is stepped, and thrown away.
pub fn foresee(
    old: &Definition,
    new: &Definition,
    run: &State,
    customer: &Customer,
    now: Timestamp,
    setting: Setting<'_>,
) -> Foreseen {
    if old.pin && new.pin {
        let waiting = ahead(old, run, customer, setting).into_iter().collect();
        return Foreseen { pinned: true, waiting, ..Foreseen::default() };
    }
    let renamed = |id: &TouchpointId| new.touchpoint(id).map_or_else(|| id.clone(), |touchpoint| touchpoint.id.clone());
    let before: BTreeSet<TouchpointId> = ahead(old, run, customer, setting).iter().map(renamed).collect();
    let stepped = step(new, run.clone(), customer, Input::Published { before: Some(old) }, now, setting);
    let mut foreseen = Foreseen { ends: run.is_open() && !stepped.run.is_open(), ..Foreseen::default() };
    let mut leaving = BTreeSet::new();
    for effect in &stepped.effects {
        match effect {
            Effect::Send { touchpoint, .. } | Effect::Task { touchpoint, .. } => {
                foreseen.now.insert(touchpoint.clone());
            }
            Effect::Withdraw { key, .. } => leaving.extend(run.by_key(key.as_str()).map(|(id, _)| renamed(id))),
            Effect::CloseTask { .. } => {}
        }
    }
    foreseen.waiting = ahead(new, &stepped.run, customer, setting).into_iter().collect();
    leaving.extend(before.into_iter().filter(|id| !foreseen.waiting.contains(id)));
    foreseen.leaving = leaving.into_iter().filter(|id| !foreseen.now.contains(id)).collect();
    foreseen
}

fn ahead(definition: &Definition, run: &State, customer: &Customer, setting: Setting<'_>) -> Vec<TouchpointId> {
    let pending = plan(definition, run, customer, setting).into_iter();
    pending.filter(|pending| pending.kind == PendingKind::Touchpoint).filter_map(|pending| pending.touchpoint).collect()
}
