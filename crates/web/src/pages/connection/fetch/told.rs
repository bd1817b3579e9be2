use axum::http::StatusCode;
use minijinja::{Value, context};
use service::{connections::Fetch, fetching::Settings, intake::Reading};
use store::Source;

use super::{
    Places,
    asked::{Asked, Next},
    columns::Columns,
    is_placed,
};
use crate::{
    form::Remarks,
    pages::connection::pointed::{Pointed, previewed},
    problem::Answer,
    session::Staff,
    views::data,
};

/// What the page shows beside what is kept.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) asked: Option<Asked>,
    pub(super) places: Option<Places>,
    pub(super) columns: Option<Columns>,
    /// Why a look gave nothing.
    pub(super) trouble: Option<String>,
    pub(super) remarks: Remarks,
    pub(super) looked: bool,
}

/// How it goes with a source that we fetch from.
pub(super) fn state(staff: &Staff, fetch: &Fetch) -> Value {
    let progress = &fetch.progress;
    let moment = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string());
    let (kind, page) = match fetch.settings {
        Settings::Table { .. } => (super::TABLE, "ophalen"),
        Settings::Api { .. } => (super::API, "ophalen"),
        Settings::Mailbox(_) => (super::MAILBOX, "mailbox"),
    };
    let user = match &fetch.settings {
        Settings::Mailbox(at) => Some(at.user.as_str()),
        _ => None,
    };
    context! {
        kind,
        page,
        at => fetch.settings.address().map(|at| at.url.as_str()).or(user),
        placed => is_placed(&fetch.settings),
        mapped => super::is_ready(fetch),
        due => moment(fetch.due),
        tried => moment(progress.tried),
        went_well => moment(progress.went_well),
        failures => progress.failures,
        trouble => progress.trouble.as_ref().map(|trouble| trouble.say(staff.speech.language)),
        catching_up => progress.went_well.is_some() && !progress.has_caught_up,
        received => progress.last.received,
        known => progress.last.known,
        refused => progress.last.refused,
    }
}

/// Which column is what, as it is kept.
pub(super) fn columns(fetch: &Fetch) -> Option<Columns> {
    match &fetch.reading {
        Some(Reading::Table(mapping)) => Some(Columns::kept(&fetch.settings, mapping)),
        _ => None,
    }
}

fn places(fetch: &Fetch) -> Places {
    let mapping = match &fetch.reading {
        Some(Reading::Json(mapping)) => Some(mapping),
        _ => None,
    };
    let next = match &fetch.settings {
        Settings::Api { cursor, .. } => Next::of(cursor),
        Settings::Table { .. } | Settings::Mailbox(_) => Next::default(),
    };
    Places { pointed: Pointed::of(mapping, String::new()), next }
}

pub(super) async fn page(staff: &Staff, source: &Source, fetch: &Fetch, shown: Shown) -> Answer {
    let places = shown.places.unwrap_or_else(|| places(fetch));
    let columns = shown.columns.or_else(|| columns(fetch));
    let sample = places.pointed.sample();
    let preview = match (shown.looked, places.pointed.mapping(), sample.as_ref()) {
        (true, Ok(mapping), Some(sample)) => Some(previewed(staff, source, &mapping, sample)),
        _ => None,
    };
    let folder = staff.app.service.fetching.folder_of(&staff.house.id);
    let status = if shown.remarks.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context! {
        source => context! { id => source.id.as_str(), name => source.name.as_str() },
        fetch => state(staff, fetch),
        asked => data(shown.asked.unwrap_or_else(|| Asked::of(&fetch.settings))),
        has_secret => fetch.secret.is_some(),
        folder => folder.map(|folder| folder.display().to_string()),
        pointed => data(&places.pointed),
        next => data(&places.next),
        options => places.pointed.options(sample.as_ref()),
        preview,
        kind => columns.as_ref().map_or("", Columns::kind),
        mapping => columns.as_ref().map(|columns| columns.shown(staff)),
        looked => columns.as_ref().is_some_and(Columns::has_rows),
        seen => columns.as_ref().map(Columns::seen),
        trouble => shown.trouble,
        remarks => shown.remarks.said_by(staff),
    };
    staff.render_as(status, "fetch/show.html", page)
}
