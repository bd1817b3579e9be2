/// A kind of happening that other systems may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A customer begins a journey.
    JourneyBegun,
    /// A journey ends for a customer: done, left or stopped.
    JourneyEnded,
    /// A touchpoint really happened.
    ContactHappened,
    /// A message was handed over.
    MessageSent,
    /// A provider says that a message arrived.
    MessageDelivered,
    /// A customer opened a message.
    MessageRead,
    /// A message did not go, or did not arrive.
    MessageFailed,
    /// A customer wrote back.
    MessageReplied,
    /// Staff got a task.
    TaskCreated,
    /// A task is done.
    TaskDone,
    /// A promise was not kept.
    PromiseBroken,
    /// A customer gave or withdrew a consent.
    ConsentChanged,
    /// Two customers turned out to be one.
    CustomerMerged,
    /// Staff try whether an endpoint works. Every endpoint is told this.
    Test,
}

impl Kind {
    /// Every kind that an endpoint may ask for, in the order in which pages list them.
    pub const ASKED: [Self; 13] = [
        Self::JourneyBegun,
        Self::JourneyEnded,
        Self::ContactHappened,
        Self::MessageSent,
        Self::MessageDelivered,
        Self::MessageRead,
        Self::MessageFailed,
        Self::MessageReplied,
        Self::TaskCreated,
        Self::TaskDone,
        Self::PromiseBroken,
        Self::ConsentChanged,
        Self::CustomerMerged,
    ];

    /// The `type` of what is told.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JourneyBegun => "journey.begun",
            Self::JourneyEnded => "journey.ended",
            Self::ContactHappened => "contact.happened",
            Self::MessageSent => "message.sent",
            Self::MessageDelivered => "message.delivered",
            Self::MessageRead => "message.read",
            Self::MessageFailed => "message.failed",
            Self::MessageReplied => "message.replied",
            Self::TaskCreated => "task.created",
            Self::TaskDone => "task.done",
            Self::PromiseBroken => "promise.broken",
            Self::ConsentChanged => "consent.changed",
            Self::CustomerMerged => "customer.merged",
            Self::Test => "endpoint.test",
        }
    }

    /// Reads a name that an endpoint may ask for.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ASKED.into_iter().find(|kind| kind.as_str() == text)
    }
}
