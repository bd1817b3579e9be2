use std::ops::Range;

use super::Core;

/// A value in the text.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes, quotes and brackets included; without the white space and comments after it.
    pub(crate) span: Range<usize>,
}

/// The kinds of values.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// One value.
    Scalar {
        /// Without quotes.
        text: String,
        /// Written without quotes or block mark.
        plain: bool,
    },
    /// Values in a row.
    List {
        /// The values.
        items: Vec<Node>,
        /// Written `[a, b]`.
        flow: bool,
    },
    /// Values by name.
    Map {
        /// In the order of the text.
        entries: Vec<Entry>,
        /// Written `{a: b}`.
        flow: bool,
    },
}

/// One `key: value`.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// The bytes of the key.
    pub(crate) key_span: Range<usize>,
    /// The value.
    pub(crate) value: Node,
}

impl Entry {
    /// From the key to the end of the value.
    pub(crate) fn span(&self) -> Range<usize> {
        self.key_span.start..self.value.span.end.max(self.key_span.end)
    }
}

impl Node {
    /// The value of a key; `None` when this is no mapping or has no such key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a list; a value that stands alone is a list of one, nothing is a list of none.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List { items, .. } => items,
            _ if self.core() == Some(Core::Null) => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// What a scalar says; `None` for lists and mappings.
    pub(crate) fn core(&self) -> Option<Core<'_>> {
        match &self.kind {
            Kind::Scalar { text, plain: true } => Some(Core::plain(text)),
            Kind::Scalar { text, .. } => Some(Core::Text(text)),
            _ => None,
        }
    }

    /// A text that is not empty, without the white space around it.
    pub(crate) fn text(&self) -> Option<&str> {
        match self.core()? {
            Core::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}
