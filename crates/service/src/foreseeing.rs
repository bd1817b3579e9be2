//! Whom publishing a version would touch, before it is done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::{Foreseen, State};
use jiff::Timestamp;
use journey::Definition;
use store::{Found, Paging, Place};
use words::{Customer, CustomerId, Language, OrganisationId, RunId, TouchpointId, VersionHash};

use crate::running::Surroundings;
use crate::{Error, Published, Publisher, Result, harmless};

/// Runs under way that are looked at; more would keep a page waiting.
const RUNS_MAX: u64 = 20_000;
/// Runs read at one time.
const RUNS_AT_ONCE: u32 = 1_000;

/// What publishing does to a customer at a touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Waits for it, and goes on waiting.
    Waiting,
    /// It happens at once.
    Now,
    /// It was ahead and falls away.
    Leaving,
}

impl Touch {
    /// As people read it.
    pub fn said(self, language: Language) -> &'static str {
        match self {
            Self::Waiting => language.pick("wacht hier", "waits here"),
            Self::Now => language.pick("gaat nu door", "goes on now"),
            Self::Leaving => language.pick("vervalt", "falls away"),
        }
    }
}

/// One customer at one touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Who.
    pub customer: Customer,
    /// In which run.
    pub run: RunId,
    /// The run's key.
    pub key: Option<String>,
    /// At which touchpoint: its id in the new version, or in the old one when it is gone.
    pub touchpoint: TouchpointId,
    /// What.
    pub touch: Touch,
}

/// Whom a version touches.
#[derive(Clone, Debug, Default)]
pub struct Impact {
    /// Open runs that were looked at.
    pub open: u64,
    /// Open runs that stay on their version.
    pub pinned: u64,
    /// Runs that end.
    pub ending: u64,
    /// Titles of touchpoints that go, with the open runs whose newest contact is there.
    pub gone: Vec<(String, u64)>,
    /// Open runs by the touchpoint of their newest contact.
    standing: BTreeMap<TouchpointId, u64>,
    /// There are more runs under way than are looked at.
    pub more: bool,
    /// Everyone, touchpoint by touchpoint in the order of the new version, then what is gone.
    pub touched: Vec<Touched>,
    /// Title and id of every touchpoint at which somebody is touched, in the same order.
    pub touchpoints: Vec<(TouchpointId, String)>,
}

impl Impact {
    /// How many runs a touchpoint touches in a way.
    pub fn count(&self, touchpoint: &TouchpointId, touch: Touch) -> usize {
        self.touched.iter().filter(|one| one.touchpoint == *touchpoint && one.touch == touch).count()
    }

    /// Everyone as a file for a spreadsheet in a language: in Dutch with semicolons. `person` says what a customer is called.
    pub fn file(&self, language: Language, person: impl Fn(&Customer) -> String) -> Option<Vec<u8>> {
        let (delimiter, columns) = match language {
            Language::Nl => (b';', ["Kenmerk", "Naam", "E-mail", "Klantreis", "Contactmoment", "Wat er gebeurt"]),
            Language::En => (b',', ["Id", "Name", "E-mail", "Run", "Touchpoint", "What happens"]),
        };
        // The sign by which spreadsheets know UTF-8.
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(columns).ok()?;
        for one in &self.touched {
            let fields = [
                one.customer.id.to_string(),
                harmless(&person(&one.customer)),
                harmless(one.customer.email.as_deref().unwrap_or_default()),
                harmless(one.key.as_deref().unwrap_or_default()),
                harmless(self.title(&one.touchpoint)),
                one.touch.said(language).to_owned(),
            ];
            writer.write_record(fields).ok()?;
        }
        writer.into_inner().ok()
    }

    /// What a touchpoint is called.
    pub fn title<'a>(&'a self, touchpoint: &'a TouchpointId) -> &'a str {
        let found = self.touchpoints.iter().find(|(id, _)| id == touchpoint);
        found.map_or(touchpoint.as_str(), |(_, title)| title.as_str())
    }
}

