use words::{FormOfAddress, Language, Name};

use crate::person::{self, Person, Title};

/// The salutation without its comma. The chain: a title that was given (when formal), the first name (when informal), the
/// whole name, the family name alone with a capital on its particle, and else a neutral word. Nothing is guessed: not a
/// gender, not a name out of initials.
pub fn salutation(name: &Name, form: FormOfAddress, language: Language) -> String {
    let person = Person::read(name);
    match language {
        Language::Nl => dutch(&person, form),
        Language::En => english(&person, form),
    }
}

/// The name as it stands above an address: with the title that was given, else without; in capitals of its own. The name as
/// it was given where it is no person's, such as a company's; `None` when nobody has a name.
pub fn addressee(name: &Name, language: Language) -> Option<String> {
    let person = Person::read(name);
    let given = || {
        let parts = [&name.first, &name.last].into_iter().flatten();
        let line = parts.flat_map(|part| part.split(|c: char| c.is_whitespace() || c.is_control()));
        let line = line.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        person::is_company(&line).then_some(line)
    };
    let Some(full) = person.full_name() else { return given() };
    Some(match (&person.title, person.last_name()) {
        (Some(Title::Mevrouw), Some(_)) => format!("{} {full}", language.pick("Mevrouw", "Ms")),
        (Some(Title::Heer), Some(_)) => format!("{} {full}", language.pick("De heer", "Mr")),
        (Some(Title::Familie), Some(last)) => format!("{} {last}", language.pick("Familie", "Family")),
        _ => full,
    })
}

fn dutch(person: &Person, form: FormOfAddress) -> String {
    let informal = form == FormOfAddress::Je;
    if let (true, Some(first)) = (informal, &person.first) {
        return format!("Beste {first}");
    }
    match (&person.title, person.last_name_alone()) {
        (Some(Title::Mevrouw), Some(last)) => format!("Beste mevrouw {last}"),
        (Some(Title::Heer), Some(last)) => format!("Beste heer {last}"),
        (Some(Title::Familie), Some(last)) => format!("Beste familie {last}"),
        (None, Some(_)) => format!("Beste {}", person.full_name().unwrap_or_default()),
        (_, None) => (if informal { "Hallo" } else { "Goedendag" }).to_owned(),
    }
}

