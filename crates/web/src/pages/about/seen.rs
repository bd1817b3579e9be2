//! What there is to see of a message by its link.

use axum::http::StatusCode;
use jiff::Timestamp;
use minijinja::context;
use serde::Deserialize;
use service::{Live, token};
use store::{Link, OutboxRow, Purpose, SendState};
use words::{Channel, Class, EffectKey, JourneyId, TouchpointId};

use super::{masked::masked, tell::Typed};
use crate::{
    App,
    form::Remarks,
    pages::{
        ask::{self, Holder, Trouble, holder},
        message, naming, today,
    },
    problem::{Answer, Problem},
    shell::Shell,
    views::data,
};

/// Facts that the page shows.
const FACTS_MAX: usize = 3;

/// What the link says of its message, which is kept for less long.
#[derive(Debug, Deserialize)]
struct Subject {
    key: EffectKey,
    journey: JourneyId,
    touchpoint: TouchpointId,
    channel: Option<Channel>,
}

/// What a link gives.
pub(super) enum Found {
    Seen(Box<Seen>),
    /// It worked until some time ago: who sent what it was about, and when.
    Past(Link),
    Nothing,
}

/// A message with whom it was sent to.
pub(super) struct Seen {
    pub(super) holder: Holder,
    /// As it went; `None` when it is not kept any more.
    pub(super) row: Option<OutboxRow>,
    subject: Subject,
    journey: Option<Live>,
    token: String,
}

/// Looks a link up; changes nothing.
pub(super) async fn find(app: &App, token: &str) -> Result<Found, Problem> {
    let holder = match holder(&app.service, token, &[Purpose::Message], app.clock.now()).await? {
        Ok(holder) => holder,
        Err(Trouble::Unknown) => return Ok(Found::Nothing),
        Err(Trouble::Expired) => {
            let link = app.store.link(&token::hash(&token::as_given(token)), Purpose::Message).await?;
            return Ok(link.map_or(Found::Nothing, Found::Past));
        }
    };
    let Ok(subject) = serde_json::from_value::<Subject>(holder.link.subject.clone()) else { return Ok(Found::Nothing) };
    let row = app.store.message(&holder.link.organisation, &subject.key).await?;
    let live = app.service.catalog.live(&holder.link.organisation).await?;
    let journey = live.into_iter().find(|live| live.row.id == subject.journey);
    Ok(Found::Seen(Box::new(Seen { holder, row, subject, journey, token: token.to_owned() })))
}

impl Found {
    /// What is said where there is nothing to see any more.
    pub(super) async fn page(self, app: &App, shell: &Shell) -> Answer {
        let Self::Past(link) = self else { return Trouble::Unknown.page(shell) };
        let Some(organisation) = app.service.catalog.organisation(&link.organisation).await? else {
            return Trouble::Unknown.page(shell);
        };
        let page = context! {
            organisation => organisation.name.as_str(),
            face => (),
            sent => link.created.to_string(),
            phone => None::<String>,
            back => None::<String>,
        };
        shell.render_as(StatusCode::GONE, "about/past.html", page)
    }
}

impl Seen {
    /// By which channel it went.
    fn channel(&self) -> Option<&Channel> {
        self.row.as_ref().and_then(|row| row.channel.as_ref()).or(self.subject.channel.as_ref())
    }

    /// When it went.
    fn sent(&self) -> Timestamp {
        match self.row.as_ref().map(|row| &row.state) {
            Some(SendState::Sent { time, .. }) => *time,
            _ => self.holder.link.created,
        }
    }

    /// How an answer reaches who reads this: as the message did, else as one is known.
    pub(super) fn answered_by(&self) -> Option<(Channel, String)> {
        ask::way_back(Some(self.row.as_ref()?), &self.holder.customer)
    }

    /// The page.
    pub(super) async fn page(
        &self,
        app: &App,
        shell: &Shell,
        status: StatusCode,
        typed: &Typed,
        remarks: &Remarks,
        said: Option<&str>,
    ) -> Answer {
        let shell = self.holder.shell(shell);
        let seen = &self.holder.seen;
        let row = self.row.as_ref();
        let definition = self.journey.as_ref().map(|live| live.published.definition.clone());
        // What a message of ours about a complaint, or an answer, holds is for ourselves.
        let of_journey = row.zip(definition.as_deref()).filter(|(row, d)| d.touchpoint(&row.touchpoint).is_some());
        let facts = of_journey.map(|(row, definition)| {
            let saying = naming::saying(definition, &shell.speech);
            today::facts(&row.send.facts, saying, &shell.speech)
        });
        let way = self.answered_by();
        let phone = seen.phone.clone();
        let phone = phone
            .or_else(|| definition.as_deref().and_then(|definition| ask::phone(definition, &self.subject.touchpoint)));
        let page = context! {
            organisation => seen.name.as_str(),
            face => seen.context(),
            address => self.holder.address(),
            token => self.token.as_str(),
            said,
            sent => self.sent().to_string(),
            channel => self.channel().map(|channel| naming::channel(&shell.speech, channel.as_str())),
            is_paper => self.channel().is_some_and(Channel::is_paper),
            to => row.and_then(|row| Some(masked(row.channel.as_ref()?, row.to.as_ref()?))),
            subject => row.and_then(|row| row.rendered.as_ref()?.subject.clone()),
            about => self.about(app, &shell).await?,
            facts => facts.into_iter().flatten().take(FACTS_MAX).collect::<Vec<_>>(),
            told_in => definition.as_deref().map(|d| d.language.tag()).filter(|tag| *tag != shell.speech.language.tag()),
            asks => row.is_some_and(|row| !row.send.ask.is_empty()),
            markets => row.is_some_and(|row| row.send.class == Class::Marketing),
            site => app.link_to("/"),
            lines => seen.lines.iter().filter(|line| **line != seen.name).cloned().collect::<Vec<_>>(),
            way => way.map(|(channel, to)| context! {
                channel => naming::channel(&shell.speech, channel.as_str()),
                to => masked(&channel, &to),
            }),
            typed => data(typed),
            remarks => remarks.said_by(&shell),
            phone,
            back => None::<String>,
        };
        shell.render_as(status, "about/show.html", page)
    }

    /// What it is about, as the journey calls it.
    async fn about(&self, app: &App, shell: &Shell) -> Result<Option<String>, Problem> {
        let Some(row) = &self.row else { return Ok(None) };
        let titles = message::Titles::of(app, &row.organisation, std::slice::from_ref(row)).await?;
        Ok(Some(titles.message(row, &shell.speech)).filter(|title| title != row.touchpoint.as_str()))
    }
}
