//! Comparisons in words: "is 3 of meer", "ligt voor het begin van de afspraak".

use cel::common::ast::{Expr, IdedExpr, LiteralValue};

use super::clause::Clause;
use super::condition::Telling;

impl Telling<'_> {
    /// Two sides that are compared. What is written out goes to the right.
    pub(super) fn compared(&self, operator: &str, (left, right): (&IdedExpr, &IdedExpr), holds: bool) -> Clause {
        if is_literal(left) && !is_literal(right) {
            return self.compared(turned(operator), (right, left), holds);
        }
        let operator = if holds { operator } else { negated(operator) };
        if let (Expr::Literal(LiteralValue::Boolean(yes)), "==" | "!=") = (&right.expr, operator) {
            return self.flag(left, *yes.inner() == (operator == "=="));
        }
        let (subject, value) = (self.operand(left), self.operand(right));
        if self.is_time(left) || self.is_time(right) {
            return self.in_time(&subject, operator, &value, is_literal(right));
        }
        let empty = matches!(&right.expr, Expr::Literal(LiteralValue::String(text)) if text.inner().is_empty());
        let literal = is_literal(right);
        let (dutch, english) = match operator {
            "==" if empty => ("leeg".to_owned(), "empty".to_owned()),
            "!=" if empty => ("ingevuld".to_owned(), "filled in".to_owned()),
            "==" if literal => (value.clone(), value),
            "!=" if literal => (format!("niet {value}"), format!("not {value}")),
            "==" => (format!("gelijk aan {value}"), format!("the same as {value}")),
            "!=" => (format!("niet gelijk aan {value}"), format!("not the same as {value}")),
            "<" => (format!("minder dan {value}"), format!("less than {value}")),
            ">" => (format!("meer dan {value}"), format!("more than {value}")),
            "<=" if literal => (format!("{value} of minder"), format!("{value} or less")),
            ">=" if literal => (format!("{value} of meer"), format!("{value} or more")),
            "<=" => (format!("ten hoogste {value}"), format!("at most {value}")),
            _ => (format!("ten minste {value}"), format!("at least {value}")),
        };
        self.one(&subject, ("is", "is"), (&dutch, &english))
    }

    fn in_time(&self, subject: &str, operator: &str, value: &str, literal: bool) -> Clause {
        let (verb, dutch, english) = match operator {
            "==" if literal => ("is", "", ""),
            "!=" if literal => ("is", "niet", "not"),
            "==" => ("is", "gelijk aan", "the same as"),
            "!=" => ("is", "niet gelijk aan", "not the same as"),
            "<" => ("ligt", "voor", "before"),
            ">" => ("ligt", "na", "after"),
            "<=" => ("ligt", "op of voor", "on or before"),
            _ => ("ligt", "op of na", "on or after"),
        };
        let rest = (format!("{dutch} {value}"), format!("{english} {value}"));
        self.one(subject, (verb, "is"), (rest.0.trim(), rest.1.trim()))
    }
}

fn is_literal(part: &IdedExpr) -> bool {
    matches!(part.expr, Expr::Literal(_))
}

/// The same with its sides exchanged.
fn turned(operator: &str) -> &str {
    match operator {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        other => other,
    }
}

/// The opposite.
fn negated(operator: &str) -> &str {
    match operator {
        "==" => "!=",
        "!=" => "==",
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        _ => "<",
    }
}
