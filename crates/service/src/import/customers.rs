//! Customers with their consents from a table: one row, one customer.
//!
//! Each row gives a `customer.identified` with the properties of [`crate::intake::profile`]. A consent column says yes
//! (`ja`, `yes`, `j`, `y`, `1`, `x`, `true`, `waar`), no (`nee`, `no`, `n`, `0`, `false`, `onwaar`), nothing (empty: unknown,
//! so no consent), or the date on which it was given: then an event of its own at that date goes before.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use words::{Event, EventId, EventName, Identity, Language, Properties};

use super::naming::short;
use super::table::Row;
use super::{ImportError, ImportReport, Table, moment};
use crate::intake::{Code, Reason, Receipt, Rejected, e164, id_text, profile, within_limits};

/// The fields of a customer that a column can fill. `id` is the customer's id in the source; without it the e-mail address
/// is.
pub const FIELDS: &[&str] = &[
    "id",
    "first_name",
    "last_name",
    "salutation",
    "email",
    "mobile",
    "street",
    "postcode",
    "town",
    "zone",
    "language",
];

/// How the columns of a table become customers. Columns are named as the header names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomersMapping {
    /// Per field of [`FIELDS`] its column.
    pub fields: BTreeMap<String, String>,
    /// Per purpose (`marketing`, `leestips`) its column.
    #[serde(default)]
    pub consents: BTreeMap<String, String>,
    /// The zone of the dates of consents.
    pub zone: String,
}

/// Reads a table row by row.
pub struct CustomersReader {
    table: Table,
    fields: Vec<(usize, String)>,
    consents: Vec<(usize, String)>,
    zone: TimeZone,
    name: EventName,
    receipt: Receipt,
    report: ImportReport,
}

