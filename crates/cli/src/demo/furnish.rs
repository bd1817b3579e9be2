//! What the demo begins with: an organisation, its live journeys, ninety days of customers and a log-in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use serde::{Deserialize, Serialize};
use service::{Publication, Service, reference, token};
use sim::{Plan, Scene};
use store::{JourneyRow, Mode, OrganisationRow, Sender, Source, StaffAddress, Store};
use words::{Channel, Language, OrganisationId, Window};

use super::complaints::{Staff, complain};
use super::living::Living;
use crate::args::{Demo, Kept};
use crate::house::{self, Trouble};
use crate::progress::Progress;

/// The demo's organisation, as the reference journeys call it.
const ORGANISATION: &str = "rijnoever";
const NAME: &str = "Rijnoever";
/// Who works there.
const STAFF: &str = "Fatima Aydın";
const EMAIL: &str = "demo@rijnoever.example";

/// The log-in that is printed; kept beside the file, so that a second start can print it too.
#[derive(Serialize, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) email: String,
    pub(crate) password: String,
}

fn log_in_file(data: &Path) -> PathBuf {
    data.join("log-in.json")
}

fn living_file(data: &Path) -> PathBuf {
    data.join("living.json")
}

/// Whether the store was filled to the end: the log-in is written last.
pub(crate) fn is_furnished(data: &Path, kept: &Kept) -> bool {
    log_in_file(data).is_file() && (kept.store.is_some() || data.join("klantreis.db").is_file())
}

/// The log-in of a furnished demo.
pub(crate) fn log_in(data: &Path) -> Result<LogIn, Trouble> {
    Ok(serde_json::from_str(&std::fs::read_to_string(log_in_file(data))?)?)
}

/// Fills an empty store.
pub(crate) async fn furnish(store: Arc<dyn Store>, demo: &Demo, url: &str) -> Result<(), Trouble> {
    let service = house::service(store.clone(), &demo.data, url);
    let now = service.clock.now();
    let from = now - SignedDuration::from_hours(24 * i64::from(demo.days));
    let organisation = OrganisationId::new(ORGANISATION);
    let (log_in, staff) = people(&service, &organisation, from).await?;
    senders(store.as_ref(), &organisation, from).await?;
    journeys(&service, &organisation, from).await?;
    let scene = Arc::new(Scene::load(store.as_ref(), &service.catalog, &organisation, url).await?);
    sources(store.as_ref(), &organisation, &scene, from).await?;
    let window = Window { from, until: now };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let bar = Progress::of("klanten");
    let plan = Plan { window, scale: demo.scale, threads };
    let filled = sim::fill(store.as_ref(), scene, plan, |progress| {
        bar.at(progress.done as u64, progress.all as u64, progress.done as u64);
    });
    let filled = filled.await?;
    bar.finish();
    println!(
        "{} klanten, {} gebeurtenissen, {} contacten, {} berichten, {} taken",
        filled.customers, filled.events, filled.contacts, filled.messages, filled.tasks
    );
    complain(store, (&demo.data, url), &organisation, &staff, now).await?;
    std::fs::write(living_file(&demo.data), filled.living.save())?;
    std::fs::write(log_in_file(&demo.data), serde_json::to_vec_pretty(&log_in)?)?;
    Ok(())
}

async fn people(service: &Service, id: &OrganisationId, from: Timestamp) -> Result<(LogIn, Staff), Trouble> {
    let row = OrganisationRow { id: id.clone(), text: reference::organisation(), created: from };
    service.store.save_organisation(row).await?;
    let log_in = LogIn { email: EMAIL.to_owned(), password: token::token(service.random.as_ref()) };
    let first = web::First {
        organisation: NAME.to_owned(),
        name: STAFF.to_owned(),
        email: log_in.email.clone(),
        password: log_in.password.clone(),
        language: Language::Nl,
    };
    let account = uuid::Builder::from_random_bytes(service.random.bytes16()).into_uuid();
    web::first_account(service.store.as_ref(), service.random.as_ref(), account, from, first).await?;
    Ok((log_in, Staff { account, name: STAFF.to_owned() }))
}

/// Every channel by the file transport: the messages page shows what customers would have got, and nothing leaves.
async fn senders(store: &dyn Store, organisation: &OrganisationId, from: Timestamp) -> Result<(), Trouble> {
    for channel in Channel::SENDING {
        let channel = Channel::new(*channel);
        let by_mail = channel.as_str() == "email";
        let channel_is_paper = channel.is_paper();
        let sender = Sender {
            organisation: organisation.clone(),
            channel,
            principal: words::PrincipalId::own(),
            transport: if channel_is_paper { "print" } else { "file" }.to_owned(),
            config: serde_json::json!({}),
            from_name: NAME.to_owned(),
            from_address: if by_mail { "klantenservice@rijnoever.example" } else { NAME }.to_owned(),
            reply_to: by_mail.then(|| "klantenservice@rijnoever.example".to_owned()),
            tested: Some(from),
            per_minute: None,
            catch_up: None,
        };
        store.save_sender(sender).await?;
    }
    let staff = StaffAddress {
        organisation: organisation.clone(),
        channel: Channel::email(),
        address: EMAIL.to_owned(),
        name: STAFF.to_owned(),
    };
    Ok(store.save_staff_address(staff).await?)
}

/// Puts the samples live that say how simulated customers behave.
async fn journeys(service: &Service, organisation: &OrganisationId, from: Timestamp) -> Result<(), Trouble> {
    let samples = reference::journeys();
    for (id, folder) in samples.iter().filter(|(_, folder)| folder.get(Folder::SIMULATION).is_some()) {
        let published = service.publisher.publish(organisation, folder, None, "voorbeeldreis", from).await?;
        let Publication::Live { .. } = published else {
            return Err(format!("the sample {id} cannot go live: {published:?}").into());
        };
    }
    for row in service.store.journeys(organisation).await? {
        service.store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await?;
    }
    Ok(())
}

async fn sources(
    store: &dyn Store,
    organisation: &OrganisationId,
    scene: &Scene,
    from: Timestamp,
) -> Result<(), Trouble> {
    for id in scene.sources() {
        let mut name = id.to_owned();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let source = Source {
            organisation: organisation.clone(),
            id: id.to_owned(),
            name,
            kind: "segment".to_owned(),
            created: from,
            last_received: None,
            usual_gap_seconds: None,
            received: 0,
            refused: 0,
            duplicate: 0,
        };
        store.save_source(source).await?;
    }
    Ok(())
}

/// The simulated customers, ready to live on.
pub(crate) async fn living(data: &Path, service: &Service, url: &str) -> Result<Living, Trouble> {
    let organisation = OrganisationId::new(ORGANISATION);
    let scene = Scene::load(service.store.as_ref(), &service.catalog, &organisation, url).await?;
    let saved = std::fs::read(living_file(data))?;
    let now = service.clock.now();
    let living = sim::Living::restore(Arc::new(scene), &saved, now)?;
    Ok(Living { living, service: service.clone(), file: living_file(data) })
}
