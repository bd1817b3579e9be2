use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::World;
use jiff::Timestamp;
use journey::{Folder, Organisation};
use service::principals::Faces;
use service::running::Surroundings;
use service::{Live, Published};
use sim::{Life, Person, Scene, Staged, live};
use store::{JourneyRow, Mode};
use words::{Channel, JourneyId, OrganisationId};

pub(crate) const JOURNEYS: [&str; 4] =
    ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"];

pub(crate) fn journeys() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The folder of a reference journey.
pub(crate) fn folder(id: &str) -> Folder {
    let root = journeys().join(id);
    let mut folder = Folder::default();
    for name in ["journey.yaml", "simulate.yaml"] {
        folder.put(name, std::fs::read_to_string(root.join(name)).unwrap());
    }
    for message in std::fs::read_dir(root.join("messages")).unwrap() {
        let message = message.unwrap();
        let name = format!("messages/{}", message.file_name().into_string().unwrap());
        folder.put(name, std::fs::read_to_string(message.path()).unwrap());
    }
    folder
}

pub(crate) fn organisation_text() -> String {
    std::fs::read_to_string(journeys().join("organisation.yaml")).unwrap()
}

/// All reference journeys in one organisation, live, with every sender tested.
pub(crate) fn surroundings() -> Surroundings {
    let organisation = Organisation::parse(&organisation_text()).0;
    let live = JOURNEYS.map(|id| {
        let published = Published::read(folder(id), &organisation).unwrap_or_else(|wrong| panic!("{id}: {wrong:#?}"));
        let row = JourneyRow {
            organisation: OrganisationId::new("rijnoever"),
            id: JourneyId::new(id),
            title: published.definition.title.clone(),
            created: Timestamp::UNIX_EPOCH,
            live: Some(published.definition.hash.clone()),
            mode: Mode::Live,
            paused: false,
        };
        Live { row, published: Arc::new(published) }
    });
    Surroundings {
        id: OrganisationId::new("rijnoever"),
        organisation: Arc::new(organisation.clone()),
        live: live.into(),
        older: Vec::new(),
        faces: Faces::plain(&OrganisationId::new("rijnoever"), &organisation),
        senders: Vec::new(),
        tested: Channel::SENDING.iter().map(|name| Channel::new(*name)).collect(),
        staff: BTreeSet::new(),
        halts: Vec::new(),
        listening: Default::default(),
    }
}

pub(crate) fn scene() -> Scene {
    Scene::of(surroundings(), "https://rijnoever.example").unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn staged<'a>(scene: &'a Scene, id: &str) -> &'a Staged {
    scene.journey(&JourneyId::new(id)).unwrap()
}

/// The life of one customer.
pub(crate) fn life(scene: &Scene, id: &str, number: u32, arrives: &str, until: &str) -> Life {
    lives(scene, id, [number], arrives, until).remove(0)
}

/// The lives of several customers who come at the same moment.
pub(crate) fn lives(
    scene: &Scene,
    id: &str,
    numbers: impl IntoIterator<Item = u32>,
    arrives: &str,
    until: &str,
) -> Vec<Life> {
    let definitions = scene.surroundings.live_definitions();
    let world = World { live: &definitions, older: &[], setting: scene.surroundings.setting() };
    let staged = staged(scene, id);
    let one = |number| {
        let person = Person::new(&scene.surroundings.id, staged, number, at(arrives));
        live(scene, &world, staged, person, at(until))
    };
    numbers.into_iter().map(one).collect()
}
