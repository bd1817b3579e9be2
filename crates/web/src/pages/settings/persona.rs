//! The organisation's personas, in forms. They are written in `organisation.yaml`.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::{get, post},
};
use journey::{Organisation, Persona};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::{
    back::Back,
    kept::{self, Person},
    used::{Use, Used},
};
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    pages::{draft, encoded},
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

const PATH: &str = "/instellingen/personas";
/// Characters of a name, as the language takes them.
const NAME_CHARS_MAX: usize = 200;
/// Characters of what is said of someone; more does not fit the head of a map.
const TEXT_CHARS_MAX: usize = 500;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list))
        .route("/instellingen/personas/nieuw", get(new).post(make))
        .route("/instellingen/personas/{id}", get(show).post(save))
        .route("/instellingen/personas/{id}/weg", post(remove))
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
struct Filled {
    /// The name that a journey already uses for it; blank: made from the name.
    id: String,
    name: String,
    about: String,
    goal: String,
    terug: String,
}

impl Filled {
    fn of(persona: &Persona) -> Self {
        Self {
            id: persona.id.clone(),
            name: persona.name.clone(),
            about: persona.about.clone().unwrap_or_default(),
            goal: persona.goal.clone().unwrap_or_default(),
            terug: String::new(),
        }
    }

    fn person<'a>(&'a self, id: &'a str) -> Person<'a> {
        let said = |text: &'a str| Some(text.trim()).filter(|text| !text.is_empty());
        Person { id, name: self.name.trim(), about: said(&self.about), goal: said(&self.goal) }
    }

    fn remarks(&self) -> Remarks {
        let mut remarks = Remarks::default();
        remarks.expect(form::line(&self.name, NAME_CHARS_MAX).is_some(), "name", "persona-remark-name");
        for (field, text) in [("about", &self.about), ("goal", &self.goal)] {
            let fits = text.trim().is_empty() || form::line(text, TEXT_CHARS_MAX).is_some();
            remarks.expect(fits, field, "persona-remark-long");
        }
        remarks
    }

    /// The id of a new one: what a journey calls it, else from the name up to its comma.
    fn new_id(&self, organisation: &Organisation) -> String {
        let taken = |id: &str| organisation.persona(id).is_some();
        let asked = draft::id_of(&self.id, "", |_| false);
        if !asked.is_empty() && asked == self.id && !taken(&asked) {
            return asked;
        }
        draft::id_of(self.name.split(',').next().unwrap_or_default(), "persona", taken)
    }
}

#[derive(Serialize)]
struct Row {
    href: String,
    name: String,
    about: Option<String>,
    goal: Option<String>,
    uses: Vec<Use>,
}

async fn list(editor: Editor, State(app): State<App>) -> Answer {
    let (organisation, _) = Organisation::parse(&kept::row(&app, &editor).await?.text);
    let used = Used::of(&app, &editor, &organisation).await?;
    let row = |persona: &Persona| Row {
        href: format!("{PATH}/{}", encoded(&persona.id)),
        name: persona.name.clone(),
        about: persona.about.clone(),
        goal: persona.goal.clone(),
        uses: used.personas.get(&persona.id).into_iter().flatten().cloned().collect(),
    };
    let rows: Vec<Row> = organisation.personas.iter().map(row).collect();
    editor.render("persona/list.html", context! { rows => data(rows) })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    naam: String,
    terug: String,
}

async fn new(editor: Editor, Query(wanted): Query<Wanted>) -> Answer {
    let name = wanted.naam.replace('-', " ");
    let filled = Filled {
        name: crate::pages::naming::capital(&name),
        id: wanted.naam,
        terug: wanted.terug,
        ..Filled::default()
    };
    page(&editor, StatusCode::OK, None, &filled, Vec::new(), &Remarks::default(), false)
}

