//! The organisation's links for messages, in forms: a name, an address, and whether the number of what a message is about
//! stands in it. They are written in `organisation.yaml`.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    routing::{get, post},
};
use journey::{Organisation, example_id, language::lists::MESSAGE_LINKS};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::{
    back::Back,
    kept,
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

const PATH: &str = "/instellingen/links";
/// Characters of a name in words.
const NAME_CHARS_MAX: usize = 50;
/// Characters of an address.
const ADDRESS_CHARS_MAX: usize = 1_000;
/// Stands for the number in an address.
const NUMBER: &str = "{id}";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(PATH, get(list))
        .route("/instellingen/links/nieuw", get(new).post(make))
        .route("/instellingen/links/{name}", get(show).post(save))
        .route("/instellingen/links/{name}/weg", post(remove))
}

/// A link as its form has it. The address is in three parts, so that nobody has to know how a variable is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
struct Filled {
    /// In words: "leestips".
    name: String,
    /// Up to the variable.
    address: String,
    /// `id` or nothing.
    variable: String,
    /// Behind the variable.
    rest: String,
    terug: String,
    #[serde(rename = "do", skip_serializing)]
    pressed: String,
}

impl Filled {
    fn of(name: &str, address: &str) -> Self {
        let name = in_words(name);
        match address.split_once(NUMBER) {
            Some((before, rest)) if !rest.contains(NUMBER) => Self {
                name,
                address: before.to_owned(),
                variable: "id".to_owned(),
                rest: rest.to_owned(),
                ..Self::default()
            },
            // Whoever wrote it otherwise sees it as it was written.
            _ => Self { name, address: address.to_owned(), ..Self::default() },
        }
    }

    fn whole(&self) -> String {
        let (number, rest) = if self.variable == "id" { (NUMBER, self.rest.trim()) } else { ("", "") };
        format!("{}{number}{rest}", self.address.trim())
    }

    /// The address, when it may stand behind a link.
    fn sound(&self, remarks: &mut Remarks) -> String {
        let whole = self.whole();
        remarks.expect(!self.address.trim().is_empty(), "address", "link-remark-blank");
        remarks.expect(whole.chars().count() <= ADDRESS_CHARS_MAX, "address", "link-remark-long");
        remarks.expect(voice::is_safe_address(&example(&whole, "x")), "address", "link-remark-address");
        whole
    }
}

fn in_words(name: &str) -> String {
    name.replace('_', " ")
}

/// The name as messages write it, from words.
fn written(words: &str) -> String {
    draft::id_of(words, "link", |_| false).replace('-', "_")
}

/// The address with an example in the place of the number.
fn example(address: &str, name: &str) -> String {
    address.replace(NUMBER, example_id(name).as_str().unwrap_or_default())
}

/// Whether an address is one of a sample: those sites belong to nobody.
pub(crate) fn is_sample(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', ':']).next().unwrap_or_default());
    let reserved = ["example.org", "example.com", "example.net"];
    reserved.iter().any(|sample| host == *sample || host.ends_with(&format!(".{sample}")))
}

#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    example: String,
    is_sample: bool,
    uses: Vec<Use>,
}

async fn list(editor: Editor, State(app): State<App>) -> Answer {
    let (organisation, _) = Organisation::parse(&kept::row(&app, &editor).await?.text);
    let used = Used::of(&app, &editor, &organisation).await?;
    let row = |(name, address): (&String, &String)| Row {
        name: in_words(name),
        href: format!("{PATH}/{}", encoded(name)),
        example: example(address, name),
        is_sample: is_sample(address),
        uses: used.links.get(name).into_iter().flatten().cloned().collect(),
    };
    let rows: Vec<Row> = organisation.links.iter().map(row).collect();
    editor.render("link/list.html", context! { rows => data(rows) })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    naam: String,
    terug: String,
}

async fn new(editor: Editor, Query(wanted): Query<Wanted>) -> Answer {
    let filled = Filled { name: in_words(&wanted.naam), terug: wanted.terug, ..Filled::default() };
    page(&editor, StatusCode::OK, &Shown { filled: &filled, ..Shown::default() })
}

async fn make(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let links = Organisation::parse(&row.text).0.links;
    let name = written(&filled.name);
    let mut remarks = Remarks::default();
    let address = named(&filled, &name, &links, &mut remarks);
    if filled.pressed == "bekijk" || !remarks.is_empty() {
        let status = status(&filled);
        return page(&editor, status, &Shown { filled: &filled, remarks, ..Shown::default() });
    }
    match kept::with_link(&row.text, &name, &address) {
        Ok(text) => {
            kept::keep(&editor, row, text).await?;
            editor.go(Back(&filled.terug).or(PATH), Text::new("link-made").with("name", filled.name.trim()))
        }
        Err(refused) => {
            remarks.add("address", super::refusal(&refused, editor.speech.language));
            page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &Shown { filled: &filled, remarks, ..Shown::default() })
        }
    }
}

/// What is wrong with a new link; the address that it would have.
fn named(filled: &Filled, name: &str, links: &BTreeMap<String, String>, remarks: &mut Remarks) -> String {
    remarks.expect(form::line(&filled.name, NAME_CHARS_MAX).is_some(), "name", "link-remark-name");
    remarks.expect(!MESSAGE_LINKS.contains(&name), "name", "link-remark-own");
    remarks.expect(!links.contains_key(name), "name", "link-remark-twice");
    filled.sound(remarks)
}

