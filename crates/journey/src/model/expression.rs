use std::sync::Arc;

/// A condition in CEL, read once. Compared and hashed by its text.
#[derive(Clone, Debug)]
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

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.source
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
