//! Values that make a simple condition true: `event.reason == 'not_home'`, `event.shift_min >= 15`. For filling in a form,
//! never for deciding: the engine judges.

use serde_json::{Value, json};

/// What one comparison in a condition is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Compared {
    /// `event` or an object.
    pub(super) root: String,
    pub(super) property: String,
    /// A value with which it holds.
    pub(super) value: Value,
}

/// The comparisons with a literal that stand in a condition. Those behind `||` are not looked at: the first suffices.
pub(super) fn compared(source: &str) -> Vec<Compared> {
    let first = source.split("||").next().unwrap_or_default();
    first.split("&&").filter_map(one).collect()
}

fn one(part: &str) -> Option<Compared> {
    let part = part.trim().trim_matches(['(', ')']).trim();
    let sign = ["==", "!=", ">=", "<=", ">", "<"].into_iter().find(|sign| part.contains(sign))?;
    let (left, right) = part.split_once(sign)?;
    let (root, property) = left.trim().split_once('.')?;
    let is_name = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name(root) || !is_name(property) {
        return None;
    }
    let value = value(sign, right.trim())?;
    Some(Compared { root: root.to_owned(), property: property.to_owned(), value })
}

fn value(sign: &str, literal: &str) -> Option<Value> {
    let text = literal.strip_prefix(['\'', '"']).and_then(|rest| rest.strip_suffix(['\'', '"']));
    if let Some(text) = text {
        // Anything else will do; the empty mark is told apart by the caller.
        return (sign == "==").then(|| json!(text)).or_else(|| (sign == "!=").then_some(Value::Null));
    }
    if let Ok(yes) = literal.parse::<bool>() {
        return Some(json!(if sign == "!=" { !yes } else { yes }));
    }
    let number: f64 = literal.parse().ok()?;
    let number = match sign {
        ">" | "!=" => number + 1.0,
        "<" => number - 1.0,
        _ => number,
    };
    Some(if number.fract() == 0.0 { json!(number as i64) } else { json!(number) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(source: &str) -> Vec<(String, Value)> {
        compared(source).into_iter().map(|c| (format!("{}.{}", c.root, c.property), c.value)).collect()
    }

    #[test]
    fn a_comparison_tells_a_value_that_fits() {
        assert_eq!(values("event.reason == 'not_home'"), [("event.reason".into(), json!("not_home"))]);
        assert_eq!(values("event.shift_min >= 15 && visit.late == true").len(), 2);
        assert_eq!(values("event.n > 2"), [("event.n".into(), json!(3))]);
        assert_eq!(values("event.reason != 'not_home'"), [("event.reason".into(), Value::Null)]);
    }

    #[test]
    fn what_is_no_simple_comparison_is_left_alone() {
        for source in ["happened('x')", "event.start == appointment.start", "a", "", "!event.photo", "x.y.z == 1"] {
            assert_eq!(values(source), [], "{source}");
        }
    }
}
