use super::{Refused, Written, block, comments, flow, indent_at, key_order, line_start, newline, render, splice};
use crate::language::Table;
use crate::read::{find, steps};
use crate::yaml::{Entry, Kind, Node};

/// The mapping or list around a field, with the last step of the way.
fn parent<'a, 'b>(root: &'a Node, field: &'b str) -> Option<(&'a Node, &'b str)> {
    let steps: Vec<&str> = steps(field).collect();
    let (key, way) = steps.split_last()?;
    let parent = way.iter().try_fold(root, |node, step| find(node, step))?;
    Some((parent, key))
}

/// Writes a field.
pub(super) fn set(
    text: &str,
    root: &Node,
    table: &'static Table,
    (field, value): (&str, &Written),
) -> Result<String, Refused> {
    let no_place = || Refused::NoPlace(field.to_owned());
    let (parent, key) = parent(root, field).ok_or_else(no_place)?;
    match &parent.kind {
        Kind::Map { .. } if parent.entry(key).is_some() => {
            let entry = parent.entry(key).ok_or_else(no_place)?;
            Ok(replace(text, entry, value))
        }
        Kind::Map { entries, flow: true } => {
            let order = around(table, field);
            Ok(flow::insert(text, parent, entries, key, value, &order))
        }
        Kind::Map { entries, flow: false } => {
            let order = around(table, field);
            Ok(block::insert(text, entries, key, value, &order))
        }
        Kind::List { .. } => {
            let item = find(parent, key).ok_or_else(no_place)?;
            Ok(splice(text, item.span.clone(), &render::flow(value)))
        }
        Kind::Scalar { .. } => Err(no_place()),
    }
}

/// The order of the keys around a field.
fn around(table: &'static Table, field: &str) -> Vec<&'static str> {
    key_order(table, field.rsplit_once('.').map_or("", |(around, _)| around))
}

fn replace(text: &str, entry: &Entry, value: &Written) -> String {
    let node = &entry.value;
    let rendered = render::flow(value);
    let colon = text[entry.key_span.end..].find(':').map(|at| entry.key_span.end + at + 1);
    let (Some(colon), true) = (colon, spans_lines(text, node)) else {
        let gap = if text[..node.span.start].ends_with(':') { " " } else { "" };
        return splice(text, node.span.clone(), &format!("{gap}{rendered}"));
    };
    // The value fills lines of its own: it goes behind the key, and the comments that stood in it above the key.
    let patched = splice(text, colon..node.span.end, &format!(" {rendered}"));
    let mut kept = comments(text, node);
    let between = &text[colon..node.span.start.max(colon)];
    kept.splice(0..0, between.lines().filter_map(|line| Some(line[line.find('#')?..].trim_end().to_owned())));
    if kept.is_empty() {
        return patched;
    }
    let at = line_start(text, entry.key_span.start);
    let indent = indent_at(text, entry.key_span.start);
    let lines: String = kept.iter().map(|comment| format!("{indent}{comment}{}", newline(text))).collect();
    splice(&patched, at..at, &lines)
}

fn spans_lines(text: &str, node: &Node) -> bool {
    let block = matches!(node.kind, Kind::List { flow: false, .. } | Kind::Map { flow: false, .. });
    block || text[node.span.clone()].contains('\n')
}

/// Takes a key away.
pub(super) fn remove(text: &str, root: &Node, field: &str) -> Result<String, Refused> {
    let no_place = || Refused::NoPlace(field.to_owned());
    let (parent, key) = parent(root, field).ok_or_else(no_place)?;
    let Kind::Map { entries, flow } = &parent.kind else {
        return Err(no_place());
    };
    let index = entries.iter().position(|entry| entry.key == key).ok_or_else(no_place)?;
    let range = if *flow { flow::range(entries, index) } else { block::range(text, entries, index) };
    match range {
        Some(range) => Ok(splice(text, range, "")),
        None => Err(Refused::ByHand(field.to_owned())),
    }
}
