use jiff::Timestamp;
use planning::Span;
use planning::offer::Grading;
use store::NewEvent;
use uuid::Uuid;
use words::{Event, EventName, OrganisationId, Properties, derived_id};

use super::case::{Claim, Taken};
use super::{Appointment, Booking, Case, CaseKey, Day, Entry, Resource, Rules, Standing, Status, Wanted, limits};
use crate::Result;

/// What a customer or somebody of staff asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The work.
    pub wanted: Wanted,
    /// The window that was chosen.
    pub window: Span,
    /// The [`Case::sequence`] that they saw.
    pub seen: u32,
    /// The window was kept under this name.
    pub hold: Option<Uuid>,
    /// Who: `customer`, or the name of somebody of staff. It stands in the event.
    pub by: String,
}

/// Why nothing was booked.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Somebody changed it since it was seen; this is how it stands.
    Stale(Box<Case>),
    /// At this moment it is being booked; in a minute it can be tried again.
    Busy,
    /// The window is not free any more.
    Full,
    /// There is nothing to cancel.
    Nothing,
}

impl Booking {
    /// What is booked about a thing.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn case(&self, organisation: &OrganisationId, key: &CaseKey) -> Result<Case> {
        let row = self.store.case(organisation, &key.kind, &key.object).await?;
        row.as_ref().map_or_else(|| Ok(Case::default()), Case::read)
    }

    /// Books the window, or moves the appointment there is to it. The same change asked again finds it done: it is stale, and stands as asked.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read. What was begun is finished or taken back by [`Booking::settle`].
    pub async fn book(
        &self,
        organisation: &OrganisationId,
        change: &Change,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<std::result::Result<Case, Refusal>> {
        let key = &change.wanted.case;
        let mut case = self.settled(organisation, key, now).await?;
        if case.sequence != change.seen {
            return Ok(Err(Refusal::Stale(Box::new(case))));
        }
        let Some(day) = rules.day_of(change.window.from) else { return Ok(Err(Refusal::Full)) };
        if case.claim.is_some() {
            return Ok(Err(Refusal::Busy));
        }
        let token = derived_id(&["booking", organisation.as_str(), &key.kind, &key.object, &case.revision.to_string()]);
        let until = now.saturating_add(limits::CLAIMED).unwrap_or(Timestamp::MAX);
        let place = Taken { day, token };
        case.claim = Some(Claim { place, window: change.window, wanted: change.wanted.clone(), until });
        if !self.save_case(organisation, key, &mut case, now, Vec::new()).await? {
            return Ok(Err(Refusal::Busy));
        }
        let standing = Standing::Claimed(until);
        let entry = Entry { token, standing, window: change.window, wanted: change.wanted.clone() };
        let taken = match change.hold {
            Some(hold) => self.keep_hold(organisation, hold, (&entry, day), now).await?,
            None => false,
        };
        if !taken && self.take(organisation, entry, rules, now).await?.is_none() {
            case.claim = None;
            self.save_case(organisation, key, &mut case, now, Vec::new()).await?;
            return Ok(Err(Refusal::Full));
        }
        if !self.confirm(organisation, key, &mut case, &change.by, now).await? {
            // Somebody else finished it, or cleared the claim; the entry goes by itself.
            return Ok(Err(Refusal::Stale(Box::new(self.case(organisation, key).await?))));
        }
        self.mark(organisation, key, &mut case, now).await?;
        self.improve(organisation, day, rules, now).await?;
        Ok(Ok(case))
    }

    /// Cancels the appointment there is.
    ///
    /// # Errors
    /// When the store says no, or what it keeps cannot be read.
    pub async fn cancel(
        &self,
        organisation: &OrganisationId,
        key: &CaseKey,
        seen: u32,
        by: &str,
        now: Timestamp,
    ) -> Result<std::result::Result<Case, Refusal>> {
        let mut case = self.settled(organisation, key, now).await?;
        if case.sequence != seen {
            return Ok(Err(Refusal::Stale(Box::new(case))));
        }
        if case.claim.is_some() {
            return Ok(Err(Refusal::Busy));
        }
        let Some(appointment) = case.appointment.as_mut().filter(|appointment| appointment.status == Status::Booked)
        else {
            return Ok(Err(Refusal::Nothing));
        };
        appointment.status = Status::Cancelled;
        case.left.push(appointment.place);
        case.sequence += 1;
        let told = told(organisation, key, &case, "cancelled", by, now);
        if !self.save_case(organisation, key, &mut case, now, vec![told]).await? {
            return Ok(Err(Refusal::Stale(Box::new(self.case(organisation, key).await?))));
        }
        self.mark(organisation, key, &mut case, now).await?;
        Ok(Ok(case))
    }

    /// Saves a case as it was seen, and counts its revision on.
    pub(super) async fn save_case(
        &self,
        organisation: &OrganisationId,
        key: &CaseKey,
        case: &mut Case,
        now: Timestamp,
        events: Vec<NewEvent>,
    ) -> Result<bool> {
        let saved = self.store.save_case(organisation, case.row(key, now)?, events).await?;
        case.revision += u64::from(saved);
        Ok(saved)
    }

    /// What was claimed is booked, and everybody is told; false when the claim is not there any more.
    pub(super) async fn confirm(
        &self,
        organisation: &OrganisationId,
        key: &CaseKey,
        case: &mut Case,
        by: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let Some(claim) = case.claim.take() else { return Ok(false) };
        let id =
            derived_id(&["appointment", organisation.as_str(), &key.kind, &key.object, &case.sequence.to_string()]);
        let before = case.booked().cloned();
        let action = if before.is_some() { "moved" } else { "booked" };
        case.left.extend(before.as_ref().map(|before| before.place));
        case.appointment = Some(Appointment {
            id: before.map_or(id, |before| before.id),
            window: claim.window,
            place: claim.place,
            status: Status::Booked,
            wanted: claim.wanted,
        });
        case.sequence += 1;
        case.is_unmarked = true;
        let told = told(organisation, key, case, action, by, now);
        self.save_case(organisation, key, case, now, vec![told]).await
    }

    /// Puts an entry where it fits best on its day: who it went to, or nothing when it fits nowhere.
    pub(super) async fn take(
        &self,
        organisation: &OrganisationId,
        entry: Entry,
        rules: &Rules,
        now: Timestamp,
    ) -> Result<Option<String>> {
        let Some(date) = rules.day_of(entry.window.from) else { return Ok(None) };
        let resources = self.resources(organisation).await?;
        let there: Vec<&Resource> = resources.iter().filter(|resource| resource.comes_to(&entry.wanted)).collect();
        for _ in 0..limits::TRIES_MAX {
            let known = self.days(organisation, date, date).await?;
            let work = there.iter().map(|resource| {
                let own = known.iter().find(|day| day.resource == resource.id).cloned();
                let own = own.unwrap_or_else(|| Day::empty(&resource.id, date));
                (*resource, own.standing(now, Some(entry.case())))
            });
            let room = |(_, day): &(&Resource, Day)| day.entries.len() < limits::ENTRIES_MAX;
            let work: Vec<(&Resource, Day)> = work.filter(room).collect();
            let grading = Grading::new(now.as_second(), 1);
            let windows = [entry.window];
            let (offered, _) = self.offered(&work, date, (&entry.wanted, &windows), (now, rules), grading).await?;
            let Some((offer, name)) = offered.into_iter().next() else { return Ok(None) };
            let found = work.into_iter().find(|(resource, _)| resource.id == name);
            let Some((resource, mut day)) = found else { return Ok(None) };
            let position = self.position(&day, resource, offer.position, now, rules).await?;
            day.entries.insert(position.min(day.entries.len()), entry.clone());
            if self.store.save_resource_days(organisation, vec![day.row()?]).await? {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Before which entry a position among a day's stops is: breaks are stops and no entries.
    async fn position(
        &self,
        day: &Day,
        resource: &Resource,
        stop: usize,
        now: Timestamp,
        rules: &Rules,
    ) -> Result<usize> {
        let mut numbers = super::plans::Numbers::default();
        let work = [(resource, day.clone())];
        let planned = self.planned(&work, day.day, now, rules, &mut numbers).await?;
        let visits = planned.and_then(|planned| planned.plan.visits(&planned.problem, 0)).unwrap_or_default();
        Ok(visits.iter().take(stop).filter(|visit| visit.job.is_some()).count())
    }

    /// A hold becomes a claim where it stands; false when it is not there any more.
    async fn keep_hold(
        &self,
        organisation: &OrganisationId,
        hold: Uuid,
        (entry, date): (&Entry, jiff::civil::Date),
        now: Timestamp,
    ) -> Result<bool> {
        for _ in 0..limits::TRIES_MAX {
            let known = self.days(organisation, date, date).await?;
            let found = known.into_iter().map(|day| day.standing(now, None)).find_map(|mut day| {
                let held = day.entry(hold).filter(|held| held.window == entry.window && held.wanted == entry.wanted)?;
                *held = entry.clone();
                Some(day)
            });
            let Some(day) = found else { return Ok(false) };
            if self.store.save_resource_days(organisation, vec![day.row()?]).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What everybody else is told. The same change is the same event.
fn told(organisation: &OrganisationId, key: &CaseKey, case: &Case, action: &str, by: &str, now: Timestamp) -> NewEvent {
    let mut properties = Properties::new();
    if let Some(appointment) = &case.appointment {
        let moment =
            |seconds: i64| Timestamp::from_second(seconds).map(|moment| moment.to_string()).unwrap_or_default();
        let status = if appointment.status == Status::Booked { "booked" } else { "cancelled" };
        let said = [
            ("id", appointment.id.to_string()),
            ("start", moment(appointment.window.from)),
            ("end", moment(appointment.window.to)),
            ("status", status.to_owned()),
            ("by", by.to_owned()),
        ];
        properties.extend(said.map(|(name, value)| (name.to_owned(), value.into())));
    }
    properties.insert("sequence".into(), case.sequence.into());
    properties.insert(format!("{}_id", key.kind), key.object.clone().into());
    let name = EventName::parse(&format!("appointment.{action}")).expect("two words");
    let id = format!("booking:{}:{}:{}", key.kind, key.object, case.sequence);
    NewEvent {
        organisation: organisation.clone(),
        bucket: store::CaseRow::bucket(organisation, &key.kind, &key.object),
        customer: None,
        event: Event::ours(id, now, name, properties),
    }
}
