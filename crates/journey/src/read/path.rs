use std::fmt;
use std::ops::Range;

use crate::yaml::Node;

/// The way to a value, from the root of a file.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    /// The file.
    Root,
    /// A key, or the id of a list's item.
    Key(&'a Path<'a>, &'a str),
    /// An item, from 0.
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The path of a list's item: by its id when no other item has it, else by its place.
    pub(crate) fn item<'a>(&'a self, items: &'a [Node], index: usize) -> Path<'a> {
        let id = |node: &'a Node| node.get("id").and_then(Node::text);
        match items.get(index).and_then(id) {
            Some(own) if items.iter().filter(|item| id(item) == Some(own)).count() == 1 => Path::Key(self, own),
            _ => Path::Item(self, index),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Path::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// The bytes of the value of a field, or of the nearest thing around it that exists.
pub(crate) fn locate(root: &Node, field: &str) -> Range<usize> {
    let mut node = root;
    for step in steps(field) {
        match find(node, step) {
            Some(next) => node = next,
            None => break,
        }
    }
    node.span.clone()
}

/// The parts of a field: `touchpoints.a.seen[1]` gives `touchpoints`, `a`, `seen`, `[1]`. What stands below `names` is one
/// part, since those keys may have dots of their own.
pub(crate) fn steps(field: &str) -> impl Iterator<Item = &str> {
    let (field, name) = match field.split_once('.') {
        Some(("names", name)) => ("names", Some(name)),
        _ => (field, None),
    };
    let parts = field.split('.').flat_map(|part| {
        let (name, items) = match part.find('[') {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        std::iter::once(name).chain(items.split_inclusive(']')).filter(|step| !step.is_empty())
    });
    parts.chain(name)
}

/// One step down.
pub(crate) fn find<'a>(node: &'a Node, step: &str) -> Option<&'a Node> {
    let index =
        step.strip_prefix('[').and_then(|step| step.strip_suffix(']')).and_then(|index| index.parse::<usize>().ok());
    match index {
        Some(index) => node.items().get(index),
        None => node
            .get(step)
            .or_else(|| node.items().iter().find(|item| item.get("id").and_then(Node::text) == Some(step))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_steps() {
        let all: Vec<_> = steps("touchpoints.a.seen[1].where").collect();
        assert_eq!(all, ["touchpoints", "a", "seen", "[1]", "where"]);
        assert_eq!(steps("").count(), 0);
        assert_eq!(steps("names.repair.closed").collect::<Vec<_>>(), ["names", "repair.closed"]);
    }
}
