//! One sheet: what the journey needs, beside what came in.

use std::collections::BTreeMap;

use journey::NeededEvent;
use serde::Serialize;
use store::{Source, StoredEvent};
use words::EventName;

use super::{
    Asked,
    arrived::{EACH, judge},
    shown::{EventShown, Standing, Writer},
    subject::Subject,
};
use crate::{App, language::Speech, problem::Problem, session::Staff};

/// Sources that are looked at for one sheet.
pub(super) const SOURCES_MAX: usize = 20;

/// How far a supplier is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Progress {
    /// Events that came in at least once.
    pub(super) received: usize,
    /// Of those, events with nothing to mend.
    pub(super) right: usize,
    /// Events that this supplier is asked for.
    pub(super) of: usize,
    /// Events that come from another source.
    pub(super) elsewhere: usize,
}

/// An event that may be left out of the sheet.
#[derive(Serialize)]
struct Choice {
    name: String,
    words: String,
    chosen: bool,
}

/// A sheet.
#[derive(Serialize)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) title: String,
    /// Whether the journey was never published.
    is_draft: bool,
    pub(super) source: Option<(String, String)>,
    sources: Vec<(String, String)>,
    pub(super) endpoint: String,
    pub(super) progress: Progress,
    pub(super) events: Vec<EventShown>,
    choices: Vec<Choice>,
    /// Whether some events were left out.
    is_part: bool,
}

impl Made {
    pub(super) async fn of(
        staff: &Staff,
        app: &App,
        subject: &Subject,
        asked: &Asked,
        speech: &Speech,
    ) -> Result<Self, Problem> {
        let sources = app.store.sources(&staff.house.id).await?;
        let needed: Vec<&NeededEvent> = all(subject).collect();
        let names: Vec<EventName> = needed.iter().map(|event| event.name.clone()).collect();
        let came = Came::of(staff, app, &sources, asked.source.as_ref(), &names).await?;
        let endpoint = app.settings.public_url.as_str();
        let writer = Writer { speech, definition: &subject.definition, endpoint, now: speech.now };
        let events: Vec<EventShown> = needed.iter().map(|event| came.shown(event, &writer)).collect();
        let is_chosen = |event: &EventShown| asked.only.is_empty() || asked.only.contains(&event.name);
        let choices = events.iter().map(|event| Choice {
            name: event.name.clone(),
            words: event.words.clone(),
            chosen: is_chosen(event),
        });
        let choices: Vec<Choice> = choices.collect();
        let is_part = choices.iter().any(|choice| !choice.chosen);
        let mut events: Vec<EventShown> = events.into_iter().filter(is_chosen).collect();
        // Who chose an event wants to see it, wherever it comes from now.
        events.iter_mut().for_each(|event| event.whole |= !asked.only.is_empty());
        let named = |source: &Source| (source.id.clone(), source.name.clone());
        Ok(Self {
            id: subject.row.id.to_string(),
            title: subject.definition.title.clone(),
            is_draft: subject.row.live.is_none(),
            source: asked.source.as_ref().map(named),
            sources: sources.iter().map(named).collect(),
            endpoint: endpoint.to_owned(),
            progress: progress(&events),
            events,
            choices,
            is_part,
        })
    }
}

/// Everything that a journey needs: its events, and who its customers are.
pub(super) fn all(subject: &Subject) -> impl Iterator<Item = &NeededEvent> {
    let customer = Some(&subject.needs.customer).filter(|customer| !customer.fields.is_empty());
    customer.into_iter().chain(&subject.needs.events)
}

fn progress(events: &[EventShown]) -> Progress {
    let required = || events.iter().filter(|event| !event.optional);
    let count = |standing: Standing| required().filter(|event| event.standing == standing).count();
    let (right, gaps, elsewhere) = (count(Standing::Right), count(Standing::Gaps), count(Standing::Elsewhere));
    Progress { received: right + gaps, right, of: required().count() - elsewhere, elsewhere }
}

/// The sources to look at, those that sent something last first.
pub(super) fn sending(sources: &[Source]) -> Vec<&Source> {
    let mut sending: Vec<&Source> = sources.iter().collect();
    sending.sort_by_key(|source| std::cmp::Reverse(source.last_received));
    sending.truncate(SOURCES_MAX);
    sending
}

/// What came in, newest first within a name, and what another source sends.
struct Came {
    events: Vec<StoredEvent>,
    elsewhere: BTreeMap<EventName, String>,
}

impl Came {
    /// From one source, or from all together.
    async fn of(
        staff: &Staff,
        app: &App,
        sources: &[Source],
        source: Option<&Source>,
        names: &[EventName],
    ) -> Result<Self, Problem> {
        let (house, store) = (&staff.house.id, &app.store);
        let (mut events, mut elsewhere) = (Vec::new(), BTreeMap::new());
        if let Some(source) = source {
            events = store.named_events(house, &source.id, names, EACH).await?;
            let missing = names.iter().filter(|name| events.iter().all(|stored| stored.event.name != **name));
            let missing: Vec<EventName> = missing.cloned().collect();
            for other in sending(sources).into_iter().filter(|other| other.id != source.id) {
                for stored in store.named_events(house, &other.id, &missing, 1).await? {
                    elsewhere.entry(stored.event.name).or_insert_with(|| other.name.clone());
                }
            }
        } else {
            for source in sending(sources) {
                events.extend(store.named_events(house, &source.id, names, EACH).await?);
            }
            events.sort_by_key(|stored| std::cmp::Reverse(stored.arrival));
        }
        Ok(Self { events, elsewhere })
    }

    fn shown(&self, event: &NeededEvent, writer: &Writer<'_>) -> EventShown {
        let of_name = self.events.iter().filter(|stored| stored.event.name == event.name);
        let came: Vec<&StoredEvent> = of_name.take(EACH as usize).collect();
        let object = event.name.object();
        let about: Vec<&StoredEvent> =
            self.events.iter().filter(|stored| stored.event.name.object() == object).collect();
        let elsewhere = self.elsewhere.get(&event.name).map(String::as_str);
        writer.event(event, &judge(event, &came, &about), elsewhere)
    }
}
