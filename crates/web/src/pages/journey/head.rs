//! What stands above each of the four views: title, state, tabs, and the selection with its form.

use serde::Serialize;
use words::Language;

use super::{
    choice::{Choice, PRESETS},
    open::Opened,
    state::Standing,
    terms,
};
use crate::{drawing::persona, format, session::Staff};

/// The views: end of the address, key of the text.
const VIEWS: [(&str, &str); 4] =
    [("kaart", "journey-map"), ("stroom", "journey-flow"), ("tabel", "journey-table"), ("cijfers", "journey-figures")];

/// A link of the tabs.
#[derive(Serialize)]
struct Tab {
    href: String,
    text: &'static str,
    current: bool,
}

/// A window to choose.
#[derive(Serialize)]
struct Preset {
    /// None: everything.
    days: Option<i32>,
    href: String,
    current: bool,
}

/// Above each view.
#[derive(Serialize)]
pub(super) struct Head {
    id: String,
    title: String,
    owner: Option<String>,
    standing: Standing,
    /// Number of the version that is shown.
    version: Option<u32>,
    /// When that was published.
    published: Option<String>,
    /// Whether it is the one that runs.
    is_live: bool,
    has_draft: bool,
    persona: Option<String>,
    tabs: Vec<Tab>,
    /// The end of this view's address, for the form.
    view: &'static str,
    presets: Vec<Preset>,
    /// "25 aug – 24 nov 2026".
    window: String,
    /// Runs in it, with the address of their customers.
    runs: Option<(u64, String)>,
    /// Values and texts of each choice; the first is "all".
    personas: Vec<(String, String)>,
    versions: Vec<(u32, String)>,
    channels: Vec<(String, String)>,
    chosen: Chosen,
    /// To everything, when something was narrowed down.
    widen: Option<String>,
    print: String,
}

#[derive(Serialize)]
struct Chosen {
    from: String,
    until: String,
    persona: String,
    version: u32,
    channel: String,
    moment: String,
}

impl Head {
    pub(super) fn of(staff: &Staff, opened: &Opened, view: &'static str) -> Self {
        let (choice, row) = (&opened.choice, &opened.row);
        let shown = opened.version.as_ref();
        let narrowed = choice.persona.is_some() || choice.version.is_some() || choice.channel.is_some();
        let wide = Choice { persona: None, version: None, channel: None, ..choice.clone() };
        let own = persona(&opened.definition, &opened.organisation, choice.persona.as_deref());
        Self {
            id: row.id.to_string(),
            title: opened.definition.title.clone(),
            owner: opened.definition.owner.clone(),
            standing: Standing::of(row),
            version: shown.map(|version| version.number),
            published: shown.map(|version| version.published.to_string()),
            is_live: shown.is_some_and(|version| row.live.as_ref() == Some(&version.hash)),
            has_draft: opened.has_draft,
            persona: own.map(|persona| persona.name),
            tabs: tabs(opened, view),
            view,
            presets: presets(opened, view),
            window: window(staff.speech.language, opened),
            runs: opened.summary().map(|summary| (summary.started.n, opened.customers("begonnen", &[]))),
            personas: personas(opened),
            versions: versions(staff.speech.language, opened),
            channels: channels(staff, opened),
            chosen: Chosen {
                from: choice.from.to_string(),
                until: choice.until.to_string(),
                persona: choice.persona.clone().unwrap_or_default(),
                version: choice.version.unwrap_or(0),
                channel: choice.channel.clone().unwrap_or_default(),
                moment: choice.moment.as_ref().map(ToString::to_string).unwrap_or_default(),
            },
            widen: narrowed.then(|| wide.link(&row.id, view, &[])),
            print: opened.choice.at(None).link(&row.id, "kaart/druk", &[]),
        }
    }
}

fn tabs(opened: &Opened, view: &str) -> Vec<Tab> {
    VIEWS.iter().map(|(end, text)| Tab { href: opened.link(end, &[]), text, current: *end == view }).collect()
}

fn presets(opened: &Opened, view: &str) -> Vec<Preset> {
    let choice = &opened.choice;
    let preset = |days, over: Choice| Preset {
        days,
        current: (over.days, over.from, over.until) == (choice.days, choice.from, choice.until),
        href: over.link(&opened.row.id, view, &[]),
    };
    let recent = PRESETS.into_iter().map(|days| preset(Some(days), choice.over(days)));
    recent.chain(opened.ever().map(|ever| preset(None, ever))).collect()
}

/// "25 aug – 24 nov 2026": the year once when it is the same.
fn window(language: Language, opened: &Opened) -> String {
    let (from, until) = (opened.choice.from, opened.choice.until);
    let last = format::short_date(language, until);
    if from == until {
        return last;
    }
    let first = format::short_date(language, from);
    let year = format!(" {}", from.year());
    let first = if from.year() == until.year() { first.trim_end_matches(&year).to_owned() } else { first };
    format!("{first} – {last}")
}

fn personas(opened: &Opened) -> Vec<(String, String)> {
    let described = &opened.organisation.personas;
    let name = |id: &String| described.iter().find(|persona| persona.id == *id).map(|persona| persona.name.clone());
    opened.definition.personas.iter().map(|id| (id.clone(), name(id).unwrap_or_else(|| id.clone()))).collect()
}

fn versions(language: Language, opened: &Opened) -> Vec<(u32, String)> {
    let label = |version: &store::Version| {
        let date = version.published.to_zoned(opened.organisation.zone.clone()).date();
        format!("{}, {}", version.number, format::short_date(language, date))
    };
    opened.versions.iter().map(|version| (version.number, label(version))).collect()
}

/// Every channel of the journey, in the order of the text.
fn channels(staff: &Staff, opened: &Opened) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for channel in opened.definition.touchpoints.iter().flat_map(|touchpoint| &touchpoint.channels) {
        if all.iter().all(|(id, _)| id != channel.as_str()) {
            all.push((channel.to_string(), terms::channel(&staff.speech, channel)));
        }
    }
    all
}
