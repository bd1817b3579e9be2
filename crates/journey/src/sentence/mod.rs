//! Triggers in words: "1 dag voor het begin van de afspraak, om 10:00".

mod vocabulary;

use jiff::civil::{Time, Weekday};
use words::Language;

use crate::model::{Anchor, Definition, EventMatch, Every, FactPath, Late, Moment, Side, Span, When};

/// A trigger as a sentence part, to follow "Dit gebeurt" / "This happens". Touchpoints go by their titles.
pub fn sentence(when: &When, definition: &Definition, language: Language) -> String {
    match when {
        When::Events(events) => any_of(events, language),
        When::Moment(moment) => of_moment(moment, definition, language),
        When::Every(every) => of_every(every, language),
        When::Becomes(condition) => match language {
            Language::Nl => format!("zodra dit waar wordt: {}", condition.source()),
            Language::En => format!("as soon as this turns true: {}", condition.source()),
        },
    }
}

/// Events as a sentence part: "zodra de afspraak is gemaakt of de afspraak is verzet".
pub fn any_of(events: &[EventMatch], language: Language) -> String {
    let all: Vec<String> = events.iter().map(|event| of_event(event, language)).collect();
    let (begin, or) = (language.pick("zodra", "as soon as"), language.pick("of", "or"));
    format!("{begin} {}", all.join(&format!(" {or} ")))
}

fn of_event(matched: &EventMatch, language: Language) -> String {
    let mut words = vocabulary::event(&matched.event, language);
    if let Some(only) = &matched.only {
        let begin = language.pick("alleen als", "only if");
        words.push_str(&format!(" ({begin} {})", only.source()));
    }
    match matched.late {
        Some(late) => words + &of_late(late, language),
        None => words,
    }
}

fn of_moment(moment: &Moment, definition: &Definition, language: Language) -> String {
    let anchor = match &moment.anchor {
        Anchor::Fact(fact) => of_fact(fact, language),
        Anchor::Event(event) => vocabulary::event(event, language),
        Anchor::Touchpoint(id) => {
            let title = definition.touchpoint(id).map_or(id.as_str(), |touchpoint| touchpoint.title.as_str());
            format!("‘{title}’")
        }
    };
    let clause = matches!(moment.anchor, Anchor::Event(_));
    let side = match (moment.side, language, clause) {
        (Side::Before, Language::Nl, _) => "voor",
        (Side::Before, Language::En, _) => "before",
        (Side::After, Language::Nl, true) => "nadat",
        (Side::After, Language::Nl, false) => "na",
        (Side::After, Language::En, _) => "after",
    };
    let default = if moment.side == Side::Before { Late::Skip } else { Late::DEFAULT };
    let late = if moment.late == default { String::new() } else { of_late(moment.late, language) };
    let at = moment.at.map(|at| of_time(at, language)).unwrap_or_default();
    let by = match (moment.by.seconds_about(), language, clause) {
        (0, Language::Nl, true) => return format!("op de dag waarop {anchor}{at}{late}"),
        (0, Language::En, true) => return format!("on the day when {anchor}{at}{late}"),
        (0, Language::Nl, false) => return format!("op de dag van {anchor}{at}{late}"),
        (0, Language::En, false) => return format!("on the day of {anchor}{at}{late}"),
        _ => moment.by.words(language),
    };
    format!("{by} {side} {anchor}{at}{late}")
}

/// A fact that is a time or a date, in words: "het begin van de afspraak".
pub fn of_fact(fact: &FactPath, language: Language) -> String {
    vocabulary::fact(fact, language)
}

fn of_every(every: &Every, language: Language) -> String {
    let day = match (every.day, language) {
        (Some(day), Language::Nl) => format!("elke {}", weekday(day, language)),
        (Some(day), Language::En) => format!("every {}", weekday(day, language)),
        (None, Language::Nl) => "elke dag".to_owned(),
        (None, Language::En) => "every day".to_owned(),
    };
    let late = if every.late == Late::DEFAULT { String::new() } else { of_late(every.late, language) };
    format!("{day}{}{late}", of_time(every.at, language).trim_start_matches(','))
}

fn of_time(time: Time, language: Language) -> String {
    let at = language.pick("om", "at");
    format!(", {at} {:02}:{:02}", time.hour(), time.minute())
}

fn of_late(late: Late, language: Language) -> String {
    match (late, language) {
        (Late::Skip, Language::Nl) => "; is dat al voorbij, dan niet".to_owned(),
        (Late::Skip, Language::En) => "; not if that has passed".to_owned(),
        (Late::Send, Language::Nl) => "; ook als dat al voorbij is".to_owned(),
        (Late::Send, Language::En) => "; even if that has passed".to_owned(),
        (Late::Within(span), Language::Nl) => format!("; hooguit {} te laat", span.words(language)),
        (Late::Within(span), Language::En) => format!("; at most {} late", span.words(language)),
    }
}

fn weekday(day: Weekday, language: Language) -> &'static str {
    match day {
        Weekday::Monday => language.pick("maandag", "Monday"),
        Weekday::Tuesday => language.pick("dinsdag", "Tuesday"),
        Weekday::Wednesday => language.pick("woensdag", "Wednesday"),
        Weekday::Thursday => language.pick("donderdag", "Thursday"),
        Weekday::Friday => language.pick("vrijdag", "Friday"),
        Weekday::Saturday => language.pick("zaterdag", "Saturday"),
        Weekday::Sunday => language.pick("zondag", "Sunday"),
    }
}

impl Span {
    /// In words: "2 weken", "1 dag", "30 minuten".
    pub fn words(self, language: Language) -> String {
        let (count, [one_nl, many_nl, one_en, many_en]) = match self {
            Self::Days(days) if days > 0 && days % 7 == 0 => (u64::from(days) / 7, ["week", "weken", "week", "weeks"]),
            Self::Days(days) => (u64::from(days), ["dag", "dagen", "day", "days"]),
            Self::WorkingDays(days) => (u64::from(days), ["werkdag", "werkdagen", "working day", "working days"]),
            Self::Seconds(s) if s > 0 && s % 3600 == 0 => (s / 3600, ["uur", "uur", "hour", "hours"]),
            Self::Seconds(s) if s > 0 && s % 60 == 0 => (s / 60, ["minuut", "minuten", "minute", "minutes"]),
            Self::Seconds(s) => (s, ["seconde", "seconden", "second", "seconds"]),
        };
        let word = match count {
            1 => language.pick(one_nl, one_en),
            _ => language.pick(many_nl, many_en),
        };
        format!("{count} {word}")
    }
}
