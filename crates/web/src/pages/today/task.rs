//! The tasks of staff: listed, and finished with what came of it.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::get,
};
use jiff::{Timestamp, civil};
use journey::{FactPath, Saying, Touchpoint};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::complaining;
use store::{Account, Complaint, HeardBy, NewEvent, Paging, TaskFilter, TaskRow, TaskState};
use words::{Address, Channel, Customer, EffectKey, EventName, Experience, Properties};

use super::thread::{self, Shown};
use crate::{
    App,
    form::Remarks,
    format,
    language::{Speech, Text},
    pages::{customer, encoded, message, naming, staff_event},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// Tasks that the page shows at first.
const ROWS: u32 = 12;
/// Tasks that it shows when all are asked for.
const ROWS_MAX: u32 = 500;
/// Characters of a note.
const NOTE_CHARS_MAX: usize = 2_000;
/// How a customer can be met while a task is done.
const CHANNELS: [&str; 7] = ["phone", "email", "sms", "whatsapp", "desk", "visit", "chat"];

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/taken/{key}", get(show).post(finish))
        .route("/taken/{key}/antwoord", axum::routing::post(thread::answer))
}

/// Open tasks of a team, or of all, as the page shows them.
pub(super) struct Open {
    pub(super) total: u64,
    pub(super) rows: Vec<Value>,
}

pub(super) async fn open(app: &App, staff: &Staff, team: Option<&str>, all: bool) -> Result<Open, Problem> {
    let filter = TaskFilter { open: true, team: team.map(str::to_owned), ..TaskFilter::default() };
    let listed = app.store.tasks(&staff.house.id, &filter, Paging::first(if all { ROWS_MAX } else { ROWS })).await?;
    let mut ids: Vec<_> = listed.rows.iter().map(|row| row.customer).collect();
    ids.sort();
    ids.dedup();
    let found = app.store.customers_by_id(&staff.house.id, &ids).await?;
    let live = app.service.catalog.live(&staff.house.id).await?;
    let rows = listed.rows.iter().map(|row| {
        let of = found.iter().find(|stored| stored.customer.id == row.customer);
        let journey = live.iter().find(|live| live.row.id == row.journey);
        let now = staff.speech.now;
        context! {
            href => team.map_or_else(|| path(&row.key), |team| format!("{}?team={}", path(&row.key), encoded(team))),
            title => row.title.as_str(),
            complaint => row.complaint.is_some(),
            team => row.team.as_str(),
            due => row.due.map(|due| due.to_string()),
            at_once => row.is_at_once(),
            since => format::span(staff.speech.language, now.duration_since(row.made)),
            late => late(row, &staff.speech),
            today => row.due.is_some_and(|due| staff.speech.date_of(due) == staff.speech.today()),
            name => of.map(|stored| naming::person(&stored.customer, &staff.speech)),
            mobile => of.and_then(|stored| stored.customer.mobile.clone()),
            customer_href => customer::path(row.customer),
            journey => journey.map_or_else(|| row.journey.to_string(), |live| live.published.definition.title.clone()),
        }
    });
    Ok(Open { total: listed.total, rows: rows.collect() })
}

pub(crate) fn path(key: &EffectKey) -> String {
    format!("/taken/{}", message::segment(key))
}

