//! What needs a look: what staff hold back, messages that did not go, sources that fell silent or could not be fetched, other
//! systems that could not be told, events that could not be used.

use minijinja::{Value, context};
use store::{Paging, QuarantineFilter};

use crate::{
    App,
    pages::{connection, encoded, halt, message},
    problem::Problem,
    session::Staff,
};

/// Reasons that are shown apart.
const REASONS_MAX: usize = 5;

/// The list, with the numbers that the head of the page says.
pub(super) struct Attention {
    pub(super) held: u64,
    pub(super) silent: usize,
    pub(super) notices: Vec<Value>,
}

pub(super) async fn all(app: &App, staff: &Staff) -> Result<Attention, Problem> {
    let house = &staff.house.id;
    let counts = app.store.outbox_counts(house, None).await?;
    let mut stuck: Vec<(&str, &str, u64)> = counts
        .iter()
        .filter(|((state, reason), _)| message::needs_a_look(state, reason))
        .map(|((state, reason), count)| (state.as_str(), reason.as_str(), *count))
        .collect();
    stuck.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    let held = stuck.iter().map(|(_, _, count)| count).sum();
    let mut notices: Vec<Value> = halt::standing(app, staff).await?;
    notices.extend(stuck.into_iter().take(REASONS_MAX).map(|(state, reason, count)| {
        let why = message::reason_text(staff, state, reason);
        context! { kind => "message", state, count, why, href => message::because(state, reason) }
    }));
    let mut silent = 0;
    for source in app.store.sources(house).await? {
        let href = format!("/koppelingen/bron/{}", encoded(&source.id));
        if let Some(why) = connection::troubled(staff, &source).await? {
            notices.push(context! { kind => "trouble", name => source.name.as_str(), why, href });
            continue;
        }
        let known = connection::silence(staff, &source).await?;
        if !known.is_silent {
            continue;
        }
        silent += 1;
        notices.push(context! {
            kind => "silent",
            name => source.name.as_str(),
            since => source.last_received.map(|moment| moment.to_string()),
            gap => known.usual(staff.speech.language),
            longest => known.longest(staff.speech.language),
            href,
        });
    }
    notices.extend(connection::troubled_endpoints(staff).await?);
    let quarantine = app.store.quarantine(house, QuarantineFilter::default(), Paging::first(1)).await?.total;
    if quarantine > 0 {
        notices.push(context! { kind => "quarantine", count => quarantine, href => "/koppelingen/niet-verwerkt" });
    }
    Ok(Attention { held, silent, notices })
}
