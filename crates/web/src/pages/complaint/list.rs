//! All complaints: how they stand, and what was made good.

use axum::{
    extract::{Query, State},
    http::header,
    response::IntoResponse,
};
use jiff::Timestamp;
use measure::{Handled, Recovery, recovery};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use service::{Live, harmless};
use store::{Account, Paging, StoredCustomer, TaskFilter, TaskRow, TaskState};
use words::{Experience, Figure, JourneyId, TouchpointId, Window};

use crate::{
    App,
    language::Text,
    pages::{
        customer,
        journey::{Said, Sayer},
        naming, today,
    },
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

pub(super) const PATH: &str = "/vandaag/klachten";
/// Complaints that are shown and counted, newest first.
const ROWS_MAX: u32 = 2_000;

/// Which complaints.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `open`, `laat`, `klaar`; nothing: all.
    stand: String,
    reis: String,
    moment: String,
}

/// Complaints with what their lines need.
struct Listed {
    rows: Vec<TaskRow>,
    customers: Vec<StoredCustomer>,
    live: Vec<Live>,
    accounts: Vec<Account>,
}

/// Before or after: its figure, and its place on a scale of 0..100.
#[derive(Serialize)]
struct Felt {
    said: Said,
    at: Option<f64>,
    margin: Option<(f64, f64)>,
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let listed = listed(&app, &viewer, &asked).await?;
    let figures = figures(&viewer, &listed.rows);
    let sayer = Sayer(viewer.speech.language);
    let totals = [
        sayer.count(&figures.complaints),
        sayer.count(&figures.open),
        sayer.count(&figures.overdue),
        sayer.share(&figures.in_time),
        sayer.time(&figures.acknowledged_after),
        sayer.time(&figures.resolved_after),
    ];
    let now = viewer.speech.now;
    let wanted = |row: &&TaskRow| match asked.stand.as_str() {
        "open" => row.state == TaskState::Open,
        "laat" => row.state == TaskState::Open && row.late_since(now).is_some(),
        "klaar" => matches!(row.state, TaskState::Done { .. }),
        _ => true,
    };
    let rows: Vec<Value> = listed.rows.iter().filter(wanted).map(|row| listed.line(&viewer, row)).collect();
    let moment = listed.moment(&asked.reis, &asked.moment);
    let page = context! {
        total => listed.rows.len(),
        rows,
        stand => asked.stand.as_str(),
        only => moment,
        rest_address => rest(&asked),
        totals => data(totals),
        before => data(felt(sayer.mark(&figures.before), &figures.before)),
        after => data(felt(sayer.mark(&figures.after), &figures.after)),
        gained => data(sayer.signed(&figures.gained)),
        file => format!("/vandaag/klachten.csv?{}", rest(&asked)),
        outside => app.link_to(&format!("/klacht/bij/{}", crate::pages::encoded(viewer.house.id.as_str()))),
    };
    viewer.render("complaint/list.html", page)
}

/// The choice of a journey and a touchpoint as a part of an address.
fn rest(asked: &Asked) -> String {
    format!("reis={}&moment={}", crate::pages::encoded(&asked.reis), crate::pages::encoded(&asked.moment))
}

async fn listed(app: &App, staff: &Staff, asked: &Asked) -> Result<Listed, Problem> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let filter = TaskFilter {
        complaints: true,
        journey: some(&asked.reis).map(JourneyId::new),
        touchpoint: some(&asked.moment).map(TouchpointId::new),
        ..TaskFilter::default()
    };
    let house = &staff.house.id;
    let mut rows = app.store.tasks(house, &filter, Paging::first(ROWS_MAX)).await?.rows;
    rows.retain(|row| !matches!(row.state, TaskState::Withdrawn { .. }));
    rows.sort_by_key(|row| std::cmp::Reverse(row.made));
    let mut ids: Vec<_> = rows.iter().map(|row| row.customer).collect();
    ids.sort();
    ids.dedup();
    let customers = app.store.customers_by_id(house, &ids).await?;
    let live = app.service.catalog.live(house).await?;
    Ok(Listed { rows, customers, live, accounts: app.store.accounts(house).await? })
}

