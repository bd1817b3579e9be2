//! Two technicians in one town, and a clock moved by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use planning::Span;
use planning::civil::Week;
use service::booking::{Booking, Case, CaseKey, Change, Refusal, Resource, Rules, Standing, Wanted};
use store::{Between, Bookings as _, Inbox as _, OrganisationRow, Organisations as _, SqlStore, Store};
use travel::{Place, Steady, StraightLine};
use words::OrganisationId;

/// A Monday.
pub(crate) const DAY: Date = date(2027, 3, 1);

pub(crate) struct Desk {
    pub(crate) store: SqlStore,
    pub(crate) booking: Booking,
    pub(crate) organisation: OrganisationId,
    pub(crate) rules: Rules,
    pub(crate) now: Timestamp,
}

pub(crate) fn booking(store: &SqlStore) -> Booking {
    let store: Arc<dyn Store> = Arc::new(store.clone());
    Booking::new(store, Arc::new(Steady::new(None, StraightLine::default())))
}

impl Desk {
    pub(crate) async fn new(store: SqlStore) -> Self {
        let organisation = OrganisationId::new("rijnoever");
        let now: Timestamp = "2027-02-26T09:00:00Z".parse().unwrap();
        let row = OrganisationRow { id: organisation.clone(), text: String::new(), created: now };
        store.save_organisation(row).await.unwrap();
        let rules = Rules {
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            windows: vec![(time(8, 0, 0, 0), time(10, 0, 0, 0)), (time(10, 0, 0, 0), time(12, 0, 0, 0))],
            days: 5,
            lead: 3_600,
            holidays: Vec::new(),
            improve_steps: 50,
        };
        Self { booking: booking(&store), store, organisation, rules, now }
    }

    /// Somebody who works on weekday mornings.
    pub(crate) async fn works(&self, id: &str, skills: &[&str], areas: &[&str]) {
        let morning = vec![(time(8, 0, 0, 0), time(12, 0, 0, 0))];
        let days = std::array::from_fn(|day| if day < 5 { morning.clone() } else { Vec::new() });
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<BTreeSet<_>>();
        let resource = Resource {
            id: id.into(),
            name: id.into(),
            week: Week { days, ..Week::default() },
            home: Place::new(51.98, 5.91),
            skills: texts(skills),
            areas: texts(areas),
            room: BTreeMap::from([("kraan".to_owned(), 1)]),
            appointments_max: None,
            is_gone: false,
        };
        self.booking.save_resource(&self.organisation, &resource).await.unwrap();
    }

    /// Repairs of nearly four hours: one fills a morning.
    pub(crate) fn long(&self, object: &str) -> Wanted {
        Wanted { service: 3 * 3_600, ..self.short(object) }
    }

    pub(crate) fn short(&self, object: &str) -> Wanted {
        Wanted {
            case: CaseKey::new("repair", object),
            title: "Lekkende kraan".into(),
            place: Place::new(51.985, 5.92),
            service: 1_800,
            setup: 0,
            all_of: Vec::new(),
            none_of: Vec::new(),
            preferred: None,
            area: Some("6811".into()),
            amounts: BTreeMap::new(),
            priority: 0,
            not_before: None,
        }
    }

    pub(crate) fn window(&self, which: usize) -> Span {
        let (from, to) = self.rules.windows[which];
        let moment = |time| DAY.to_datetime(time).to_zoned(self.rules.zone.clone()).unwrap().timestamp().as_second();
        Span::new(moment(from), moment(to))
    }

    pub(crate) fn change(&self, wanted: Wanted, which: usize, seen: u32) -> Change {
        Change { wanted, window: self.window(which), seen, hold: None, by: "customer".into() }
    }

    pub(crate) async fn book(&self, wanted: Wanted, which: usize, seen: u32) -> Result<Case, Refusal> {
        let change = self.change(wanted, which, seen);
        self.booking.book(&self.organisation, &change, &self.rules, self.now).await.unwrap()
    }

    pub(crate) async fn case(&self, object: &str) -> Case {
        self.booking.case(&self.organisation, &CaseKey::new("repair", object)).await.unwrap()
    }

    pub(crate) fn later(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// Who has to do what on the Monday.
    pub(crate) async fn plan(&self) -> Vec<(String, Vec<String>)> {
        let days = self.booking.days(&self.organisation, DAY, DAY).await.unwrap();
        let entries = |day: &service::booking::Day| {
            day.entries.iter().map(|entry| entry.wanted.case.object.clone()).collect::<Vec<_>>()
        };
        days.iter().filter(|day| !day.entries.is_empty()).map(|day| (day.resource.clone(), entries(day))).collect()
    }

    /// Names of what was told to everybody else, with the window's begin.
    pub(crate) async fn told(&self) -> Vec<String> {
        let pending = self.store.pending(1_000).await.unwrap();
        pending
            .iter()
            .map(|stored| format!("{} {}", stored.event.name, stored.event.text("repair_id").unwrap()))
            .collect()
    }

    /// The same desk as a process sees it with something between it and its store.
    pub(crate) fn with(&self, between: Arc<dyn Between>) -> Booking {
        booking(&self.store.with(between))
    }

    /// Every place is of one case that knows it, every case has its place, and nothing is left to be settled.
    pub(crate) async fn is_whole(&self, objects: &[String]) {
        let days = self.booking.days(&self.organisation, DAY, DAY).await.unwrap();
        let entries: Vec<_> = days.iter().flat_map(|day| &day.entries).collect();
        assert!(entries.iter().all(|entry| entry.standing == Standing::Booked), "{entries:?}");
        let mut places = Vec::new();
        for object in objects {
            let case = self.case(object).await;
            places.extend(case.booked().map(|appointment| appointment.place.token));
        }
        let mut taken: Vec<_> = entries.iter().map(|entry| entry.token).collect();
        places.sort_unstable();
        taken.sort_unstable();
        assert_eq!(places, taken);
        let ever = self.now + SignedDuration::from_hours(1_000);
        assert!(self.store.unsettled_cases(&self.organisation, ever).await.unwrap().is_empty());
        assert!(self.store.unsettled_days(&self.organisation, ever).await.unwrap().is_empty());
    }
}
