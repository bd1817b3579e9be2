//! A one-off message is written down; from then on it is a draft like every other.

use std::collections::BTreeMap;

use axum::{Form, extract::State, http::StatusCode};
use minijinja::context;
use service::mailing::Letter;
use words::{Channel, Class, limits::TEXT_CHARS_MAX};

use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    pages::{draft, naming},
    problem::Answer,
    session::{Editor, Staff},
    views::data,
};

/// Characters of a title or a subject.
const LINE_CHARS_MAX: usize = 200;
/// By what it may go, in the order in which it is tried.
const CHANNELS: [&str; 5] = ["email", "whatsapp", "sms", "post", "card"];

type Filled = BTreeMap<String, String>;

pub(super) async fn show(editor: Editor, State(app): State<App>) -> Answer {
    let live = app.service.catalog.live(&editor.house.id).await?;
    let human = live.iter().find_map(|live| live.published.definition.human.clone());
    let (team, phone) = human.map(|human| (human.team, human.phone.unwrap_or_default())).unwrap_or_default();
    let text = editor.say(&Text::new("mailing-text-usual"));
    let filled =
        [("team", team), ("phone", phone), ("class", "marketing".into()), ("c-email", "ja".into()), ("text", text)];
    page(&editor, StatusCode::OK, &filled.map(|(name, value)| (name.to_owned(), value)).into(), &Remarks::default())
}

pub(super) async fn make(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let typed = |name: &str| filled.get(name).map(String::as_str).unwrap_or_default();
    let line = |name: &str| form::line(typed(name), LINE_CHARS_MAX);
    let mut remarks = Remarks::default();
    let (title, subject, team) = (line("title"), line("subject"), line("team"));
    remarks.expect(title.is_some(), "title", "remark-name");
    remarks.expect(subject.is_some(), "subject", "remark-name");
    remarks.expect(team.is_some(), "team", "mailing-remark-team");
    let text = typed("text").trim();
    let fits = !text.is_empty() && text.chars().count() <= TEXT_CHARS_MAX;
    remarks.expect(fits, "text", "mailing-remark-text");
    let class = Class::parse(typed("class"));
    remarks.expect(class.is_some(), "class", "remark-choice");
    let chosen = CHANNELS.into_iter().filter(|channel| typed(&format!("c-{channel}")) == "ja");
    let channels: Vec<Channel> = chosen.map(Channel::new).collect();
    remarks.expect(!channels.is_empty(), "channels", "mailing-remark-channels");
    let (Some(title), Some(subject), Some(team), Some(class), true) = (title, subject, team, class, remarks.is_empty())
    else {
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &filled, &remarks);
    };
    let rows = app.store.journeys(&editor.house.id).await?;
    let id = draft::id_of(&title, "bericht", |id| rows.iter().any(|row| row.id.as_str() == id));
    let letter = Letter {
        id: id.clone(),
        title: title.clone(),
        class,
        channels,
        human: (team, line("phone")),
        language: editor.house.language,
        subject,
        text: text.to_owned(),
    };
    draft::keep(&editor, &id, &title, &letter.folder()).await?;
    editor.go(&format!("{}/bericht/bericht", draft::path(&id)), Text::new("mailing-made").with("title", title))
}

fn page(staff: &Staff, status: StatusCode, filled: &Filled, remarks: &Remarks) -> Answer {
    let channels = CHANNELS.map(|id| {
        let name = naming::capital(&naming::channel(&staff.speech, id));
        context! { id, name, chosen => filled.get(&format!("c-{id}")).is_some_and(|value| value == "ja") }
    });
    let page = context! { filled => data(filled), channels, remarks => remarks.said_by(staff) };
    staff.render_as(status, "mailing/new.html", page)
}
