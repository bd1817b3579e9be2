//! Other YAML texts of the house as plain data, read by the same reader and within the same limits as a definition.

use serde_json::{Map, Number, Value};
use words::limits::DEFINITION_BYTES_MAX;

use crate::finding::{Finding, Severity};
use crate::problem::Form;
use crate::yaml::{self, Core, Kind, Lines, Node};

/// Reads a YAML text such as `simulate.yaml`; `file` is its name in the findings. An empty text is `null`.
pub fn yaml_value(file: &str, text: &str) -> Result<Value, Vec<Finding>> {
    let finding = |problem: Form, (line, column): (usize, usize)| Finding {
        file: file.to_owned(),
        line,
        column,
        field: String::new(),
        severity: Severity::Error,
        problem: problem.into(),
    };
    if text.len() > DEFINITION_BYTES_MAX {
        return Err(vec![finding(Form::TooBig(DEFINITION_BYTES_MAX), (0, 0))]);
    }
    let lines = Lines::of(text);
    let (root, stops) = yaml::read(text, &lines);
    if stops.is_empty() {
        return Ok(root.as_ref().map_or(Value::Null, value));
    }
    Err(stops.into_iter().map(|(problem, at)| finding(problem, lines.position(at))).collect())
}

fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::List { items, .. } => items.iter().map(value).collect(),
        Kind::Map { entries, .. } => {
            let entries = entries.iter().map(|entry| (entry.key.clone(), value(&entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Kind::Scalar { .. } => match node.core() {
            Some(Core::Bool(truth)) => Value::Bool(truth),
            Some(Core::Number(number)) => numeral(number),
            Some(Core::Text(text)) => Value::String(text.to_owned()),
            Some(Core::Null) | None => Value::Null,
        },
    }
}

/// A whole number stays whole.
fn numeral(number: f64) -> Value {
    let whole = number.fract() == 0.0 && number.abs() < 9e15;
    if whole { Value::from(number as i64) } else { Number::from_f64(number).map_or(Value::Null, Value::Number) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_becomes_plain_data() {
        let read = yaml_value("simulate.yaml", "a: [1, .5, 2d]\nb: { c: true, d: '1' }\ne:\n").unwrap();
        assert_eq!(read, json!({ "a": [1, 0.5, "2d"], "b": { "c": true, "d": "1" }, "e": null }));
        let wrong = yaml_value("simulate.yaml", "a: 1\na: 2\n").unwrap_err();
        assert_eq!((wrong.len(), wrong[0].line), (1, 2));
        assert_eq!(wrong[0].problem, Form::Twice("a".to_owned()).into());
        let long = "#".repeat(DEFINITION_BYTES_MAX + 1);
        assert_eq!(yaml_value("simulate.yaml", &long).unwrap_err().len(), 1, "too big");
    }
}
