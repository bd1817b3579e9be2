//! Events from a table: one row, one event.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use words::{Event, EventId, EventName, Identity, Properties};

use super::naming::{Names, Ties, short};
use super::table::Row;
use super::{ImportError, ImportReport, Table, moment};
use crate::intake::{Code, Reason, Receipt, Taken, id_text, slug, within_limits};

/// Where the name of an event comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameFrom {
    /// A column; what has not our form becomes `<object>.<slug>`.
    Column(String),
    /// Every row is this event.
    Always(EventName),
}

/// How the columns of a table become events. Columns are named as the header names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventsMapping {
    /// The customer's id; left out: the case is the customer.
    #[serde(default)]
    pub customer: Option<String>,
    /// An id from before anyone knew who it was.
    #[serde(default)]
    pub anonymous: Option<String>,
    /// The id of the object that the row is about.
    #[serde(default)]
    pub case: Option<String>,
    /// The kind of that object: `application` makes `application.a_submitted`.
    pub object: String,
    /// The event's name.
    pub name: NameFrom,
    /// The event's time.
    pub time: String,
    /// How the time is written, in strftime's letters; left out: the usual ways, day before month.
    #[serde(default)]
    pub time_format: Option<String>,
    /// The zone of times without an offset.
    pub zone: String,
    /// The event's own id; left out: it is made from what the row says.
    #[serde(default)]
    pub id: Option<String>,
    /// Columns that become properties, with the property's name; left out: every other column, in snake case.
    #[serde(default)]
    pub properties: Option<BTreeMap<String, String>>,
}

impl EventsMapping {
    /// With the properties that these columns give now, where none were chosen: a column that is added later is left out.
    #[must_use]
    pub fn with_these(mut self, columns: &[String]) -> Self {
        let name = match &self.name {
            NameFrom::Column(column) => Some(column),
            NameFrom::Always(_) => None,
        };
        let used = [&self.customer, &self.anonymous, &self.case, &self.id].into_iter().flatten();
        let used: Vec<&String> = used.chain(name).chain([&self.time]).collect();
        let others = columns.iter().filter(|column| !used.contains(column));
        let named = others.map(|column| (column.clone(), slug(column))).filter(|(_, name)| !name.is_empty()).collect();
        self.properties = self.properties.or(Some(named));
        self
    }
}

/// Reads a table row by row.
pub struct EventsReader {
    table: Table,
    columns: Columns,
    mapping: EventsMapping,
    zone: TimeZone,
    names: Names,
    ties: Ties,
    receipt: Receipt,
    report: ImportReport,
}

/// The places of the mapping's columns.
struct Columns {
    customer: Option<usize>,
    anonymous: Option<usize>,
    case: Option<usize>,
    name: Option<usize>,
    time: usize,
    id: Option<usize>,
    properties: Vec<(usize, String)>,
}

impl EventsReader {
    /// Begins. `receipt` is the moment of the import and the source's name.
    pub fn new(table: Table, mapping: EventsMapping, receipt: Receipt) -> Result<Self, ImportError> {
        let bad = |field, value: &str| ImportError::BadMapping { field, value: value.to_owned() };
        let zone = TimeZone::get(&mapping.zone).map_err(|_| bad("zone", &mapping.zone))?;
        let names = Names::new(&mapping.object).ok_or_else(|| bad("object", &mapping.object))?;
        if mapping.customer.is_none() && mapping.case.is_none() && mapping.anonymous.is_none() {
            return Err(bad("customer", ""));
        }
        let columns = Columns::find(&table, &mapping)?;
        let report = ImportReport::new(table.limits().reasons_max);
        Ok(Self { table, columns, mapping, zone, names, ties: Ties::default(), receipt, report })
    }

