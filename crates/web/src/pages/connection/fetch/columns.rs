use minijinja::Value;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use service::{
    fetching::{Rows, Settings},
    importing::Mapping,
};
use store::Source;
use words::limits::EVENT_BYTES_MAX;

use crate::{
    form::Remarks,
    language::Text,
    pages::import::{
        Kind,
        look::Look,
        mapping::{self, Filled},
    },
    session::Staff,
};

/// Rows that travel with the form.
const ROWS: usize = 5;
/// The field of the form in which what was looked at travels.
pub(super) const SEEN: &str = "gezien";

/// What was looked at of a table; it travels with the form, so that a second look is not needed to save.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub(super) struct Seen {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Seen {
    pub(super) fn of(columns: Vec<String>, mut rows: Vec<Vec<String>>) -> Self {
        rows.truncate(ROWS);
        Self { columns, rows }
    }

    /// From the form; what is no such thing is nothing.
    pub(super) fn read(filled: &Filled) -> Self {
        let text = filled.get(SEEN).filter(|text| text.len() <= 8 * EVENT_BYTES_MAX);
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    fn look(&self) -> Look {
        Look::of(self.columns.clone(), self.rows.clone())
    }
}

/// Which column is what, on its way from the form to what is kept.
pub(super) struct Columns {
    kind: Kind,
    fields: Json,
    seen: Seen,
}

fn kind(settings: &Settings) -> Kind {
    match settings {
        Settings::Table { rows: Rows::Customers, .. } => Kind::Customers,
        _ => Kind::Events,
    }
}

impl Columns {
    /// As it is kept. What the mapping names stands in for the columns until someone looks.
    pub(super) fn kept(settings: &Settings, kept: &Mapping) -> Self {
        let fields = mapping::of_kept(kept);
        let named = fields["fields"].as_object().into_iter().flatten();
        let named = named.filter(|(field, _)| !["object", "time_format"].contains(&field.as_str()));
        let columns = named.filter_map(|(_, column)| column.as_str().map(str::to_owned)).collect();
        Self { kind: kind(settings), fields, seen: Seen::of(columns, Vec::new()) }
    }

    /// What the columns of a table most likely are.
    pub(super) fn guessed(staff: &Staff, settings: &Settings, source: &Source, seen: Seen) -> Self {
        let zone = staff.speech.zone.iana_name().unwrap_or("UTC");
        let fields = mapping::guessed(kind(settings), &seen.columns, &source.id, zone);
        Self { kind: kind(settings), fields, seen }
    }

    /// As the form says.
    pub(super) fn filled(staff: &Staff, settings: &Settings, filled: &Filled) -> Self {
        let seen = Seen::read(filled);
        let zone = staff.speech.zone.iana_name().unwrap_or("UTC");
        let chosen: Filled = filled
            .iter()
            .filter(|(field, _)| *field != SEEN && *field != "step")
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect();
        let fields = mapping::chosen(&serde_json::json!({ "columns": seen.columns, "zone": zone }), &chosen);
        Self { kind: kind(settings), fields, seen }
    }

    /// With another look at the table.
    pub(super) fn with(self, seen: Seen) -> Self {
        Self { seen, ..self }
    }

    pub(super) fn has_rows(&self) -> bool {
        !self.seen.rows.is_empty()
    }

    /// What to keep. Columns that are added to the table later are left out, so that a row stays the same event.
    pub(super) fn mapping(&self, staff: &Staff) -> Result<Mapping, Remarks> {
        let mut remarks = Remarks::default();
        let mapping = mapping::read(self.kind, &self.fields);
        remarks.expect(mapping.is_some(), "columns", "import-incomplete");
        if self.seen.look().wrong_time(staff, &self.fields).is_some() {
            remarks.add("columns", Text::new("import-time-wrong"));
        }
        match (mapping, remarks.is_empty()) {
            (Some(Mapping::Events(mapping)), true) => Ok(Mapping::Events(mapping.with_these(&self.seen.columns))),
            (Some(mapping), true) => Ok(mapping),
            _ => Err(remarks),
        }
    }

    /// As the form shows it.
    pub(super) fn shown(&self, staff: &Staff) -> Value {
        mapping::shown(staff, self.kind, &self.fields, &self.seen.look())
    }

    /// What travels with the form.
    pub(super) fn seen(&self) -> String {
        serde_json::to_string(&self.seen).unwrap_or_default()
    }

    pub(super) fn kind(&self) -> &'static str {
        self.kind.as_str()
    }
}
