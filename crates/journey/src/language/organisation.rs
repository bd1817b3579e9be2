//! `organisation.yaml`, key by key.

use words::{FormOfAddress, Language, Rail};

use super::{KeyOf, Scalar, Shape, Table};

const TITLE: Shape = Shape::Scalar(Scalar::Title);
const ITEMS_MAX: usize = 100;

const PHRASES: Shape = Shape::OneOrList(&TITLE, ITEMS_MAX);
const NUMBER: Shape = Shape::Scalar(Scalar::Number);
const BOOL: Shape = Shape::Scalar(Scalar::Bool);

const OPENINGS: KeyOf =
    KeyOf::new("openings", PHRASES, "How a message may open, without the name: Beste. Left out: any that fits.");
const CLOSINGS: KeyOf =
    KeyOf::new("closings", PHRASES, "How a message may close: Met vriendelijke groet. Left out: any that fits.");
const EMOJI: KeyOf = KeyOf::new("emoji", NUMBER, "Emoji in one message at most; 1 when left out.");
const EXCLAMATIONS: KeyOf =
    KeyOf::new("exclamations", NUMBER, "Exclamation marks in one message at most; 1 when left out.");
const SENTENCE_WORDS: KeyOf =
    KeyOf::new("sentence_words", Shape::Scalar(Scalar::Count), "Words in one sentence at most; 20 when left out.");
const SAY: KeyOf = KeyOf::new(
    "say",
    Shape::Named(Scalar::Title, &PHRASES, ITEMS_MAX),
    "What we say, and the words in whose place: e-book: [ebook, digitaal boek].",
);
const AVOID: KeyOf = KeyOf::new("avoid", PHRASES, "What we never say.");
const FLEMISH: KeyOf = KeyOf::new("flemish", BOOL, "Customers in Flanders: ge and uw belong to an informal voice too.");

static OWN_VOICE: Table = Table {
    name: "own_voice",
    marker: "address",
    keys: &[
        KeyOf::new(
            "address",
            Shape::Scalar(Scalar::Choice(|| FormOfAddress::ALL.iter().map(|form| form.as_str()).collect())),
            "How they are addressed in Dutch.",
        ),
        OPENINGS,
        CLOSINGS,
        EMOJI,
        EXCLAMATIONS,
        SENTENCE_WORDS,
        SAY,
        AVOID,
        FLEMISH,
    ],
};

static VOICE: Table = Table {
    name: "voice",
    marker: "openings",
    keys: &[
        OPENINGS,
        CLOSINGS,
        EMOJI,
        EXCLAMATIONS,
        SENTENCE_WORDS,
        SAY,
        AVOID,
        FLEMISH,
        KeyOf::new("strict", BOOL, "Whether a message that sounds otherwise keeps a journey from being published."),
    ],
};

static PERSONA: Table = Table {
    name: "persona",
    marker: "id",
    keys: &[
        KeyOf::required("id", Shape::Scalar(Scalar::Id), "The name by which journeys mention it."),
        KeyOf::required("name", TITLE, "As printed: name, age, who it is."),
        KeyOf::new("about", Shape::Scalar(Scalar::Text), "In short."),
        KeyOf::new("goal", Shape::Scalar(Scalar::Text), "What this persona wants, in own words."),
        KeyOf::new(
            "voice",
            Shape::Map(&OWN_VOICE),
            "How they are spoken to, where that is not as everybody else; for journeys that name this persona first.",
        ),
    ],
};

static CUSTOMER_WORD: Table = Table {
    name: "customer_word",
    marker: "one",
    keys: &[
        KeyOf::required("one", TITLE, "The word for a customer: huurder, lener."),
        KeyOf::required("many", TITLE, "Its plural."),
    ],
};

static BUDGET: Table = Table {
    name: "message_budget",
    marker: "messages",
    keys: &[
        KeyOf::required("messages", Shape::Scalar(Scalar::Count), "How many; one that grabs attention counts for two."),
        KeyOf::required("within", Shape::Scalar(Scalar::Days), "In how many days: 7d."),
    ],
};

static REPLIES: Table = Table {
    name: "replies",
    marker: "team",
    keys: &[
        KeyOf::new(
            "team",
            TITLE,
            "Who answers what customers write back; when left out the team of the journey's human exit, else the first team.",
        ),
        KeyOf::new("within", Shape::Scalar(Scalar::Due), "Within how long, as 4h or 2wd; 1wd when left out."),
    ],
};

