//! The text of the organisation as it is kept, and edits of it.

use journey::{Edit, Organisation, Refused, Written, patch_organisation};
use serde_json::json;
use store::OrganisationRow;

use crate::{App, Problem, session::Staff};

pub(crate) async fn row(app: &App, staff: &Staff) -> Result<OrganisationRow, Problem> {
    app.store.organisation(&staff.house.id).await?.ok_or(Problem::NotFound)
}

/// Keeps another text in its place.
pub(crate) async fn keep(staff: &Staff, row: OrganisationRow, text: String) -> Result<(), Problem> {
    if row.text != text {
        staff.app.store.save_organisation(OrganisationRow { text, ..row }).await?;
        staff.record("organisation.changed", staff.house.id.as_str(), json!({})).await?;
    }
    Ok(())
}

/// The text with a link under this name, new or changed.
pub(crate) fn with_link(text: &str, name: &str, address: &str) -> Result<String, Refused> {
    let first = Organisation::parse(text).0.links.is_empty();
    let edit = match first {
        true => Edit::set("links", Written::map([(name, Some(address.into()))])),
        false => Edit::set(format!("links.{name}"), address),
    };
    patch_organisation(text, &edit)
}

/// The text without the link of this name.
pub(super) fn without_link(text: &str, name: &str) -> Result<String, Refused> {
    let last = Organisation::parse(text).0.links.keys().all(|other| other == name);
    patch_organisation(text, &Edit::remove(if last { "links".to_owned() } else { format!("links.{name}") }))
}

/// What a form says of a persona.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) about: Option<&'a str>,
    pub(crate) goal: Option<&'a str>,
}

/// The text with a persona, new or changed; the fields that did not change stay as they are written.
pub(crate) fn with_persona(text: &str, person: &Person<'_>) -> Result<String, Refused> {
    let (organisation, _) = Organisation::parse(text);
    let Some(stands) = organisation.persona(person.id) else {
        let value = Written::map([
            ("id", Some(person.id.into())),
            ("name", Some(person.name.into())),
            ("about", person.about.map(Written::from)),
            ("goal", person.goal.map(Written::from)),
        ]);
        let first = organisation.personas.is_empty();
        let list = || "personas".to_owned();
        let edit = match first {
            true => Edit::Set { field: list(), value: Written::List(vec![value]) },
            false => Edit::Add { list: list(), after: None, value },
        };
        return patch_organisation(text, &edit);
    };
    let fields = [
        ("name", Some(person.name), Some(stands.name.as_str())),
        ("about", person.about, stands.about.as_deref()),
        ("goal", person.goal, stands.goal.as_deref()),
    ];
    let mut text = text.to_owned();
    for (field, now, before) in fields {
        let field = format!("personas.{}.{field}", person.id);
        text = match now {
            _ if now == before => continue,
            Some(now) => patch_organisation(&text, &Edit::set(field, now))?,
            None => patch_organisation(&text, &Edit::remove(field))?,
        };
    }
    Ok(text)
}

/// The text without the persona of this id.
pub(super) fn without_persona(text: &str, id: &str) -> Result<String, Refused> {
    let last = Organisation::parse(text).0.personas.iter().all(|persona| persona.id == id);
    let list = "personas".to_owned();
    patch_organisation(text, &if last { Edit::remove(list) } else { Edit::Delete { list, id: id.to_owned() } })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# van ons\nname: Rijnoever # kort\n";

    fn sanne(about: Option<&'static str>) -> Person<'static> {
        Person { id: "lezer", name: "Sanne Vos, 34: lezer", about, goal: Some("Snel een boek") }
    }

    #[test]
    fn links_come_change_and_go_and_the_rest_stays() {
        let one = with_link(TEXT, "genre", "https://x.example/tips/{id}").unwrap();
        let two = with_link(&one, "help", "tel:+31301234567").unwrap();
        let three = with_link(&two, "genre", "https://x.example/anders").unwrap();
        let (organisation, findings) = Organisation::parse(&three);
        assert!(findings.is_empty() && three.starts_with(TEXT), "{three}");
        assert_eq!(organisation.links["genre"], "https://x.example/anders");
        assert_eq!(organisation.links["help"], "tel:+31301234567");
        let gone = without_link(&without_link(&three, "help").unwrap(), "genre").unwrap();
        assert_eq!(gone.trim_end(), TEXT.trim_end());
    }

    #[test]
    fn personas_come_change_and_go_and_the_rest_stays() {
        let one = with_persona(TEXT, &sanne(None)).unwrap();
        let other = Person { id: "huurder", name: "Marijke", about: None, goal: None };
        let two = with_persona(&one, &other).unwrap();
        let three = with_persona(&two, &Person { goal: None, ..sanne(Some("Leest 's avonds")) }).unwrap();
        let (organisation, findings) = Organisation::parse(&three);
        assert!(findings.is_empty() && three.starts_with(TEXT), "{three}");
        let lezer = organisation.persona("lezer").unwrap();
        assert_eq!((lezer.about.as_deref(), lezer.goal.as_deref()), (Some("Leest 's avonds"), None));
        assert_eq!(organisation.personas.len(), 2);
        let gone = without_persona(&without_persona(&three, "lezer").unwrap(), "huurder").unwrap();
        assert_eq!(gone.trim_end(), TEXT.trim_end());
    }
}
