//! What who got a message says about it.

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use serde::{Deserialize, Serialize};
use service::answering::{Reply, Taken, Wrong};
use words::{Channel, limits::TEXT_CHARS_MAX};

use super::{
    again,
    seen::{self, Found, Seen},
};
use crate::{
    App,
    form::Remarks,
    language::{Speech, Text},
    pages::{session::Stranger, staff_event},
    problem::{Answer, Problem},
    shell::Visitor,
};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Typed {
    /// `not_me` or `moved`.
    wrong: String,
    /// Where one lives now, or who does.
    words: String,
    question: String,
    /// `bel`: call me back; else the answer comes in writing.
    how: String,
    number: String,
}

/// It came to the wrong place.
pub(super) async fn misaddressed(
    visitor: Visitor,
    State(app): State<App>,
    stranger: Stranger,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let seen = match seen_by(&app, stranger, &token).await? {
        Found::Seen(seen) => seen,
        gone => return gone.page(&app, &visitor).await,
    };
    let mut remarks = Remarks::default();
    let wrong = Wrong::parse(&typed.wrong);
    remarks.expect(wrong.is_some(), "wrong", "remark-choice");
    remarks.expect(typed.words.chars().count() <= TEXT_CHARS_MAX, "words", "about-remark-long");
    let (Some(wrong), Some(row), true) = (wrong, &seen.row, remarks.is_empty()) else {
        return again(&app, &visitor, &seen, &typed, &remarks).await;
    };
    let text = told(&visitor, &seen, wrong, typed.words.trim());
    let pressed = seen.holder.link.pressed(&[wrong.as_str(), &typed.words], app.clock.now());
    let taken = app.service.answering.misaddressed(row, wrong, (&text, pressed), app.clock.now()).await?;
    after(&app, taken, &token, wrong.as_str()).await
}

/// Something to ask: it goes the way of every reply.
pub(super) async fn question(
    visitor: Visitor,
    State(app): State<App>,
    stranger: Stranger,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let seen = match seen_by(&app, stranger, &token).await? {
        Found::Seen(seen) => seen,
        gone => return gone.page(&app, &visitor).await,
    };
    let mut remarks = Remarks::default();
    let text = typed.question.trim();
    remarks.expect(!text.is_empty(), "question", "about-remark-question");
    remarks.expect(text.chars().count() <= TEXT_CHARS_MAX, "question", "about-remark-long");
    let written = seen.answered_by().filter(|_| typed.how != "bel");
    let way = written.or_else(|| {
        let number = service::intake::e164(&typed.number, "31")?;
        Some((Channel::new("phone"), number))
    });
    remarks.expect(way.is_some(), "number", "about-remark-number");
    let (Some((channel, from)), Some(row), true) = (way, &seen.row, remarks.is_empty()) else {
        return again(&app, &visitor, &seen, &typed, &remarks).await;
    };
    let now = app.clock.now();
    let pressed = seen.holder.link.pressed(&["question", text, &typed.number], now);
    let reply = Reply {
        organisation: row.organisation.clone(),
        channel,
        from,
        name: None,
        answers: Some(row.key.clone()),
        subject: row.rendered.as_ref().and_then(|made| made.subject.clone()),
        text: text.to_owned(),
        id: format!("page:{pressed}"),
        time: now,
        automatic: false,
        grievance: None,
    };
    let taken = app.service.answering.take(reply, now).await?;
    after(&app, taken, &token, "vraag").await
}

async fn seen_by(app: &App, Stranger(stranger): Stranger, token: &str) -> Result<Found, Problem> {
    app.limits.stranger.take(&stranger, app.clock.now()).map_err(|seconds| Problem::TooMany { seconds })?;
    seen::find(app, token).await
}

async fn after(app: &App, taken: Taken, token: &str, said: &str) -> Answer {
    match taken {
        Taken::New(event) => staff_event::applied(app, &event).await?,
        Taken::Duplicate => {}
        Taken::TooMany => return Err(Problem::TooMany { seconds: 3_600 }),
    }
    Ok(Redirect::to(&format!("/bericht/{token}?gezegd={said}")).into_response())
}

/// As staff read it, in the organisation's language.
fn told(visitor: &Visitor, seen: &Seen, wrong: Wrong, words: &str) -> String {
    let speech = Speech { language: seen.holder.organisation.language, ..visitor.speech.clone() };
    let said = speech.say(&Text::new(match wrong {
        Wrong::NotMe => "about-told-not-me",
        Wrong::Moved => "about-told-moved",
    }));
    if words.is_empty() { said } else { format!("{said}\n{words}") }
}
