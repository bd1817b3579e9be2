use serde::{Deserialize, Serialize};
use words::{Customer, Language};

/// Whom a message is for: everybody who fits all that is said; nothing said is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Group {
    /// Id of a persona.
    pub persona: String,
    /// Name of a consent that is given.
    pub consent: String,
    /// With which the postcode begins.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Tag of the language of messages.
    pub language: String,
}

impl Group {
    /// Whether somebody belongs to it. `usual`: the language of whoever said none.
    pub fn fits(&self, customer: &Customer, usual: Language) -> bool {
        let plain =
            |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
        let part = |part: &Option<String>| plain(part.as_deref().unwrap_or_default());
        let said = |wanted: &str, holds: &dyn Fn(&str) -> bool| wanted.trim().is_empty() || holds(wanted.trim());
        said(&self.persona, &|persona| customer.personas.contains(persona))
            && said(&self.consent, &|consent| customer.consents_to(consent))
            && said(&self.postcode, &|postcode| part(&customer.address.postcode).starts_with(&plain(postcode)))
            && said(&self.town, &|town| part(&customer.address.town) == plain(town))
            && said(&self.language, &|tag| customer.language.unwrap_or(usual).tag() == tag)
    }
}

#[cfg(test)]
mod tests {
    use words::CustomerId;

    use super::*;

    #[test]
    fn everybody_fits_a_group_of_which_nothing_is_said_and_else_whoever_fits_all() {
        let mut customer = Customer::unknown(CustomerId::from_u128(1));
        let fits = |customer: &Customer, group: &Group| group.fits(customer, Language::Nl);
        assert!(fits(&customer, &Group::default()));
        let near = Group { postcode: "35 11".into(), town: " utrecht".into(), ..Group::default() };
        assert!(!fits(&customer, &near));
        customer.address.postcode = Some("3511 LX".into());
        assert!(!fits(&customer, &near));
        customer.address.town = Some("Utrecht".into());
        assert!(fits(&customer, &near));
        let group = |language: &str| Group { language: language.into(), ..Group::default() };
        assert!(fits(&customer, &group("nl")) && !fits(&customer, &group("en")));
        customer.personas.insert("student".into());
        let students = Group { persona: "student".into(), ..near.clone() };
        assert!(fits(&customer, &students));
        assert!(!fits(&customer, &Group { consent: "marketing".into(), ..students }));
    }
}
