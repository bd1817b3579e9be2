use words::{Ending, Language, TouchpointId};

use crate::model::Definition;

/// What an event or a field of one is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The event opens a run.
    Starts,
    /// A touchpoint is recognised by it.
    Sees(TouchpointId),
    /// It makes a touchpoint happen.
    Fires(TouchpointId),
    /// It, or the moment in it, sets the time of a touchpoint.
    Times(TouchpointId),
    /// It closes the task of a touchpoint.
    Closes(TouchpointId),
    /// It keeps the promise of a touchpoint.
    Keeps(TouchpointId),
    /// It reaches the goal.
    Goal,
    /// It ends a run.
    Ends(Ending),
    /// The end is counted from it.
    EndsAfter,
    /// It counts how often a touchpoint was seen, by nobody in particular.
    Counts(TouchpointId),
    /// It tells that something changed that no other event tells.
    Changes,
    /// The field says which run: one run for each of these.
    Key(String),
    /// The field tells one object of this kind from another.
    Apart(String),
    /// The field says to which object of this kind it belongs.
    Belongs(String),
    /// The field decides whether a touchpoint happens.
    Decides(TouchpointId),
    /// The field decides whether the event starts the journey.
    DecidesStart,
    /// The field decides whether the goal is reached.
    DecidesGoal,
    /// The field decides whether the journey ends.
    DecidesEnd,
    /// A touchpoint promises it.
    Promised(TouchpointId),
    /// The message of a touchpoint says it; without it that message is not sent.
    Said(TouchpointId),
    /// Messages, tasks and stories may show it.
    Shown,
    /// The figures are told apart by it.
    Reason,
    /// By which channel the contact was.
    Channel,
    /// The day that is counted.
    Day,
    /// How many.
    Count,
    /// It says who a customer is.
    Identifies,
    /// It reaches the customer.
    Reaches,
    /// It names the customer in letters and lists.
    Names,
    /// Without it nothing of class marketing is sent.
    Consent,
    /// The language and the hours that messages keep to.
    Manners,
}

impl Purpose {
    /// Where it stands among the purposes of one event: what it does to the run before what it does to something told before.
    pub(super) const fn rank(&self) -> u8 {
        match self {
            Self::Starts => 0,
            Self::Sees(_) | Self::Fires(_) | Self::Times(_) | Self::Counts(_) => 1,
            Self::Goal => 2,
            Self::Ends(_) | Self::EndsAfter => 3,
            _ => 4,
        }
    }

    /// What it is about: a touchpoint, or the kind of an object.
    fn about<'a>(&'a self, definition: &'a Definition) -> Option<&'a str> {
        match self {
            Self::Sees(id)
            | Self::Fires(id)
            | Self::Times(id)
            | Self::Closes(id)
            | Self::Keeps(id)
            | Self::Counts(id)
            | Self::Decides(id)
            | Self::Promised(id)
            | Self::Said(id) => {
                Some(definition.touchpoint(id).map_or(id.as_str(), |touchpoint| touchpoint.title.as_str()))
            }
            Self::Key(object) | Self::Apart(object) | Self::Belongs(object) => Some(object),
            _ => None,
        }
    }

