//! A source that does not send: where we fetch from and how often, where everything stands in what comes, and how it went.

mod asked;
mod columns;
mod mailbox;
mod told;

use axum::{
    Form, Router,
    extract::{Path, State},
    routing::{get, post},
};
use jiff::civil::Time;
use minijinja::Value;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{
    connections::{self, Fetch},
    fetching::{Address, Cursor, From, MailboxAt, Progress, Rows, Sample, Settings},
    intake::Reading,
};
use store::Source;

use self::{
    asked::{Asked, Next},
    columns::{Columns, Seen},
    told::{Shown, page},
};
use super::pointed::Pointed;
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::{encoded, import::mapping::Filled},
    problem::{Answer, Problem},
    session::{Owner, Staff},
};

/// The kind of a source that is an API.
pub(super) const API: &str = "api";
/// The kind of a source that is a table.
pub(super) const TABLE: &str = "table";
/// The kind of a source that is a mailbox.
pub(super) const MAILBOX: &str = "mailbox";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/koppelingen/bron/{id}/ophalen", get(show))
        .route("/koppelingen/bron/{id}/ophalen/waar", post(place))
        .route("/koppelingen/bron/{id}/ophalen/plaats", post(point))
        .route("/koppelingen/bron/{id}/ophalen/kolommen", post(choose))
        .route("/koppelingen/bron/{id}/ophalen/nu", post(now))
        .route("/koppelingen/bron/{id}/ophalen/stop", post(stop))
        .route("/koppelingen/bron/{id}/mailbox", get(mailbox::show).post(mailbox::save))
}

/// Makes what a new source of these kinds needs. Nothing is fetched before staff say where from.
pub(super) async fn make(staff: &Staff, source: &Source) -> Result<(), Problem> {
    let settings = match source.kind.as_str() {
        API => Settings::Api { at: Address::default(), every_minutes: 15, cursor: Cursor::None },
        MAILBOX => Settings::Mailbox(MailboxAt::default()),
        _ => Settings::Table {
            from: From::Address(Address::default()),
            time: Time::constant(3, 0, 0, 0),
            rows: Rows::Events,
        },
    };
    let fetch = Fetch {
        organisation: staff.house.id.clone(),
        source: source.id.clone(),
        settings,
        secret: None,
        reading: None,
        due: None,
        place: None,
        progress: Progress::default(),
    };
    save(staff, &fetch).await
}

/// What the page of the source says of it; nothing for sources of other kinds.
pub(super) async fn told(staff: &Staff, source: &Source) -> Result<Option<Value>, Problem> {
    let fetch = connections::fetch(staff.app.store.as_ref(), &staff.house.id, &source.id).await?;
    Ok(fetch.map(|fetch| told::state(staff, &fetch)))
}

/// What went wrong the last time that a source was fetched, in words.
pub(crate) async fn troubled(staff: &Staff, source: &Source) -> Result<Option<String>, Problem> {
    if ![API, TABLE, MAILBOX].contains(&source.kind.as_str()) {
        return Ok(None);
    }
    let fetch = connections::fetch(staff.app.store.as_ref(), &staff.house.id, &source.id).await?;
    let trouble = fetch.filter(|fetch| fetch.due.is_some()).and_then(|fetch| fetch.progress.trouble);
    Ok(trouble.map(|trouble| trouble.say(staff.speech.language)))
}

async fn save(staff: &Staff, fetch: &Fetch) -> Result<(), Problem> {
    Ok(connections::save_fetch(staff.app.store.as_ref(), fetch).await?)
}

/// The source of a path, with what is fetched of it.
async fn kept(staff: &Staff, id: &str) -> Result<(Source, Fetch), Problem> {
    let source = staff.app.store.source(&staff.house.id, id).await?.ok_or(Problem::NotFound)?;
    let fetch = connections::fetch(staff.app.store.as_ref(), &staff.house.id, id).await?;
    Ok((source, fetch.ok_or(Problem::NotFound)?))
}

/// The page of what is fetched.
pub(super) fn path(source: &Source) -> String {
    let page = if source.kind == MAILBOX { "mailbox" } else { "ophalen" };
    format!("/koppelingen/bron/{}/{page}", encoded(&source.id))
}

/// Whether it was said where to fetch from.
fn is_placed(settings: &Settings) -> bool {
    match settings {
        Settings::Mailbox(at) => !at.host.is_empty(),
        _ => settings.address().is_none_or(|at| !at.url.is_empty()),
    }
}

/// Whether it is known how what comes is read; a mail says that itself.
fn is_ready(fetch: &Fetch) -> bool {
    fetch.reading.is_some() || matches!(fetch.settings, Settings::Mailbox(_))
}

async fn show(owner: Owner, Path(id): Path<String>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    if source.kind == MAILBOX {
        return Err(Problem::NotFound);
    }
    page(&owner, &source, &fetch, Shown::default()).await
}

/// Changes where and how often. Another place begins anew: what stands there is history again.
async fn place(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(asked): Form<Asked>) -> Answer {
    let (source, old) = kept(&owner, &id).await?;
    let (settings, secret) = match asked.read(&old, &|url| app.service.fetching.check(url)) {
        Ok(read) => read,
        Err(remarks) => {
            return page(&owner, &source, &old, Shown { asked: Some(asked), remarks, ..Shown::default() }).await;
        }
    };
    let reading = old.reading.clone().filter(|_| same_rows(&old.settings, &settings));
    let due = old.due.and(reading.as_ref()).map(|_| owner.speech.now);
    let mut fetch = Fetch { settings, secret, reading, due, ..old.clone() };
    if !old.settings.goes_on_with(&fetch.settings) {
        (fetch.place, fetch.progress) = (None, Progress::default());
    }
    save(&owner, &fetch).await?;
    owner.record("source.fetch_changed", &source.name, json!({})).await?;
    app.service.wake();
    owner.go(&path(&source), Text::new("fetch-saved"))
}

