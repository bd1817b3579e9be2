//! To what something was done, as staff call it, with the page that shows it where there still is one.

use std::collections::BTreeMap;

use minijinja::{Value, context};
use store::{AuditRow, SenderName};
use words::{CustomerId, EffectKey};

use crate::{
    App,
    language::Text,
    pages::{customer, encoded, halt, message, naming, post, today},
    problem::Problem,
    session::Staff,
};

/// What the rows of one sheet speak of.
pub(super) struct Known {
    journeys: BTreeMap<String, String>,
    customers: BTreeMap<String, String>,
    /// Title and address by effect key, of messages and tasks.
    effects: BTreeMap<String, (String, String)>,
}

impl Known {
    pub(super) async fn gather(app: &App, staff: &Staff, rows: &[AuditRow]) -> Result<Self, Problem> {
        let house = &staff.house.id;
        let journeys = app.store.journeys(house).await?;
        let ids: Vec<CustomerId> =
            rows.iter().filter(|row| of_customer(row)).filter_map(|row| row.subject.parse().ok()).collect();
        let found = app.store.customers_by_id(house, &ids).await?;
        let customers = found.iter().map(|stored| {
            let name = naming::capital(&naming::person(&stored.customer, &staff.speech));
            (stored.customer.id.to_string(), name)
        });
        let mut effects = BTreeMap::new();
        for row in rows.iter().filter(|row| row.what.starts_with("task.") || row.what.starts_with("message.")) {
            if !effects.contains_key(&row.subject)
                && let Some(told) = effect(app, staff, row).await?
            {
                effects.insert(row.subject.clone(), told);
            }
        }
        Ok(Self {
            journeys: journeys.into_iter().map(|row| (row.id.to_string(), row.title)).collect(),
            customers: customers.collect(),
            effects,
        })
    }

    /// Its name, and its address where there is a page of it.
    pub(super) fn subject(&self, staff: &Staff, row: &AuditRow) -> Value {
        let (kind, _) = row.what.split_once('.').unwrap_or((&row.what, ""));
        let (name, href) = match kind {
            _ if of_customer(row) => self.customer(&row.subject),
            "journey" | "draft" => self.journey(&row.subject),
            "task" | "message" => {
                self.effects.get(&row.subject).cloned().map_or((None, None), |(name, href)| (Some(name), Some(href)))
            }
            "post" => (Some(staff.say(&Text::new("post-title"))), Some(post::path(&row.subject))),
            "sender" => (Some(sender(staff, &row.subject)), None),
            "organisation" => (Some(staff.house.name.clone()), None),
            "quarantine" => (None, None),
            "halt" => (row.detail["title"].as_str().map(str::to_owned), Some(halt::PATH.to_owned())),
            _ => (Some(row.subject.clone()), None),
        };
        let gone = href.is_none() && name.is_none() && kind != "quarantine";
        context! { name => name.or_else(|| gone.then(|| staff.say(&Text::new("audit-subject-gone")))), href }
    }

    fn customer(&self, id: &str) -> (Option<String>, Option<String>) {
        match (self.customers.get(id), id.parse()) {
            (Some(name), Ok(id)) => (Some(name.clone()), Some(customer::path(id))),
            _ => (None, None),
        }
    }

    /// A journey that is gone is still called by its id, which staff chose.
    fn journey(&self, id: &str) -> (Option<String>, Option<String>) {
        match self.journeys.get(id) {
            Some(title) => (Some(title.clone()), Some(format!("/klantreizen/{}", encoded(id)))),
            None => (Some(id.to_owned()), None),
        }
    }
}

/// A journey is started for a customer; the row names the customer.
fn of_customer(row: &AuditRow) -> bool {
    row.what.starts_with("customer.") || row.what == "journey.started"
}

/// Title and address of a message or a task.
async fn effect(app: &App, staff: &Staff, row: &AuditRow) -> Result<Option<(String, String)>, Problem> {
    let key = EffectKey::stored(row.subject.as_str());
    if row.what.starts_with("task.") {
        let task = app.store.task(&staff.house.id, &key).await?;
        return Ok(task.map(|task| (task.title, today::task_path(&key))));
    }
    let Some(sent) = app.store.message(&staff.house.id, &key).await? else { return Ok(None) };
    let titles = message::Titles::of(app, &staff.house.id, std::slice::from_ref(&sent)).await?;
    Ok(Some((titles.message(&sent, &staff.speech), message::path(&key))))
}

/// A channel, with in whose name when that is not the organisation's.
fn sender(staff: &Staff, subject: &str) -> String {
    let SenderName { channel, principal } = SenderName::parse(subject);
    let channel = naming::channel(&staff.speech, channel.as_str());
    if principal.is_own() { channel } else { format!("{channel} ({principal})") }
}
