use std::{collections::BTreeMap, fs::File};

use minijinja::{Value, context};
use serde_json::{Value as Json, json};
use service::{
    import::{
        ImportError, Limits, Source, Table, customers, customers::CustomersMapping, events::EventsMapping,
        guess_customers, guess_events, xes::XesMapping,
    },
    importing::Mapping,
    intake::slug,
};
use uuid::Uuid;

use super::{
    look::{self, Look},
    upload::{Kind, Uploaded, path},
};
use crate::{App, session::Staff, views::data};

/// What the form of a mapping sends: field to column or text.
pub(crate) type Filled = BTreeMap<String, String>;

/// Fields of an event that a column can fill, and whether one must.
const EVENT_FIELDS: &[(&str, bool)] =
    &[("customer", false), ("anonymous", false), ("case", false), ("name", true), ("time", true), ("id", false)];

/// What is kept of a mapping until it is chosen: the columns of the file and a text per field.
///
/// `zone` is that of the organisation: what a time without a zone is in.
pub(super) async fn guess(app: &App, uploaded: &Uploaded, id: Uuid, zone: &str) -> Result<Json, ImportError> {
    let object = slug(uploaded.file_name.split('.').next().unwrap_or_default());
    let object = if object.is_empty() { "zaak".to_owned() } else { object };
    let (kind, path) = (uploaded.kind, path(app, id));
    let opened = tokio::task::spawn_blocking(move || {
        let file = File::open(path).map_err(|error| ImportError::Unreadable(error.to_string()))?;
        let source = Source::new(file, Limits::default())?;
        if kind == Kind::Xes {
            return Ok(Vec::new());
        }
        Ok::<_, ImportError>(Table::open(source)?.headers().to_vec())
    });
    // A reader that panicked has told so in the log; for the page the file holds no columns.
    let columns = opened.await.unwrap_or_else(|_| Ok(Vec::new()))?;
    Ok(guessed(kind, &columns, &object, zone))
}

/// What the columns of a table most likely are.
pub(crate) fn guessed(kind: Kind, columns: &[String], object: &str, zone: &str) -> Json {
    let mut fields = match kind {
        Kind::Xes => BTreeMap::new(),
        Kind::Events => guess_events(columns, object).map(|mapping| of_events(&mapping)).unwrap_or_default(),
        Kind::Customers => {
            let CustomersMapping { fields, consents, .. } = guess_customers(columns);
            of_customers(fields, consents)
        }
    };
    if kind != Kind::Customers {
        fields.insert("object".into(), object.to_owned());
    }
    json!({ "columns": columns, "fields": fields, "zone": zone })
}

/// A mapping that was kept, as its form takes it.
pub(crate) fn of_kept(mapping: &Mapping) -> Json {
    let (fields, zone) = match mapping {
        Mapping::Events(mapping) => {
            let mut fields = of_events(mapping);
            fields.insert("object".into(), mapping.object.clone());
            fields.extend(mapping.time_format.clone().map(|format| ("time_format".to_owned(), format)));
            (fields, mapping.zone.as_str())
        }
        Mapping::Customers(CustomersMapping { fields, consents, zone }) => {
            (of_customers(fields.clone(), consents.clone()), zone.as_str())
        }
        Mapping::Xes(_) => (BTreeMap::new(), ""),
    };
    json!({ "columns": [], "fields": fields, "zone": zone })
}

fn of_customers(mut fields: BTreeMap<String, String>, consents: BTreeMap<String, String>) -> BTreeMap<String, String> {
    fields.extend(consents);
    fields
}

fn of_events(mapping: &EventsMapping) -> BTreeMap<String, String> {
    let json = serde_json::to_value(mapping).unwrap_or_default();
    let text = |field: &str| json[field].as_str().map(str::to_owned);
    let mut fields: BTreeMap<String, String> =
        EVENT_FIELDS.iter().filter_map(|(field, _)| Some(((*field).to_owned(), text(field)?))).collect();
    if let Some(column) = json["name"]["column"].as_str() {
        fields.insert("name".into(), column.to_owned());
    }
    fields
}

/// The kept mapping with what the form chose; fields left empty are left out.
pub(crate) fn chosen(kept: &Json, filled: &Filled) -> Json {
    let fields: BTreeMap<&String, &str> =
        filled.iter().map(|(field, value)| (field, value.trim())).filter(|(_, value)| !value.is_empty()).collect();
    json!({ "columns": kept["columns"], "fields": fields, "zone": kept["zone"] })
}