    /// The next event; rows that give none are passed over and reported. `None` at the end.
    pub fn next_event(&mut self) -> Result<Option<Event>, ImportError> {
        while let Some(taken) = self.next_taken()? {
            if let Ok(event) = taken {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// What the next row became. `None` at the end.
    pub fn next_taken(&mut self) -> Result<Option<Taken>, ImportError> {
        let Some((row, reason)) = self.table.next_row()? else { return Ok(None) };
        self.report.read += 1;
        Ok(Some(match reason.map_or_else(|| self.read(&row), Err) {
            Ok(event) => {
                self.report.accepted += 1;
                Ok(event)
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

    fn read(&mut self, row: &Row) -> Result<Event, Reason> {
        let id_of = |column: Option<usize>| {
            column.map(|at| row.values[at].trim()).filter(|id| !id.is_empty()).map(id_text).transpose()
        };
        let case = id_of(self.columns.case)?;
        let anonymous = id_of(self.columns.anonymous)?;
        let customer = match self.columns.customer {
            Some(_) => id_of(self.columns.customer)?,
            None => case.clone(),
        };
        if customer.is_none() && case.is_none() && anonymous.is_none() {
            return Err(Code::NoCase.into());
        }
        let name = match (&self.mapping.name, self.columns.name) {
            (NameFrom::Always(name), _) => name.clone(),
            (NameFrom::Column(_), at) => self.names.of(at.map_or("", |at| &row.values[at]))?,
        };
        let stated = &row.values[self.columns.time];
        let time = moment::read(stated, self.mapping.time_format.as_deref(), &self.zone)
            .ok_or_else(|| Reason::new(Code::BadTime, stated))?;
        if time > self.receipt.received {
            return Err(Reason::new(Code::FutureTime, stated));
        }
        let mut properties = self.properties(row);
        if let Some(case) = &case {
            let own = name.object() == self.mapping.object;
            let property = if own { "id".to_owned() } else { format!("{}_id", self.mapping.object) };
            properties.insert(property, Value::String(case.clone()));
        }
        within_limits(&properties)?;
        let id = match id_of(self.columns.id)? {
            Some(id) => id,
            None => {
                let whose = case.as_deref().or(customer.as_deref()).or(anonymous.as_deref()).unwrap_or_default();
                let told = serde_json::to_string(&properties).unwrap_or_default();
                let parts =
                    [name.as_str(), customer.as_deref().unwrap_or(""), anonymous.as_deref().unwrap_or(""), &told];
                self.derived_id(whose, time, short(&parts))
            }
        };
        Ok(Event {
            id: EventId::new(id),
            source: self.receipt.source.clone(),
            name,
            time,
            received: self.receipt.received,
            identity: Identity { customer, anonymous },
            properties,
            imported: true,
        })
    }

    /// From what the event says: the same row, in this file or in that of another night, is the same event, wherever it
    /// stands there and whatever columns were added. The number keeps rows apart that say the same.
    fn derived_id(&mut self, whose: &str, time: jiff::Timestamp, said: u64) -> String {
        let tie = self.ties.next(whose, time, said);
        let whose: String = whose.chars().take(100).collect();
        format!("{whose}:{}:{tie:03}:{said:016x}", time.as_second())
    }

    fn properties(&self, row: &Row) -> Properties {
        let value = |at: &usize| Some(row.values[*at].trim()).filter(|text| !text.is_empty());
        self.columns.properties.iter().filter_map(|(at, name)| Some((name.clone(), typed(name, value(at)?)))).collect()
    }
}

impl Columns {
    fn find(table: &Table, mapping: &EventsMapping) -> Result<Self, ImportError> {
        let optional = |name: &Option<String>| name.as_deref().map(|name| table.column(name)).transpose();
        let mut columns = Self {
            customer: optional(&mapping.customer)?,
            anonymous: optional(&mapping.anonymous)?,
            case: optional(&mapping.case)?,
            name: match &mapping.name {
                NameFrom::Column(column) => Some(table.column(column)?),
                NameFrom::Always(_) => None,
            },
            time: table.column(&mapping.time)?,
            id: optional(&mapping.id)?,
            properties: Vec::new(),
        };
        columns.properties = match &mapping.properties {
            Some(chosen) => {
                let find = |(column, property): (&String, &String)| Ok((table.column(column)?, property.clone()));
                chosen.iter().map(find).collect::<Result<_, ImportError>>()?
            }
            None => columns.others(table),
        };
        Ok(columns)
    }

    fn others(&self, table: &Table) -> Vec<(usize, String)> {
        let used = [self.customer, self.anonymous, self.case, self.name, Some(self.time), self.id];
        let others = table.headers().iter().enumerate().filter(|(at, _)| !used.contains(&Some(*at)));
        others.map(|(at, header)| (at, slug(header))).filter(|(_, name)| !name.is_empty()).collect()
    }
}

/// A number where the text is one as JSON writes it; ids, and anything with a leading zero, stay text.
fn typed(name: &str, text: &str) -> Value {
    let is_id = name == "id" || name.ends_with("_id");
    let number = (!is_id && text.len() <= 15).then(|| serde_json::from_str::<Number>(text).ok()).flatten();
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::table::tests::table;
    use super::*;

    fn mapping() -> EventsMapping {
        EventsMapping {
            customer: Some("Klant".into()),
            anonymous: None,
            case: Some("Zaak".into()),
            object: "repair".into(),
            name: NameFrom::Column("Stap".into()),
            time: "Tijd".into(),
            time_format: None,
            zone: "Europe/Amsterdam".into(),
            id: None,
            properties: None,
        }
    }

    fn receipt() -> Receipt {
        Receipt::new("export", "2027-03-01T00:00:00Z".parse().unwrap())
    }

    fn reader(text: &str, mapping: EventsMapping) -> EventsReader {
        EventsReader::new(table(text).unwrap(), mapping, receipt()).unwrap()
    }

    fn all(reader: &mut EventsReader) -> Vec<Event> {
        std::iter::from_fn(|| reader.next_event().unwrap()).collect()
    }

    const TABLE: &str = "Klant;Zaak;Stap;Tijd;Bedrag (€);Postcode\n\
        devries;R-1;Gemeld;01-02-2027 09:30;12.5;0123\n\
        devries;R-1;Afspraak gemaakt;01-02-2027 09:30;;\n\
        devries;R-1;Gemeld;gisteren;;\n\
        ;;Gemeld;01-02-2027 09:30;;\n\
        devries;R-1;;01-02-2027 09:30;;\n\
        devries;R-1;Gemeld;01-02-2028 09:30;;\n\
        devries;R-1\n";

    #[test]
    fn rows_become_events() {
        let mut reader = reader(TABLE, mapping());
        let events = all(&mut reader);
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].name.as_str(), "repair.gemeld");
        assert_eq!(events[0].time.to_string(), "2027-02-01T08:30:00Z");
        assert_eq!(
            serde_json::to_string(&events[0].properties).unwrap(),
            r#"{"bedrag":12.5,"id":"R-1","postcode":"0123"}"#
        );
        assert_eq!(events[1].name.as_str(), "repair.afspraak_gemaakt");
        assert!(events.iter().all(|event| event.imported && event.identity.customer.as_deref() == Some("devries")));
    }

    #[test]
    fn rows_that_give_nothing_are_told_with_line_and_reason() {
        let mut reader = reader(TABLE, mapping());
        all(&mut reader);
        let skipped: Vec<_> =
            reader.report().skipped.iter().map(|skipped| (skipped.place, skipped.reason.code)).collect();
        assert_eq!(
            skipped,
            [(4, Code::BadTime), (5, Code::NoCase), (6, Code::NoName), (7, Code::FutureTime), (8, Code::BadColumns)]
        );
        assert_eq!((reader.report().read, reader.report().accepted), (7, 2));
    }

    #[test]
    fn the_same_row_in_another_file_is_the_same_event() {
        let ids =
            |text: &str, mapping| all(&mut reader(text, mapping)).into_iter().map(|event| event.id).collect::<Vec<_>>();
        let chosen = || EventsMapping {
            properties: Some(BTreeMap::from([("Postcode".into(), "postcode".into())])),
            ..mapping()
        };
        let first = "Klant;Zaak;Stap;Tijd;Postcode\n\
            1;R-1;Gemeld;01-02-2027 09:30;0123\n1;R-1;Gebeld;01-02-2027 09:30;\n1;R-1;Gebeld;01-02-2027 09:30;\n";
        let other = "Tijd;Klant;Nieuw;Zaak;Stap;Postcode\n01-02-2027 09:30;1;x;R-1;Gebeld;\n\
            01-02-2027 09:30;1;y;R-1;Gebeld;\n01-02-2027 09:30;2;y;R-2;Gemeld;\n01-02-2027 09:30;1;z;R-1;Gemeld;0123\n";
        let (first, other) = (ids(first, chosen()), ids(other, chosen()));
        assert_ne!(first[1], first[2], "what happened twice at one moment stays two");
        assert_eq!([&first[0], &first[1], &first[2]], [&other[3], &other[0], &other[1]]);
        assert!(!first.contains(&other[2]));
    }

    #[test]
    fn a_row_that_was_not_taken_can_be_read_again_alone() {
        let mut reader = reader(TABLE, mapping());
        let refused: Vec<_> = std::iter::from_fn(|| reader.next_taken().unwrap()).filter_map(Result::err).collect();
        assert_eq!(
            refused[0].raw,
            r#"{"Bedrag (€)":"","Klant":"devries","Postcode":"","Stap":"Gemeld","Tijd":"gisteren","Zaak":"R-1"}"#
        );
        let mended = refused[0].raw.replace("gisteren", "02-02-2027 09:30");
        let row = serde_json::from_str(&mended).unwrap();
        let one = super::super::Table::of_one(&row, crate::import::Limits::default()).unwrap();
        let event = EventsReader::new(one, mapping(), receipt()).unwrap().next_event().unwrap().unwrap();
        assert_eq!((event.name.as_str(), event.identity.customer.as_deref()), ("repair.gemeld", Some("devries")));
    }

    #[test]
    fn the_case_is_the_customer_when_there_is_no_other() {
        let mapping = EventsMapping {
            customer: None,
            name: NameFrom::Always(EventName::parse("repair.reported").unwrap()),
            properties: Some(BTreeMap::from([("Bedrag (€)".into(), "amount".into())])),
            ..mapping()
        };
        let event = all(&mut reader(TABLE, mapping)).remove(0);
        assert_eq!((event.identity.customer.as_deref(), event.name.as_str()), (Some("R-1"), "repair.reported"));
        assert_eq!(event.properties.keys().collect::<Vec<_>>(), ["amount", "id"]);
    }

    #[test]
    fn a_mapping_that_cannot_be_is_refused_at_once() {
        let error = |mapping| EventsReader::new(table(TABLE).unwrap(), mapping, receipt()).err().expect("refused");
        assert_eq!(error(EventsMapping { time: "Datum".into(), ..mapping() }), ImportError::NoColumn("Datum".into()));
        assert!(matches!(
            error(EventsMapping { zone: "Rijnoever".into(), ..mapping() }),
            ImportError::BadMapping { field: "zone", .. }
        ));
        assert!(matches!(
            error(EventsMapping { object: "Repair".into(), ..mapping() }),
            ImportError::BadMapping { field: "object", .. }
        ));
        assert!(matches!(
            error(EventsMapping { customer: None, case: None, ..mapping() }),
            ImportError::BadMapping { field: "customer", .. }
        ));
    }

    #[test]
    fn properties_are_those_of_the_columns_of_today() {
        let mapping = mapping().with_these(&["Klant", "Zaak", "Stap", "Tijd", "Bedrag (€)", "€"].map(str::to_owned));
        assert_eq!(mapping.properties, Some(BTreeMap::from([("Bedrag (€)".into(), "bedrag".into())])));
    }

    proptest! {
        #[test]
        fn arbitrary_rows_never_panic(rows in "\\PC*") {
            let mut reader = reader(&format!("Klant;Zaak;Stap;Tijd\n{rows}"), mapping());
            while let Ok(Some(_)) = reader.next_event() {}
        }
    }
}
