//! Why messages of a journey went or did not: counted per touchpoint, each count leading to its messages.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use journey::Definition;
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use service::sending::halt_of;
use store::MessageCount;
use words::{HaltId, JourneyId, TouchpointId};

use super::state::Standing;
use crate::{
    App,
    language::Text,
    pages::{
        encoded,
        message::{PERIODS, halts, needs_a_look, reason_key, since},
        naming,
    },
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

/// Days that are looked back when nobody chose.
const DAYS: &str = "30";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `7`, `30`, `90`, or `alle`.
    dagen: String,
}

/// The address of the page.
pub(crate) fn path(journey: &str) -> String {
    format!("/klantreizen/{}/verstuurd", encoded(journey))
}

/// What came of messages, as far as it matters to whoever reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Sent,
    /// Goes, or is decided about, later.
    Waits,
    /// Did not go, as the rules want it.
    Meant,
    /// Did not go, and somebody can do something about it.
    Stuck,
}

impl Fate {
    const ALL: [Self; 4] = [Self::Sent, Self::Waits, Self::Meant, Self::Stuck];

    fn of(state: &str, reason: &str) -> Self {
        match state {
            "sent" => Self::Sent,
            "held" | "ready" | "sending" | "printed" => Self::Waits,
            _ if needs_a_look(state, reason) => Self::Stuck,
            _ => Self::Meant,
        }
    }

    /// The class of its part of a bar.
    const fn class(self) -> &'static str {
        match self {
            Self::Sent => "on",
            Self::Waits => "open",
            Self::Meant => "stopped",
            Self::Stuck => "lost",
        }
    }

    /// The end of the keys of its texts.
    const fn key(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Waits => "waits",
            Self::Meant => "meant",
            Self::Stuck => "stuck",
        }
    }
}

/// A part of a bar, of a hundred.
#[derive(Serialize)]
struct Part {
    class: &'static str,
    at: f64,
    width: f64,
}

/// Messages that stand somewhere for one reason, with the way to them.
#[derive(Serialize)]
struct Reason {
    key: &'static str,
    count: u64,
    href: String,
}

/// One touchpoint.
#[derive(Serialize)]
struct Row {
    title: String,
    /// `here`, `gone` from the journey, or a `notice` of a halt.
    kind: &'static str,
    total: u64,
    sent: Option<Reason>,
    waits: Vec<Reason>,
    not: Vec<Reason>,
    bar: Vec<Part>,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let house = &viewer.house.id;
    let row = app.store.journey(house, &JourneyId::new(id)).await?.ok_or(Problem::NotFound)?;
    let days = if asked.dagen.is_empty() { DAYS } else { asked.dagen.as_str() };
    let from = since(days, &viewer.speech);
    let days = from.map(|_| days);
    let live = app.service.catalog.live(house).await?;
    let live = live.iter().find(|live| live.row.id == row.id);
    let definition = live.map(|live| live.published.definition.as_ref());
    let from = from.unwrap_or(Timestamp::MIN);
    let counts = app.store.message_counts(house, &row.id, from).await?;
    let told = counts.iter().filter_map(|one| halt_of(&one.touchpoint)).collect();
    let halts = halts(app.store.as_ref(), house, told).await?;
    let telling = Telling { staff: &viewer, journey: &row.id, days, definition, halts };
    let rows = telling.rows(&counts);
    let contacts = app.store.contact_counts(house, &row.id, from).await?;
    let organisation = app.service.catalog.organisation(house).await?;
    let budget = organisation.and_then(|organisation| organisation.message_budget);
    let page = context! {
        id => row.id.as_str(),
        journey => row.title.as_str(),
        standing => data(Standing::of(&row)),
        periods => PERIODS.map(|period| (period, days == Some(period.to_string().as_str()))).to_vec(),
        ever => days.is_none(),
        totals => telling.totals(&counts),
        reasons => telling.reasons(&counts),
        rows => data(&rows),
        asked => rows.iter().map(|row| row.total).sum::<u64>(),
        others => telling.others(&contacts),
        budget => budget.map(|budget| (budget.messages, budget.days)),
    };
    viewer.render("journey/sent.html", page)
}

struct Telling<'a> {
    staff: &'a Staff,
    journey: &'a JourneyId,
    days: Option<&'a str>,
    definition: Option<&'a Definition>,
    halts: BTreeMap<HaltId, String>,
}

