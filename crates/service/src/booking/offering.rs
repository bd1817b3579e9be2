use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use planning::offer::{Grading, Hindrance, Offer, OpenDay, offers};
use planning::{Leg, Span};
use travel::Place;
use uuid::Uuid;
use words::{OrganisationId, derived_id};

use super::plans::{Numbers, Planned, job, kinds, leg};
use super::{Booking, CaseKey, Day, Entry, Resource, Rules, Standing, Wanted, limits};
use crate::{Error, Result};

/// A window that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The day it is of.
    pub day: Date,
    /// From and to, in seconds since 1970.
    pub span: Span,
    /// 0 to 100; from [`planning::offer::IDEAL`] on it is recommended.
    pub grade: u8,
}

/// What can be chosen, and why there is not more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// In order of time.
    pub windows: Vec<Window>,
    /// Of how many windows each thing was the last hurdle.
    pub hurdles: BTreeMap<Hindrance, usize>,
}

impl Offers {
    /// The best, the highest grade first.
    #[must_use]
    pub fn ranked(&self, most: usize) -> Vec<Window> {
        let mut windows = self.windows.clone();
        windows.sort_by_key(|window| (std::cmp::Reverse(window.grade), window.span));
        windows.truncate(most);
        windows
    }
}

/// A window that is kept for somebody for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Names it.
    pub token: Uuid,
    /// Which window.
    pub span: Span,
    /// Until when.
    pub until: Timestamp,
}

