use journey::{Definition, Expression};
use words::{Customer, Event};

use crate::State;
use crate::expression::Scope;

/// Whether a condition holds for a run as it is now; for callers that ask of a run what a definition could ask.
///
/// `event` is what `event` stands for in the condition, and whose objects it means. A missing value makes it false.
pub fn holds(
    definition: &Definition,
    run: &State,
    customer: &Customer,
    event: Option<&Event>,
    condition: &Expression,
) -> bool {
    Scope { definition, state: run, customer, event, focus: None }.judge(condition).holds()
}
