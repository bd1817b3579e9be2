//! The map on paper: a page with the A3 sheets alone, and each sheet as a file.

use ::map::{Options, svg};
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::IntoResponse,
};
use serde::Serialize;

use super::{choice::Asked, open::Opened};
use crate::{
    App,
    problem::{Answer, Problem},
    session::Viewer,
    views::data,
};

/// A sheet stands alone: its fonts and their style are inside it, and nothing else may load.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

#[derive(Serialize)]
struct Page {
    id: String,
    title: String,
    /// Addresses of the sheets.
    sheets: Vec<String>,
    back: String,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let count = svg(&opened.sheet(viewer.speech.language), &Options::print()).len();
    let plain = opened.choice.at(None);
    let page = Page {
        id: id.clone(),
        title: opened.definition.title.clone(),
        sheets: (1..=count).map(|nth| plain.link(&opened.row.id, &format!("kaart/{nth}.svg"), &[])).collect(),
        back: opened.link("kaart", &[]),
    };
    viewer.render("journey/print.html", data(&page))
}

/// One sheet: `kaart/1.svg`.
pub(super) async fn download(
    viewer: Viewer,
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let nth = file.strip_suffix(".svg").and_then(|number| number.parse::<usize>().ok()).ok_or(Problem::NotFound)?;
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let sheets = svg(&opened.sheet(viewer.speech.language), &Options::print());
    let sheet = nth.checked_sub(1).and_then(|at| sheets.into_iter().nth(at)).ok_or(Problem::NotFound)?;
    let name = format!("inline; filename=\"{}-{nth}.svg\"", service::intake::slug(&id));
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml".to_owned()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, sheet).into_response())
}
