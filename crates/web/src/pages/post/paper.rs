//! Letters as a document that a browser shows and a printer prints.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use service::sending::{sender_of, window};
use words::{Channel, EffectKey, paper::Letter};

use crate::{
    App,
    language::Text,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
};

/// Makes a document away from the threads that serve pages. The names in it keep it out of every store on the way.
pub(crate) async fn document(
    staff: &Staff,
    file: &str,
    make: impl FnOnce() -> Result<Vec<u8>, ::post::Trouble> + Send + 'static,
) -> Answer {
    let made = tokio::task::spawn_blocking(make).await.map_err(|_| Problem::Broken)?;
    let pdf = made.map_err(|trouble| {
        let reason = trouble.cause.message(staff.speech.language);
        Problem::Invalid(Text::new("post-not-printed").with("reason", reason))
    })?;
    Ok(answer(pdf, file))
}

fn answer(pdf: Vec<u8>, file: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{file}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, pdf).into_response()
}

/// One message as its letter or card, as it was printed or would be.
pub(crate) async fn of_message(viewer: Viewer, State(app): State<App>, Path(key): Path<String>) -> Answer {
    let row = app.store.message(&viewer.house.id, &EffectKey::stored(key)).await?.ok_or(Problem::NotFound)?;
    let own = row.channel.as_ref().filter(|channel| channel.is_paper());
    let channel = own.or_else(|| row.send.channels.iter().find(|channel| channel.is_paper()));
    let channel = channel.cloned().ok_or(Problem::NotFound)?;
    let made = app.service.carrier.preview(&row, &channel).await?.ok_or(Problem::NotFound)?;
    let is_kept = row.rendered.is_some();
    let letter = made.letter.ok_or_else(|| Problem::Invalid(Text::new("post-no-address")))?;
    let letter = if is_kept {
        letter
    } else {
        let from = app.service.carrier.letter_from(&row.organisation, &row.principal, &channel).await?;
        Letter { from, ..letter }
    };
    one(&app, &viewer, &channel, letter).await
}

/// A letter or card alone.
async fn one(app: &App, staff: &Staff, channel: &Channel, letter: Letter) -> Answer {
    let senders = app.store.senders(&staff.house.id).await?;
    let window = window(sender_of(&senders, channel));
    let title = letter.subject.clone().unwrap_or_else(|| staff.say(&Text::new("post-title")));
    document(staff, "brief.pdf", move || ::post::print(&[letter], window, &title)).await
}
