//! `journey.yaml`, key by key.

use words::limits;
use words::{Attention, Band, Category, Class, FormOfAddress, Language, Performer, Quiet, Reach, Scale, Starter};

use super::{KeyOf, Scalar, Shape, Table};
use crate::model::FactType;

const TITLE: Shape = Shape::Scalar(Scalar::Title);
const TEXT: Shape = Shape::Scalar(Scalar::Text);
const ID: Shape = Shape::Scalar(Scalar::Id);
const WORD: Shape = Shape::Scalar(Scalar::Word);
const SPAN: Shape = Shape::Scalar(Scalar::Span);
const CLOCK: Shape = Shape::Scalar(Scalar::Clock);
const LATE: Shape = Shape::Scalar(Scalar::Late);
const EXPERIENCE: Shape = Shape::Scalar(Scalar::Experience);
const CONDITION: Shape = Shape::Scalar(Scalar::Condition);
const NAME: Shape = Shape::Scalar(Scalar::Event);
const BOOL: Shape = Shape::Scalar(Scalar::Bool);

macro_rules! choice {
    ($kind:ident) => {
        Shape::Scalar(Scalar::Choice(|| {
            $kind::ALL.iter().map(|member| member.as_str()).collect()
        }))
    };
    ($($text:literal),+) => {
        Shape::Scalar(Scalar::Choice(|| vec![$($text),+]))
    };
}

/// Events in one list.
pub(crate) const EVENTS_MAX: usize = 20;
/// Items in any other short list.
pub(crate) const ITEMS_MAX: usize = 30;
/// Funnels of one journey, and objects and properties of its facts.
pub(crate) const FACTS_MAX: usize = 50;
/// Names that a journey gives.
pub(crate) const NAMES_MAX: usize = 300;

const EVENT: Shape = Shape::Choose(&[NAME, Shape::Map(&EVENT_MATCH)]);
const EVENTS: Shape = Shape::OneOrList(&EVENT, EVENTS_MAX);
const NAMES: Shape = Shape::OneOrList(&NAME, EVENTS_MAX);
const CHANNELS: Shape = Shape::OneOrList(&WORD, ITEMS_MAX);
const TITLES: Shape = Shape::OneOrList(&TITLE, ITEMS_MAX);
const IDS: Shape = Shape::OneOrList(&ID, ITEMS_MAX);

static EVENT_MATCH: Table = Table {
    name: "event",
    marker: "event",
    keys: &[
        KeyOf::required("event", NAMES, "The event, as object.action."),
        KeyOf::new("where", CONDITION, "Only when this condition holds."),
        KeyOf::new(
            "late",
            LATE,
            "How late the event may come in and still have an effect: skip, send, or within a span.",
        ),
    ],
};

static BEFORE: Table = Table {
    name: "before",
    marker: "before",
    keys: &[
        KeyOf::required("before", Shape::Scalar(Scalar::Anchor), "Before this fact's time or date."),
        KeyOf::required(
            "by",
            SPAN,
            "How long before. Days and longer are civil days in the customer's zone; hours and minutes are elapsed.",
        ),
        KeyOf::new("at", CLOCK, "At this local time on that day; only with days, and needed with a date."),
        KeyOf::new("late", LATE, "When that moment is already past: skip (when left out), send, or within a span."),
    ],
};

static AFTER: Table = Table {
    name: "after",
    marker: "after",
    keys: &[
        KeyOf::required(
            "after",
            Shape::Scalar(Scalar::Anchor),
            "After this fact's time or date, event, or touchpoint (its newest contact).",
        ),
        KeyOf::required(
            "by",
            SPAN,
            "How long after. Days and longer are civil days in the customer's zone; hours and minutes are elapsed.",
        ),
        KeyOf::new("at", CLOCK, "At this local time on that day; only with days, and needed with a date."),
        KeyOf::new(
            "late",
            LATE,
            "When that moment is already past: within 1h (when left out), skip, send, or within a span.",
        ),
    ],
};

