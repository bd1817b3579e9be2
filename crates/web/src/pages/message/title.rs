//! What messages are called: a notice by its halt, any other by its touchpoint.

use std::collections::{BTreeMap, BTreeSet};

use service::{
    Live,
    answering::is_answer,
    complaining::{Own, own_of},
    sending::notice_of,
};
use store::{OutboxRow, Store};
use words::{HaltId, OrganisationId};

use crate::{
    App,
    language::{Speech, Text},
    problem::Problem,
};

/// The titles of what some messages are about.
pub(crate) struct Titles {
    live: Vec<Live>,
    halts: BTreeMap<HaltId, String>,
}

impl Titles {
    /// Looks up what these messages need.
    pub(crate) async fn of(app: &App, house: &OrganisationId, rows: &[OutboxRow]) -> Result<Self, Problem> {
        let halts = halts(app.store.as_ref(), house, rows.iter().filter_map(notice_of).collect()).await?;
        Ok(Self { live: app.service.catalog.live(house).await?, halts })
    }

    /// The journeys that are live.
    pub(crate) fn live(&self) -> &[Live] {
        &self.live
    }

    /// The journey of a message.
    pub(crate) fn journey(&self, row: &OutboxRow, speech: &Speech) -> String {
        if is_answer(row) || (own_of(row).is_some() && row.journey.as_str().is_empty()) {
            return speech.say(&Text::new("message-of-no-journey"));
        }
        self.of_journey(row).map_or_else(|| row.journey.to_string(), |live| live.published.definition.title.clone())
    }

    /// The message itself.
    pub(crate) fn message(&self, row: &OutboxRow, speech: &Speech) -> String {
        let touchpoint = || {
            let definition = &self.of_journey(row)?.published.definition;
            Some(definition.touchpoint(&row.touchpoint)?.title.clone())
        };
        let answer = || is_answer(row).then(|| speech.say(&Text::new("message-answer")));
        let own = || own_of(row).map(|own| own_title(own, speech));
        notice(row, &self.halts, speech)
            .or_else(own)
            .or_else(answer)
            .or_else(touchpoint)
            .unwrap_or_else(|| row.touchpoint.to_string())
    }

    fn of_journey(&self, row: &OutboxRow) -> Option<&Live> {
        self.live.iter().find(|live| live.row.id == row.journey)
    }
}

/// What a message of our own about a complaint is called.
pub(crate) fn own_title(own: Own, speech: &Speech) -> String {
    speech.say(&Text::new(match own {
        Own::Received => "message-complaint-received",
        Own::Resolved => "message-complaint-resolved",
    }))
}

/// The titles of these halts.
pub(crate) async fn halts(
    store: &dyn Store,
    house: &OrganisationId,
    told: BTreeSet<HaltId>,
) -> Result<BTreeMap<HaltId, String>, Problem> {
    let mut halts = BTreeMap::new();
    for id in told {
        halts.extend(store.halt(house, id).await?.map(|halt| (id, halt.title)));
    }
    Ok(halts)
}

/// What a notice is called; `None`: it is none.
pub(crate) fn notice(row: &OutboxRow, halts: &BTreeMap<HaltId, String>, speech: &Speech) -> Option<String> {
    let halt = notice_of(row)?;
    let title = halts.get(&halt).cloned().unwrap_or_default();
    Some(speech.say(&Text::new("message-notice").with("title", title)))
}
