use std::collections::BTreeMap;

use super::customers::CustomersMapping;
use super::events::{EventsMapping, NameFrom};
use crate::intake::slug;

type Known = &'static [(&'static str, &'static [&'static str])];

/// What headers are called, in snake case, Dutch and English; the first that fits is taken.
const CUSTOMER_FIELDS: Known = &[
    (
        "id",
        &[
            "id",
            "klantnummer",
            "klant_id",
            "klantid",
            "klant",
            "lidnummer",
            "lenersnummer",
            "pasnummer",
            "nummer",
            "customer_id",
            "customer",
            "user_id",
            "number",
        ],
    ),
    ("first_name", &["voornaam", "roepnaam", "first_name", "firstname", "given_name"]),
    ("last_name", &["achternaam", "last_name", "lastname", "surname", "family_name"]),
    ("salutation", &["aanhef", "salutation"]),
    ("email", &["e_mail", "email", "e_mailadres", "emailadres", "mail", "email_address"]),
    ("mobile", &["mobiel", "mobiele_telefoon", "mobiel_nummer", "mobile", "telefoon", "telefoonnummer", "phone"]),
    ("street", &["straat", "adres", "straat_en_huisnummer", "street", "address"]),
    ("postcode", &["postcode", "postal_code", "zip"]),
    ("town", &["plaats", "woonplaats", "stad", "town", "city"]),
    ("zone", &["tijdzone", "zone", "timezone", "time_zone"]),
    ("language", &["taal", "language"]),
];

const CONSENTS: Known = &[
    (
        "marketing",
        &[
            "marketing",
            "nieuwsbrief",
            "newsletter",
            "toestemming",
            "consent",
            "opt_in",
            "toestemming_marketing",
            "consent_marketing",
        ],
    ),
    ("leestips", &["leestips", "toestemming_leestips", "consent_leestips"]),
];

const EVENT_FIELDS: Known = &[
    (
        "customer",
        &["klantnummer", "klant_id", "klantid", "klant", "lidnummer", "customer_id", "customer", "user_id", "userid"],
    ),
    ("anonymous", &["anonymous_id", "anonymous", "anoniem"]),
    (
        "case",
        &[
            "zaak",
            "zaaknummer",
            "zaak_id",
            "case_id",
            "case",
            "case_concept_name",
            "ordernummer",
            "order_id",
            "order",
            "dossier",
            "dossiernummer",
        ],
    ),
    (
        "name",
        &[
            "gebeurtenis",
            "activiteit",
            "stap",
            "event",
            "event_name",
            "activity",
            "concept_name",
            "name",
            "naam",
            "status",
        ],
    ),
    (
        "time",
        &[
            "tijd",
            "tijdstip",
            "datum_tijd",
            "datum",
            "time",
            "timestamp",
            "time_timestamp",
            "date",
            "complete_timestamp",
            "moment",
        ],
    ),
    ("id", &["event_id", "gebeurtenis_id", "message_id", "id"]),
];

fn guess(headers: &[String], known: Known) -> BTreeMap<String, String> {
    let find = |names: &[&str]| names.iter().find_map(|name| headers.iter().find(|header| slug(header) == *name));
    known.iter().filter_map(|(field, names)| Some(((*field).to_owned(), find(names)?.clone()))).collect()
}

/// A mapping for a table of customers, from its headers; to be looked at before it is used.
pub fn guess_customers(headers: &[String]) -> CustomersMapping {
    CustomersMapping {
        fields: guess(headers, CUSTOMER_FIELDS),
        consents: guess(headers, CONSENTS),
        zone: "Europe/Amsterdam".into(),
    }
}

/// A mapping for a table of events, from its headers; to be looked at before it is used. `None` when no column looks like
/// the time, the name, or whose it is.
pub fn guess_events(headers: &[String], object: &str) -> Option<EventsMapping> {
    let mut found = guess(headers, EVENT_FIELDS);
    if !found.contains_key("customer") && !found.contains_key("case") {
        // A lone `id` is whose it is rather than the event's own.
        let id = found.remove("id")?;
        found.insert("case".into(), id);
    }
    Some(EventsMapping {
        customer: found.remove("customer"),
        anonymous: found.remove("anonymous"),
        case: found.remove("case"),
        object: object.to_owned(),
        name: NameFrom::Column(found.remove("name")?),
        time: found.remove("time")?,
        time_format: None,
        zone: "Europe/Amsterdam".into(),
        id: found.remove("id"),
        properties: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(';').map(str::to_owned).collect()
    }

    #[test]
    fn customers_are_recognised_in_both_languages() {
        let mapping = guess_customers(&headers("Lidnummer;Voornaam;Achternaam;E-mailadres;Telefoon;Nieuwsbrief;Kleur"));
        assert_eq!(mapping.fields["id"], "Lidnummer");
        assert_eq!(mapping.fields["email"], "E-mailadres");
        assert_eq!(mapping.fields["mobile"], "Telefoon");
        assert_eq!(mapping.consents, BTreeMap::from([("marketing".into(), "Nieuwsbrief".into())]));
        assert_eq!(guess_customers(&headers("customerId;FirstName;Email")).fields.len(), 3);
    }

    #[test]
    fn events_are_recognised_in_both_languages() {
        let mapping = guess_events(&headers("Zaaknummer;Activiteit;Datum/tijd;Behandelaar"), "permit").unwrap();
        assert_eq!((mapping.case.as_deref(), mapping.time.as_str()), (Some("Zaaknummer"), "Datum/tijd"));
        let mapping = guess_events(&headers("case:concept:name;concept:name;time:timestamp"), "permit").unwrap();
        assert_eq!(
            (mapping.case.as_deref(), mapping.name),
            (Some("case:concept:name"), NameFrom::Column("concept:name".into()))
        );
        assert_eq!(guess_events(&headers("id;event;time"), "permit").unwrap().case.as_deref(), Some("id"));
        assert!(guess_events(&headers("a;b;c"), "permit").is_none());
    }
}
