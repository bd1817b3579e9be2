//! The two forms: what was typed, and the plan that it is.

use std::collections::BTreeMap;

use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use sim::rehearse::{Habit, Habits, Plan, Reached, Way};

use super::super::opened::Opened;
use crate::{
    form::Remarks,
    language::{Speech, Text},
    pages::naming,
    views::data,
};

/// What was typed, by field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(in crate::pages::draft) struct Filled(BTreeMap<String, String>);

/// Fields that are filled in to begin with.
const RECORDED_DAYS: u16 = 30;
const SIMULATED: (u32, u16, u64) = (200, 14, 1);
/// Customers of what was recorded, unless there are more than a rehearsal takes.
const RECORDED_MAX: u32 = Plan::CUSTOMERS_MAX;
/// Minutes of the units in which one types how long something takes.
const UNITS: [(&str, u32); 3] = [("m", 1), ("h", 60), ("d", 24 * 60)];

impl Filled {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// `recorded` or `simulated`.
    pub(super) fn way(&self) -> &'static str {
        if self.get("way") == Some("simulated") { "simulated" } else { "recorded" }
    }

    /// A field of one of the forms, as it was typed there.
    fn of(&self, way: &str, name: &str) -> Option<&str> {
        self.get(name).filter(|_| self.way() == way && !self.0.is_empty())
    }

    /// What is to be rehearsed. `base`: habits that the form shows, of a journey that nobody wrote a behaviour for.
    pub(super) fn plan(&self, base: Option<Habits>) -> Result<Plan, Remarks> {
        let mut remarks = Remarks::default();
        let days = self.number("days", u64::from(Plan::DAYS_MAX)).and_then(|days| u16::try_from(days).ok());
        if days.is_none() {
            remarks.add("days", Text::new("rehearse-remark-number").with("max", u64::from(Plan::DAYS_MAX)));
        }
        let way = match self.way() {
            "simulated" => {
                let customers = self.number("customers", u64::from(Plan::CUSTOMERS_MAX));
                let customers = customers.and_then(|customers| u32::try_from(customers).ok());
                if customers.is_none() {
                    let max = u64::from(Plan::CUSTOMERS_MAX);
                    remarks.add("customers", Text::new("rehearse-remark-number").with("max", max));
                }
                let seed = self.get("seed").unwrap_or("1").parse::<u64>().ok();
                remarks.expect(seed.is_some(), "seed", "rehearse-remark-seed");
                let habits = base.map(|base| self.habits(base, &mut remarks));
                customers.zip(seed).map(|(customers, seed)| Way::Simulated { customers, seed, habits })
            }
            _ => Some(Way::Recorded { customers: RECORDED_MAX }),
        };
        match (days, way) {
            (Some(days), Some(way)) if remarks.is_empty() => Ok(Plan { days, way }),
            _ => Err(remarks),
        }
    }

    fn number(&self, name: &str, max: u64) -> Option<u64> {
        self.get(name)?.parse::<u64>().ok().filter(|number| (1..=max).contains(number))
    }

    /// A share as it is typed: whole or broken percents.
    fn share(&self, name: &str, other: f64, remarks: &mut Remarks) -> f64 {
        let Some(typed) = self.get(name) else { return other };
        let percent = typed.replace(',', ".").parse::<f64>().ok().filter(|percent| (0.0..=100.0).contains(percent));
        remarks.expect(percent.is_some(), "habits", "rehearse-remark-share");
        percent.map_or(other, |percent| percent / 100.0)
    }

    fn habits(&self, base: Habits, remarks: &mut Remarks) -> Habits {
        let base = beginning_with(base, self.get("first"));
        let then = base.then.into_iter().map(|habit| {
            let name = habit.event.as_str();
            let share = self.share(&format!("share.{name}"), habit.share, remarks);
            let unit = self.get(&format!("unit.{name}")).unwrap_or("m");
            let minutes = UNITS.iter().find(|(known, _)| *known == unit).map_or(1, |(_, minutes)| *minutes);
            let after = self.get(&format!("after.{name}")).map(|typed| typed.parse::<u32>().ok());
            remarks.expect(after != Some(None), "habits", "rehearse-remark-after");
            let after_minutes = after.flatten().map_or(habit.after_minutes, |after| after.saturating_mul(minutes));
            Habit { share, after_minutes, ..habit }
        });
        let then = then.collect();
        let Reached { email, mobile, consent } = base.reached;
        let reached = Reached {
            email: self.share("reach.email", email, remarks),
            mobile: self.share("reach.mobile", mobile, remarks),
            consent: self.share("reach.consent", consent, remarks),
        };
        Habits { then, reached, ..base }
    }
}

/// With another first event of those there are: what was recorded may show that most begin with it.
fn beginning_with(mut habits: Habits, first: Option<&str>) -> Habits {
    let found = habits.then.iter_mut().find(|habit| Some(habit.event.as_str()) == first);
    if let Some(habit) = found {
        std::mem::swap(&mut habits.first, &mut habit.event);
    }
    habits
}

/// The form that remarks are about; neither when there are none.
pub(super) fn way_of(filled: &Filled, remarks: &Remarks) -> &'static str {
    if remarks.is_empty() { "" } else { filled.way() }
}