    /// In words, to follow a name; `_` is what it is about.
    fn phrase(&self, language: Language) -> &'static str {
        let (dutch, english) = match self {
            Self::Starts => ("start de klantreis", "starts the journey"),
            Self::Sees(_) => ("herkent _", "recognises _"),
            Self::Fires(_) => ("zet _ in gang", "sets off _"),
            Self::Times(_) => ("bepaalt wanneer _ gebeurt", "sets the time of _"),
            Self::Closes(_) => ("sluit de taak bij _", "closes the task of _"),
            Self::Keeps(_) => ("laat zien of de belofte van _ gehouden is", "shows whether the promise of _ was kept"),
            Self::Goal => ("telt als doel bereikt", "counts as the goal"),
            Self::Ends(Ending::Done) => ("rondt de klantreis af", "completes the journey"),
            Self::Ends(Ending::Left) => {
                ("beëindigt de klantreis: de klant haakt af", "ends the journey: the customer leaves")
            }
            Self::Ends(Ending::Stopped) => ("beëindigt de klantreis: wij stoppen", "ends the journey: we stop"),
            Self::EndsAfter => ("bepaalt wanneer de klantreis afloopt", "sets when the journey ends"),
            Self::Counts(_) => ("telt per dag hoe vaak _ gezien is", "counts per day how often _ was seen"),
            Self::Changes => (
                "meldt wat verandert als geen andere gebeurtenis dat doet",
                "tells what changes when no other event does",
            ),
            Self::Key(_) => (
                "zegt om welke _ het gaat: elke heeft een eigen klantreis",
                "says which _: each has a journey of its own",
            ),
            Self::Apart(_) => ("houdt de ene _ uit elkaar van de andere", "tells one _ from another"),
            Self::Belongs(_) => ("zegt bij welke _ het hoort", "says to which _ it belongs"),
            Self::Decides(_) => ("beslist over _", "decides about _"),
            Self::DecidesStart => ("beslist of de klantreis start", "decides whether the journey starts"),
            Self::DecidesGoal => ("beslist of het doel bereikt is", "decides whether the goal is reached"),
            Self::DecidesEnd => ("beslist of de klantreis eindigt", "decides whether the journey ends"),
            Self::Promised(_) => ("is wat _ belooft", "is what _ promises"),
            Self::Said(_) => ("staat in het bericht van _", "stands in the message of _"),
            Self::Shown => (
                "te zien bij taken en klanten, te gebruiken in berichten",
                "shown with tasks and customers, for use in messages",
            ),
            Self::Reason => ("onderscheidt de redenen in de cijfers", "tells the reasons apart in the figures"),
            Self::Channel => ("zegt langs welk kanaal het ging", "says by which channel it went"),
            Self::Day => ("de dag die geteld is", "the day that was counted"),
            Self::Count => ("hoeveel op die dag", "how many on that day"),
            Self::Identifies => {
                ("zegt wie de klant is en hoe zij te bereiken is", "says who the customer is and how to reach them")
            }
            Self::Reaches => ("hierop komen de berichten aan", "messages arrive here"),
            Self::Names => ("staat in de aanhef", "stands in the salutation"),
            Self::Consent => ("zonder toestemming gaat er geen marketing uit", "without consent no marketing is sent"),
            Self::Manners => ("taal en tijden van de berichten", "language and hours of the messages"),
        };
        language.pick(dutch, english)
    }
}

/// Touchpoints that one phrase names; the rest is counted.
const NAMED_MAX: usize = 3;

/// Purposes in words, in their order: "herkent ‘A’ en ‘B’", "telt als doel bereikt". Those of one kind are said once.
pub fn purposes(all: &[Purpose], definition: &Definition, language: Language) -> Vec<String> {
    let mut phrases: Vec<(&str, Vec<&str>)> = Vec::new();
    for purpose in all {
        let phrase = purpose.phrase(language);
        let place = phrases.iter().position(|(known, _)| *known == phrase).unwrap_or_else(|| {
            phrases.push((phrase, Vec::new()));
            phrases.len() - 1
        });
        phrases[place].1.extend(purpose.about(definition));
    }
    phrases.into_iter().map(|(phrase, about)| phrase.replace('_', &listed(&about, language))).collect()
}

/// "‘A’, ‘B’ en ‘C’".
fn listed(names: &[&str], language: Language) -> String {
    let mut quoted: Vec<String> = names.iter().take(NAMED_MAX).map(|name| format!("‘{name}’")).collect();
    let more = names.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        quoted.push(match language {
            Language::Nl => format!("nog {more}"),
            Language::En => format!("{more} more"),
        });
    }
    let last = quoted.pop().unwrap_or_default();
    if quoted.is_empty() { last } else { format!("{} {} {last}", quoted.join(", "), language.pick("en", "and")) }
}