static COMPLAINTS: Table = Table {
    name: "complaints",
    marker: "acknowledge",
    keys: &[
        KeyOf::new("team", TITLE, "Who resolves complaints; when left out the team that answers replies."),
        KeyOf::new(
            "within",
            Shape::Scalar(Scalar::Due),
            "Within how long, as 3wd; 5wd when left out. The customer is told this.",
        ),
        KeyOf::new("acknowledge", BOOL, "Whether the customer is told that it came in; true when left out."),
        KeyOf::new(
            "mark",
            Shape::Scalar(Scalar::Count),
            "The school mark (1-10) from which down somebody who wants to be heard about it complains; 5 when left out.",
        ),
    ],
};

const KEPT: Shape = Shape::Scalar(Scalar::Kept);

static RETENTION: Table = Table {
    name: "retention",
    marker: "events",
    keys: &[
        KeyOf::new("events", KEPT, "What applied events said; 395d when left out."),
        KeyOf::new("messages", KEPT, "Messages as they were sent; 180d when left out."),
        KeyOf::new("quarantine", KEPT, "What could not be used, as it came; 30d when left out."),
        KeyOf::new("decisions", KEPT, "Why something was sent or not; 395d when left out."),
        KeyOf::new("audit", KEPT, "Who did what; 731d when left out."),
        KeyOf::new("runs", KEPT, "What is remembered of runs that ended, beside their contacts; 395d when left out."),
        KeyOf::new("fetched", KEPT, "Which rows of a fetched table were seen, as digests; 395d when left out."),
        KeyOf::new("deliveries", KEPT, "What other systems were told, or could not be told; 30d when left out."),
        KeyOf::new("anonymous", KEPT, "Visitors who never said who they are and did not come back; 90d when left out."),
    ],
};

/// The rails by name.
pub(crate) const RAILS: [(&str, Rail); 2] = [("online", Rail::Online), ("offline", Rail::Offline)];

/// The whole file.
pub(crate) static ORGANISATION: Table = Table {
    name: "organisation",
    marker: "name",
    keys: &[
        KeyOf::required("name", TITLE, "As customers know it."),
        KeyOf::new(
            "zone",
            Shape::Scalar(Scalar::Zone),
            "The time zone of customers whose own is unknown; Europe/Amsterdam when left out.",
        ),
        KeyOf::new(
            "language",
            Shape::Scalar(Scalar::Choice(|| Language::ALL.iter().map(|language| language.tag()).collect())),
            "Language of pages and messages; nl when left out.",
        ),
        KeyOf::new(
            "address",
            Shape::Scalar(Scalar::Choice(|| FormOfAddress::ALL.iter().map(|form| form.as_str()).collect())),
            "How customers are addressed in Dutch; u when left out.",
        ),
        KeyOf::new("voice", Shape::Map(&VOICE), "How the organisation sounds, wherever it speaks."),
        KeyOf::new(
            "quiet_hours",
            Shape::Scalar(Scalar::Hours),
            "When customers are left alone, in local time; 21:00-08:00 when left out.",
        ),
        KeyOf::new(
            "message_budget",
            Shape::Map(&BUDGET),
            "What a customer gets at most before marketing is left out; service messages count and always go.",
        ),
        KeyOf::new("customer", Shape::Map(&CUSTOMER_WORD), "The word for a customer; klant, klanten when left out."),
        KeyOf::new(
            "principal",
            Shape::Scalar(Scalar::Fact),
            "For who works for others: the property that says in whose name a message goes, as object.property: repair.principal.",
        ),
        KeyOf::new("teams", Shape::OneOrList(&TITLE, ITEMS_MAX), "The teams, in order."),
        KeyOf::new("personas", Shape::List(&Shape::Map(&PERSONA), ITEMS_MAX), "The personas."),
        KeyOf::new(
            "links",
            Shape::Named(Scalar::Word, &Shape::Scalar(Scalar::Text), ITEMS_MAX),
            "Links by name for messages; {id} stands for the object's id.",
        ),
        KeyOf::new(
            "channels",
            Shape::Named(
                Scalar::Word,
                &Shape::Scalar(Scalar::Choice(|| RAILS.iter().map(|(name, _)| *name).collect())),
                ITEMS_MAX,
            ),
            "Channels of its own, with their rail.",
        ),
        KeyOf::new("replies", Shape::Map(&REPLIES), "Who answers what customers write back, and within how long."),
        KeyOf::new(
            "complaints",
            Shape::Map(&COMPLAINTS),
            "Who resolves complaints, within how long, and what customers hear of it.",
        ),
        KeyOf::new(
            "after_erasure",
            Shape::Scalar(Scalar::Choice(|| vec!["drop", "anonymous"])),
            "What comes of events about somebody who was erased: not kept (drop, when left out), or kept as those of a new person \
             whom nobody can name.",
        ),
        KeyOf::new("retention", Shape::Map(&RETENTION), "How long data of each class is kept; never: without an end."),
    ],
};
