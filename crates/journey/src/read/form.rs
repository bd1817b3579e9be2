use std::ops::Range;

use super::Path;
use crate::language::{Shape, Table};
use crate::near::nearest;
use crate::problem::{Form, wanted_shape};
use crate::yaml::{Core, Kind, Node};

/// Characters of a wrong value that an error repeats.
const FOUND_CHARS_MAX: usize = 40;

/// A mistake of form, its field and its bytes.
pub(crate) type Misformed = (Form, String, Range<usize>);

/// Checks a value against what may stand there. This is the only place where keys and values are judged by their form, and
/// it does so by the tables from which the JSON schema is made.
pub(crate) fn check_form(node: &Node, shape: &Shape, path: &Path<'_>, out: &mut Vec<Misformed>) {
    match &node.kind {
        Kind::Scalar { .. } => {
            let accepted = match (shape.scalar(), node.core()) {
                (Some(scalar), Some(core)) => scalar.accepts(core),
                _ => false,
            };
            if !accepted {
                wrong(node, shape, path, out);
            }
        }
        Kind::List { items, .. } => match shape.items() {
            Some((item, max)) => {
                if items.len() > max {
                    let found = items.len();
                    let problem = Form::LongList { found, max };
                    out.push((problem, path.to_string(), node.span.clone()));
                }
                for (index, value) in items.iter().enumerate().take(max) {
                    check_form(value, item, &path.item(items, index), out);
                }
            }
            None => wrong(node, shape, path, out),
        },
        Kind::Map { .. } => check_mapping(node, shape, path, out),
    }
}

fn check_mapping(node: &Node, shape: &Shape, path: &Path<'_>, out: &mut Vec<Misformed>) {
    if let Shape::Named(name, value, max) = shape {
        if node.entries().len() > *max {
            let found = node.entries().len();
            let problem = Form::LongList { found, max: *max };
            out.push((problem, path.to_string(), node.span.clone()));
        }
        for entry in node.entries().iter().take(*max) {
            let path = Path::Key(path, &entry.key);
            if !name.accepts(Core::Text(&entry.key)) {
                let found = quoted(&entry.key);
                let wanted = wanted_shape(&Shape::Scalar(*name));
                let problem = Form::Wanted { found, wanted };
                out.push((problem, path.to_string(), entry.key_span.clone()));
            }
            check_form(&entry.value, value, &path, out);
        }
        return;
    }
    let tables = shape.tables();
    let marked = tables.iter().find(|table| node.get(table.marker).is_some()).or(if tables.len() == 1 {
        tables.first()
    } else {
        None
    });
    match marked {
        Some(table) => check_keys(node, table, path, out),
        None => wrong(node, shape, path, out),
    }
}

fn check_keys(node: &Node, table: &'static Table, path: &Path<'_>, out: &mut Vec<Misformed>) {
    for entry in node.entries() {
        let path = Path::Key(path, &entry.key);
        match table.key(&entry.key) {
            // A key with nothing behind it says as much as no key, unless it is needed.
            Some(key) if !key.required && entry.value.core() == Some(Core::Null) => {}
            Some(key) => check_form(&entry.value, &key.shape, &path, out),
            None => {
                let known = || table.keys.iter().map(|key| key.name);
                let problem = Form::Unknown {
                    key: shortened(&entry.key),
                    near: nearest(&entry.key, known()),
                    known: known().map(str::to_owned).collect(),
                };
                out.push((problem, path.to_string(), entry.key_span.clone()));
            }
        }
    }
    for key in table.keys.iter().filter(|key| key.required) {
        if node.entry(key.name).is_none() {
            let problem = Form::Missing { key: key.name, wanted: wanted_shape(&key.shape) };
            let path = Path::Key(path, key.name);
            out.push((problem, path.to_string(), node.span.start..node.span.start));
        }
    }
}

fn wrong(node: &Node, shape: &Shape, path: &Path<'_>, out: &mut Vec<Misformed>) {
    let wanted = wanted_shape(shape);
    let problem = match (&node.kind, node.core(), shape.scalar()) {
        (_, Some(Core::Null), _) => Form::Empty(wanted),
        (_, Some(Core::Text(text)), _) if text.trim().is_empty() => Form::Empty(wanted),
        (Kind::Scalar { text, .. }, Some(Core::Number(_) | Core::Bool(_)), Some(scalar))
            if scalar.accepts(Core::Text(text)) =>
        {
            Form::Unquoted(shortened(text))
        }
        (Kind::Scalar { text, .. }, ..) => Form::Wanted { found: quoted(text), wanted },
        (Kind::List { .. }, ..) => Form::Wanted { found: "[…]".to_owned(), wanted },
        (Kind::Map { .. }, ..) => Form::Wanted { found: "{…}".to_owned(), wanted },
    };
    out.push((problem, path.to_string(), node.span.clone()));
}

fn quoted(text: &str) -> String {
    format!("'{}'", shortened(text))
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(FOUND_CHARS_MAX).collect();
    if text.chars().count() > FOUND_CHARS_MAX {
        short.push('…');
    }
    short
}