fn figures(staff: &Staff, rows: &[TaskRow]) -> Recovery {
    let handled = rows.iter().filter_map(|row| {
        let complaint = row.complaint.as_ref()?;
        Some(Handled {
            made: row.made,
            due: row.due,
            acknowledged: complaint.acknowledged,
            resolved: match &row.state {
                TaskState::Done { time, .. } => Some(*time),
                _ => None,
            },
            before: complaint.before,
            after: complaint.after,
        })
    });
    let handled: Vec<Handled> = handled.collect();
    recovery(&handled, Window { from: Timestamp::MIN, until: Timestamp::MAX }, staff.speech.now)
}

fn felt(said: Said, figure: &Figure) -> Felt {
    let at = |value: f64| (value + 2.0) * 25.0;
    let shown = said.bare.is_some();
    Felt {
        at: figure.value.filter(|_| shown).map(at),
        margin: figure.interval.filter(|_| shown).map(|(low, high)| (at(low), at(high))),
        said,
    }
}

impl Listed {
    fn moment(&self, journey: &str, touchpoint: &str) -> Option<String> {
        let live = self.live.iter().find(|live| live.row.id.as_str() == journey)?;
        let definition = &live.published.definition;
        let found = definition.touchpoint(&TouchpointId::new(touchpoint));
        Some(found.map_or_else(|| definition.title.clone(), |touchpoint| touchpoint.title.clone()))
    }

    fn about(&self, row: &TaskRow) -> Option<String> {
        Some(row.journey.as_str()).filter(|journey| !journey.is_empty())?;
        self.moment(row.journey.as_str(), row.touchpoint.as_str())
    }

    fn line(&self, staff: &Staff, row: &TaskRow) -> Value {
        let complaint = row.complaint.as_ref();
        let of = self.customers.iter().find(|stored| stored.customer.id == row.customer);
        let taken = complaint.and_then(|complaint| complaint.taken);
        let taken = taken.and_then(|id| self.accounts.iter().find(|account| account.id == id));
        let mark = |felt: Option<Experience>| felt.map(Experience::mark);
        context! {
            href => today::task_path(&row.key),
            text => complaint.map(|complaint| short(&complaint.text)),
            name => of.map(|stored| naming::person(&stored.customer, &staff.speech)),
            customer_href => customer::path(row.customer),
            about => self.about(row),
            team => row.team.as_str(),
            taken => taken.map(|account| account.name.as_str()),
            made => row.made.to_string(),
            due => row.due.map(|due| due.to_string()),
            late => row.state == TaskState::Open && row.late_since(staff.speech.now).is_some(),
            done => match &row.state { TaskState::Done { time, .. } => Some(time.to_string()), _ => None },
            before => mark(complaint.and_then(|complaint| complaint.before)),
            after => mark(complaint.and_then(|complaint| complaint.after)),
        }
    }
}

/// As much of what was said as fits on a line.
fn short(text: &str) -> String {
    const CHARS_MAX: usize = 90;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(CHARS_MAX).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}

/// The same as a file.
pub(super) async fn file(viewer: Viewer, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let listed = listed(&app, &viewer, &asked).await?;
    let table = table(&viewer, &listed).ok_or(Problem::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"klachten.csv\""),
    ];
    Ok((headers, table).into_response())
}

fn table(staff: &Staff, listed: &Listed) -> Option<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        Text::new("complaint-column-made"),
        Text::new("complaint-column-text"),
        Text::new("complaint-column-about"),
        Text::new("complaint-column-heard"),
        Text::new("complaint-column-team"),
        Text::new("complaint-column-due"),
        Text::new("complaint-column-acknowledged"),
        Text::new("complaint-column-done"),
        Text::new("complaint-column-note"),
        Text::new("complaint-column-before"),
        Text::new("complaint-column-after"),
    ];
    writer.write_record(head.map(|key| staff.say(&key))).ok()?;
    let moment = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    let mark = |felt: Option<Experience>| felt.map(|felt| felt.mark().to_string()).unwrap_or_default();
    for row in &listed.rows {
        let Some(complaint) = &row.complaint else { continue };
        let (done, note) = match &row.state {
            TaskState::Done { time, note, .. } => (Some(*time), note.as_str()),
            _ => (None, ""),
        };
        let fields = [
            row.made.to_string(),
            harmless(&complaint.text),
            harmless(&listed.about(row).unwrap_or_default()),
            complaint.heard.as_str().to_owned(),
            harmless(&row.team),
            moment(row.due),
            moment(complaint.acknowledged),
            moment(done),
            harmless(note),
            mark(complaint.before),
            mark(complaint.after),
        ];
        writer.write_record(fields).ok()?;
    }
    writer.into_inner().ok()
}
