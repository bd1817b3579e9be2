//! One voice: every message of the organisation side by side, and any text that one pastes.

mod pasted;
mod shown;

use axum::{Form, Router, extract::Query, routing::get};
use journey::Folder;
use minijinja::context;
use serde::{Deserialize, Serialize};
use service::{sounding, workbench};
use voice::checker::Rule;

pub(crate) use self::shown::{Piece, RemarkRow, pieces};
use self::{
    pasted::Pasted,
    shown::{MessageRow, message_row},
};
use crate::{
    App,
    language::Speech,
    pages::{draft, encoded},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

pub(crate) const PATH: &str = "/berichten/een-stem";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(show).post(judge))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    regel: String,
}

/// A journey with what is remarked in its messages.
#[derive(Serialize)]
struct JourneyRow {
    id: String,
    title: String,
    href: String,
    address: String,
    /// Remarks in all its messages, whatever rule was asked for.
    count: usize,
    messages: usize,
    /// Those with a remark of the rule that was asked for.
    rows: Vec<MessageRow>,
}

/// A rule, and how often it speaks.
#[derive(Serialize)]
struct RuleRow {
    id: &'static str,
    count: usize,
    is_advice: bool,
}

async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    page(&viewer, &asked, None).await
}

async fn judge(viewer: Viewer, Form(filled): Form<pasted::Filled>) -> Answer {
    let house = organisation(&viewer).await?;
    let pasted = Pasted::of(filled, &house, &viewer.speech);
    page(&viewer, &Asked::default(), Some(pasted)).await
}

/// What can be said about how a text of staff sounds; advice left out.
pub(crate) async fn heard(staff: &Staff, text: &str) -> Result<Vec<RemarkRow>, Problem> {
    let organisation = organisation(staff).await?;
    let filled = pasted::Filled::of(text.to_owned(), organisation.language);
    Ok(Pasted::of(filled, &organisation, &staff.speech).must())
}

async fn organisation(staff: &Staff) -> Result<std::sync::Arc<journey::Organisation>, Problem> {
    staff.app.service.catalog.organisation(&staff.house.id).await?.ok_or(Problem::NotFound)
}

async fn page(staff: &Staff, asked: &Asked, pasted: Option<Pasted>) -> Answer {
    let organisation = organisation(staff).await?;
    let only = Rule::ALL.into_iter().find(|rule| rule.id() == asked.regel);
    let (mut journeys, mut rules) = (Vec::new(), Rule::ALL.map(|rule| (rule, 0)));
    for row in staff.app.store.journeys(&staff.house.id).await? {
        let Some(folder) = draft::newest(&staff.app, &row).await? else { continue };
        let title = if row.title.is_empty() { row.id.to_string() } else { row.title };
        let found = journey_row(&folder, &organisation, row.id.as_str(), title, only, &staff.speech, &mut rules);
        journeys.extend(found.filter(|journey| journey.messages > 0));
    }
    let forms: std::collections::BTreeSet<&str> = journeys.iter().map(|journey| journey.address.as_str()).collect();
    let rules = rules.into_iter().filter(|(_, count)| *count > 0);
    let rules = rules.map(|(rule, count)| RuleRow { id: rule.id(), count, is_advice: rule.is_advice() });
    let voice = &organisation.voice;
    let page = context! {
        forms => forms.len(),
        messages => journeys.iter().map(|journey| journey.messages).sum::<usize>(),
        count => journeys.iter().map(|journey| journey.count).sum::<usize>(),
        journeys => data(journeys),
        rules => data(rules.collect::<Vec<_>>()),
        only => only.map(Rule::id).unwrap_or_default(),
        address => organisation.address.as_str(),
        openings => voice.openings.join(", "),
        closings => voice.closings.join(", "),
        emoji => voice.emoji,
        exclamations => voice.exclamations,
        sentence_words => voice.sentence_words,
        say => voice.say.keys().cloned().collect::<Vec<_>>().join(", "),
        avoid => voice.avoid.join(", "),
        strict => voice.strict,
        pasted => data(pasted),
    };
    staff.render("voice/show.html", page)
}

/// One journey; `None` when its text cannot be read.
fn journey_row(
    folder: &Folder,
    organisation: &journey::Organisation,
    id: &str,
    title: String,
    only: Option<Rule>,
    speech: &Speech,
    rules: &mut [(Rule, usize)],
) -> Option<JourneyRow> {
    let definition = workbench::read(folder, organisation).definition?;
    let sounds = sounding::sounds(folder, &definition, organisation);
    for noted in sounds.iter().flat_map(|sound| &sound.noted) {
        if let Some((_, count)) = rules.iter_mut().find(|(rule, _)| *rule == noted.remark.rule) {
            *count += 1;
        }
    }
    let href = format!("/klantreizen/{}/concept", encoded(id));
    let rows = sounds.iter().map(|sound| message_row(sound, &href, only, speech.language));
    Some(JourneyRow {
        id: id.to_owned(),
        title,
        address: definition.address.unwrap_or(organisation.address).as_str().to_owned(),
        count: sounds.iter().map(|sound| sound.noted.len()).sum(),
        messages: sounds.len(),
        rows: rows.filter(|row| !row.fields.is_empty()).collect(),
        href,
    })
}
