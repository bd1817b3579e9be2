use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use super::spell::{spell, symbol};
use super::{Scope, Type};
use crate::problem::Condition;

/// Goes through a condition and collects what is wrong. A part that is wrong counts as [`Type::Any`], so that one mistake
/// gives one error.
pub(super) struct Walker<'a> {
    pub(super) scope: &'a Scope<'a>,
    pub(super) errors: Vec<Condition>,
}

impl Walker<'_> {
    /// A part that must be true or false.
    pub(super) fn truth(&mut self, part: &IdedExpr) {
        let found = self.of(part);
        if !matches!(found, Type::Bool | Type::Any) {
            let part = spell(part);
            self.refuse(Condition::NotBool { part, found });
        }
    }

    /// The type of a part.
    pub(super) fn of(&mut self, part: &IdedExpr) -> Type {
        match &part.expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Ident(name) => self.bare(name),
            Expr::Select(select) => {
                let found = self.property(&select.operand, &select.field);
                if select.test { Type::Bool } else { found }
            }
            Expr::List(list) => self.list(&list.elements),
            Expr::Call(call) => self.call(call),
            Expr::Comprehension(_) => self.refuse(Condition::LeftOut("exists(), all(), map()".to_owned())),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => self.refuse(Condition::LeftOut("{…}".to_owned())),
        }
    }

    /// Notes what is wrong.
    pub(super) fn refuse(&mut self, problem: Condition) -> Type {
        if !self.errors.contains(&problem) {
            self.errors.push(problem);
        }
        Type::Any
    }

    fn literal(&mut self, literal: &LiteralValue) -> Type {
        match literal {
            LiteralValue::Boolean(_) => Type::Bool,
            LiteralValue::Int(_) => Type::Whole,
            LiteralValue::Double(_) => Type::Number,
            LiteralValue::String(_) => Type::Text,
            LiteralValue::Null => self.refuse(Condition::LeftOut("null".to_owned())),
            LiteralValue::UInt(_) | LiteralValue::Bytes(_) => self.refuse(Condition::LeftOut("1u, b''".to_owned())),
        }
    }

    fn list(&mut self, elements: &[IdedExpr]) -> Type {
        let types: Vec<Type> = elements.iter().map(|element| self.of(element)).collect();
        if types.iter().all(|kind| kind.is_number()) {
            Type::Numbers
        } else if types.iter().all(|kind| matches!(kind, Type::Text | Type::Any)) {
            Type::Texts
        } else {
            self.refuse(Condition::LeftOut("[…]".to_owned()))
        }
    }

    fn call(&mut self, call: &CallExpr) -> Type {
        match (call.func_name.as_str(), call.args.as_slice()) {
            ("!_", [part]) => {
                self.truth(part);
                Type::Bool
            }
            ("-_", [part]) => self.negative(part),
            (function, [left, right]) if call.target.is_none() => match symbol(function) {
                Some("&&" | "||") => {
                    self.truth(left);
                    self.truth(right);
                    Type::Bool
                }
                Some(operator) => self.sides(operator, left, right),
                None => self.function(call),
            },
            _ => self.function(call),
        }
    }

    fn negative(&mut self, part: &IdedExpr) -> Type {
        let found = self.of(part);
        if found.is_number() {
            return found;
        }
        self.refuse(Condition::Sides {
            operator: "-",
            left: ("0".to_owned(), Type::Whole),
            right: (spell(part), found),
        })
    }

    fn sides(&mut self, operator: &'static str, left: &IdedExpr, right: &IdedExpr) -> Type {
        let (a, b) = (self.of(left), self.of(right));
        let fits = match operator {
            "==" | "!=" => alike((a, left), (b, right)),
            "<" | "<=" | ">" | ">=" => {
                alike((a, left), (b, right)) && !matches!(a, Type::Bool | Type::Texts | Type::Numbers)
            }
            "in" => contains(a, b),
            "+" => (a.is_number() && b.is_number()) || text(a) && text(b),
            _ => a.is_number() && b.is_number(),
        };
        if !fits {
            return self.refuse(Condition::Sides { operator, left: (spell(left), a), right: (spell(right), b) });
        }
        if matches!(operator, "+" | "-" | "*" | "/") {
            return self.sum((a, left), (b, right));
        }
        Type::Bool
    }

    /// CEL does not add a whole number to a decimal one, and facts are decimal.
    fn sum(&mut self, left: (Type, &IdedExpr), right: (Type, &IdedExpr)) -> Type {
        match (left.0, right.0) {
            (Type::Whole, Type::Number | Type::Any) => self.refuse(Condition::Whole(spell(left.1))),
            (Type::Number | Type::Any, Type::Whole) => self.refuse(Condition::Whole(spell(right.1))),
            (Type::Any, other) | (other, _) => other,
        }
    }
}

fn text(kind: Type) -> bool {
    matches!(kind, Type::Text | Type::Any)
}

/// Whether two sides can be compared. A date may be compared with a text that is one: `'2027-04-02'`.
fn alike(left: (Type, &IdedExpr), right: (Type, &IdedExpr)) -> bool {
    match (left.0, right.0) {
        (Type::Any, _) | (_, Type::Any) => true,
        (Type::Date, Type::Text) => is_date(right.1),
        (Type::Text, Type::Date) => is_date(left.1),
        (a, b) => a == b || (a.is_number() && b.is_number()),
    }
}

fn contains(item: Type, list: Type) -> bool {
    match list {
        Type::Any => true,
        Type::Texts => matches!(item, Type::Text | Type::Any),
        Type::Numbers => item.is_number(),
        _ => false,
    }
}

fn is_date(part: &IdedExpr) -> bool {
    match &part.expr {
        Expr::Literal(LiteralValue::String(text)) => {
            text.inner().len() == 10 && text.inner().parse::<jiff::civil::Date>().is_ok()
        }
        _ => false,
    }
}
