//! A customer's own page about a run: where it stands, what comes, whom to call.

use jiff::Timestamp;
use minijinja::{Value, context};
use service::Service;
use words::{Status, TouchpointId};

use super::{Back, Given};
use crate::{
    language::Speech,
    pages::customer::Portrait,
    problem::{Answer, Problem},
    shell::Shell,
    views::data,
};

/// Things that are past, and to come, that the page shows.
const SHOWN_MAX: usize = 6;

/// The page.
pub(crate) async fn page(
    service: &Service,
    given: &Given,
    shell: &Shell,
    (token, back): (&str, Option<Back>),
) -> Answer {
    let shell = given.shell(shell);
    let portrait = Portrait::load(service, &given.link.organisation, given.customer.id).await?;
    let portrait = portrait.ok_or(Problem::NotFound)?;
    let seen = portrait.run(given.run).ok_or(Problem::NotFound)?;
    let definition = seen.definition();
    let title = |id: &TouchpointId| definition.touchpoint(id).map(|touchpoint| touchpoint.title.clone());
    let mut past: Vec<Value> = portrait
        .contacts
        .iter()
        .filter(|contact| contact.run == given.run)
        .filter_map(|contact| Some(context! { title => title(&contact.touchpoint)?, time => contact.time.to_string() }))
        .collect();
    past.drain(..past.len().saturating_sub(SHOWN_MAX));
    let planned = engine::plan(definition, &seen.state, &portrait.stored.customer, portrait.setting());
    let ahead = planned.into_iter().filter(|pending| pending.kind == engine::PendingKind::Touchpoint);
    let ahead: Vec<Value> = ahead
        .filter_map(|pending| {
            Some(context! { title => title(pending.touchpoint.as_ref()?)?, time => pending.moment.to_string() })
        })
        .take(SHOWN_MAX)
        .collect();
    let page = context! {
        organisation => given.seen.name.as_str(),
        face => given.seen.context(),
        title => definition.title.as_str(),
        ended => match &seen.run().status { Status::Open => None, Status::Ended { exit, .. } => Some(exit.time.to_string()) },
        past,
        ahead,
        // In a play there is nobody to complain to.
        token => back.is_none().then_some(token),
        back => data(back),
        appointment => appointment(&portrait, given, &shell.speech),
        address => given.address(),
        phone => given.phone(),
    };
    shell.render("ask/follow.html", page)
}

/// The next window that the run knows: an appointment with a beginning and an end.
fn appointment(portrait: &Portrait, given: &Given, speech: &Speech) -> Option<Value> {
    let seen = portrait.run(given.run)?;
    let moment = |object: &engine::ObjectRef, property: &str| {
        let mut facts = seen.state.facts().filter(|(of, name, _)| *of == object && *name == property);
        facts.next()?.2.as_str()?.parse::<Timestamp>().ok()
    };
    let objects = seen.state.facts().filter(|(_, name, _)| *name == "start").map(|(object, _, _)| object);
    let windows = objects.filter_map(|object| Some((moment(object, "start")?, moment(object, "end")?)));
    let (from, until) = windows.filter(|(_, until)| *until > speech.now).min()?;
    Some(context! { from => from.to_string(), until => until.to_string() })
}