impl CustomersReader {
    /// Begins. `receipt` is the moment of the import, the source's name and the country of telephone numbers.
    pub fn new(table: Table, mapping: &CustomersMapping, receipt: Receipt) -> Result<Self, ImportError> {
        let bad = |field, value: &str| ImportError::BadMapping { field, value: value.to_owned() };
        let zone = TimeZone::get(&mapping.zone).map_err(|_| bad("zone", &mapping.zone))?;
        if let Some(unknown) = mapping.fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            return Err(bad("fields", unknown));
        }
        if !mapping.fields.contains_key("id") && !mapping.fields.contains_key("email") {
            return Err(bad("id", ""));
        }
        let purpose = |text: &str| {
            !text.is_empty()
                && text.len() <= 50
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        };
        if let Some(unfit) = mapping.consents.keys().find(|text| !purpose(text)) {
            return Err(bad("consents", unfit));
        }
        let find = |wanted: &BTreeMap<String, String>| -> Result<Vec<_>, ImportError> {
            wanted.iter().map(|(name, column)| Ok((table.column(column)?, name.clone()))).collect()
        };
        let (fields, consents) = (find(&mapping.fields)?, find(&mapping.consents)?);
        let report = ImportReport::new(table.limits().reasons_max);
        let name = EventName::parse("customer.identified").ok_or_else(|| bad("name", ""))?;
        Ok(Self { table, fields, consents, zone, name, receipt, report })
    }

    /// The events of the next customer; rows that give none are passed over and reported. `None` at the end.
    pub fn next_customer(&mut self) -> Result<Option<Vec<Event>>, ImportError> {
        while let Some(row) = self.next_row()? {
            if let Ok(events) = row {
                return Ok(Some(events));
            }
        }
        Ok(None)
    }

    /// What the next row became: the events of one customer, or why it gave none. `None` at the end.
    pub fn next_row(&mut self) -> Result<Option<Result<Vec<Event>, Rejected>>, ImportError> {
        let Some((row, reason)) = self.table.next_row()? else { return Ok(None) };
        self.report.read += 1;
        Ok(Some(match reason.map_or_else(|| self.read(&row), Err) {
            Ok(events) => {
                self.report.accepted += events.len() as u64;
                Ok(events)
            }
            Err(reason) => {
                self.report.skip(row.line, reason.clone());
                Err(self.table.rejected(&row, reason))
            }
        }))
    }

    /// What became of the file so far.
    pub fn report(&self) -> &ImportReport {
        &self.report
    }

    fn read(&mut self, row: &Row) -> Result<Vec<Event>, Reason> {
        let mut id = None;
        let mut properties = Properties::new();
        for (at, field) in &self.fields {
            let text = row.values[*at].trim();
            if text.is_empty() {
                continue;
            }
            if field == "id" {
                id = Some(id_text(text)?);
                continue;
            }
            match understood(field, text, &self.receipt.country) {
                Some(value) => _ = properties.insert(field.clone(), Value::String(value)),
                None => self.report.note(row.line, Reason::new(Code::BadValue, text)),
            }
        }
        let by_email = || properties.get("email")?.as_str().map(str::to_lowercase);
        let id = id.or_else(by_email).ok_or(Reason::from(Code::NoCase))?;
        let consents = self.consents(row);
        if !consents.said.is_empty() {
            properties.insert("consents".into(), json!(consents.said));
        }
        within_limits(&properties)?;
        let dated = consents.dated.into_iter().map(|(time, purpose)| {
            let properties = Properties::from([("consents".to_owned(), json!({ purpose: true }))]);
            self.event(&id, time, properties, row)
        });
        let mut events: Vec<Event> = dated.collect();
        events.push(self.event(&id, self.receipt.received, properties, row));
        Ok(events)
    }

    fn consents(&mut self, row: &Row) -> Consents {
        let mut consents = Consents::default();
        for (at, purpose) in &self.consents {
            let text = row.values[*at].trim();
            let given = match text.to_lowercase().as_str() {
                "" => continue,
                "ja" | "yes" | "j" | "y" | "1" | "x" | "true" | "waar" => true,
                "nee" | "no" | "n" | "0" | "false" | "onwaar" => false,
                _ => match moment::read(text, None, &self.zone).filter(|time| *time <= self.receipt.received) {
                    Some(time) => {
                        consents.dated.push((time, purpose.clone()));
                        true
                    }
                    // Unknown is no consent: the safe side.
                    None => {
                        self.report.note(row.line, Reason::new(Code::BadValue, text));
                        continue;
                    }
                },
            };
            consents.said.insert(purpose.clone(), given);
        }
        consents.dated.sort();
        consents
    }

    /// The moment of the import is part of the id: a later import of the same row tells it again, after what may have
    /// changed in between; the same import begun anew tells it once.
    fn event(&self, customer: &str, time: Timestamp, properties: Properties, row: &Row) -> Event {
        let told = serde_json::to_string(&properties).unwrap_or_default();
        let mut parts = vec![customer, told.as_str()];
        parts.extend(row.values.iter().map(String::as_str));
        Event {
            id: EventId::new(format!("customer:{}:{:016x}", self.receipt.received.as_microsecond(), short(&parts))),
            source: self.receipt.source.clone(),
            name: self.name.clone(),
            time,
            received: self.receipt.received,
            identity: Identity { customer: Some(customer.to_owned()), anonymous: None },
            properties,
            imported: true,
        }
    }
}

#[derive(Default)]
struct Consents {
    /// What the row says, with and without a date.
    said: BTreeMap<String, bool>,
    /// Those with a date, oldest first.
    dated: Vec<(Timestamp, String)>,
}

/// A value as its field wants it; `None` when it cannot be that.
fn understood(field: &str, text: &str, country: &str) -> Option<String> {
    match field {
        "email" => is_email(text).then(|| text.to_owned()),
        "mobile" => e164(text, country),
        "zone" => profile::zone(&Value::from(text)),
        "language" => {
            let named = match text.to_lowercase().as_str() {
                "nederlands" | "dutch" => Some(Language::Nl),
                "engels" | "english" => Some(Language::En),
                _ => Language::from_tag(text),
            };
            named.map(|language| language.tag().to_owned())
        }
        _ => Some(text.to_owned()),
    }
}