async fn make(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let mut remarks = filled.remarks();
    if remarks.is_empty() {
        let id = filled.new_id(&Organisation::parse(&row.text).0);
        match kept::with_persona(&row.text, &filled.person(&id)) {
            Ok(text) => {
                kept::keep(&editor, row, text).await?;
                return editor
                    .go(Back(&filled.terug).or(PATH), Text::new("persona-made").with("name", filled.name.trim()));
            }
            Err(refused) => remarks.add("name", super::refusal(&refused, editor.speech.language)),
        }
    }
    page(&editor, StatusCode::UNPROCESSABLE_ENTITY, None, &filled, Vec::new(), &remarks, false)
}

async fn uses(app: &App, staff: &Staff, organisation: &Organisation, id: &str) -> Result<Vec<Use>, Problem> {
    let mut used = Used::of(app, staff, organisation).await?;
    Ok(used.personas.remove(id).into_iter().flatten().collect())
}

async fn show(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let (organisation, _) = Organisation::parse(&kept::row(&app, &editor).await?.text);
    let filled = Filled::of(organisation.persona(&id).ok_or(Problem::NotFound)?);
    let uses = uses(&app, &editor, &organisation, &id).await?;
    page(&editor, StatusCode::OK, Some(&id), &filled, uses, &Remarks::default(), false)
}

async fn save(editor: Editor, State(app): State<App>, Path(id): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let (organisation, _) = Organisation::parse(&row.text);
    organisation.persona(&id).ok_or(Problem::NotFound)?;
    let mut remarks = filled.remarks();
    if remarks.is_empty() {
        match kept::with_persona(&row.text, &filled.person(&id)) {
            Ok(text) => {
                kept::keep(&editor, row, text).await?;
                return editor.go(PATH, Text::new("persona-saved").with("name", filled.name.trim()));
            }
            Err(refused) => remarks.add("name", super::refusal(&refused, editor.speech.language)),
        }
    }
    let uses = uses(&app, &editor, &organisation, &id).await?;
    page(&editor, StatusCode::UNPROCESSABLE_ENTITY, Some(&id), &filled, uses, &remarks, false)
}

async fn remove(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let (organisation, _) = Organisation::parse(&row.text);
    let persona = organisation.persona(&id).ok_or(Problem::NotFound)?;
    let uses = uses(&app, &editor, &organisation, &id).await?;
    let without = if uses.is_empty() { kept::without_persona(&row.text, &id).ok() } else { None };
    match without {
        Some(text) => {
            kept::keep(&editor, row, text).await?;
            editor.go(PATH, Text::new("persona-removed").with("name", persona.name.as_str()))
        }
        None => {
            let filled = Filled::of(persona);
            page(&editor, StatusCode::CONFLICT, Some(&id), &filled, uses, &Remarks::default(), true)
        }
    }
}

fn page(
    staff: &Staff,
    status: StatusCode,
    id: Option<&str>,
    filled: &Filled,
    uses: Vec<Use>,
    remarks: &Remarks,
    in_use: bool,
) -> Answer {
    let page = context! {
        id => id.map(encoded),
        filled => data(filled),
        uses => data(uses),
        in_use,
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "persona/edit.html", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_persona_keeps_the_id_that_a_journey_asks_for() {
        let (organisation, _) = Organisation::parse("name: x\npersonas:\n  - { id: sanne-vos, name: Sanne Vos }\n");
        let id = |id: &str, name: &str| {
            Filled { id: id.into(), name: name.into(), ..Filled::default() }.new_id(&organisation)
        };
        assert_eq!(id("thuislener", "Emma Bakker, 41"), "thuislener");
        assert_eq!(id("", "Emma Bakker, 41"), "emma-bakker");
        assert_eq!(id("", "Sanne Vos, 34"), "sanne-vos-2");
        assert_eq!(id("Niet goed!", "Emma"), "emma");
    }

    #[test]
    fn a_persona_has_a_name_and_its_texts_have_a_limit() {
        let remarks = Filled { about: "a".repeat(TEXT_CHARS_MAX + 1), ..Filled::default() }.remarks();
        assert!(remarks.mentions("name") && remarks.mentions("about") && !remarks.mentions("goal"));
    }
}
