use cel::common::ast::{Expr, IdedExpr, LiteralValue};

/// A part of a condition as one would write it, for an error; short.
pub(super) fn spell(part: &IdedExpr) -> String {
    match &part.expr {
        Expr::Ident(name) => name.clone(),
        Expr::Select(select) => format!("{}.{}", spell(&select.operand), select.field),
        Expr::Literal(literal) => spell_literal(literal),
        Expr::List(_) => "[…]".to_owned(),
        Expr::Call(call) => match (&call.target, call.args.as_slice()) {
            (Some(target), _) => format!("{}.{}(…)", spell(target), call.func_name),
            (None, [left, right]) => match symbol(&call.func_name) {
                Some(symbol) => format!("{} {symbol} {}", spell(left), spell(right)),
                None => format!("{}(…)", call.func_name),
            },
            (None, [one]) if matches!(call.func_name.as_str(), "!_" | "-_") => {
                format!("{}{}", &call.func_name[..1], spell(one))
            }
            (None, _) => format!("{}(…)", call.func_name),
        },
        _ => "…".to_owned(),
    }
}

/// The sign of an operator of two sides.
pub(super) fn symbol(function: &str) -> Option<&'static str> {
    Some(match function {
        "_&&_" => "&&",
        "_||_" => "||",
        "_==_" => "==",
        "_!=_" => "!=",
        "_<_" => "<",
        "_<=_" => "<=",
        "_>_" => ">",
        "_>=_" => ">=",
        "@in" => "in",
        "_+_" => "+",
        "_-_" => "-",
        "_*_" => "*",
        "_/_" => "/",
        _ => return None,
    })
}

fn spell_literal(literal: &LiteralValue) -> String {
    match literal {
        LiteralValue::String(text) => format!("'{}'", text.inner()),
        LiteralValue::Int(number) => number.inner().to_string(),
        LiteralValue::Double(number) => number.inner().to_string(),
        LiteralValue::UInt(number) => format!("{}u", number.inner()),
        LiteralValue::Boolean(value) => value.inner().to_string(),
        LiteralValue::Null => "null".to_owned(),
        LiteralValue::Bytes(_) => "b'…'".to_owned(),
    }
}