/// "Dear De Vries" is rude in English, so without a title the first name goes before.
fn english(person: &Person, form: FormOfAddress) -> String {
    if let (FormOfAddress::Je, Some(first)) = (form, &person.first) {
        return format!("Dear {first}");
    }
    match (&person.title, person.last_name_alone(), &person.first) {
        (Some(Title::Mevrouw), Some(last), _) => format!("Dear Ms {last}"),
        (Some(Title::Heer), Some(last), _) => format!("Dear Mr {last}"),
        (Some(Title::Familie), Some(last), _) => format!("Dear {last} family"),
        (None, Some(_), Some(_)) => format!("Dear {}", person.full_name().unwrap_or_default()),
        _ => "Hello".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(first: &str, last: &str, title: &str, form: FormOfAddress) -> String {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        salutation(&Name { first: part(first), last: part(last), salutation: part(title) }, form, Language::Nl)
    }

    #[test]
    fn formal_uses_what_was_given() {
        let u = |first, last, title| said(first, last, title, FormOfAddress::U);
        assert_eq!(u("Sanne", "de Vries", "mevrouw"), "Beste mevrouw De Vries");
        assert_eq!(u("", "van der Berg", "de heer"), "Beste heer Van der Berg");
        assert_eq!(u("", "JANSEN", "fam."), "Beste familie Jansen");
        assert_eq!(u("Anna", "de boer", ""), "Beste Anna de Boer");
        assert_eq!(u("", "de boer", ""), "Beste De Boer");
        assert_eq!(u("A.", "de boer", ""), "Beste De Boer");
        assert_eq!(u("Anna", "", ""), "Goedendag");
        assert_eq!(u("Anna", "", "mevrouw"), "Goedendag");
        assert_eq!(u("", "'t Hart", "mw."), "Beste mevrouw 't Hart");
        assert_eq!(u("", "VAN 'T HOF", "dhr"), "Beste heer Van 't Hof");
        assert_eq!(u("", "Vries, de", "mevr."), "Beste mevrouw De Vries");
        assert_eq!(u("", "de Vries-van Dam", "mevrouw"), "Beste mevrouw De Vries-van Dam");
        assert_eq!(u("", "J.P. de Vries", "dr."), "Beste De Vries");
    }

    #[test]
    fn informal_uses_the_first_name() {
        let je = |first, last| said(first, last, "", FormOfAddress::Je);
        assert_eq!(je("ANNE-MARIE", "x"), "Beste Anne-Marie");
        assert_eq!(je("ijsbrand", ""), "Beste IJsbrand");
        assert_eq!(je("Jan P.", "Smit"), "Beste Jan");
        assert_eq!(je("J.P.", "de Boer"), "Beste De Boer");
        assert_eq!(je("JP", "de Boer"), "Beste De Boer");
        assert_eq!(je("Onbekend", "Onbekend"), "Hallo");
        assert_eq!(said("Anna", "de Boer", "mevrouw", FormOfAddress::Je), "Beste Anna");
    }

    #[test]
    fn what_is_no_name_is_not_used() {
        for wrong in [
            "null",
            "N.v.t.",
            "-",
            "x",
            " ",
            "?",
            "a@b.nl",
            "Bakkerij Jansen B.V.",
            "Stichting Lezen",
            "bezoek https://x.nl",
            "06 12345678",
            &"a".repeat(61),
        ] {
            assert_eq!(said(wrong, wrong, "mevrouw", FormOfAddress::U), "Goedendag", "{wrong}");
            assert_eq!(said(wrong, wrong, "", FormOfAddress::Je), "Hallo", "{wrong}");
        }
    }

    #[test]
    fn an_envelope_has_the_name_as_it_was_given() {
        let on = |first: &str, last: &str, title: &str, language| {
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            addressee(&Name { first: part(first), last: part(last), salutation: part(title) }, language)
        };
        let nl = |first, last, title| on(first, last, title, Language::Nl).unwrap_or_default();
        assert_eq!(nl("SANNE", "DE VRIES", "mevr."), "Mevrouw Sanne de Vries");
        assert_eq!(nl("", "van der berg", "dhr"), "De heer Van der Berg");
        assert_eq!(nl("Anna", "van der Berg", "fam."), "Familie van der Berg");
        assert_eq!(nl("Anna", "", "mevrouw"), "Anna");
        assert_eq!(nl("", "Bakkerij\nJansen B.V.", ""), "Bakkerij Jansen B.V.");
        assert_eq!(nl("Onbekend", "null", ""), "");
        assert_eq!(on("Sanne", "de Vries", "mevrouw", Language::En).unwrap_or_default(), "Ms Sanne de Vries");
    }

    #[test]
    fn english_has_its_own_chain() {
        let name = Name { first: Some("Anna".into()), last: Some("de Boer".into()), salutation: None };
        assert_eq!(salutation(&name, FormOfAddress::U, Language::En), "Dear Anna de Boer");
        assert_eq!(salutation(&name, FormOfAddress::Je, Language::En), "Dear Anna");
        let name = Name { salutation: Some("mevrouw".into()), ..name };
        assert_eq!(salutation(&name, FormOfAddress::U, Language::En), "Dear Ms De Boer");
        assert_eq!(salutation(&Name::default(), FormOfAddress::U, Language::En), "Hello");
    }

    fn part() -> impl Strategy<Value = Option<String>> {
        const KNOWN: &[&str] = &[
            "Anna", "DE VRIES", "j.", "van", "Onbekend", ",", "  a  b ", "'t Hart", "Jansen,", "mevrouw", "x\ny",
            "null",
        ];
        prop_oneof![
            Just(None),
            proptest::sample::select(KNOWN).prop_map(|text| Some(text.to_owned())),
            any::<String>().prop_map(Some)
        ]
    }

    /// Every particle of the list, in every way a registration writes it, with any part of the name missing.
    #[test]
    fn every_subset_of_a_name_with_any_particle_reads_well() {
        let particles = ["de", "van", "van der", "van de", "in 't", "'t", "op den", "ter", "van 't", ""];
        for (particle, family) in particles.iter().flat_map(|p| [(*p, "Vries"), (*p, "Berg-Smit")]) {
            let last = format!("{particle} {family}").trim().to_owned();
            let capital = {
                let mut letters = last.chars();
                letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
            };
            for (has_first, has_last, title) in [false, true]
                .into_iter()
                .flat_map(|f| [false, true].map(|l| (f, l)))
                .flat_map(|(f, l)| ["", "mevrouw"].map(|t| (f, l, t)))
            {
                let (first, family) = (if has_first { "Sanne" } else { "" }, if has_last { last.as_str() } else { "" });
                let formal = match (has_first, has_last, title) {
                    (_, true, "mevrouw") => format!("Beste mevrouw {capital}"),
                    (true, true, _) => format!("Beste Sanne {last}"),
                    (false, true, _) => format!("Beste {capital}"),
                    (_, false, _) => "Goedendag".to_owned(),
                };
                assert_eq!(said(first, family, title, FormOfAddress::U), formal);
                let informal = match (has_first, has_last, title) {
                    (true, ..) => "Beste Sanne".to_owned(),
                    (false, true, "mevrouw") => format!("Beste mevrouw {capital}"),
                    (false, true, _) => format!("Beste {capital}"),
                    (false, false, _) => "Hallo".to_owned(),
                };
                assert_eq!(said(first, family, title, FormOfAddress::Je), informal);
            }
        }
    }

    proptest! {
        #[test]
        fn whatever_is_missing_it_reads_well(first in part(), last in part(), salutation in part(), informal: bool, english: bool) {
            let form = if informal { FormOfAddress::Je } else { FormOfAddress::U };
            let language = if english { Language::En } else { Language::Nl };
            let said = super::salutation(&Name { first, last, salutation }, form, language);
            let line = format!("{said},");
            prop_assert!(!line.contains("  ") && !line.contains(" ,") && !line.contains(",,"), "{}", line);
            prop_assert!(!line.contains('\n') && !line.to_lowercase().contains("null") && !line.to_lowercase().contains("onbekend"), "{}", line);
            prop_assert!(said.starts_with(|c: char| c.is_uppercase()) && said.ends_with(|c: char| c.is_alphabetic() || c == '\u{300}' || !c.is_whitespace()), "{}", line);
        }
    }
}
