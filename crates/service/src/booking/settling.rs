use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use planning::{Effort, improve};
use words::OrganisationId;

use super::plans::Numbers;
use super::{Booking, Case, CaseKey, Day, Entry, Resource, Rules, Standing, limits};
use crate::Result;

/// What somebody had to do is looked through for so many days back.
const KEPT_DAYS: i64 = 400;

impl Booking {
    /// Finishes or takes back what was begun and left: claims and holds that ran out, places that were left. How much there was. Who does
    /// it while another does the same changes nothing twice.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn settle(&self, organisation: &OrganisationId, now: Timestamp) -> Result<usize> {
        let cases = self.store.unsettled_cases(organisation, now).await?;
        let days = self.store.unsettled_days(organisation, now).await?;
        let count = cases.len() + days.len();
        for row in cases {
            self.settled(organisation, &CaseKey::new(&row.kind, &row.object), now).await?;
        }
        for row in days {
            self.settle_day(organisation, Day::read(&row)?, now).await?;
        }
        Ok(count)
    }

    /// A case with nothing left over in it, but a claim that is still going on.
    pub(super) async fn settled(&self, organisation: &OrganisationId, key: &CaseKey, now: Timestamp) -> Result<Case> {
        let mut case = self.case(organisation, key).await?;
        let is_over = case.claim.as_ref().is_some_and(|claim| claim.until <= now);
        if is_over {
            self.finish_claim(organisation, key, &mut case, now).await?;
        }
        if case.is_unmarked || !case.left.is_empty() {
            self.mark(organisation, key, &mut case, now).await?;
        }
        Ok(case)
    }

    /// A claim that ran out is booked when the day took it in, and else cleared.
    async fn finish_claim(
        &self,
        organisation: &OrganisationId,
        key: &CaseKey,
        case: &mut Case,
        now: Timestamp,
    ) -> Result<()> {
        let Some(place) = case.claim.as_ref().map(|claim| claim.place) else { return Ok(()) };
        let days = self.days(organisation, place.day, place.day).await?;
        let is_taken = days.iter().any(|day| day.entries.iter().any(|entry| entry.token == place.token));
        let saved = if is_taken {
            self.confirm(organisation, key, case, "customer", now).await?
        } else {
            case.claim = None;
            self.save_case(organisation, key, case, now, Vec::new()).await?
        };
        if !saved {
            *case = self.case(organisation, key).await?;
        }
        Ok(())
    }

    /// The place of what was booked is marked so, and what was left is given back; then the case has nothing left over.
    pub(super) async fn mark(
        &self,
        organisation: &OrganisationId,
        key: &CaseKey,
        case: &mut Case,
        now: Timestamp,
    ) -> Result<()> {
        if let Some(place) = case.booked().filter(|_| case.is_unmarked).map(|appointment| appointment.place) {
            let mark = |day: &mut Day| match day.entry(place.token) {
                Some(entry) if entry.standing != Standing::Booked => {
                    entry.standing = Standing::Booked;
                    true
                }
                _ => false,
            };
            self.change_days(organisation, place.day, mark).await?;
        }
        for place in case.left.clone() {
            let give_back = |day: &mut Day| {
                let before = day.entries.len();
                day.entries.retain(|entry| entry.token != place.token);
                day.entries.len() < before
            };
            self.change_days(organisation, place.day, give_back).await?;
        }
        (case.is_unmarked, case.left) = (false, Vec::new());
        if !self.save_case(organisation, key, case, now, Vec::new()).await? {
            *case = self.case(organisation, key).await?;
        }
        Ok(())
    }

    /// Changes the days of a date as `change` says, until nobody else was in between. It says whether it changed anything.
    async fn change_days(
        &self,
        organisation: &OrganisationId,
        date: Date,
        change: impl Fn(&mut Day) -> bool,
    ) -> Result<()> {
        loop {
            let mut rows = Vec::new();
            for mut day in self.days(organisation, date, date).await? {
                if change(&mut day) {
                    rows.push(day.row()?);
                }
            }
            if rows.is_empty() || self.store.save_resource_days(organisation, rows).await? {
                return Ok(());
            }
        }
    }

    /// Holds that ran out go, and claims that no case knows.
    async fn settle_day(&self, organisation: &OrganisationId, day: Day, now: Timestamp) -> Result<()> {
        let mut gone = Vec::new();
        for entry in &day.entries {
            let is_gone = match entry.standing {
                Standing::Held(until) => until <= now,
                Standing::Claimed(until) => until <= now && !self.is_known(organisation, entry, now).await?,
                Standing::Booked => false,
            };
            if is_gone {
                gone.push(entry.token);
            }
        }
        let go = |day: &mut Day| {
            let before = day.entries.len();
            day.entries.retain(|entry| entry.standing == Standing::Booked || !gone.contains(&entry.token));
            day.entries.len() < before
        };
        self.change_days(organisation, day.day, go).await
    }

    /// Takes back and forgets whatever is booked about a thing, held places too: somebody is erased.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn forget(&self, organisation: &OrganisationId, key: &CaseKey, now: Timestamp) -> Result<bool> {
        let is_known = self.store.forget_case(organisation, &key.kind, &key.object).await?;
        let today = now.to_zoned(TimeZone::UTC).date();
        let first = today.checked_sub(KEPT_DAYS.days()).unwrap_or(today);
        let last = today.checked_add((i64::from(limits::DAYS_MAX) + 1).days()).unwrap_or(today);
        let mut days: Vec<Date> = Vec::new();
        for day in self.days(organisation, first, last).await? {
            if day.entries.iter().any(|entry| entry.case() == key) && !days.contains(&day.day) {
                days.push(day.day);
            }
        }
        for date in &days {
            let forget = |day: &mut Day| {
                let before = day.entries.len();
                day.entries.retain(|entry| entry.case() != key);
                day.entries.len() < before
            };
            self.change_days(organisation, *date, forget).await?;
        }
        Ok(is_known || !days.is_empty())
    }

    /// Whether its case still knows of an entry, once the case has nothing left over.
    async fn is_known(&self, organisation: &OrganisationId, entry: &Entry, now: Timestamp) -> Result<bool> {
        let case = self.settled(organisation, entry.case(), now).await?;
        let claimed = case.claim.as_ref().is_some_and(|claim| claim.place.token == entry.token);
        Ok(claimed || case.booked().is_some_and(|appointment| appointment.place.token == entry.token))
    }

    /// Makes a day better inside what was promised. Who does what may change, no promise does. When somebody else changed the day
    /// meanwhile nothing is done.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn improve(
        &self,
        organisation: &OrganisationId,
        date: Date,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<bool> {
        if rules.improve_steps == 0 {
            return Ok(false);
        }
        let resources = self.resources(organisation).await?;
        let known = self.days(organisation, date, date).await?;
        let work: Vec<(&Resource, Day)> = resources
            .iter()
            .map(|resource| {
                let own = known.iter().find(|day| day.resource == resource.id).cloned();
                (resource, own.unwrap_or_else(|| Day::empty(&resource.id, date)).standing(now, None))
            })
            .collect();
        let mut numbers = Numbers::default();
        let Some(planned) = self.planned(&work, date, now, rules, &mut numbers).await? else { return Ok(false) };
        let effort = Effort { steps: rules.improve_steps, seed: now.as_second().unsigned_abs() };
        let better = improve(&planned.problem, &planned.plan, effort, || true);
        if !better.left_out.is_empty() {
            return Ok(false);
        }
        let mut rows = Vec::new();
        for (at, day) in planned.days.iter().enumerate() {
            let entries: Vec<Entry> = better.shifts[at].iter().map(|job| planned.jobs[*job].clone()).collect();
            if entries != day.entries {
                rows.push(Day { entries, ..day.clone() }.row()?);
            }
        }
        if rows.is_empty() {
            return Ok(false);
        }
        Ok(self.store.save_resource_days(organisation, rows).await?)
    }
}
