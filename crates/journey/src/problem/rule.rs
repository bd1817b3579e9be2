use words::CustomerWord;

use super::Texts;
use crate::model::FactType;

/// What can be wrong with what a definition says, beyond form and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// An id that two things have.
    IdTwice(String),
    /// A `was` that is an id still in use.
    WasInUse(String),
    /// A name that is a declared fact and an event.
    TwoThings(String),
    /// An anchor that is no time or date.
    NoTime(String),
    /// An end that hangs on a date.
    EndOnDate(String),
    /// `before` of something that is only known once it happened.
    BeforeWhat(String),
    /// A date without `at`.
    DateNeedsAt(String),
    /// `at` with hours or minutes.
    AtNeedsDays,
    /// A touchpoint that hangs on itself.
    OnItself,
    /// A window of an object without the times `start` and `end`.
    Window(String),
    /// A promise by a fact that is no time or date.
    PromiseFact(String),
    /// An object of the facts whose name means something else.
    Reserved(String),
    /// An example that is not of its fact's type.
    Example(FactType),
    /// A key of which no event tells.
    KeyUntold(String),
    /// A part of which nothing tells.
    PartUntold(String),
    /// A part that is the key's own object.
    PartIsKey(String),
    /// A phase of an earlier band after one of a later band.
    BandOrder,
    /// A phase without touchpoints.
    EmptyPhase(String),
    /// A funnel of fewer than two steps.
    ShortFunnel,
    /// A step that stands twice in a funnel.
    StepTwice(String),
    /// A step of which nobody sees that it happens.
    StepUnseen(String),
}

