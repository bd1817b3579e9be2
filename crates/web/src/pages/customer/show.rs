//! One customer: the line, the story, what stands ahead, and who it is.

use axum::extract::{Path, Query, State};
use minijinja::{Value, context};
use serde::Deserialize;
use store::Suppression;
use words::{Channel, Customer, CustomerId, Ending, RunId, Status};

use super::{
    Portrait, RunSeen, ahead, line, story,
    told::{consent_title, said_where},
};
use crate::{
    App,
    language::Text,
    pages::{encoded, naming},
    problem::{Answer, Problem},
    session::{Staff, Viewer},
    views::data,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    run: String,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let id: CustomerId = id.parse().map_err(|_| Problem::NotFound)?;
    let portrait = Portrait::load(&app.service, &viewer.house.id, id).await?.ok_or(Problem::NotFound)?;
    let speech = &viewer.speech;
    let customer = &portrait.stored.customer;
    let chosen = portrait.chosen(asked.run.parse::<RunId>().ok());
    let (days, older) = story::story(&portrait, speech);
    let suppressed = suppressions(&app, &viewer, customer).await?;
    let aliases = app.store.aliases_of(&viewer.house.id, customer.id).await?;
    let numbers: Vec<String> =
        aliases.into_iter().filter(|(kind, _)| *kind == store::AliasKind::User).map(|(_, n)| n).collect();
    let name = naming::person(customer, speech);
    let page = context! {
        id => customer.id.to_string(),
        name => name.as_str(),
        title => naming::capital(&name),
        place => [&customer.address.street, &customer.address.town].into_iter().flatten().cloned().collect::<Vec<_>>().join(", "),
        line => chosen.and_then(|seen| line(&portrait, seen, speech)).map(data),
        days => data(days),
        older,
        ahead => chosen.map(|seen| data(ahead::ahead(&portrait, seen, speech))).unwrap_or_else(|| data(Vec::<u8>::new())),
        promises => chosen.map(|seen| data(ahead::promises(&portrait, seen, speech))).unwrap_or_else(|| data(Vec::<u8>::new())),
        reasons => chosen.map(|seen| data(ahead::reasons(&portrait, seen, speech))).unwrap_or_else(|| data(Vec::<u8>::new())),
        chosen => chosen.map(|seen| chosen_run(seen, customer.id)),
        runs => portrait.runs.iter().map(|seen| run(&viewer, seen, customer.id)).collect::<Vec<_>>(),
        numbers,
        profile => profile(&viewer, customer),
        consents => consents(&viewer, customer),
        service_said => customer.consents.contains_key("service"),
        marketing_said => customer.consents.contains_key("marketing"),
        quiet => quiet(&portrait),
        suppressed => suppressed.iter().map(|suppression| context! {
            address => suppression.address.as_str(),
            reason => suppression.reason.as_str(),
            since => suppression.since.to_string(),
        }).collect::<Vec<_>>(),
    };
    viewer.render("customer/show.html", page)
}

fn chosen_run(seen: &RunSeen, customer: CustomerId) -> Value {
    let run = seen.run();
    context! {
        id => run.id.to_string(),
        title => seen.definition().title.as_str(),
        map => format!("/klantreizen/{}?klant={customer}&run={}", encoded(run.journey.as_str()), run.id),
    }
}

fn run(staff: &Staff, seen: &RunSeen, customer: CustomerId) -> Value {
    let run = seen.run();
    let day = |moment| crate::format::date(staff.speech.language, staff.speech.date_of(moment));
    let at = run.at.as_ref().and_then(|id| seen.definition().touchpoint(id)).map(|touchpoint| touchpoint.title.clone());
    let text = match &run.status {
        Status::Open => {
            Text::new("run-open").with("day", day(run.started)).with("at", at.unwrap_or_else(|| "–".into()))
        }
        Status::Ended { ending, exit, .. } => {
            let key = match ending {
                Ending::Done => "run-done",
                Ending::Left => "run-left",
                Ending::Stopped => "run-stopped",
            };
            Text::new(key).with("day", day(exit.time))
        }
    };
    context! {
        href => format!("{}?run={}", super::path(customer), run.id),
        title => seen.definition().title.as_str(),
        key => run.key.as_deref(),
        text => staff.say(&text),
        goal => run.goal.map(|moment| moment.to_string()),
    }
}

fn profile(staff: &Staff, customer: &Customer) -> Value {
    let address = &customer.address;
    let lines = [
        address.street.clone(),
        Some([&address.postcode, &address.town].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    let channels: Vec<String> =
        customer.channels.iter().map(|channel| naming::channel(&staff.speech, channel.as_str())).collect();
    context! {
        address => lines.join(", "),
        email => customer.email.as_deref(),
        mobile => customer.mobile.as_deref(),
        channels => channels.join(", "),
        language => customer.language.map(words::Language::tag),
        address_as => customer.address_as.map(words::FormOfAddress::as_str),
        zone => customer.zone.as_deref(),
    }
}

/// What it is called, whether it is given, since when and where that was said.
fn consents(staff: &Staff, customer: &Customer) -> Vec<Value> {
    let each = customer.consents.iter().map(|(name, consent)| {
        context! {
            title => naming::capital(&consent_title(name, &staff.speech)),
            given => consent.given,
            time => consent.time.to_string(),
            proof => said_where(&consent.proof),
        }
    });
    each.collect()
}

fn quiet(portrait: &Portrait) -> Option<Value> {
    let shared = portrait.surroundings.organisation.quiet_hours.map(|hours| (hours.from, hours.until));
    let (from, until) = portrait.stored.customer.quiet_hours.or(shared)?;
    let said = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    Some(context! { from => said(from), until => said(until) })
}

async fn suppressions(app: &App, staff: &Staff, customer: &Customer) -> Result<Vec<Suppression>, Problem> {
    let channels = Channel::SENDING.iter().map(|name| Channel::new(*name));
    let addresses: Vec<_> =
        channels.filter_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?))).collect();
    Ok(app.store.suppressed(&staff.house.id, &addresses).await?)
}
