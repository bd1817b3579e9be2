use std::collections::BTreeSet;

use cel::common::ast::{Expr, IdedExpr};

use super::Scope;
use super::names::fact_of;

/// The facts that a condition negates although they may be missing. A missing value makes a condition false, so `!a.b` is
/// false as well when nobody knows `a.b`, which is seldom what was meant.
///
/// A fact of the event's own object is there, since the event brings it; one that `has` asks for was thought of.
pub(super) fn negated(root: &IdedExpr, scope: &Scope<'_>) -> Vec<String> {
    let mut search = Search { scope, negated: BTreeSet::new(), asked: BTreeSet::new() };
    search.walk(root, false);
    search.negated.difference(&search.asked).cloned().collect()
}

struct Search<'a> {
    scope: &'a Scope<'a>,
    negated: BTreeSet<String>,
    asked: BTreeSet<String>,
}

impl Search<'_> {
    fn walk(&mut self, part: &IdedExpr, negated: bool) {
        match &part.expr {
            Expr::Select(select) => {
                let Some(fact) = fact_of(part, self.scope) else {
                    return;
                };
                if select.test {
                    self.asked.insert(fact.to_string());
                } else if negated && !self.brought(&fact.object) {
                    self.negated.insert(fact.to_string());
                }
            }
            Expr::Call(call) => {
                let negated = match call.func_name.as_str() {
                    "!_" => !negated,
                    "_!=_" => true,
                    _ => negated,
                };
                for part in call.target.iter().map(Box::as_ref).chain(&call.args) {
                    self.walk(part, negated);
                }
            }
            Expr::List(list) => {
                for part in &list.elements {
                    self.walk(part, negated);
                }
            }
            _ => {}
        }
    }

    /// Whether every event that can fire here is about this object.
    fn brought(&self, object: &str) -> bool {
        self.scope
            .events
            .is_some_and(|events| !events.is_empty() && events.iter().all(|event| event.object() == object))
    }
}
