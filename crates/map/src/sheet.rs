//! The view model: everything that is drawn on a map, as plain data.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use words::{
    Attention, Band, Category, Channel, Experience, Language, Performer, PhaseId, Rail, Reach, Starter, TouchpointId,
};

/// One journey's map. Texts come from the definition and the figures; labels are made by the layout in `language`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The reader's: of labels and numbers.
    pub language: Language,
    /// The journey's own, of everything that was written down; `language` when left out.
    #[serde(default)]
    pub texts: Option<Language>,
    /// What stands above the map.
    pub header: Header,
    /// In order. A phase without touchpoints keeps an empty column.
    pub phases: Vec<Phase>,
    /// In the order of the phases; within a phase in the order of the columns.
    #[serde(default)]
    pub touchpoints: Vec<Touchpoint>,
    /// Ways back.
    #[serde(default)]
    pub loops: Vec<Loop>,
    /// What the journey is for.
    #[serde(default)]
    pub goal: Option<Goal>,
    /// Sums over the whole journey.
    #[serde(default)]
    pub totals: Totals,
}

impl Sheet {
    /// A touchpoint by its id.
    pub fn touchpoint(&self, id: &TouchpointId) -> Option<&Touchpoint> {
        self.touchpoints.iter().find(|touchpoint| touchpoint.id == *id)
    }
}

/// Which journey, for whom, in which state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// The journey's title.
    pub title: String,
    /// For whom.
    pub persona: Option<Persona>,
    /// As it is, or as it should be.
    pub state: State,
    /// Not yet published.
    pub draft: bool,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The running number of the version.
    pub version: Option<u32>,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// The version's hash, short: at the foot of a print sheet.
    pub hash: Option<String>,
    /// First and last day of the figures.
    pub window: Option<(Date, Date)>,
    /// Who made the estimates, in a draft.
    pub estimated_by: Option<String>,
}

/// Current or desired journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As customers go through it now.
    #[default]
    Current,
    /// As it should become.
    Desired,
}

/// Someone the journey is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Persona {
    /// "Marijke de Vries, 58, huurder".
    pub name: String,
    /// In short: "werkt vier dagen in de zorg".
    pub about: Option<String>,
    /// What this persona says, without quotation marks.
    pub quote: Option<String>,
    /// What this persona wants to reach.
    pub goal: Option<String>,
}

/// A column group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// Its name in the definition.
    pub id: PhaseId,
    /// As printed.
    pub title: String,
    /// Before, during or after.
    pub band: Band,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Touchpoint {
    /// Its name in the definition.
    pub id: TouchpointId,
    /// The phase it stands in.
    pub phase: PhaseId,
    /// The step, in the customer's words.
    pub title: String,
    /// What the customer wants to know.
    #[serde(default)]
    pub need: Option<String>,
    /// A customer's words, without quotation marks.
    #[serde(default)]
    pub quote: Option<String>,
    /// The shape of the token.
    pub category: Category,
    /// The colour of its ring.
    pub from: Starter,
    /// The badge.
    #[serde(default)]
    pub by: Option<Performer>,
    /// In order of preference. The first decides the rail.
    #[serde(default)]
    pub channels: Vec<ChannelOn>,
    /// Indirect contact has a broken ring.
    #[serde(default = "direct")]
    pub reach: Reach,
    /// The size of the token.
    #[serde(default)]
    pub attention: Option<Attention>,
    /// The diamond.
    #[serde(default)]
    pub moment_of_truth: bool,
    /// The other system that sends it: a grey token.
    #[serde(default)]
    pub sent_by: Option<String>,
    /// The five kinds of experience, never mixed.
    #[serde(default)]
    pub experience: Experiences,
    /// Runs that had this contact.
    #[serde(default)]
    pub reached: Option<Reached>,
    /// Counted without names: so many times in the window.
    #[serde(default)]
    pub audience: Option<u64>,
    /// Median time since the contact before, seconds.
    #[serde(default)]
    pub wait_seconds_median: Option<i64>,
    /// What customers or staff say of it; printed when it is a pain or a peak.
    #[serde(default)]
    pub note: Option<String>,
    /// Those who went no further.
    #[serde(default)]
    pub exit: Option<Exit>,
    /// Who and what works behind the scenes.
    #[serde(default)]
    pub backstage: Backstage,
    /// Complaints about it that are open now.
    #[serde(default)]
    pub complaints: Option<Complaints>,
}

/// Open complaints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaints {
    /// How many.
    pub open: u64,
    /// Of those, past their deadline.
    pub overdue: u64,
}

const fn direct() -> Reach {
    Reach::Direct
}

impl Touchpoint {
    /// The rail that its first channel runs on.
    pub fn rail(&self) -> Option<Rail> {
        self.channels.first().map(|channel| channel.rail)
    }
}

/// A channel with its place on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelOn {
    /// Which channel; decides the sign in the token.
    pub channel: Channel,
    /// The rail it runs on.
    pub rail: Rail,
    /// What to call it here; the channel's own name when left out.
    #[serde(default)]
    pub label: Option<String>,
}

/// What is known of the experience at one touchpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Experiences {
    /// What customers may expect.
    pub expected: Option<Experience>,
    /// What staff think.
    pub assumed: Option<Experience>,
    /// What came out of a workshop.
    pub asked: Option<Experience>,
    /// What we want to reach.
    pub desired: Option<Experience>,
    /// What customers answered.
    pub measured: Option<Measurement>,
}

/// A measured mean. Under 5 answers (`words::Evidence`) nothing of it but the number of answers is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// −2..+2.
    pub mean: Experience,
    /// 95 % interval, −2..+2.
    #[serde(default)]
    pub interval: Option<(f64, f64)>,
    /// How many answers.
    pub n: u64,
}

/// How many came here.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// Runs.
    pub count: u64,
    /// Of all runs in the window, 0..1.
    pub share: f64,
}

/// Customers who left after a touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exit {
    /// Runs.
    pub count: u64,
    /// Of those who had the touchpoint and are not still there, 0..1.
    pub share: f64,
    /// The reason named most.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loop {
    /// From this touchpoint.
    pub from: TouchpointId,
    /// Back to this one.
    pub to: TouchpointId,
    /// Runs that took it at least once.
    pub count: u64,
    /// Of all runs, 0..1.
    pub share: f64,
    /// What to call it: "tweede bezoek".
    #[serde(default)]
    pub label: Option<String>,
}

/// What the journey is for, and how many reached it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// The touchpoint with which it is reached.
    pub touchpoint: Option<TouchpointId>,
    /// Runs that reached it, 0..1 of all.
    pub share: Option<f64>,
    /// Runs that reached it.
    pub count: Option<u64>,
    /// The time it has to be reached in, seconds.
    pub within_seconds: Option<i64>,
}

/// Sums over the journey in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Runs that started.
    pub runs: Option<u64>,
    /// Answers to questions about experience.
    pub answers: Option<u64>,
}

/// Behind the line that customers do not see past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Backstage {
    /// Which team or role.
    pub team: Option<String>,
    /// Which system.
    pub system: Option<String>,
    /// At what moment.
    pub when: Option<String>,
    /// What it is held to.
    pub norm: Option<String>,
}
