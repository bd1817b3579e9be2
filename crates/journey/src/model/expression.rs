use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use words::limits::EXPRESSION_CHARS_MAX;

use crate::problem::Condition;

/// Brackets within brackets, and signs in a row, of one condition.
const DEPTH_MAX: usize = 20;

/// A condition in CEL, read once. Compared and hashed by its text.
#[derive(Clone)]
pub struct Expression {
    source: Arc<str>,
    program: Arc<cel::Program>,
}

impl Expression {
    /// Reads a condition; the error is the parser's own text. Length and depth are limited by the caller (`parse`).
    pub fn compile(source: &str) -> Result<Self, String> {
        let program = cel::Program::compile(source).map_err(|error| error.to_string())?;
        Ok(Self { source: source.into(), program: Arc::new(program) })
    }

    /// Reads a condition within its limits.
    pub fn read(source: &str) -> Result<Self, Condition> {
        if source.chars().count() > EXPRESSION_CHARS_MAX {
            return Err(Condition::TooLong(EXPRESSION_CHARS_MAX));
        }
        if depth(source) > DEPTH_MAX {
            return Err(Condition::TooDeep(DEPTH_MAX));
        }
        Self::compile(source).map_err(|_| Condition::Syntax)
    }

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names it begins with: `customer`, `event`, objects of the facts.
    pub fn roots(&self) -> BTreeSet<String> {
        let references = self.program.references();
        references.variables().into_iter().map(str::to_owned).collect()
    }

    /// Ready to be evaluated or walked.
    pub fn program(&self) -> &cel::Program {
        &self.program
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Expression {}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expression({:?})", self.source)
    }
}

/// How deep a parser must go at most: open brackets, and `!` or `-` in a row. Texts between quotes count too, for safety.
fn depth(source: &str) -> usize {
    let (mut open, mut signs, mut deepest) = (0_usize, 0_usize, 0);
    for c in source.chars() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        signs = match c {
            '!' | '-' => signs + 1,
            c if c.is_whitespace() => signs,
            _ => 0,
        };
        deepest = deepest.max(open + signs);
    }
    deepest
}
