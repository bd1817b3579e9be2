//! A pile that was printed: its documents, and what came of it.

use axum::{
    Form,
    extract::{Path, State},
};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::sending::{sender_of, window};
use store::{OutboxRow, SendState};
use words::{EffectKey, paper::Letter};

use super::{paper::document, path, queue};
use crate::{
    App,
    language::Text,
    pages::{message, naming},
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

/// The rows of a pile; none: there is no such pile.
async fn rows(app: &App, staff: &Staff, pile: &str) -> Result<Vec<OutboxRow>, Problem> {
    let rows = app.service.carrier.pile(&staff.house.id, pile).await?;
    if rows.is_empty() { Err(Problem::NotFound) } else { Ok(rows) }
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(pile): Path<String>) -> Answer {
    let rows = rows(&app, &viewer, &pile).await?;
    let customers = queue::customers(&app, &viewer, &rows).await?;
    let titles = message::Titles::of(&app, &viewer.house.id, &rows).await?;
    let in_state = |name: &str| rows.iter().filter(|row| row.state.name() == name).count();
    let (printed, taken_back) = (in_state("printed"), in_state("withdrawn"));
    let letters: Vec<Value> = rows
        .iter()
        .map(|row| {
            let of = customers.iter().find(|stored| stored.customer.id == row.customer);
            context! {
                href => message::path(&row.key),
                key => row.key.as_str(),
                title => titles.message(row, &viewer.speech),
                name => of.map(|stored| naming::capital(&naming::person(&stored.customer, &viewer.speech))),
                to => letter(row).map(|letter| letter.to.join(", ")),
                state => row.state.name(),
            }
        })
        .collect();
    let page = context! {
        href => path(&pile),
        letters,
        printed,
        taken_back,
        posted => in_state("sent"),
        is_card => rows.iter().find_map(letter).is_some_and(|letter| letter.card),
        time => rows.iter().find_map(|row| match &row.state {
            SendState::Printed { time, .. } | SendState::Sent { time, .. } => Some(time.to_string()),
            _ => None,
        }),
    };
    viewer.render("post/pile.html", page)
}

fn letter(row: &OutboxRow) -> Option<&Letter> {
    row.rendered.as_ref()?.letter.as_ref()
}

/// Those that are to go, or went; what was taken back is not printed once more.
fn to_print(rows: &[OutboxRow]) -> Vec<Letter> {
    let going = rows.iter().filter(|row| matches!(row.state, SendState::Printed { .. } | SendState::Sent { .. }));
    going.filter_map(letter).cloned().collect()
}

pub(super) async fn letters(viewer: Viewer, State(app): State<App>, Path(pile): Path<String>) -> Answer {
    let rows = rows(&app, &viewer, &pile).await?;
    let letters = to_print(&rows);
    let channel = rows.iter().find_map(|row| row.channel.clone()).ok_or(Problem::NotFound)?;
    let senders = app.store.senders(&viewer.house.id).await?;
    let window = window(sender_of(&senders, &channel));
    let title = viewer.say(&Text::new("post-title"));
    document(&viewer, "brieven.pdf", move || ::post::print(&letters, window, &title)).await
}

pub(super) async fn labels(viewer: Viewer, State(app): State<App>, Path(pile): Path<String>) -> Answer {
    let letters = to_print(&rows(&app, &viewer, &pile).await?);
    let (title, language) = (viewer.say(&Text::new("post-labels")), viewer.speech.language);
    document(&viewer, "etiketten.pdf", move || ::post::labels(&letters, language, &title)).await
}

pub(super) async fn posted(editor: Editor, State(app): State<App>, Path(pile): Path<String>) -> Answer {
    let count = app.service.carrier.posted(&editor.house.id, &pile).await?;
    if count == 0 {
        return editor.go(super::PATH, Text::new("post-no-longer"));
    }
    editor.record("post.posted", &pile, json!({ "letters": count })).await?;
    app.service.wake();
    editor.go(super::PATH, Text::new("post-posted").with("count", count as u64))
}

#[derive(Deserialize)]
pub(super) struct Only {
    /// One letter; empty: the pile.
    #[serde(default)]
    key: String,
}

pub(super) async fn put_back(
    editor: Editor,
    State(app): State<App>,
    Path(pile): Path<String>,
    Form(only): Form<Only>,
) -> Answer {
    let key = Some(only.key).filter(|key| !key.is_empty()).map(|key| EffectKey::stored(&key));
    let count = app.service.carrier.put_back(&editor.house.id, &pile, key.as_ref()).await?;
    if count == 0 {
        return editor.go(super::PATH, Text::new("post-no-longer"));
    }
    editor.record("post.put_back", &pile, json!({ "letters": count })).await?;
    let stays = key.is_some() && rows(&app, &editor, &pile).await.is_ok();
    let to = if stays { path(&pile) } else { super::PATH.to_owned() };
    editor.go(&to, Text::new("post-waits-again").with("count", count as u64))
}
