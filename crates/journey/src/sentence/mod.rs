//! What a definition says, in plain Dutch and English: triggers, conditions, and the names of events, facts and values.

mod clause;
mod comparison;
mod condition;
mod naming;
mod operand;
mod span;
mod trigger;
mod vocabulary;

use words::{CustomerWord, Language};

pub use vocabulary::USUAL_EVENTS;

use crate::model::Definition;

/// Says what stands in a definition. A name comes from the journey's own `names`, else from the vocabulary, else from the title
/// of the touchpoint that sees the event. What has no words stands between ‹ and ›, as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    definition: Option<&'a Definition>,
    language: Language,
    customer: Option<&'a CustomerWord>,
}

impl<'a> Saying<'a> {
    /// The reader's language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Says things of a journey in the reader's language.
    pub const fn of(definition: &'a Definition, language: Language) -> Self {
        Self { definition: Some(definition), language, customer: None }
    }

    /// Says things that belong to no journey in particular.
    pub const fn general(language: Language) -> Self {
        Self { definition: None, language, customer: None }
    }

    /// With the organisation's word for customer.
    pub const fn about(self, customer: &'a CustomerWord) -> Self {
        Self { customer: Some(customer), ..self }
    }

    fn pick<'b>(&self, dutch: &'b str, english: &'b str) -> &'b str {
        self.language.pick(dutch, english)
    }

    /// The customer with its article.
    fn the_customer(&self) -> String {
        let usual = CustomerWord::default();
        self.customer.unwrap_or(&usual).on_page(self.language).the(self.language)
    }
}
