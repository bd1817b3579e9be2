//! The list of journeys: measured curve, under way, goal, worst pain.

use ::map::{Sheet, rules};
use axum::extract::State;
use minijinja::context;
use serde::Serialize;
use store::JourneyRow;
use words::{Experience, TouchpointId};

use super::{choice::Asked, open::Opened, said::Sayer, state::Standing};
use crate::{
    App,
    drawing::{Spark, spark},
    format,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// The heaviest pain of a journey.
#[derive(Serialize)]
struct Pain {
    title: String,
    mark: String,
    /// "7,6 – 7,8".
    margin: Option<String>,
    n: u64,
    href: String,
}

/// A journey in the list; also on the first page.
#[derive(Serialize)]
pub(crate) struct JourneyRowShown {
    id: String,
    title: String,
    owner: Option<String>,
    standing: Standing,
    version: Option<u32>,
    has_draft: bool,
    href: String,
    spark: Option<Spark>,
    /// Answers to all moments together: said where they are too few for a curve.
    answers: u64,
    /// Runs under way, with the address of their customers.
    open: Option<(u64, String)>,
    started: u64,
    goal: Option<String>,
    pain: Option<Pain>,
    /// Whether enough was answered to say that there is no pain.
    is_painless: bool,
}

pub(super) async fn show(viewer: Viewer, State(app): State<App>) -> Answer {
    let rows = rows(&viewer, &app).await?;
    viewer.render("journey/list.html", context! { rows => data(&rows) })
}

/// Every journey of this person's organisation, by title.
pub(crate) async fn rows(staff: &Staff, app: &App) -> Result<Vec<JourneyRowShown>, Problem> {
    let mut rows = Vec::new();
    for row in app.store.journeys(&staff.house.id).await? {
        // One whose text cannot be read must not hide the others.
        rows.push(match Opened::of(staff, app, row.id.as_str(), &Asked::default()).await {
            Ok(opened) => shown(staff, &opened),
            Err(Problem::Invalid(_) | Problem::NotFound) => bare(row),
            Err(problem) => return Err(problem),
        });
    }
    Ok(rows)
}

fn shown(staff: &Staff, opened: &Opened) -> JourneyRowShown {
    let sheet = opened.sheet(staff.speech.language);
    let say = Sayer(staff.speech.language);
    let summary = opened.summary();
    let spark = spark(&sheet);
    JourneyRowShown {
        owner: opened.definition.owner.clone(),
        version: opened.version.as_ref().map(|version| version.number),
        has_draft: opened.has_draft,
        answers: summary.map_or(0, |summary| summary.answers.n),
        open: summary.map(|summary| (summary.open.n, opened.customers("open", &[]))),
        started: summary.map_or(0, |summary| summary.started.n),
        goal: summary
            .filter(|summary| summary.started.n > 0)
            .and_then(|summary| summary.goal.as_ref())
            .map(|goal| say.share(goal).value),
        pain: pain(staff, opened, &sheet),
        is_painless: spark.is_some(),
        spark,
        ..bare(opened.row.clone())
    }
}

fn bare(row: JourneyRow) -> JourneyRowShown {
    JourneyRowShown {
        href: format!("/klantreizen/{}/kaart", crate::pages::encoded(row.id.as_str())),
        standing: Standing::of(&row),
        id: row.id.to_string(),
        title: row.title,
        owner: None,
        version: None,
        has_draft: false,
        spark: None,
        answers: 0,
        open: None,
        started: 0,
        goal: None,
        pain: None,
        is_painless: false,
    }
}

/// The lowest of the measured pains.
fn pain(staff: &Staff, opened: &Opened, sheet: &Sheet) -> Option<Pain> {
    let found = rules::findings(sheet).into_iter();
    let pains = found.filter(|found| found.measured && found.finding == rules::Finding::Pain);
    let measured = |found: &rules::Found| sheet.touchpoints[found.touchpoint].experience.measured;
    let value = |found: &rules::Found| measured(found).map_or(0.0, |measured| measured.mean.value());
    let worst = pains.min_by(|a, b| value(a).total_cmp(&value(b)))?;
    let touchpoint = &sheet.touchpoints[worst.touchpoint];
    let measured = touchpoint.experience.measured?;
    let mark = |value: Experience| format::number(staff.speech.language, value.mark(), 1);
    let bounds = measured.interval.and_then(|(low, high)| Some((Experience::new(low)?, Experience::new(high)?)));
    Some(Pain {
        title: touchpoint.title.clone(),
        mark: mark(measured.mean),
        margin: bounds.map(|(low, high)| format!("{} – {}", mark(low), mark(high))),
        n: measured.n,
        href: link(opened, &touchpoint.id),
    })
}

fn link(opened: &Opened, moment: &TouchpointId) -> String {
    opened.link("kaart", &[("moment", moment.as_str())]) + "#moment"
}
