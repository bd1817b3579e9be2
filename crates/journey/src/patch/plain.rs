use std::collections::BTreeMap;

use super::Written;
use crate::yaml::{Core, Kind, Node};

/// What a text says without how it says it: no places, no style, no order of keys. Two texts with equal `Plain` are one
/// definition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Plain>),
    Map(BTreeMap<String, Plain>),
}

impl From<&Node> for Plain {
    fn from(node: &Node) -> Self {
        match (&node.kind, node.core()) {
            (Kind::List { items, .. }, _) => Self::List(items.iter().map(Self::from).collect()),
            (Kind::Map { entries, .. }, _) => {
                let entry = |entry: &crate::yaml::Entry| (entry.key.clone(), Self::from(&entry.value));
                Self::Map(entries.iter().map(entry).collect())
            }
            (_, Some(Core::Bool(value))) => Self::Bool(value),
            (_, Some(Core::Number(value))) => Self::Number(value),
            (_, Some(Core::Text(value))) => Self::Text(value.to_owned()),
            (_, Some(Core::Null) | None) => Self::Null,
        }
    }
}

impl From<&Written> for Plain {
    fn from(value: &Written) -> Self {
        match value {
            Written::Bool(value) => Self::Bool(*value),
            Written::Number(value) => Self::Number(*value),
            Written::Text(value) => Self::Text(value.clone()),
            Written::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Written::Map(entries) => {
                Self::Map(entries.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}

impl Plain {
    /// One step down a field.
    pub(super) fn step(&mut self, step: &str) -> Option<&mut Self> {
        let index = step.strip_prefix('[').and_then(|step| step.strip_suffix(']'));
        match self {
            Self::List(items) => match index {
                Some(index) => items.get_mut(index.parse::<usize>().ok()?),
                None => items.iter_mut().find(|item| item.is(step)),
            },
            Self::Map(_) if index == Some("0") => Some(self),
            Self::Map(entries) => entries.get_mut(step),
            _ if index == Some("0") => Some(self),
            _ => None,
        }
    }

    /// Whether this is the item with an id.
    pub(super) fn is(&self, id: &str) -> bool {
        match self {
            Self::Map(entries) => entries.get("id") == Some(&Self::Text(id.to_owned())),
            _ => false,
        }
    }
}