/// Whether it looks like one address. What really is one shows when a message is sent.
fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.split_once('@') else { return false };
    let plain = text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>'));
    plain
        && !user.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::tests::table;
    use super::*;

    const TABLE: &str = "Lidnummer;Voornaam;Achternaam;E-mail;Mobiel;Leestips;Nieuwsbrief\n\
        1;Anna;de Vries;Anna@example.org;06-12345678;ja;01-02-2026\n\
        2;Berk;Yılmaz;geen;onbekend;nee;misschien\n\
        ;Cees;Smit;cees@example.org;;;\n\
        ;Dirk;Bakker;;;x;\n";

    fn mapping() -> CustomersMapping {
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        CustomersMapping {
            fields: map(&[
                ("id", "Lidnummer"),
                ("first_name", "Voornaam"),
                ("last_name", "Achternaam"),
                ("email", "E-mail"),
                ("mobile", "Mobiel"),
            ]),
            consents: map(&[("leestips", "Leestips"), ("marketing", "Nieuwsbrief")]),
            zone: "Europe/Amsterdam".into(),
        }
    }

    fn reader(text: &str) -> CustomersReader {
        let receipt = Receipt::new("ledenlijst", "2027-03-01T00:00:00Z".parse().unwrap());
        CustomersReader::new(table(text).unwrap(), &mapping(), receipt).unwrap()
    }

    #[test]
    fn rows_become_customers_with_their_consents() {
        let mut reader = reader(TABLE);
        let customers: Vec<_> = std::iter::from_fn(|| reader.next_customer().unwrap()).collect();
        let told = |event: &Event| {
            (
                event.identity.customer.clone().unwrap(),
                event.time.to_string(),
                serde_json::to_string(&event.properties).unwrap(),
            )
        };
        let told: Vec<_> = customers.iter().flatten().map(told).collect();
        insta::assert_debug_snapshot!(told);
        assert!(customers.iter().flatten().all(|event| event.imported && event.name.as_str() == "customer.identified"));
        let ids: std::collections::BTreeSet<_> = customers.iter().flatten().map(|event| event.id.clone()).collect();
        assert_eq!(ids.len(), 4);
    }

    #[test]
    fn what_could_not_be_read_is_told() {
        let mut reader = reader(TABLE);
        while reader.next_customer().unwrap().is_some() {}
        let report = reader.report();
        assert_eq!((report.read, report.accepted), (4, 4));
        let told = |list: &[super::super::Skipped]| {
            list.iter().map(|one| (one.place, one.reason.detail.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(&report.noted), [(3, "geen".into()), (3, "onbekend".into()), (3, "misschien".into())]);
        assert_eq!(told(&report.skipped), [(5, String::new())], "neither number nor address");
    }

    #[test]
    fn a_mapping_that_cannot_be_is_refused_at_once() {
        let error = |mapping: CustomersMapping| {
            CustomersReader::new(table(TABLE).unwrap(), &mapping, Receipt::new("x", Timestamp::UNIX_EPOCH)).err()
        };
        let with = |field: &str, column: &str| {
            let mut mapping = mapping();
            mapping.fields.insert(field.into(), column.into());
            error(mapping)
        };
        assert_eq!(with("town", "Plaats"), Some(ImportError::NoColumn("Plaats".into())));
        assert!(matches!(with("password", "Lidnummer"), Some(ImportError::BadMapping { field: "fields", .. })));
        assert!(matches!(
            error(CustomersMapping { fields: BTreeMap::new(), ..mapping() }),
            Some(ImportError::BadMapping { field: "id", .. })
        ));
        let consents = BTreeMap::from([("Lees tips".to_owned(), "Leestips".to_owned())]);
        assert!(matches!(
            error(CustomersMapping { consents, ..mapping() }),
            Some(ImportError::BadMapping { field: "consents", .. })
        ));
    }

    proptest! {
        #[test]
        fn arbitrary_rows_never_panic(rows in "\\PC*") {
            let mut reader = reader(&format!("Lidnummer;Voornaam;Achternaam;E-mail;Mobiel;Leestips;Nieuwsbrief\n{rows}"));
            while let Ok(Some(_)) = reader.next_customer() {}
        }
    }
}
