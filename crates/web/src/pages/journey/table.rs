//! Every touchpoint in one table, to sort, and to take along as a file.

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
};
use serde::Serialize;
use service::harmless;
use words::Language;

use super::{
    choice::{Asked, filled},
    head::Head,
    moment::figures,
    open::Opened,
    said::{Said, Sayer},
    terms,
};
use crate::{
    App, format,
    language::Text,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// The columns: name in the address, end of the key of its title, whether it is a number.
const COLUMNS: [(&str, &str, bool); 12] = [
    ("nr", "number", true),
    ("fase", "phase", false),
    ("contactmoment", "title", false),
    ("kanaal", "channel", false),
    ("soort", "category", false),
    ("verwacht", "expected", true),
    ("ingeschat", "assumed", true),
    ("nagevraagd", "asked", true),
    ("gemeten", "measured", true),
    ("gewenst", "desired", true),
    ("bereik", "reach", true),
    ("afhakers", "dropoff", true),
];

/// A touchpoint in the table.
#[derive(Serialize)]
struct Row {
    number: usize,
    phase: String,
    title: String,
    href: String,
    channels: String,
    category: String,
    decisive: bool,
    expected: Option<f64>,
    assumed: Option<f64>,
    asked: Option<f64>,
    measured: Option<Said>,
    desired: Option<f64>,
    reach: Option<Said>,
    runs: Option<(u64, String)>,
    dropoff: Option<Said>,
    left: Option<(u64, String)>,
    need: Option<String>,
    selected: bool,
}

/// The head of a column.
#[derive(Serialize)]
struct Column {
    text: &'static str,
    number: bool,
    href: String,
    /// `ascending` or `descending`, where it is the one sorted by.
    sorted: Option<&'static str>,
}

#[derive(Serialize)]
struct Page {
    head: Head,
    columns: Vec<Column>,
    rows: Vec<Row>,
    file: String,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let (by, down) = order(&asked);
    let rows = rows(&viewer, &opened);
    let page = Page {
        head: Head::of(&viewer, &opened, "tabel"),
        columns: columns(&opened, &rows, by, down),
        rows: sorted(rows, by, down),
        file: opened.link("tabel.csv", &filled(&asked.op).map(|op| ("op", op)).into_iter().collect::<Vec<_>>()),
    };
    viewer.render("journey/table.html", data(&page))
}

pub(super) async fn download(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let (by, down) = order(&asked);
    let bytes = file(&viewer, &sorted(rows(&viewer, &opened), by, down)).ok_or(Problem::Broken)?;
    let name = format!("attachment; filename=\"{}.csv\"", service::intake::slug(&id));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// Which column, and whether from high to low (`op=-bereik`).
fn order(asked: &Asked) -> (usize, bool) {
    let wanted = filled(&asked.op).unwrap_or("nr");
    let (name, down) = wanted.strip_prefix('-').map_or((wanted, false), |name| (name, true));
    COLUMNS.iter().position(|(column, ..)| *column == name).map_or((0, false), |at| (at, down))
}

/// Kinds of experience of which nothing is known at any touchpoint have no column.
fn columns(opened: &Opened, rows: &[Row], by: usize, down: bool) -> Vec<Column> {
    let column = |(at, (name, text, number)): (usize, &(&'static str, &'static str, bool))| {
        let is_sorted = at == by;
        let turned = if is_sorted && !down { format!("-{name}") } else { (*name).to_owned() };
        Column {
            text,
            number: *number,
            href: opened.link("tabel", &[("op", &turned)]),
            sorted: is_sorted.then_some(if down { "descending" } else { "ascending" }),
        }
    };
    let known = |text: &str| match text {
        "assumed" => rows.iter().any(|row| row.assumed.is_some()),
        "asked" => rows.iter().any(|row| row.asked.is_some()),
        "desired" => rows.iter().any(|row| row.desired.is_some()),
        _ => true,
    };
    COLUMNS.iter().enumerate().filter(|(_, (_, text, _))| known(text)).map(column).collect()
}

fn rows(staff: &Staff, opened: &Opened) -> Vec<Row> {
    let (speech, definition) = (&staff.speech, &opened.definition);
    let say = Sayer(speech.language);
    let row = |(at, touchpoint): (usize, &journey::Touchpoint)| {
        let measured = opened.filled().and_then(|measured| figures(&measured.summary.touchpoints, touchpoint));
        let id = touchpoint.id.as_str();
        let customers = |what| opened.customers(what, &[("moment", id)]);
        Row {
            number: at + 1,
            phase: definition.phase(&touchpoint.phase).map(|phase| phase.title.clone()).unwrap_or_default(),
            title: touchpoint.title.clone(),
            href: opened.link("kaart", &[("moment", id)]) + "#moment",
            channels: terms::channels(speech, &touchpoint.channels),
            category: terms::category(speech, touchpoint.category),
            decisive: touchpoint.moment_of_truth,
            expected: touchpoint.expected,
            assumed: touchpoint.assumed,
            asked: touchpoint.asked,
            measured: measured
                .filter(|figures| opened.is_asked(figures))
                .map(|figures| say.signed(&figures.experience)),
            desired: touchpoint.desired,
            reach: measured.map(|figures| say.share(&figures.reach)),
            runs: measured.map(|figures| (figures.runs.n, customers("geweest"))),
            dropoff: measured.map(|figures| say.share(&figures.left)),
            left: measured.map(|figures| (figures.fates.exits(), customers("afgehaakt"))),
            need: touchpoint.need.clone(),
            selected: opened.choice.moment.as_ref() == Some(&touchpoint.id),
        }
    };
    definition.touchpoints.iter().enumerate().map(row).collect()
}

/// What a column is sorted by: a number, or a text. Nothing comes last, whichever way.
fn key(row: &Row, column: usize) -> (Option<f64>, Option<String>) {
    let bare = |said: &Option<Said>| said.as_ref().and_then(|said| said.bare);
    match COLUMNS[column].0 {
        "fase" => (Some(row.number as f64), None),
        "contactmoment" => (None, Some(row.title.to_lowercase())),
        "kanaal" => (None, Some(row.channels.clone())),
        "soort" => (None, Some(row.category.clone())),
        "verwacht" => (row.expected, None),
        "ingeschat" => (row.assumed, None),
        "nagevraagd" => (row.asked, None),
        "gemeten" => (bare(&row.measured), None),
        "gewenst" => (row.desired, None),
        "bereik" => (bare(&row.reach), None),
        "afhakers" => (bare(&row.dropoff), None),
        _ => (Some(row.number as f64), None),
    }
}

fn sorted(mut rows: Vec<Row>, by: usize, down: bool) -> Vec<Row> {
    use std::cmp::Ordering;
    rows.sort_by(|a, b| {
        let ((a_number, a_text), (b_number, b_text)) = (key(a, by), key(b, by));
        let is_nothing = (a_number.is_none() && a_text.is_none()).cmp(&(b_number.is_none() && b_text.is_none()));
        let numbers = a_number.zip(b_number).map_or(Ordering::Equal, |(a, b)| a.total_cmp(&b));
        let order = numbers.then_with(|| a_text.cmp(&b_text));
        is_nothing.then(if down { order.reverse() } else { order })
    });
    rows
}

/// A file that a spreadsheet in the reader's language opens as it is: in Dutch with semicolons and decimal commas. It begins
/// with the sign by which spreadsheets know UTF-8.
fn file(staff: &Staff, rows: &[Row]) -> Option<Vec<u8>> {
    let language = staff.speech.language;
    let delimiter = if language == Language::Nl { b';' } else { b',' };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer("\u{feff}".as_bytes().to_vec());
    let keys = [
        Text::new("journey-column-number"),
        Text::new("journey-column-phase"),
        Text::new("journey-column-title"),
        Text::new("journey-column-channel"),
        Text::new("journey-column-category"),
        Text::new("journey-column-need"),
        Text::new("journey-column-expected"),
        Text::new("journey-column-assumed"),
        Text::new("journey-column-asked"),
        Text::new("journey-column-measured"),
        Text::new("journey-column-answers"),
        Text::new("journey-column-desired"),
        Text::new("journey-column-runs"),
        Text::new("journey-column-reach"),
        Text::new("journey-column-left"),
        Text::new("journey-column-decided"),
        Text::new("journey-column-dropoff"),
    ];
    writer.write_record(keys.map(|key| staff.say(&key))).ok()?;
    let number = |value: Option<f64>, decimals| value.map(|value| plain(language, value, decimals)).unwrap_or_default();
    let bare = |said: &Option<Said>, decimals| number(said.as_ref().and_then(|said| said.bare), decimals);
    let count = |counted: &Option<(u64, String)>| counted.as_ref().map(|(n, _)| n.to_string()).unwrap_or_default();
    for row in rows {
        let fields = [
            row.number.to_string(),
            harmless(&row.phase),
            harmless(&row.title),
            harmless(&row.channels),
            row.category.clone(),
            harmless(row.need.as_deref().unwrap_or_default()),
            number(row.expected, 1),
            number(row.assumed, 1),
            number(row.asked, 1),
            bare(&row.measured, 2),
            row.measured.as_ref().map(|said| said.n.to_string()).unwrap_or_default(),
            number(row.desired, 1),
            count(&row.runs),
            bare(&row.reach, 4),
            count(&row.left),
            row.dropoff.as_ref().map(|said| said.n.to_string()).unwrap_or_default(),
            bare(&row.dropoff, 4),
        ];
        writer.write_record(fields).ok()?;
    }
    writer.into_inner().ok()
}

/// A number for a machine: no points per thousand, and an ordinary minus.
fn plain(language: Language, value: f64, decimals: usize) -> String {
    format::number(language, value, decimals).replace('−', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_for_a_machine_has_an_ordinary_minus() {
        assert_eq!(plain(Language::Nl, -0.5, 1), "-0,5");
    }
}
