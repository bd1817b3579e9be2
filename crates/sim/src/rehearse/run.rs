use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use engine::{Traveller, World};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use journey::{Definition, Folder};
use service::running::Surroundings;
use service::{Catalog, Published};
use store::{Change, JourneyRow, Store};
use words::{Channel, Customer, OrganisationId, Window};

use super::count::Counting;
use super::differ::Differing;
use super::plan::{Progress, Stage, Told};
use super::recorded::{self, Again, Remembered};
use super::report::{Report, Rules, Who};
use super::stage::{Stages, Version};
use super::{Plan, Way};
use crate::acting::{Acting, Actor};
use crate::course::Course;
use crate::scene::Staged;
use crate::{Error, Person, Result};

/// A draft that is to be rehearsed.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// The journey, as it stands in the store.
    pub row: JourneyRow,
    /// The draft. It need not be ready for publishing, but it must be readable.
    pub draft: Folder,
    /// What to live through.
    pub plan: Plan,
}

/// Rehearses, and tells how far it is before each customer; `None`: it was called off. Only reads from the store.
pub async fn rehearse(
    store: &dyn Store,
    catalog: &Catalog,
    rehearsal: Rehearsal,
    now: Timestamp,
    told: Told<'_>,
) -> Result<Option<Report>> {
    let Rehearsal { organisation, row, draft, plan } = rehearsal;
    let plan = plan.within_limits();
    let surroundings = Surroundings::load(store, catalog, &organisation).await?;
    let surroundings = surroundings.ok_or_else(|| Error::NoOrganisation(organisation.clone()))?;
    let draft = Published::read(draft, &surroundings.organisation).map_err(Error::Draft)?;
    let stages = Stages::new(surroundings, &row, Arc::new(draft));
    let window = window(&plan, now, stages.draft.scene.zone());
    let definitions = |version: &'_ Version| version.published.definition.clone();
    let of_draft = stages.draft.scene.surroundings.live_definitions();
    let of_live = stages.live.as_ref().map(|live| live.scene.surroundings.live_definitions()).unwrap_or_default();
    let (own, before) = (definitions(&stages.draft), stages.live.as_ref().map(definitions));
    let living = Living {
        draft: Playing::new(&stages.draft, &own, &of_draft, window),
        live: stages.live.as_ref().zip(before.as_ref()).map(|(live, own)| Playing::new(live, own, &of_live, window)),
        differing: before.as_ref().map(|before| Differing::new(&own, before, window)),
        window,
        customers: 0,
        events: 0,
        cut: 0,
    };
    match &plan.way {
        Way::Simulated { customers, .. } => simulated(living, &stages, &plan, *customers, (now, told)),
        Way::Recorded { customers } => again(living, store, &stages, (&plan, *customers), (now, told)).await,
    }
}

/// Recorded: the days before now. Simulated: from tomorrow on, and on after the last who comes.
fn window(plan: &Plan, now: Timestamp, zone: &jiff::tz::TimeZone) -> Window {
    let days = SignedDuration::from_hours(24 * i64::from(plan.days));
    match plan.way {
        Way::Recorded { .. } => Window { from: now.saturating_sub(days).unwrap_or(Timestamp::MIN), until: now },
        Way::Simulated { .. } => {
            let first = first_day(now, zone);
            let last = first.saturating_add((i32::from(plan.days) + Plan::AFTER_DAYS).days());
            let begins = |day: Date| day.to_zoned(zone.clone()).map_or(now, |zoned| zoned.timestamp());
            Window { from: begins(first), until: begins(last) }
        }
    }
}

/// The first day of a rehearsal with simulated customers.
fn first_day(now: Timestamp, zone: &jiff::tz::TimeZone) -> Date {
    now.to_zoned(zone.clone()).date().saturating_add(1.day())
}

fn simulated(
    mut living: Living<'_>,
    stages: &Stages,
    plan: &Plan,
    customers: u32,
    (now, told): (Timestamp, Told<'_>),
) -> Result<Option<Report>> {
    let behaviour = stages.behaviour(plan, now)?;
    let staged = Stages::staged(&stages.draft, &behaviour);
    let before = stages.live.as_ref().map(|live| Stages::staged(live, &behaviour));
    let first = first_day(now, stages.draft.scene.zone());
    let people = stages.people(&staged, customers, first, plan.days);
    let all = people.len() as u64;
    for (person, done) in people.into_iter().zip(0..) {
        if told(Progress { stage: Stage::Living, done, all }) == ControlFlow::Break(()) {
            return Ok(None);
        }
        living.simulated(&person, &staged, before.as_ref());
    }
    Ok(Some(living.report(stages, plan, (now, all))))
}

async fn again(
    mut living: Living<'_>,
    store: &dyn Store,
    stages: &Stages,
    (plan, customers): (&Plan, u32),
    (now, told): (Timestamp, Told<'_>),
) -> Result<Option<Report>> {
    let organisation = &stages.draft.scene.surroundings.id;
    let chosen = recorded::choose(store, organisation, living.window.from, customers, told).await?;
    let Some(chosen) = chosen else { return Ok(None) };
    let heard = stages.heard();
    let mut seen = BTreeSet::new();
    let all = chosen.customers.len() as u64;
    for (id, done) in chosen.customers.into_iter().zip(0..) {
        if told(Progress { stage: Stage::Living, done, all }) == ControlFlow::Break(()) {
            return Ok(None);
        }
        let remembered = Remembered::of(store, organisation, id).await?;
        let concerned = remembered.filter(|one| seen.insert(one.customer.id) && one.names_any(&heard));
        if let Some(remembered) = concerned {
            living.again(&remembered);
        }
    }
    Ok(Some(living.report(stages, plan, (now, chosen.of))))
}

/// The rehearsal so far.
struct Living<'a> {
    draft: Playing<'a>,
    live: Option<Playing<'a>>,
    differing: Option<Differing<'a>>,
    window: Window,
    customers: u64,
    events: u64,
    cut: u64,
}

/// One version with what it did so far.
struct Playing<'a> {
    version: &'a Version,
    world: World<'a>,
    counting: Counting<'a>,
}

