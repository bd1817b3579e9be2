//! Items of the lists of a journey: phases, touchpoints, funnels.

use crate::language::JOURNEY;
use std::ops::Range;

use super::{Refused, Written, indent_at, line_end, line_start, newline, next_line, render, set, splice};
use crate::yaml::{Core, Kind, Node};

/// Adds an item.
pub(super) fn add(
    text: &str,
    root: &Node,
    list: &str,
    after: Option<&str>,
    value: &Written,
) -> Result<String, Refused> {
    let found = root.get(list).filter(|node| node.core() != Some(Core::Null));
    let Some(Kind::List { items, flow }) = found.map(|node| &node.kind) else {
        return begin(text, root, list, value);
    };
    let index = match after {
        Some(after) => place(items, list, after)?,
        None if items.is_empty() => return begin(text, root, list, value),
        None => items.len() - 1,
    };
    let before = &items[index];
    if *flow {
        let at = before.span.end;
        return Ok(splice(text, at..at, &format!(", {}", render::flow(value))));
    }
    let dash = dash(text, before).ok_or_else(|| Refused::ByHand(list.to_owned()))?;
    let indent = indent_at(text, dash);
    let newline = newline(text);
    let as_flow = items.iter().all(|item| matches!(item.kind, Kind::Map { flow: true, .. }));
    let item = if as_flow { render::flow(value) } else { render::block(value, &indent, newline) };
    let blank = if spaced(text, items) { newline } else { "" };
    let at = line_end(text, before.span.end);
    Ok(splice(text, at..at, &format!("{newline}{blank}{indent}- {item}")))
}

/// The first item of a list that is empty or not there yet.
fn begin(text: &str, root: &Node, list: &str, value: &Written) -> Result<String, Refused> {
    let newline = newline(text);
    let with = set::set(text, root, &JOURNEY, (list, &Written::List(Vec::new())))?;
    let item = format!("{newline}  - {}", render::block(value, "  ", newline));
    let Some((root, _)) = super::read(&with) else {
        return Err(Refused::ByHand(list.to_owned()));
    };
    let empty = root.get(list).ok_or_else(|| Refused::ByHand(list.to_owned()))?.span.clone();
    // `touchpoints: []` becomes `touchpoints:` with the item below it.
    let start = with[..empty.start].trim_end_matches(' ').len();
    let rest = line_end(&with, empty.end);
    let comment = with[empty.end..rest].to_owned();
    Ok(splice(&with, start..rest, &format!("{comment}{item}")))
}

/// Takes an item away.
pub(super) fn delete(text: &str, root: &Node, list: &str, id: &str) -> Result<String, Refused> {
    let (items, flow) = items(root, list)?;
    let index = place(items, list, id)?;
    if flow {
        return Ok(splice(text, flow_range(items, index), ""));
    }
    if items.len() == 1 {
        return set::set(text, root, &JOURNEY, (list, &Written::List(Vec::new())));
    }
    let chunk = chunk(text, &items[index]).ok_or_else(|| Refused::ByHand(id.to_owned()))?;
    Ok(splice(text, with_blank(text, chunk, spaced(text, items)), ""))
}

/// Moves an item.
pub(super) fn shift(text: &str, root: &Node, list: &str, id: &str, after: Option<&str>) -> Result<String, Refused> {
    let (items, flow) = items(root, list)?;
    let from = place(items, list, id)?;
    let to = after.map(|after| place(items, list, after)).transpose()?;
    if to == Some(from) || (to.is_none() && from == 0) || to.is_some_and(|to| to + 1 == from) {
        return if to == Some(from) { Err(Refused::NoPlace(id.to_owned())) } else { Ok(text.to_owned()) };
    }
    if flow {
        return Ok(shift_flow(text, items, from, to));
    }
    let by_hand = || Refused::ByHand(id.to_owned());
    let newline = newline(text);
    let own = chunk(text, &items[from]).ok_or_else(by_hand)?;
    let moved = text[own.clone()].trim_end_matches(['\n', '\r']).to_owned() + newline;
    let blank = if spaced(text, items) { newline } else { "" };
    let (at, moved) = match to {
        Some(to) => {
            let before = chunk(text, &items[to]).ok_or_else(by_hand)?;
            (before.end, format!("{blank}{moved}"))
        }
        None => (chunk(text, &items[0]).ok_or_else(by_hand)?.start, format!("{moved}{blank}")),
    };
    // A last line without its end gets one before another line follows it.
    let moved = if text[..at].ends_with('\n') || at == 0 { moved } else { format!("{newline}{moved}") };
    let gone = with_blank(text, own, spaced(text, items));
    Ok(if at >= gone.end {
        splice(&splice(text, at..at, &moved), gone, "")
    } else {
        splice(&splice(text, gone, ""), at..at, &moved)
    })
}

fn items<'a>(root: &'a Node, list: &str) -> Result<(&'a [Node], bool), Refused> {
    match root.get(list).map(|node| &node.kind) {
        Some(Kind::List { items, flow }) => Ok((items, *flow)),
        _ => Err(Refused::NoPlace(list.to_owned())),
    }
}

fn place(items: &[Node], list: &str, id: &str) -> Result<usize, Refused> {
    items
        .iter()
        .position(|item| item.get("id").and_then(Node::text) == Some(id))
        .ok_or_else(|| Refused::NoPlace(format!("{list}.{id}")))
}

/// The dash before an item.
fn dash(text: &str, item: &Node) -> Option<usize> {
    let before = text[..item.span.start].trim_end_matches([' ', '\n', '\r']);
    before.ends_with('-').then(|| before.len() - 1)
}

/// The lines of an item, with the comments right above it.
fn chunk(text: &str, item: &Node) -> Option<Range<usize>> {
    let mut start = line_start(text, dash(text, item)?);
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    Some(start..next_line(text, item.span.end))
}

/// A chunk with the blank lines above it, or below it when there are none above and blank lines part the items.
fn with_blank(text: &str, chunk: Range<usize>, spaced: bool) -> Range<usize> {
    let mut start = chunk.start;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text[above..start].trim().is_empty() {
            break;
        }
        start = above;
    }
    if start < chunk.start || !spaced {
        return start..chunk.end;
    }
    let mut end = chunk.end;
    while end < text.len() && text[end..line_end(text, end)].trim().is_empty() {
        end = next_line(text, end);
    }
    chunk.start..end
}

/// Whether blank lines stand between the items.
fn spaced(text: &str, items: &[Node]) -> bool {
    let Some([first, second]) = items.first_chunk::<2>() else {
        return false;
    };
    let between = &text[first.span.end..second.span.start];
    between.lines().skip(1).any(|line| line.trim().is_empty()) && between.matches('\n').count() > 1
}

fn flow_range(items: &[Node], index: usize) -> Range<usize> {
    let span = items[index].span.clone();
    match (items.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => span.start..next.span.start,
        (None, Some(before)) => items[before].span.end..span.end,
        (None, None) => span,
    }
}

fn shift_flow(text: &str, items: &[Node], from: usize, to: Option<usize>) -> String {
    let own = text[items[from].span.clone()].to_owned();
    let gone = flow_range(items, from);
    let (at, with) = match to {
        Some(to) => (items[to].span.end, format!(", {own}")),
        None => (items[0].span.start, format!("{own}, ")),
    };
    if at >= gone.end {
        splice(&splice(text, at..at, &with), gone, "")
    } else {
        splice(&splice(text, gone, ""), at..at, &with)
    }
}