/// The mapping that the reader takes; `None` when something that it needs is missing.
pub(crate) fn read(kind: Kind, mapping: &Json) -> Option<Mapping> {
    let fields = &mapping["fields"];
    let text = |field: &str| fields[field].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let zone = mapping["zone"].as_str()?.to_owned();
    match kind {
        Kind::Xes => {
            let choice = |field: &str| fields[field].as_str().map(Json::from);
            let mut mapping = XesMapping::new(slug(&text("object")?));
            if let Some(case) = choice("case") {
                mapping.case = serde_json::from_value(case).ok()?;
            }
            if let Some(lifecycle) = choice("lifecycle") {
                mapping.lifecycle = serde_json::from_value(lifecycle).ok()?;
            }
            Some(Mapping::Xes(mapping))
        }
        Kind::Events => {
            if ["customer", "anonymous", "case"].iter().all(|field| text(field).is_none()) {
                return None;
            }
            let mapping = json!({
                "customer": text("customer"),
                "anonymous": text("anonymous"),
                "case": text("case"),
                "object": slug(&text("object")?),
                "name": { "column": text("name")? },
                "time": text("time")?,
                "time_format": text("time_format"),
                "zone": zone,
                "id": text("id"),
            });
            Some(Mapping::Events(serde_json::from_value(mapping).ok()?))
        }
        Kind::Customers => {
            let of = |field: &&str| Some(((*field).to_owned(), text(field)?));
            let columns: BTreeMap<String, String> = customers::FIELDS.iter().filter_map(of).collect();
            if !columns.contains_key("id") && !columns.contains_key("email") {
                return None;
            }
            let consents = text("marketing").map(|column| ("marketing".to_owned(), column)).into_iter().collect();
            Some(Mapping::Customers(CustomersMapping { fields: columns, consents, zone }))
        }
    }
}

/// The mapping as its form shows it, with the first rows of the file.
pub(crate) fn shown(staff: &Staff, kind: Kind, mapping: &Json, look: &Look) -> Value {
    let fields = &mapping["fields"];
    let text = |field: &str| fields[field].as_str().unwrap_or_default();
    let row = |field: &str, required: bool| {
        let value = text(field);
        let wrong = (field == "time").then(|| look.wrong_time(staff, mapping)).flatten();
        let reading = (field == "time" && wrong.is_none()).then(|| look.read_time(staff, mapping)).flatten();
        context! { field, value, required, wrong, reading }
    };
    let rows: Vec<Value> = match kind {
        Kind::Events => EVENT_FIELDS.iter().map(|(field, required)| row(field, *required)).collect(),
        Kind::Customers => customers::FIELDS.iter().chain(&["marketing"]).map(|field| row(field, false)).collect(),
        Kind::Xes => Vec::new(),
    };
    context! {
        columns => look.columns(),
        looked => data(&look.rows),
        rows,
        object => text("object"),
        time_format => text("time_format"),
        time_formats => look::formats(staff, text("time_format")),
        case => text("case"),
        lifecycle => text("lifecycle"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, fields: Json) -> Option<Mapping> {
        let mapping = json!({ "columns": ["a", "b"], "fields": fields, "zone": "Europe/Brussels" });
        super::read(Kind::parse(kind)?, &mapping)
    }

    #[test]
    fn a_mapping_without_what_it_needs_is_none() {
        let whole = json!({ "case": "a", "name": "b", "time": "c", "object": "Aanvraag" });
        let Some(Mapping::Events(mapping)) = read("csv", whole.clone()) else { panic!("events") };
        assert_eq!((mapping.object.as_str(), mapping.time.as_str()), ("aanvraag", "c"));
        for field in ["case", "name", "time", "object"] {
            let mut part = whole.clone();
            part.as_object_mut().unwrap().remove(field);
            assert_eq!(read("csv", part), None, "without {field}");
        }
        assert_eq!(read("customers", json!({ "first_name": "a" })), None, "nobody can be told apart");
        assert!(read("customers", json!({ "email": "a", "marketing": "b" })).is_some());
        let Some(Mapping::Customers(mapping)) = read("customers", json!({ "email": "a", "zone": "b" })) else {
            panic!("customers")
        };
        assert_eq!(
            (mapping.zone.as_str(), mapping.fields["zone"].as_str()),
            ("Europe/Brussels", "b"),
            "a column of zones is no zone"
        );
        assert!(read("xes", json!({ "object": "loan", "case": "object", "lifecycle": "complete" })).is_some());
        assert_eq!(read("xes", json!({ "object": "loan", "case": "nonsense" })), None);
    }

    #[test]
    fn a_mapping_that_was_kept_is_shown_again() {
        let fields = json!({ "case": "a", "name": "b", "time": "c", "object": "aanvraag", "time_format": "%Y%m%d" });
        let customers = json!({ "email": "a", "marketing": "b" });
        for (kind, fields) in [("csv", fields), ("customers", customers)] {
            let kept = read(kind, fields.clone()).unwrap();
            assert_eq!(of_kept(&kept)["fields"], fields);
        }
    }
}