/// What the product did in one life; how many events that took, and whether it was lived to its end.
struct Lived {
    change: Change,
    events: u64,
    whole: bool,
}

impl<'a> Playing<'a> {
    fn new(version: &'a Version, own: &'a Definition, all: &'a [&'a Definition], window: Window) -> Self {
        let surroundings = &version.scene.surroundings;
        let budget = surroundings.organisation.message_budget;
        let counting = Counting::new(own, all, window, version.scene.zone(), budget);
        Self { version, world: World { live: all, older: &[], setting: surroundings.setting() }, counting }
    }

    fn live(
        &mut self,
        customer: Customer,
        actor: impl Actor,
        suppressed: BTreeSet<(Channel, String)>,
        until: Timestamp,
    ) -> Lived {
        let mut course = Course::new(&self.version.scene, &self.world, Traveller::new(customer), actor, until);
        course.suppressed = suppressed;
        let whole = course.run(until);
        let past = course.finish();
        self.counting.add(&past.change);
        Lived { change: past.change, events: past.events.len() as u64, whole }
    }
}

impl Living<'_> {
    fn simulated(&mut self, person: &Person, staged: &Staged, before: Option<&Staged>) {
        let (until, zone) = (self.window.until, self.draft.version.scene.zone());
        let customer = || Customer::unknown(person.customer());
        let actor = |staged| Acting { person: person.clone(), staged, zone };
        let draft = self.draft.live(customer(), actor(staged), BTreeSet::new(), until);
        let live = self.live.as_mut().zip(before);
        let live = live.map(|(live, before)| live.live(customer(), actor(before), BTreeSet::new(), until));
        self.lived(Who::Simulated(person.number), draft, live);
    }

    fn again(&mut self, remembered: &Remembered) {
        let until = self.window.until;
        let once = |playing: &mut Playing<'_>| {
            let (customer, suppressed) = (remembered.customer.clone(), remembered.suppressed.clone());
            playing.live(customer, Again::new(remembered), suppressed, until)
        };
        let draft = once(&mut self.draft);
        let live = self.live.as_mut().map(once);
        self.cut += u64::from(remembered.cut);
        self.lived(Who::Customer(remembered.customer.id), draft, live);
    }

    fn lived(&mut self, who: Who, draft: Lived, live: Option<Lived>) {
        self.customers += 1;
        self.events += draft.events;
        self.cut += u64::from(!draft.whole);
        if let (Some(differing), Some(live)) = (&mut self.differing, live) {
            differing.add(who, &draft.change, &live.change);
        }
    }

    fn report(self, stages: &Stages, plan: &Plan, (made, customers_of): (Timestamp, u64)) -> Report {
        let done = self.draft.counting.finish();
        let (touchpoints, others, rows, rows_of) = self.differing.map(Differing::finish).unwrap_or_default();
        let draft = &stages.draft.published.definition;
        let organisation = &stages.draft.scene.surroundings.organisation;
        let writes = |channel: &&Channel| done.touchpoints.iter().any(|one| one.sent.contains_key(*channel));
        Report {
            journey: draft.id.clone(),
            title: draft.title.clone(),
            draft: draft.hash.clone(),
            live: stages.live.as_ref().map(|live| live.published.definition.hash.clone()),
            plan: plan.clone(),
            made,
            window: self.window,
            zone: organisation.zone.iana_name().unwrap_or("UTC").to_owned(),
            rules: Rules {
                quiet: organisation.quiet_hours.map(|quiet| (quiet.from, quiet.until)),
                budget: organisation.message_budget.map(|budget| (budget.messages, budget.days)),
                untested: stages.untested.iter().filter(writes).cloned().collect(),
            },
            customers: self.customers,
            customers_of,
            events: self.events,
            cut: self.cut,
            done,
            before: self.live.map(|live| live.counting.finish()),
            touchpoints,
            others,
            rows,
            rows_of,
        }
    }
}
