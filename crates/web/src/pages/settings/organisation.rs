//! The organisation itself, in fields and as text. A field patches its own place in `organisation.yaml`; remarks and order
//! stay. Mistakes in the text stand beside their line.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use journey::{Finding, Organisation, Severity};
use minijinja::context;
use serde::{Deserialize, Serialize};
use words::Language;

use super::{
    kept,
    organisation_fields::{Fields, patched},
};
use crate::{
    App, CustomerWord,
    form::Remarks,
    language::Text,
    problem::Answer,
    session::{Editor, Staff},
    views::data,
};

pub(crate) const PATH: &str = "/instellingen/organisatie";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(show).post(save_text)).route("/instellingen/organisatie/gegevens", post(save_fields))
}

#[derive(Debug, Deserialize)]
struct Filled {
    text: String,
}

/// A mistake as the page shows it.
#[derive(Serialize)]
struct Mistake {
    line: usize,
    field: String,
    text: String,
}

/// What one version of the page shows.
struct Shown<'a> {
    text: &'a str,
    findings: &'a [Finding],
    fields: &'a Fields,
    remarks: Remarks,
}

async fn show(editor: Editor, State(app): State<App>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    let (organisation, findings) = Organisation::parse(&row.text);
    let fields = Fields::of(&organisation);
    let shown = Shown { text: &row.text, findings: &findings, fields: &fields, remarks: Remarks::default() };
    page(&editor, StatusCode::OK, &organisation, &shown)
}

async fn save_text(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    // Browsers send line ends of their own; the text keeps plain ones.
    let text = filled.text.replace("\r\n", "\n");
    let (organisation, findings) = Organisation::parse(&text);
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    if has_errors || organisation.name.is_empty() {
        let fields = Fields::of(&organisation);
        let shown = Shown { text: &text, findings: &findings, fields: &fields, remarks: Remarks::default() };
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &organisation, &shown);
    }
    save(&editor, &app, text).await
}

async fn save_fields(editor: Editor, State(app): State<App>, Form(fields): Form<Fields>) -> Answer {
    let row = kept::row(&app, &editor).await?;
    match patched(&row.text, &fields, editor.speech.language) {
        Ok(text) => save(&editor, &app, text).await,
        Err(remarks) => {
            let (organisation, findings) = Organisation::parse(&row.text);
            let shown = Shown { text: &row.text, findings: &findings, fields: &fields, remarks };
            page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &organisation, &shown)
        }
    }
}

async fn save(editor: &Editor, app: &App, text: String) -> Answer {
    kept::keep(editor, kept::row(app, editor).await?, text).await?;
    editor.go(PATH, Text::new("organisation-saved"))
}

fn page(staff: &Staff, status: StatusCode, organisation: &Organisation, shown: &Shown<'_>) -> Answer {
    let language = staff.speech.language;
    let mistakes: Vec<Mistake> = shown.findings.iter().map(|finding| mistake(finding, language)).collect();
    let words: Vec<String> = CustomerWord::usual(organisation.language)
        .into_iter()
        .map(|word| format!("{}, {}", word.one, word.many))
        .collect();
    let page = context! {
        text => shown.text,
        lines => shown.text.lines().count().clamp(12, 40),
        mistakes => data(mistakes),
        fields => data(shown.fields),
        words,
        personas => organisation.personas.len(),
        links => organisation.links.len(),
        remarks => shown.remarks.said_by(staff),
    };
    staff.render_as(status, "organisation/edit.html", page)
}

fn mistake(finding: &Finding, language: Language) -> Mistake {
    Mistake { line: finding.line, field: finding.field.clone(), text: finding.message(language) }
}
