//! What a customer chooses for oneself: how and when to be reached, and about what. By a link that nobody can guess, without
//! a log-in; reading changes nothing, and what is said becomes an event, which is the proof.

mod choice;
mod given_out;

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::Service;
use store::{NewEvent, Purpose};
use words::{Channel, Class, Event, EventName, Language};

use super::{
    ask::{Holder, holder},
    customer::consent_title,
    naming, staff_event,
};
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::{Answer, Problem},
    shell::{Shell, Visitor},
};

use choice::Choice;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/voorkeuren/{token}", get(show).post(save))
        .route("/klanten/{id}/voorkeuren", post(given_out::make))
}

/// The source of what customers say of themselves: staff read it beside each consent.
const SOURCE: &str = "voorkeuren";

/// Staff gave the link, or it stands below a message, or one was about to want no more.
const BY: [Purpose; 3] = [Purpose::Preferences, Purpose::Message, Purpose::Unsubscribe];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    bewaard: Option<String>,
}

async fn show(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let holder = match holder(&app.service, &token, &BY, app.clock.now()).await? {
        Ok(holder) => holder,
        Err(trouble) => return trouble.page(&visitor),
    };
    let offered = Offered::load(&app.service, &holder).await?;
    let choice = Choice::of(&holder.customer, &offered);
    let page = Page { token: &token, choice: &choice, remarks: &Remarks::default(), saved: asked.bewaard.is_some() };
    page.render(&visitor, StatusCode::OK, &holder, &offered)
}

async fn save(
    visitor: Visitor,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(filled): Form<BTreeMap<String, String>>,
) -> Answer {
    let now = app.clock.now();
    let holder = match holder(&app.service, &token, &BY, now).await? {
        Ok(holder) => holder,
        Err(trouble) => return trouble.page(&visitor),
    };
    let offered = Offered::load(&app.service, &holder).await?;
    let choice = Choice::read(&filled, &offered);
    let remarks = choice.remarks();
    if !remarks.is_empty() {
        let page = Page { token: &token, choice: &choice, remarks: &remarks, saved: false };
        return page.render(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &holder, &offered);
    }
    let changed = choice.changes(&holder.customer, &offered);
    if !changed.is_empty() {
        let said = json!(changed).to_string();
        let name = EventName::parse("customer.identified").ok_or(Problem::Broken)?;
        let id = holder.link.pressed(&[&said], now).to_string();
        let mut event = Event::ours(id, now, name, changed);
        event.source = SOURCE.to_owned();
        let event = NewEvent::about(holder.link.organisation.clone(), holder.customer.id, event);
        let reference = event.reference();
        app.store.accept(vec![event]).await?;
        staff_event::applied(&app, &reference).await?;
    }
    Ok(Redirect::to(&format!("/voorkeuren/{token}?bewaard=1")).into_response())
}

/// What there is to choose from.
pub(crate) struct Offered {
    /// Channels that the organisation sends by and at which this customer can be reached.
    channels: Vec<Channel>,
    /// Consents: `marketing`, then those by a name of their own.
    purposes: Vec<String>,
}

impl Offered {
    async fn load(service: &Service, holder: &Holder) -> Result<Self, Problem> {
        let senders = service.store.senders(&holder.link.organisation).await?;
        let reached = |channel: &Channel| holder.customer.reached_by(channel).is_some();
        let mut channels: Vec<Channel> = senders.into_iter().map(|sender| sender.channel).filter(reached).collect();
        // In the name of several, a channel is one.
        channels.dedup();
        let live = service.catalog.live(&holder.link.organisation).await?;
        let asked = live.iter().flat_map(|live| journey::consents_asked(&live.published.definition));
        let said = holder.customer.consents.keys().filter(|name| is_own(name)).cloned();
        let own: BTreeSet<String> = asked.chain(said).collect();
        let purposes = std::iter::once(Class::Marketing.as_str().to_owned()).chain(own).collect();
        Ok(Self { channels, purposes })
    }
}

/// Whether a consent goes by a name of its own rather than by a reason to write and a channel.
fn is_own(name: &str) -> bool {
    name.split('.').next().and_then(Class::parse).is_none()
}

struct Page<'a> {
    token: &'a str,
    choice: &'a Choice,
    remarks: &'a Remarks,
    saved: bool,
}

impl Page<'_> {
    fn render(&self, shell: &Shell, status: StatusCode, holder: &Holder, offered: &Offered) -> Answer {
        let shell = holder.shell(shell);
        let last = holder.customer.consents.values().map(|consent| consent.time).max();
        let usual = holder.organisation.quiet_hours;
        let page = context! {
            organisation => holder.seen.name.as_str(),
            face => holder.seen.context(),
            token => self.token,
            saved => self.saved,
            address => holder.address(),
            phone => holder.seen.phone.as_deref(),
            back => None::<String>,
            channels => self.channels(&shell, holder, offered),
            ranks => (1..=offered.channels.len()).collect::<Vec<_>>(),
            purposes => self.purposes(&shell, holder, offered),
            quiet_own => self.choice.quiet_own,
            quiet_from => self.choice.quiet_from.as_str(),
            quiet_until => self.choice.quiet_until.as_str(),
            usual => usual.map(|hours| context! { from => choice::clock(hours.from), until => choice::clock(hours.until) }),
            language => self.choice.language.as_str(),
            languages => Language::ALL.map(Language::tag).to_vec(),
            last => last.map(|time| time.to_string()),
            remarks => self.remarks.said_by(&shell),
        };
        shell.render_as(status, "preference/show.html", page)
    }

    fn channels(&self, shell: &Shell, holder: &Holder, offered: &Offered) -> Vec<Value> {
        let one = |channel: &Channel| {
            context! {
                id => channel.as_str(),
                name => naming::capital(&naming::channel(&shell.speech, channel.as_str())),
                reached => holder.customer.reached_by(channel),
                rank => self.choice.ranks.get(channel.as_str()).copied().unwrap_or_default(),
            }
        };
        offered.channels.iter().map(one).collect()
    }

    fn purposes(&self, shell: &Shell, holder: &Holder, offered: &Offered) -> Vec<Value> {
        let one = |name: &String| {
            let said = holder.customer.consents.get(name);
            let title = match is_own(name) {
                true => naming::capital(name),
                false => naming::capital(&consent_title(name, &shell.speech)),
            };
            context! {
                name,
                title,
                help => (!is_own(name)).then(|| shell.say(&Text::new("preference-marketing-help"))),
                given => self.choice.agreed.contains(name),
                since => said.map(|said| said.time.to_string()),
                was_given => said.is_some_and(|said| said.given),
            }
        };
        offered.purposes.iter().map(one).collect()
    }
}