impl Rule {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::IdTwice(_) => "id_twice",
            Self::WasInUse(_) => "was_in_use",
            Self::TwoThings(_) => "anchor_two_things",
            Self::NoTime(_) => "anchor_no_time",
            Self::EndOnDate(_) => "end_on_date",
            Self::BeforeWhat(_) => "before_what",
            Self::DateNeedsAt(_) => "date_needs_at",
            Self::AtNeedsDays => "at_needs_days",
            Self::OnItself => "on_itself",
            Self::Window(_) => "promise_window",
            Self::PromiseFact(_) => "promise_fact",
            Self::Reserved(_) => "reserved_object",
            Self::Example(_) => "example_type",
            Self::KeyUntold(_) => "key_untold",
            Self::PartUntold(_) => "part_untold",
            Self::PartIsKey(_) => "part_is_key",
            Self::BandOrder => "band_order",
            Self::EmptyPhase(_) => "empty_phase",
            Self::ShortFunnel => "short_funnel",
            Self::StepTwice(_) => "step_twice",
            Self::StepUnseen(_) => "step_unseen",
        }
    }

    pub(super) fn texts(&self, _who: &CustomerWord) -> Texts {
        match self {
            Self::IdTwice(id) => (
                format!("De naam '{id}' is al van een ander. Geef dit een eigen naam."),
                format!("Something else has the id '{id}' already. Give this one an id of its own."),
            ),
            Self::WasInUse(id) => (
                format!("was zegt hoe dit contactmoment vroeger heette, maar '{id}' bestaat nog. Haal was weg of noem de oude naam."),
                format!("was says what this touchpoint used to be called, but '{id}' still exists. Remove was or name the old id."),
            ),
            Self::Reserved(object) => (
                format!("'{object}' heeft al een eigen betekenis. Geef dit onderwerp een andere naam."),
                format!("'{object}' means something already. Give this object another name."),
            ),
            Self::BandOrder => (
                "De fasen staan niet op volgorde: eerst before, dan during, dan after. Verplaats deze fase of verander band.".to_owned(),
                "The phases are not in order: first before, then during, then after. Move this phase or change its band.".to_owned(),
            ),
            Self::EmptyPhase(title) => (
                format!("In de fase ‘{title}’ gebeurt niets. Voeg een contactmoment toe of haal de fase weg."),
                format!("Nothing happens in the phase ‘{title}’. Add a touchpoint or remove the phase."),
            ),
            Self::ShortFunnel => (
                "Een trechter heeft ten minste twee stappen. Voeg een stap toe.".to_owned(),
                "A funnel has at least two steps. Add a step.".to_owned(),
            ),
            Self::StepTwice(step) => (
                format!("'{step}' staat twee keer in deze trechter. Laat er een staan."),
                format!("'{step}' stands in this funnel twice. Leave one of them."),
            ),
            Self::StepUnseen(step) => (
                format!("Niemand ziet of '{step}' gebeurt, dus het kan geen stap zijn. Geef dat contactmoment seen of when."),
                format!("Nobody sees whether '{step}' happens, so it cannot be a step. Give that touchpoint seen or when."),
            ),
            Self::KeyUntold(key) => (
                format!("Geen gebeurtenis van deze reis vertelt '{key}'. Noem bij starts of seen een gebeurtenis van dat onderwerp, of verander run_per."),
                format!("No event of this journey tells '{key}'. Name an event of that object at starts or seen, or change run_per."),
            ),
            Self::PartUntold(part) => (
                format!("Geen gebeurtenis of gegeven gaat over '{part}'. Verbeter de naam of haal hem weg bij parts."),
                format!("No event or fact is about '{part}'. Correct the name or remove it from parts."),
            ),
            Self::PartIsKey(part) => (
                format!("'{part}' is waar run_per over gaat: dat is de reis zelf en geen deel ervan. Haal het weg bij parts."),
                format!("'{part}' is what run_per is about: that is the run itself, not a part of it. Remove it from parts."),
            ),
            Self::Example(FactType::Number) => (
                "Dit voorbeeld is geen getal. Schrijf een getal zonder aanhalingstekens, of haal example weg.".to_owned(),
                "This example is no number. Write a number without quotation marks, or remove example.".to_owned(),
            ),
            Self::Example(FactType::Bool) => (
                "Dit voorbeeld is geen true of false. Schrijf een van beide, of haal example weg.".to_owned(),
                "This example is neither true nor false. Write one of these, or remove example.".to_owned(),
            ),
            Self::Example(_) => (
                "Een datum of tijdstip krijgt vanzelf een voorbeeld dat nog komt. Haal example weg.".to_owned(),
                "A date or time gets an example of its own that lies ahead. Remove example.".to_owned(),
            ),
            _ => self.texts_of_moments(),
        }
    }

    fn texts_of_moments(&self) -> Texts {
        match self {
            Self::TwoThings(name) => (
                format!("'{name}' is zowel een gegeven als een gebeurtenis, dus onduidelijk. Geef het gegeven bij facts een andere naam."),
                format!("'{name}' is both a fact and an event, so this is unclear. Give the fact another name under facts."),
            ),
            Self::NoTime(fact) => (
                format!("'{fact}' is geen datum of tijdstip. Kies een gegeven van de soort date of time."),
                format!("'{fact}' is not a date or time. Choose a fact of the type date or time."),
            ),
            Self::EndOnDate(fact) => (
                format!("'{fact}' is een datum zonder tijd, en daaraan kan een einde niet hangen. Kies een tijdstip, een gebeurtenis of een contactmoment."),
                format!("'{fact}' is a date without a time, and an end cannot hang on that. Choose a time, an event or a touchpoint."),
            ),
            Self::BeforeWhat(name) => (
                format!("Vóór '{name}' weet nog niemand wanneer het gebeurt. Gebruik after, of hang het aan een datum of tijdstip zoals appointment.start."),
                format!("Before '{name}' nobody knows yet when it will happen. Use after, or hang it on a date or time such as appointment.start."),
            ),
            Self::DateNeedsAt(fact) => (
                format!("'{fact}' is een datum zonder tijd. Zeg hoe laat, zoals at: \"10:00\", en reken by in dagen, zoals 1d."),
                format!("'{fact}' is a date without a time. Say what time, such as at: \"10:00\", and count by in days, such as 1d."),
            ),
            Self::AtNeedsDays => (
                "at hoort bij dagen, en by telt hier uren of minuten. Schrijf by in dagen, zoals 1d (of 0d voor dezelfde dag), of haal at weg.".to_owned(),
                "at goes with days, and by counts hours or minutes here. Write by in days, such as 1d (or 0d for the same day), or remove at.".to_owned(),
            ),
            Self::OnItself => (
                "Dit contactmoment hangt aan zichzelf en gebeurt dus nooit. Kies een ander contactmoment of een gebeurtenis.".to_owned(),
                "This touchpoint hangs on itself and so never happens. Choose another touchpoint or an event.".to_owned(),
            ),
            Self::Window(object) => (
                format!("Een tijdvak heeft een begin en een einde. Zet bij facts: {object}: {{ start: time, end: time }}."),
                format!("A window has a start and an end. Add to facts: {object}: {{ start: time, end: time }}."),
            ),
            Self::PromiseFact(fact) => (
                format!("Een toezegging noemt een datum of tijdstip, en '{fact}' is dat niet. Zet het bij facts als date of time."),
                format!("A promise names a date or time, and '{fact}' is neither. Declare it under facts as date or time."),
            ),
            _ => Texts::default(),
        }
    }
}
