//! Contacts at a desk and by telephone, noted with one tap: a card is scanned (a hand scanner types), or nobody is named.

mod offer;

use axum::{
    Form, Router,
    extract::{Query, State},
    routing::get,
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::Live;
use store::{AliasKind, NewEvent, StoredCustomer};
use words::{Channel, CustomerId, Identity};

use super::{
    customer::{self, Portrait},
    encoded, naming, staff_event,
};
use crate::{
    App, form,
    language::Text,
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

use offer::Offer;
pub(super) use offer::offers;

const PATH: &str = "/vandaag/balie";
/// Customers that are shown when a search finds several.
const FOUND_MAX: u32 = 12;
/// Characters of a code, a name or a place.
const CHARS_MAX: usize = 200;
/// Where staff meet customers outside screens.
const CHANNELS: [&str; 3] = ["desk", "phone", "visit"];

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(show).post(note))
}

/// Where the page stands: kept in its address, so that a desk can keep it as a bookmark.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Standing {
    /// What was scanned or typed.
    code: String,
    /// A customer who was chosen.
    klant: String,
    /// By which channel; the touchpoint's own when it does not have it.
    via: String,
    plaats: String,
}

impl Standing {
    fn place(&self) -> Option<String> {
        form::line(&self.plaats, CHARS_MAX)
    }

    /// The page at which the next contact is noted.
    fn next(&self) -> String {
        format!("{PATH}?via={}&plaats={}", encoded(&self.via), encoded(&self.place().unwrap_or_default()))
    }
}

/// One tap.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tap {
    journey: String,
    run: String,
    touchpoint: String,
    reason: String,
    /// Of the page on which it was tapped: twice is once.
    once: String,
}

/// Contacts that may be noted of one journey, or of one run of it.
struct Group {
    journey: String,
    run: String,
    title: String,
    offers: Vec<Offer>,
}

/// Whom a code means.
enum Meant {
    Nobody,
    One(Box<StoredCustomer>),
    Several(Vec<StoredCustomer>),
}

async fn show(viewer: Viewer, State(app): State<App>, Query(standing): Query<Standing>) -> Answer {
    let meant = meant(&app, &viewer, &standing).await?;
    let customer = match &meant {
        Meant::One(stored) => Some(stored.customer.id),
        Meant::Nobody | Meant::Several(_) => None,
    };
    let once = crate::ids::fresh(&app).simple().to_string();
    let groups = groups(&app, &viewer, customer, &once).await?;
    let (one, several): (Option<Value>, Vec<Value>) = match &meant {
        Meant::Nobody => (None, Vec::new()),
        Meant::One(stored) => (Some(person(&viewer, stored, &standing)), Vec::new()),
        Meant::Several(found) => (None, found.iter().map(|stored| person(&viewer, stored, &standing)).collect()),
    };
    let page = context! {
        standing => data(&standing),
        unknown => !standing.code.trim().is_empty() && one.is_none() && several.is_empty(),
        one,
        several,
        once,
        groups => groups.iter().map(|group| shown(&viewer, group)).collect::<Vec<_>>(),
        channels => CHANNELS.map(|id| context! { id, name => naming::capital(&naming::channel(&viewer.speech, id)) }),
    };
    viewer.render("desk/show.html", page)
}

async fn note(
    viewer: Viewer,
    State(app): State<App>,
    Query(standing): Query<Standing>,
    Form(tap): Form<Tap>,
) -> Answer {
    let customer = match standing.klant.parse::<CustomerId>() {
        Ok(id) => Some(app.store.customer(&viewer.house.id, id).await?.ok_or(Problem::NotFound)?),
        Err(_) => None,
    };
    let groups = groups(&app, &viewer, customer.as_ref().map(|stored| stored.customer.id), &tap.once).await?;
    let group = groups.iter().find(|group| group.journey == tap.journey && group.run == tap.run);
    let offer = group.and_then(|group| group.offers.iter().find(|offer| offer.touchpoint.as_str() == tap.touchpoint));
    let Some(offer) = offer else {
        // What could be noted a moment ago cannot any more: the run went on.
        return viewer.go(&standing.next(), Text::new("desk-gone"));
    };
    let event = event(&viewer, &standing, offer, &tap);
    let house = viewer.house.id.clone();
    let event = match &customer {
        Some(stored) => NewEvent::about(house, stored.customer.id, event),
        None => NewEvent::from_outside(house, event),
    };
    let reference = event.reference();
    app.store.accept(vec![event]).await?;
    staff_event::applied(&app, &reference).await?;
    let subject = customer.as_ref().map(|stored| stored.customer.id.to_string()).unwrap_or_default();
    viewer.record("contact.noted", &subject, json!({ "journey": tap.journey, "touchpoint": tap.touchpoint })).await?;
    let done = match &customer {
        Some(stored) => Text::new("desk-noted-of").with("name", naming::person(&stored.customer, &viewer.speech)),
        None => Text::new("desk-noted"),
    };
    viewer.go(&standing.next(), done.with("what", offer.title.clone()))
}

