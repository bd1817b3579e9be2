//! Which values a condition asks for, and with which it holds: for samples and forms, never for deciding.

use cel::common::ast::{CallExpr, Expr, IdedExpr};
use words::Value;

use super::comparison::{literal, property};
use super::{Expression, Literal, Operator};
use crate::typing::symbol;

/// What a value must be for the comparison that it stands in to hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Fit {
    /// This will do.
    Value(Value),
    /// Any text but this one.
    Not(String),
}

impl Fit {
    /// The value that will do, when it is known.
    pub fn value(self) -> Option<Value> {
        match self {
            Self::Value(value) => Some(value),
            Self::Not(_) => None,
        }
    }
}

/// One value that a condition reads: `event.reason`, `appointment.status`.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// `event`, `customer` or an object of the facts.
    pub root: String,
    /// Its property.
    pub property: String,
    /// With what the comparison holds, as far as that can be told from the text.
    pub fits: Option<Fit>,
}

impl Expression {
    /// Every value that it reads, in the order of the text.
    pub fn asked(&self) -> Vec<Asked> {
        let mut all = Vec::new();
        walk(self.program().expression(), true, &mut all);
        all
    }
}

fn put(part: &IdedExpr, fits: Option<Fit>, all: &mut Vec<Asked>) -> bool {
    let found = property(part).map(|path| Asked { root: path.object, property: path.property, fits });
    let is_one = found.is_some();
    all.extend(found);
    is_one
}

/// `wanted`: whether the part must be true or false for the whole to hold.
fn walk(part: &IdedExpr, wanted: bool, all: &mut Vec<Asked>) {
    match &part.expr {
        Expr::Select(select) => {
            put(part, (!select.test).then_some(Fit::Value(Value::Bool(wanted))), all);
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
            let operator = symbol(function).and_then(Operator::of);
            let fits = match (literal(left), literal(right)) {
                (None, Some(value)) => fitting(function, operator, value, wanted),
                (Some(value), None) => fitting(function, operator.map(Operator::mirrored), value, wanted),
                _ => None,
            };
            for side in [left, right] {
                if !put(side, fits.clone(), all) {
                    values(side, all);
                }
            }
        }
        _ => sides.iter().for_each(|side| values(side, all)),
    }
}

/// Values that are read without being compared at once.
fn values(part: &IdedExpr, all: &mut Vec<Asked>) {
    if put(part, None, all) {
        return;
    }
    match &part.expr {
        Expr::Call(call) => call.target.iter().map(Box::as_ref).chain(&call.args).for_each(|side| values(side, all)),
        Expr::List(list) => list.elements.iter().for_each(|element| values(element, all)),
        _ => {}
    }
}

/// A value for which `value operator literal` is as wanted; a function on texts has no operator.
fn fitting(function: &str, operator: Option<Operator>, literal: Literal, wanted: bool) -> Option<Fit> {
    let Some(operator) = operator else {
        let on_texts = matches!(function, "startsWith" | "endsWith" | "contains");
        return (on_texts && wanted).then(|| Fit::Value(literal.value()));
    };
    let step = |by: f64| match literal {
        Literal::Number(number) => Some(Fit::Value(Literal::Number(number + by).value())),
        _ => None,
    };
    match (operator, wanted) {
        (Operator::Is | Operator::From | Operator::Until, true)
        | (Operator::Not | Operator::More | Operator::Less, false) => Some(Fit::Value(literal.value())),
        (Operator::More, true) | (Operator::Until, false) => step(1.0),
        (Operator::Less, true) | (Operator::From, false) => step(-1.0),
        (Operator::Not, true) | (Operator::Is, false) => match literal {
            Literal::Bool(yes) => Some(Fit::Value(Value::from(!yes))),
            Literal::Text(text) => Some(Fit::Not(text)),
            Literal::Number(_) => step(1.0),
        },
        (Operator::Holds | Operator::Fails | Operator::Known, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(source: &str) -> Vec<(String, Option<Fit>)> {
        let all = Expression::compile(source).unwrap().asked();
        all.into_iter().map(|asked| (format!("{}.{}", asked.root, asked.property), asked.fits)).collect()
    }

    #[test]
    fn a_comparison_tells_a_value_that_fits() {
        let one = |source: &str| said(source).remove(0).1;
        let value = |value| Some(Fit::Value(value));
        assert_eq!(one("event.reason == 'not_home'"), value(json!("not_home")));
        assert_eq!(one("event.shift_min >= 15"), value(json!(15)));
        assert_eq!(one("event.shift_min > -1"), value(json!(0)));
        assert_eq!(one("event.price >= 2.5"), value(json!(2.5)));
        assert_eq!(one("15 < event.shift_min"), value(json!(16)));
        assert_eq!(one("!(event.shift_min < 15)"), value(json!(15)));
        assert_eq!(one("title.on_loan"), value(json!(true)));
        assert_eq!(one("!title.on_loan"), value(json!(false)));
        assert_eq!(one("visit.late == true"), value(json!(true)));
        assert_eq!(one("event.page.startsWith('/hulp/')"), value(json!("/hulp/")));
        assert_eq!(one("event.reason != 'not_home'"), Some(Fit::Not("not_home".into())), "anything else will do");
        assert_eq!(one("!event.page.startsWith('/hulp/')"), None);
        assert_eq!(one("has(visit.outcome)"), None);
        assert_eq!(one("event.start == appointment.start"), None);
    }

    #[test]
    fn every_value_that_is_read_is_named() {
        let names = |source: &str| said(source).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("event.start == appointment.start"), ["event.start", "appointment.start"]);
        assert_eq!(names("'tips' in customer.consents || size(order.item) > 3"), ["customer.consents", "order.item"]);
        assert_eq!(names("a.b + c.d > 2.0 && happened('x')"), ["a.b", "c.d"]);
        assert_eq!(names("event.photo || event.n > 2"), ["event.photo", "event.n"]);
        assert!(names("x.y.z == 1").is_empty() && names("a").is_empty() && names("happened('x')").is_empty());
    }
}
