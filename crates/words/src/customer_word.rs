use crate::Language;

/// The organisation's word for customer, singular and plural, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerWord {
    /// One: "huurder".
    pub one: String,
    /// Several: "huurders".
    pub many: String,
}

/// The usual words with their English twins (singular, plural).
const KNOWN: &[[&str; 4]] = &[
    ["klant", "klanten", "customer", "customers"],
    ["huurder", "huurders", "tenant", "tenants"],
    ["bewoner", "bewoners", "resident", "residents"],
    ["lener", "leners", "borrower", "borrowers"],
    ["lid", "leden", "member", "members"],
    ["patiënt", "patiënten", "patient", "patients"],
    ["deelnemer", "deelnemers", "participant", "participants"],
    ["bezoeker", "bezoekers", "visitor", "visitors"],
];

/// Ends of Dutch words that take "het".
const NEUTER: &[&str] = &["lid", "kind", "huishouden", "gezin", "bedrijf", "je"];

impl CustomerWord {
    /// The organisation's own word.
    pub fn new(one: impl Into<String>, many: impl Into<String>) -> Self {
        Self { one: one.into(), many: many.into() }
    }

    /// The word in the language of a page: the twin of a usual word, or the word itself when there is none.
    pub fn on_page(&self, page: Language) -> Self {
        let twin = KNOWN.iter().find(|[one, _, english, _]| *one == self.one || *english == self.one);
        match (twin, page) {
            (Some([one, many, _, _]), Language::Nl) | (Some([_, _, one, many]), Language::En) => Self::new(*one, *many),
            (None, _) => self.clone(),
        }
    }

    /// One of them with its article, in the language that the word is in: "de huurder", "het lid", "the tenant".
    pub fn the(&self, page: Language) -> String {
        self.behind(page, ["het", "de", "the"])
    }

    /// This one: "deze huurder", "dit lid", "this tenant".
    pub fn this(&self, page: Language) -> String {
        self.behind(page, ["dit", "deze", "this"])
    }

    fn behind(&self, page: Language, [neuter, common, english]: [&str; 3]) -> String {
        let article = match page {
            Language::Nl if NEUTER.iter().any(|end| self.one.ends_with(end)) => neuter,
            Language::Nl => common,
            Language::En => english,
        };
        format!("{article} {}", self.one)
    }

    /// The usual words of a language, to choose from.
    pub fn usual(language: Language) -> Vec<Self> {
        KNOWN.iter().map(|[one, many, _, _]| Self::new(*one, *many).on_page(language)).collect()
    }
}

impl Default for CustomerWord {
    fn default() -> Self {
        Self::new("klant", "klanten")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_word_has_a_twin_and_another_stays_itself() {
        let tenant = CustomerWord::new("huurder", "huurders");
        assert_eq!(tenant.on_page(Language::En), CustomerWord::new("tenant", "tenants"));
        assert_eq!(tenant.on_page(Language::Nl), tenant);
        assert_eq!(tenant.the(Language::Nl), "de huurder");
        assert_eq!(CustomerWord::new("lid", "leden").the(Language::Nl), "het lid");
        assert_eq!(CustomerWord::new("lid", "leden").this(Language::Nl), "dit lid");
        assert_eq!(tenant.on_page(Language::En).the(Language::En), "the tenant");
        let own = CustomerWord::new("reiziger", "reizigers");
        assert_eq!(own.on_page(Language::En), own);
    }
}
