//! What can be wrong, with its text in Dutch and English side by side. Texts speak to a librarian: what is wrong, and
//! what to do.

mod condition;
mod form;
mod gate;
mod reference;
mod rule;
mod sending;
mod wanted;

pub use condition::Condition;
pub use form::Form;
pub use gate::Gate;
pub use reference::{Named, Reference};
pub use rule::Rule;
pub use sending::Sending;
pub(crate) use wanted::wanted_shape;

/// Two texts that say the same: Dutch, English.
pub(crate) type Texts = (String, String);

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Anything that can be wrong.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Problem {
            $($(#[$doc])* $name($name)),+
        }

        impl Problem {
            /// A name of the kind of mistake that stays the same over versions, for filters and tests.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name(problem) => problem.code()),+ }
            }

            pub(crate) fn texts(&self) -> Texts {
                match self { $(Self::$name(problem) => problem.texts()),+ }
            }
        }

        $(impl From<$name> for Problem {
            fn from(problem: $name) -> Self {
                Self::$name(problem)
            }
        })+
    };
}

problems!(
    /// The form of the text.
    Form,
    /// A name that names nothing.
    Reference,
    /// A condition.
    Condition,
    /// What the definition says.
    Rule,
    /// What a touchpoint does.
    Sending,
    /// What publishing still needs.
    Gate,
);
