use std::ops::Range;

use crate::yaml::{Kind, Node};

/// The comments between values in a range.
pub(super) fn comments(text: &str, within: &Node) -> Vec<String> {
    let mut scalars = Vec::new();
    collect_scalars(within, &mut scalars);
    let mut found = Vec::new();
    let mut at = within.span.start;
    let ends = scalars.iter().map(|span| (span.start, span.end)).chain([(within.span.end, within.span.end)]);
    for (start, end) in ends {
        let gap = if at <= start { &text[at..start] } else { "" };
        for line in gap.lines() {
            if let Some(mark) = line.find('#') {
                found.push(line[mark..].trim_end().to_owned());
            }
        }
        at = at.max(end);
    }
    found
}

fn collect_scalars(node: &Node, out: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Scalar { .. } => out.push(node.span.clone()),
        Kind::List { items, .. } => items.iter().for_each(|item| collect_scalars(item, out)),
        Kind::Map { entries, .. } => {
            for entry in entries {
                out.push(entry.key_span.clone());
                collect_scalars(&entry.value, out);
            }
        }
    }
}
