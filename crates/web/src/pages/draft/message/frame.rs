//! A message alone: the mail as a mail program shows it, the letter as a printer prints it. Both of the text that is kept.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{Html, IntoResponse},
};
use serde::Deserialize;
use service::sending::{sender_of, window};
use voice::{Context, Declared, Message};
use words::Channel;

use super::{
    known, language,
    preview::{Around, As},
    seen_by,
};
use crate::{
    language::Text,
    pages::{
        draft::{opened::Opened, people},
        message::POLICY,
        post::document,
    },
    problem::{Answer, Problem},
    session::{Staff, Viewer},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages::draft) struct Asked {
    taal: String,
    #[serde(rename = "als")]
    seen_as: String,
    kanaal: String,
}

/// What is kept of a message in one language, and whom one sees.
async fn kept(staff: &Staff, opened: &Opened, name: &str, asked: &Asked) -> Result<(Message, Context), Problem> {
    known(opened, name)?;
    let language = language(opened, Some(&asked.taal));
    let source = opened.folder.message(name, language).unwrap_or_default();
    let message = Message::parse(source, language).map_err(|_| Problem::NotFound)?;
    let people = people::on(staff, &opened.row.id).await?;
    let wanted = As::read(&asked.seen_as, people.len());
    let found = seen_by(staff, opened, &wanted).await?;
    let declared = Declared::of(opened.definition()?, &opened.organisation, name);
    let around = Around::of(staff, opened, &[], name);
    let context = around.context(&message, &declared, &people, found.as_ref(), &wanted);
    Ok((message, context))
}

pub(in crate::pages::draft) async fn mail(
    viewer: Viewer,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &id).await?;
    let (message, context) = kept(&viewer, &opened, &name, &asked).await?;
    let made = voice::render(&message, &Channel::email(), &context).ok().and_then(|made| made.html);
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::X_FRAME_OPTIONS, "SAMEORIGIN")];
    Ok((headers, Html(made.ok_or(Problem::NotFound)?)).into_response())
}

pub(in crate::pages::draft) async fn paper(
    viewer: Viewer,
    Path((id, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let channel = Some(Channel::new(asked.kanaal.as_str())).filter(Channel::is_paper).ok_or(Problem::NotFound)?;
    let opened = Opened::of(&viewer, &id).await?;
    let (message, context) = kept(&viewer, &opened, &name, &asked).await?;
    let senders = viewer.app.store.senders(&viewer.house.id).await?;
    let made = Around::of(&viewer, &opened, &senders, &name).letter(&message, &channel, &context);
    let letter = made.map_err(|reason| Problem::Invalid(Text::new("post-not-printed").with("reason", reason)))?;
    let window = window(sender_of(&senders, &channel));
    let title = letter.subject.clone().unwrap_or_else(|| name.replace('-', " "));
    document(&viewer, "brief.pdf", move || ::post::print(&[letter], window, &title)).await
}
