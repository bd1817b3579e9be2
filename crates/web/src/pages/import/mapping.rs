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
use store::ImportJob;
use uuid::Uuid;

use super::{
    look::{self, Look},
    upload::{Kind, Uploaded, path},
};
use crate::{App, session::Staff, views::data};

/// What the form of a mapping sends: field to column or text.
pub(super) type Filled = BTreeMap<String, String>;

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
    let mut fields = match kind {
        Kind::Xes => BTreeMap::new(),
        Kind::Events => guess_events(&columns, &object).map(|mapping| of_events(&mapping)).unwrap_or_default(),
        Kind::Customers => {
            let CustomersMapping { mut fields, consents, .. } = guess_customers(&columns);
            fields.extend(consents);
            fields
        }
    };
    if kind != Kind::Customers {
        fields.insert("object".into(), object);
    }
    Ok(json!({ "columns": columns, "fields": fields, "zone": zone }))
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
pub(super) fn chosen(kept: &Json, filled: &Filled) -> Json {
    let fields: BTreeMap<&String, &str> =
        filled.iter().map(|(field, value)| (field, value.trim())).filter(|(_, value)| !value.is_empty()).collect();
    json!({ "columns": kept["columns"], "fields": fields, "zone": kept["zone"] })
}

/// The mapping that the reader takes; `None` when something that it needs is missing.
pub(super) fn read(job: &ImportJob) -> Option<Mapping> {
    let fields = &job.mapping["fields"];
    let text = |field: &str| fields[field].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let zone = job.mapping["zone"].as_str()?.to_owned();
    match Kind::parse(&job.kind)? {
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
pub(super) fn shown(staff: &Staff, job: &ImportJob, look: &Look) -> Value {
    let fields = &job.mapping["fields"];
    let text = |field: &str| fields[field].as_str().unwrap_or_default();
    let row = |field: &str, required: bool| {
        let value = text(field);
        let wrong = (field == "time").then(|| look.wrong_time(staff, job)).flatten();
        let reading = (field == "time" && wrong.is_none()).then(|| look.read_time(staff, job)).flatten();
        context! { field, value, required, wrong, reading }
    };
    let rows: Vec<Value> = match Kind::parse(&job.kind) {
        Some(Kind::Events) => EVENT_FIELDS.iter().map(|(field, required)| row(field, *required)).collect(),
        Some(Kind::Customers) => {
            customers::FIELDS.iter().chain(&["marketing"]).map(|field| row(field, false)).collect()
        }
        _ => Vec::new(),
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

    fn job(kind: &str, fields: Json) -> ImportJob {
        ImportJob {
            id: Uuid::nil(),
            organisation: words::OrganisationId::new("rijnoever"),
            file_name: "x".into(),
            kind: kind.into(),
            mapping: json!({ "columns": ["a", "b"], "fields": fields, "zone": "Europe/Brussels" }),
            state: store::ImportState::Mapping,
            read_bytes: 0,
            total_bytes: 1,
            report: json!({}),
            created: jiff::Timestamp::UNIX_EPOCH,
            finished: None,
        }
    }

    #[test]
    fn a_mapping_without_what_it_needs_is_none() {
        let whole = json!({ "case": "a", "name": "b", "time": "c", "object": "Aanvraag" });
        let Some(Mapping::Events(mapping)) = read(&job("csv", whole.clone())) else { panic!("events") };
        assert_eq!((mapping.object.as_str(), mapping.time.as_str()), ("aanvraag", "c"));
        for field in ["case", "name", "time", "object"] {
            let mut part = whole.clone();
            part.as_object_mut().unwrap().remove(field);
            assert_eq!(read(&job("csv", part)), None, "without {field}");
        }
        assert_eq!(read(&job("customers", json!({ "first_name": "a" }))), None, "nobody can be told apart");
        assert!(read(&job("customers", json!({ "email": "a", "marketing": "b" }))).is_some());
        let Some(Mapping::Customers(mapping)) = read(&job("customers", json!({ "email": "a", "zone": "b" }))) else {
            panic!("customers")
        };
        assert_eq!(
            (mapping.zone.as_str(), mapping.fields["zone"].as_str()),
            ("Europe/Brussels", "b"),
            "a column of zones is no zone"
        );
        assert!(read(&job("xes", json!({ "object": "loan", "case": "object", "lifecycle": "complete" }))).is_some());
        assert_eq!(read(&job("xes", json!({ "object": "loan", "case": "nonsense" }))), None);
    }
}
