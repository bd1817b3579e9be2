//! Correcting what stands in quarantine: one, many or all of one reason, with a look at what changes before it is sent.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Form, Router,
    extract::{Query, State},
    http::StatusCode,
    routing::get,
};
use minijinja::{Value, context};
use serde_json::json;
use service::{
    Chosen, OFFERED_MAX, Stays, connections,
    intake::{Code, correction::Correction, correction::fields_of},
    mend, quarantine_text,
};
use store::{Paging, QuarantineFilter, Quarantined};

use super::{super::becomes::becomes, PATH, asked::Asked, pretty};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

/// Things that a look is taken at before they are sent.
const LOOKED: u32 = 500;
/// Things that are shown before and after.
const SHOWN: usize = 5;
/// Things that are asked which fields they have.
const READ_FOR_FIELDS: usize = 50;

pub(super) fn router() -> Router<App> {
    Router::new().route("/koppelingen/niet-verwerkt/verbeteren", get(look).post(send))
}

/// The things that were chosen, as far as they are looked at.
struct Found {
    rows: Vec<Quarantined>,
    total: u64,
}

async fn found(staff: &Staff, chosen: &Chosen) -> Result<Found, Problem> {
    let (store, house) = (&staff.app.store, &staff.house.id);
    match chosen {
        Chosen::These(ids) => {
            let mut rows = Vec::new();
            for id in ids.iter().take(LOOKED as usize) {
                rows.extend(store.quarantined(house, id).await?);
            }
            Ok(Found { total: rows.len() as u64, rows })
        }
        Chosen::All { source, reason } => {
            let filter = QuarantineFilter { source: source.as_deref(), reason: Some(reason) };
            let listed = store.quarantine(house, filter, Paging::first(LOOKED)).await?;
            Ok(Found { total: listed.total, rows: listed.rows })
        }
    }
}

async fn look(editor: Editor, Query(pairs): Query<Vec<(String, String)>>) -> Answer {
    let asked = Asked::read(pairs);
    page(&editor, StatusCode::OK, asked).await
}

async fn page(staff: &Staff, status: StatusCode, mut asked: Asked) -> Answer {
    let Some(chosen) = asked.chosen(&staff.house.id) else {
        return staff.go(PATH, Text::new("correct-none-chosen"));
    };
    let found = found(staff, &chosen).await?;
    if found.rows.is_empty() {
        return staff.go(PATH, Text::new("correct-none-left"));
    }
    let (mut preview, mut remarks) = (None, Remarks::default());
    if asked.way.is_some() {
        match asked.correction() {
            Ok(correction) => preview = Some(previewed(staff, &found.rows, &correction).await?),
            Err(wrong) => remarks = wrong,
        }
    } else {
        suggest(&mut asked, &found.rows);
    }
    let status = if remarks.is_empty() { status } else { StatusCode::UNPROCESSABLE_ENTITY };
    let reasons: BTreeSet<String> = found.rows.iter().take(READ_FOR_FIELDS).map(|row| why(staff, row)).collect();
    let page = context! {
        total => found.total,
        max => OFFERED_MAX,
        chosen => data(asked.chosen_pairs()),
        fields => fields(&found.rows),
        reasons => reasons.into_iter().take(SHOWN).collect::<Vec<_>>(),
        asked => context! {
            way => asked.way.as_deref().unwrap_or_default(), field => asked.field, from => asked.from, to => asked.to
        },
        preview,
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "quarantine/correct.html", page)
}

/// What most likely helps against the reason why the first of them stands here.
fn suggest(asked: &mut Asked, rows: &[Quarantined]) {
    let Some(row) = rows.first() else { return };
    let item = mend(row, &Correction::None, None, row.received).before;
    let own = |names: [&str; 2]| {
        let fields = fields_of(&item);
        let found = fields.iter().map(ToString::to_string).find(|field| names.contains(&field.as_str()));
        found.unwrap_or_default()
    };
    let name = || own(["event", "name"]);
    let (way, field, from) = match Code::parse(&row.reason) {
        Some(Code::BadName | Code::ReservedName) => ("vervang", name(), row.detail.clone()),
        Some(Code::NoName) => ("vul", name(), String::new()),
        Some(Code::NoIdentity) => ("kopieer", own(["userId", "customer"]), String::new()),
        Some(Code::BadTime | Code::FutureTime) => ("vervang", own(["timestamp", "time"]), row.detail.clone()),
        _ => ("niets", String::new(), String::new()),
    };
    (asked.way, asked.field, asked.from) = (Some(way.to_owned()), field, from);
}

fn why(staff: &Staff, row: &Quarantined) -> String {
    quarantine_text(&row.reason, &row.detail, staff.speech.language)
}

fn fields(rows: &[Quarantined]) -> Vec<String> {
    let mut fields = Vec::new();
    for row in rows.iter().take(READ_FOR_FIELDS) {
        for field in fields_of(&mend(row, &Correction::None, None, row.received).before) {
            let field = field.to_string();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    fields
}

async fn previewed(staff: &Staff, rows: &[Quarantined], correction: &Correction) -> Result<Value, Problem> {
    let (mut go, mut unchanged, mut unread, mut samples) = (0, 0, 0, Vec::new());
    let mut readings = BTreeMap::new();
    for row in rows {
        if !readings.contains_key(&row.source) {
            let reading = connections::reading(staff.app.store.as_ref(), &staff.house.id, &row.source).await?;
            readings.insert(row.source.clone(), reading);
        }
        let reading = readings.get(&row.source).and_then(Option::as_ref);
        let mended = mend(row, correction, reading, staff.speech.now);
        let (becomes, stays) = match &mended.becomes {
            Ok((events, _)) => {
                go += 1;
                (events.first().map(|event| becomes(staff, event, events.len())), None)
            }
            Err(stays) => {
                let count = if *stays == Stays::Unchanged { &mut unchanged } else { &mut unread };
                *count += 1;
                (None, Some(stays_text(staff, stays)))
            }
        };
        if samples.len() < SHOWN {
            samples.push(context! {
                before => pretty(&mended.before), after => pretty(&mended.after), becomes, stays
            });
        }
    }
    Ok(context! { go, unchanged, unread, checked => rows.len(), samples })
}

fn stays_text(staff: &Staff, stays: &Stays) -> String {
    match stays {
        Stays::Unchanged => staff.say(&Text::new("correct-unchanged")),
        Stays::Unread(reason) => reason.say(staff.speech.language),
    }
}

async fn send(editor: Editor, State(app): State<App>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let asked = Asked::read(pairs);
    let (Some(chosen), Ok(correction)) = (asked.chosen(&editor.house.id), asked.correction()) else {
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, asked).await;
    };
    let (house, now) = (&editor.house.id, editor.speech.now);
    let offered = app.service.intake.offer_again(house, &chosen, &correction, now).await?;
    app.service.wake();
    let detail = json!({
        "way": asked.way, "field": asked.field, "reason": asked.reason, "source": asked.source,
        "sent": offered.sent, "stayed": offered.stayed,
    });
    editor.record("quarantine.corrected", &offered.sent.to_string(), detail).await?;
    let told: Vec<Value> = offered
        .told
        .iter()
        .map(|(row, stays)| context! { why => stays_text(&editor, stays), raw => super::pretty_text(&row.raw) })
        .collect();
    let page = context! {
        sent => offered.sent, known => offered.known, stayed => offered.stayed, left => offered.left, told
    };
    editor.render("quarantine/offered.html", page)
}
