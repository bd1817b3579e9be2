//! A world: one store, processes that share it, and a time that goes on only when it is told to.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::{SignedDuration, Timestamp};
use journey::Folder;
use service::Publication;
use service::reference;
use service::working::{RENEWED_SECONDS, Sharing};
use sim::Draws;
use store::{
    Durability, Erasures, Health, Inbox, JourneyRow, Mode, OpenMode, OrganisationRow, Sender, SqlStore, Sqlite,
    Travellers,
};
use words::{Channel, OrganisationId, PrincipalId};

use crate::fate::{Fate, Fates};
use crate::happening::{Answer, Happening, Happens, ask};
use crate::link::{Link, Stands};
use crate::outside::{Answered, Moods, Provider, Time};
use crate::process::{Came, Process, READ, service, worker};
use crate::stories::JOURNEYS;

/// Turns that a world may take to come to rest; more is a defect of its own.
const TURNS_MAX: usize = 3_000;
/// Looks at who works, until whatever died is followed up.
const LEASES_MAX: usize = 100;
/// Steps that erasures may take at the end.
const ERASING_MAX: usize = 60;
/// How often something is asked that is not answered.
const ASKED_MAX: usize = 200;
/// When the first text of the organisation was published.
pub(crate) const FOUNDED: &str = "2027-01-01T00:00:00Z";

/// What is judged at the end is kept until then.
const RETENTION: &str = "retention: { quarantine: never, events: never, messages: never, decisions: never, audit: never, runs: never, fetched: never }";

/// The organisation of every world.
pub(crate) fn organisation() -> OrganisationId {
    OrganisationId::new("rijnoever")
}

/// Everybody takes part: whom a holdout spares is not told by what happened.
pub(crate) fn without_holdouts(text: &str) -> String {
    text.replace("holdout: 10%", "holdout: 0%")
}

/// A folder whose files are gone with it.
pub(crate) struct Place(pub(crate) PathBuf);

