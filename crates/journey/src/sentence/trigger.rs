//! Triggers in words: "1 dag voor het begin van de afspraak, om 10:00".

use jiff::civil::Time;
use words::Language;

use super::Saying;
use super::clause::{behind, joined};
use crate::model::{Anchor, EventMatch, Every, Late, Moment, Side, Touchpoint, When};

impl Saying<'_> {
    /// A trigger as a sentence part, to follow "Dit gebeurt" / "This happens". Touchpoints go by their titles.
    pub fn when(&self, when: &When) -> String {
        match when {
            When::Events(events) => self.events(events),
            When::Moment(moment) => self.moment(moment),
            When::Every(every) => of_every(every, self.language),
            When::Becomes(condition) => {
                let begin = self.pick("zodra", "as soon as");
                format!("{begin} {}", self.clause(condition, &[]).subordinate(self.language))
            }
        }
    }

    /// Events as a sentence part: "zodra de afspraak is gemaakt of de afspraak is verzet".
    pub fn events(&self, events: &[EventMatch]) -> String {
        let all: Vec<String> = events.iter().map(|event| self.matched(event)).collect();
        format!("{} {}", self.pick("zodra", "as soon as"), all.join(self.pick(" of ", " or ")))
    }

    /// What a touchpoint waits for, to follow "wacht tot" / "waits until": "de afspraak is gemaakt of …". `None`: for nothing
    /// that anybody sees.
    pub fn awaited(&self, touchpoint: &Touchpoint) -> Option<String> {
        let mut all: Vec<String> = touchpoint.seen.iter().map(|seen| behind(self.event(&seen.event))).collect();
        let happens = || self.pick("is gebeurd", "has happened");
        match &touchpoint.when {
            Some(When::Events(events)) => all.extend(events.iter().map(|event| behind(self.event(&event.event)))),
            Some(When::Moment(moment)) => all.push(match &moment.anchor {
                Anchor::Fact(fact) => format!("{} {}", self.fact(fact), self.pick("bekend is", "is known")),
                Anchor::Event(event) => behind(self.event(event)),
                Anchor::Touchpoint(id) => format!("{} {}", self.touchpoint(id), happens()),
            }),
            Some(When::Becomes(condition)) => all.push(self.clause(condition, &[]).subordinate(self.language)),
            Some(When::Every(_)) | None => {}
        }
        let mut once: Vec<String> = Vec::new();
        for one in all {
            if !once.contains(&one) {
                once.push(one);
            }
        }
        (!once.is_empty()).then(|| joined(&once, self.pick(" of ", " or ")))
    }

    /// The condition of a touchpoint as a sentence part: "alleen als de status van de afspraak ‘gemaakt’ is".
    pub fn only_if(&self, touchpoint: &Touchpoint) -> Option<String> {
        let clause = self.clause(touchpoint.only_if.as_ref()?, events_of(touchpoint));
        Some(format!("{} {}", self.pick("alleen als", "only if"), clause.subordinate(self.language)))
    }

    fn matched(&self, matched: &EventMatch) -> String {
        let mut words = behind(self.event(&matched.event));
        if let Some(only) = &matched.only {
            let clause = self.clause(only, std::slice::from_ref(matched)).subordinate(self.language);
            words.push_str(&format!(" ({} {clause})", self.pick("alleen als", "only if")));
        }
        match matched.late {
            Some(late) => words + &of_late(late, self.language),
            None => words,
        }
    }

    fn moment(&self, moment: &Moment) -> String {
        let anchor = match &moment.anchor {
            Anchor::Fact(fact) => self.fact(fact),
            Anchor::Event(event) => behind(self.event(event)),
            Anchor::Touchpoint(id) => self.touchpoint(id),
        };
        let clause = matches!(moment.anchor, Anchor::Event(_));
        let side = match (moment.side, self.language, clause) {
            (Side::Before, Language::Nl, _) => "voor",
            (Side::Before, Language::En, _) => "before",
            (Side::After, Language::Nl, true) => "nadat",
            (Side::After, Language::Nl, false) => "na",
            (Side::After, Language::En, _) => "after",
        };
        let default = if moment.side == Side::Before { Late::Skip } else { Late::DEFAULT };
        let late = if moment.late == default { String::new() } else { of_late(moment.late, self.language) };
        let at = moment.at.map(|at| of_time(at, self.language)).unwrap_or_default();
        let by = match (moment.by.seconds_about(), self.language, clause) {
            (0, Language::Nl, true) => return format!("op de dag waarop {anchor}{at}{late}"),
            (0, Language::En, true) => return format!("on the day when {anchor}{at}{late}"),
            (0, Language::Nl, false) => return format!("op de dag van {anchor}{at}{late}"),
            (0, Language::En, false) => return format!("on the day of {anchor}{at}{late}"),
            _ => moment.by.words(self.language),
        };
        format!("{by} {side} {anchor}{at}{late}")
    }
}

/// The events that can make a touchpoint happen: what `event` means in its condition.
pub(super) fn events_of(touchpoint: &Touchpoint) -> &[EventMatch] {
    match &touchpoint.when {
        Some(When::Events(events)) => events,
        _ => &[],
    }
}

fn of_every(every: &Every, language: Language) -> String {
    let day = match (every.day, language) {
        (Some(day), Language::Nl) => format!("elke {}", language.weekday(day)),
        (Some(day), Language::En) => format!("every {}", language.weekday(day)),
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