impl Booking {
    /// Everybody who works, or did.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn resources(&self, organisation: &OrganisationId) -> Result<Vec<Resource>> {
        let rows = self.store.resources(organisation).await?;
        let read = |row: store::ResourceRow| {
            let resource: Resource =
                serde_json::from_str(&row.text).map_err(|error| Error::Booking(error.to_string()))?;
            Ok(Resource { id: row.resource, ..resource })
        };
        rows.into_iter().map(read).collect()
    }

    /// Adds or replaces one.
    ///
    /// # Errors
    /// When the store says no.
    pub async fn save_resource(&self, organisation: &OrganisationId, resource: &Resource) -> Result<()> {
        let text = serde_json::to_string(resource).map_err(|error| Error::Booking(error.to_string()))?;
        self.store.save_resource(organisation, store::ResourceRow { resource: resource.id.clone(), text }).await?;
        Ok(())
    }

    /// What everybody has to do from one day to another, both included.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn days(&self, organisation: &OrganisationId, from: Date, to: Date) -> Result<Vec<Day>> {
        let mut days = Vec::new();
        let mut first = from;
        // A week at once is never more than the store gives.
        while first <= to {
            let last = first.checked_add(6.days()).unwrap_or(to).min(to);
            for row in self.store.resource_days(organisation, first, last).await? {
                days.push(Day::read(&row)?);
            }
            let Ok(next) = last.tomorrow() else { break };
            first = next;
        }
        Ok(days)
    }

    /// The windows that the live plan can keep for this work.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn offers(
        &self,
        organisation: &OrganisationId,
        wanted: &Wanted,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Offers> {
        let today = now.to_zoned(rules.zone.clone()).date();
        let last = today.checked_add(i64::from(rules.days.clamp(1, limits::DAYS_MAX) - 1).days()).unwrap_or(today);
        self.offers_between(organisation, wanted, rules, now, (today, last)).await
    }

    async fn offers_between(
        &self,
        organisation: &OrganisationId,
        wanted: &Wanted,
        rules: &Rules,
        now: Timestamp,
        (from, to): (Date, Date),
    ) -> Result<Offers> {
        let resources = self.resources(organisation).await?;
        let mut known: BTreeMap<(Date, String), Day> = BTreeMap::new();
        for day in self.days(organisation, from, to).await? {
            known.insert((day.day, day.resource.clone()), day.standing(now, Some(&wanted.case)));
        }
        let earliest = now.as_second() + rules.lead.max(0);
        let grading = Grading::new(now.as_second(), i64::from(rules.days) * 86_400);
        let mut found = Offers::default();
        let mut day = from;
        while day <= to {
            let windows = rules.windows_of(day);
            let open: Vec<Span> = windows.into_iter().filter(|window| window.from >= earliest).collect();
            let there = resources.iter().filter(|resource| resource.comes_to(wanted));
            let work = there.map(|resource| {
                let own = known.remove(&(day, resource.id.clone()));
                (resource, own.unwrap_or_else(|| Day::empty(&resource.id, day)))
            });
            let work: Vec<(&Resource, Day)> = work.collect();
            if !open.is_empty() {
                let (offered, hurdles) = self.offered(&work, day, (wanted, &open), (now, rules), grading).await?;
                found.windows.extend(offered.iter().map(|(offer, _)| Window {
                    day,
                    span: offer.window,
                    grade: offer.grade,
                }));
                for (hurdle, count) in hurdles {
                    *found.hurdles.entry(hurdle).or_default() += count;
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(found)
    }

    /// What can be offered on one day, each with the resource it would go to.
    pub(super) async fn offered(
        &self,
        work: &[(&Resource, Day)],
        day: Date,
        (wanted, windows): (&Wanted, &[Span]),
        (now, rules): (Timestamp, &Rules),
        grading: Grading,
    ) -> Result<(Vec<(Offer, String)>, BTreeMap<Hindrance, usize>)> {
        let mut numbers = Numbers::default();
        let kinds = kinds(&work.iter().map(|(resource, _)| *resource).collect::<Vec<_>>());
        let mut planned: Vec<Planned> = Vec::new();
        for (resource, own) in work {
            // Each by itself: only ways between stops of one day are asked.
            if let Some(one) = self.planned(&[(resource, own.clone())], day, now, rules, &mut numbers).await? {
                planned.push(one);
            }
        }
        if planned.is_empty() {
            return Ok((Vec::new(), BTreeMap::from([(Hindrance::NobodyWorks, windows.len())])));
        }
        let (ways, all) = self.ways(&planned, wanted, now, rules).await?;
        let job = job(wanted, windows_hull(windows), 0, &mut numbers, &kinds);
        let open = planned.iter().zip(&all).filter_map(|(one, places)| {
            let open = OpenDay::new(&one.problem, &one.plan, 0, &one.skills[0], places)?;
            Some((open, one.days[0].resource.clone()))
        });
        let (open, names): (Vec<OpenDay<'_>>, Vec<String>) = open.unzip();
        let found = offers(&open, &job, windows, (&ways.0, &ways.1), grading);
        let hurdles = found.why_not.last_hurdles();
        Ok((found.offers.into_iter().map(|offer| (offer, names[offer.day].clone())).collect(), hurdles))
    }

    /// The ways to the work and back from every place of these days, and for each day which of them are its rows.
    async fn ways(
        &self,
        planned: &[Planned],
        wanted: &Wanted,
        now: Timestamp,
        rules: &Rules,
    ) -> Result<((Vec<Leg>, Vec<Leg>), Vec<Vec<usize>>)> {
        let mut places: Vec<Place> = Vec::new();
        let mut rows = Vec::with_capacity(planned.len());
        for one in planned {
            let first = places.len();
            places.extend(&one.places);
            rows.push((first..places.len()).collect::<Vec<usize>>());
        }
        let Some(place) = wanted.place else {
            return Ok(((Vec::new(), Vec::new()), rows));
        };
        let to = self.table(&places, &[place], now, now.as_second(), rules).await?;
        let from = self.table(&[place], &places, now, now.as_second(), rules).await?;
        let to = (0..places.len()).map(|at| leg(&to, at, 0)).collect();
        let from = (0..places.len()).map(|at| leg(&from, 0, at)).collect();
        Ok(((to, from), rows))
    }

    /// Keeps a window for somebody who is choosing; nothing when it cannot be kept any more.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn hold(
        &self,
        organisation: &OrganisationId,
        wanted: &Wanted,
        window: Span,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Option<Hold>> {
        let case: &CaseKey = &wanted.case;
        let parts = [&case.kind, &case.object, &window.from.to_string(), &now.as_microsecond().to_string()];
        let token = derived_id(&["hold", parts[0], parts[1], parts[2], parts[3]]);
        let until = now.saturating_add(limits::HELD).unwrap_or(Timestamp::MAX);
        let entry = Entry { token, standing: Standing::Held(until), window, wanted: wanted.clone() };
        let taken = self.take(organisation, entry, rules, now).await?;
        Ok(taken.map(|_| Hold { token, span: window, until }))
    }
}

/// From the first to the last of them.
fn windows_hull(windows: &[Span]) -> Span {
    let from = windows.iter().map(|window| window.from).min().unwrap_or(0);
    let to = windows.iter().map(|window| window.to).max().unwrap_or(from);
    Span::new(from, to)
}