static EVERY: Table = Table {
    name: "every",
    marker: "every",
    keys: &[
        KeyOf::required(
            "every",
            choice!("day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            "On this day of the week, or every day.",
        ),
        KeyOf::required("at", CLOCK, "At this local time."),
        KeyOf::new(
            "late",
            LATE,
            "When that moment is already past: within 1h (when left out), skip, send, or within a span.",
        ),
    ],
};

static BECOMES: Table = Table {
    name: "becomes",
    marker: "becomes",
    keys: &[KeyOf::required("becomes", CONDITION, "When this condition turns true; once per turning.")],
};

const WHEN: Shape =
    Shape::Choose(&[EVENTS, Shape::Map(&BEFORE), Shape::Map(&AFTER), Shape::Map(&EVERY), Shape::Map(&BECOMES)]);

const ENDING: Shape = choice!("done", "left", "stopped");
const LISTEN: KeyOf =
    KeyOf::new("listen", SPAN, "How long the run still hears events and fires after this end; left out: not at all.");

static END_ON_EVENT: Table = Table {
    name: "end_on_event",
    marker: "event",
    keys: &[
        KeyOf::required("event", NAMES, "The event that ends the run."),
        KeyOf::new("where", CONDITION, "Only when this condition holds."),
        KeyOf::required("as", ENDING, "How the end counts."),
        LISTEN,
    ],
};

static END_AFTER: Table = Table {
    name: "end_after",
    marker: "after",
    keys: &[
        KeyOf::required("after", Shape::Scalar(Scalar::Anchor), "What the end is counted from."),
        KeyOf::required("by", SPAN, "How long after."),
        KeyOf::new("where", CONDITION, "Only if this condition holds then."),
        KeyOf::required("as", ENDING, "How the end counts."),
        LISTEN,
    ],
};

static GOAL: Table = Table {
    name: "goal",
    marker: "event",
    keys: &[
        KeyOf::required("event", NAMES, "The event by which the goal is reached."),
        KeyOf::new("where", CONDITION, "Only when this condition holds."),
        KeyOf::new("within", SPAN, "Counted from the start of the run."),
    ],
};

static HUMAN: Table = Table {
    name: "human",
    marker: "team",
    keys: &[
        KeyOf::required("team", TITLE, "The team."),
        KeyOf::new("phone", TITLE, "Its telephone number, as printed."),
    ],
};

static PHASE: Table = Table {
    name: "phase",
    marker: "id",
    keys: &[
        KeyOf::required("id", ID, "Stays the same over versions."),
        KeyOf::required("title", TITLE, "As printed."),
        KeyOf::required("band", choice!(Band), "Which part of the whole it belongs to."),
    ],
};

static TASK: Table = Table {
    name: "task",
    marker: "team",
    keys: &[
        KeyOf::required("team", TITLE, "The team that does it."),
        KeyOf::required("title", TITLE, "What to do."),
        KeyOf::new("due", Shape::Scalar(Scalar::Due), "By when: now, a span, or working days such as 3wd."),
        KeyOf::new("done", EVENTS, "The events that close it without a tick."),
    ],
};

static ASK: Table = Table {
    name: "ask",
    marker: "question",
    keys: &[
        KeyOf::required("question", WORD_OR_ID, "Its name in the questions of the message."),
        KeyOf::required("scale", choice!(Scale), "mark 1-10, csat 1-5, nps 0-10, ces 1-7."),
        KeyOf::required("about", IDS, "The touchpoints whose newest contact gets the score."),
    ],
};
const WORD_OR_ID: Shape = ID;

const KEPT_BY: KeyOf = KeyOf::required("kept_by", EVENTS, "The events that keep it.");

static PROMISE_WINDOW: Table = Table {
    name: "promise_window",
    marker: "window",
    keys: &[KeyOf::required("window", WORD, "The object that has the facts start and end."), KEPT_BY],
};

static PROMISE_BY: Table = Table {
    name: "promise_by",
    marker: "by",
    keys: &[
        KeyOf::required(
            "by",
            Shape::Scalar(Scalar::Fact),
            "On or before this fact: a date (kept the whole day) or a time.",
        ),
        KEPT_BY,
    ],
};

static PROMISE_WITHIN: Table = Table {
    name: "promise_within",
    marker: "within",
    keys: &[KeyOf::required("within", SPAN, "So long after the contact."), KEPT_BY],
};

const PROMISE: Shape =
    Shape::Choose(&[Shape::Map(&PROMISE_WINDOW), Shape::Map(&PROMISE_BY), Shape::Map(&PROMISE_WITHIN)]);

static BACKSTAGE: Table = Table {
    name: "backstage",
    marker: "team",
    keys: &[
        KeyOf::new("team", TITLE, "The team behind the scenes."),
        KeyOf::new("system", TITLE, "The system behind the scenes."),
    ],
};

static FUNNEL: Table = Table {
    name: "funnel",
    marker: "id",
    keys: &[
        KeyOf::required("id", ID, "Its name."),
        KeyOf::new("title", TITLE, "As shown; the id when left out."),
        KeyOf::required("steps", Shape::List(&ID, ITEMS_MAX), "The touchpoints, first to last."),
        KeyOf::new("within", SPAN, "From the first step to the last."),
        KeyOf::new(
            "order",
            choice!("loose", "strict", "any"),
            "loose (when left out): others may come between; strict: directly after each other; any: in any order.",
        ),
    ],
};

static TOUCHPOINT: Table = Table {
    name: "touchpoint",
    marker: "id",
    keys: &[
        KeyOf::required("id", ID, "Stays the same over versions."),
        KeyOf::new("was", ID, "The id it had before, when it was renamed."),
        KeyOf::required("phase", ID, "The phase it belongs to."),
        KeyOf::required("title", TITLE, "In the customer's words."),
        KeyOf::new("channel", CHANNELS, "The channels, in order of preference."),
        KeyOf::required("category", choice!(Category), "What kind of contact it is."),
        KeyOf::new("reach", choice!(Reach), "direct (when left out): the organisation is there itself."),
        KeyOf::new("from", choice!(Starter), "Who starts it; left out: us for messages, else the customer."),
        KeyOf::new("by", choice!(Performer), "Who performs it on our side."),
        KeyOf::new("sent_by", TITLE, "The other system that sends it; then we never do."),
        KeyOf::new("class", choice!(Class), "Why it is sent; decides consent, quiet hours and budget."),
        KeyOf::new("urgent", BOOL, "Not held for quiet hours."),
        KeyOf::new(
            "quiet",
            choice!(Quiet),
            "hold (when left out): it waits for the end of quiet hours; drop: it does not go.",
        ),
        KeyOf::new(
            "attention",
            choice!(Attention),
            "Whether it takes as little of the customer's attention as it can, or wants it.",
        ),
        KeyOf::new("need", TEXT, "What the customer wants to know or do here."),
        KeyOf::new("quote", TEXT, "A customer's words."),
        KeyOf::new("quality", TITLES, "The criteria it is judged by."),
        KeyOf::new("expected", EXPERIENCE, "Expected experience, as declared, -2 to 2."),
        KeyOf::new("assumed", EXPERIENCE, "Experience as staff estimate it, -2 to 2."),
        KeyOf::new("asked", EXPERIENCE, "Experience as it came out of a workshop, -2 to 2."),
        KeyOf::new("desired", EXPERIENCE, "Experience to reach, -2 to 2."),
        KeyOf::new("moment_of_truth", BOOL, "Whether this is where it is decided."),
        KeyOf::new("reasons", TITLES, "The reasons that a member of staff may choose from."),
        KeyOf::new("backstage", Shape::Map(&BACKSTAGE), "Who and what works behind the scenes."),
        KeyOf::new("cost", Shape::Scalar(Scalar::Amount), "Euros per contact."),
        KeyOf::new("counted", NAME, "Daily counts of an audience without identity."),
        KeyOf::new("seen", EVENTS, "How one sees that it happened."),
        KeyOf::new(
            "when",
            WHEN,
            "What makes it happen: an event, a moment before or after something, a day of the week, or a condition turning true.",
        ),
        KeyOf::new("only_if", CONDITION, "Only if this condition holds, judged again when it fires."),
        KeyOf::new("send", ID, "The message."),
        KeyOf::new("variants", IDS, "Messages to choose between; the choice stays the same per customer."),
        KeyOf::new(
            "holdout",
            Shape::Scalar(Scalar::Share),
            "The share of customers that does not get it, to compare with.",
        ),
        KeyOf::new("task", Shape::Map(&TASK), "Work for a member of staff."),
        KeyOf::new("ask", Shape::OneOrList(&Shape::Map(&ASK), ITEMS_MAX), "The questions that go along."),
        KeyOf::new("promise", PROMISE, "The time or date that it tells the customer."),
        KeyOf::new("next_within", SPAN, "Without a next contact by then the run dropped off here."),
        KeyOf::new("back_to", ID, "The touchpoint to which it leads back."),
        KeyOf::new("human", Shape::Map(&HUMAN), "The exit to a person, when it differs from the journey's."),
    ],
};

const FACTS: Shape = Shape::Named(Scalar::Word, &Shape::Choose(&[FACT_TYPE, Shape::Map(&FACT)]), FACTS_MAX);
const FACT_TYPE: Shape = choice!(FactType);

static FACT: Table = Table {
    name: "fact",
    marker: "type",
    keys: &[
        KeyOf::required("type", FACT_TYPE, "Its type."),
        KeyOf::new(
            "example",
            Shape::Scalar(Scalar::Example),
            "A believable value of a text, a number or a bool, for previews, for trying the journey and for suppliers. Dates and times get one that lies ahead.",
        ),
    ],
};

/// The whole file.
pub(crate) static JOURNEY: Table = Table {
    name: "journey",
    marker: "journey",
    keys: &[
        KeyOf::required("journey", ID, "Its name within the organisation."),
        KeyOf::new("title", TITLE, "As shown."),
        KeyOf::new(
            "language",
            Shape::Scalar(Scalar::Choice(|| Language::ALL.iter().map(|language| language.tag()).collect())),
            "The language it is written in; the organisation's when left out.",
        ),
        KeyOf::new("owner", TITLE, "Who looks after it."),
        KeyOf::new("personas", IDS, "For whom."),
        KeyOf::new(
            "address",
            choice!(FormOfAddress),
            "How customers are addressed in Dutch; the organisation's when left out.",
        ),
        KeyOf::new(
            "run_per",
            Shape::Scalar(Scalar::Fact),
            "One run per value of this property, as object.property; left out: one per customer.",
        ),
        KeyOf::new(
            "principal",
            Shape::Scalar(Scalar::Fact),
            "The property that says in whose name its messages go, as object.property: repair.principal. The organisation's when left out.",
        ),
        KeyOf::new(
            "again",
            Shape::Scalar(Scalar::Again),
            "When another run may open: never, after_end, or so long after the one before started. Left out: after_end; with run_per the key alone decides.",
        ),
        KeyOf::new(
            "parts",
            Shape::OneOrList(&WORD, ITEMS_MAX),
            "Objects that live inside a run and may follow one another.",
        ),
        KeyOf::new("starts", EVENTS, "The events that open a run."),
        KeyOf::new(
            "ends",
            Shape::OneOrList(&Shape::Choose(&[Shape::Map(&END_ON_EVENT), Shape::Map(&END_AFTER)]), ITEMS_MAX),
            "What ends a run.",
        ),
        KeyOf::new("goal", Shape::Map(&GOAL), "What the journey is for."),
        KeyOf::new("human", Shape::Map(&HUMAN), "The exit to a person, unless a touchpoint says otherwise."),
        KeyOf::new(
            "facts",
            Shape::Named(Scalar::Word, &FACTS, FACTS_MAX),
            "The facts by object and property, with their type, or with type and example.",
        ),
        KeyOf::new(
            "names",
            Shape::Named(Scalar::Title, &TITLE, NAMES_MAX),
            "What events, facts, objects and values are called on pages: a clause for an event, words with their article for a fact or an object, a statement for a fact that is true or false, words behind \"is\" for a value.",
        ),
        KeyOf::new("pin", BOOL, "Open runs stay on the version they started with."),
        KeyOf::required("phases", Shape::List(&Shape::Map(&PHASE), limits::PHASES_MAX), "The phases, in order."),
        KeyOf::required(
            "touchpoints",
            Shape::List(&Shape::Map(&TOUCHPOINT), limits::TOUCHPOINTS_MAX),
            "The touchpoints.",
        ),
        KeyOf::new("funnels", Shape::List(&Shape::Map(&FUNNEL), ITEMS_MAX), "The funnels."),
    ],
};
