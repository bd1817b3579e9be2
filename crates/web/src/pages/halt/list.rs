//! What is held back now, and was before.

use axum::extract::{Path, State};
use minijinja::{Value, context};
use serde_json::json;
use service::{
    Live,
    sending::{Coverage, coverage, notice_touchpoint},
};
use store::{OutboxFilter, Paging};
use words::{Halt, HaltId};

use super::{new::WAITING, scope};
use crate::{
    App,
    language::Text,
    pages::encoded,
    problem::{Answer, Problem},
    session::{Editor, Staff, Viewer},
};

pub(super) async fn show(viewer: Viewer, State(app): State<App>) -> Answer {
    let house = &viewer.house.id;
    let live = app.service.catalog.live(house).await?;
    let now = viewer.speech.now;
    let standing = app.store.standing_halts(house, now).await?;
    let held = held(&app, &viewer, &standing).await?;
    let mut stand = Vec::new();
    for (halt, covered) in standing.iter().zip(&held.halts) {
        let row = row(&app, &viewer, &live, halt).await?;
        stand.push(context! { messages => covered.messages, customers => covered.customers.len(), ..row });
    }
    let mut past = Vec::new();
    for halt in app.store.halts(house).await?.iter().filter(|halt| halt.until <= now) {
        past.push(row(&app, &viewer, &live, halt).await?);
    }
    viewer.render("halt/list.html", context! { standing => stand, past, cut => held.cut })
}

/// What each holds back: what waits, and what did not go because it is not to go afterwards.
async fn held(app: &App, staff: &Staff, standing: &[Halt]) -> Result<Coverage, Problem> {
    if standing.is_empty() {
        return Ok(Coverage::default());
    }
    let house = &staff.house.id;
    let organisation = super::organisation(app, house).await?;
    let of = |state: &str, reason: Option<&str>| OutboxFilter {
        state: Some(state.to_owned()),
        reason: reason.map(str::to_owned),
        ..OutboxFilter::default()
    };
    let filters: Vec<OutboxFilter> =
        WAITING.iter().map(|state| of(state, None)).chain([of("refused", Some("halted"))]).collect();
    let about = (house, organisation.as_ref());
    Ok(coverage(app.store.as_ref(), about, standing, &filters, staff.speech.now).await?)
}

async fn row(app: &App, staff: &Staff, live: &[Live], halt: &Halt) -> Result<Value, Problem> {
    let touchpoint = notice_touchpoint(halt.id);
    let notice = match &halt.notice {
        None => None,
        Some(notice) => {
            let state = Some("sent".to_owned());
            let of = OutboxFilter { touchpoint: Some(touchpoint.clone()), state, ..OutboxFilter::default() };
            let sent = app.store.messages(&staff.house.id, &of, Paging::first(1)).await?.total;
            let href = format!("/berichten?moment={}", encoded(touchpoint.as_str()));
            Some(context! { subject => notice.subject.as_str(), sent, href })
        }
    };
    Ok(context! {
        id => halt.id.to_string(),
        title => halt.title.as_str(),
        scope => scope::told(&halt.scope, live, &staff.speech),
        from => halt.from.to_string(),
        until => halt.until.to_string(),
        afterwards => halt.afterwards,
        notice,
    })
}

/// Ends it now; what it held is decided anew.
pub(super) async fn release(editor: Editor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let (house, now) = (&editor.house.id, editor.speech.now);
    let id: HaltId = id.parse().map_err(|_| Problem::NotFound)?;
    let halt = app.store.halt(house, id).await?.ok_or(Problem::NotFound)?;
    if halt.until > now {
        let title = halt.title.clone();
        app.store.save_halt(house, Halt { until: now, ..halt.clone() }).await?;
        app.store.decide_anew(house, now).await?;
        editor.record("halt.ended", &id.to_string(), json!({ "title": title })).await?;
        app.service.wake();
    }
    let done = if halt.afterwards { "halt-ended-goes" } else { "halt-ended" };
    editor.go(super::PATH, Text::new(done).with("title", halt.title))
}
