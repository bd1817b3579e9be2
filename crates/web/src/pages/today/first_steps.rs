//! The three first steps of an installation: a journey, what happens, trying it oneself. Each is ticked off when it is done;
//! once all are, or once a journey reaches customers, they are gone.

use minijinja::{Value, context};
use store::{Mode, Paging};

use crate::{App, pages::encoded, problem::Problem, session::Staff};

/// Lines of the log book in which a play is looked for; whoever has more is past the first steps.
const LINES: u32 = 200;

/// The steps with whether they are done, for who may take them; `None` when nobody needs them.
pub(super) async fn of(app: &App, staff: &Staff) -> Result<Option<Value>, Problem> {
    let house = &staff.house.id;
    let journeys = app.store.journeys(house).await?;
    let reaches = journeys.iter().any(|row| row.live.is_some() && row.mode == Mode::Live);
    if reaches || staff.account.role < store::Role::Editor {
        return Ok(None);
    }
    let heard =
        !app.store.recent_events(house, None, 1).await?.is_empty() || !app.store.imports(house, 1).await?.is_empty();
    let sent = app.store.senders(house).await?.iter().any(|sender| sender.tested.is_some());
    let log = app.store.audit(house, Paging::first(LINES)).await?;
    let tried = sent || log.rows.iter().any(|row| row.what == "journey.played");
    let done = [!journeys.is_empty(), heard, tried];
    let left = done.iter().filter(|done| !**done).count();
    let play = journeys.first().map(|row| format!("/klantreizen/{}/beleef", encoded(row.id.as_str())));
    Ok((left > 0).then(|| context! { journey => done[0], source => done[1], tried => done[2], left, play }))
}
