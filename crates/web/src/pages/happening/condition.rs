//! Values that make a simple condition true: `event.reason == 'not_home'`, `event.shift_min >= 15`. For filling in a form,
//! never for deciding: the engine judges.

use journey::{Compared, Comparison, Expression, Literal, Operator};
use serde_json::{Value, json};

/// What one comparison in a condition is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fit {
    /// `event` or an object.
    pub(super) root: String,
    pub(super) property: String,
    /// A value with which it holds; null: any but the one that it names.
    pub(super) value: Value,
}

/// What the properties must be for a condition to hold, as far as its comparisons say.
pub(super) fn fits(condition: &Expression) -> impl Iterator<Item = Fit> {
    condition.comparisons().0.into_iter().filter_map(one)
}

fn one(comparison: Comparison) -> Option<Fit> {
    let Compared::Property(root, property) = comparison.what else { return None };
    let value = match (comparison.operator, comparison.value) {
        (Operator::Holds, _) => json!(true),
        (Operator::Fails, _) => json!(false),
        (Operator::Is, Some(Literal::Text(text))) => json!(text),
        (Operator::Not, Some(Literal::Text(_))) => Value::Null,
        (Operator::Not, Some(Literal::Bool(yes))) => json!(!yes),
        (_, Some(Literal::Bool(yes))) => json!(yes),
        (operator, Some(Literal::Number(number))) => number_that_fits(operator, number),
        _ => return None,
    };
    Some(Fit { root, property, value })
}

fn number_that_fits(operator: Operator, number: f64) -> Value {
    let number = match operator {
        Operator::More | Operator::Not => number + 1.0,
        Operator::Less => number - 1.0,
        _ => number,
    };
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(source: &str) -> Vec<(String, Value)> {
        let condition = Expression::compile(source).unwrap();
        fits(&condition).map(|fit| (format!("{}.{}", fit.root, fit.property), fit.value)).collect()
    }

    #[test]
    fn a_comparison_tells_a_value_that_fits() {
        assert_eq!(values("event.reason == 'not_home'"), [("event.reason".into(), json!("not_home"))]);
        assert_eq!(values("event.shift_min >= 15 && visit.late == true").len(), 2);
        assert_eq!(values("event.n > 2"), [("event.n".into(), json!(3))]);
        assert_eq!(values("event.reason != 'not_home'"), [("event.reason".into(), Value::Null)]);
        assert_eq!(values("!title.on_loan"), [("title.on_loan".into(), json!(false))]);
        assert_eq!(values("event.photo || event.n > 2"), [("event.photo".into(), json!(true))]);
    }

    #[test]
    fn what_is_no_simple_comparison_is_left_alone() {
        for source in ["happened('x')", "event.start == appointment.start", "a", "x.y.z == 1", "has(a.b)"] {
            assert_eq!(values(source), [], "{source}");
        }
    }
}
