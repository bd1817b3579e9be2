//! What can be wrong, with its text in Dutch and English side by side. Texts speak to a librarian: what is wrong, and
//! what to do.

mod condition;
mod form;
mod gate;
mod reference;
mod rule;
mod sending;
mod wanted;

use words::{CustomerWord, Language};

pub use condition::Condition;
pub use form::Form;
pub use gate::Gate;
pub use reference::{Named, Reference};
pub use rule::Rule;
pub use sending::Sending;
pub(crate) use wanted::wanted_shape;

/// Two texts that say the same: Dutch, English.
pub(crate) type Texts = (String, String);

/// The customer with its article, and several of them, in Dutch and in English.
struct Customer {
    nl: String,
    nl_many: String,
    en: String,
    en_many: String,
}

impl Customer {
    fn of(word: &CustomerWord) -> Self {
        let (dutch, english) = (word.on_page(Language::Nl), word.on_page(Language::En));
        Self { nl: dutch.the(Language::Nl), en: english.the(Language::En), nl_many: dutch.many, en_many: english.many }
    }
}

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

            /// `who`: the organisation's word for customer.
            pub(crate) fn texts(&self, who: &CustomerWord) -> Texts {
                match self { $(Self::$name(problem) => problem.texts(who)),+ }
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
