//! The first rows of a file that waits, so that one sees what a column holds before anything is read in.

use std::fs::File;

use jiff::{civil, tz::TimeZone};
use minijinja::{Value, context};
use serde_json::Value as Json;
use service::import::{Limits, OTHER_WAYS, Source, Table, read_moment};
use store::ImportJob;

use super::upload::{Kind, path};
use crate::{App, format, language::Text, session::Staff};

/// Rows that are looked at.
const ROWS: usize = 20;
/// Rows that are shown.
const SHOWN: usize = 5;
/// Letters of a value that are shown.
const VALUE_MAX: usize = 60;

/// What was seen of a file. Nothing of an event log: it has no columns to choose.
#[derive(Default)]
pub(crate) struct Look {
    headers: Vec<String>,
    /// The first [`SHOWN`], shortened.
    pub(super) rows: Vec<Vec<String>>,
    whole: Vec<Vec<String>>,
}

impl Look {
    /// Looks at the file of an import; what cannot be read shows nothing, and is told when it is read in.
    pub(super) async fn at(app: &App, job: &ImportJob) -> Self {
        if Kind::parse(&job.kind).is_none_or(|kind| kind == Kind::Xes) {
            return Self::default();
        }
        let path = path(app, job.id);
        let looked = tokio::task::spawn_blocking(move || {
            let mut table = Table::open(Source::new(File::open(path).ok()?, Limits::default()).ok()?).ok()?;
            let headers = table.headers().to_vec();
            Some((headers, table.look(ROWS).ok()?))
        });
        let Ok(Some((headers, whole))) = looked.await else { return Self::default() };
        Self::of(headers, whole)
    }

    pub(crate) fn of(headers: Vec<String>, whole: Vec<Vec<String>>) -> Self {
        let short = |value: &String| match value.chars().count() > VALUE_MAX {
            true => value.chars().take(VALUE_MAX).chain(['…']).collect(),
            false => value.clone(),
        };
        let rows = whole.iter().take(SHOWN).map(|row| row.iter().map(short).collect()).collect();
        Self { headers, rows, whole }
    }

    /// Every column with the first thing that stands in it.
    pub(super) fn columns(&self) -> Vec<Value> {
        let first = |at: usize| self.rows.iter().filter_map(|row| row.get(at)).find(|value| !value.trim().is_empty());
        self.headers.iter().enumerate().map(|(at, name)| context! { name, first => first(at) }).collect()
    }

    /// The stated times of the chosen column.
    fn times(&self, mapping: &Json) -> Vec<&str> {
        let column = mapping["fields"]["time"].as_str();
        let Some(at) = self.headers.iter().position(|header| Some(header.as_str()) == column) else {
            return Vec::new();
        };
        let stated = self.whole.iter().filter_map(|row| row.get(at)).map(|value| value.trim());
        stated.filter(|value| !value.is_empty()).collect()
    }

    fn read(mapping: &Json, stated: &str) -> Option<jiff::Timestamp> {
        let zone = TimeZone::get(mapping["zone"].as_str()?).ok()?;
        read_moment(stated, mapping["fields"]["time_format"].as_str(), &zone)
    }

    /// How the first time of the chosen column is read, so that a day taken for a month is seen.
    pub(super) fn read_time(&self, staff: &Staff, mapping: &Json) -> Option<String> {
        let stated = self.times(mapping).into_iter().find_map(|stated| Some((stated, Self::read(mapping, stated)?)));
        let (stated, read) = stated?;
        let speech = &staff.speech;
        let read = format::moment(speech.language, read, &speech.zone, speech.now);
        Some(staff.say(&Text::new("import-time-read").with("stated", stated).with("read", read)))
    }

    /// When none of the first times of the chosen column can be read.
    pub(crate) fn wrong_time(&self, staff: &Staff, mapping: &Json) -> Option<String> {
        let times = self.times(mapping);
        let first = *times.first()?;
        let none = times.iter().all(|stated| Self::read(mapping, stated).is_none());
        none.then(|| staff.say(&Text::new("import-time-unreadable").with("stated", first)))
    }
}

/// The ways to write a time, each as an example; one that was set by hand stays.
pub(super) fn formats(staff: &Staff, chosen: &str) -> Vec<(String, String)> {
    let usual = (String::new(), staff.say(&Text::new("import-time-usual")));
    let example = civil::datetime(2026, 1, 31, 14, 5, 0, 0);
    let own = (!chosen.is_empty() && !OTHER_WAYS.contains(&chosen)).then_some(chosen);
    let others = OTHER_WAYS.iter().copied().chain(own).map(|way| {
        // A way that cannot be written stands there as it was typed.
        let written = jiff::fmt::strtime::format(way, example).unwrap_or_else(|_| way.to_owned());
        (way.to_owned(), written)
    });
    std::iter::once(usual).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_shows_the_first_thing_that_stands_in_it() {
        let rows = vec![vec![" ".to_owned(), "x".repeat(70)], vec!["K-1".to_owned(), "y".to_owned()]];
        let look = Look::of(vec!["Klant".into(), "Tekst".into()], rows);
        let firsts: Vec<String> = look.columns().iter().map(|one| one.get_attr("first").unwrap().to_string()).collect();
        assert_eq!(firsts[0], "K-1");
        assert_eq!(firsts[1].chars().count(), VALUE_MAX + 1);
    }
}