/// How long it should have been done.
fn late(row: &TaskRow, speech: &Speech) -> Option<String> {
    let since = row.late_since(speech.now)?;
    Some(format::span(speech.language, speech.now.duration_since(since)))
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Filled {
    /// The team whose list one came from and goes back to.
    team: String,
    channel: String,
    outcome: String,
    reason: String,
    note: String,
}

impl Filled {
    /// Nothing filled in, come from this team's list.
    pub(super) fn of_team(team: &str) -> Self {
        Self { team: team.to_owned(), ..Self::default() }
    }

    /// The list to go back to.
    pub(super) fn list(&self) -> String {
        if self.team.is_empty() { "/vandaag".to_owned() } else { format!("/vandaag?team={}", encoded(&self.team)) }
    }
}

async fn show(viewer: Viewer, State(app): State<App>, Path(key): Path<String>, Query(filled): Query<Filled>) -> Answer {
    let row = found(&app, &viewer, &key).await?;
    page(&app, &viewer, StatusCode::OK, &row, &filled, &Remarks::default(), &Shown::fresh(&app)).await
}

async fn finish(viewer: Viewer, State(app): State<App>, Path(key): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let row = found(&app, &viewer, &key).await?;
    let mut remarks = Remarks::default();
    remarks.expect(filled.note.chars().count() <= NOTE_CHARS_MAX, "note", "task-remark-note");
    remarks.expect(row.complaint.is_none() || !filled.note.trim().is_empty(), "note", "complaint-remark-note");
    remarks.expect(filled.outcome.chars().count() <= 200, "outcome", "remark-name");
    let channel = Some(filled.channel.as_str()).filter(|name| !name.is_empty());
    remarks.expect(channel.is_none_or(|name| CHANNELS.contains(&name)), "channel", "remark-choice");
    if !remarks.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&app, &viewer, status, &row, &filled, &remarks, &Shown::fresh(&app)).await;
    }
    let state = TaskState::Done {
        time: viewer.speech.now,
        by: Some(viewer.account.id),
        channel: channel.map(Channel::new),
        note: filled.note.trim().to_owned(),
    };
    let said = [("channel", &*filled.channel), ("outcome", &*filled.outcome), ("reason", &*filled.reason)];
    let event = match &row.complaint {
        Some(_) => complaining::resolved(&row, &viewer.account.name, filled.note.trim(), viewer.speech.now),
        None => {
            let event = done(&row, &viewer.account.name, &said, viewer.speech.now)?;
            NewEvent::about(viewer.house.id.clone(), row.customer, event)
        }
    };
    let reference = event.reference();
    if !app.store.finish_task(&viewer.house.id, &row.key, state, event).await? {
        return viewer.go(&filled.list(), Text::new("task-no-longer-open"));
    }
    staff_event::applied(&app, &reference).await?;
    viewer.record("task.done", row.key.as_str(), json!({})).await?;
    viewer.go(&filled.list(), Text::new("task-finished").with("title", row.title))
}

/// The event that tells the engine; one per task, however often the form is sent.
pub(crate) fn done(row: &TaskRow, by: &str, said: &[(&str, &str)], now: Timestamp) -> Result<words::Event, Problem> {
    let mut properties = Properties::new();
    properties.insert("key".into(), json!(row.key));
    properties.insert("touchpoint".into(), json!(row.touchpoint));
    properties.insert("staff".into(), json!(by));
    for (name, value) in said.iter().filter(|(_, value)| !value.trim().is_empty()) {
        properties.insert((*name).into(), json!(value.trim()));
    }
    let name = EventName::parse("task.done").ok_or(Problem::Broken)?;
    Ok(words::Event::ours(format!("{}:task.done", row.key), now, name, properties))
}

pub(crate) async fn found(app: &App, staff: &Staff, key: &str) -> Result<TaskRow, Problem> {
    app.store.task(&staff.house.id, &EffectKey::stored(key)).await?.ok_or(Problem::NotFound)
}

