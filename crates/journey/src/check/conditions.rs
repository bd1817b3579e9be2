use super::Checking;
use crate::read::Stated;
use crate::typing::{self, Scope};

impl Checking<'_> {
    /// Every condition has a type: true or false.
    pub(super) fn conditions(&mut self, stated: &[Stated]) {
        let touchpoints = self.touchpoint_ids();
        for condition in stated {
            let scope =
                Scope { facts: &self.definition.facts, touchpoints: &touchpoints, events: condition.events.as_deref() };
            let typed = typing::check(&condition.expression, &scope);
            for problem in typed.errors {
                self.error(problem, condition.field.clone());
            }
            for problem in typed.warnings {
                self.warn(problem, condition.field.clone());
            }
        }
    }
}
