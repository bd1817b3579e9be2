//! What came in and could not be used: why, what to do, and the event as it came.

mod asked;
mod correct;

use axum::{
    Form, Router,
    extract::{Query, State},
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::{Chosen, intake::correction::Correction, quarantine_text};
use store::{EventRef, QuarantineFilter, QuarantineId, Quarantined};
use words::{Bucket, EventId, OrganisationId};

use crate::{
    App,
    language::Text,
    pages::encoded,
    paging::Sheet,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

const PATH: &str = "/koppelingen/niet-verwerkt";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list))
        .route("/koppelingen/niet-verwerkt/verwijderen", post(discard))
        .route("/koppelingen/niet-verwerkt/opnieuw", post(take_again))
        .merge(correct::router())
}

#[derive(Debug, Default, Deserialize)]
struct Of {
    #[serde(default)]
    bron: Option<String>,
    #[serde(default)]
    reden: Option<String>,
}

#[derive(Debug, Deserialize)]
struct One {
    id: String,
}

async fn list(viewer: Viewer, State(app): State<App>, Query(of): Query<Of>, Query(sheet): Query<Sheet>) -> Answer {
    let (source, reason) = (of.bron.filter(|source| !source.is_empty()), of.reden.filter(|reason| !reason.is_empty()));
    let filter = QuarantineFilter { source: source.as_deref(), reason: reason.as_deref() };
    let listed = app.store.quarantine(&viewer.house.id, filter, sheet.paging()).await?;
    let sources = app.store.sources(&viewer.house.id).await?;
    let name = |id: &str| sources.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| one.name.clone());
    let rows: Vec<Value> = listed.rows.iter().map(|row| shown(&viewer, row, name(&row.source))).collect();
    let groups = app.store.quarantine_reasons(&viewer.house.id).await?;
    let groups: Vec<Value> = groups
        .iter()
        .map(|group| {
            context! {
                source => name(&group.source),
                why => quarantine_text(&group.reason, "…", viewer.speech.language),
                count => group.count,
                query => format!("?bron={}&reden={}", encoded(&group.source), encoded(&group.reason)),
            }
        })
        .collect();
    let query = [("bron", source.as_deref()), ("reden", reason.as_deref())]
        .iter()
        .filter_map(|(key, value)| Some(format!("{key}={}", encoded((*value)?))))
        .collect::<Vec<_>>()
        .join("&");
    let path = if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") };
    let source = source.as_deref().map(name);
    let is_part = source.is_some() || reason.is_some();
    let page = context! {
        rows, groups, is_part, source, total => listed.total, paging => sheet.context(&path, listed.total)
    };
    viewer.render("quarantine/list.html", page)
}

async fn discard(editor: Editor, State(app): State<App>, Form(chosen): Form<One>) -> Answer {
    let id = read_id(&editor.house.id, &chosen.id).ok_or(Problem::NotFound)?;
    if app.store.discard(&editor.house.id, &id).await? {
        editor.record("quarantine.discarded", &chosen.id, json!({})).await?;
    }
    editor.go(PATH, Text::new("quarantine-discarded"))
}

async fn take_again(editor: Editor, State(app): State<App>, Form(chosen): Form<One>) -> Answer {
    let id = read_id(&editor.house.id, &chosen.id).ok_or(Problem::NotFound)?;
    app.store.quarantined(&editor.house.id, &id).await?.ok_or(Problem::NotFound)?;
    let (house, now) = (&editor.house.id, editor.speech.now);
    let chosen_one = Chosen::These(vec![id]);
    let offered = app.service.intake.offer_again(house, &chosen_one, &Correction::None, now).await?;
    if offered.sent + offered.known == 0 {
        return editor.go(PATH, Text::new("quarantine-still-unusable"));
    }
    app.service.wake();
    editor.record("quarantine.taken_again", &chosen.id, json!({})).await?;
    editor.go(PATH, Text::new("quarantine-taken-again"))
}

fn shown(staff: &Staff, row: &Quarantined, source: String) -> Value {
    context! {
        id => write_id(&row.id),
        source,
        received => row.received.to_string(),
        why => quarantine_text(&row.reason, &row.detail, staff.speech.language),
        raw => pretty_text(&row.raw),
    }
}

/// JSON as a person reads it; a text that is none as it stands.
fn pretty_text(raw: &str) -> String {
    serde_json::from_str(raw).map_or_else(|_| raw.to_owned(), |value| pretty(&value))
}

fn pretty(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

/// The name of a thing in quarantine, for a form.
fn write_id(id: &QuarantineId) -> String {
    match id {
        QuarantineId::Rejected(id) => format!("r {id}"),
        QuarantineId::Accepted(event) => format!("a {} {} {}", event.bucket.number(), event.source, event.id),
    }
}

fn read_id(organisation: &OrganisationId, text: &str) -> Option<QuarantineId> {
    let (kind, rest) = text.split_once(' ')?;
    if kind == "r" {
        return Some(QuarantineId::Rejected(rest.parse().ok()?));
    }
    let mut parts = rest.splitn(3, ' ');
    Some(QuarantineId::Accepted(EventRef {
        organisation: organisation.clone(),
        bucket: Bucket::new(parts.next()?.parse().ok()?)?,
        source: parts.next()?.to_owned(),
        id: EventId::new(parts.next()?),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_form_is_read_back() {
        let organisation = OrganisationId::new("rijnoever");
        let accepted = QuarantineId::Accepted(EventRef {
            organisation: organisation.clone(),
            bucket: Bucket::new(12).unwrap(),
            source: "planpakket".into(),
            id: EventId::new("with spaces in it"),
        });
        let rejected = QuarantineId::Rejected(uuid::Uuid::nil());
        for id in [accepted, rejected] {
            assert_eq!(read_id(&organisation, &write_id(&id)), Some(id));
        }
        assert_eq!(read_id(&organisation, "a 5000 x y"), None);
        assert_eq!(read_id(&organisation, "nonsense"), None);
    }
}
