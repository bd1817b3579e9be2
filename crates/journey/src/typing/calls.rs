use cel::common::ast::{CallExpr, Expr, LiteralValue};

use super::Type;
use super::walk::Walker;
use crate::near::nearest;
use crate::problem::Condition;

impl Walker<'_> {
    /// The functions: `happened`, `size`, `startsWith`, `endsWith`, `contains`. (`has` is no call for CEL.)
    pub(super) fn function(&mut self, call: &CallExpr) -> Type {
        match call.func_name.as_str() {
            "happened" => self.happened(call),
            "size" => self.size(call),
            "startsWith" => self.of_text(call, "order.status.startsWith('a')"),
            "endsWith" => self.of_text(call, "order.status.endsWith('a')"),
            "contains" => self.of_text(call, "order.status.contains('a')"),
            "has" => self.arguments("has", "has(order.status)"),
            "_?_:_" => self.refuse(Condition::LeftOut("? :".to_owned())),
            "_[_]" => self.refuse(Condition::LeftOut("x[y]".to_owned())),
            "_%_" => self.refuse(Condition::LeftOut("%".to_owned())),
            other => {
                let other = other.to_owned();
                self.refuse(Condition::Function(other))
            }
        }
    }

    fn happened(&mut self, call: &CallExpr) -> Type {
        let name = match call.args.as_slice() {
            [only] if call.target.is_none() => match &only.expr {
                Expr::Literal(LiteralValue::String(text)) => Some(text.inner().to_owned()),
                _ => None,
            },
            _ => None,
        };
        let Some(name) = name else {
            return self.arguments("happened", "happened('herinnering')");
        };
        let known = || self.scope.touchpoints.iter().map(|id| id.as_str());
        if !known().any(|id| id == name) {
            let near = nearest(&name, known());
            let known = known().map(str::to_owned).collect();
            self.refuse(Condition::Happened { name, near, known });
        }
        Type::Bool
    }

    fn size(&mut self, call: &CallExpr) -> Type {
        let one = match (&call.target, call.args.as_slice()) {
            (None, [one]) => one,
            (Some(target), []) => target,
            _ => return self.arguments("size", "size(customer.consents)"),
        };
        match self.of(one) {
            Type::Text | Type::Texts | Type::Numbers | Type::Any => Type::Whole,
            _ => self.arguments("size", "size(customer.consents)"),
        }
    }

    fn of_text(&mut self, call: &CallExpr, example: &'static str) -> Type {
        let (Some(target), [argument]) = (&call.target, call.args.as_slice()) else {
            return self.arguments(&call.func_name, example);
        };
        let texts = [target, argument].map(|part| matches!(self.of(part), Type::Text | Type::Any));
        if texts != [true, true] {
            self.arguments(&call.func_name, example);
        }
        Type::Bool
    }

    fn arguments(&mut self, function: &str, example: &'static str) -> Type {
        self.refuse(Condition::Arguments { function: function.to_owned(), example })
    }
}
