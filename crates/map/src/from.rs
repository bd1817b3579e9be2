//! From a definition, and what was measured, to a sheet.

use jiff::civil::Date;
use journey::{Definition, EventMatch, Late, Organisation, Promise, Saying, Side, When};
use words::{Channel, Experience, Language, Rail, TouchpointId};

use crate::measured::{AtTouchpoint, Measured};
use crate::sheet::{Backstage, ChannelOn, Experiences, Goal, Header, Persona, Phase, Sheet, State, Totals, Touchpoint};
use crate::terms::Terms;

/// Which edition of a definition a sheet shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The running number of a published version.
    pub version: Option<u32>,
    /// The day on which it was published.
    pub published: Option<Date>,
    /// Not published.
    pub draft: bool,
    /// Current or desired.
    pub state: State,
    /// Of labels, times and triggers; the journey's own when left out.
    pub language: Option<Language>,
}

/// Builds the sheet of a journey. Without `measured` it shows what is declared and estimated. Touchpoints come in the order
/// of the phases, and within a phase of the text.
pub fn from(
    definition: &Definition,
    organisation: &Organisation,
    edition: Edition,
    measured: Option<&Measured>,
) -> Sheet {
    let language = edition.language.unwrap_or(definition.language);
    let place = |touchpoint: &journey::Touchpoint| {
        let phase = definition.phases.iter().position(|phase| phase.id == touchpoint.phase);
        phase.unwrap_or(definition.phases.len())
    };
    let mut ordered: Vec<&journey::Touchpoint> = definition.touchpoints.iter().collect();
    ordered.sort_by_key(|touchpoint| place(touchpoint));
    let phase = |phase: &journey::Phase| Phase { id: phase.id.clone(), title: phase.title.clone(), band: phase.band };
    Sheet {
        language,
        texts: (language != definition.language).then_some(definition.language),
        header: header(definition, organisation, edition, measured),
        phases: definition.phases.iter().map(phase).collect(),
        touchpoints: ordered
            .into_iter()
            .map(|touchpoint| column((definition, language), organisation, touchpoint, figures(measured, touchpoint)))
            .collect(),
        loops: measured.map_or_else(Vec::new, |measured| measured.loops.clone()),
        goal: goal(definition, measured),
        totals: Totals {
            runs: measured.map(|measured| measured.runs),
            answers: measured.map(|measured| measured.answers),
        },
    }
}

fn header(
    definition: &Definition,
    organisation: &Organisation,
    edition: Edition,
    measured: Option<&Measured>,
) -> Header {
    let persona = definition.personas.first().map(|id| match organisation.persona(id) {
        Some(known) => {
            Persona { name: known.name.clone(), about: known.about.clone(), quote: known.goal.clone(), goal: None }
        }
        None => Persona { name: id.clone(), ..Persona::default() },
    });
    Header {
        title: definition.title.clone(),
        persona,
        state: edition.state,
        draft: edition.draft,
        owner: definition.owner.clone(),
        version: edition.version,
        published: edition.published,
        hash: Some(definition.hash.short().to_owned()),
        window: measured.and_then(|measured| measured.window),
        estimated_by: None,
    }
}

/// The figures of a touchpoint, by its id or else by the id it had before.
fn figures(measured: Option<&Measured>, touchpoint: &journey::Touchpoint) -> AtTouchpoint {
    let all = measured.map(|measured| &measured.touchpoints);
    let by = |id: &TouchpointId| all.and_then(|all| all.get(id));
    let found = by(&touchpoint.id).or_else(|| touchpoint.was.as_ref().and_then(by));
    found.cloned().unwrap_or_default()
}

fn column(
    (definition, language): (&Definition, Language),
    organisation: &Organisation,
    from: &journey::Touchpoint,
    figures: AtTouchpoint,
) -> Touchpoint {
    let value = |value: Option<f64>| value.and_then(Experience::new);
    Touchpoint {
        id: from.id.clone(),
        phase: from.phase.clone(),
        title: from.title.clone(),
        need: from.need.clone(),
        quote: from.quote.clone(),
        category: from.category,
        from: from.from,
        by: from.by,
        channels: from.channels.iter().map(|channel| on(channel, organisation)).collect(),
        reach: from.reach,
        attention: from.attention,
        moment_of_truth: from.moment_of_truth,
        sent_by: from.sent_by.clone(),
        experience: Experiences {
            expected: value(from.expected),
            assumed: value(from.assumed),
            asked: value(from.asked),
            desired: value(from.desired),
            measured: figures.experience,
        },
        reached: figures.reached,
        audience: figures.audience,
        wait_seconds_median: figures.wait_seconds_median,
        note: figures.note,
        exit: figures.exit,
        backstage: backstage(definition, language, from),
        complaints: None,
    }
}

fn on(channel: &Channel, organisation: &Organisation) -> ChannelOn {
    ChannelOn { rail: organisation.rail(channel).unwrap_or(Rail::Online), channel: channel.clone(), label: None }
}

fn backstage(definition: &Definition, language: Language, from: &journey::Touchpoint) -> Backstage {
    let declared = from.backstage.clone().unwrap_or_default();
    let team = declared.team.or_else(|| from.task.as_ref().map(|task| task.team.clone()));
    let promised = from.promise.as_ref().and_then(|promise| match promise {
        Promise::Within { span, .. } => Some(Terms(language).within(&span.words(language))),
        Promise::Window { .. } | Promise::By { .. } => None,
    });
    Backstage {
        team,
        system: declared.system.or_else(|| from.sent_by.clone()),
        when: from.when.as_ref().map(|when| Saying::of(definition, language).when(&bare(when))),
        norm: (!from.quality.is_empty()).then(|| from.quality.join(", ")).or(promised),
    }
}

