//! Erasing a customer everywhere, in steps that may die at any line and are gone on with.

mod gate;
mod log;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use store::{Erased, Erasure, ErasureStep, Kept, NewErasure, OutboxFilter, Paging, Store, limits::ROWS_MAX};
use uuid::Uuid;
use words::{CustomerId, JourneyId, OrganisationId};

pub(crate) use gate::Gate;
pub use log::{LogTrouble, Logged};

use crate::booking::{Booking, CaseKey};
use crate::sending::Transports;
use crate::{Catalog, Figures, Random, Result};

/// Erasures that one look of the loop goes on with, one step each: others are served in between.
const AT_ONCE: u32 = 8;
/// Steps of one erasure; more means that it waits for a message that is being carried.
const STEPS: usize = 6;

/// What came of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Everything is gone.
    Done,
    /// There is more to do.
    More,
    /// A message is being carried at this moment; to be looked at again.
    Waits,
}

/// Erases.
#[derive(Clone)]
pub struct Eraser {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) figures: Arc<Figures>,
    pub(crate) booking: Booking,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) transports: Transports,
    /// The file beside the store in which erasures are noted, for what is restored later.
    pub(crate) log: Option<PathBuf>,
}

impl Eraser {
    /// Begins: from here on nothing is taken in of the customer and nothing is sent. `None`: there is nothing of them.
    pub async fn begin(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Option<Erasure>> {
        self.begin_as((self.fresh(), true), organisation, customer, now).await
    }

    /// The same for a visitor whose time is over: who comes back is welcome.
    pub(crate) async fn begin_with_stranger(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Option<Erasure>> {
        self.begin_as((self.fresh(), false), organisation, customer, now).await
    }

    fn fresh(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.random.bytes16()).into_uuid()
    }

    async fn begin_as(
        &self,
        (id, buried): (Uuid, bool),
        organisation: &OrganisationId,
        customer: CustomerId,
        now: Timestamp,
    ) -> Result<Option<Erasure>> {
        let (organisation, salt) = (organisation.clone(), self.bytes32());
        let new = NewErasure { id, organisation, customer, asked: now, salt, buried };
        Ok(self.store.begin_erasure(new).await?)
    }

    /// Goes on as far as it can; whether it is done. Where a message is being carried the loop goes on later.
    pub async fn go_on(&self, erasure: &Erasure, now: Timestamp) -> Result<bool> {
        for _ in 0..STEPS {
            match self.step(&erasure.organisation, erasure.id, now).await? {
                Stepped::Done => return Ok(true),
                Stepped::More => {}
                Stepped::Waits => break,
            }
        }
        Ok(false)
    }

    /// One step of each erasure that is not done; how many there were. For the loop.
    pub async fn tick(&self, now: Timestamp) -> Result<usize> {
        let open = self.store.open_erasures(AT_ONCE).await?;
        for erasure in &open {
            self.step(&erasure.organisation, erasure.id, now).await?;
        }
        Ok(open.len())
    }

    /// The next step, whatever was done before.
    pub async fn step(&self, organisation: &OrganisationId, id: Uuid, now: Timestamp) -> Result<Stepped> {
        let Some(erasure) = self.store.erasure(organisation, id).await? else { return Ok(Stepped::Done) };
        let next = match erasure.step {
            ErasureStep::Asked => {
                if self.store.quieten(&erasure).await? > 0 {
                    return Ok(Stepped::Waits);
                }
                ErasureStep::Quiet
            }
            ErasureStep::Quiet => {
                self.forget_files(&erasure).await?;
                ErasureStep::Files
            }
            ErasureStep::Files => {
                self.forget_bookings(&erasure, now).await?;
                self.store.scrub_shared(&erasure).await?;
                ErasureStep::Shared
            }
            ErasureStep::Shared => {
                let kept = self.kept(organisation).await?;
                let moved = self.store.anonymise(&erasure, self.bytes32(), kept).await?;
                self.figures.forget(organisation);
                return Ok(if moved { Stepped::More } else { Stepped::Waits });
            }
            ErasureStep::Moved => {
                self.note(&erasure).await?;
                if !self.store.sweep().await? {
                    return Ok(Stepped::Waits);
                }
                self.store.erasure_step(&erasure, ErasureStep::Done, now).await?;
                return Ok(Stepped::Done);
            }
            ErasureStep::Done => return Ok(Stepped::Done),
        };
        self.store.erasure_step(&erasure, next, now).await?;
        Ok(Stepped::More)
    }

    fn bytes32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        bytes
    }