impl Publisher {
    /// Steps every run under way with the version that is not live yet, and throws the result away. `old`: the live version.
    pub async fn foresee(
        &self,
        organisation: &OrganisationId,
        old: &Definition,
        new: &Definition,
        now: Timestamp,
    ) -> Result<Impact> {
        let surroundings = Surroundings::load(self.store.as_ref(), &self.catalog, organisation).await?;
        let Some(surroundings) = surroundings else { return Ok(Impact::default()) };
        let mut impact = Impact::default();
        let mut looked_at = BTreeSet::new();
        let mut older = BTreeMap::new();
        let place = Place::UnderWay { now };
        let mut paging = Paging::first(RUNS_AT_ONCE);
        loop {
            let found = self.store.customers_at(organisation, &new.id, &place, paging).await?;
            let customers: Vec<CustomerId> =
                found.rows.iter().map(|found: &Found| found.customer.id).filter(|id| looked_at.insert(*id)).collect();
            for traveller in self.store.load(organisation, &customers).await? {
                for stored in traveller.runs.iter().filter(|stored| stored.run.journey == new.id) {
                    let run: State = serde_json::from_slice(&stored.state)
                        .map_err(|error| Error::State { run: stored.run.id, detail: store::json_fault(&error) })?;
                    if run.hears(now) {
                        let begun = self.begun(organisation, &run, old, &mut older).await?;
                        let begun = begun.as_ref().map_or(old, |begun| begun.definition.as_ref());
                        impact.add(
                            engine::foresee(begun, new, &run, &traveller.customer, now, surroundings.setting()),
                            &run,
                            &traveller.customer,
                        );
                    }
                }
            }
            paging.offset += RUNS_AT_ONCE;
            impact.more = u64::from(paging.offset) < found.total;
            if !impact.more || u64::from(paging.offset) >= RUNS_MAX {
                break;
            }
        }
        impact.order(old, new);
        Ok(impact)
    }

    /// The version that a run is on, when it is not the live one.
    async fn begun(
        &self,
        organisation: &OrganisationId,
        run: &State,
        live: &Definition,
        older: &mut BTreeMap<VersionHash, Option<Arc<Published>>>,
    ) -> Result<Option<Arc<Published>>> {
        let version = &run.run.version;
        if *version == live.hash {
            return Ok(None);
        }
        if let Some(known) = older.get(version) {
            return Ok(known.clone());
        }
        let found = self.catalog.readable(organisation, &live.id, version).await?;
        older.insert(version.clone(), found.clone());
        Ok(found)
    }
}

impl Impact {
    fn add(&mut self, foreseen: Foreseen, run: &State, customer: &Customer) {
        if run.is_open() {
            self.open += 1;
            self.pinned += u64::from(foreseen.pinned);
        }
        if let Some(at) = run.run.at.as_ref().filter(|_| run.is_open()) {
            *self.standing.entry(at.clone()).or_default() += 1;
        }
        self.ending += u64::from(foreseen.ends);
        let each = [(Touch::Waiting, foreseen.waiting), (Touch::Now, foreseen.now), (Touch::Leaving, foreseen.leaving)];
        for (touch, touchpoints) in each {
            self.touched.extend(touchpoints.into_iter().map(|touchpoint| Touched {
                customer: customer.clone(),
                run: run.run.id,
                key: run.run.key.clone(),
                touchpoint,
                touch,
            }));
        }
    }

    fn order(&mut self, old: &Definition, new: &Definition) {
        let gone = old.touchpoints.iter().filter(|one| new.touchpoint(&one.id).is_none());
        let standing = |id| self.standing.get(id).copied().unwrap_or(0);
        self.gone = gone.clone().map(|one| (one.title.clone(), standing(&one.id))).collect();
        let all: Vec<(TouchpointId, String)> =
            new.touchpoints.iter().chain(gone).map(|one| (one.id.clone(), one.title.clone())).collect();
        let places: BTreeMap<&TouchpointId, usize> =
            all.iter().enumerate().map(|(place, (id, _))| (id, place)).collect();
        let place = |id: &TouchpointId| places.get(id).copied().unwrap_or(usize::MAX);
        self.touched.sort_by_key(|one| (place(&one.touchpoint), one.touch, one.run));
        let touched: BTreeSet<&TouchpointId> = self.touched.iter().map(|one| &one.touchpoint).collect();
        self.touchpoints = all.iter().filter(|(id, _)| touched.contains(id)).cloned().collect();
    }
}