/// Looking refuses nothing.
fn status(filled: &Filled) -> StatusCode {
    if filled.pressed == "bekijk" { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

async fn show(
    editor: Editor,
    State(app): State<App>,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let (organisation, _) = Organisation::parse(&kept::row(&app, &editor).await?.text);
    let address = organisation.links.get(&name).ok_or(Problem::NotFound)?;
    let filled = Filled { terug: wanted.terug, ..Filled::of(&name, address) };
    let uses = uses(&app, &editor, &organisation, &name).await?;
    page(&editor, StatusCode::OK, &Shown { name: Some(&name), filled: &filled, uses, ..Shown::default() })
}

async fn uses(app: &App, staff: &Staff, organisation: &Organisation, name: &str) -> Result<Vec<Use>, Problem> {
    let mut used = Used::of(app, staff, organisation).await?;
    Ok(used.links.remove(name).into_iter().flatten().collect())
}

async fn save(editor: Editor, State(app): State<App>, Path(name): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let (organisation, _) = Organisation::parse(&row.text);
    if !organisation.links.contains_key(&name) {
        return Err(Problem::NotFound);
    }
    // The name stands in messages and stays.
    let filled = Filled { name: in_words(&name), ..filled };
    let mut remarks = Remarks::default();
    let address = filled.sound(&mut remarks);
    if filled.pressed != "bekijk" && remarks.is_empty() {
        match kept::with_link(&row.text, &name, &address) {
            Ok(text) => {
                kept::keep(&editor, row, text).await?;
                return editor.go(Back(&filled.terug).or(PATH), Text::new("link-saved").with("name", filled.name));
            }
            Err(refused) => remarks.add("address", super::refusal(&refused, editor.speech.language)),
        }
    }
    let uses = uses(&app, &editor, &organisation, &name).await?;
    let status = status(&filled);
    page(&editor, status, &Shown { name: Some(&name), filled: &filled, uses, remarks, ..Shown::default() })
}

async fn remove(editor: Editor, State(app): State<App>, Path(name): Path<String>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let (organisation, _) = Organisation::parse(&row.text);
    let address = organisation.links.get(&name).ok_or(Problem::NotFound)?;
    let uses = uses(&app, &editor, &organisation, &name).await?;
    let refused = if uses.is_empty() { kept::without_link(&row.text, &name).ok() } else { None };
    match refused {
        Some(text) => {
            kept::keep(&editor, row, text).await?;
            editor.go(PATH, Text::new("link-removed").with("name", in_words(&name)))
        }
        None => {
            let filled = Filled::of(&name, address);
            let shown = Shown { name: Some(&name), filled: &filled, uses, in_use: true, ..Shown::default() };
            page(&editor, StatusCode::CONFLICT, &shown)
        }
    }
}

static BLANK: std::sync::LazyLock<Filled> = std::sync::LazyLock::new(Filled::default);

/// What the form shows.
struct Shown<'a> {
    /// Of a link that is there.
    name: Option<&'a str>,
    filled: &'a Filled,
    uses: Vec<Use>,
    remarks: Remarks,
    /// Removing was refused.
    in_use: bool,
}

impl Default for Shown<'_> {
    fn default() -> Self {
        Self { name: None, filled: &BLANK, uses: Vec::new(), remarks: Remarks::default(), in_use: false }
    }
}

fn page(staff: &Staff, status: StatusCode, shown: &Shown<'_>) -> Answer {
    let filled = shown.filled;
    let name = shown.name.map_or_else(|| written(&filled.name), str::to_owned);
    let whole = filled.whole();
    // While one is still typing, what is wrong is said at the example and not yet beside the fields.
    let looks = filled.pressed == "bekijk";
    let sample = (voice::is_safe_address(&example(&whole, &name))).then(|| example(&whole, &name));
    let none = Remarks::default();
    let page = context! {
        name => shown.name.map(encoded),
        filled => data(filled),
        sample,
        is_sample => is_sample(&whole),
        uses => data(&shown.uses),
        in_use => shown.in_use,
        remarks => if looks { &none } else { &shown.remarks }.said_by(staff),
    };
    staff.render_as(status, "link/edit.html", page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_and_put_together_again() {
        for address in ["https://x.nl/a/{id}", "https://x.nl/a/{id}/b?c", "tel:+31301234567", "https://x.nl/{id}/{id}"]
        {
            assert_eq!(Filled::of("leestips", address).whole(), address);
        }
        let filled = Filled::of("loan_help", "https://x.nl/a/{id}/b");
        assert_eq!(
            (filled.name.as_str(), filled.address.as_str(), filled.rest.as_str()),
            ("loan help", "https://x.nl/a/", "/b")
        );
        assert_eq!(written("Onze leestips!"), "onze_leestips");
        assert_eq!(example("https://x.nl/{id}", "genre"), "https://x.nl/GEN-1001");
    }

    #[test]
    fn what_cannot_stand_behind_a_link_is_told() {
        let mut remarks = Remarks::default();
        for (address, sound) in [
            ("https://x.nl", true),
            ("mailto:a@x.nl", true),
            ("javascript:alert(1)", false),
            ("www.x.nl", false),
            ("https://", false),
            ("https://x y.nl", false),
            ("", false),
        ] {
            remarks = Remarks::default();
            Filled { address: address.into(), ..Filled::default() }.sound(&mut remarks);
            assert_eq!(!remarks.mentions("address"), sound, "{address}");
        }
        Filled { address: format!("https://x.nl/{}", "a".repeat(ADDRESS_CHARS_MAX)), ..Filled::default() }
            .sound(&mut remarks);
        assert!(remarks.mentions("address"));
        assert!(is_sample("https://example.org/leestips/{id}") && is_sample("https://www.example.com"));
        assert!(!is_sample("https://bibliotheek.example/x") && !is_sample("tel:+31301234567"));
    }
}
