use journey::Saying;
use map::{Sheet, Touchpoint, rules};
use measure::{Summary, TouchpointFigures};
use words::{Evidence, Experience, Language};

use crate::{
    format,
    language::{Locale, Text},
};

/// Says at each measured pain and peak what the figures know of it: why people left, and how many gave a low or a high mark.
pub(super) fn add(sheet: &mut Sheet, summary: &Summary, saying: Saying<'_>) {
    let language = sheet.language;
    for found in rules::findings(sheet).into_iter().filter(|found| found.measured) {
        let touchpoint = &mut sheet.touchpoints[found.touchpoint];
        let figures = summary.touchpoints.iter().find(|figures| figures.id == touchpoint.id);
        let Some(figures) = figures else { continue };
        touchpoint.note = match found.finding {
            rules::Finding::Pain => pain(figures, below(touchpoint, language), language, saying),
            rules::Finding::Peak => peak(figures, language),
        };
    }
}

/// Why a mark that is not low is a pain: it lies below what was expected.
fn below(touchpoint: &Touchpoint, language: Language) -> Option<String> {
    let (measured, expected) = (rules::measured(touchpoint)?, touchpoint.experience.expected?);
    let mark = |value| format::number(language, value, 1);
    let text = Text::new("drawing-below")
        .with("mark", mark(Experience::new(measured)?.mark()))
        .with("expected", mark(expected.mark()));
    (!rules::is_pain(measured, None)).then(|| said(&text, language))
}

fn pain(figures: &TouchpointFigures, below: Option<String>, language: Language, saying: Saying<'_>) -> Option<String> {
    let low = figures.low.value.filter(|share| *share > 0.0);
    let low = low.map(|share| said(&Text::new("drawing-low").with("percent", percent(share)), language));
    let parts: Vec<String> = below.into_iter().chain(left(figures, language, saying)).chain(low).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

/// The reason named most by those who left, when enough did.
fn left(figures: &TouchpointFigures, language: Language, saying: Saying<'_>) -> Option<String> {
    let exit = figures.exits.iter().find(|exit| exit.reason.is_some())?;
    let reason = saying.value(exit.reason.as_deref()?);
    let share = exit.share.value.filter(|_| exit.runs >= Evidence::SHOWN)?;
    let text = Text::new("drawing-left").with("percent", percent(share)).with("reason", reason);
    Some(said(&text, language))
}

fn peak(figures: &TouchpointFigures, language: Language) -> Option<String> {
    let share = figures.high.value.filter(|share| *share > 0.0)?;
    Some(said(&Text::new("drawing-high").with("percent", percent(share)), language))
}

fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}

/// A text in the language of the sheet.
pub(super) fn said(text: &Text, language: Language) -> String {
    Locale::of(language).say(text.key(), &text.args()).unwrap_or_else(|| text.key().to_owned())
}
