use journey::Saying;
use map::{Sheet, rules};
use measure::{Summary, TouchpointFigures};
use words::{Evidence, Language};

use crate::language::{Locale, Text};

/// Says at each measured pain and peak what the figures know of it: why people left, and how many gave a low or a high mark.
pub(super) fn add(sheet: &mut Sheet, summary: &Summary, saying: Saying<'_>) {
    let language = sheet.language;
    for found in rules::findings(sheet).into_iter().filter(|found| found.measured) {
        let touchpoint = &mut sheet.touchpoints[found.touchpoint];
        let figures = summary.touchpoints.iter().find(|figures| figures.id == touchpoint.id);
        touchpoint.note = figures.and_then(|figures| match found.finding {
            rules::Finding::Pain => pain(figures, language, saying),
            rules::Finding::Peak => peak(figures, language),
        });
    }
}

fn pain(figures: &TouchpointFigures, language: Language, saying: Saying<'_>) -> Option<String> {
    let low = figures.low.value.filter(|share| *share > 0.0);
    let low = low.map(|share| said(&Text::new("drawing-low").with("percent", percent(share)), language));
    let parts: Vec<String> = left(figures, language, saying).into_iter().chain(low).collect();
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

/// A text in the language of the journey, which need not be the reader's.
pub(super) fn said(text: &Text, language: Language) -> String {
    Locale::of(language).say(text.key(), &text.args()).unwrap_or_else(|| text.key().to_owned())
}
