//! Taking in addresses that another system must not reach either: first what a table would do, then doing it. What cannot be taken
//! stays in the field, to be mended.

use axum::{
    extract::{Multipart, State},
    http::StatusCode,
};
use minijinja::{Value, context};
use serde_json::json;
use words::Channel;

use super::{
    PATH,
    told::{Fault, Origin, ROWS_MAX, Told},
};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

/// Rows that are named one by one.
const SHOWN: usize = 100;
/// Addresses that are looked up at once.
const ASKED_AT_ONCE: usize = 1_000;

/// What the form holds.
#[derive(Default)]
struct Filled {
    text: String,
    file: Vec<u8>,
    is_to_be_done: bool,
}

impl Filled {
    async fn of(mut multipart: Multipart) -> Result<Self, Problem> {
        let unreadable = |_| Problem::TooLarge;
        let mut filled = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
            match field.name() {
                Some("text") => filled.text = field.text().await.map_err(unreadable)?,
                Some("file") => filled.file = field.bytes().await.map_err(unreadable)?.to_vec(),
                Some("doen") => filled.is_to_be_done = field.text().await.map_err(unreadable)? == "ja",
                _ => {}
            }
        }
        // Another table was chosen: nobody saw what it would do.
        filled.is_to_be_done &= filled.file.is_empty();
        Ok(filled)
    }

    fn bytes(&self) -> Vec<u8> {
        if self.file.is_empty() { self.text.clone().into_bytes() } else { self.file.clone() }
    }

    /// As it stands in the field, so that it can be mended there.
    fn shown(&self) -> String {
        let bytes = self.bytes();
        String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned()
    }
}

pub(super) async fn ask(editor: Editor) -> Answer {
    page(&editor, StatusCode::OK, "", None, &Remarks::default())
}

pub(super) async fn take(editor: Editor, State(app): State<App>, multipart: Multipart) -> Answer {
    let filled = Filled::of(multipart).await?;
    let origin = Origin { organisation: &editor.house.id, zone: &editor.house.zone, now: app.clock.now() };
    let told = match Told::read(filled.bytes(), &origin) {
        Ok(told) => told,
        Err(why) => {
            let mut remarks = Remarks::default();
            remarks.add("text", why);
            return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &filled.shown(), None, &remarks);
        }
    };
    if !filled.is_to_be_done {
        let known = known(&app, &told).await?;
        let seen = Seen { fresh: told.rows.len() - known, known, added: None, told: &told };
        return page(&editor, StatusCode::OK, &filled.shown(), Some(seen), &Remarks::default());
    }
    let count = told.rows.len();
    let added = usize::try_from(app.store.suppress_all(told.rows.clone()).await?).unwrap_or(count);
    editor.record("address.taken", &added.to_string(), json!({ "rows": count, "added": added })).await?;
    if told.faults.is_empty() {
        return editor.go(PATH, Text::new("suppression-taken").with("count", added));
    }
    let seen = Seen { fresh: 0, known: count - added, added: Some(added), told: &told };
    page(&editor, StatusCode::OK, &told.left(), Some(seen), &Remarks::default())
}

/// How many of these are on the list already.
async fn known(app: &App, told: &Told) -> Result<usize, Problem> {
    let mut known = 0;
    for piece in told.rows.chunks(ASKED_AT_ONCE) {
        let asked: Vec<(Channel, String)> =
            piece.iter().map(|row| (row.channel.clone(), row.address.clone())).collect();
        known += app.store.suppressed(&piece[0].organisation, &asked).await?.len();
    }
    Ok(known)
}

/// What a table would do, or did.
struct Seen<'a> {
    fresh: usize,
    known: usize,
    added: Option<usize>,
    told: &'a Told,
}

fn page(staff: &Staff, status: StatusCode, text: &str, seen: Option<Seen<'_>>, remarks: &Remarks) -> Answer {
    let fault = |fault: &Fault| context! { line => fault.line, why => staff.say(&fault.why) };
    let seen = seen.map(|seen| {
        let faults: Vec<Value> = seen.told.faults.iter().take(SHOWN).map(fault).collect();
        context! {
            fresh => seen.fresh,
            known => seen.known,
            added => seen.added,
            repeated => seen.told.repeated,
            faulty => seen.told.faults.len(),
            more => seen.told.faults.len().saturating_sub(SHOWN),
            faults,
        }
    });
    let page = context! { text, seen => data(seen), rows_max => ROWS_MAX, remarks => remarks.said_by(staff) };
    staff.render_as(status, "suppression/import.html", page)
}
