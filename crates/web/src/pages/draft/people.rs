//! Real customers in whom one sees what a trigger or a message comes to: those who began this journey last.

use engine::State;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use store::{Paging, Place};
use words::{Customer, CustomerId, JourneyId, Window};

use crate::{Problem, session::Staff};

/// How many are offered.
const PEOPLE_MAX: u32 = 8;
/// How long ago they began at most.
const DAYS: i64 = 365;

/// A customer on this journey.
pub(super) struct Person {
    /// As staff call them.
    pub(super) name: String,
    pub(super) customer: Customer,
    /// Of the newest run; `None`: not on this journey.
    pub(super) state: Option<State>,
}

/// The newest, each customer once.
pub(super) async fn on(staff: &Staff, journey: &JourneyId) -> Result<Vec<Person>, Problem> {
    let (store, organisation) = (&staff.app.store, &staff.house.id);
    let now = staff.speech.now;
    let from = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(Timestamp::MIN);
    let window = Window { from, until: now };
    let paging = Paging { limit: PEOPLE_MAX, offset: 0 };
    let found = store.customers_at(organisation, journey, &Place::Started { window }, paging).await?;
    let ids: Vec<_> = found.rows.iter().map(|found| found.customer.id).collect();
    let travellers = store.load(organisation, &ids).await?;
    let mut people: Vec<Person> = Vec::new();
    for row in found.rows {
        let stored = travellers.iter().flat_map(|traveller| &traveller.runs).find(|stored| stored.run.id == row.run);
        // A state that cannot be read is another page's concern; here another customer will do.
        let state = stored.and_then(|stored| serde_json::from_slice(&stored.state).ok());
        let known = people.iter().any(|person| person.customer.id == row.customer.id);
        if let (Some(state), false) = (state, known) {
            let name = crate::customer_name::customer_name(&row.customer, &staff.speech);
            people.push(Person { name, customer: row.customer, state: Some(state) });
        }
    }
    Ok(people)
}

/// Any customer, with the newest run on this journey if there is one.
pub(super) async fn one(staff: &Staff, journey: &JourneyId, id: CustomerId) -> Result<Option<Person>, Problem> {
    let loaded = staff.app.store.load(&staff.house.id, &[id]).await?.into_iter().next();
    let Some(traveller) = loaded.filter(|traveller| traveller.customer.id == id) else { return Ok(None) };
    if staff.app.store.customer(&staff.house.id, id).await?.is_none() {
        return Ok(None);
    }
    let newest = traveller.runs.iter().rev().find(|stored| stored.run.journey == *journey);
    let name = crate::customer_name::customer_name(&traveller.customer, &staff.speech);
    let state = newest.and_then(|stored| serde_json::from_slice(&stored.state).ok());
    Ok(Some(Person { name, customer: traveller.customer, state }))
}

impl Person {
    /// What is known of this customer's newest objects, as a message sees it; `None`: not on this journey.
    pub(super) fn facts(&self) -> Option<Value> {
        let mut objects: Map<String, Value> = Map::new();
        for (object, property, value) in self.state.as_ref()?.facts() {
            let known = objects.entry(object.kind.clone()).or_insert_with(|| json!({ "id": object.id }));
            if known["id"] != json!(object.id) {
                *known = json!({ "id": object.id });
            }
            known[property] = serde_json::to_value(value).unwrap_or_default();
        }
        Some(Value::Object(objects))
    }

    /// A fact as it was said: a text, a date or a moment.
    pub(super) fn fact(&self, fact: &journey::FactPath) -> Option<String> {
        self.facts()?[&fact.object][&fact.property].as_str().map(str::to_owned)
    }
}
