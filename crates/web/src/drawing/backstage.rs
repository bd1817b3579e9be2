use journey::{Definition, Promise, TaskDue, Touchpoint, When, sentence};
use map::Backstage;
use words::Language;

/// Longer sentences do not fit a column of the map.
const WHEN_CHARS_MAX: usize = 60;

/// Who and what works behind a touchpoint. A task names its team; a promise or the time of a task is the norm, else the first
/// thing it is judged by.
pub(super) fn of(touchpoint: &Touchpoint, definition: &Definition) -> Backstage {
    let stated = touchpoint.backstage.clone().unwrap_or_default();
    let language = definition.language;
    Backstage {
        team: stated.team.or_else(|| touchpoint.task.as_ref().map(|task| task.team.clone())),
        system: stated.system.or_else(|| touchpoint.sent_by.clone()),
        when: when(touchpoint, definition),
        norm: norm(touchpoint, language),
    }
}

fn when(touchpoint: &Touchpoint, definition: &Definition) -> Option<String> {
    let when = touchpoint.when.as_ref().filter(|when| matches!(when, When::Moment(_) | When::Every(_)))?;
    Some(sentence(when, definition, definition.language)).filter(|text| text.chars().count() <= WHEN_CHARS_MAX)
}

fn norm(touchpoint: &Touchpoint, language: Language) -> Option<String> {
    let within = |words: String| format!("{} {words}", language.pick("binnen", "within"));
    let promised = match &touchpoint.promise {
        Some(Promise::Within { span, .. }) => Some(within(span.words(language))),
        _ => None,
    };
    let due = touchpoint.task.as_ref().and_then(|task| task.due).map(|due| match due {
        TaskDue::Now => language.pick("direct", "at once").to_owned(),
        TaskDue::Within(span) => within(span.words(language)),
    });
    promised.or(due).or_else(|| touchpoint.quality.first().cloned())
}
