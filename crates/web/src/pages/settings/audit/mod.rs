//! The log book: who did what, newest first.

mod subject;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State},
    http::header,
    response::IntoResponse,
    routing::get,
};
use fluent_bundle::FluentArgs;
use jiff::{civil::Date, tz::TimeZone};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use store::{AuditFilter, AuditRow, Paging};
use uuid::Uuid;

use self::subject::Known;
use crate::{
    App,
    language::Locale,
    pages::encoded,
    paging::Sheet,
    problem::{Answer, Problem},
    session::{Owner, Staff, audited},
    views::data,
};

/// The nouns of what staff do.
const KINDS: [&str; 15] = [
    "account",
    "address",
    "customer",
    "draft",
    "import",
    "journey",
    "key",
    "member",
    "message",
    "organisation",
    "principal",
    "quarantine",
    "sender",
    "source",
    "task",
];
const PATH: &str = "/instellingen/logboek";

const CSV: &str = "/instellingen/logboek.csv";
/// Lines that a file holds at most, and that are read at one time.
const LINES_MAX: u32 = 100_000;
const LINES_AT_ONCE: u32 = 500;

/// Which lines are asked for.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    soort: String,
    wie: String,
    van: String,
    tot: String,
}

impl Asked {
    /// Days are whole days of the organisation's zone; what cannot be read is not asked.
    fn filter(&self, zone: &TimeZone) -> AuditFilter {
        let day = |text: &str| text.parse::<Date>().ok();
        let start = |day: Date| day.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
        AuditFilter {
            what: Some(&self.soort).filter(|kind| !kind.is_empty()).map(|kind| format!("{kind}.")),
            account: self.wie.parse().ok(),
            from: day(&self.van).and_then(start),
            until: day(&self.tot).and_then(|day| day.tomorrow().ok()).and_then(start),
        }
    }

    fn query(&self) -> String {
        let parts = [("soort", &self.soort), ("wie", &self.wie), ("van", &self.van), ("tot", &self.tot)];
        let filled = parts.iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("&{name}={}", encoded(value))).collect()
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list)).route(CSV, get(download))
}

async fn list(owner: Owner, State(app): State<App>, Query(asked): Query<Asked>, Query(sheet): Query<Sheet>) -> Answer {
    let filter = asked.filter(&owner.house.zone);
    let listed = app.store.audit_of(&owner.house.id, &filter, sheet.paging()).await?;
    let names = names(&owner, &app).await?;
    let known = Known::gather(&app, &owner, &listed.rows).await?;
    let rows: Vec<Value> = listed.rows.iter().map(|row| line(&owner, row, &names, &known)).collect();
    let people: Vec<(String, &String)> = names.iter().map(|(id, name)| (id.to_string(), name)).collect();
    let page = context! {
        rows,
        asked => data(&asked),
        chosen => filter != AuditFilter::default(),
        kinds => KINDS.to_vec(),
        people => data(people),
        query => asked.query(),
        paging => sheet.context(PATH, listed.total),
    };
    owner.render("audit/list.html", page)
}

async fn names(owner: &Staff, app: &App) -> Result<BTreeMap<Uuid, String>, Problem> {
    let accounts = app.store.accounts(&owner.house.id).await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The same lines as a file, oldest last.
async fn download(owner: Owner, State(app): State<App>, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter(&owner.house.zone);
    let names = names(&owner, &app).await?;
    let mut file = csv::Writer::from_writer(Vec::new());
    let broken = |_| Problem::Broken;
    file.write_record(["time", "who", "what", "subject", "detail"]).map_err(broken)?;
    for offset in (0..LINES_MAX).step_by(LINES_AT_ONCE as usize) {
        let paging = Paging { offset, limit: LINES_AT_ONCE };
        let rows = app.store.audit_of(&owner.house.id, &filter, paging).await?.rows;
        for row in &rows {
            let who = row.account.map(|id| names.get(&id).cloned().unwrap_or_else(|| id.to_string()));
            let detail = row.detail.to_string();
            let cells = [row.time.to_string(), who.unwrap_or_default(), row.what.clone(), row.subject.clone(), detail];
            file.write_record(cells.iter().map(|cell| service::harmless(cell))).map_err(broken)?;
        }
        if rows.is_empty() {
            break;
        }
    }
    let bytes = file.into_inner().map_err(|_| Problem::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"logboek.csv\""),
    ];
    Ok((headers, bytes).into_response())
}

fn line(staff: &Staff, row: &AuditRow, names: &BTreeMap<Uuid, String>, known: &Known) -> Value {
    let key = audited(&row.what);
    // What a later version wrote is shown as it stands.
    let what = Locale::of(staff.speech.language).say(&key, &FluentArgs::new());
    context! {
        time => row.time.to_string(),
        who => row.account.and_then(|id| names.get(&id)),
        by_command_line => row.account.is_none(),
        what,
        code => row.what.as_str(),
        subject => known.subject(staff, row),
        reason => row.detail["reason"].as_str(),
    }
}
