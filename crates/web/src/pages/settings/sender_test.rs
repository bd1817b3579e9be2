//! Proving that a sender works: a code travels by it, and only who received the code can type it in.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::{get, post},
};
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use service::{
    sending::{sender_lines, window},
    token,
};
use store::{Face, Link, Purpose, Sender, SenderName};
use words::paper::{Block, Inline, Letter};

use super::{sender, suppression::normal};
use crate::{
    App, courier,
    form::Remarks,
    language::Text,
    pages::post::document,
    problem::{Answer, Problem},
    secret,
    session::{Owner, Staff},
};

/// How long a code works.
const CODE_HOURS: i64 = 24;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/instellingen/afzenders/{channel}/proef", post(send))
        .route("/instellingen/afzenders/{channel}/code", get(ask).post(check))
}

#[derive(Debug, Deserialize)]
struct To {
    #[serde(default)]
    to: String,
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    code: String,
}

async fn send(owner: Owner, State(app): State<App>, Path(channel): Path<String>, Form(filled): Form<To>) -> Answer {
    let name = sender::sending(&app, &owner, &channel).await?;
    let kept = sender::kept(&app, &owner, &name).await?.ok_or(Problem::NotFound)?;
    let channel = &name.channel;
    if channel.is_paper() {
        return print(owner, &app, kept).await;
    }
    let Some(to) = normal(channel, &filled.to) else {
        return Err(Problem::Invalid(Text::new("remark-address")));
    };
    app.limits.code.take(&called(&owner, &name), owner.speech.now).map_err(|seconds| Problem::TooMany { seconds })?;
    let code = secret::code(app.random.as_ref());
    keep(&app, &owner, &name, &code).await?;
    let link = app.link_to(&format!("{}?code={code}", path(&name)));
    let letter = courier::Letter {
        html: None,
        to: to.clone(),
        subject: owner.say(&Text::new("sender-letter-subject").with("organisation", owner.house.name.clone())),
        body: owner.say(
            &Text::new("sender-letter")
                .with("organisation", owner.house.name.clone())
                .with("code", code)
                .with("link", link),
        ),
    };
    match courier::carry(&app, &kept, letter, owner.speech.language).await {
        Ok(()) => {
            owner.record("sender.test_sent", &kept.name().to_string(), json!({})).await?;
            owner.go(&path(&name), Text::new("sender-test-sent").with("to", to))
        }
        Err(reason) => Err(Problem::Invalid(Text::new("sender-test-failed").with("reason", reason))),
    }
}

/// The code on a letter or card of our own: who has it in hand sees whether the address fits the window.
async fn print(owner: Owner, app: &App, kept: Sender) -> Answer {
    app.limits
        .code
        .take(&called(&owner, &kept.name()), owner.speech.now)
        .map_err(|seconds| Problem::TooMany { seconds })?;
    let code = secret::code(app.random.as_ref());
    keep(app, &owner, &kept.name(), &code).await?;
    let paragraph = |text: String| Block::Paragraph(vec![Inline::Text(text)]);
    let today = owner.speech.today();
    let letter = Letter {
        language: owner.speech.language,
        card: kept.channel.as_str() == "card",
        from: sender_lines(&Face::default(), Some(&kept)),
        to: ["sender-paper-name", "sender-paper-street", "sender-paper-town"]
            .map(|key| owner.say(&Text::new(key)))
            .to_vec(),
        date: format!("{} {} {}", today.day(), owner.speech.language.month(today), today.year()),
        subject: Some(owner.say(&Text::new("sender-letter-subject").with("organisation", owner.house.name.clone()))),
        body: vec![paragraph(owner.say(&Text::new("sender-paper").with("code", code)))],
    };
    owner.record("sender.test_sent", &kept.name().to_string(), json!({})).await?;
    let (window, title) = (window(Some(&kept)), owner.say(&Text::new("sender-test")));
    document(&owner, "proef.pdf", move || ::post::print(&[letter], window, &title)).await
}

/// The page on which the code is typed; the link in the message fills it in. Following a link alone proves nothing: mail
/// scanners follow links too.
async fn ask(owner: Owner, State(app): State<App>, Path(channel): Path<String>, Query(typed): Query<Typed>) -> Answer {
    let name = sender::sending(&app, &owner, &channel).await?;
    sender::kept(&app, &owner, &name).await?.ok_or(Problem::NotFound)?;
    page(&owner, StatusCode::OK, &name, &typed.code, &Remarks::default())
}

async fn check(owner: Owner, State(app): State<App>, Path(channel): Path<String>, Form(typed): Form<Typed>) -> Answer {
    let name = sender::sending(&app, &owner, &channel).await?;
    let kept = sender::kept(&app, &owner, &name).await?.ok_or(Problem::NotFound)?;
    let now = owner.speech.now;
    app.limits.code.take(&called(&owner, &name), now).map_err(|seconds| Problem::TooMany { seconds })?;
    let code = secret::as_given(&typed.code);
    let hash = token::hash(&format!("{} {code}", called(&owner, &name)));
    if !app.store.use_link(&hash, Purpose::SenderTest, now).await? {
        let mut remarks = Remarks::default();
        remarks.add("code", Text::new("sender-remark-code"));
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &name, &typed.code, &remarks);
    }
    app.store.save_sender(Sender { tested: Some(now), ..kept }).await?;
    owner.record("sender.tested", &name.to_string(), json!({})).await?;
    owner.go(sender::PATH, Text::new("sender-tested"))
}

/// Keeps the code as the only one that works for this sender.
async fn keep(app: &App, owner: &Staff, name: &SenderName, code: &str) -> Result<(), Problem> {
    let subject = name.to_string();
    app.store.revoke_links(&owner.house.id, Purpose::SenderTest, &subject).await?;
    let hash = token::hash(&format!("{} {code}", called(owner, name)));
    let about = (subject, json!({}));
    let link = Link::new(hash, Purpose::SenderTest, &owner.house.id, about, (owner.speech.now, CODE_HOURS));
    Ok(app.store.save_link(link).await?)
}

fn called(owner: &Staff, name: &SenderName) -> String {
    format!("{} {name}", owner.house.id)
}

fn path(name: &SenderName) -> String {
    format!("{}/{name}/code", sender::PATH)
}

fn page(owner: &Staff, status: StatusCode, name: &SenderName, code: &str, remarks: &Remarks) -> Answer {
    let page =
        context! { channel => name.channel.as_str(), at => name.to_string(), code, remarks => remarks.said_by(owner) };
    owner.render_as(status, "sender/code.html", page)
}
