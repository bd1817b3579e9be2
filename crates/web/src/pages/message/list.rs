//! The messages of an organisation: how many stand where and why, filtered.

use axum::extract::{Query, State};
use jiff::Timestamp;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use store::{MessageCount, OutboxCounts, OutboxFilter, OutboxRow, SendState};
use words::{Channel, JourneyId, OrganisationId, TouchpointId};

use super::{period::since, reason::reason_text, title::Titles};
use crate::{
    App,
    language::Speech,
    pages::{customer, encoded, halt, journey::sent_path, naming},
    paging::Sheet,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// The states in the order in which a page names them.
const STATES: [&str; 9] = ["ready", "sending", "printed", "sent", "held", "refused", "failed", "unknown", "withdrawn"];

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    stand: String,
    klantreis: String,
    moment: String,
    kanaal: String,
    reden: String,
    /// Of the last so many days.
    dagen: String,
}

impl Asked {
    fn filter(&self, speech: &Speech) -> OutboxFilter {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        OutboxFilter {
            journey: some(&self.klantreis).map(JourneyId::new),
            touchpoint: some(&self.moment).map(TouchpointId::new),
            customer: None,
            state: some(&self.stand).filter(|state| STATES.contains(&state.as_str())),
            channel: some(&self.kanaal).map(Channel::new),
            reference: None,
            reason: some(&self.reden),
            since: since(&self.dagen, speech),
        }
    }

    fn query(&self) -> String {
        let parts = [
            ("stand", &self.stand),
            ("klantreis", &self.klantreis),
            ("moment", &self.moment),
            ("kanaal", &self.kanaal),
            ("reden", &self.reden),
            ("dagen", &self.dagen),
        ];
        let filled = parts.iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("&{name}={}", encoded(value))).collect()
    }
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    Query(sheet): Query<Sheet>,
) -> Answer {
    let house = &viewer.house.id;
    let filter = asked.filter(&viewer.speech);
    let listed = app.store.messages(house, &filter, sheet.paging()).await?;
    let counts = counts(&app, house, &filter).await?;
    let titles = Titles::of(&app, house, &listed.rows).await?;
    let live = titles.live();
    let names = names(&app, &viewer, &listed.rows).await?;
    let rows: Vec<Value> = listed
        .rows
        .iter()
        .zip(names)
        .map(|(row, name)| {
            let (journey, title) = (titles.journey(row, &viewer.speech), titles.message(row, &viewer.speech));
            context! { name, journey, title, ..shown(&viewer, row) }
        })
        .collect();
    let chosen = live.iter().find(|live| Some(&live.row.id) == filter.journey.as_ref());
    let moments: Vec<(String, String)> = chosen
        .map(|live| {
            let sends = live.published.definition.touchpoints.iter().filter(|touchpoint| touchpoint.sends());
            sends.map(|touchpoint| (touchpoint.id.to_string(), touchpoint.title.clone())).collect()
        })
        .unwrap_or_default();
    let total_of = |state: &str| counts.iter().filter(|((of, _), _)| of == state).map(|(_, n)| n).sum::<u64>();
    let page = context! {
        rows,
        halts => halt::standing(&app, &viewer).await?,
        total => listed.total,
        asked => data(&asked),
        states => STATES.map(|state| (state, total_of(state))).to_vec(),
        reasons => reasons(&viewer, &counts, filter.state.as_deref(), &asked),
        days => since(&asked.dagen, &viewer.speech).map(|_| asked.dagen.as_str()),
        why => chosen.map(|live| sent_path(live.row.id.as_str())),
        journeys => live.iter().map(|live| (live.row.id.to_string(), live.published.definition.title.clone())).collect::<Vec<_>>(),
        moments,
        channels => Channel::SENDING.iter().map(|name| ((*name).to_owned(), naming::channel(&viewer.speech, name))).collect::<Vec<_>>(),
        query => asked.query(),
        paging => sheet.context("/berichten", listed.total),
    };
    viewer.render("message/list.html", page)
}

/// How many stand where and why, of those that are narrowed down to a journey and its touchpoint and period.
async fn counts(app: &App, house: &OrganisationId, filter: &OutboxFilter) -> Result<OutboxCounts, Problem> {
    let (Some(journey), true) = (&filter.journey, filter.touchpoint.is_some() || filter.since.is_some()) else {
        return Ok(app.store.outbox_counts(house, filter.journey.as_ref()).await?);
    };
    let counts = app.store.message_counts(house, journey, filter.since.unwrap_or(Timestamp::MIN)).await?;
    let of = |one: &MessageCount| filter.touchpoint.as_ref().is_none_or(|touchpoint| *touchpoint == one.touchpoint);
    let mut folded = OutboxCounts::new();
    for one in counts.into_iter().filter(of) {
        *folded.entry((one.state, one.reason)).or_default() += one.count;
    }
    Ok(folded)
}

/// The address of the messages that stand in a state for one reason.
pub(crate) fn because(state: &str, reason: &str) -> String {
    format!("/berichten?stand={state}&reden={}", encoded(reason))
}

/// Why messages stand where they stand, most first.
fn reasons(staff: &Staff, counts: &OutboxCounts, state: Option<&str>, asked: &Asked) -> Vec<Value> {
    let mut reasons: Vec<_> =
        counts.iter().filter(|((of, reason), _)| !reason.is_empty() && state.is_none_or(|state| of == state)).collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let shown = reasons.into_iter().take(12).map(|((state, reason), count)| {
        let narrowed = Asked { stand: state.clone(), reden: reason.clone(), ..asked.clone() };
        let href = format!("/berichten?{}", narrowed.query().trim_start_matches('&'));
        context! { text => reason_text(staff, state, reason), count, state, href }
    });
    shown.collect()
}

/// What is the same in every list of messages.
pub(super) fn shown(staff: &Staff, row: &OutboxRow) -> Value {
    let reason = match &row.state {
        SendState::Held { until, why } => customer::waits(*why, *until, &staff.speech),
        SendState::Refused { reason } => customer::refusal(*reason, &staff.speech),
        SendState::Failed { reason } | SendState::Unknown { reason } => reason.clone(),
        SendState::Withdrawn { reason } => reason_text(staff, "withdrawn", reason),
        _ => String::new(),
    };
    let time = match &row.state {
        SendState::Sent { time, .. } | SendState::Printed { time, .. } => *time,
        SendState::Held { until, .. } => *until,
        _ => row.decided,
    };
    context! {
        href => super::path(&row.key),
        state => row.state.name(),
        time => time.to_string(),
        decided => row.decided.to_string(),
        channel => row.channel.as_ref().map(|channel| naming::channel(&staff.speech, channel.as_str())),
        to => row.to.as_deref(),
        reason,
    }
}

async fn names(app: &App, staff: &Staff, rows: &[OutboxRow]) -> Result<Vec<String>, Problem> {
    let mut ids: Vec<_> = rows.iter().map(|row| row.customer).collect();
    ids.sort();
    ids.dedup();
    let found = app.store.customers_by_id(&staff.house.id, &ids).await?;
    let name = |row: &OutboxRow| {
        let of = found.iter().find(|stored| stored.customer.id == row.customer);
        of.map(|stored| naming::capital(&naming::person(&stored.customer, &staff.speech))).unwrap_or_default()
    };
    Ok(rows.iter().map(name).collect())
}
