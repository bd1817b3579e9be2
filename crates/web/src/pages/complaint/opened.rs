//! What a customer opens from a message: to complain, to see how a complaint stands, and to say afterwards whether it is all right.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use service::{
    answering::{Reply, Taken},
    complaining::{self, Grievance, Noted},
};
use store::{HeardBy, Purpose, TaskFilter, TaskRow, TaskState};
use words::{EffectKey, JourneyId, RunId, Scale, TouchpointId, limits::TEXT_CHARS_MAX};

use super::{answer, felt};
use crate::{
    App,
    form::Remarks,
    pages::{
        ask::{self, Holder, Trouble, holder},
        session::Stranger,
        staff_event,
    },
    problem::{Answer, Problem},
    shell::{Shell, Visitor},
    views::data,
};

/// The links by which one complains.
const BY: [Purpose; 2] = [Purpose::Message, Purpose::Follow];

#[derive(Debug, Deserialize)]
struct Subject {
    key: EffectKey,
    run: RunId,
    journey: JourneyId,
    touchpoint: TouchpointId,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Typed {
    text: String,
    mark: String,
}

impl Typed {
    fn chosen(&self) -> Option<String> {
        Some(self.mark.clone()).filter(|mark| !mark.is_empty())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    gezegd: Option<String>,
}

/// What a link is about.
struct Opened {
    holder: Holder,
    subject: Subject,
    token: String,
    /// The complaint that the link's message told of.
    told_of: Option<TaskRow>,
}

async fn open(app: &App, token: &str) -> Result<Result<Opened, Trouble>, Problem> {
    let holder = match holder(&app.service, token, &BY, app.clock.now()).await? {
        Ok(holder) => holder,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let Ok(subject) = serde_json::from_value::<Subject>(holder.link.subject.clone()) else {
        return Ok(Err(Trouble::Unknown));
    };
    let told_of = match complaining::task_of(&subject.key) {
        Some(key) => app.store.task(&holder.link.organisation, &key).await?,
        None => None,
    };
    Ok(Ok(Opened { holder, subject, token: token.to_owned(), told_of }))
}

pub(super) async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = match open(&app, &token).await? {
        Ok(opened) => opened,
        Err(trouble) => return trouble.page(&visitor),
    };
    opened.page(&app, &visitor, (StatusCode::OK, asked.gezegd.is_some()), &Typed::default(), &Remarks::default()).await
}

/// A complaint about what the message is about.
pub(super) async fn make(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let now = app.clock.now();
    app.limits.stranger.take(&stranger, now).map_err(|seconds| Problem::TooMany { seconds })?;
    let opened = match open(&app, &token).await? {
        Ok(opened) => opened,
        Err(trouble) => return trouble.page(&visitor),
    };
    let text = typed.text.trim();
    let mut remarks = Remarks::default();
    remarks.expect(!text.is_empty(), "text", "complaint-remark-text");
    remarks.expect(text.chars().count() <= TEXT_CHARS_MAX, "text", "about-remark-long");
    if !remarks.is_empty() {
        return opened.page(&app, &visitor, (StatusCode::UNPROCESSABLE_ENTITY, false), &typed, &remarks).await;
    }
    let (link, customer) = (&opened.holder.link, &opened.holder.customer);
    let row = app.store.message(&link.organisation, &opened.subject.key).await?;
    let pressed = link.pressed(&["complaint", text], now);
    let grievance = Grievance { heard: HeardBy::Page, before: felt(&typed.mark), about: None };
    let event = match ask::way_back(row.as_ref(), customer).zip(row) {
        Some(((channel, from), row)) => {
            let reply = Reply {
                organisation: link.organisation.clone(),
                channel,
                from,
                name: None,
                answers: Some(row.key),
                subject: None,
                text: text.to_owned(),
                id: format!("page:{pressed}"),
                time: now,
                automatic: false,
                grievance: Some(grievance),
            };
            match app.service.answering.take(reply, now).await? {
                Taken::New(event) => Some(event),
                Taken::Duplicate => None,
                Taken::TooMany => return Err(Problem::TooMany { seconds: 3_600 }),
            }
        }
        None => {
            let Subject { run, journey, touchpoint, .. } = &opened.subject;
            let noted = Noted {
                organisation: link.organisation.clone(),
                heard: HeardBy::Page,
                text: text.to_owned(),
                before: grievance.before,
                about: Some((*run, journey.clone(), touchpoint.clone())),
                staff: String::new(),
                nonce: pressed.to_string(),
            };
            app.service.answering.noted(&noted, customer, now).await?
        }
    };
    if let Some(event) = event {
        staff_event::applied(&app, &event).await?;
    }
    Ok(Redirect::to(&format!("/klacht/{token}?gezegd=1")).into_response())
}

/// Whether it is all right now.
pub(super) async fn rate(
    visitor: Visitor,
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let now = app.clock.now();
    app.limits.stranger.take(&stranger, now).map_err(|seconds| Problem::TooMany { seconds })?;
    let opened = match open(&app, &token).await? {
        Ok(opened) => opened,
        Err(trouble) => return trouble.page(&visitor),
    };
    let Some(task) = opened.told_of.as_ref().filter(|task| matches!(task.state, TaskState::Done { .. })) else {
        return Err(Problem::NotFound);
    };
    let mut remarks = Remarks::default();
    remarks.expect(felt(&typed.mark).is_some(), "mark", "remark-choice");
    remarks.expect(typed.text.chars().count() <= TEXT_CHARS_MAX, "text", "about-remark-long");
    let (Some(felt), true) = (felt(&typed.mark), remarks.is_empty()) else {
        return opened.page(&app, &visitor, (StatusCode::UNPROCESSABLE_ENTITY, false), &typed, &remarks).await;
    };
    let pressed = opened.holder.link.pressed(&["rated", &typed.mark, &typed.text], now);
    let event = complaining::rated(task, felt, typed.text.trim(), pressed, now);
    let reference = event.reference();
    app.store.accept(vec![event]).await?;
    staff_event::applied(&app, &reference).await?;
    Ok(Redirect::to(&format!("/klacht/{token}?gezegd=1")).into_response())
}

impl Opened {
    async fn page(
        &self,
        app: &App,
        shell: &Shell,
        (status, said): (StatusCode, bool),
        typed: &Typed,
        remarks: &Remarks,
    ) -> Answer {
        let shell = self.holder.shell(shell);
        let live = app.service.catalog.live(&self.holder.link.organisation).await?;
        let journey = live.iter().find(|live| live.row.id == self.subject.journey);
        let definition = journey.map(|live| live.published.definition.clone());
        let touchpoint = self.told_of.as_ref().map_or(&self.subject.touchpoint, |task| &task.touchpoint);
        let about = definition.as_ref().and_then(|definition| definition.touchpoint(touchpoint));
        let task = match &self.told_of {
            Some(task) => Some(task.clone()),
            None if said => self.newest(app).await?,
            None => None,
        };
        let rated = self.told_of.as_ref().and_then(|task| answer(task.complaint.as_ref()?.after?));
        let page = context! {
            organisation => self.holder.seen.name.as_str(),
            face => self.holder.seen.context(),
            address => self.holder.address(),
            token => self.token.as_str(),
            said,
            about => about.map(|touchpoint| touchpoint.title.clone()),
            complaint => task.as_ref().map(|task| context! {
                text => task.complaint.as_ref().map(|complaint| complaint.text.clone()),
                made => task.made.to_string(),
                due => task.due.map(|due| due.to_string()),
                done => match &task.state { TaskState::Done { note, .. } => Some(note.clone()), _ => None },
            }),
            asks => self.told_of.is_some(),
            options => ask::options(Scale::Csat, &shell, typed.chosen().or(rated).as_deref().unwrap_or_default()),
            typed => data(typed),
            remarks => remarks.said_by(&shell),
            phone => definition.as_deref().and_then(|definition| ask::phone(definition, touchpoint)),
            back => None::<String>,
        };
        shell.render_as(status, "complaint/opened.html", page)
    }

    /// The complaint that was made last.
    async fn newest(&self, app: &App) -> Result<Option<TaskRow>, Problem> {
        let customer = Some(self.holder.customer.id);
        let filter = TaskFilter { complaints: true, customer, open: true, ..TaskFilter::default() };
        let found = app.store.tasks(&self.holder.link.organisation, &filter, store::Paging::first(100)).await?;
        Ok(found.rows.into_iter().max_by_key(|task| task.made))
    }
}