pub(super) async fn page(
    app: &App,
    staff: &Staff,
    status: StatusCode,
    row: &TaskRow,
    filled: &Filled,
    remarks: &Remarks,
    shown: &Shown,
) -> Answer {
    let stored = app.store.customer(&staff.house.id, row.customer).await?.ok_or(Problem::NotFound)?;
    let live = app.service.catalog.live(&staff.house.id).await?;
    let journey = live.iter().find(|live| live.row.id == row.journey);
    let touchpoint = journey.and_then(|live| live.published.definition.touchpoint(&row.touchpoint));
    let saying = journey.map_or_else(
        || Saying::general(staff.speech.language),
        |live| naming::saying(&live.published.definition, &staff.speech),
    );
    let by = (app.service.catalog.as_ref(), staff.account.name.as_str());
    let script = service::sending::script(journey, row, &stored.customer, by, staff.speech.now).await?;
    let (script, unmade) = match script.transpose() {
        Ok(script) => (script, None),
        Err(why) => (None, Some(why.to_string())),
    };
    let accounts = app.store.accounts(&staff.house.id).await?;
    let page = context! {
        complaint => row.complaint.as_ref().map(|complaint| told(staff, row, complaint, &accounts)),
        can_call => row.complaint.is_none() && row.object.as_ref().is_some_and(|object| object.starts_with("thread:")),
        thread => thread::shown(app, staff, row, shown).await?,
        href => path(&row.key),
        title => row.title.as_str(),
        team => row.team.as_str(),
        due => row.due.filter(|_| !row.is_at_once()).map(|due| due.to_string()),
        at_once => row.is_at_once(),
        late => late(row, &staff.speech),
        made => row.made.to_string(),
        is_open => row.state == TaskState::Open,
        name => naming::person(&stored.customer, &staff.speech),
        mobile => stored.customer.mobile.as_deref(),
        email => stored.customer.email.as_deref(),
        address => address(&stored.customer),
        // Somebody goes there: the address is what one looks for first.
        is_visit => touchpoint.is_some_and(|touchpoint| touchpoint.channels.iter().any(|c| c.as_str() == "visit")),
        customer_href => customer::path(row.customer),
        told_in => journey.map(|live| live.published.definition.language.tag()).filter(|tag| *tag != staff.speech.language.tag()),
        journey => journey.map_or_else(|| row.journey.to_string(), |live| live.published.definition.title.clone()),
        touchpoint => touchpoint.map(|touchpoint| touchpoint.title.clone()),
        need => touchpoint.and_then(|touchpoint| touchpoint.need.clone()),
        reasons => touchpoint.map(|touchpoint| reasons(touchpoint, saying)).unwrap_or_default(),
        facts => facts(&row.facts, saying, &staff.speech),
        script => script.map(|rendered| context! { title => rendered.subject, text => rendered.text }),
        unmade,
        channels => CHANNELS.map(|name| (name, naming::channel(&staff.speech, name))).to_vec(),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "today/task.html", page)
}

/// What makes it a complaint, and how far it is.
fn told(staff: &Staff, row: &TaskRow, complaint: &Complaint, accounts: &[Account]) -> Value {
    let taken = complaint.taken.and_then(|id| accounts.iter().find(|account| account.id == id));
    let heard = match complaint.heard {
        HeardBy::Page => Text::new("complaint-heard-page"),
        HeardBy::Reply => Text::new("complaint-heard-reply"),
        HeardBy::Desk => Text::new("complaint-heard-desk"),
        HeardBy::Phone => Text::new("complaint-heard-phone"),
        HeardBy::Mark => Text::new("complaint-heard-mark"),
    };
    context! {
        heard => staff.say(&heard),
        text => complaint.text.as_str(),
        acknowledged => complaint.acknowledged.map(|moment| moment.to_string()),
        taken => taken.map(|account| account.name.as_str()),
        mine => complaint.taken == Some(staff.account.id),
        before => complaint.before.map(Experience::mark),
        after => complaint.after.map(Experience::mark),
        done => match &row.state {
            TaskState::Done { time, note, .. } => Some(context! { time => time.to_string(), note }),
            _ => None,
        },
    }
}

/// The reasons to choose from, with their words.
fn reasons(touchpoint: &Touchpoint, saying: Saying<'_>) -> Vec<(String, String)> {
    touchpoint.reasons.iter().map(|reason| (reason.clone(), naming::capital(&saying.value(reason)))).collect()
}

/// Street, and postcode with town, as far as they are known.
pub(crate) fn address(customer: &Customer) -> Vec<String> {
    let Address { street, postcode, town } = &customer.address;
    let place = [postcode, town].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    street.clone().into_iter().chain(Some(place)).filter(|line| !line.trim().is_empty()).collect()
}

