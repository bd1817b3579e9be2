//! The selected contactmoment beside the map.

use journey::Touchpoint;
use measure::TouchpointFigures;
use serde::Serialize;
use words::{Language, TouchpointId};

use super::{
    open::Opened,
    said::{Said, Sayer},
    terms,
};
use crate::{format, language::Speech, pages::naming};

/// One of the five kinds of experience.
#[derive(Serialize)]
struct Kind {
    /// End of the key of its name.
    kind: &'static str,
    value: Option<String>,
    measured: Option<Said>,
}

/// A number with the customers behind it.
#[derive(Serialize)]
struct Count {
    /// End of the key of its text.
    what: &'static str,
    n: u64,
    href: String,
}

/// A way out with its reason.
#[derive(Serialize)]
struct Way {
    reason: Option<String>,
    n: u64,
    share: String,
    href: String,
}

/// The message that goes out.
#[derive(Serialize)]
struct Sent {
    name: String,
    channels: Vec<String>,
}

/// Everything the aside shows.
#[derive(Serialize)]
pub(super) struct Moment {
    id: String,
    number: usize,
    of: usize,
    phase: String,
    title: String,
    /// "Boodschap, automatisch, aandacht sparen".
    kind: String,
    channels: String,
    decisive: bool,
    when: Option<String>,
    only_if: Option<String>,
    seen: Option<String>,
    sent_by: Option<String>,
    /// The name of the event that counts an audience without identity, and the count.
    audience: Option<u64>,
    task: Option<(String, String)>,
    sent: Option<Sent>,
    need: Option<String>,
    quote: Option<String>,
    kinds: Vec<Kind>,
    counts: Vec<Count>,
    exits: Vec<Way>,
    times: Option<Said>,
    /// Whether customers would recommend it, where they are asked.
    nps: Option<Said>,
    /// Who went away here, of how many.
    left: Option<Said>,
    before: Option<String>,
    after: Option<String>,
    close: String,
}

impl Moment {
    /// The touchpoint of this id; none when the journey has it no more.
    pub(super) fn of(speech: &Speech, opened: &Opened, id: &TouchpointId) -> Option<Self> {
        let definition = &opened.definition;
        let touchpoint = definition.touchpoint(id)?;
        let at = definition.touchpoints.iter().position(|other| other.id == touchpoint.id)?;
        let language = speech.language;
        let saying = naming::saying(definition, speech);
        let figures = opened.filled().and_then(|measured| figures(&measured.summary.touchpoints, touchpoint));
        let beside = |at: Option<usize>| {
            let other = at.and_then(|at| definition.touchpoints.get(at))?;
            Some(opened.link("kaart", &[("moment", other.id.as_str())]) + "#moment")
        };
        Some(Self {
            id: touchpoint.id.to_string(),
            number: at + 1,
            of: definition.touchpoints.len(),
            phase: definition.phase(&touchpoint.phase).map(|phase| phase.title.clone()).unwrap_or_default(),
            title: touchpoint.title.clone(),
            kind: kind(speech, touchpoint),
            channels: terms::channels(speech, &touchpoint.channels),
            decisive: touchpoint.moment_of_truth,
            when: touchpoint.when.as_ref().map(|when| saying.when(when)),
            only_if: saying.only_if(touchpoint),
            seen: (!touchpoint.seen.is_empty()).then(|| saying.events(&touchpoint.seen)),
            sent_by: touchpoint.sent_by.clone(),
            audience: touchpoint
                .counted
                .as_ref()
                .and(opened.measured.as_ref())
                .map(|measured| measured.audiences.at(&touchpoint.id)),
            task: touchpoint.task.as_ref().map(|task| (task.team.clone(), task.title.clone())),
            sent: touchpoint.send.as_ref().map(|name| Sent {
                name: name.clone(),
                channels: touchpoint.channels.iter().map(|channel| terms::channel(speech, channel)).collect(),
            }),
            need: touchpoint.need.clone(),
            quote: touchpoint.quote.clone(),
            kinds: kinds(language, touchpoint, figures.filter(|figures| opened.is_asked(figures))),
            counts: figures.map(|figures| counts(opened, figures)).unwrap_or_default(),
            exits: figures.map(|figures| exits(opened, figures, speech)).unwrap_or_default(),
            times: figures.map(|figures| Sayer(language).time(&figures.since_previous)),
            nps: figures.and_then(|figures| figures.nps.as_ref()).map(|figure| Sayer(language).nps(figure)),
            left: figures.map(|figures| Sayer(language).share(&figures.left)),
            before: beside(at.checked_sub(1)),
            after: beside(Some(at + 1)),
            close: opened.choice.at(None).link(&opened.row.id, "kaart", &[]),
        })
    }
}

/// The figures of a touchpoint.
pub(super) fn figures<'a>(all: &'a [TouchpointFigures], touchpoint: &Touchpoint) -> Option<&'a TouchpointFigures> {
    all.iter().find(|figures| figures.id == touchpoint.id)
}

fn kind(speech: &Speech, touchpoint: &Touchpoint) -> String {
    let mut parts = vec![terms::category(speech, touchpoint.category)];
    parts.extend(touchpoint.by.map(|by| terms::performer(speech, by)));
    parts.extend(touchpoint.attention.map(|attention| terms::attention(speech, attention)));
    parts.join(", ")
}

fn kinds(language: Language, touchpoint: &Touchpoint, figures: Option<&TouchpointFigures>) -> Vec<Kind> {
    let stated = |kind, value: Option<f64>| Kind {
        kind,
        value: value.map(|value| format::signed(language, value)),
        measured: None,
    };
    vec![
        stated("expected", touchpoint.expected),
        stated("assumed", touchpoint.assumed),
        stated("asked", touchpoint.asked),
        Kind {
            kind: "measured",
            value: None,
            measured: figures.map(|figures| Sayer(language).signed(&figures.experience)),
        },
        stated("desired", touchpoint.desired),
    ]
}

fn counts(opened: &Opened, figures: &TouchpointFigures) -> Vec<Count> {
    let again = figures.contacts.n - figures.runs.n;
    let all = [
        ("geweest", figures.runs.n),
        ("hier", figures.fates.open.n),
        ("afgehaakt", figures.fates.exits()),
        ("vaker", if again > 0 { count_again(figures) } else { 0 }),
    ];
    all.into_iter()
        .filter(|(what, n)| *n > 0 || *what == "geweest")
        .map(|(what, n)| Count { what, n, href: opened.customers(what, &[("moment", figures.id.as_str())]) })
        .collect()
}

/// Runs that had it at least twice: a share of the runs that had it.
fn count_again(figures: &TouchpointFigures) -> u64 {
    figures.again.value.map_or(0, |share| (share * figures.again.n as f64).round() as u64)
}

fn exits(opened: &Opened, figures: &TouchpointFigures, speech: &Speech) -> Vec<Way> {
    let (say, saying) = (Sayer(speech.language), naming::saying(&opened.definition, speech));
    let way = |exit: &measure::ExitFigures| {
        let reason = exit.reason.as_deref();
        let mut also = vec![("moment", figures.id.as_str())];
        also.extend(reason.map(|reason| ("reden", reason)));
        Way {
            reason: reason.map(|reason| saying.value(reason)),
            n: exit.runs,
            share: exit.share.value.map(|share| say.percent(share)).unwrap_or_default(),
            href: opened.customers("afgehaakt", &also),
        }
    };
    figures.exits.iter().map(way).collect()
}
