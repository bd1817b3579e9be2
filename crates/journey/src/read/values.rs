//! One value at a time. What the form check refused comes out as nothing.

use words::EventName;

use super::Path;
use crate::language::scalar;
use crate::model::{Expression, FactPath, Facts, Late, Span};
use crate::problem::Problem;
use crate::yaml::{Core, Node};

/// A mistake and the field it is in.
pub(crate) type Misread = (Problem, String);

/// What is at hand while values are taken over.
pub(super) struct Taking<'a> {
    /// The declared facts: they tell a fact from an event.
    pub(super) facts: &'a Facts,
    /// Mistakes that only reading shows.
    pub(super) misread: Vec<Misread>,
    /// The conditions, to be typed when everything is known.
    pub(super) stated: Vec<Stated>,
}

/// A condition, where it stands and which events it may speak of.
pub(crate) struct Stated {
    pub(crate) expression: Expression,
    pub(crate) field: String,
    /// `None`: no event makes it be asked.
    pub(crate) events: Option<Vec<EventName>>,
}

impl Taking<'_> {
    /// A condition, which may speak of these events.
    pub(super) fn condition(
        &mut self,
        node: &Node,
        key: &str,
        path: &Path<'_>,
        events: Option<Vec<EventName>>,
    ) -> Option<Expression> {
        let source = text(node, key)?;
        let field = Path::Key(path, key).to_string();
        match Expression::read(&source) {
            Ok(expression) => {
                self.stated.push(Stated { expression: expression.clone(), field, events });
                Some(expression)
            }
            Err(problem) => {
                self.misread.push((problem.into(), field));
                None
            }
        }
    }
}

pub(super) fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.text().map(str::to_owned)
}

pub(super) fn texts(node: &Node, key: &str) -> Vec<String> {
    let items = node.get(key).map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::text).map(str::to_owned).collect()
}

/// Ids, channels: anything that is made from text.
pub(super) fn names<T>(node: &Node, key: &str, make: impl Fn(String) -> T) -> Vec<T> {
    texts(node, key).into_iter().map(make).collect()
}

/// A value that is read from text: a span, a member of a closed list.
pub(super) fn parsed<T>(node: &Node, key: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    parse(node.get(key)?.text()?)
}

pub(super) fn number(node: &Node, key: &str) -> Option<f64> {
    match node.get(key)?.core()? {
        Core::Number(number) => Some(number),
        _ => None,
    }
}

pub(super) fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::core) == Some(Core::Bool(true))
}

pub(super) fn span(node: &Node, key: &str) -> Option<Span> {
    parsed(node, key, Span::parse)
}

pub(super) fn late(node: &Node) -> Option<Late> {
    parsed(node, "late", scalar::late)
}

/// `object.property`, which has the form of an event's name.
pub(crate) fn fact_path(text: &str) -> Option<FactPath> {
    let name = EventName::parse(text)?;
    Some(FactPath { object: name.object().to_owned(), property: name.action().to_owned() })
}