fn event(staff: &Staff, standing: &Standing, offer: &Offer, tap: &Tap) -> words::Event {
    let mut properties = offer.properties.clone();
    let via = offer.channels.iter().find(|channel| channel.as_str() == standing.via).or(offer.channels.first());
    properties.extend(via.map(|channel| ("channel".to_owned(), json!(channel))));
    properties.extend(standing.place().map(|place| ("place".to_owned(), json!(place))));
    properties.insert("staff".to_owned(), json!(staff.account.name));
    if offer.reasons.contains(&tap.reason) {
        properties.insert("reason".to_owned(), json!(tap.reason));
    }
    let id = words::derived_id(&[&tap.once, &tap.journey, &tap.run, &tap.touchpoint]);
    let mut event = words::Event::ours(format!("desk:{id}"), staff.speech.now, offer.event.clone(), properties);
    if standing.klant.is_empty() {
        event.identity = Identity { customer: None, anonymous: Some(format!("desk:{id}")) };
    }
    event
}

/// A card's number or the number of something that hangs on a run is one customer; a name may be several.
async fn meant(app: &App, staff: &Staff, standing: &Standing) -> Result<Meant, Problem> {
    let house = &staff.house.id;
    if let Ok(id) = standing.klant.parse::<CustomerId>() {
        let stored = app.store.customer(house, id).await?.ok_or(Problem::NotFound)?;
        return Ok(Meant::One(Box::new(stored)));
    }
    let Some(code) = form::line(&standing.code, CHARS_MAX) else { return Ok(Meant::Nobody) };
    let mut exact = app.store.by_alias(house, &[(AliasKind::User, code.clone())]).await?.pop().flatten();
    if exact.is_none() {
        let kinds = object_kinds(&app.service.catalog.live(house).await?);
        let objects: Vec<(String, String)> = kinds.into_iter().map(|kind| (kind, code.clone())).collect();
        exact = app.store.by_object(house, &objects).await?.into_iter().flatten().map(|owner| owner.customer).next();
    }
    if let Some(id) = exact
        && let Some(stored) = app.store.customer(house, id).await?
    {
        return Ok(Meant::One(Box::new(stored)));
    }
    let mut found = app.store.search_customers(house, &code, FOUND_MAX).await?;
    Ok(match found.len() {
        0 => Meant::Nobody,
        1 => Meant::One(Box::new(found.remove(0))),
        _ => Meant::Several(found),
    })
}

/// What runs go by: keys and parts.
fn object_kinds(live: &[Live]) -> Vec<String> {
    let definitions = live.iter().map(|live| &live.published.definition);
    let kinds = definitions.flat_map(|definition| {
        definition.run_per.iter().map(|key| key.object.clone()).chain(definition.parts.iter().cloned())
    });
    let mut kinds: Vec<String> = kinds.collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

/// Of a customer what may happen in each open run, and what begins one; of nobody only the latter.
async fn groups(app: &App, staff: &Staff, customer: Option<CustomerId>, once: &str) -> Result<Vec<Group>, Problem> {
    let now = staff.speech.now.to_zoned(staff.speech.zone.clone());
    let fresh = format!("K-{}", &words::derived_id(&[once, "object"]).simple().to_string()[20..]);
    let mut groups = Vec::new();
    if let Some(id) = customer {
        let portrait = Portrait::load(&app.service, &staff.house.id, id).await?.ok_or(Problem::NotFound)?;
        for seen in portrait.runs.iter().filter(|seen| seen.state.is_open()) {
            let definition = seen.definition();
            groups.push(Group {
                journey: definition.id.to_string(),
                run: seen.run().id.to_string(),
                title: match &seen.run().key {
                    Some(key) => format!("{} ({key})", definition.title),
                    None => definition.title.clone(),
                },
                offers: offers(definition, Some(&seen.state), &fresh, &now),
            });
        }
    }
    for live in app.service.catalog.live(&staff.house.id).await?.iter().filter(|live| !live.row.paused) {
        let definition = &live.published.definition;
        groups.push(Group {
            journey: definition.id.to_string(),
            run: String::new(),
            title: definition.title.clone(),
            offers: offers(definition, None, &fresh, &now),
        });
    }
    groups.retain(|group| !group.offers.is_empty());
    Ok(groups)
}

fn person(staff: &Staff, stored: &StoredCustomer, standing: &Standing) -> Value {
    let customer = &stored.customer;
    context! {
        id => customer.id.to_string(),
        name => naming::capital(&naming::person(customer, &staff.speech)),
        reached => customer.mobile.as_ref().or(customer.email.as_ref()),
        page => customer::path(customer.id),
        href => format!("{}&klant={}", standing.next(), customer.id),
    }
}

fn shown(staff: &Staff, group: &Group) -> Value {
    let channel = |channel: &Channel| naming::channel(&staff.speech, channel.as_str());
    context! {
        journey => group.journey.as_str(),
        run => group.run.as_str(),
        title => group.title.as_str(),
        begins => group.run.is_empty(),
        offers => group.offers.iter().map(|offer| context! {
            touchpoint => offer.touchpoint.as_str(),
            title => offer.title.as_str(),
            channels => offer.channels.iter().map(channel).collect::<Vec<_>>().join(", "),
            reasons => offer.reasons.iter().map(|reason| context! { id => reason, name => reason.replace('_', " ") }).collect::<Vec<_>>(),
        }).collect::<Vec<_>>(),
    }
}
