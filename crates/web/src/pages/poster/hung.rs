//! The posters that hang: listed, made, printed and taken down.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::token;
use store::{Link, Purpose};
use words::{JourneyId, TouchpointId};

use super::{PATH, Poster};
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    pages::desk,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
    views::data,
};

/// How long a poster works.
const DAYS: i64 = 3 * 365;
/// Posters of one organisation.
const POSTERS_MAX: u32 = 200;
/// Characters of a place.
const PLACE_CHARS_MAX: usize = 60;
/// Characters of a question, so that it is read from a distance.
const QUESTION_CHARS_MAX: usize = 120;

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Filled {
    /// Journey and touchpoint, with a stroke between.
    about: String,
    place: String,
    question: String,
}

pub(super) async fn list(viewer: Viewer, State(app): State<App>) -> Answer {
    page(&app, &viewer, StatusCode::OK, &Filled::default(), &Remarks::default()).await
}

pub(super) async fn hang(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let choices = choices(&app, &editor).await?;
    let mut remarks = Remarks::default();
    let chosen = choices.into_iter().find(|choice| choice.id() == filled.about);
    let question = form::line(&filled.question, QUESTION_CHARS_MAX);
    let place = form::line(&filled.place, PLACE_CHARS_MAX);
    remarks.expect(chosen.is_some(), "about", "remark-choice");
    remarks.expect(question.is_some(), "question", "poster-remark-question");
    remarks.expect(place.is_some() || filled.place.trim().is_empty(), "place", "remark-name");
    let hung = app.store.links_for(&editor.house.id, Purpose::Poster, POSTERS_MAX).await?.len();
    remarks.expect(hung < POSTERS_MAX as usize, "about", "poster-remark-many");
    let (Some(chosen), Some(question), true) = (chosen, question, remarks.is_empty()) else {
        return page(&app, &editor, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks).await;
    };
    let now = app.clock.now();
    let token = token::on_paper(app.random.as_ref());
    let poster =
        Poster { token: token.clone(), journey: chosen.journey, touchpoint: chosen.touchpoint, place, question };
    let about = (token.as_str(), json!(poster));
    let link = Link::new(token::hash(&token), Purpose::Poster, &editor.house.id, about, (now, 24 * DAYS));
    app.store.save_link(link).await?;
    editor.record("poster.hung", poster.touchpoint.as_str(), json!({ "journey": poster.journey })).await?;
    editor.go(&format!("{PATH}/{token}"), Text::new("poster-made"))
}

/// The poster itself, to be printed.
pub(super) async fn show(viewer: Viewer, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let poster = found(&app, &viewer, &token).await?;
    let address = app.link_to(&format!("/p/{token}"));
    let code = post::Code::of(&address).ok_or(Problem::Broken)?;
    let page = context! {
        organisation => viewer.house.name.as_str(),
        token,
        question => poster.question,
        place => poster.place,
        address => address.split_once("://").map_or(address.as_str(), |(_, rest)| rest),
        squares => code.squares,
        dark => code.dark(),
    };
    viewer.render("poster/show.html", page)
}

pub(super) async fn take_down(editor: Editor, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let poster = found(&app, &editor, &token).await?;
    app.store.revoke_links(&editor.house.id, Purpose::Poster, &token).await?;
    editor.record("poster.taken_down", poster.touchpoint.as_str(), json!({ "journey": poster.journey })).await?;
    editor.go(PATH, Text::new("poster-taken-down"))
}

async fn found(app: &App, staff: &Staff, token: &str) -> Result<Poster, Problem> {
    let found = Poster::find(app, token).await?.filter(|(link, _)| link.organisation == staff.house.id);
    found.map(|(_, poster)| poster).ok_or(Problem::NotFound)
}

/// A touchpoint that may have a poster.
struct Choice {
    journey: JourneyId,
    touchpoint: TouchpointId,
    title: String,
    of: String,
}

impl Choice {
    fn id(&self) -> String {
        format!("{}|{}", self.journey, self.touchpoint)
    }
}

/// Touchpoints outside screens with which a journey may begin, so that an answer of nobody by name is a contact.
async fn choices(app: &App, staff: &Staff) -> Result<Vec<Choice>, Problem> {
    let now = staff.speech.now.to_zoned(staff.speech.zone.clone());
    let live = app.service.catalog.live(&staff.house.id).await?;
    let of = live.iter().flat_map(|live| {
        let definition = &live.published.definition;
        desk::offers(definition, None, "", &now).into_iter().map(|offer| Choice {
            journey: JourneyId::new(definition.id.as_str()),
            touchpoint: offer.touchpoint,
            title: offer.title,
            of: definition.title.clone(),
        })
    });
    Ok(of.collect())
}

async fn page(app: &App, staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let choices = choices(app, staff).await?;
    let links = app.store.links_for(&staff.house.id, Purpose::Poster, POSTERS_MAX).await?;
    let posters = links.into_iter().filter_map(|link| Some((link.created, serde_json::from_value(link.subject).ok()?)));
    let row = |(created, poster): (jiff::Timestamp, Poster)| {
        let about =
            choices.iter().find(|choice| choice.touchpoint == poster.touchpoint && choice.journey == poster.journey);
        context! {
            href => format!("{PATH}/{}", poster.token),
            question => poster.question,
            place => poster.place,
            about => about.map(|choice| format!("{}, {}", choice.title, choice.of)),
            created => created.to_string(),
        }
    };
    let page = context! {
        rows => posters.map(row).collect::<Vec<Value>>(),
        choices => choices.iter().map(|choice| [choice.id(), format!("{} ({})", choice.title, choice.of)]).collect::<Vec<_>>(),
        filled => data(filled),
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "poster/list.html", page)
}
