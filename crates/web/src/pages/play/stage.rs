//! One play: the shell on a store in memory, with the journey and the player in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use channels::MemoryTransport;
use jiff::{Timestamp, civil::Time};
use journey::{Definition, Folder, Organisation};
use serde_json::json;
use service::{drive::Drive, sending::Transports};
use store::{JourneyRow, Mode, NewEvent, OrganisationRow, Sender, Sqlite, Store, Version};
use tokio::sync::Mutex;
use uuid::Uuid;
use words::{Channel, CustomerId, Event, EventName, Identity, OrganisationId, Properties};

use super::{likely::Likely, news::Before};
use crate::{
    App,
    pages::{encoded, happening::Known},
    problem::Problem,
};

/// Events of one play.
pub(super) const EVENTS_MAX: u32 = 300;
/// What the player is called in the play's own source.
const PLAYER: &str = "speler";

/// One play.
pub(crate) struct Play {
    pub(super) id: String,
    pub(super) account: Uuid,
    pub(super) organisation: OrganisationId,
    pub(super) definition: Arc<Definition>,
    pub(super) draft: bool,
    pub(super) likely: Likely,
    pub(super) drive: Drive,
    pub(super) customer: CustomerId,
    pub(super) course: Mutex<Course>,
    /// What it was made of, to begin anew.
    pub(super) setup: Setup,
}

/// How a play went so far.
#[derive(Default)]
pub(super) struct Course {
    pub(super) known: Known,
    pub(super) last: Option<EventName>,
    /// What happened, with the newest time of each.
    pub(super) happened: BTreeMap<String, Timestamp>,
    /// How it stood before the last thing that the player did.
    pub(super) before: Option<Before>,
    pub(super) events: u32,
}

/// What a play is made of.
#[derive(Clone)]
pub(super) struct Setup {
    pub(super) organisation: OrganisationRow,
    pub(super) folder: Folder,
    pub(super) draft: bool,
    pub(super) account: Uuid,
    /// What is known of the player.
    pub(super) profile: Properties,
}

impl Play {
    /// Sets the stage. `Err` of the inner result: the text has mistakes that keep it from running.
    pub(super) async fn begin(app: &App, setup: Setup) -> Result<Result<Self, Vec<journey::Finding>>, Problem> {
        let Setup { organisation, folder, draft, account, profile } = setup.clone();
        let shared = Organisation::parse(&organisation.text).0;
        let definition = match sound(&folder, &shared) {
            Ok(definition) => definition,
            Err(findings) => return Ok(Err(findings)),
        };
        let now = ten_in_the_morning(app.clock.now(), &shared);
        let store: Arc<dyn Store> = Arc::new(Sqlite::in_memory().await?);
        fill(store.as_ref(), &organisation, &definition, &folder, now).await?;
        let id = service::token::token(app.random.as_ref());
        let base = app.link_to(&path(definition.id.as_str(), &id));
        let transports = Transports::only(Arc::new(MemoryTransport::new()));
        let drive = Drive::new(store, app.random.clone(), transports, base, now);
        let customer = CustomerId::derived(&[organisation.id.as_str(), "customer", PLAYER]);
        let play = Self {
            id,
            account,
            organisation: organisation.id,
            likely: Likely::read(&folder),
            definition: Arc::new(definition),
            draft,
            drive,
            customer,
            course: Mutex::default(),
            setup,
        };
        let name = EventName::parse("customer.identified").ok_or(Problem::Broken)?;
        let mut event = words::Event::ours("player", now, name, profile);
        event.identity = Identity { customer: Some(PLAYER.into()), anonymous: None };
        play.tell(vec![NewEvent::from_outside(play.organisation.clone(), event)]).await?;
        Ok(Ok(play))
    }

    /// The address of its page.
    pub(super) fn path(&self) -> String {
        path(self.definition.id.as_str(), &self.id)
    }

    /// Something happens to the player now.
    pub(super) async fn happen(&self, name: EventName, mut properties: Properties) -> Result<bool, Problem> {
        let mut course = self.course.lock().await;
        if course.events >= EVENTS_MAX {
            return Ok(false);
        }
        course.events += 1;
        course.known.take_in(&name, &properties);
        course.last = Some(name.clone());
        course.happened.insert(name.as_str().to_owned(), self.drive.now());
        properties.retain(|_, value| !value.is_null());
        let mut event: Event =
            words::Event::ours(format!("play-{}", course.events), self.drive.now(), name, properties);
        event.source = "spel".into();
        self.tell(vec![NewEvent::about(self.organisation.clone(), self.customer, event)]).await?;
        Ok(true)
    }

    async fn tell(&self, events: Vec<NewEvent>) -> Result<(), Problem> {
        self.drive.service.store.accept(events).await?;
        Ok(self.drive.settle().await?)
    }
}

fn sound(folder: &Folder, shared: &Organisation) -> Result<Definition, Vec<journey::Finding>> {
    let parsed = journey::parse(folder, shared);
    parsed.sound().cloned().ok_or(parsed.findings)
}

fn path(journey: &str, play: &str) -> String {
    format!("/klantreizen/{}/beleef/{play}", encoded(journey))
}

/// Today at ten: outside everybody's quiet hours.
fn ten_in_the_morning(now: Timestamp, organisation: &Organisation) -> Timestamp {
    let today = now.to_zoned(organisation.zone.clone()).date();
    let ten = today.to_datetime(Time::constant(10, 0, 0, 0)).to_zoned(organisation.zone.clone());
    ten.map_or(now, |zoned| zoned.timestamp())
}

/// The organisation, its senders and the one journey, live.
async fn fill(
    store: &dyn Store,
    organisation: &OrganisationRow,
    definition: &Definition,
    folder: &Folder,
    now: Timestamp,
) -> Result<(), Problem> {
    store.save_organisation(organisation.clone()).await?;
    for name in Channel::SENDING {
        let sender = Sender {
            organisation: organisation.id.clone(),
            channel: Channel::new(*name),
            principal: words::PrincipalId::own(),
            transport: "memory".into(),
            config: json!({}),
            from_name: Organisation::parse(&organisation.text).0.name,
            from_address: "beleef@klantreis.example".into(),
            reply_to: None,
            tested: Some(now),
            per_minute: None,
            catch_up: None,
        };
        store.save_sender(sender).await?;
    }
    let row = JourneyRow {
        organisation: organisation.id.clone(),
        id: definition.id.clone(),
        title: definition.title.clone(),
        created: now,
        live: None,
        mode: Mode::Live,
        paused: false,
    };
    store.save_journey(row).await?;
    let version = Version {
        organisation: organisation.id.clone(),
        journey: definition.id.clone(),
        number: 0,
        hash: definition.hash.clone(),
        files: folder.files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        published: now,
        published_by: None,
        note: String::new(),
    };
    store.publish(version).await?;
    Ok(())
}
