//! The page that a poster opens: one question, five answers, no log-in and no script.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use journey::Organisation;
use minijinja::context;
use serde::Deserialize;
use serde_json::json;
use store::{Link, NewEvent};
use words::{Identity, Scale, limits::TEXT_CHARS_MAX};

use super::Poster;
use crate::{
    App,
    language::Speech,
    pages::{ask, desk, face::Seen, session::Stranger},
    problem::{Answer, Problem},
    shell::{Shell, Visitor},
};

/// What somebody chose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    mark: String,
    text: String,
    /// Of the page on which it was chosen: sent twice is once.
    once: String,
}

/// A poster with where it hangs.
struct Hanging {
    link: Link,
    poster: Poster,
    organisation: Arc<Organisation>,
    seen: Seen,
}

pub(super) async fn show(visitor: Visitor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    match hanging(&app, &token).await? {
        Some(hanging) => hanging.page(&app, &visitor, StatusCode::OK, &Filled::default()),
        None => taken_down(&visitor),
    }
}

pub(super) async fn keep(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Path(token): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer {
    app.limits.stranger.take(&stranger, app.clock.now()).map_err(|seconds| Problem::TooMany { seconds })?;
    let Some(hanging) = hanging(&app, &token).await? else { return taken_down(&visitor) };
    let score = filled.mark.parse().ok().and_then(|mark| Scale::Csat.experience(mark));
    let Some(score) = score else {
        return hanging.page(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &filled);
    };
    let Some(event) = hanging.event(&app, &visitor, score.value(), &filled).await? else { return taken_down(&visitor) };
    let event = NewEvent::from_outside(hanging.link.organisation.clone(), event);
    app.store.accept(vec![event]).await?;
    app.service.wake();
    let shell = hanging.shell(&visitor);
    let page = context! {
        organisation => hanging.organisation.name.as_str(),
        face => hanging.seen.context(),
        back => None::<String>,
        phone => None::<String>,
        address => hanging.organisation.address.as_str(),
    };
    shell.render("poster/thanks.html", page)
}

fn taken_down(visitor: &Visitor) -> Answer {
    visitor.render_as(StatusCode::GONE, "poster/gone.html", context! {})
}

async fn hanging(app: &App, token: &str) -> Result<Option<Hanging>, Problem> {
    let found = Poster::find(app, token).await?.filter(|(link, _)| link.expires > app.clock.now());
    let Some((link, poster)) = found else { return Ok(None) };
    let organisation = app.service.catalog.organisation(&link.organisation).await?;
    let Some(organisation) = organisation else { return Ok(None) };
    let seen = Seen::of(&app.service, &link).await?;
    Ok(Some(Hanging { link, poster, organisation, seen }))
}

impl Hanging {
    /// It speaks the organisation's language.
    fn shell(&self, shell: &Shell) -> Shell {
        let (language, zone) = (self.organisation.language, self.organisation.zone.clone());
        shell.speaking(Speech { language, zone, ..shell.speech.clone() })
    }

    fn page(&self, app: &App, visitor: &Visitor, status: StatusCode, filled: &Filled) -> Answer {
        let shell = self.shell(visitor);
        let page = context! {
            organisation => self.organisation.name.as_str(),
            face => self.seen.context(),
            title => self.poster.question.as_str(),
            token => self.poster.token.as_str(),
            options => ask::options(Scale::Csat, &shell, &filled.mark),
            text => filled.text.as_str(),
            once => crate::ids::fresh(app).simple().to_string(),
            nothing => status != StatusCode::OK,
            back => None::<String>,
            phone => None::<String>,
            address => self.organisation.address.as_str(),
        };
        shell.render_as(status, "poster/ask.html", page)
    }

    /// The touchpoint's own event, told by nobody by name; `None` when the journey does not have it any more.
    async fn event(
        &self,
        app: &App,
        visitor: &Visitor,
        score: f64,
        filled: &Filled,
    ) -> Result<Option<words::Event>, Problem> {
        let live = app.service.catalog.live(&self.link.organisation).await?;
        let Some(live) = live.iter().find(|live| live.row.id == self.poster.journey) else { return Ok(None) };
        let once: String = filled.once.chars().take(64).collect();
        let id = words::derived_id(&[&self.poster.token, &once]);
        let now = visitor.speech.now.to_zoned(self.organisation.zone.clone());
        let fresh = format!("P-{}", &id.simple().to_string()[20..]);
        let offers = desk::offers(&live.published.definition, None, &fresh, &now);
        let Some(offer) = offers.into_iter().find(|offer| offer.touchpoint == self.poster.touchpoint) else {
            return Ok(None);
        };
        let mut properties = offer.properties;
        properties.insert("score".to_owned(), json!(score));
        properties.extend(offer.channels.first().map(|channel| ("channel".to_owned(), json!(channel))));
        properties.extend(self.poster.place.as_ref().map(|place| ("place".to_owned(), json!(place))));
        let text: String = filled.text.trim().chars().take(TEXT_CHARS_MAX).collect();
        if !text.is_empty() {
            properties.insert("text".to_owned(), json!(text));
        }
        let name = format!("poster:{id}");
        let mut event = words::Event::ours(name.clone(), visitor.speech.now, offer.event, properties);
        event.source = "poster".to_owned();
        event.identity = Identity { customer: None, anonymous: Some(name) };
        Ok(Some(event))
    }
}
