//! The organisation itself: what `organisation.yaml` says, and its text with every mistake beside its line.

use axum::{Form, Router, extract::State, http::StatusCode, routing::get};
use journey::{Finding, Organisation, Severity};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::OrganisationRow;
use words::Language;

use crate::{
    App,
    language::Text,
    problem::{Answer, Problem},
    session::{Editor, Staff},
    views::data,
};

pub(crate) const PATH: &str = "/instellingen/organisatie";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(show).post(save))
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
    is_error: bool,
}

async fn show(editor: Editor, State(app): State<App>) -> Answer {
    let row = app.store.organisation(&editor.house.id).await?.ok_or(Problem::NotFound)?;
    let (organisation, findings) = Organisation::parse(&row.text);
    page(&editor, StatusCode::OK, &row.text, &organisation, &findings)
}

async fn save(editor: Editor, State(app): State<App>, Form(filled): Form<Filled>) -> Answer {
    // Browsers send line ends of their own; the text keeps plain ones.
    let text = filled.text.replace("\r\n", "\n");
    let (organisation, findings) = Organisation::parse(&text);
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    if has_errors || organisation.name.is_empty() {
        return page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &text, &organisation, &findings);
    }
    let row = app.store.organisation(&editor.house.id).await?.ok_or(Problem::NotFound)?;
    if row.text != text {
        app.store.save_organisation(OrganisationRow { text, ..row }).await?;
        editor.record("organisation.changed", editor.house.id.as_str(), json!({})).await?;
    }
    editor.go(PATH, Text::new("organisation-saved"))
}

fn page(staff: &Staff, status: StatusCode, text: &str, organisation: &Organisation, findings: &[Finding]) -> Answer {
    let language = staff.speech.language;
    let mistakes: Vec<Mistake> = findings.iter().map(|finding| mistake(finding, language)).collect();
    let page = context! {
        text,
        lines => text.lines().count().clamp(12, 40),
        mistakes => data(mistakes),
        says => says(organisation),
    };
    staff.render_as(status, "organisation/edit.html", page)
}

fn mistake(finding: &Finding, language: Language) -> Mistake {
    Mistake {
        line: finding.line,
        field: finding.field.clone(),
        text: finding.message(language),
        is_error: finding.severity == Severity::Error,
    }
}

/// What the text says, in words.
fn says(organisation: &Organisation) -> Value {
    let quiet = organisation.quiet_hours.map(|hours| {
        let short = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        context! { from => short(hours.from), until => short(hours.until) }
    });
    let personas: Vec<_> = organisation
        .personas
        .iter()
        .map(|persona| context! { name => persona.name.as_str(), about => persona.about.as_deref() })
        .collect();
    context! {
        name => organisation.name.as_str(),
        zone => organisation.zone.iana_name(),
        language => organisation.language.tag(),
        address => organisation.address.as_str(),
        quiet_hours => quiet,
        customer => organisation.customer_word.0.as_str(),
        customers => organisation.customer_word.1.as_str(),
        teams => data(&organisation.teams),
        personas,
        links => data(&organisation.links),
    }
}
