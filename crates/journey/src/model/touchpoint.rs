use std::fmt;

use words::{Attention, Category, Channel, Class, EventName, Performer, PhaseId, Quiet, Reach, Starter, TouchpointId};

use super::{Ask, Backstage, EventMatch, Expression, Human, Promise, Span, When};

/// By when a task must be done, counted from when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskDue {
    /// At once.
    Now,
    /// Within this long.
    Within(Span),
}

impl TaskDue {
    /// Reads `now`, or a span.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "now" => Some(Self::Now),
            _ => Span::parse(text).map(Self::Within),
        }
    }
}

impl fmt::Display for TaskDue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => f.write_str("now"),
            Self::Within(span) => span.fmt(f),
        }
    }
}

/// Work for a member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Which team.
    pub team: String,
    /// What to do.
    pub title: String,
    /// By when.
    pub due: Option<TaskDue>,
    /// The events that close it without a tick.
    pub done: Vec<EventMatch>,
}

/// One planned moment of contact.
#[derive(Clone, Debug, PartialEq)]
pub struct Touchpoint {
    /// Stays the same over versions.
    pub id: TouchpointId,
    /// The id it had before, when it was renamed.
    pub was: Option<TouchpointId>,
    /// In which phase.
    pub phase: PhaseId,
    /// In the customer's words.
    pub title: String,
    /// In order of preference; `product` use has the channel `product`.
    pub channels: Vec<Channel>,
    /// What kind of contact.
    pub category: Category,
    /// Who starts it; left out: us for messages, else the customer.
    pub from: Starter,
    /// Who performs it on our side; left out where nobody does.
    pub by: Option<Performer>,
    /// Direct, unless said.
    pub reach: Reach,
    /// Spare or grab.
    pub attention: Option<Attention>,
    /// The other system that sends it; then we never do.
    pub sent_by: Option<String>,
    /// Decides consent, quiet hours, budget.
    pub class: Option<Class>,
    /// Not held for quiet hours.
    pub urgent: bool,
    /// What quiet hours do to it.
    pub quiet: Quiet,
    /// What the customer wants to know; the publish gate asks for it.
    pub need: Option<String>,
    /// A customer's words.
    pub quote: Option<String>,
    /// What it is judged by.
    pub quality: Vec<String>,
    /// −2..+2: what we declare that customers may expect.
    pub expected: Option<f64>,
    /// −2..+2: what staff think.
    pub assumed: Option<f64>,
    /// −2..+2: what came out of a workshop.
    pub asked: Option<f64>,
    /// −2..+2: what we want to reach.
    pub desired: Option<f64>,
    /// Whether this is where it is decided.
    pub moment_of_truth: bool,
    /// Reasons that a member of staff may choose from.
    pub reasons: Vec<String>,
    /// Who and what works behind the scenes.
    pub backstage: Option<Backstage>,
    /// Euros per contact.
    pub cost: Option<f64>,
    /// How we see that it happened.
    pub seen: Vec<EventMatch>,
    /// What makes it happen.
    pub when: Option<When>,
    /// Only if this holds, judged again when it fires.
    pub only_if: Option<Expression>,
    /// The message.
    pub send: Option<String>,
    /// Messages to choose between, sticky per customer; empty: only `send`.
    pub variants: Vec<String>,
    /// The share of customers (0..1) that does not get it, to compare with.
    pub holdout: f64,
    /// The task.
    pub task: Option<Task>,
    /// The questions that go along.
    pub ask: Vec<Ask>,
    /// What it promises.
    pub promise: Option<Promise>,
    /// Without a next contact by then the run dropped off here.
    pub next_within: Option<Span>,
    /// The touchpoint to which it leads back.
    pub back_to: Option<TouchpointId>,
    /// The daily counts of an audience without identity.
    pub counted: Option<EventName>,
    /// The exit to a person, when it differs from the journey's.
    pub human: Option<Human>,
}

impl Touchpoint {
    /// Whether a message of ours goes out for it: it has one, no task takes it over and no other system sends it.
    pub fn sends(&self) -> bool {
        self.send.is_some() && self.task.is_none() && self.sent_by.is_none()
    }

    /// The other system that writes to the customer here, which takes attention as well. What a customer does there is no
    /// message.
    pub fn written_by_other(&self) -> Option<&str> {
        self.sent_by.as_deref().filter(|_| self.from == Starter::Us)
    }
}
