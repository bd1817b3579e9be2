use std::collections::BTreeMap;

use super::{Key, OwnVoice, Retention, Span, TaskDue, Voice};
use jiff::{civil::Time, tz::TimeZone};
use words::{FormOfAddress, Language, Rail, Scale};

/// A local span of the day in which customers are left alone; it may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// From.
    pub from: Time,
    /// Until.
    pub until: Time,
}

/// How much of a customer's attention messages may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Messages, each by its weight: [`words::Attention::weight`].
    pub messages: u32,
    /// In how many days.
    pub days: u32,
}

/// Someone a journey is for, as drawn in the head of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persona {
    /// The name by which journeys mention it.
    pub id: String,
    /// As printed: "Marijke de Vries, 58, huurder".
    pub name: String,
    /// In short: "werkt vier dagen in de zorg".
    pub about: Option<String>,
    /// What this persona wants, in own words.
    pub goal: Option<String>,
    /// How they are spoken to, where that is not as everybody else.
    pub voice: OwnVoice,
}

/// How replies of customers are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replies {
    /// Which team answers; `None`: the one of the journey's human exit, else the first.
    pub team: Option<String>,
    /// Within how long.
    pub within: TaskDue,
}

impl Default for Replies {
    fn default() -> Self {
        Self { team: None, within: TaskDue::Within(Span::WorkingDays(1)) }
    }
}

/// How complaints are dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaints {
    /// Which team; `None`: the one that answers replies.
    pub team: Option<String>,
    /// Within how long one is resolved; the customer is told this.
    pub within: TaskDue,
    /// Whether the customer is told that it came in.
    pub acknowledge: bool,
    /// A school mark from which down somebody who wants to be heard complains; other scales by what they stand for.
    pub mark: u32,
}

impl Default for Complaints {
    fn default() -> Self {
        Self { team: None, within: TaskDue::Within(Span::WorkingDays(5)), acknowledge: true, mark: 5 }
    }
}

impl Complaints {
    /// Whether an answer on a scale is a low mark.
    pub fn is_low(&self, scale: Scale, answer: f64) -> bool {
        let most = Scale::Mark.experience(f64::from(self.mark));
        scale.experience(answer).zip(most).is_some_and(|(felt, most)| felt <= most)
    }
}

/// What comes of events about somebody who was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterErasure {
    /// They are not kept.
    #[default]
    Drop,
    /// They count as those of a new person whom nobody can name.
    Anonymous,
}

/// What journeys of one organisation share: `organisation.yaml`. A journey may override it.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// As customers know it.
    pub name: String,
    /// The zone of customers whose own is unknown.
    pub zone: TimeZone,
    /// Language of pages and messages.
    pub language: Language,
    /// How customers are addressed.
    pub address: FormOfAddress,
    /// How it sounds otherwise.
    pub voice: Voice,
    /// When customers are left alone.
    pub quiet_hours: Option<QuietHours>,
    /// What a customer gets at most before marketing is left out; `None`: no limit.
    pub message_budget: Option<Budget>,
    /// The word for customer: `klant`, `huurder`, `lener`, `lid`, `bewoner`, with its plural.
    pub customer_word: (String, String),
    /// The property that says in whose name a message goes, of every journey that knows its object; `None`: always its own.
    pub principal: Option<Key>,
    /// Teams, in order.
    pub teams: Vec<String>,
    /// Personas.
    pub personas: Vec<Persona>,
    /// Links by name for messages: `help`, `password`. `{id}` stands for the object's id.
    pub links: BTreeMap<String, String>,
    /// Channels of its own, with their rail.
    pub channels: BTreeMap<String, Rail>,
    /// Who answers what customers write back.
    pub replies: Replies,
    /// How complaints are dealt with.
    pub complaints: Complaints,
    /// What comes of events about somebody who was erased.
    pub after_erasure: AfterErasure,
    /// How long data of each class is kept.
    pub retention: Retention,
}
