//! Which values a condition asks for, and with which it holds.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};
use words::Value;

use crate::model::Expression;

/// One value that a condition reads: `event.reason`, `appointment.status`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// `event`, `customer` or an object of the facts.
    pub(super) root: String,
    pub(super) property: String,
    /// A value with which the comparison that it stands in holds, as far as that can be told from the text.
    pub(super) fits: Option<Value>,
}

/// Every value that a condition reads, in the order of the text.
pub(super) fn asked(condition: &Expression) -> Vec<Asked> {
    let mut all = Vec::new();
    walk(condition.program().expression(), true, &mut all);
    all
}

/// `wanted`: whether the part must be true or false for the whole to hold.
fn walk(part: &IdedExpr, wanted: bool, all: &mut Vec<Asked>) {
    match &part.expr {
        Expr::Select(select) => {
            let fits = (!select.test).then_some(Value::Bool(wanted));
            all.extend(name(part).map(|(root, property)| Asked { root, property, fits }));
        }
        Expr::Call(call) => of_call(call, wanted, all),
        Expr::List(list) => list.elements.iter().for_each(|element| values(element, all)),
        _ => {}
    }
}

fn of_call(call: &CallExpr, wanted: bool, all: &mut Vec<Asked>) {
    let sides: Vec<&IdedExpr> = call.target.iter().map(Box::as_ref).chain(&call.args).collect();
    match (call.func_name.as_str(), sides.as_slice()) {
        ("!_", [one]) => walk(one, !wanted, all),
        ("_&&_" | "_||_", _) => sides.iter().for_each(|side| walk(side, wanted, all)),
        (function, [left, right]) => {
            let fits = match (literal(left), literal(right)) {
                (None, Some(value)) => fitting(function, value, wanted),
                (Some(value), None) => fitting(mirrored(function), value, wanted),
                _ => None,
            };
            for side in [left, right] {
                match name(side) {
                    Some((root, property)) => all.push(Asked { root, property, fits: fits.clone() }),
                    None => values(side, all),
                }
            }
        }
        _ => sides.iter().for_each(|side| values(side, all)),
    }
}

/// Values that are read without being compared at once.
fn values(part: &IdedExpr, all: &mut Vec<Asked>) {
    match (&part.expr, name(part)) {
        (_, Some((root, property))) => all.push(Asked { root, property, fits: None }),
        (Expr::Call(call), None) => {
            call.target.iter().map(Box::as_ref).chain(&call.args).for_each(|side| values(side, all));
        }
        (Expr::List(list), None) => list.elements.iter().for_each(|element| values(element, all)),
        _ => {}
    }
}

fn name(part: &IdedExpr) -> Option<(String, String)> {
    let Expr::Select(select) = &part.expr else { return None };
    let Expr::Ident(root) = &select.operand.expr else { return None };
    Some((root.clone(), select.field.clone()))
}

fn literal(part: &IdedExpr) -> Option<Value> {
    let Expr::Literal(literal) = &part.expr else { return None };
    Some(match literal {
        LiteralValue::String(text) => Value::from(text.inner()),
        LiteralValue::Boolean(truth) => Value::from(*truth.inner()),
        LiteralValue::Int(number) => Value::from(*number.inner()),
        LiteralValue::Double(number) => Value::from(*number.inner()),
        LiteralValue::UInt(_) | LiteralValue::Bytes(_) | LiteralValue::Null => return None,
    })
}

/// `5 < event.n` says the same as `event.n > 5`.
fn mirrored(function: &str) -> &str {
    match function {
        "_<_" => "_>_",
        "_<=_" => "_>=_",
        "_>_" => "_<_",
        "_>=_" => "_<=_",
        other => other,
    }
}

/// A value for which `value function literal` is as wanted.
fn fitting(function: &str, literal: Value, wanted: bool) -> Option<Value> {
    let step = |by: i64| literal.as_i64().and_then(|number| number.checked_add(by)).map(Value::from);
    match (function, wanted) {
        ("_==_" | "_>=_" | "_<=_" | "startsWith" | "endsWith" | "contains", true) | ("_!=_" | "_>_" | "_<_", false) => {
            Some(literal)
        }
        ("_>_", true) | ("_<=_", false) => step(1),
        ("_<_", true) | ("_>=_", false) => step(-1),
        ("_!=_", true) | ("_==_", false) => literal.as_bool().map(|truth| Value::from(!truth)).or_else(|| step(1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(source: &str) -> Vec<(String, Option<Value>)> {
        let all = asked(&Expression::compile(source).unwrap());
        all.into_iter().map(|asked| (format!("{}.{}", asked.root, asked.property), asked.fits)).collect()
    }

    #[test]
    fn a_comparison_tells_a_value_that_fits() {
        let one = |source: &str| said(source).remove(0).1;
        assert_eq!(one("event.reason == 'not_home'"), Some(json!("not_home")));
        assert_eq!(one("event.shift_min >= 15"), Some(json!(15)));
        assert_eq!(one("15 < event.shift_min"), Some(json!(16)));
        assert_eq!(one("!(event.shift_min < 15)"), Some(json!(15)));
        assert_eq!(one("title.on_loan"), Some(json!(true)));
        assert_eq!(one("!title.on_loan"), Some(json!(false)));
        assert_eq!(one("event.page.startsWith('/hulp/')"), Some(json!("/hulp/")));
        assert_eq!(one("event.reason != 'not_home'"), None, "anything else will do");
        assert_eq!(one("!event.page.startsWith('/hulp/')"), None);
        assert_eq!(one("has(visit.outcome)"), None);
    }

    #[test]
    fn every_value_that_is_read_is_named() {
        let names = |source: &str| said(source).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("event.start == appointment.start"), ["event.start", "appointment.start"]);
        assert_eq!(names("'tips' in customer.consents || size(order.item) > 3"), ["customer.consents", "order.item"]);
        assert_eq!(names("a.b + c.d > 2.0 && happened('x')"), ["a.b", "c.d"]);
    }
}
