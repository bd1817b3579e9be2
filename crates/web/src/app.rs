use std::{path::PathBuf, sync::Arc};

use service::{Clock, Random, Service, doctor::Installation, sending::Transports};
use store::Store;
use tokio::sync::Semaphore;

use crate::{
    api::DELIVERIES_MAX,
    guard::Limits,
    pages::{Mailings, Plays, Rehearsals, import::Running},
    watch::Watched,
};

/// What every page works with. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Intake, runner, figures, publishing.
    pub service: Service,
    /// What is remembered.
    pub store: Arc<dyn Store>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub random: Arc<dyn Random>,
    /// Carries the product's own letters: invitations, new passwords, test messages.
    pub transports: Transports,
    /// Where and how the pages are reached.
    pub settings: Arc<Settings>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) imports: Arc<Running>,
    pub(crate) plays: Arc<Plays>,
    pub(crate) rehearsals: Arc<Rehearsals>,
    pub(crate) mailings: Arc<Mailings>,
    pub(crate) watched: Arc<Watched>,
    /// A place for each delivery that is being taken in.
    pub(crate) deliveries: Arc<Semaphore>,
}

impl App {
    /// Joins the parts. `transports` are those that the service was made with.
    pub fn new(service: Service, transports: Transports, settings: Settings) -> Self {
        Self {
            store: service.store.clone(),
            clock: service.clock.clone(),
            random: service.random.clone(),
            transports,
            settings: Arc::new(settings),
            limits: Arc::default(),
            imports: Arc::default(),
            plays: Arc::default(),
            rehearsals: Arc::default(),
            mailings: Arc::default(),
            watched: Arc::new(Watched::new(service.clock.now())),
            deliveries: Arc::new(Semaphore::new(DELIVERIES_MAX)),
            service,
        }
    }

    /// The whole address of a path, for links in letters.
    pub fn link_to(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url.trim_end_matches('/'))
    }
}

/// Where and how the pages are reached.
#[derive(Clone, Debug)]
pub struct Settings {
    /// As people type it, without a slash at the end: `https://klantreis.example`.
    pub public_url: String,
    /// Whether a proxy of our own stands in front and writes `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// The folder in which uploaded files wait to be read.
    pub uploads: PathBuf,
    /// Who shows it may read the metrics; without one only this machine itself.
    pub metrics_token: Option<String>,
    /// Where it stands, for the page that tells how it goes; `None` where nobody knows.
    pub installation: Option<Installation>,
}

impl Settings {
    /// Whether cookies travel over https alone.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