/// A trigger without its conditions and without what happens when it is late: those belong to the forms, not to a map.
fn bare(when: &When) -> When {
    let mut when = when.clone();
    match &mut when {
        When::Events(events) => {
            for event in events {
                event.only = None;
                event.late = None;
            }
        }
        When::Moment(moment) if moment.side == Side::Before => moment.late = Late::Skip,
        When::Moment(moment) => moment.late = Late::DEFAULT,
        When::Every(every) => every.late = Late::DEFAULT,
        When::Becomes(_) => {}
    }
    when
}

fn goal(definition: &Definition, measured: Option<&Measured>) -> Option<Goal> {
    let goal = definition.goal.as_ref()?;
    let reached = measured.and_then(|measured| measured.goal);
    Some(Goal {
        touchpoint: goal_touchpoint(definition, &goal.on),
        share: reached.map(|reached| reached.share),
        count: reached.map(|reached| reached.count),
        within_seconds: goal.within.and_then(|span| i64::try_from(span.seconds_about()).ok()),
    })
}

/// The touchpoint that is seen by the event that reaches the goal; of several the one with the same condition, else the first.
fn goal_touchpoint(definition: &Definition, on: &[EventMatch]) -> Option<TouchpointId> {
    let mut by_event = None;
    for touchpoint in &definition.touchpoints {
        for (seen, reaches) in touchpoint.seen.iter().flat_map(|seen| on.iter().map(move |reaches| (seen, reaches))) {
            if seen.event != reaches.event {
                continue;
            }
            if condition(seen) == condition(reaches) {
                return Some(touchpoint.id.clone());
            }
            by_event.get_or_insert(&touchpoint.id);
        }
    }
    by_event.cloned()
}

/// A condition on an event, with the event's own properties called by the name of its object: `event.outcome` of
/// `visit.completed` is `visit.outcome`.
fn condition(on: &EventMatch) -> Option<String> {
    let source = on.only.as_ref()?.source();
    Some(source.replace("event.", &format!("{}.", on.event.object())).replace(' ', ""))
}

#[cfg(test)]
mod tests {
    use journey::{Folder, parse};
    use words::Category;

    use super::*;
    use crate::sheet::{Measurement, Reached};

    fn repair() -> (Definition, Organisation) {
        let (organisation, _) = Organisation::parse(include_str!("../../../journeys/organisation.yaml"));
        let folder = Folder::of_definition(include_str!("../../../journeys/woning-reparatie/journey.yaml"));
        let definition = parse(&folder, &organisation).definition.expect("the reference journey is read");
        (definition, organisation)
    }

    #[test]
    fn a_definition_becomes_a_sheet() {
        let (definition, organisation) = repair();
        let sheet = from(&definition, &organisation, Edition::default(), None);
        assert_eq!(sheet.touchpoints.len(), definition.touchpoints.len());
        let first = &sheet.touchpoints[0];
        assert_eq!(first.category, Category::Interaction);
        assert_eq!(first.channels[0].rail, Rail::Offline, "by phone first");
        assert_eq!(sheet.header.hash.as_deref().map(str::len), Some(7));
    }

    #[test]
    fn the_goal_stands_at_the_touchpoint_whose_condition_it_shares() {
        let (definition, organisation) = repair();
        let sheet = from(&definition, &organisation, Edition::default(), None);
        let goal = sheet.goal.expect("the journey has a goal");
        assert_eq!(goal.touchpoint, Some(TouchpointId::new("gerepareerd")));
        assert_eq!(goal.within_seconds, Some(21 * 86_400));
    }

    #[test]
    fn a_dutch_journey_is_explained_to_an_english_reader() {
        let (definition, organisation) = repair();
        let edition = Edition {
            language: Some(Language::En),
            version: Some(1),
            published: Some(jiff::civil::date(2026, 11, 22)),
            ..Edition::default()
        };
        let sheet = from(&definition, &organisation, edition, None);
        assert_eq!((sheet.language, sheet.texts), (Language::En, Some(Language::Nl)));
        let page = crate::svg(&sheet, &crate::Options::print()).remove(0);
        for said in ["Backstage", "Experience", "owner", "1 of 22\u{a0}November 2026", "during"] {
            assert!(page.to_lowercase().contains(&said.to_lowercase()), "{said}");
        }
        for own in ["Achter de schermen", "Beleving", "Eigenaar", "tijdens<"] {
            assert!(!page.contains(own), "{own} is the map's own word, and this reader's is English");
        }
        assert!(page.contains("Bezoek"), "what the journey says stays as it was written");
        let own = from(&definition, &organisation, Edition::default(), None);
        assert_eq!((own.language, own.texts), (Language::Nl, None));
    }

    #[test]
    fn figures_are_laid_beside_the_touchpoint() {
        let (definition, organisation) = repair();
        let mut measured = Measured { runs: 120, ..Measured::default() };
        let at = AtTouchpoint {
            experience: Experience::new(0.8).map(|mean| Measurement { mean, interval: None, n: 44 }),
            reached: Some(Reached { count: 120, share: 1.0 }),
            ..AtTouchpoint::default()
        };
        measured.touchpoints.insert(TouchpointId::new("melding"), at);
        let sheet = from(&definition, &organisation, Edition::default(), Some(&measured));
        let found = sheet.touchpoint(&TouchpointId::new("melding")).expect("it is drawn");
        assert_eq!(found.reached.map(|reached| reached.count), Some(120));
        assert_eq!(found.experience.measured.map(|measured| measured.n), Some(44));
    }
}
