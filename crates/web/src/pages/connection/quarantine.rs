//! What came in and could not be used: why, what to do, and the event as it came.

use axum::{
    Form, Router,
    extract::{Query, State},
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::{
    intake::{Receipt, Taken, native, segment},
    quarantine_text,
};
use store::{EventRef, QuarantineId, Quarantined};
use words::{Bucket, EventId, OrganisationId};

use crate::{
    App,
    language::Text,
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
}

#[derive(Debug, Default, Deserialize)]
struct Of {
    #[serde(default)]
    bron: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Chosen {
    id: String,
}

async fn list(viewer: Viewer, State(app): State<App>, Query(of): Query<Of>, Query(sheet): Query<Sheet>) -> Answer {
    let source = of.bron.filter(|source| !source.is_empty());
    let listed = app.store.quarantine(&viewer.house.id, source.as_deref(), sheet.paging()).await?;
    let sources = app.store.sources(&viewer.house.id).await?;
    let name = |id: &str| sources.iter().find(|one| one.id == id).map_or_else(|| id.to_owned(), |one| one.name.clone());
    let rows: Vec<Value> = listed.rows.iter().map(|row| shown(&viewer, row, name(&row.source))).collect();
    let source = source.as_deref().map(name);
    let page = context! { rows, total => listed.total, source, paging => sheet.context(PATH, listed.total) };
    viewer.render("quarantine/list.html", page)
}

async fn discard(editor: Editor, State(app): State<App>, Form(chosen): Form<Chosen>) -> Answer {
    let id = read_id(&editor.house.id, &chosen.id).ok_or(Problem::NotFound)?;
    if app.store.discard(&editor.house.id, &id).await? {
        editor.record("quarantine.discarded", &chosen.id, json!({})).await?;
    }
    editor.go(PATH, Text::new("quarantine-discarded"))
}

async fn take_again(editor: Editor, State(app): State<App>, Form(chosen): Form<Chosen>) -> Answer {
    let id = read_id(&editor.house.id, &chosen.id).ok_or(Problem::NotFound)?;
    let kept = app.store.quarantined(&editor.house.id, &id).await?.ok_or(Problem::NotFound)?;
    match &id {
        QuarantineId::Accepted(event) => {
            app.store.take_again(event).await?;
            app.service.wake();
        }
        QuarantineId::Rejected(_) => {
            let receipt = Receipt::new(kept.source.clone(), editor.speech.now);
            let Some(event) = reread(&kept.raw, &receipt) else {
                return editor.go(PATH, Text::new("quarantine-still-unusable"));
            };
            let (house, now) = (&editor.house.id, editor.speech.now);
            app.service.intake.accept(house, &kept.source, vec![Ok(event)], now).await?;
            app.store.discard(house, &id).await?;
            app.service.wake();
        }
    }
    editor.record("quarantine.taken_again", &chosen.id, json!({})).await?;
    editor.go(PATH, Text::new("quarantine-taken-again"))
}

/// The one event in a text that was refused before, when a newer version of us can read it.
fn reread(raw: &str, receipt: &Receipt) -> Option<words::Event> {
    let as_batch = format!("{{\"batch\":[{raw}]}}");
    let segment = || Some(segment::Body::parse(segment::Call::Batch, as_batch.as_bytes()).ok()?.events(receipt));
    let native = || native::events(raw.as_bytes(), receipt).ok();
    let one = |taken: Vec<Taken>| taken.into_iter().next()?.ok();
    segment().and_then(one).or_else(|| native().and_then(one))
}

fn shown(staff: &Staff, row: &Quarantined, source: String) -> Value {
    let pretty = serde_json::from_str::<serde_json::Value>(&row.raw)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| row.raw.clone());
    context! {
        id => write_id(&row.id),
        source,
        received => row.received.to_string(),
        why => quarantine_text(&row.reason, &row.detail, staff.speech.language),
        raw => pretty,
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

    #[test]
    fn what_can_be_read_by_now_is_taken_in_either_form() {
        let receipt = Receipt::new("planpakket", "2026-11-24T09:42:00Z".parse().unwrap());
        let segment = r#"{"type":"track","event":"Order Completed","userId":"u-1","messageId":"m-1"}"#;
        let native = r#"{"id":"n-1","name":"repair.reported","customer":"devries","properties":{"id":"R-1"}}"#;
        assert_eq!(reread(segment, &receipt).unwrap().name.as_str(), "order.completed");
        assert_eq!(reread(native, &receipt).unwrap().name.as_str(), "repair.reported");
        assert_eq!(reread("{}", &receipt), None);
        assert_eq!(reread("no json", &receipt), None);
    }
}