impl Telling<'_> {
    /// The touchpoints that send, in the order of the journey, then those that are no longer in it and notices.
    fn rows(&self, counts: &[MessageCount]) -> Vec<Row> {
        let touchpoints = self.definition.into_iter().flat_map(|definition| &definition.touchpoints);
        let here: Vec<(&TouchpointId, String)> =
            touchpoints.filter(|one| one.sends()).map(|one| (&one.id, one.title.clone())).collect();
        let others: BTreeSet<&TouchpointId> = counts.iter().map(|one| &one.touchpoint).collect();
        let others = others.into_iter().filter(|id| here.iter().all(|(known, _)| known != id));
        let others: Vec<(&TouchpointId, String)> = others.map(|id| (id, self.title(id))).collect();
        let all = here.into_iter().map(|one| (one, "here")).chain(others.into_iter().map(|one| {
            let kind = if halt_of(one.0).is_some() { "notice" } else { "gone" };
            (one, kind)
        }));
        all.map(|((id, title), kind)| self.row(id, title, kind, counts)).collect()
    }

    /// What a touchpoint is called that the live version does not send by.
    fn title(&self, id: &TouchpointId) -> String {
        if let Some(halt) = halt_of(id) {
            let title = self.halts.get(&halt).cloned().unwrap_or_default();
            return self.staff.say(&Text::new("message-notice").with("title", title));
        }
        let known = self.definition.and_then(|definition| definition.touchpoint(id));
        known.map_or_else(|| naming::capital(&id.as_str().replace('-', " ")), |known| known.title.clone())
    }

    fn row(&self, id: &TouchpointId, title: String, kind: &'static str, counts: &[MessageCount]) -> Row {
        let own: Vec<&MessageCount> = counts.iter().filter(|one| one.touchpoint == *id).collect();
        let with = |wanted: &dyn Fn(Fate) -> bool| -> Vec<Reason> {
            let some = own.iter().filter(|one| wanted(Fate::of(&one.state, &one.reason)));
            let mut some: Vec<Reason> =
                some.map(|one| self.reason(Some(id), (&one.state, &one.reason), one.count)).collect();
            some.sort_by_key(|reason| std::cmp::Reverse(reason.count));
            some
        };
        Row {
            title,
            kind,
            total: own.iter().map(|one| one.count).sum(),
            sent: with(&|fate| fate == Fate::Sent).pop(),
            waits: with(&|fate| fate == Fate::Waits),
            not: with(&|fate| fate >= Fate::Meant),
            bar: bar(&own),
        }
    }

    fn reason(&self, touchpoint: Option<&TouchpointId>, (state, reason): (&str, &str), count: u64) -> Reason {
        let mut href = format!("/berichten?stand={state}&klantreis={}", encoded(self.journey.as_str()));
        let more = [
            ("moment", touchpoint.map(TouchpointId::as_str)),
            ("reden", Some(reason).filter(|reason| !reason.is_empty())),
            ("dagen", self.days),
        ];
        for (name, value) in more.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            href.push_str(&format!("&{name}={}", encoded(value)));
        }
        Reason { key: reason_key(state, reason), count, href }
    }

    /// All touchpoints together, by fate.
    fn totals(&self, counts: &[MessageCount]) -> Vec<Value> {
        let all = Fate::ALL.into_iter().map(|fate| {
            let of = counts.iter().filter(|one| Fate::of(&one.state, &one.reason) == fate);
            context! { key => fate.key(), class => fate.class(), count => of.map(|one| one.count).sum::<u64>() }
        });
        all.collect()
    }

    /// Every reason that occurs, over all touchpoints: what can be helped first, then most first.
    fn reasons(&self, counts: &[MessageCount]) -> Vec<Value> {
        let mut all: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for one in counts.iter().filter(|one| one.state != "sent") {
            *all.entry((one.state.as_str(), one.reason.as_str())).or_default() += one.count;
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|((state, reason), count)| std::cmp::Reverse((Fate::of(state, reason), *count)));
        let told = all.into_iter().map(|((state, reason), count)| {
            let fate = Fate::of(state, reason);
            context! { fate => fate.class(), ..data(self.reason(None, (state, reason), count)) }
        });
        told.collect()
    }

    /// What other systems send, as far as we saw it arrive.
    fn others(&self, contacts: &BTreeMap<TouchpointId, u64>) -> Vec<Value> {
        let touchpoints = self.definition.into_iter().flat_map(|definition| &definition.touchpoints);
        let others = touchpoints.filter_map(|one| Some((one, one.written_by_other()?)));
        let told = others.map(|(one, system)| {
            let count = contacts.get(&one.id).copied().unwrap_or_default();
            context! { title => one.title.as_str(), system, count }
        });
        told.collect()
    }
}

fn bar(counts: &[&MessageCount]) -> Vec<Part> {
    let of = |fate: Fate| {
        let some = counts.iter().filter(|one| Fate::of(&one.state, &one.reason) == fate);
        some.map(|one| one.count).sum::<u64>() as f64
    };
    let total: f64 = Fate::ALL.into_iter().map(of).sum();
    let mut at = 0.0;
    let parts = Fate::ALL.into_iter().filter(|fate| of(*fate) > 0.0).map(|fate| {
        let width = (of(fate) / total * 1000.0).round() / 10.0;
        let part = Part { class: fate.class(), at, width };
        at += width;
        part
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_each_fate_in_its_share() {
        let count = |state: &str, reason: &str, count| MessageCount {
            touchpoint: TouchpointId::new("herinnering"),
            state: state.to_owned(),
            reason: reason.to_owned(),
            count,
        };
        let counts = [
            count("sent", "", 6),
            count("held", "halt", 1),
            count("ready", "", 1),
            count("refused", "over_budget", 1),
            count("refused", "no_address", 1),
        ];
        let parts = bar(&counts.iter().collect::<Vec<_>>());
        let told: Vec<_> = parts.iter().map(|part| (part.class, part.at, part.width)).collect();
        assert_eq!(told, [("on", 0.0, 60.0), ("open", 60.0, 20.0), ("stopped", 80.0, 10.0), ("lost", 90.0, 10.0)]);
        assert!(bar(&[]).is_empty());
    }
}