impl Place {
    /// In memory where the machine has such a folder.
    pub(crate) fn new(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        let below = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let path = below.join(format!("klantreis-proof-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the world");
        Self(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("store.db")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) async fn open(path: &Path) -> SqlStore {
    Sqlite::open(path, OpenMode::Create, Durability::Off).await.expect("a store")
}

/// An organisation in which the four reference journeys are live and every sender was tested.
pub(crate) async fn found(store: &SqlStore) {
    let founded: Timestamp = FOUNDED.parse().expect("a moment");
    let time = Time::at(founded);
    let link = Link::new(0, Arc::new(Mutex::new(Fate::new(Fates::Kind))));
    let provider = Provider::new("founding", Moods::default(), time.clone());
    let shell = service(store, &link, &provider, &time, SignedDuration::ZERO);
    let mut founding = Process::new(link, async move {
        let store = shell.store.as_ref();
        // What is judged must still be there at the end.
        let text = format!("{}\n{RETENTION}\n", reference::organisation());
        let row = OrganisationRow { id: organisation(), text, created: founded };
        store.save_organisation(row).await.expect("an organisation");
        for channel in Channel::SENDING {
            store.save_sender(sender(channel, founded)).await.expect("a sender");
        }
        let mut journeys = reference::journeys();
        for journey in JOURNEYS {
            let mut folder: Folder = journeys.remove(journey).expect("a reference journey");
            let text = without_holdouts(folder.get("journey.yaml").unwrap_or_default());
            folder.put("journey.yaml", text);
            let published = shell.publisher.publish(&organisation(), &folder, None, "", founded).await;
            assert!(matches!(published, Ok(Publication::Live { .. })), "{published:?}");
        }
        for row in store.journeys(&organisation()).await.expect("the journeys") {
            store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await.expect("a journey");
        }
        assert_eq!(shell.catalog.live(&organisation()).await.map(|live| live.len()).ok(), Some(JOURNEYS.len()));
        let _ = READ.set(shell.catalog.clone());
    });
    while !matches!(founding.step().await, Came::Done(())) {}
}

fn sender(channel: &str, tested: Timestamp) -> Sender {
    Sender {
        organisation: organisation(),
        channel: Channel::new(channel),
        principal: PrincipalId::own(),
        transport: "memory".into(),
        config: serde_json::Value::Null,
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(tested),
        per_minute: None,
        catch_up: None,
    }
}

/// The file of a store with the organisation in it and nobody else: made once, copied for every world.
pub(crate) fn founded() -> Vec<u8> {
    static FOUNDED: OnceLock<Vec<u8>> = OnceLock::new();
    let make = || {
        let place = Place::new("founded");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async {
            let store = open(&place.file()).await;
            found(&store).await;
            // What was written stands in the file itself.
            assert!(store.sweep().await.expect("it is swept"), "nobody reads");
            store.close().await;
        });
        std::fs::read(place.file()).expect("the file")
    };
    // On a thread of its own: whoever asks may be on a runtime already.
    FOUNDED.get_or_init(|| std::thread::spawn(make).join().expect("it is founded")).clone()
}

/// Who works in a world, and what becomes of their calls.
pub(crate) struct Setting {
    pub(crate) seed: String,
    pub(crate) start: Timestamp,
    pub(crate) workers: usize,
    pub(crate) sharing: Sharing,
    pub(crate) fates: Fates,
    pub(crate) moods: Moods,
    /// Whether workers take turns at any call, or one turn after another.
    pub(crate) is_mixed: bool,
}

/// One store with those who work on it.
pub(crate) struct World {
    /// The store as nobody sees it: nothing goes wrong with it.
    pub(crate) store: SqlStore,
    pub(crate) path: Option<PathBuf>,
    pub(crate) time: Arc<Time>,
    pub(crate) provider: Arc<Provider>,
    pub(crate) answered: Answered,
    pub(crate) fate: Arc<Mutex<Fate>>,
    setting: Setting,
    pub(crate) draws: Draws,
    pub(crate) workers: Vec<Process<()>>,
    born: u64,
    /// Processes that died.
    pub(crate) deaths: usize,
    /// Since it last came to rest.
    turns: usize,
    /// Which worker stands still, and until when.
    pub(crate) still: Option<(usize, Timestamp)>,
}

impl World {
    /// On a store in which the organisation is. `path`: of its file, so that it can be opened anew.
    pub(crate) fn new(store: SqlStore, path: Option<PathBuf>, mut setting: Setting) -> Self {
        let time = Time::at(setting.start);
        let provider = Provider::new(&setting.seed, setting.moods, time.clone());
        let fates = std::mem::replace(&mut setting.fates, Fates::Kind);
        let mut world = Self {
            store,
            path,
            provider,
            answered: Answered::new(time.clone()),
            time,
            fate: Arc::new(Mutex::new(Fate::new(fates))),
            draws: Draws::of(&["world", &setting.seed]),
            setting,
            workers: Vec::new(),
            born: 0,
            deaths: 0,
            turns: 0,
            still: None,
        };
        if let Some(file) = &world.path {
            world.fate().watch(file);
        }
        for _ in 0..world.setting.workers {
            let one = world.bear();
            world.workers.push(one);
        }
        world
    }

    fn bear(&mut self) -> Process<()> {
        self.born += 1;
        let link = Link::new(self.born, self.fate.clone());
        let skew = SignedDuration::from_millis(self.draws.below(4_000) as i64 - 2_000);
        let skew = if self.setting.workers > 1 { skew } else { SignedDuration::ZERO };
        let shell = service(&self.store, &link, &self.provider, &self.time, skew);
        worker(shell, link, self.setting.sharing)
    }

    pub(crate) fn fate(&self) -> std::sync::MutexGuard<'_, Fate> {
        self.fate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One worker goes on by one step; where it stands then. One that died is followed by another.
    pub(crate) async fn step(&mut self, place: usize) -> Stands {
        match self.workers[place].step().await {
            Came::Stands(Stands::Dead) | Came::Done(()) => {
                let process = self.bear();
                self.fate().tell(format!("process {} follows one that died", process.link.who));
                self.workers[place] = process;
                self.deaths += 1;
                Stands::Dead
            }
            Came::Stands(stands) => stands,
        }
    }

    /// A few steps of anybody, as they come.
    async fn mix(&mut self, steps: usize) {
        for _ in 0..steps {
            let place = self.draws.below(self.workers.len());
            if !self.is_still(place) {
                self.step(place).await;
            }
        }
    }

    /// Until nobody finds anything to do at this moment.
    pub(crate) async fn rest(&mut self) {
        let awake = |world: &Self| (0..world.workers.len()).map(|place| world.is_still(place)).collect::<Vec<_>>();
        let mut idle = awake(self);
        while idle.iter().any(|idle| !idle) {
            self.turns += 1;
            assert!(self.turns < TURNS_MAX, "it does not come to rest");
            let waiting: Vec<usize> = (0..idle.len()).filter(|place| !idle[*place]).collect();
            let place = waiting[self.draws.below(waiting.len())];
            match self.turn(place).await {
                true => idle[place] = true,
                // What one does may give another something to do.
                false => idle = awake(self),
            }
        }
        self.turns = 0;
    }

    /// One turn of a worker, with steps of others in between; whether there was nothing to do.
    async fn turn(&mut self, place: usize) -> bool {
        loop {
            match self.step(place).await {
                Stands::Rests(is_idle) => return is_idle,
                Stands::Dead => return false,
                Stands::BeforeCall | Stands::Works => {}
            }
            if self.setting.is_mixed && self.workers.len() > 1 && self.draws.happens(0.2) {
                let other = self.draws.below(self.workers.len());
                if other != place && !self.is_still(other) {
                    self.step(other).await;
                }
            }
        }
    }

    /// Until everything that is due at this moment is done. What a dead worker held is free only when its lease runs out.
    pub(crate) async fn settle(&mut self) {
        self.rest().await;
        for _ in 0..LEASES_MAX {
            if self.setting.sharing == Sharing::Alone || !self.is_left().await {
                return;
            }
            self.time.move_to(self.time.really() + SignedDuration::from_secs(RENEWED_SECONDS));
            self.rest().await;
        }
    }

    async fn is_left(&self) -> bool {
        let now = self.time.told();
        let due = self.store.next_due().await.expect("the store answers").is_some_and(|due| due <= now);
        due || !self.store.pending(1).await.expect("the store answers").is_empty()
    }

    /// Time goes on until a moment, and everything on the way is done at its own.
    pub(crate) async fn until(&mut self, moment: Timestamp) {
        self.outlast().await;
        self.settle().await;
        let mut before = None;
        while let Some(next) = self.store.next_due().await.expect("the store answers") {
            let really = next - self.time.told().duration_since(self.time.really());
            if really > moment || before == Some(really) {
                break;
            }
            before = Some(really);
            // No clock of a worker is behind it by then.
            self.time.move_to(really + SignedDuration::from_secs(2));
            self.settle().await;
        }
        self.time.move_to(moment);
    }

    /// Something happens, with workers in the middle of what they do.
    pub(crate) async fn happens(&mut self, happening: &Happening) {
        match &happening.what {
            Happens::ClockOff(off) => self.time.be_off(*off),
            Happens::PowerCut => self.power_cut().await,
            Happens::StandStill(long) => self.stand_still(*long).await,
            what => {
                let steps = if self.setting.is_mixed { self.draws.below(40) } else { 0 };
                self.mix(steps).await;
                self.asked(what).await;
            }
        }
    }

    async fn power_cut(&mut self) {
        self.workers.clear();
        self.still = None;
        if let Some(path) = self.path.clone() {
            self.store = open(&path).await;
        }
        for _ in 0..self.setting.workers {
            let one = self.bear();
            self.workers.push(one);
        }
    }

    /// Asked again and again, of one process after another, until it is answered.
    async fn asked(&mut self, what: &Happens) {
        for _ in 0..ASKED_MAX {
            self.born += 1;
            let link = Link::new(self.born, self.fate.clone());
            let shell = service(&self.store, &link, &self.provider, &self.time, SignedDuration::ZERO);
            let mut process = Process::new(link, ask(shell, organisation(), what.clone()));
            let answer = loop {
                match process.step().await {
                    Came::Done(answer) => break answer.ok(),
                    Came::Stands(Stands::Dead) => {
                        self.deaths += 1;
                        break None;
                    }
                    Came::Stands(_) => {
                        if self.setting.is_mixed && self.draws.happens(0.2) {
                            self.mix(1).await;
                        }
                    }
                }
            };
            match answer {
                Some(Answer::Event(event)) => self.answered.event(organisation().as_str(), &event),
                Some(Answer::Erasure(erasure)) => self.answered.erasure(organisation().as_str(), erasure),
                Some(Answer::Done) => {}
                None => continue,
            }
            return;
        }
        panic!("{what:?} was never answered");
    }

    /// Everything that happens, in its order, and then the end of it: nothing goes wrong any more, and time goes on until
    /// nothing is left to do before `end`.
    pub(crate) async fn live(&mut self, happenings: &[Happening], end: Timestamp) {
        let mut before = None;
        for happening in happenings {
            // What happens at one moment finds the workers in the middle of it.
            if before.replace(happening.time) != Some(happening.time) {
                self.until(happening.time).await;
                self.look().await;
            }
            self.fate().tell(format!("{} {:?}", happening.time, short(&happening.what)));
            self.happens(happening).await;
        }
        self.outlast().await;
        self.settle().await;
        self.fate().be_kind();
        self.provider.be_kind();
        self.time.be_off(SignedDuration::ZERO);
        self.until(end).await;
        // What was left behind in the middle is taken up after a quarter of an hour; erasures go on a step a second.
        for minutes in [16, 2] {
            self.time.move_to(self.time.really() + SignedDuration::from_mins(minutes));
            self.settle().await;
        }
        for _ in 0..ERASING_MAX {
            if self.store.open_erasures(1).await.expect("the store answers").is_empty() {
                break;
            }
            self.time.move_to(self.time.really() + SignedDuration::from_secs(2));
            self.settle().await;
        }
    }
}

fn short(what: &Happens) -> String {
    match what {
        Happens::Delivery(event) => format!("{} {}", event.id, event.name),
        other => format!("{other:?}"),
    }
}