/// One habit in the form.
#[derive(Serialize)]
struct Row {
    event: String,
    said: String,
    share: String,
    after: String,
    unit: String,
}

/// Both forms with what was typed, else with what there is to begin with.
pub(super) fn shown(filled: &Filled, habits: Option<&Habits>, opened: &Opened, speech: &Speech) -> Value {
    let or = |way: &str, name: &str, other: String| filled.of(way, name).map_or(other, str::to_owned);
    let (customers, days, seed) = SIMULATED;
    let share = |name: &str, other: f64| or("simulated", name, format!("{:.0}", other * 100.0));
    let said = |habit: &Habit| {
        let definition = opened.reading.definition.as_ref();
        let said = definition.map(|definition| naming::saying(definition, speech).event(&habit.event));
        naming::capital(&said.unwrap_or_else(|| habit.event.to_string()))
    };
    let row = |habit: &Habit| {
        let name = habit.event.as_str();
        let (after, unit) = in_words(habit.after_minutes);
        Row {
            said: said(habit),
            share: share(&format!("share.{name}"), habit.share),
            after: or("simulated", &format!("after.{name}"), after.to_string()),
            unit: or("simulated", &format!("unit.{name}"), unit.to_owned()),
            event: name.to_owned(),
        }
    };
    context! {
        recorded_days => or("recorded", "days", RECORDED_DAYS.to_string()),
        customers => or("simulated", "customers", customers.to_string()),
        days => or("simulated", "days", days.to_string()),
        seed => or("simulated", "seed", seed.to_string()),
        days_max => Plan::DAYS_MAX,
        customers_max => Plan::CUSTOMERS_MAX,
        after_days => Plan::AFTER_DAYS,
        units => UNITS.map(|(unit, _)| unit),
        habits => habits.map(|habits| context! {
            measured_from => habits.measured_from,
            first => said(&Habit { event: habits.first.clone(), share: 1.0, after_minutes: 0 }),
            first_event => habits.first.as_str(),
            rows => data(habits.then.iter().map(row).collect::<Vec<_>>()),
            email => share("reach.email", habits.reached.email),
            mobile => share("reach.mobile", habits.reached.mobile),
            consent => share("reach.consent", habits.reached.consent),
        }),
    }
}

/// A number of minutes in the largest unit that says it well enough.
fn in_words(minutes: u32) -> (u32, &'static str) {
    let fits = UNITS.iter().rev().find(|(_, unit)| minutes >= 2 * unit || minutes.is_multiple_of(*unit) && minutes > 0);
    let (unit, size) = fits.copied().unwrap_or(UNITS[0]);
    ((minutes + size / 2) / size, unit)
}

#[cfg(test)]
mod tests {
    use words::EventName;

    use super::*;

    fn filled(fields: &[(&str, &str)]) -> Filled {
        Filled(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn base() -> Habits {
        let event = |name| EventName::parse(name).unwrap();
        Habits {
            first: event("repair.reported"),
            then: vec![Habit { event: event("visit.completed"), share: 0.5, after_minutes: 90 }],
            reached: Reached { email: 0.9, mobile: 0.8, consent: 0.6 },
            measured_from: 12,
        }
    }

    #[test]
    fn what_is_typed_becomes_a_plan() {
        let plan = filled(&[("way", "recorded"), ("days", " 30 ")]).plan(None).unwrap();
        assert_eq!(plan, Plan { days: 30, way: Way::Recorded { customers: 10_000 } });
        let typed = [
            ("way", "simulated"),
            ("days", "7"),
            ("customers", "50"),
            ("seed", "9"),
            ("share.visit.completed", "12,5"),
            ("after.visit.completed", "2"),
            ("unit.visit.completed", "d"),
            ("reach.consent", "0"),
        ];
        let Way::Simulated { customers: 50, seed: 9, habits: Some(habits) } =
            filled(&typed).plan(Some(base())).unwrap().way
        else {
            panic!("simulated")
        };
        assert_eq!((habits.then[0].share, habits.then[0].after_minutes), (0.125, 2 * 24 * 60));
        assert_eq!(habits.reached, Reached { email: 0.9, mobile: 0.8, consent: 0.0 });
    }

    #[test]
    fn what_cannot_be_is_remarked() {
        for (fields, wrong) in [
            (&[("days", "0")][..], "days"),
            (&[("days", "91")], "days"),
            (&[("way", "simulated"), ("days", "1"), ("customers", "10001")], "customers"),
            (&[("way", "simulated"), ("days", "1"), ("customers", "5"), ("seed", "x")], "seed"),
            (&[("way", "simulated"), ("days", "1"), ("customers", "5"), ("share.visit.completed", "120")], "habits"),
            (&[("way", "simulated"), ("days", "1"), ("customers", "5"), ("after.visit.completed", "-1")], "habits"),
        ] {
            let remarks = filled(fields).plan(Some(base())).unwrap_err();
            assert!(remarks.mentions(wrong), "{fields:?}: {remarks:?}");
        }
    }

    #[test]
    fn how_long_is_said_in_the_largest_unit() {
        for (minutes, said) in [(0, (0, "m")), (90, (90, "m")), (130, (2, "h")), (1_440, (1, "d")), (5_000, (3, "d"))] {
            assert_eq!(in_words(minutes), said, "{minutes}");
        }
    }
}
