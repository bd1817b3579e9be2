//! What lies ahead of a run: every moment at which something in it falls due. Derived afresh from facts, contacts and the
//! definition each time; only that a moment was dealt with is remembered.

use jiff::{Timestamp, civil::Date};
use journey::{Anchor, EndOn, Every, Moment, Side, Touchpoint, When};
use words::{EventName, Status, TouchpointId};

use crate::ObjectRef;
use crate::promise::judged_at;
use crate::state::Progress;
use crate::turn::Turn;
use crate::{civil, object::Object};

/// One moment ahead.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ahead {
    pub(crate) moment: Timestamp,
    /// What it belongs to; dealt with when this was handled for this very moment.
    pub(crate) slot: String,
    pub(crate) what: What,
}

/// What falls due.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A touchpoint, by its place in the text, for an object.
    Fire { touchpoint: usize, object: Option<ObjectRef>, occurrence: String, anchor: Option<Timestamp> },
    /// A calendar rule of a touchpoint.
    Tick { touchpoint: usize, date: Date },
    /// An end by the clock.
    End(usize),
    /// Nothing came after this touchpoint.
    DropOff(TouchpointId),
    /// A promise that nothing kept, by its place.
    Promise(usize),
    /// It listens no longer.
    Deaf,
}

impl Turn<'_> {
    /// Everything that lies ahead or is due and was not dealt with.
    pub(crate) fn ahead(&self) -> Vec<Ahead> {
        let mut all = Vec::new();
        let (open, listens_until) = match &self.state.run.status {
            Status::Open => (true, None),
            Status::Ended { exit, listens_until, .. } => {
                (false, Some(*listens_until).filter(|until| exit.time < *until))
            }
        };
        if open || listens_until.is_some() {
            self.touchpoints_ahead(&mut all);
            if let Some(until) = listens_until {
                all.retain(|ahead| ahead.moment <= until);
            }
        }
        if open {
            self.ends_ahead(&mut all);
            self.drop_off_ahead(&mut all);
        }
        if let Some(until) = listens_until.filter(|_| self.has_open_effects()) {
            all.push(Ahead { moment: until, slot: "deaf".to_owned(), what: What::Deaf });
        }
        all.retain(|ahead| self.state.handled.get(&ahead.slot) != Some(&ahead.moment));
        for (index, told) in self.state.promises.iter().enumerate() {
            if let Some(moment) = judged_at(&told.offer) {
                all.push(Ahead { moment, slot: String::new(), what: What::Promise(index) });
            }
        }
        all
    }

    /// The earliest moment at which anything is due.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.ahead().into_iter().map(|ahead| ahead.moment).min()
    }

    fn has_open_effects(&self) -> bool {
        self.state.asked.values().flatten().any(|asked| asked.progress == Progress::Open)
    }

    fn touchpoints_ahead(&self, all: &mut Vec<Ahead>) {
        for (index, touchpoint) in self.definition.touchpoints.iter().enumerate() {
            match &touchpoint.when {
                Some(When::Moment(moment)) => self.moments(index, touchpoint, moment, all),
                Some(When::Every(every)) => self.tick(index, touchpoint, every, all),
                _ => {}
            }
        }
    }

    fn moments(&self, index: usize, touchpoint: &Touchpoint, moment: &Moment, all: &mut Vec<Ahead>) {
        match &moment.anchor {
            Anchor::Fact(path) => {
                for (object, known) in self.state.of_kind(&path.object) {
                    self.fact_moment((index, touchpoint), moment, (object, known), &path.property, all);
                }
            }
            Anchor::Event(name) => {
                for (object, time) in self.times_of(name) {
                    let at = civil::shifted(time, moment.side, moment.by, moment.at, &self.zone);
                    let occurrence = object.to_string();
                    self.fire_ahead((index, touchpoint), at, Some(object.clone()), occurrence, Some(time), all);
                }
            }
            Anchor::Touchpoint(id) => {
                let Some(happened) = self.state.happened.get(id) else { return };
                let at = civil::shifted(happened.time, moment.side, moment.by, moment.at, &self.zone);
                let object = happened.object.clone();
                let occurrence = object.as_ref().map_or_else(|| id.to_string(), ToString::to_string);
                self.fire_ahead((index, touchpoint), at, object, occurrence, Some(happened.time), all);
            }
        }
    }

    fn fact_moment(
        &self,
        touchpoint: (usize, &Touchpoint),
        moment: &Moment,
        (object, known): (&ObjectRef, &Object),
        property: &str,
        all: &mut Vec<Ahead>,
    ) {
        let Some(value) = known.fact(property).and_then(words::Value::as_str) else { return };
        let occurrence = format!("{object}={value}");
        let Moment { side, by, at, .. } = moment;
        if let Ok(time) = value.parse::<Timestamp>() {
            let due = civil::shifted(time, *side, *by, *at, &self.zone);
            self.fire_ahead(touchpoint, due, Some(object.clone()), occurrence, Some(time), all);
        } else if let Ok(date) = value.parse::<Date>() {
            let due = civil::shifted_from_date(date, *side, *by, *at, &self.zone);
            let anchor = civil::end_of(date, &self.zone);
            self.fire_ahead(touchpoint, due, Some(object.clone()), occurrence, anchor, all);
        }
    }

    fn fire_ahead(
        &self,
        (index, touchpoint): (usize, &Touchpoint),
        due: Option<Timestamp>,
        object: Option<ObjectRef>,
        occurrence: String,
        anchor: Option<Timestamp>,
        all: &mut Vec<Ahead>,
    ) {
        let Some(moment) = due.filter(|due| self.state.history_until.is_none_or(|history| history < *due)) else {
            return;
        };
        let slot = match &object {
            Some(object) => format!("{}/{object}", touchpoint.id),
            None => format!("{}/", touchpoint.id),
        };
        all.push(Ahead { moment, slot, what: What::Fire { touchpoint: index, object, occurrence, anchor } });
    }

    fn tick(&self, index: usize, touchpoint: &Touchpoint, every: &Every, all: &mut Vec<Ahead>) {
        let slot = format!("{}/every", touchpoint.id);
        let after = self.state.handled.get(&slot).copied().into_iter().chain([self.state.born]);
        let Some(after) = after.chain(self.state.history_until).max() else { return };
        if let Some(moment) = civil::next_at(after, every.day, every.at, &self.zone) {
            let date = civil::date_of(moment, &self.zone);
            all.push(Ahead { moment, slot, what: What::Tick { touchpoint: index, date } });
        }
    }

    fn ends_ahead(&self, all: &mut Vec<Ahead>) {
        for (index, end) in self.definition.ends.iter().enumerate() {
            let EndOn::After { anchor, by, .. } = &end.on else { continue };
            let from = match anchor {
                Anchor::Touchpoint(id) => self.state.happened.get(id).map(|happened| happened.time),
                Anchor::Event(name) => self.times_of(name).map(|(_, time)| time).max(),
                Anchor::Fact(path) => self.state.newest_of(&path.object).and_then(|(_, known)| {
                    let value = known.fact(&path.property)?.as_str()?;
                    let date = || civil::end_of(value.parse().ok()?, &self.zone);
                    value.parse().ok().or_else(date)
                }),
            };
            if let Some(moment) = from.and_then(|from| civil::shifted(from, Side::After, *by, None, &self.zone)) {
                all.push(Ahead { moment, slot: format!("end/{index}"), what: What::End(index) });
            }
        }
    }

    /// The touchpoints after which a next contact is awaited and has not come.
    fn drop_off_ahead(&self, all: &mut Vec<Ahead>) {
        if self.state.run.dropped.is_some() {
            return;
        }
        for touchpoint in &self.definition.touchpoints {
            let Some(within) = touchpoint.next_within else { continue };
            let Some(happened) = self.state.happened.get(&touchpoint.id) else { continue };
            let followed = self.state.newest.is_some_and(|(time, sequence)| {
                sequence != happened.sequence && (time, sequence) > (happened.time, happened.sequence)
            });
            if followed {
                continue;
            }
            if let Some(moment) = civil::after(happened.time, within, &self.zone) {
                let slot = format!("drop/{}", touchpoint.id);
                all.push(Ahead { moment, slot, what: What::DropOff(touchpoint.id.clone()) });
            }
        }
    }

    /// When an event last happened, per object.
    fn times_of<'b>(&'b self, name: &'b EventName) -> impl Iterator<Item = (&'b ObjectRef, Timestamp)> {
        let of_kind = self.state.of_kind(name.object());
        of_kind.filter_map(move |(object, known)| Some((object, *known.events.get(name)?)))
    }
}
