//! When a source counts as silent: longer without a delivery than is usual for it on this day of the week.

use jiff::{SignedDuration, ToSpan, civil::Date};
use store::{Source, SourceDay};
use words::Language;

use crate::{format, problem::Problem, session::Staff};

/// Days from which is learnt what is usual.
const LEARNT_DAYS: i64 = 56;
/// Days of the same weekday that must be known before they alone count.
const SAME_DAYS: usize = 2;
/// Days that must be known before the gaps of a day alone count.
const KNOWN_DAYS: usize = 7;
/// How much longer than the longest gap that was usual.
const LONGER: f64 = 1.25;
/// Gaps that must pass unheard before there are days to learn from.
const GAPS: f64 = 6.0;
/// No source is called silent sooner than this.
const AT_LEAST: SignedDuration = SignedDuration::from_mins(30);

/// What is known of the silence of a source.
pub(crate) struct Silence {
    /// Its days, oldest first.
    pub(crate) days: Vec<SourceDay>,
    /// Whether it fell silent.
    pub(crate) is_silent: bool,
    usual_seconds: Option<f64>,
    longest_seconds: Option<f64>,
}

impl Silence {
    /// How often something comes in, in words.
    pub(crate) fn usual(&self, language: Language) -> Option<String> {
        in_words(self.usual_seconds, language)
    }

    /// How long it may take on a day like this one, in words; only when it was learnt.
    pub(crate) fn longest(&self, language: Language) -> Option<String> {
        in_words(self.longest_seconds, language)
    }
}

fn in_words(seconds: Option<f64>, language: Language) -> Option<String> {
    // A gap of days fits; below a second it is less than a minute anyway.
    seconds.map(|seconds| format::span(language, SignedDuration::from_secs(seconds as i64)))
}

/// Looks at one source.
pub(crate) async fn silence(staff: &Staff, source: &Source) -> Result<Silence, Problem> {
    let today = staff.speech.today();
    let from = today.saturating_sub((LEARNT_DAYS - 1).days());
    let days = staff.app.store.source_days(&staff.house.id, &source.id, from).await?;
    let longest_seconds = longest(&days, today);
    let unheard = source.last_received.map(|last| staff.speech.now.duration_since(last));
    let allowed = allowed(source.usual_gap_seconds, &days, today);
    let is_silent = unheard.zip(allowed).is_some_and(|(unheard, allowed)| unheard > allowed);
    Ok(Silence { days, is_silent, usual_seconds: source.usual_gap_seconds, longest_seconds })
}

/// The longest gap that is usual on this day: that of the same weekday where it is known, else of any day. A source that
/// rests at night or at the weekend has long gaps then, and short ones on other days. A single outage in eight weeks is not
/// usual: of five days and more the longest is left out.
fn longest(days: &[SourceDay], today: Date) -> Option<f64> {
    let gaps = |same: bool| -> Vec<f64> {
        let like = |day: &&SourceDay| day.day < today && (!same || day.day.weekday() == today.weekday());
        days.iter().filter(like).filter_map(|day| day.longest_gap_seconds).collect()
    };
    let same = gaps(true);
    let mut gaps = if same.len() >= SAME_DAYS { same } else { gaps(false) };
    gaps.sort_by(f64::total_cmp);
    let left_out = usize::from(gaps.len() >= 5);
    gaps.iter().rev().nth(left_out).copied()
}

/// How long nothing may come in; `None`: nothing is usual yet.
fn allowed(usual: Option<f64>, days: &[SourceDay], today: Date) -> Option<SignedDuration> {
    let known = days.iter().filter(|day| day.day < today && day.longest_gap_seconds.is_some()).count();
    let learnt = longest(days, today).map(|gap| gap * LONGER);
    let guessed = usual.map(|gap| gap * GAPS).filter(|_| known < KNOWN_DAYS);
    let longest = learnt
        .into_iter()
        .chain(guessed)
        .fold(None, |most: Option<f64>, gap| Some(most.map_or(gap, |most| most.max(gap))))?;
    Some(SignedDuration::try_from_secs_f64(longest).unwrap_or(SignedDuration::MAX).max(AT_LEAST))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    /// A Tuesday.
    const TODAY: Date = date(2026, 11, 24);

    fn day(day: Date, hours: f64) -> SourceDay {
        SourceDay { day, received: 9, refused: 0, duplicate: 0, longest_gap_seconds: Some(hours * 3_600.0) }
    }

    fn hours(days: &[SourceDay], today: Date) -> Option<f64> {
        allowed(Some(300.0), days, today).map(|allowed| allowed.as_secs_f64() / 3_600.0)
    }

    /// Eight weeks of office hours: fourteen hours between two days, sixty-two over a weekend.
    fn office() -> Vec<SourceDay> {
        let dates = (1..56).map(|back| TODAY.saturating_sub(back.days()));
        let open = dates.filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday));
        open.map(|date| day(date, if date.weekday() == Weekday::Monday { 62.0 } else { 14.0 })).collect()
    }

    #[test]
    fn before_there_are_days_six_gaps_and_half_an_hour_are_usual() {
        assert_eq!(hours(&[], TODAY), Some(0.5));
        assert_eq!(allowed(Some(3_600.0), &[], TODAY), Some(SignedDuration::from_hours(6)));
        assert_eq!(allowed(None, &[], TODAY), None, "nothing is usual yet");
    }

    #[test]
    fn a_night_is_learnt_after_the_first() {
        let yesterday = [day(TODAY.saturating_sub(1.days()), 14.0)];
        assert_eq!(hours(&yesterday, TODAY), Some(17.5));
    }

    #[test]
    fn a_weekend_is_usual_on_monday_and_not_on_tuesday() {
        let days = office();
        assert_eq!(hours(&days, TODAY), Some(17.5));
        assert_eq!(hours(&days, date(2026, 11, 30)), Some(77.5), "Monday");
        assert_eq!(hours(&days, date(2026, 11, 28)), Some(77.5), "a Saturday, on which nothing ever came");
    }

    #[test]
    fn one_outage_does_not_become_usual() {
        let mut days: Vec<_> = (1..50).map(|back| day(TODAY.saturating_sub(back.days()), 0.2)).collect();
        days[6] = day(days[6].day, 30.0);
        assert_eq!(hours(&days, TODAY), Some(0.5));
    }
}
