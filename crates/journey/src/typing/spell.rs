use cel::common::ast::{Expr, IdedExpr, LiteralValue};

/// A part of a condition as one would write it.
pub(crate) fn spell(part: &IdedExpr) -> String {
    match &part.expr {
        Expr::Ident(name) => name.clone(),
        Expr::Select(select) => {
            let path = format!("{}.{}", spell(&select.operand), select.field);
            if select.test { format!("has({path})") } else { path }
        }
        Expr::Literal(literal) => spell_literal(literal),
        Expr::List(list) => format!("[{}]", spell_all(&list.elements)),
        Expr::Call(call) => match (&call.target, call.args.as_slice()) {
            (Some(target), args) => format!("{}.{}({})", spell(target), call.func_name, spell_all(args)),
            (None, [left, right]) => match symbol(&call.func_name) {
                Some(symbol) => format!("{} {symbol} {}", spell(left), spell(right)),
                None => format!("{}({})", call.func_name, spell_all(&call.args)),
            },
            (None, [one, two, three]) if call.func_name == "_?_:_" => {
                format!("{} ? {} : {}", spell(one), spell(two), spell(three))
            }
            (None, [one]) if matches!(call.func_name.as_str(), "!_" | "-_") => {
                format!("{}{}", &call.func_name[..1], spell(one))
            }
            (None, args) => format!("{}({})", call.func_name, spell_all(args)),
        },
        _ => "…".to_owned(),
    }
}

fn spell_all(parts: &[IdedExpr]) -> String {
    parts.iter().map(spell).collect::<Vec<_>>().join(", ")
}

/// The sign of an operator of two sides.
pub(crate) fn symbol(function: &str) -> Option<&'static str> {
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