/// Facts by object, in words; ids are for systems. Of each object the moments go first, the earlier before the later.
pub(crate) fn facts(facts: &serde_json::Value, saying: Saying<'_>, speech: &Speech) -> Vec<(String, String)> {
    let objects = facts.as_object().into_iter().flatten();
    let each = objects.flat_map(|(object, properties)| {
        let properties = properties.as_object().into_iter().flatten().filter(|(name, _)| !is_id(name));
        let mut properties: Vec<_> = properties.collect();
        properties.sort_by_key(|(_, value)| {
            let moment = value.as_str().and_then(|text| text.parse::<Timestamp>().ok());
            let date = value.as_str().and_then(|text| text.parse::<civil::Date>().ok());
            (moment.is_none() && date.is_none(), moment, date)
        });
        properties.into_iter().filter_map(move |(name, value)| {
            let text = match value {
                serde_json::Value::String(text) => match text.parse::<Timestamp>() {
                    Ok(moment) => format::moment(speech.language, moment, &speech.zone, speech.now),
                    Err(_) => text
                        .parse::<civil::Date>()
                        .map_or_else(|_| saying.value(text), |date| format::date(speech.language, date)),
                },
                serde_json::Value::Null => return None,
                serde_json::Value::Bool(yes) => {
                    speech.say(&Text::new(if *yes { "happening-yes" } else { "happening-no" }))
                }
                other => other.to_string(),
            };
            let fact = FactPath { object: object.clone(), property: name.clone() };
            Some((naming::capital(&saying.label(&fact)), text))
        })
    });
    each.take(40).collect()
}

/// The id of an object itself, or of another.
fn is_id(property: &str) -> bool {
    property == "id" || property.ends_with("_id")
}

#[cfg(test)]
mod tests {
    use words::{CustomerId, JourneyId, Language, RunId, TouchpointId};

    use super::*;
    use crate::language::CustomerWord;

    fn row(due: Option<&str>) -> TaskRow {
        TaskRow {
            key: EffectKey::stored("k"),
            organisation: "rijnoever".into(),
            customer: CustomerId::from_u128(1),
            run: RunId::from_u128(1),
            journey: JourneyId::new("reparatie"),
            touchpoint: TouchpointId::new("niet-thuis"),
            team: "planning".into(),
            title: "Bel".into(),
            due: due.map(|due| due.parse().unwrap()),
            script: None,
            facts: json!({ "appointment": {
                "end": "2026-11-24T11:00:00Z", "id": "A-1", "repair_id": "R-1", "start": "2026-11-24T09:00:00Z", "status": "booked",
                "until": "2026-11-27",
            } }),
            object: None,
            made: "2026-11-24T08:00:00Z".parse().unwrap(),
            complaint: None,
            state: TaskState::Open,
        }
    }

    fn speech(now: &str) -> Speech {
        Speech {
            language: Language::Nl,
            zone: jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap(),
            customer: CustomerWord::new("huurder", "huurders"),
            now: now.parse().unwrap(),
        }
    }

    #[test]
    fn what_begins_stands_before_what_ends_and_ids_stay_away() {
        let facts = facts(&row(None).facts, Saying::general(Language::Nl), &speech("2026-11-24T08:00:00Z"));
        let values: Vec<&str> = facts.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values.len(), 4, "{facts:?}");
        assert!(values[1].contains("10:00") && values[2].contains("12:00"), "{facts:?}");
        assert_eq!(values[0], "27 november 2026");
    }

    #[test]
    fn a_task_for_at_once_is_never_late_and_another_is_from_its_moment() {
        let later = speech("2026-11-24T09:30:00Z");
        assert_eq!(late(&row(Some("2026-11-24T08:00:00Z")), &later), None, "due when it was made");
        assert_eq!(late(&row(Some("2026-11-24T09:00:00Z")), &later), Some("30 minuten".into()));
        assert_eq!(late(&row(Some("2026-11-24T10:00:00Z")), &later), None);
        assert_eq!(late(&row(None), &later), None);
    }

    #[test]
    fn an_address_has_no_empty_lines() {
        let mut customer = Customer::unknown(CustomerId::from_u128(1));
        assert_eq!(address(&customer), Vec::<String>::new());
        customer.address.town = Some("Rijnoever".into());
        assert_eq!(address(&customer), ["Rijnoever"]);
        customer.address.street = Some("Kade 1".into());
        customer.address.postcode = Some("3990 AB".into());
        assert_eq!(address(&customer), ["Kade 1", "3990 AB Rijnoever"]);
    }
}