/// Whether rows of the one are rows of the other.
fn same_rows(one: &Settings, other: &Settings) -> bool {
    match (one, other) {
        (Settings::Table { rows: one, .. }, Settings::Table { rows: other, .. }) => one == other,
        _ => true,
    }
}

/// Where everything stands in the answers of an API, and how it goes on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Places {
    #[serde(flatten)]
    pointed: Pointed,
    #[serde(flatten)]
    next: Next,
}

async fn point(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(mut places): Form<Places>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    let Settings::Api { at, every_minutes, .. } = &fetch.settings else { return Err(Problem::NotFound) };
    let mut shown = Shown::default();
    if places.pointed.fetches() {
        match app.service.fetching.sample(&fetch, owner.speech.now).await {
            Ok(Sample::Json(sample)) => places.pointed = places.pointed.with_sample(&sample),
            Ok(Sample::Table { .. }) => {}
            Err(trouble) => shown.trouble = Some(trouble.say(owner.speech.language)),
        }
        return page(&owner, &source, &fetch, Shown { places: Some(places), ..shown }).await;
    }
    let (mapping, mut remarks) = match places.pointed.mapping() {
        Ok(mapping) => (Some(mapping), Remarks::default()),
        Err(remarks) => (None, remarks),
    };
    let list = mapping.as_ref().and_then(|mapping| mapping.list.clone());
    let cursor = places.next.read(list.as_ref(), &mut remarks);
    let (Some(mapping), true) = (mapping, remarks.is_empty()) else {
        return page(&owner, &source, &fetch, Shown { places: Some(places), remarks, ..shown }).await;
    };
    if !places.pointed.saves() {
        return page(&owner, &source, &fetch, Shown { places: Some(places), looked: true, ..shown }).await;
    }
    let settings = Settings::Api { at: at.clone(), every_minutes: *every_minutes, cursor };
    begin(&owner, &source, &fetch, settings, Reading::Json(mapping)).await
}

/// Looks at a table, or keeps which column is what.
async fn choose(owner: Owner, State(app): State<App>, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    if !matches!(fetch.settings, Settings::Table { .. }) {
        return Err(Problem::NotFound);
    }
    if filled.get("step").is_none_or(|step| step != "bewaar") {
        let mut shown = Shown::default();
        match app.service.fetching.sample(&fetch, owner.speech.now).await {
            Ok(Sample::Table { columns: names, rows }) => {
                let seen = Seen::of(names, rows);
                let known = told::columns(&fetch).map(|known| known.with(seen.clone()));
                shown.columns = Some(known.unwrap_or_else(|| Columns::guessed(&owner, &fetch.settings, &source, seen)));
            }
            Ok(Sample::Json(_)) => {}
            Err(trouble) => shown.trouble = Some(trouble.say(owner.speech.language)),
        }
        return page(&owner, &source, &fetch, shown).await;
    }
    let columns = Columns::filled(&owner, &fetch.settings, &filled);
    match columns.mapping(&owner) {
        Ok(mapping) => begin(&owner, &source, &fetch, fetch.settings.clone(), Reading::Table(mapping)).await,
        Err(remarks) => {
            page(&owner, &source, &fetch, Shown { columns: Some(columns), remarks, ..Shown::default() }).await
        }
    }
}

/// Keeps how a source is read, and begins to fetch. What was refused before is looked at again.
async fn begin(owner: &Staff, source: &Source, old: &Fetch, settings: Settings, reading: Reading) -> Answer {
    let due = is_placed(&settings).then_some(owner.speech.now);
    let mut fetch = Fetch { reading: Some(reading), due, settings, ..old.clone() };
    if !old.settings.goes_on_with(&fetch.settings) || old.reading != fetch.reading {
        // It is read from the beginning; what was taken in is known by its id.
        fetch.place = None;
        fetch.progress = Progress { has_caught_up: old.progress.has_caught_up, ..Progress::default() };
        owner.app.store.forget_rows(&owner.house.id, &source.id).await?;
    }
    save(owner, &fetch).await?;
    owner.record("source.fetch_mapped", &source.name, json!({})).await?;
    owner.app.service.wake();
    owner.go(&path(source), Text::new("fetch-begun"))
}

async fn now(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    if !is_ready(&fetch) || !is_placed(&fetch.settings) {
        return owner.go(&path(&source), Text::new("fetch-not-yet"));
    }
    save(&owner, &Fetch { due: Some(owner.speech.now), ..fetch }).await?;
    owner.record("source.fetched_now", &source.name, json!({})).await?;
    app.service.wake();
    owner.go(&path(&source), Text::new("fetch-now-said"))
}

async fn stop(owner: Owner, Path(id): Path<String>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    save(&owner, &Fetch { due: None, ..fetch }).await?;
    owner.record("source.fetch_stopped", &source.name, json!({})).await?;
    owner.go(&path(&source), Text::new("fetch-stopped"))
}