    /// What is booked about their things, and the places that it takes on anybody's day.
    async fn forget_bookings(&self, erasure: &Erasure, now: Timestamp) -> Result<()> {
        let organisation = &erasure.organisation;
        for customer in self.store.erased_members(erasure).await? {
            for (kind, object) in self.store.objects_of(organisation, customer).await? {
                self.booking.forget(organisation, &CaseKey::new(&kind, &object), now).await?;
            }
        }
        Ok(())
    }

    /// What the file transport wrote, by every channel that a message may have taken.
    async fn forget_files(&self, erasure: &Erasure) -> Result<()> {
        for customer in self.store.erased_members(erasure).await? {
            let filter = OutboxFilter { customer: Some(customer), ..OutboxFilter::default() };
            let mut offset = 0;
            loop {
                let paging = Paging { offset, limit: ROWS_MAX };
                let listed = self.store.messages(&erasure.organisation, &filter, paging).await?;
                for row in &listed.rows {
                    let channels: BTreeSet<_> =
                        row.send.channels.iter().chain(&row.tried).chain(&row.channel).collect();
                    for channel in channels {
                        self.transports.forget(&erasure.organisation, &format!("{}:{channel}", row.key)).await;
                    }
                }
                offset += ROWS_MAX;
                if listed.total <= u64::from(offset) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The texts that journeys list, in any version: they say nothing about a person.
    async fn kept(&self, organisation: &OrganisationId) -> Result<Kept> {
        let mut texts: BTreeMap<JourneyId, BTreeSet<String>> = BTreeMap::new();
        for journey in self.store.journeys(organisation).await? {
            let listed = texts.entry(journey.id.clone()).or_default();
            for version in self.store.versions(organisation, &journey.id).await? {
                let Some(read) = self.catalog.readable(organisation, &journey.id, &version.hash).await? else {
                    continue;
                };
                listed.extend(read.definition.values());
                listed.extend(read.definition.touchpoints.iter().map(|touchpoint| touchpoint.id.to_string()));
            }
        }
        Ok(Kept { texts })
    }

    async fn note(&self, erasure: &Erasure) -> Result<()> {
        let (Some(path), Some(salt)) = (&self.log, self.store.salt(&erasure.organisation).await?) else {
            return Ok(());
        };
        let logged = Logged::of(erasure, &salt);
        let path = path.clone();
        let written = tokio::task::spawn_blocking(move || log::append(&path, &logged)).await;
        if let Ok(Err(error)) = written {
            return Err(crate::Error::Log(error.to_string()));
        }
        Ok(())
    }

    /// Erases once more whom a store that was restored brought back; how many. `logged`: see [`Logged::read`].
    pub async fn reapply(&self, logged: &[Logged], now: Timestamp) -> Result<usize> {
        let mut by: BTreeMap<&OrganisationId, Vec<&Logged>> = BTreeMap::new();
        for line in logged {
            by.entry(&line.organisation).or_default().push(line);
        }
        let mut erased = 0;
        for (organisation, lines) in by {
            let Some(salt) = lines.first().map(|line| line.salt) else { continue };
            self.store.keep_salt(organisation, salt).await?;
            let mut behind = None;
            loop {
                let some = self.store.customers_behind(organisation, behind, ROWS_MAX).await?;
                behind = some.last().copied();
                for customer in some {
                    let is_he = |line: &&&Logged| line.digest == Erased::Customer(customer).digest(&line.salt);
                    let Some(line) = lines.iter().find(is_he) else { continue };
                    if let Some(begun) = self.begin_as((line.id, true), organisation, customer, now).await? {
                        erased += usize::from(self.go_on(&begun, now).await?);
                    }
                }
                if behind.is_none() {
                    break;
                }
            }
        }
        Ok(erased)
    }
}
