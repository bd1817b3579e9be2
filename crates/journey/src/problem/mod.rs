//! What can be wrong, with its text in Dutch and English side by side. Texts speak to a librarian: what is wrong, and
//! what to do.

mod condition;
mod form;
mod wanted;

pub use condition::Condition;
pub use form::Form;
pub(crate) use wanted::wanted_shape;

/// Two texts that say the same: Dutch, English.
pub(crate) type Texts = (String, String);

/// Anything that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The form of the text.
    Form(Form),
    /// A condition.
    Condition(Condition),
}

impl Problem {
    /// A name that stays the same over versions, for filters and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(problem) => problem.code(),
            Self::Condition(problem) => problem.code(),
        }
    }

    pub(crate) fn texts(&self) -> Texts {
        match self {
            Self::Form(problem) => problem.texts(),
            Self::Condition(problem) => problem.texts(),
        }
    }
}

impl From<Form> for Problem {
    fn from(problem: Form) -> Self {
        Self::Form(problem)
    }
}

impl From<Condition> for Problem {
    fn from(problem: Condition) -> Self {
        Self::Condition(problem)
    }
}
